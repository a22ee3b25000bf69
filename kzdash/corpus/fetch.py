"""Fetching: pages from the web, politely and safely.

Every address is vetted before a connection is made, and again after each redirect. A site's
robots rules are obeyed, at most one request a second goes to a host, faults that may pass are
tried again with growing pauses, and pages are kept in a cache so that a run can be resumed.
"""

import hashlib
import json
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin

from kzdash import __version__
from kzdash.corpus import addresses, frontmatter, pages, records, robots
from kzdash.corpus.addresses import Resolver, Target
from kzdash.corpus.characters import shown
from kzdash.corpus.decoding import decode
from kzdash.corpus.download import Answer, Deadline, PassingError, request
from kzdash.corpus.records import Record
from kzdash.errors import FetchError
from kzdash.registry import Registry
from kzdash.replacing import replace_bytes

_AGENT = "kzdash"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({429, 500, 502, 503, 504})
_PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.I)
_PART = re.compile(r"\..+\.(?:txt|json|page)\.[0-9]+\.part")
_LARGEST_ROBOTS = 512_000
_SAVE_IT = "Save the page and give the file"


@dataclass(frozen=True)
class Page:
    """A page as it was fetched.

    Args:
        url: the address that was asked for.
        final_url: the address that answered, after redirects.
        content: the body.
        content_type: as declared, lower case, without parameters ("" if not declared).
        charset: as declared, or None.
    """

    url: str
    final_url: str
    content: bytes
    content_type: str = "text/html"
    charset: str | None = None

    def record(self, registry: Registry) -> Record:
        """Return the record of the article in the page.

        Raises:
            InputError: the page holds no article.
        """
        if self.content_type == "text/plain":
            return self._plain_record()
        return pages.read(
            self.content,
            f"address {shown(self.url, 100)}",
            registry,
            url=self.final_url,
            charset=self.charset,
        )

    def _plain_record(self) -> Record:
        place = f"address {shown(self.url, 100)}"
        text = decode(self.content, place, self.charset).text.replace("\r\n", "\n")
        if not frontmatter.has_head(text):
            raise FetchError(
                place,
                "plain text without front matter",
                "an HTML page, or text with front matter",
                _SAVE_IT,
            )
        head = frontmatter.parse(text, place)
        pairs: list[tuple[str, object]] = [*head.pairs, ("text", head.body)]
        return Record({"url": self.final_url} | records.canonical(pairs, place), place)


class Fetcher:
    """Fetch pages, one after the other.

    Args:
        cache_dir: where pages are kept between runs; none are kept without it.
        allow_addresses: private "HOST:PORT" that may be fetched (for tests).
        total: seconds for one page with its redirects and repeated attempts.
        largest: bytes of one page, inflated.
        redirects: how many are followed.
        attempts: how often a fault that may pass is met before giving up.
        interval: seconds between two requests to one host.
        resolver: gives a name's addresses.
    """

    def __init__(
        self,
        cache_dir: Path | None = None,
        allow_addresses: Sequence[str] = (),
        *,
        total: float = 10.0,
        largest: int = 5_000_000,
        redirects: int = 3,
        attempts: int = 3,
        interval: float = 1.0,
        resolver: Resolver = addresses.resolve,
    ) -> None:
        self._cache = _Cache(cache_dir) if cache_dir else None
        self._allowed = tuple(allow_addresses)
        self._total = total
        self._largest = largest
        self._redirects = redirects
        self._attempts = attempts
        self._interval = interval
        self._resolver = resolver
        self._robots: dict[str, robots.Rules] = {}
        self._asked: dict[str, float] = {}

    def get(self, url: str) -> Page:
        """Return the page at an address, from the cache if it is there.

        Raises:
            FetchError: the address is refused, the site forbids it, or no page comes.
        """
        if self._cache and (page := self._cache.get(url)):
            return page
        page = self._tried(url, Deadline(self._total))
        if self._cache:
            self._cache.put(page)
        return page

    def _tried(self, url: str, deadline: Deadline) -> Page:
        """Return a page; faults that may pass are met with growing pauses."""
        attempt = 1
        while True:
            try:
                return self._followed(url, deadline)
            except PassingError as error:
                pause = max(0.5 * 2 ** (attempt - 1), error.wait)
                if attempt == self._attempts or not _has(deadline, pause):
                    raise FetchError(*error.args) from None
                time.sleep(pause)
                attempt += 1

    def _followed(self, url: str, deadline: Deadline) -> Page:
        """Return the page at the end of an address's redirects."""
        at = url
        scheme = ""
        for _ in range(self._redirects + 1):
            target = self._checked(at, deadline)
            if scheme == "https" and target.scheme == "http":
                raise _fault(url, "redirects from https to http", "https throughout")
            scheme = target.scheme
            self._obey_robots(target, url, deadline)
            answer = self._ask(target, deadline, self._largest)
            if answer.status not in _REDIRECTS:
                return self._page(url, target, answer)
            location = _location(answer)
            if not location:
                raise _fault(url, "redirects to nowhere", "an address")
            at = _joined(target.url, location)
        raise _fault(url, f"more than {self._redirects} redirects", "a page")

    def _checked(self, url: str, deadline: Deadline) -> Target:
        try:
            left = deadline.left()
        except TimeoutError:
            raise _fault(url, f"no answer in {self._total:g} seconds", "a page") from None
        return addresses.check(url, self._allowed, timeout=left, resolver=self._resolver)

    def _ask(self, target: Target, deadline: Deadline, largest: int, delay: float = 0) -> Answer:
        """Make one request, not sooner after the last one to its host than is polite."""
        earliest = self._asked.get(target.host, -1e9) + max(self._interval, delay)
        deadline.wait(earliest - time.monotonic())
        try:
            return request(target, f"{_AGENT}/{__version__}", deadline, largest)
        finally:
            self._asked[target.host] = time.monotonic()

    def _obey_robots(self, target: Target, url: str, deadline: Deadline) -> None:
        origin = f"{target.scheme}://{target.authority}"
        if origin not in self._robots:
            self._robots[origin] = self._robots_of(target, deadline)
        if not self._robots[origin].allows(target.path):
            raise _fault(url, "the site's robots.txt forbids it", "an address that may be fetched")
        delay = self._robots[origin].delay
        if delay > self._interval:
            self._asked[target.host] = self._asked.get(target.host, 0.0) + delay - self._interval

    def _robots_of(self, target: Target, deadline: Deadline) -> robots.Rules:
        """Return a site's rules: none where there is no file, none allowed where it fails."""
        at = Target(target.scheme, target.host, target.port, "/robots.txt", target.ips)
        for _ in range(self._redirects + 1):
            answer = self._ask(at, deadline, _LARGEST_ROBOTS)
            if answer.status == 200:
                return robots.parse(answer.body.decode("utf-8", "replace"), _AGENT)
            if answer.status in _PASSING or answer.status >= 500:
                found = f"the site's robots.txt cannot be had (status {answer.status})"
                raise _passing(at.url, found, "rules or none", answer)
            location = _location(answer)
            if answer.status not in _REDIRECTS or not location:
                return robots.ALLOW_ALL
            at = self._checked(_joined(at.url, location), deadline)
        return robots.ALLOW_ALL

    def _page(self, url: str, target: Target, answer: Answer) -> Page:
        if answer.status in _PASSING:
            raise _passing(url, f"status {answer.status}", "a page", answer)
        if answer.status != 200:
            raise _fault(url, f"status {answer.status}", "a page (status 200)")
        written = answer.headers.get("content-type", "")
        kind = _kind(written)
        if kind not in _PAGE_KINDS:
            raise _fault(url, f"content type '{shown(kind, 40)}'", "an HTML page")
        if not answer.body.strip():
            raise _fault(url, "the page is empty", "a page with an article")
        charset = _CHARSET.search(written)
        return Page(url, target.url, answer.body, kind, charset[1] if charset else None)


