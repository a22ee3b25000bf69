"""Robots rules."""

import pytest

from kzdash.corpus.robots import ALLOW_ALL, parse


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        pytest.param("", "/a", True, id="no rules"),
        pytest.param("User-agent: *\nDisallow: /", "/a", False, id="all forbidden"),
        pytest.param("User-agent: *\nDisallow:", "/a", True, id="nothing forbidden"),
        pytest.param("User-agent: *\nDisallow: /a", "/ab", False, id="prefix"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /ab", "/abc", True, id="longest wins"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True, id="allow wins a tie"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False, id="star and end"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?a", True, id="end does not match"),
        pytest.param("User-agent: *\nDisallow: /*?print", "/a/b?print=1", False, id="query"),
        pytest.param("User-agent: kzdash\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False,
                     id="own group"),
        pytest.param("User-agent: KZdash/1.0\nDisallow: /", "/a", False, id="own version"),
        pytest.param("User-agent: kzdash / 2\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True,
                     id="own version allowed"),
        pytest.param("User-agent: kzdashboard\nDisallow: /", "/a", True, id="a longer name"),
        pytest.param("User-agent: *\nDisallow: /жол", "/%D0%B6%D0%BE%D0%BB/a", False,
                     id="letters outside ASCII"),
        pytest.param("User-agent: *\nDisallow: /*жол$", "/a%D0%B6%D0%BE%D0%BB", False,
                     id="letters outside ASCII, star and end"),
        pytest.param("User-agent: *\nDisallow: /%d0%b6", "/%D0%B6%D0%BE%D0%BB", False,
                     id="encoded in lower case"),
        pytest.param("User-agent: *\nDisallow: /Ж", "/%d0%96", False,
                     id="path encoded in lower case"),
        pytest.param("User-agent: *\nDisallow: /A", "/a", True, id="case of a path"),
        pytest.param("User-agent: other\nDisallow: /", "/a", True, id="another's group"),
        pytest.param("User-agent: x\nUser-agent: *\nDisallow: /a", "/a", False, id="two agents"),
        pytest.param("USER-AGENT: *\ndisallow: /a # no", "/a", False, id="case and comment"),
        pytest.param("Disallow: /", "/a", True, id="rule without group"),
        pytest.param("\ufeffUser-agent: *\nDisallow: /", "/a", False, id="byte order mark"),
        pytest.param("\n\ufeffUser-agent: *\nDisallow: /", "/a", False, id="a late mark"),
        pytest.param("<html>\nnot robots: at all", "/a", True, id="a page instead"),
    ],
)  # fmt: skip
def test_parse(text: str, path: str, allowed: bool) -> None:
    assert parse(text, "kzdash").allows(path) is allowed


def test_no_rules_allow_all() -> None:
    assert ALLOW_ALL.allows("/a")


@pytest.mark.parametrize(("written", "delay"), [("3", 3.0), ("0.5", 0.5), ("9999", 10.0), ("x", 0)])
def test_delay(written: str, delay: float) -> None:
    assert parse(f"User-agent: *\nCrawl-delay: {written}", "kzdash").delay == delay


@pytest.mark.usefixtures("soon")
def test_hostile_patterns_end_soon() -> None:
    rules = parse("User-agent: *\n" + ("Disallow: /" + "*a" * 900 + "$\n") * 300, "kzdash")
    assert rules.allows("/" + "a" * 800)
