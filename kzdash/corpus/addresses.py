"""Addresses: which ones may be fetched, and which machine they really mean.

Only http and https on ports 80 and 443, to hosts whose every address is public. The check
gives the very addresses to connect to, so that a name cannot mean another machine a moment
later. One private address may be opened by name and port (`--allow-address`).
"""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kzdash.corpus.characters import shown
from kzdash.errors import FetchError

Resolver = Callable[[str, int, float], list[str]]

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\\]|[\u2000-\u206f\u3000]")
_BRACKETED = re.compile(r"\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\](?::[0-9]+)?")
_LOCAL_NAMES = (
    "localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private",
    "test", "invalid", "example", "onion", "arpa", "alt", "svc", "cluster", "consul", "docker",
    "workgroup", "domain", "i2p",
)  # fmt: skip
_PRIVATE_4 = [ipaddress.IPv4Network(n) for n in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
    "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
)]  # fmt: skip
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_PRIVATE_6 = [ipaddress.IPv6Network(n) for n in (
    "2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20", "2620:4f:8000::/48",
)]  # fmt: skip
_ISATAP = 0x5EFE
_ISATAP_FLAGS = 0x0300_0000
_EXPECTED = "a public http or https address"
_REMEDY = "Correct the address, or save the page and give the file"


@dataclass(frozen=True)
class Target:
    """An address that was checked: where to connect, and what to ask for there.

    Args:
        scheme: "http" or "https".
        host: the name (for TLS and the Host line).
        port: the port.
        path: path and query, ASCII.
        ips: the checked addresses of the host, in the order to try.
    """

    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...]

    @property
    def url(self) -> str:
        """Return the address in its checked form, without fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Return host and port as the Host line has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def resolve(host: str, port: int, timeout: float) -> list[str]:
    """Return the addresses of a name, within a time (the system's resolver knows none).

    Raises:
        OSError: the name has no address, or none within the time.
    """
    answers: list[list[str] | OSError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.append(list(dict.fromkeys(str(info[4][0]) for info in found)))
        except (OSError, UnicodeError) as error:
            answers.append(error if isinstance(error, OSError) else OSError(str(error)))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout)
    if not answers:
        raise TimeoutError("the name was not resolved in time")
    if isinstance(answers[0], OSError):
        raise answers[0]
    return answers[0]


def check(
    url: str, allowed: Sequence[str] = (), *, timeout: float = 10.0, resolver: Resolver = resolve
) -> Target:
    """Return where an address leads, or refuse it.

    Args:
        url: the address.
        allowed: "HOST:PORT" of private addresses that are opened, as written in the address.
        timeout: seconds for resolving the name.
        resolver: gives a name's addresses.

    Raises:
        FetchError: the address is malformed or leads to what is not public.
    """
    scheme, host, port, path = _parts(url)
    ips = _literal(host, url)
    opened = f"{_bracketed(host)}:{port}" in {a.casefold() for a in allowed}
    if not opened:
        if port != _PORTS[scheme]:
            raise _refused(url, f"port {port}", "port 80 for http, 443 for https")
        if not ips:
            _check_name(host, url)
    if not ips:
        try:
            ips = resolver(host, port, timeout)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise _refused(url, f"host '{shown(host, 60)}' cannot be found ({reason})") from None
    if not ips:
        raise _refused(url, f"host '{shown(host, 60)}' has no address")
    if not opened:
        for ip in ips:
            if not is_public(ip):
                raise _refused(url, f"'{shown(host, 60)}' is the address of a private network")
    return Target(scheme, host, port, path, tuple(ips))


def is_public(ip: str) -> bool:
    """Return whether an IP address is one of the public internet."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _PRIVATE_4)
    if address.scope_id is not None or address not in _PUBLIC_6:
        return False
    inner = _isatap(address)
    if inner and not is_public(str(inner)):
        return False
    return not any(address in network for network in _PRIVATE_6)


def _isatap(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an ISATAP address stands for (RFC 5214), or None."""
    marker = int(address) >> 32 & 0xFFFF_FFFF & ~_ISATAP_FLAGS
    return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF) if marker == _ISATAP else None


def _parts(url: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and path of an address that is well formed."""
    if len(url) > _LONGEST:
        raise _refused(url, f"an address of {len(url):,} characters")
    if not url.isascii() and not _ascii_host(url):
        raise _refused(
            url,
            "letters in the host that are not ASCII",
            "a host such as kz.expert",
            "Write the host in its xn-- form",
        )
    if _SPACE_OR_CONTROL.search(url):
        raise _refused(url, "a space, control character or backslash in the address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused(url, "the address is malformed") from None
    if parts.scheme not in _PORTS:
        raise _refused(url, f"scheme '{shown(parts.scheme, 20)}'")
    if "@" in parts.netloc:
        raise _refused(url, "a user name in the address")
    host = (parts.hostname or "").casefold()
    if "[" in parts.netloc and not _BRACKETED.fullmatch(parts.netloc):
        raise _refused(url, "no host that can be read")
    if not host or "%" in parts.netloc or parts.netloc.endswith(":"):
        raise _refused(url, "no host that can be read")
    path = quoted(parts.path or "/")
    if not path.startswith("/"):
        raise _refused(url, "the address is malformed")
    query = f"?{quoted(parts.query)}" if parts.query else ""
    return parts.scheme, host, _PORTS[parts.scheme] if port is None else port, path + query


def _ascii_host(url: str) -> bool:
    rest = url.split("://", 1)[-1]
    return re.split(r"[/?#]", rest, maxsplit=1)[0].isascii()


def quoted(text: str) -> str:
    """Return a path or query with letters outside ASCII percent-encoded, as requests have it."""
    return "".join(
        c
        if "\x21" <= c <= "\x7e" and c not in '"<>^`{|}'
        else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
        for c in text
    )


def _literal(host: str, url: str) -> list[str]:
    """Return the address that a numeric host is, or nothing for a name."""
    if ":" in host:
        try:
            return [str(ipaddress.IPv6Address(host))]
        except ValueError:
            raise _refused(url, "no host that can be read") from None
    last = host.rstrip(".").rsplit(".", 1)[-1]
    if not _NUMERIC.fullmatch(last):
        return []
    try:
        return [str(ipaddress.IPv4Address(host))]
    except ValueError:
        raise _refused(
            url,
            f"'{shown(host, 40)}' is a disguised number",
            "an address such as 203.0.113.7 or a name",
        ) from None


def _check_name(host: str, url: str) -> None:
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(url, f"'{shown(host, 60)}' is no host name")
    if len(labels) < 2 or labels[-1] in _LOCAL_NAMES:
        raise _refused(url, f"'{shown(host, 60)}' is a name of a private network")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _refused(
    url: str, finding: str, expectation: str = _EXPECTED, remedy: str = _REMEDY
) -> FetchError:
    return FetchError(f"address {shown(url, 100)}", f"refused: {finding}", expectation, remedy)
