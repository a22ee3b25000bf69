"""The browser's address of links to the page that is open: copied, reloaded, gone back to."""

import re

import pytest
from playwright.sync_api import Page, expect
from visits import Visit

pytestmark = [
    pytest.mark.browser,
    # Of a plugin's own fixture (pytest-base-url), not of ours.
    pytest.mark.filterwarnings("ignore::pytest.PytestRemovedIn10Warning"),
]


@pytest.fixture
def visit(page: Page, server: str) -> Visit:
    return Visit(page, server)


def heading(visit: Visit, name: str):
    return visit.page.get_by_role("heading", name=name, exact=True)


def follow(visit: Visit, name: str | re.Pattern[str], until: str) -> None:
    """Follow the first link of that name, and wait till the address fits."""
    visit.page.get_by_role("link", name=name, exact=True).first.click()
    visit.page.wait_for_url(re.compile(until))
    visit.settle()


@pytest.fixture
def opened(visit: Visit) -> str:
    """Open a mention from a list that was opened from another page; give its address."""
    visit.open("framing")
    follow(visit, "Evidence", "/evidence$")
    follow(visit, re.compile("Open in the article"), "open=")
    expect(heading(visit, "The mention")).to_be_visible()
    return visit.page.url


def test_a_mention_opened_from_the_list_stands_in_the_address(visit, opened):
    visit.page.reload()
    visit.settle()
    expect(heading(visit, "The mention")).to_be_visible()
    assert visit.page.url == opened


def test_back_from_a_mention_leads_to_its_list_and_forward_to_it_again(visit, opened):
    visit.page.go_back()
    expect(heading(visit, "The mention")).to_have_count(0)
    expect(visit.page.locator(".kz-mention").nth(1)).to_be_visible()
    assert visit.page.url == f"{visit.server}/evidence"
    visit.settle()
    visit.page.go_forward()
    expect(heading(visit, "The mention")).to_be_visible()
    visit.settle()
    assert visit.page.url == opened


def test_a_correction_takes_any_name_as_speaker(visit, opened):
    page = visit.page
    page.get_by_text("Report a wrong label", exact=True).click()
    for box, said in (("Voice", "quoted"), ("Speaker", "A herder")):
        page.get_by_role("combobox", name=re.compile(box)).last.fill(said)
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("stCode").last).to_contain_text(f'"{said}"')
    visit.settle()
    assert page.url == opened


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Evidence", "evidence?outlet=rt&cell_outlet=rt&order=stance"),
        ("Framing", "framing?outlet=rt&frame=security"),
    ],
)
def test_the_link_to_the_open_page_keeps_the_filters_alone(visit, name, path):
    visit.open(path)
    follow(visit, name, r"\?outlet=rt$")
    assert visit.query() == {"outlet": ["rt"]}
    visit.page.go_back()
    visit.page.wait_for_url(re.compile(re.escape(path)))
