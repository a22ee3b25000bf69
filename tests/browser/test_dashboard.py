"""What only a browser shows: the address, links, clicks, downloads, theme."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import Visit

pytestmark = [
    pytest.mark.browser,
    # Of a plugin's own fixture (pytest-base-url), not of ours.
    pytest.mark.filterwarnings("ignore::pytest.PytestRemovedIn10Warning"),
]


@pytest.fixture
def visit(page: Page, server: str) -> Visit:
    return Visit(page, server)


def choose_outlet(visit: Visit, name: str) -> None:
    box = visit.page.get_by_role("combobox", name=re.compile("Outlets"))
    box.click()
    visit.page.get_by_role("option", name=name, exact=True).click()
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(re.compile("outlet="))
    visit.settle()


def test_a_filter_goes_into_the_address_and_along_to_the_next_page(visit):
    visit.open()
    choose_outlet(visit, "RT")
    assert visit.query() == {"outlet": ["rt"]}
    visit.page.get_by_role("link", name="Framing").first.click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Framing")
    visit.settle()
    assert visit.query() == {"outlet": ["rt"]}
    expect(visit.page.get_by_text("Shown: RT;")).to_be_visible()


def test_going_back_restores_the_selection(visit):
    visit.open("framing")
    choose_outlet(visit, "RT")
    visit.page.wait_for_timeout(1_000)  # nobody goes back at once
    visit.page.go_back()
    expect(visit.page.get_by_text("Shown: all outlets;")).to_be_visible()


def test_a_copied_link_shows_the_same_in_a_fresh_browser(visit, browser: Browser, server):
    page = visit.open("outlets?outlet=rt&outlet=eurasianet&first=eurasianet")
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_test_id("stCode").inner_text().strip()
    shown = page.locator(".kz-scope").inner_text()
    findings = page.locator(".kz-finding").all_inner_texts()
    fresh = browser.new_context().new_page()
    again = Visit(fresh, server)
    fresh.goto(link)
    again.settle()
    assert fresh.locator(".kz-scope").inner_text() == shown
    assert fresh.locator(".kz-finding").all_inner_texts() == findings
    fresh.context.close()


def test_a_click_on_a_mark_opens_its_evidence(visit):
    page = visit.open("framing")
    visit.charts()
    visit.press(page.locator(".js-plotly-plot").first.locator(".scatterlayer .point").first)
    assert {"cell_what", "cell_outlet", "cell_frame"} <= set(visit.query())
    expect(page.locator(".kz-mention").first).to_be_visible()


def test_a_click_on_a_mark_leads_to_the_top_of_a_phones_page(visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("framing")
    visit.charts()
    visit.press(page.locator(".js-plotly-plot").first.locator(".scatterlayer .point").last)
    page.wait_for_function("document.querySelector('h1').getBoundingClientRect().top >= 0")


def test_the_keyboard_reaches_evidence_too(visit):
    page = visit.open("framing")
    page.get_by_text("Table, downloads, evidence").first.click()
    page.get_by_role("link", name="Read the evidence").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Evidence")


def test_a_table_downloads_as_csv_with_its_header(visit):
    page = visit.open("framing?outlet=rt")
    page.get_by_text("Table, downloads, evidence").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("# kzdash: Framing")
    assert "# filters: RT;" in text
    assert re.search(r"^# unit: Share of ", text, re.MULTILINE)
    assert "# intervals: low and high bound 95 %;" in text


@pytest.mark.parametrize(("format_", "begins"), [("SVG", b"<svg"), ("PNG", b"\x89PNG")])
def test_a_chart_is_saved_as_a_picture(visit, format_, begins):
    page = visit.open("framing?outlet=rt")
    visit.charts()
    page.get_by_text("Table, downloads, evidence").first.click()
    visit.settle()
    with page.expect_download() as download:
        page.get_by_role("button", name=format_, exact=True).first.click()
    name = download.value.suggested_filename
    assert re.fullmatch(rf"kzdash-framing-frames-\w+\.{format_.lower()}", name)
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(begins)
    assert format_ == "PNG" or b"RT; all actors" in content


def test_a_click_on_a_relation_opens_its_sentences(visit):
    page = visit.open("relations")
    visit.charts()
    visit.press(page.locator(".js-plotly-plot").first.locator(".barlayer .point path").first)
    assert visit.query()["cell_what"] == ["relations"]
    assert {"cell_actor", "cell_target", "cell_relation"} <= set(visit.query())
    expect(page.locator(".kz-mention").first).to_be_visible()


def test_a_dark_visitor_gets_dark_charts(browser: Browser, server):
    context = browser.new_context(color_scheme="dark")
    visit = Visit(context.new_page(), server)
    page = visit.open()
    visit.charts()
    fill = page.locator(".js-plotly-plot .main-svg").first.evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert fill == "rgb(20, 23, 26)"
    context.close()
