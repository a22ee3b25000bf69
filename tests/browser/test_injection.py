"""A build of hostile texts, visited: nothing of it runs, nothing outside is asked."""

import csv
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hostile import FORMULA, LINK, MARKUP, hostile
from playwright.sync_api import Page, expect
from visits import Visit

from kzdash.registry import Registry
from kzdash.report import report
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui.navigation import EVIDENCE, METHODS, PAGES

pytestmark = [
    pytest.mark.browser,
    # Of a plugin's own fixture (pytest-base-url), not of ours.
    pytest.mark.filterwarnings("ignore::pytest.PytestRemovedIn10Warning"),
]

POINTS = 3
"""Marks of each chart that the mouse visits."""

# Elements and attributes that only hostile text can have brought.
FOREIGN = """() => [...document.querySelectorAll('*')].flatMap(e => {
  const found = [];
  for (const a of e.attributes) {
    if (/^on/i.test(a.name) || a.name === 'srcdoc') found.push(e.tagName + ' ' + a.name);
    if (!/^(href|src|action|formaction|xlink:href)$/i.test(a.name)) continue;
    let url;
    try { url = new URL(a.value, location) } catch { continue }
    const harmless = /^(https?|wss?|blob|about):$/.test(url.protocol)
        || (url.protocol === 'data:' && /^data:(image|font)/.test(a.value))
        || (url.protocol === 'file:' && location.protocol === 'file:');
    if (!harmless || url.hostname.endsWith('attacker.invalid') || url.username)
      found.push(e.tagName + ' ' + a.name + '=' + a.value.slice(0, 80));
  }
  return found;
})"""
FORMULAS = re.compile(r"[=+@\t\r|%]|-(?![0-9.])")


@pytest.fixture(scope="session")
def shown_build(tmp_path_factory) -> Path:
    """The build that the server of this file shows."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile(folder, 900)
    return folder


class Watch(Visit):
    """A visitor who looks whether anything hostile runs."""

    def check(self) -> None:
        ran = [frame.evaluate("window.ran || 0") for frame in self.page.frames]
        assert (sum(ran), self.dialogs, self.outside) == (0, [], [])
        assert self.page.evaluate(FOREIGN) == []

    def hover(self) -> None:
        """Put the mouse on marks of every chart, and check what then is shown."""
        for chart in self.page.locator(".js-plotly-plot").all():
            chart.scroll_into_view_if_needed()
            marks = chart.locator(".point, .heatmaplayer image, .bars path")
            for number in range(min(POINTS, marks.count())):
                box = marks.nth(number).bounding_box()
                if box:
                    self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
                    self.page.wait_for_timeout(60)
        self.check()


@pytest.fixture
def watch(page: Page, server: str) -> Watch:
    return Watch(page, server)


@pytest.mark.parametrize("page_", PAGES, ids=lambda p: p.name)
def test_pages_hovers_and_tables_stay_text(watch, page_):
    page = watch.open(page_.path)
    expect(page.get_by_text("Traceback")).to_have_count(0)
    watch.check()
    watch.hover()
    for table in page.get_by_text("Table, downloads, evidence").all()[:3]:
        table.click()
    page.wait_for_timeout(500)
    watch.check()


@pytest.mark.parametrize(
    "what", ["mentions", "sentences", "quotes", "relations", "epithets", "cues", "articles"]
)
def test_every_kind_of_evidence_stays_text(watch, what):
    watch.open(f"{EVIDENCE.path}?cell_what={what}")
    watch.check()


def test_the_article_reader_stays_text(watch, shown_build):
    for mention in Store.open(shown_build).evidence(Scope(), limit=3)["mention_id"]:
        watch.open(f"{EVIDENCE.path}?open={quote(mention)}")
        watch.check()


def test_links_that_are_followed_stay_harmless(watch):
    page = watch.open(EVIDENCE.path)
    addresses = page.eval_on_selector_all(
        "[data-testid=stMain] a[href]", "all => all.map(a => a.href)"
    )
    outside = [a for a in addresses if not a.startswith(watch.server)]
    assert outside
    assert all(a.startswith("https://paper.invalid/") for a in outside)


@pytest.mark.parametrize("value", [MARKUP, LINK], ids=["markup", "link"])
@pytest.mark.parametrize("page_", [PAGES[0], EVIDENCE, METHODS], ids=lambda p: p.name)
def test_parameters_of_the_address_stay_text(watch, page_, value):
    names = ("outlet", "actor", "from", "to", "voice", "kind", "open", "first", "second", "frame",
             "of", "order", "page", "measure", "cell_what", "cell_outlet", "cell_word", "cell_cue",
             "cell_text", "cell_speaker", "relation")  # fmt: skip
    watch.open(f"{page_.path}?{'&'.join(f'{name}={quote(value)}' for name in names)}")
    watch.check()


def test_downloads_hold_no_formula(watch):
    page = watch.open("outlets")
    for table in page.get_by_text("Table, downloads, evidence").all():
        table.click()
    seen = ""
    for button in page.get_by_role("button", name="CSV", exact=True).all():
        with page.expect_download() as download:
            button.click()
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        rows = [line for line in text.splitlines(keepends=True) if not line.startswith("# ")]
        assert not [c for row in csv.reader(rows) for c in row if FORMULAS.match(c)]
        seen += text
    assert FORMULA[1:10] in seen
    watch.check()


def test_the_report_stays_text(page, shown_build, tmp_path):
    store = Store.open(shown_build)
    file = tmp_path / "report.html"
    known = Registry.load().naming(store.manifest.outlets)
    file.write_text(report(store, known, Scope()), encoding="utf-8")
    watch = Watch(page, "file://")
    page.goto(file.as_uri())
    page.wait_for_timeout(2_000)
    for summary in page.locator("summary").all():
        summary.click()
    watch.hover()
