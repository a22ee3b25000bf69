"""Fetching, from servers on this machine alone."""

import gzip
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kzdash.cli import run
from kzdash.corpus import Fetcher, download, fetch_catalogue, read
from kzdash.errors import FetchError
from kzdash.fingerprints import fingerprint
from kzdash.schema import Article

BODY = "The first train left the new station at dawn. Nobody was late."
PAGE = (
    '<html><head><meta property="og:title" content="Rail line opens">'
    '<meta property="og:site_name" content="Dala Herald">'
    '<meta name="date" content="2023-05-04"></head>'
    f"<body><article><p>{BODY}</p><p>More is planned for the next summer.</p></article></body>"
).encode()


class Site:
    """A server whose answers are given by path: raw bytes, sent in pieces with pauses."""

    def __init__(self) -> None:
        self.answers: dict[str, list[list[bytes | float]]] = {}
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._open = True
        threading.Thread(target=self._serve, daemon=True).start()

    def give(self, path: str, *pieces: bytes | float) -> str:
        """Let a path answer; given again, the next request gets the next answer."""
        self.answers.setdefault(path, []).append(list(pieces))
        return self.base + path

    def page(self, path: str, body: bytes = PAGE, status: str = "200 OK", head: str = "") -> str:
        lines = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n"
        kind = "" if "content-type" in head.lower() else "Content-Type: text/html\r\n"
        return self.give(path, f"{lines}{kind}{head}\r\n".encode() + body)

    def close(self) -> None:
        self._open = False
        self._socket.close()

    def _serve(self) -> None:
        while self._open:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                path = connection.recv(65_536).split(b" ")[1].decode("latin-1")
                self.asked.append(path)
                waiting = self.answers.get(path)
                pieces = (
                    (waiting.pop(0) if len(waiting) > 1 else waiting[0])
                    if waiting
                    else [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]
                )
                for piece in pieces:
                    if isinstance(piece, float):
                        time.sleep(piece)
                    else:
                        connection.sendall(piece)
            except (OSError, IndexError):
                return


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def fetcher(site: Site, cache: Path | None = None, **options) -> Fetcher:
    settings = {"interval": 0.0, "total": 3.0, "attempts": 1, "largest": 100_000} | options
    return Fetcher(cache, [f"127.0.0.1:{site.port}"], **settings)


def test_get_gives_the_page(site: Site) -> None:
    url = site.page("/a", head="Content-Type: text/html; charset=UTF-8\r\n")
    page = fetcher(site).get(url)
    assert (page.content, page.content_type, page.charset) == (PAGE, "text/html", "UTF-8")
    assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("written", "charset"),
    [
        ("text/html", None),
        ('text/html; Charset="windows-1251"', "windows-1251"),
        ("text/html;level=1 ; charset = 'koi8-r'", "koi8-r"),
        ("text/html; charset=", None),
        ("text/html; charset*=a; charset*0=b", None),
        ("text/html; x*=a; x*0=b; charset=utf-8", "utf-8"),
        ("text/html; charset*" + "9" * 5_000 + "=x", None),
        ("text/html; x=" + '";' * 30_000, None),
    ],
)
def test_get_reads_the_declared_charset(site: Site, written: str, charset: str | None) -> None:
    url = site.page("/a", head=f"Content-Type: {written}\r\n")
    assert fetcher(site).get(url).charset == charset


@pytest.mark.parametrize(
    ("lines", "behind"),
    [
        pytest.param(b"Content-Length: %d", [], id="closed"),
        pytest.param(b"Content-Length: %d", [2.0], id="left open"),
        pytest.param(b"Content-Length: %d", [b"\r\n"], id="line end behind"),
        pytest.param(b"Content-Length: %d\r\nContent-Length: %d", [], id="length said twice"),
        pytest.param(b"Content-Length: many", [], id="length that is none"),
        pytest.param(b"Connection: close", [], id="no length"),
        pytest.param(b"Transfer-Encoding: identity", [], id="no transfer encoding"),
    ],
)
def test_get_takes_a_whole_body(site: Site, lines: bytes, behind: list[bytes | float]) -> None:
    lines = lines.replace(b"%d", str(len(PAGE)).encode())
    url = site.give("/a", b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n\r\n" + PAGE, *behind)
    assert fetcher(site).get(url).content == PAGE


def test_get_inflates(site: Site) -> None:
    url = site.page("/a", gzip.compress(PAGE), head="Content-Encoding: gzip\r\n")
    assert fetcher(site).get(url).content == PAGE


def test_get_inflates_every_member(site: Site) -> None:
    packed = gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])
    url = site.page("/a", packed, head="Content-Encoding: gzip\r\n")
    assert fetcher(site).get(url).content == PAGE


