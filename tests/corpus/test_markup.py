"""Markup: HTML fragments and Markdown to text."""

import pytest

from kzdash.corpus.markup import flattened, from_html, from_markdown, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One Two"), ("One<br>Two", "One Two"),
        ("<p>a\nb</p>", "a b"), ("a\nb", "a b"), ("<b>One</b> &amp; <i>two</i>", "One & two"),
        ("<p>a<script>x()</script>b</p>", "ab"), ("a<!-- b -->c", "ac"),
        ("<p>a<style>b</style><p>c", "a c"), ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
        ("<Tokayev> said", "<Tokayev> said"), ("a <!-- never closed", "a <!-- never closed"),
        ("<script>never closed", "never closed"), ("&lt;p&gt;", "<p>"), ("&#8217;", "’"),
        ("<p title='a > b'>c</p>", "b'>c"), ("<ul><li>a</li><li>b</li></ul>", "a b"),
    ],
)  # fmt: skip
def test_from_html(text: str, expected: str) -> None:
    assert " ".join(from_html(text).split()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>Rail", "Rail"),
        ("<b>Rail</b> line", "Rail line"),
        ("&lt;b&gt;Rail&lt;/b&gt;", "Rail"),
        ("&lt;script&gt;x()&lt;/script&gt;Rail", "Rail"),
        ("<img src=x onerror=y()>Rail", "Rail"),
        ("Q&amp;A", "Q&A"),
        ("3 < 4 > 2", "3 < 4 > 2"),
        ("<svg/onload=x()>Rail", "Rail"),
        ("Rail", "Rail"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text).strip() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Head\nText", ["Head", "Text"]),
        ("Head\n====\nText", ["Head", "Text"]),
        ("A **bold** and _soft_ word", ["A bold and soft word"]),
        ("snake_case_name and 2*3*4", ["snake_case_name and 2*3*4"]),
        ('a [link](https://a.example/x_(y) "t") b', ["a link b"]),
        ("a [link][1] b\n\n[1]: https://a.example", ["a link b"]),
        ("![alt](x.png) Text", ["Text"]),
        ("> quoted\n> on", ["quoted on"]),
        ("- one\n- two", ["one", "two"]),
        ("a\n\n---\n\nb", ["a", "b"]),
        ("a[^1]", ["a"]),
        ("`code` ~~gone~~", ["code gone"]),
        ("```\nx = 1\n```", ["x = 1"]),
        (r"\*not soft\* \# no head", ["*not soft* # no head"]),
        ("5. May came", ["5. May came"]),
        ("<p>a</p>\n\n<script>x()</script>b", ["a", "b"]),
        ("“_Quoted_,” she said", ["“Quoted,” she said"]),
    ],
)
def test_from_markdown(text: str, expected: list[str]) -> None:
    blocks = from_markdown(text).split("\n\n")
    assert [" ".join(b.split()) for b in blocks if b.strip()] == expected


@pytest.mark.parametrize(
    "junk",
    ["*" * 200_000, "_a" * 100_000, "[" * 200_000, "![" * 100_000, "[a](" * 50_000, "`" * 200_000,
     "<" * 200_000, "<a " * 100_000, "&#" * 100_000, "> " * 100_000, "# " * 100_000,
     "<script>" * 30_000, "<!--" * 50_000, "~~a" * 70_000, "\\*" * 100_000, "- " * 100_000,
     "[a]: " * 50_000, "**a " * 50_000, " " * 300_000 + "x"],
)  # fmt: skip
@pytest.mark.usefixtures("soon")
def test_hostile_markup_ends_soon(junk: str) -> None:
    assert isinstance(from_markdown(junk), str)
    assert isinstance(plain(junk), str)


def test_flattened_leaves_shallow_pages_alone() -> None:
    page = "<html><body><div><p>a<br>b</div></body></html>"
    assert flattened(page, 10) is page


def test_flattened_keeps_all_text() -> None:
    page = "".join(f"<div>{n}" for n in range(300)) + "</div>" * 300 + "<p>end"
    flat = flattened(page, 50)
    assert flat.count("<div>") == 50
    assert [n for n in range(300) if f">{n}<" not in flat] == []
    assert flat.endswith("<p>end")
