"""A page of the browser that waits as a visitor does and notes what goes wrong."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

PATIENCE = 180_000
# A page is at rest for a moment between two runs too, so it must stay at rest.
DONE = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const rests = app?.getAttribute('data-test-script-state') === 'notRunning'
      && document.querySelectorAll('[data-testid=stMain] [data-testid=stSkeleton]').length === 0;
  if (!rests) { window.restsSince = null; return false }
  window.restsSince ??= performance.now();
  return performance.now() - window.restsSince > 400;
}"""
DRAWN = (
    "document.querySelectorAll('.js-plotly-plot .main-svg').length > 0"
    " && document.querySelectorAll('[data-testid=stSkeleton]').length === 0"
)
expect.set_options(timeout=PATIENCE)


class Visit:
    """A visitor of one server: requests to other hosts, errors and dialogs are noted."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.context.on("request", self._request)
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("dialog", self._dialog)

    def _request(self, request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:", "ws://127.0.0.1", "file:")):
            self.outside.append(request.url)

    def _dialog(self, dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.server}/{path}")
        self.settle()
        return self.page

    def settle(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.page.wait_for_function(DONE)

    def charts(self) -> None:
        self.page.wait_for_function(DRAWN)

    def press(self, mark: Locator) -> None:
        """Click the middle of a mark, and wait for its evidence."""
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Evidence")
        self.settle()

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    @property
    def trouble(self) -> list[str]:
        # On a deep link Streamlit looks for its server below the page's path first.
        return [e for e in self.errors if "404 (Not Found)" not in e]
