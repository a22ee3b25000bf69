"""Records: fields to articles."""

import json
import re

import pytest
from samples import BODY, Take

from kzdash.corpus import Limits, Rejection
from kzdash.corpus.records import SYNONYMS
from kzdash.paths import ROOT

FIELDS = {"outlet": "Dala Herald", "title": "Rail line opens", "date": "2023-05-04", "text": BODY}


@pytest.fixture
def one(take):
    """Read one record given by its fields."""
    return lambda **fields: take(json.dumps({**FIELDS, **fields}).encode())


@pytest.mark.parametrize(
    ("name", "outlet_id"),
    [
        ("Steppe Post", "steppe-post"),
        ("the steppe post", "steppe-post"),
        ("steppe-post", "steppe-post"),
        ("STEPPE  POST", "steppe-post"),
        ("Ninth Verst", "ninth-verst"),
        ("Қала газеті", "kala-gazeti"),
        ("Dal\u200ba Herald", "dala"),
        ("<b>Dala Herald</b>", "dala"),
        ("<script>x()</script>", None),
        ("…", None),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 400, "x" * 64),
    ],
)
def test_outlet(one, name: str, outlet_id: str | None) -> None:
    taken = one(outlet=name)
    assert [a.outlet_id for a in taken.articles] == ([outlet_id] if outlet_id else [])


@pytest.mark.parametrize(
    ("given", "article_id"),
    [
        ("a_1.b-C", "a_1.b-C"),
        ("a b", r"a-b-[0-9a-f]{6}"),
        ("../x", r"x-[0-9a-f]{6}"),
        ("<script>", None),
        ("y" * 300, r"y{80}-[0-9a-f]{6}"),
        ("қ", r"article-[0-9a-f]{6}"),
    ],
)
def test_given_id_is_made_safe(one, given: str, article_id: str | None) -> None:
    [article] = one(id=given).articles
    expected = article_id or r"dala-2023-05-04-rail-line-opens-[0-9a-f]{6}"
    assert re.fullmatch(expected, article.article_id)


def test_made_id_follows_from_the_content_alone(one) -> None:
    first, again = one().articles[0], one().articles[0]
    other = one(text=BODY + " More.").articles[0]
    assert first.article_id == again.article_id
    assert first.article_id != other.article_id
    assert re.fullmatch(r"dala-2023-05-04-rail-line-opens-[0-9a-f]{6}", first.article_id)


def test_ids_made_safe_stay_apart(one) -> None:
    assert one(id="a b").articles[0].article_id != one(id="a/b").articles[0].article_id


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//dala.example", "dala.kz",
     "http://", "https://a b", "http://u:p@dala.example/", "https://a.example/\"onload=x()",
     "https://a.example/" + "x" * 2_000, "http://[bad/"],
)  # fmt: skip
def test_address_that_is_no_link_is_left_out_with_a_note(one, url: str) -> None:
    [article] = one(url=url).articles
    assert article.url is None
    assert any("address left out" in note for note in article.notes)


def test_an_outlet_that_is_refused_is_shown_as_given(one) -> None:
    [rejection] = one(outlet="<img src=x onerror=alert(1)>").rejections
    assert rejection.finding == "outlet '<img src=x onerror=alert(1)>' has no letter or digit"


