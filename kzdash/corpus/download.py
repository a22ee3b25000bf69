"""Download: one request to a checked address, bounded in time and size.

The connection goes to the address that was checked (never to the name again), TLS is always
verified against the name, proxies and cookies are not used, and every read counts against one
deadline, so that a server cannot hold a request open by sending a byte now and then.
"""

import http.client
import io
import math
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, cast

from kzdash.corpus.addresses import Target
from kzdash.corpus.characters import shown
from kzdash.errors import FetchError

_CHUNK = 65_536
_CONNECT_SECONDS = 5.0
_BESIDE_THE_BODY = 1_000_000
_PATIENCE = 0.25
_SAVE_IT = "Save the page and give the file"
_REMEDY = "Try again later, or save the page and give the file"


class PassingError(FetchError):
    """A fault that may pass: worth another attempt, after as many seconds as the site asks."""

    wait: float = 0.0


class Deadline:
    """The time by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            TimeoutError: none are left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def wait(self, seconds: float) -> None:
        """Sleep without using up the time (a wait that we impose on ourselves)."""
        if seconds > 0:
            time.sleep(seconds)
            self._end += seconds


@dataclass(frozen=True)
class Answer:
    """A server's answer: status, headers (lower case) and the inflated body."""

    status: int
    headers: dict[str, str]
    body: bytes


def request(target: Target, agent: str, deadline: Deadline, largest: int) -> Answer:
    """Ask a checked target for its page.

    Args:
        target: as from `addresses.check`.
        agent: the User-Agent.
        deadline: by when the whole answer must be there.
        largest: bytes of the body, as sent and inflated.

    Raises:
        FetchError: no answer in time, too large, broken, or TLS not verified.
        PassingError: a fault that may pass.
    """
    place = f"address {shown(target.url, 100)}"
    try:
        with _connected(target, deadline) as connection:
            return _exchange(connection, target, agent, deadline, largest, place)
    except TimeoutError:
        raise FetchError(
            place,
            f"no whole answer in {deadline.seconds:g} seconds",
            "a page in that time",
            _REMEDY,
        ) from None
    except ssl.SSLEOFError:
        raise PassingError(
            place, "the TLS connection is cut short", "a whole answer", _REMEDY
        ) from None
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or error.reason or "broken"
        raise FetchError(
            place, f"the TLS connection is not trusted ({reason})", "a valid certificate", _REMEDY
        ) from None
    except zlib.error:
        raise FetchError(
            place, "the answer is not the gzip that it claims", "gzip or plain text", _SAVE_IT
        ) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise PassingError(
            place, f"the connection failed ({type(error).__name__})", "a whole answer", _REMEDY
        ) from None


@cache
def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _connected(target: Target, deadline: Deadline) -> socket.socket:
    """Return a connection to the first checked address that answers."""
    last: OSError = OSError("no address")
    for ip in target.ips:
        try:
            plain = socket.create_connection(
                (ip, target.port), timeout=min(deadline.left(), _CONNECT_SECONDS)
            )
        except OSError as error:
            deadline.left()
            last = error if not isinstance(error, TimeoutError) else OSError("no connection")
            continue
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(deadline.left())
            return _trust().wrap_socket(plain, server_hostname=target.host.rstrip("."))
        except BaseException:
            plain.close()
            raise
    raise last


class _Stream(io.RawIOBase):
    """The bytes of a connection, before the deadline and up to a number of them.

    Raises:
        TimeoutError: a read does not come before the deadline.
        FetchError: there are more bytes than the largest page and its headers.
    """

    def __init__(
        self, connection: socket.socket, deadline: Deadline, largest: int, place: str
    ) -> None:
        self._connection = connection
        self._deadline = deadline
        self._left = largest + _BESIDE_THE_BODY
        self._too_large = _too_large(place, largest)
        self._patience = math.inf

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        self._connection.settimeout(min(self._deadline.left(), self._patience))
        count = self._connection.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise self._too_large
        return count

    def hurry(self) -> None:
        """Wait no longer than a moment for what may come from now on."""
        self._patience = _PATIENCE


