"""Tables: delimiters, quotes, ragged rows, width."""

import pytest
from samples import BODY, Take

from kzdash.corpus import Limits

HEADER = "outlet,title,date,text"


def row(title: str, text: str = BODY, outlet: str = "dala", date: str = "2023-05-04") -> str:
    return f'{outlet},"{title}",{date},"{text}"'


GOOD = [row("One"), row("Two"), row("Three")]


def titles(taken) -> list[str]:
    return [a.title for a in taken.articles]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(take_file: Take, delimiter: str) -> None:
    table = "\n".join([HEADER, *GOOD]).replace(",", delimiter)
    assert titles(take_file("a.csv", table)) == ["One", "Two", "Three"]


def test_separator_line_is_obeyed(take_file: Take) -> None:
    table = "sep=;\n" + "\n".join([HEADER, *GOOD]).replace(",", ";")
    assert titles(take_file("a.csv", table)) == ["One", "Two", "Three"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(take_file: Take, end: str) -> None:
    assert titles(take_file("a.csv", end.join([HEADER, *GOOD]))) == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param("dala,Short,2023", "3 cells", id="too few cells"),
        pytest.param(row("Long") + ",more", "5 cells", id="too many cells"),
        pytest.param('dala,"Open,2023-05-04,words', "quotation mark", id="open quote"),
        pytest.param('dala,Open,2023-05-04,"words', "quotation mark", id="open quote at the end"),
        pytest.param('dala,Open,"2023-05-04,words', "quotation mark", id="open quote in a date"),
        pytest.param('"dala,Open,2023-05-04,words', "quotation mark", id="open quote at the start"),
        pytest.param('dala,"Open" more,2023,words', "quotation mark", id="text after a quote"),
        pytest.param('dala,"Say ""so",2023-05-04,"a', "quotation mark", id="doubled, then open"),
        pytest.param(row("Bad", date="2023-02-30"), "there is no date", id="impossible date"),
        pytest.param(row(""), "'title' is missing", id="empty title"),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_bad_row_costs_itself_alone(take_file: Take, bad: str, reason: str, at: int) -> None:
    lines = [HEADER, *GOOD[:at], bad, *GOOD[at:]]
    taken = take_file("a.csv", "\n".join(lines) + "\n")
    assert titles(taken) == ["One", "Two", "Three"]
    assert len(taken.rejections) == 1
    assert reason in taken.reasons[0]
    assert taken.rejections[0].place.endswith(f"a.csv, line {at + 2}")


def test_open_quote_in_a_table_without_quotes_swallows_no_row(take_file: Take) -> None:
    plain = [f"dala,{name},2023-05-04,A train left." for name in ("One", "Two", "Three")]
    table = [HEADER, plain[0], 'dala,Open,2023-05-04,"A train', *plain[1:], 'dala,Q,2023,a"']
    taken = take_file("a.csv", "\n".join(table))
    assert titles(taken) == ["One", "Two", "Three"]
    assert taken.rejections[0].place.endswith("line 3")


def test_text_over_several_lines_is_one_cell(take_file: Take) -> None:
    text = "First, paragraph.\n\nSecond, with a list:\na,b,c\nand quotes."
    taken = take_file("a.csv", f"{HEADER}\n{row('One', text)}\n{row('Two')}\n")
    assert titles(taken) == ["One", "Two"]
    assert taken.reasons == []
    assert taken.texts[0].startswith("One\n\nFirst, paragraph.\n\nSecond, with a list:")


def test_formula_cells_are_only_text(take_file: Take) -> None:
    formula = '=HYPERLINK(""http://x.example"",""A"")'
    [article] = take_file("a.csv", f"{HEADER}\n{row(formula)}\n").articles
    assert article.title == '=HYPERLINK("http://x.example","A")'


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        pytest.param("outlet,title,date", "no column 'text'", id="no text column"),
        pytest.param("1,2,3,4", "no column 'title'", id="no header at all"),
        pytest.param("outlet,title,title,text", "stands twice", id="column twice"),
        pytest.param(HEADER + ",x" * 1_000, "1,004 columns", id="very wide"),
    ],
)
def test_header_that_cannot_be_used_is_named(take_file: Take, header: str, reason: str) -> None:
    taken = take_file("a.csv", f"{header}\n{GOOD[0]}\n")
    assert taken.articles == []
    assert reason in taken.reasons[0]


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_empty_table_is_named(take_file: Take, content: str) -> None:
    assert "empty" in take_file("a.csv", content).reasons[0]


def test_extra_columns_are_left_out_and_empty_ends_forgiven(take_file: Take) -> None:
    taken = take_file("a.csv", f"note,{HEADER}\nx,{GOOD[0]},,\n,,,,\n")
    assert (titles(taken), taken.reasons) == (["One"], [])


def test_cell_beyond_the_usual_field_limit_is_taken(take_file: Take) -> None:
    text = "A train left on time. " * 10_000
    [article] = take_file("a.csv", f"{HEADER}\n{row('One', text)}\n").articles
    assert len(article.text) > 200_000


def test_record_longer_than_the_limit_is_named(take_file: Take) -> None:
    table = f"{HEADER}\n{row('One', 'word ' * 1_000)}\n{row('Two')}\n"
    taken = take_file("a.csv", table, limits=Limits(line=1_000))
    assert titles(taken) == ["Two"]
    assert "more than 1,000" in taken.reasons[0]


@pytest.mark.usefixtures("soon")
def test_many_open_quotes_end_soon(take_file: Take) -> None:
    taken = take_file("a.csv", HEADER + "\n" + 'dala,"x,2023-05-04,words\n' * 20_000)
    assert (len(taken.articles), len(taken.rejections)) == (0, 20_000)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "cp1251"])
def test_encodings(take_file: Take, encoding: str) -> None:
    title = "Газета сообщает" if encoding == "cp1251" else "A café – “full”"
    taken = take_file("a.csv", "\n".join([HEADER, row(title), row("Two")]).encode(encoding))
    assert titles(taken) == [title, "Two"]
