"""What a browser shows of every page, each opened once: a cold link, axe, width."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from visits import Visit

from kzdash.ui.navigation import PAGES, Page

pytestmark = [
    pytest.mark.browser,
    # Of a plugin's own fixture (pytest-base-url), not of ours.
    pytest.mark.filterwarnings("ignore::pytest.PytestRemovedIn10Warning"),
]

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
MAIN = "document.querySelector('[data-testid=stMain]')"
BLOCK = "document.querySelector('[data-testid=stMainBlockContainer]')"


@pytest.fixture(scope="module", params=PAGES, ids=lambda page: page.name)
def opened(request, browser: Browser, server: str) -> Iterator[tuple[Page, Visit]]:
    """A page, and the visit of a fresh browser that opened it by its link."""
    context = browser.new_context()
    visit = Visit(context.new_page(), server)
    visit.open(request.param.path)
    yield request.param, visit
    context.close()


def test_a_cold_link_shows_the_page(opened):
    page, visit = opened
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(page.name)
    expect(visit.page.get_by_role("alert")).to_have_count(0)
    expect(visit.page.get_by_role("link", name="Methods").first).to_be_visible()
    assert visit.outside == []
    assert visit.trouble == []


def test_axe_finds_no_serious_violation(opened):
    if not AXE.exists():
        pytest.skip("needs axe-core: run npm ci in tests/browser")
    page = opened[1].page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = {
        v["id"]: [n["html"][:160] for n in v["nodes"]][:3]
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    }
    assert serious == {}


@pytest.mark.parametrize("width", [390, 2560])
def test_nothing_sticks_out(opened, width):
    visit = opened[1]
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.settle()
    visit.page.wait_for_function(f"{MAIN}.scrollWidth <= {MAIN}.clientWidth")
    visit.page.wait_for_function(f"{BLOCK}.getBoundingClientRect().width <= 1500")