def test_address_that_is_a_link_is_kept(one) -> None:
    url = "https://dala.example/a?b=c&d=%20#e"
    assert one(url=url).articles[0].url == url


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<b>Rail</b> &amp; line", "Rail & line"),
        ("Rail\nline", "Rail line"),
        ("<img src=x onerror=alert(1)>Rail", "Rail"),
        ("=1+1", "=1+1"),
        ("2 < 3", "2 < 3"),
        ("**Rail**", "**Rail**"),
        ("\u202eliar\u202c", "liar"),
        ("NO", "NO"),
    ],
)
def test_title(one, title: str, expected: str) -> None:
    [article] = one(title=title).articles
    assert article.title == expected
    assert article.text == f"{expected}\n\n{BODY}"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "x" * 501}, "'title' has 501 characters"),
        ({"title": "<script>x()</script>"}, "'title'"),
        ({"title": "\u200b"}, "'title'"),
        ({"text": "\u200b\n\u200b"}, "'text'"),
        ({"text": "Add comment"}, "'text'"),
        ({"text": "Rail line opens"}, "'text'"),
        ({"lang": "1337"}, "'lang' is"),
        ({"text": "a" * 1_001}, "a word of 1,001 letters"),
        ({"author": ["A", 5]}, "'author' is a list"),
    ],
)
def test_field_that_cannot_be_taken_is_named(one, fields: dict, reason: str) -> None:
    taken = one(**fields)
    assert taken.articles == []
    assert reason in taken.reasons[0]


@pytest.mark.parametrize(("given", "code"), [("en-US", "en"), ("English", "en"), ("KK", "kk")])
def test_language(one, given: str, code: str) -> None:
    assert one(lang=given, translated_from=given).articles[0].translated_from == code


def test_authors_in_a_list_are_joined(one) -> None:
    assert one(author=["Asem B.", "Bek C."]).articles[0].author == "Asem B., Bek C."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word", id="one word"),
        pytest.param("word " * 200_000, id="200,000 words"),
        pytest.param("Tokayev spoke. " * 10_000, id="10,000 mentions"),
        pytest.param("a " * 900_000, id="1.8 million characters on one line"),
        pytest.param("A sentence.\n" * 100_000, id="100,000 lines"),
        pytest.param("w" * 1_000, id="a word of 1,000 letters"),
    ],
)
def test_size_that_is_taken_is_taken_whole(one, text: str) -> None:
    [article] = one(text=text).articles
    assert "".join(article.text.split()) == "Railline" + "opens" + "".join(text.split())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("word " * 1_000_000, "characters, expected at most 2,000,000"),
        ("w" * 1_000_000, "a word of 1,000,000 letters"),
    ],
)
def test_size_that_is_not_taken_is_refused_whole(one, text: str, reason: str) -> None:
    taken = one(text=text)
    assert taken.articles == []
    assert reason in taken.reasons[0]


def test_documented_synonyms_are_those_taken() -> None:
    table = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8").split("also taken as")[1]
    rows = re.findall(r"^\| `(\w+)` \| ?(.*?) ?\|$", table, re.M)
    written = {name: {name, *others.split(", ")} - {""} for name, others in rows}
    assert written == {name: set(taken) for name, taken in SYNONYMS.items()}


def test_limits_can_be_tightened(take_file: Take) -> None:
    line = json.dumps({**FIELDS, "text": "word " * 50_000})
    assert "at most 200,000" in take_file("a.jsonl", line, limits=Limits(text=200_000)).reasons[0]


def test_future_dates_are_taken_when_told_to(take_file: Take) -> None:
    line = json.dumps({**FIELDS, "date": "2999-01-01"})
    assert take_file("a.jsonl", line).articles == []
    [article] = take_file("a.jsonl", line, limits=Limits(future=True)).articles
    assert article.published == "2999-01-01"


def test_rejection_is_one_line_with_all_four_parts() -> None:
    rejection = Rejection("a.csv,\nline 2", "it is bad", "good", "Mend it")
    assert str(rejection) == "a.csv, line 2: it is bad, expected good. Mend it."


def test_every_rejection_gives_a_remedy(one) -> None:
    for fields in ({"title": ""}, {"date": "x"}, {"outlet": "?"}, {"text": 5}, {"lang": "??"}):
        [rejection] = one(**fields).rejections
        assert rejection.expectation
        assert rejection.remedy


def test_the_name_of_an_outlet_that_is_not_known_is_kept(one) -> None:
    assert [a.outlet_name for a in one(outlet="Köl & Dala Daily").articles] == ["Köl & Dala Daily"]
    assert [a.outlet_name for a in one(outlet="Dala Herald").articles] == [None]
