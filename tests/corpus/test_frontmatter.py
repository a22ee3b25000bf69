"""Front matter: the YAML that is read, the YAML that is refused."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import BODY, HEAD, Take

from kzdash.corpus.frontmatter import dump, parse
from kzdash.errors import InputError


def pairs(head: str) -> dict[str, object]:
    return dict(parse(f"---\n{head}\n---\nBody", "a.md").pairs)


@pytest.mark.parametrize(
    ("head", "value"),
    [
        pytest.param("k: NO", "NO", id="no stays text"),
        pytest.param("k: 012", "012", id="octal stays text"),
        pytest.param("k: 12:30", "12:30", id="sexagesimal stays text"),
        pytest.param("k: 1e3", "1e3", id="float stays text"),
        pytest.param("k: null # none", None, id="null"),
        pytest.param("k: ~", None, id="tilde"),
        pytest.param('k: "null"', "null", id="quoted null stays text"),
        pytest.param("k: null and void", "null and void", id="null and more stays text"),
        pytest.param("k: 2022-03-06", "2022-03-06", id="date stays text"),
        pytest.param("k: Rail: what next?", "Rail: what next?", id="colon inside"),
        pytest.param("k: a # note", "a", id="comment"),
        pytest.param("k: C# and F#", "C# and F#", id="hash inside a word"),
        pytest.param('k: "a \\"b\\" \\u0041\\n"', 'a "b" A\n', id="double quotes"),
        pytest.param('k: "a # b" # note', "a # b", id="comment after quotes"),
        pytest.param("k: 'it''s'", "it's", id="single quotes"),
        pytest.param("k: one\n  two", "one two", id="continued"),
        pytest.param('k: "one\n  two"', "one two", id="quoted over lines"),
        pytest.param("k: |\n  one\n  two\n", "one\ntwo", id="literal block"),
        pytest.param("k: >-\n  one\n  two\n\n  three", "one two\nthree", id="folded block"),
        pytest.param("k:\n  - a\n  - 'b'", ["a", "b"], id="list"),
        pytest.param("k:\n- a\n- b", ["a", "b"], id="list at the margin"),
        pytest.param('k: [a, "b, c", d]', ["a", "b, c", "d"], id="list in brackets"),
        pytest.param("k: [a,\n  b]", ["a", "b"], id="list over lines"),
        pytest.param("k: [a,  # note\n\n  b\n  ] # end", ["a", "b"], id="list with notes"),
        pytest.param("k: [\n]", [], id="empty list over lines"),
        pytest.param("k:", None, id="nothing"),
        pytest.param("k:\n  sub: x\n  other: y", None, id="a map is skipped"),
        pytest.param('"k": v', "v", id="quoted key"),
        pytest.param("# note\n\nk: v", "v", id="comments and blank lines"),
    ],
)
def test_parse_reads(head: str, value: object) -> None:
    assert pairs(head) == {"k": value}


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        pytest.param("k: a\nk: b", "given twice", id="duplicate key"),
        pytest.param("k: a\nK: b", "given twice", id="duplicate key, other case"),
        pytest.param("k: !!python/object:os.system x", "tag, anchor or alias", id="tag"),
        pytest.param("k: &a x", "tag, anchor or alias", id="anchor"),
        pytest.param("k: *a", "tag, anchor or alias", id="alias"),
        pytest.param("<<: *a", "merge key", id="merge key"),
        pytest.param("k:\n  <<: *a", "merge key", id="merge key inside"),
        pytest.param("k: {a: b}", "not read here", id="flow map"),
        pytest.param("? k\n: v", "not read here", id="complex key"),
        pytest.param("%YAML 1.2", "not read here", id="directive"),
        pytest.param("k: [a, b", "not closed", id="open list"),
        pytest.param('k: "a', "not closed", id="open quote"),
        pytest.param('k: "a" b', "closing quotation mark", id="text after quotes"),
        pytest.param('k: "\\q"', "no escape", id="unknown escape"),
        pytest.param('k: "\\ud800"', "no character", id="half a character"),
        pytest.param("only words", "no field", id="no field"),
        pytest.param("  k: v", "indented", id="indented"),
    ],
)
def test_parse_refuses_with_the_line(head: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as error:
        pairs(head)
    assert error.value.place.startswith("a.md, line ")


def test_parse_names_the_line_of_the_fault() -> None:
    with pytest.raises(InputError) as error:
        parse("\n---\na: b\n\nc: *d\n---\n", "a.md")
    assert error.value.place == "a.md, line 5"


@pytest.mark.parametrize("text", ["---\ntitle: x\n", "---", "---\ntitle: x\n ---\n"])
def test_parse_refuses_a_head_without_end(text: str) -> None:
    with pytest.raises(InputError, match="has no end"):
        parse(text, "a.md")


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param("".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60)), id="aliases"),
        pytest.param("".join(f"a{n}: &a{n}\n  <<: *a{n}\n" for n in range(1, 60)), id="merges"),
        pytest.param("k: " + "[" * 50_000, id="deep brackets"),
        pytest.param("k" + " " * 90_000, id="spaces"),
        pytest.param('k: "' + '\\"' * 40_000, id="escapes"),
        pytest.param("k: [" + '"a,' * 30_000 + "]", id="open quotes in a list"),
        pytest.param("k: [\n" + "a,\n" * 16_000 + "]", id="list of many lines"),
        pytest.param("k: x\n" + "  #####\n" * 12_000, id="notes"),
    ],
)
@pytest.mark.usefixtures("soon")
def test_parse_ends_soon(bomb: str) -> None:
    with suppress(InputError):
        pairs(bomb)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), TEXT))
def test_dump_is_read_back(fields: dict[str, str]) -> None:
    head = parse(dump(fields, "Body"), "a.txt")
    assert dict(head.pairs) == fields
    assert head.body.strip() == "Body"


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("outlet", "outlet: Steppe Post\n"),
        ("title", "title: Rail line opens\n"),
        ("date", "date: 2023-05-04\n"),
        ("text", BODY),
    ],
)
def test_missing_field_is_named(take_file: Take, name: str, without: str) -> None:
    taken = take_file("a.md", (HEAD + BODY).replace(without, ""))
    assert f"'{name}' is missing" in taken.reasons[0]


@pytest.mark.parametrize("name", ["outlet", "title", "date"])
@pytest.mark.parametrize("nothing", ["~", "null", "NULL"])
def test_field_of_nothing_is_missing(take_file: Take, name: str, nothing: str) -> None:
    head = re.sub(f"{name}: .*", f"{name}: {nothing}", HEAD)
    assert f"'{name}' is missing" in take_file("a.md", head + BODY).reasons[0]


@pytest.mark.parametrize("value", ["NO", "012", "12:30", "on", "yes", '"null"', "'~'", "nullable"])
def test_value_that_yaml_would_change_stays_in_the_title(take_file: Take, value: str) -> None:
    [article] = take_file("a.md", (HEAD + BODY).replace("Rail line opens", value)).articles
    assert article.title == value.strip("\"'")


def test_norwegian_is_a_language(take_file: Take) -> None:
    [article] = take_file("a.md", HEAD.replace("date:", "lang: NO\ndate:") + BODY).articles
    assert article.language == "no"
