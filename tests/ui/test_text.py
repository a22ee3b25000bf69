"""Text from anywhere, made safe to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.ui.text import at_sentence, escaped, literal, plain, web_address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Tokayev", "Tokayev", id="plain"),
        pytest.param("a\u202eb\u200bc\u00add", "abcd", id="bidi, zero width, soft hyphen"),
        pytest.param(
            "one\r\ntwo\x00\x1b[0m", "one two [0m", id="line breaks and control characters"
        ),
        pytest.param("x" * 200, "x" * 119 + "…", id="too long"),
        pytest.param(None, "None", id="not text"),
    ],
)
def test_plain_leaves_one_readable_line(text, shown):
    assert plain(text) == shown


@given(st.text(max_size=300))
def test_escaped_text_has_no_markup(text):
    assert not set("<>\"'") & set(escaped(text))


def test_literal_text_is_no_markdown_directive():
    assert literal(":material/key: ![x](http://a.example/b.png) $x$") == (
        r"\:material/key\: \!\[x\]\(http\://a\.example/b\.png\) \$x\$"
    )


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        pytest.param("https://a.example/p?q=1", "https://a.example/p?q=1", id="https"),
        pytest.param("HTTP://A.example:8080/", "http://a.example:8080/", id="case and port"),
        pytest.param("https://a.example/é", "https://a.example/%C3%A9", id="not ASCII"),
        pytest.param(
            'https://a.example/"><script>',
            "https://a.example/%22%3E%3Cscript%3E",
            id="markup in the path",
        ),
        pytest.param("https://a.example/p#old", "https://a.example/p", id="fragment is dropped"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("java\nscript:alert(1)", None, id="script with a line break"),
        pytest.param("data:text/html,x", None, id="data"),
        pytest.param("//a.example/p", None, id="no scheme"),
        pytest.param("https://user:pass@a.example/", None, id="user"),
        pytest.param("https:///p", None, id="no host"),
        pytest.param("https://a.example:99999/", None, id="no such port"),
        pytest.param("https://[::1", None, id="broken host"),
        pytest.param("ftp://a.example/", None, id="other scheme"),
        pytest.param(None, None, id="nothing"),
        pytest.param(float("nan"), None, id="undefined"),
    ],
)
def test_only_web_addresses_are_linked(url, safe):
    assert web_address(url) == safe


@pytest.mark.parametrize(
    ("start", "end", "address"),
    [
        pytest.param("The first", "the end", "https://a.example/p#:~:text=The%20first,the%20end",
                     id="both ends"),
        pytest.param("so-called, well", None, "https://a.example/p#:~:text=so%2Dcalled%2C%20well",
                     id="one end, with the marks of the syntax"),
        pytest.param(None, None, "https://a.example/p", id="no words"),
    ],
)  # fmt: skip
def test_a_sentence_is_pointed_at(start, end, address):
    assert at_sentence("https://a.example/p", start, end) == address


def test_no_fragment_without_an_address():
    assert at_sentence("javascript:alert(1)", "a", "b") is None
