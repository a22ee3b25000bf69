"""A build whose every text is hostile: nothing of it becomes markup, a link or a formula."""

import json
import re

import lxml.html
import pytest
from hostile import OUTSIDE, RUN, hostile

from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui.navigation import PAGES

WEB_OR_PAGE = ("http://", "https://", *(page.path for page in PAGES if page.path))


def odd_links(body: str) -> list[str]:
    """Return the addresses in HTML that are neither on the web nor pages of the dashboard."""
    document = lxml.html.fragment_fromstring(body, create_parent=True)
    found = document.xpath("//@href | //@src | //@action")
    return [str(address) for address in found if not address.startswith(WEB_OR_PAGE)]


@pytest.fixture(scope="module")
def hostile_build(tmp_path_factory):
    """A random build with hostile titles, surfaces, cues, speakers, verbs, addresses, texts."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile(folder, 600)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_hostile_text_stays_text(hostile_build, open_page, monkeypatch, page):
    monkeypatch.setenv("KZDASH_BUILD", str(hostile_build))
    at = open_page(page.script)
    assert not at.exception
    for element in at.get("html"):
        body = element.proto.body
        assert 'role="alert"' not in body
        assert odd_links(body) == []
        if element.proto.unsafe_allow_javascript:
            assert RUN not in body
            assert OUTSIDE not in body
        else:
            assert not re.search(r"<(script|img|iframe)\b", body)
    for chart in at.get("plotly_chart"):
        spec = json.dumps(json.loads(chart.proto.spec or chart.proto.figure.spec)["data"])
        assert "<script" not in spec
        assert "<a " not in spec
        assert "<img" not in spec


def test_hostile_article_in_the_reader(hostile_build, open_page, monkeypatch):
    monkeypatch.setenv("KZDASH_BUILD", str(hostile_build))
    mentions = Store.open(hostile_build).evidence(Scope(), limit=100)
    scripted = mentions["url"].str.lower().str.startswith("javascript:")
    at = open_page("pages/evidence.py", open=mentions[scripted].iloc[0]["mention_id"])
    bodies = [element.proto.body for element in at.get("html")]
    article = next(b for b in bodies if "kz-article" in b)
    assert "<mark" in article
    assert "<script" not in article
    assert "<img" not in article
    assert [odd for body in bodies for odd in odd_links(body)] == []