def test_get_reads_chunks(site: Site) -> None:
    url = site.give(
        "/a",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>a\r\n",
        0.01,
        b"3\r\nbcd\r\n0\r\n\r\n",
    )
    assert fetcher(site).get(url).content == b"<p>abcd"


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        pytest.param([b""], "connection failed", id="closes at once"),
        pytest.param([b"SSH-2.0-OpenSSH\r\n"], "connection failed", id="another protocol"),
        pytest.param([b"\x00\xff" * 500], "connection failed", id="noise"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>cut"], "cut short",
                     id="shorter than it says"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n" + PAGE], "longer than it",
                     id="longer than it says"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n" + PAGE[:90], 0.05,
                      PAGE[90:]], "longer than it", id="goes on after what it says"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + PAGE], "longer than it",
                     id="says it is empty"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\nContent-Length: 900\r\n\r\n",
                      PAGE], "two lengths", id="two lengths"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 90, 900\r\n\r\n", PAGE],
                     "two lengths", id="two lengths in a line"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"], "more than",
                     id="says it is huge"),
        pytest.param([b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 50_000] * 5], "more than",
                     id="is huge and does not say"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
                      gzip.compress(b"x" * 50_000_000)], "more than", id="inflates to 50 MB"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
                      gzip.compress(PAGE)[:60]], "cut short", id="gzip cut short"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip"],
                     "not the gzip that it claims", id="gzip that is none"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
                      gzip.compress(PAGE)[:60] + b"no more of it" * 30],
                     "not the gzip that it claims", id="gzip that is damaged"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxx"], "content encoding",
                     id="an encoding not asked for"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\nxx"],
                     "content encoding", id="inflated twice"),
        pytest.param([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab"],
                     "connection failed", id="broken chunk"),
        pytest.param([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nab"],
                     "connection failed", id="chunk cut short"),
        *[
            pytest.param([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: " + encoding + b"\r\n\r\n",
                          b"1\r\na\r\n0\r\n\r\n"], "transfer encoding", id=encoding.decode())
            for encoding in (b"gzip, chunked", b"chunked, chunked", b"gzip", b"chunked ",
                             b"identity\r\nTransfer-Encoding: chunked",
                             b"chunked\r\nTransfer-Encoding: gzip")
        ],
        pytest.param([b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"], "connection failed",
                     id="500 header lines"),
        pytest.param([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n"],
                     "connection failed", id="a huge header line"),
        pytest.param([b"HTTP/1.1 abc OK\r\n\r\n"], "connection failed", id="status that is none"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"], "is empty", id="empty"),
        pytest.param([b"HTTP/1.1 103 Early Hints\r\n\r\n"], "connection failed",
                     id="early hints alone"),
        pytest.param([b"HTTP/1.1 101 Switching Protocols\r\n\r\n"], "status 101",
                     id="another protocol from here"),
        pytest.param([b"HTTP/1.1 204 No Content\r\n\r\n"], "status 204", id="no content"),
        pytest.param([b"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\n\r\n"], "401", id="login"),
        pytest.param([b"HTTP/1.1 403 No\r\n\r\n"], "status 403", id="forbidden"),
        pytest.param([b"HTTP/1.1 404 No\r\n\r\n"], "status 404", id="not found"),
        pytest.param([b"HTTP/1.1 500 No\r\n\r\n"], "status 500", id="server error"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"], "content type",
                     id="picture"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\nx"],
                     "content type", id="PDF"),
        pytest.param([b"HTTP/1.1 302 Found\r\n\r\n"], "nowhere", id="redirect without address"),
        pytest.param([b"HTTP/1.1 302 Found\r\nLocation: /a\r\n\r\n"], "more than 3 redirects",
                     id="redirect to itself"),
        pytest.param([b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"], "refused",
                     id="redirect to a file"),
        pytest.param([b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n"], "refused",
                     id="redirect to another private port"),
        pytest.param([b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n"],
                     "refused", id="redirect to cloud data"),
        pytest.param([b"HTTP/1.1 302 Found\r\nLocation: //[::1]/\r\n\r\n"], "refused",
                     id="redirect to the loopback"),
        pytest.param([b"HTTP/1.1 302 Found\r\nLocation: http://[bad/\r\n\r\n"], "refused",
                     id="redirect to a broken address"),
    ],
)  # fmt: skip
def test_hostile_answer_is_refused(site: Site, pieces: list[bytes | float], reason: str) -> None:
    with pytest.raises(FetchError, match=reason) as error:
        fetcher(site).get(site.give("/a", *pieces))
    assert error.value.remedy


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([5.0], id="says nothing"),
        pytest.param([b"HTTP/1.1 200 OK\r\n", *[b"X", 0.1] * 50], id="header in drips"),
        pytest.param([b"HTTP/1.1 200 OK\r\n\r\n", *[b"x", 0.1] * 50], id="body in drips"),
        pytest.param([*[b"HTTP/1.1 100 Continue\r\n\r\n", 0.1] * 50], id="go on, go on"),
        pytest.param([*[b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.1] * 50], id="hint after hint"),
        pytest.param([b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx", 5.0], id="stops"),
    ],
)
def test_slow_answer_ends_with_the_time(site: Site, pieces: list[bytes | float]) -> None:
    with pytest.raises(FetchError, match=r"in 0.5 seconds"):
        fetcher(site, total=0.5).get(site.give("/a", *pieces))


def test_redirects_are_followed_and_the_last_address_is_told(site: Site) -> None:
    site.give("/a", b"HTTP/1.1 301 Moved\r\nLocation: b?x=1#frag\r\n\r\n")
    site.give("/b?x=1", b"HTTP/1.1 307 Moved\r\nLocation: /c\r\n\r\n")
    site.page("/c")
    page = fetcher(site).get(f"{site.base}/a")
    assert (page.content, page.final_url) == (PAGE, f"{site.base}/c")


@pytest.mark.parametrize("status", ["100 Continue", "102 Processing", "103 Early Hints"])
def test_answers_that_announce_others_are_passed_over(site: Site, status: str) -> None:
    announced = f"HTTP/1.1 {status}\r\nLink: </b>\r\n\r\n".encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(PAGE)
    assert fetcher(site).get(site.give("/a", announced * 2, answer + PAGE)).content == PAGE


@pytest.mark.parametrize("end", ["ж", "voilà", "%D0%B6"])
def test_redirect_of_letters_outside_ascii_is_followed(site: Site, end: str) -> None:
    site.give("/a", b"HTTP/1.1 302 Found\r\nLocation: /" + end.encode() + b"\r\n\r\n")
    site.page(quote(f"/{end}", safe="/%"))
    assert fetcher(site).get(f"{site.base}/a").content == PAGE


def test_redirect_that_is_no_utf_8_is_read_letter_by_letter(site: Site) -> None:
    site.give("/a", b"HTTP/1.1 302 Found\r\nLocation: /\xe6b\r\n\r\n")
    site.page("/%C3%A6b")
    assert fetcher(site).get(f"{site.base}/a").content == PAGE


def test_fault_that_passes_is_tried_again(site: Site) -> None:
    site.page("/a", b"", "503 Busy")
    site.give("/a", b"")
    url = site.page("/a")
    assert fetcher(site, attempts=3, total=10.0).get(url).content == PAGE


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Busy"])
def test_the_pause_that_a_site_asks_for_is_kept(site: Site, monkeypatch, status: str) -> None:
    slept: list[float] = []
    monkeypatch.setattr("kzdash.corpus.fetch.time.sleep", slept.append)
    site.page("/a", b"", status, "Retry-After: 2\r\n")
    url = site.page("/a")
    assert fetcher(site, attempts=2).get(url).content == PAGE
    assert slept == [2.0]


@pytest.mark.parametrize("asked", ["3600", "Fri, 01 Jan 2999 00:00:00 GMT"])
def test_a_pause_that_is_too_long_is_named(site: Site, asked: str) -> None:
    url = site.page("/a", b"", "429 Too Many Requests", f"Retry-After: {asked}\r\n")
    with pytest.raises(FetchError, match=r"status 429.*Try again in [0-9,]+ seconds"):
        fetcher(site, attempts=3).get(url)
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize("asked", ["soon", "-5", "", "9" * 500, "١٢", "\x80"])
def test_a_pause_that_is_none_does_no_harm(site: Site, asked: str) -> None:
    url = site.page("/a", b"", "503 Busy", f"Retry-After: {asked}\r\n")
    with pytest.raises(FetchError, match="status 503"):
        fetcher(site).get(url)


def test_chunk_of_negative_size_is_not_read_to_its_end(site: Site) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"
    url = site.give("/a", head, *[b"x" * 50_000] * 100)
    with pytest.raises(FetchError, match="more than"):
        fetcher(site, attempts=3).get(url)
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize(
    ("status", "head"),
    [("404 Not Found", ""), ("200 OK", "Content-Encoding: gzip\r\n")],
)
def test_refusal_is_not_tried_again(site: Site, status: str, head: str) -> None:
    url = site.page("/a", b"no page", status, head)
    with pytest.raises(FetchError):
        fetcher(site, attempts=3).get(url)
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize(
    ("robots", "status", "allowed"),
    [
        (b"User-agent: *\nDisallow: /a", "200 OK", False),
        (b"User-agent: kzdash\nDisallow: /a", "200 OK", False),
        (b"User-agent: *\nDisallow: /b", "200 OK", True),
        (b"User-agent: *\nDisallow: /", "404 Not Found", True),
        (b"\xff\xfe\x00 nonsense", "200 OK", True),
        (b"", "503 Busy", False),
        (b"", "520 Unknown", False),
        (b"", "999 No", False),
        (b"", "403 Forbidden", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "200 OK", False),
    ],
)
def test_robots_are_obeyed(site: Site, robots: bytes, status: str, allowed: bool) -> None:
    site.page("/robots.txt", robots, status)
    url = site.page("/a")
    if allowed:
        assert fetcher(site).get(url).content == PAGE
    else:
        with pytest.raises(FetchError, match="robots"):
            fetcher(site).get(url)
        assert site.asked == ["/robots.txt"]


def test_robots_are_asked_for_once(site: Site) -> None:
    polite = fetcher(site)
    polite.get(site.page("/a"))
    polite.get(site.page("/b"))
    assert site.asked.count("/robots.txt") == 1


def test_requests_to_a_host_keep_their_distance(site: Site, monkeypatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("kzdash.corpus.download.time.sleep", slept.append)
    fetcher(site, interval=7.0).get(site.page("/a"))
    assert len(slept) == 1
    assert 6 < slept[0] <= 7


def test_cache_answers_without_asking(site: Site, tmp_path: Path) -> None:
    url = site.page("/a")
    first = fetcher(site, tmp_path).get(url)
    site.asked.clear()
    second = fetcher(site, tmp_path).get(url)
    assert (second, site.asked) == (first, [])


def test_damaged_cache_is_not_believed(site: Site, tmp_path: Path) -> None:
    url = site.page("/a")
    fetcher(site, tmp_path).get(url)
    for file in tmp_path.glob("*.page"):
        file.write_bytes(b"<p>other words")
    assert fetcher(site, tmp_path).get(url).content == PAGE


def test_cache_that_cannot_be_written_costs_nothing(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert fetcher(site, tmp_path / "file").get(site.page("/a")).content == PAGE


def test_connection_refused_is_named(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="connection failed"):
        Fetcher(None, [f"127.0.0.1:{port}"], attempts=1).get(f"http://127.0.0.1:{port}/")


def test_plain_text_where_tls_is_expected_is_refused(site: Site) -> None:
    site.give("/a", b"HTTP/1.1 200 OK\r\n\r\nx")
    with pytest.raises(FetchError, match=r"TLS|connection failed|seconds"):
        fetcher(site, total=1.0).get(f"https://127.0.0.1:{site.port}/a")


def test_tls_is_always_verified() -> None:
    context = download._trust()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_tls_connection_that_is_cut_is_tried_again(site: Site, monkeypatch) -> None:
    asked: list[bool] = []

    def cut(*_arguments):
        asked.append(True)
        raise ssl.SSLEOFError(ssl.SSL_ERROR_EOF, "EOF occurred in violation of protocol")

    monkeypatch.setattr(download, "_exchange", cut)
    monkeypatch.setattr("kzdash.corpus.fetch.time.sleep", lambda seconds: None)
    with pytest.raises(FetchError, match="cut short"):
        fetcher(site, attempts=2).get(f"{site.base}/a")
    assert len(asked) == 2


def test_no_connection_is_made_to_a_refused_address(monkeypatch) -> None:
    def connected(*_args, **_options):
        raise AssertionError("a connection was made")

    monkeypatch.setattr("socket.create_connection", connected)
    for url in ("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "ftp://a.com/"):
        with pytest.raises(FetchError, match="refused"):
            Fetcher().get(url)


def test_address_is_an_input(site: Site, registry) -> None:
    url = site.page("/a")
    [article] = read([url], registry, fetcher=fetcher(site))
    assert isinstance(article, Article)
    assert (article.outlet_id, article.url) == ("dala", url)
    assert BODY in article.text


def test_refused_address_as_an_input_is_a_rejection(registry) -> None:
    [rejection] = read(["http://127.0.0.1/"], registry)
    assert "refused" in str(rejection)


def test_catalogue_is_fetched_and_can_be_built(site: Site, registry, tmp_path: Path) -> None:
    catalogue = tmp_path / "list.csv"
    good, bad = site.page("/a"), f"{site.base}/missing"
    catalogue.write_text(f"outlet,published,url\nsteppe-post,2022-01,{good}\n,,{bad}\n,,\nx,,\n")
    seen: list[tuple[int, int]] = []
    results = list(
        fetch_catalogue(
            catalogue,
            tmp_path / "to",
            registry,
            fetcher(site),
            progress=lambda *done: seen.append(done),
        )
    )
    assert [r.rejection is None for r in results] == [True, False, False]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    [article] = read([str(tmp_path / "to")], registry)
    assert isinstance(article, Article)
    assert (article.outlet_id, article.published) == ("steppe-post", "2022-01")
    assert BODY in article.text


def test_catalogue_that_was_fetched_is_kept(site: Site, registry, tmp_path: Path) -> None:
    catalogue = tmp_path / "list.csv"
    catalogue.write_text(f"outlet,url\ndala,{site.page('/a')}\n")
    for was_there in (False, True):
        [result] = fetch_catalogue(catalogue, tmp_path / "to", registry, fetcher(site))
        assert result.was_there is was_there
    assert site.asked.count("/a") == 1
    assert [p.suffix for p in (tmp_path / "to").iterdir()] == [".txt"]


def test_catalogue_without_lines_is_an_error(tmp_path: Path, capsys) -> None:
    catalogue = tmp_path / "list.csv"
    catalogue.write_text("outlet,url\n")
    assert run(["fetch", str(catalogue), "--to", str(tmp_path / "to")]) == 1
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert "list.csv: lists no page" in error


def test_what_a_killed_run_left_is_removed(site: Site, tmp_path: Path) -> None:
    catalogue, to = tmp_path / "list.csv", tmp_path / "to"
    catalogue.write_text(f"outlet,url\ndala,{site.page('/a')}\n")
    left = [".a-b-123456.txt.99.part", ".pages/.ab12.json.99.part", ".pages/.ab12.page.7.part"]
    kept = ["a.txt.99.part", ".a.txt.part", ".a.md.99.part", "a.txt", ".pages/a.page"]
    (to / ".pages").mkdir(parents=True)
    for name in left + kept:
        (to / name).write_text("")
    (to / ".folder.txt.9.part").mkdir()
    allowed = f"--allow-address=127.0.0.1:{site.port}"
    assert run(["fetch", str(catalogue), "--to", str(to), allowed]) == 0
    assert not [name for name in left if (to / name).exists()]
    assert all((to / name).exists() for name in [*kept, ".folder.txt.9.part"])


@pytest.mark.parametrize(("word", "said"), [("dawn", 2), ("noon", 1)])
def test_catalogue_tells_whether_the_page_still_says_it(
    site: Site, registry, tmp_path: Path, word: str, said: int
) -> None:
    catalogue = tmp_path / "list.csv"
    url = site.page("/a", PAGE.replace(b"dawn", word.encode()))
    catalogue.write_text(f"outlet,url\ndala,{url}\n")
    articles = pa.table({"article_id": ["x", "y"], "url": [url, None]})
    sentences = pa.table(
        {
            "article_id": ["x", "x", "y"],
            "fingerprint": [
                fingerprint("The first train left the new station at dawn."),
                fingerprint("Nobody was late."),
                fingerprint("Other words."),
            ],
        }
    )
    pq.write_table(articles, tmp_path / "articles.parquet")
    pq.write_table(sentences, tmp_path / "sentences.parquet")
    [result] = fetch_catalogue(
        catalogue, tmp_path / "to", registry, fetcher(site), analysis=tmp_path
    )
    assert (result.said, result.analysed) == (said, 2)
    assert f"{said} of 2 analysed sentences" in str(result)


def test_http_server_of_the_standard_library_is_served(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, *_args) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        fetched = Fetcher(None, [f"127.0.0.1:{port}"], interval=0).get(
            f"http://127.0.0.1:{port}/a.html"
        )
        server.shutdown()
    assert fetched.content == PAGE