class _Cache:
    """Pages on disk: a body and its facts, each written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        remove_parts(folder)

    def get(self, url: str) -> Page | None:
        """Return a kept page, or None if there is none or it is damaged."""
        facts_file, body_file = self._files(url)
        try:
            facts = json.loads(facts_file.read_text("utf-8"))
            content = body_file.read_bytes()
            whole = facts["sha256"] == hashlib.sha256(content).hexdigest() and facts["url"] == url
            if not whole:
                return None
            return Page(url, facts["final_url"], content, facts["content_type"], facts["charset"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, page: Page) -> None:
        """Keep a page; a full or read-only disk costs the cache, not the page."""
        facts_file, body_file = self._files(page.url)
        facts = {
            "url": page.url,
            "final_url": page.final_url,
            "content_type": page.content_type,
            "charset": page.charset,
            "sha256": hashlib.sha256(page.content).hexdigest(),
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_bytes(body_file, page.content)
            replace_bytes(facts_file, json.dumps(facts).encode())
        except OSError:
            return

    def _files(self, url: str) -> tuple[Path, Path]:
        name = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()
        return self._folder / f"{name}.json", self._folder / f"{name}.page"


def remove_parts(folder: Path) -> None:
    """Remove the half-written files that a killed run left in a folder, if any."""
    with suppress(OSError):
        for file in folder.iterdir():
            if _PART.fullmatch(file.name) and file.is_file():
                file.unlink(missing_ok=True)


def _kind(written: str) -> str:
    """Return the content type that a header names, without its parameters; "" for none."""
    header = Message()
    header["content-type"] = written
    return header.get_content_type() if written else ""


def _passing(url: str, finding: str, expectation: str, answer: Answer) -> PassingError:
    """Return the fault of an answer that may be another one later."""
    wait = _asked_wait(answer.headers.get("retry-after", ""))
    remedy = f"Try again in {wait:,.0f} seconds" if wait else "Try again later"
    error = PassingError(f"address {shown(url, 100)}", finding, expectation, remedy)
    error.wait = wait
    return error


def _asked_wait(written: str) -> float:
    """Return the seconds that a Retry-After line asks for (a number or a date); 0 for neither."""
    text = written.strip()
    if text.isdecimal() and text.isascii():
        return float(text[:9])
    try:
        seconds = parsedate_to_datetime(text[:100]).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0
    return max(0.0, seconds)


def _has(deadline: Deadline, seconds: float) -> bool:
    try:
        return deadline.left() > seconds
    except TimeoutError:
        return False


def _location(answer: Answer) -> str:
    """Return where a redirect leads ("" for nowhere); its bytes outside ASCII are UTF-8."""
    written = answer.headers.get("location", "")
    with suppress(UnicodeError):
        written = written.encode("latin-1").decode("utf-8")
    return written.strip()


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location).partition("#")[0]
    except ValueError:
        return location


def _fault(url: str, finding: str, expectation: str) -> FetchError:
    return FetchError(f"address {shown(url, 100)}", finding, expectation, _SAVE_IT)
