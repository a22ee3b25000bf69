"""Builds that lack something: every page says what, and none fails."""

from dataclasses import dataclass

import pytest
from altered import altered, with_column, without_rows

from kzdash.ui.navigation import ACTOR, OUTLETS, OVERVIEW, PAGES

_OF_ACTORS = ("mentions", "epithets", "relations")


@dataclass(frozen=True)
class Lack:
    """A kind of build that lacks something, and what a page says of it."""

    changes: dict
    said: str


def _one_outlet(articles):
    return with_column(articles, "outlet_id", ["rt"] * len(articles))


def _none_in_english(articles):
    return with_column(articles, "scored", [False] * len(articles))


LACKS = {
    "mentions": Lack(dict.fromkeys(_OF_ACTORS, without_rows), "without a mention of an actor"),
    "English": Lack({"articles": _none_in_english}, "none in English"),
    "outlets": Lack({"articles": _one_outlet}, "one outlet only"),
}


@pytest.fixture(scope="module", params=LACKS)
def lacking(request, tmp_path_factory):
    """The name of what a build lacks, and the build."""
    folder = tmp_path_factory.mktemp(request.param.replace(" ", "-"))
    altered(folder, 600, LACKS[request.param].changes)
    return request.param, folder


def bodies(at):
    """Return what a page says, as HTML."""
    return " ".join(element.proto.body for element in at.get("html"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_is_drawn(lacking, open_page, monkeypatch, page):
    monkeypatch.setenv("KZDASH_BUILD", str(lacking[1]))
    at = open_page(page.script)
    assert not at.exception
    assert 'role="alert"' not in bodies(at)


SAID = [(lack, page) for lack in ("mentions", "English") for page in (OVERVIEW, ACTOR, OUTLETS)]


@pytest.mark.parametrize(
    ("lacking", "page"),
    [*SAID, ("outlets", OUTLETS)],
    indirect=["lacking"],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_page_says_what_the_build_lacks(lacking, open_page, monkeypatch, page):
    lack, folder = lacking
    monkeypatch.setenv("KZDASH_BUILD", str(folder))
    assert LACKS[lack].said in bodies(open_page(page.script))


@pytest.mark.parametrize("lacking", ["outlets"], indirect=True)
def test_one_outlet_is_not_nothing(lacking, open_page, monkeypatch):
    monkeypatch.setenv("KZDASH_BUILD", str(lacking[1]))
    assert "Nothing in this selection" not in bodies(open_page(OUTLETS.script))