class _Readable:
    """What `http.client.HTTPResponse` needs of a socket."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream

    def makefile(self, _mode: str) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(self._stream))


def _exchange(
    connection: socket.socket,
    target: Target,
    agent: str,
    deadline: Deadline,
    largest: int,
    place: str,
) -> Answer:
    head = (
        f"GET {target.path} HTTP/1.1\r\nHost: {target.authority}\r\nUser-Agent: {agent}\r\n"
        "Accept: text/html, application/xhtml+xml, text/plain;q=0.8\r\n"
        "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    )
    connection.settimeout(deadline.left())
    connection.sendall(head.encode("ascii"))
    stream = _Stream(connection, deadline, largest, place)
    response = http.client.HTTPResponse(cast(socket.socket, _Readable(stream)), method="GET")
    with response:
        _begin(response)
        headers = {k.lower(): v for k, v in response.getheaders()}
        body = b""
        if response.status == http.HTTPStatus.OK:
            body = _body(response, headers, largest, place)
            if response.length == 0 and _goes_on(response, stream):
                raise FetchError(
                    place,
                    "the answer is longer than it says",
                    "the length in its Content-Length",
                    _SAVE_IT,
                )
        return Answer(response.status, headers, body)


def _begin(response: http.client.HTTPResponse) -> None:
    """Read status and headers, past those that only announce others (100, 102 to 199)."""
    response.begin()
    while http.HTTPStatus.SWITCHING_PROTOCOLS < response.status < http.HTTPStatus.OK:
        response.headers = response.msg = None  # type: ignore[assignment]
        response.begin()


def _body(
    response: http.client.HTTPResponse, headers: dict[str, str], largest: int, place: str
) -> bytes:
    """Return the body, inflated piece by piece so that it never grows beyond the limit."""
    _check_framing(response, place)
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(
            place, f"content encoding '{shown(encoding, 30)}'", "gzip or none", _SAVE_IT
        )
    inflater = _Gzip() if "gzip" in encoding else None
    if response.length is not None and response.length > largest:
        raise _too_large(place, largest)
    expected = response.length
    pieces: list[bytes] = []
    sent = size = 0
    for piece in _pieces(response):
        sent += len(piece)
        if inflater:
            piece = inflater.decompress(piece, largest + 1 - size)
        pieces.append(piece)
        size += len(piece)
        if size > largest or sent > largest:
            raise _too_large(place, largest)
    if (expected is not None and sent < expected) or (inflater and sent and not inflater.ended):
        raise PassingError(place, "the answer is cut short", "a whole answer", _REMEDY)
    return b"".join(pieces)


def _check_framing(response: http.client.HTTPResponse, place: str) -> None:
    """Refuse an answer that does not say clearly where its body ends.

    Raises:
        FetchError: it is sent in another way than chunked or plain, or has two lengths.
    """
    transfer = ", ".join(response.headers.get_all("transfer-encoding", [])).lower()
    if transfer not in (("chunked",) if response.chunked else ("", "identity")):
        raise FetchError(
            place, f"transfer encoding '{shown(transfer, 30)}'", "chunked or none", _SAVE_IT
        )
    written = response.headers.get_all("content-length", [])
    lengths = {length.strip() for line in written for length in line.split(",")}
    if len(lengths) > 1 and not response.chunked:
        raise FetchError(place, "the answer has two lengths", "one Content-Length", _SAVE_IT)


def _pieces(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yield the body as it is sent; `response.length` becomes what is still to come, if known.

    Unlike `response.read`, this leaves the stream open behind a body of known length.
    """
    left, response.length = response.length, None
    while piece := response.read(_CHUNK if left is None else min(left, _CHUNK)):
        left = None if left is None else left - len(piece)
        yield piece
    response.length = left


def _goes_on(response: http.client.HTTPResponse, stream: _Stream) -> bool:
    """Return whether more than line ends comes behind a whole body."""
    stream.hurry()
    try:
        return bool(response.fp.peek(1).strip(b"\r\n"))
    except OSError:
        return False


class _Gzip:
    """Inflates a stream of one or more gzip members."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def ended(self) -> bool:
        """Whether the last member is whole."""
        return self._member.eof

    def decompress(self, data: bytes, most: int) -> bytes:
        """Return what some bytes inflate to, but not many more than `most`."""
        found = b""
        while data and len(found) < most:
            if self._member.eof:
                if not data.startswith(b"\x1f"):
                    break  # padding after the last member
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            found += self._member.decompress(data, most - len(found))
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return found


def _too_large(place: str, largest: int) -> FetchError:
    return FetchError(
        place,
        f"a page of more than {largest:,} bytes",
        f"at most {largest:,}",
        "Save the article and give the file",
    )
