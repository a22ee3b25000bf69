"""What a page says of the selection as a whole: repeats, dates, inputs that were not taken."""

import html
import re
from urllib.parse import parse_qs

import pytest
from altered import altered, stamped, with_column

from kzdash.ui.navigation import ACTOR, EVIDENCE, OVERVIEW, VOICES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A build with a repeated text, an article without a date and one of a year alone."""
    folder = tmp_path_factory.mktemp("remarks")

    def change(articles):
        ids, dates = (articles[name].to_pylist() for name in ("article_id", "published"))
        precision = articles["published_precision"].to_pylist()
        dates = ["2021-03-04"] * len(dates)
        precision = ["day"] * len(dates)
        dates[:2], precision[:2] = [None, "2021"], [None, "year"]
        changed = with_column(articles, "published", dates)
        changed = with_column(changed, "published_precision", precision)
        copies = [None] * (len(ids) - 1) + [ids[0]]
        return with_column(changed, "duplicate_of", copies)

    manifest = altered(folder, 900, {"articles": change})
    stamped(folder, manifest, inputs={"accepted": 9, "rejected": 2, "skipped": 0})
    return folder


@pytest.mark.parametrize(
    ("page", "query", "said", "silent"),
    [
        pytest.param(VOICES, {}, "1 article repeats a text", "without a date", id="repeats"),
        pytest.param(ACTOR, {"from": "2021-02", "to": "2021-04"},
                     "1 article without a date left out", "not be taken", id="undated"),
        pytest.param(ACTOR, {"from": "2021-02", "to": "2021-04"},
                     "1 article of which only month or year is known", "not be taken", id="partly"),
        pytest.param(ACTOR, {"from": "2021"}, "1 article without a date left out",
                     "only month or year", id="inside the year"),
        pytest.param(OVERVIEW, {}, "2 inputs could not be taken", "left out.", id="inputs"),
    ],
)  # fmt: skip
def test_pages_say_what_leans_or_is_missing(
    folder, open_page, monkeypatch, page, query, said, silent
):
    monkeypatch.setenv("KZDASH_BUILD", str(folder))
    at = open_page(page.script, **query)
    told = " ".join([*(e.proto.body for e in at.get("html")), *(c.value for c in at.caption)])
    assert said in told
    assert silent not in told


@pytest.mark.parametrize(
    ("query", "opened"),
    [
        pytest.param({"outlet": "rt"}, ["articles", None, "quotes"], id="outlet"),
        pytest.param({"actor": "tokayev"}, [None], id="actor: its mentions alone"),
    ],
)
def test_counts_open_the_list_of_what_they_count(folder, open_page, monkeypatch, query, opened):
    monkeypatch.setenv("KZDASH_BUILD", str(folder))
    at = open_page(OVERVIEW.script, **query)
    body = next(e.proto.body for e in at.get("html") if "kz-counts" in e.proto.body)
    links = re.findall(r'<a href="evidence\?([^"]*)"[^>]*><b>([\d,]+)</b>', body)
    asked = [parse_qs(html.unescape(link)) for link, _ in links]
    assert [one.get("cell_what", [None])[0] for one in asked] == opened
    for one, (_, number) in zip(asked, links, strict=True):
        listed = open_page(EVIDENCE.script, **{key: values[0] for key, values in one.items()})
        told = " ".join(element.value for element in [*listed.caption, *listed.markdown])
        assert re.search(rf"(?<![\d,]){number} (article|mention|quotation)", told), told
