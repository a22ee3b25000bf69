"""What a phone's browser shows: the menu, the ends of lines, the report."""

import pytest
from playwright.sync_api import Browser, expect
from visits import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::pytest.PytestRemovedIn10Warning"),
]


@pytest.fixture
def phone(browser: Browser, server):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield Visit(context.new_page(), server)
    context.close()


def test_the_menu_folds_once_a_page_is_chosen(phone):
    page = phone.open()
    sidebar = page.get_by_test_id("stSidebar")
    for name in ("Framing", "Voices", "Voices"):
        page.get_by_test_id("stExpandSidebarButton").tap()
        expect(sidebar).to_have_attribute("data-collapsed", "false")
        sidebar.get_by_role("link", name=name, exact=True).tap()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(sidebar).to_have_attribute("data-collapsed", "true")
        phone.settle()
    page.reload()
    phone.settle()
    expect(sidebar).to_have_attribute("data-collapsed", "true")


def test_a_wide_screen_keeps_its_menu(browser: Browser, server):
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    visit = Visit(context.new_page(), server)
    page = visit.open()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Framing", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Framing")
    visit.settle()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "false")
    context.close()


def test_a_cards_link_is_whole(phone):
    page = phone.open("evidence")
    link = page.locator("[class*=st-key-card_] [data-testid=stPageLink] a").first
    text = link.locator("p").first
    text.scroll_into_view_if_needed()
    assert text.evaluate("e => e.scrollWidth <= e.clientWidth")
    box = text.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390


@pytest.mark.parametrize("name", ["", "actor"])
def test_the_words_of_a_chart_stay_within_it(phone, name):
    page = phone.open(name)
    phone.settle()
    ends = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((chart) =>
            [...chart.querySelectorAll('.g-gtitle text, .infolayer .annotation text')].map(
                (text) => text.getBoundingClientRect().right
                    - chart.getBoundingClientRect().right))"""
    )
    assert len(ends) > 4
    assert max(ends) <= 1
