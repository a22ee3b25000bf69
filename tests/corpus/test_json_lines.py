"""JSONL: broken lines, types, numbers, nesting, keys."""

import json

import pytest
from samples import BODY, Take

from kzdash.corpus import Limits

GOOD = {"outlet": "Dala Herald", "title": "Rail line opens", "date": "2023-05-04", "text": BODY}
LINE = json.dumps(GOOD)


def with_field(**fields: object) -> str:
    return json.dumps({**GOOD, **fields})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(LINE[:-20], "not JSON", id="cut short"),
        pytest.param(LINE + "}", "not JSON", id="text after the object"),
        pytest.param("[1, 2]", "no object", id="a list"),
        pytest.param('"words"', "no object", id="a string"),
        pytest.param("null", "no object", id="null"),
        pytest.param("NaN", "not JSON", id="NaN"),
        pytest.param(with_field(text=None), "'text' is missing", id="null text"),
        pytest.param(with_field(text=""), "'text' is missing", id="empty text"),
        pytest.param(with_field(text=12), "'text' is a number", id="number as text"),
        pytest.param(with_field(text=[BODY]), "'text' is a list", id="list as text"),
        pytest.param(with_field(text={"a": 1}), "'text' is an object", id="object as text"),
        pytest.param(with_field(title=True), "'title' is true or false", id="boolean title"),
        pytest.param(with_field(outlet=3), "'outlet' is a number", id="number as outlet"),
        pytest.param(with_field(date=[2023]), "'date' is a list", id="list as date"),
        pytest.param(with_field(date=1e308), "date is", id="huge number as date"),
        pytest.param(with_field(text="half \ud800 a letter"), "surrogate", id="lone surrogate"),
        pytest.param(with_field(title="\udc00"), "surrogate", id="lone surrogate in the title"),
        pytest.param(with_field(outlet="?!"), "no letter or digit", id="outlet of signs"),
        pytest.param(with_field(lang="klingon!"), "'lang' is", id="no language"),
        pytest.param('{"x": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested", id="deep lists"),
        pytest.param('{"x":' * 50_000 + "1" + "}" * 50_000, "nested", id="deep objects"),
        pytest.param(LINE[:-1] + ', "title": "Other"}', "given twice", id="duplicate key"),
        pytest.param(LINE[:-1] + ', "Title": "Other"}', "given twice", id="other case"),
    ],
)
def test_bad_line_costs_itself_alone(take_file: Take, line: str, reason: str) -> None:
    other = with_field(title="Second line")
    taken = take_file("a.jsonl", f"{LINE}\n{line}\n\n{other}\n")
    assert [a.title for a in taken.articles] == ["Rail line opens", "Second line"]
    [rejection] = taken.rejections
    assert rejection.place.endswith("a.jsonl, line 2")
    assert reason in rejection.finding


def test_last_line_that_is_cut_short_is_named(take_file: Take) -> None:
    taken = take_file("a.jsonl", f"{LINE}\n{LINE[:40]}")
    assert (len(taken.articles), len(taken.rejections)) == (1, 1)


def test_line_of_invalid_bytes_costs_itself_alone(take_file: Take) -> None:
    good = json.dumps({**GOOD, "text": "Қазақстан. " + BODY}, ensure_ascii=False).encode()
    taken = take_file("a.jsonl", good + b"\n" + b'{"title": "\xff\xfe"}\n' + good)
    assert (len(taken.articles), len(taken.rejections)) == (2, 1)
    assert "line 2" in taken.reasons[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_file_in_another_encoding_is_read(take_file: Take, encoding: str) -> None:
    line = json.dumps({**GOOD, "title": "Газета сообщает"}, ensure_ascii=False)
    taken = take_file("a.jsonl", f"{line}\n{LINE}\n".encode(encoding))
    assert [a.title for a in taken.articles] == ["Газета сообщает", "Rail line opens"]


@pytest.mark.parametrize("number", ["1" * 10_000, "1e999", "-0", "12345678901234567890"])
def test_huge_number_as_id_is_taken_as_written(take_file: Take, number: str) -> None:
    [article] = take_file("a.jsonl", f'{LINE[:-1]}, "id": {number}}}').articles
    assert article.article_id.startswith(number[:20].lstrip("-"))
    assert len(article.article_id) <= 100


def test_number_as_year_is_a_date(take_file: Take) -> None:
    assert take_file("a.jsonl", with_field(date=2022)).articles[0].published == "2022"


def test_line_longer_than_the_limit_is_named(take_file: Take) -> None:
    long = with_field(text="x " * 5_000)
    taken = take_file("a.jsonl", f"{long}\n{LINE}", limits=Limits(line=2_000))
    assert len(taken.articles) == 1
    assert "more than 2,000" in taken.reasons[0]


def test_synonyms_are_taken_best_first(take_file: Take) -> None:
    fields = {
        "source": "Dala Herald",
        "publisher": "Other",
        "headline": "A",
        "published": "2022",
        "body": BODY,
        "content": "no",
        "link": "https://dala.example/1",
        "byline": "Asem B.",
    }
    [article] = take_file("a.jsonl", json.dumps(fields)).articles
    assert (article.outlet_id, article.title, article.published) == ("dala", "A", "2022")
    assert (article.url, article.author) == ("https://dala.example/1", "Asem B.")
    assert article.text.endswith(BODY)


def test_json_file_names_the_bad_item(take_file: Take) -> None:
    taken = take_file("a.json", json.dumps([GOOD, 5, GOOD]))
    assert len(taken.articles) == 2
    assert taken.rejections[0].place.endswith("item 2")
