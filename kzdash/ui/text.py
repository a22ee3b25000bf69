"""Text from articles, addresses and files, made safe to show."""

import html
import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: object, limit: int = 120) -> str:
    """Return text on one line without control or bidi characters, cut to a length."""
    shown = "".join(
        c if c.isprintable() else " "
        for c in str(text)
        if unicodedata.category(c) not in ("Cf", "Co")
    )
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def escaped(text: object, limit: int = 120) -> str:
    """Return text for HTML: plain and escaped."""
    return html.escape(plain(text, limit))


def literal(text: object, limit: int = 120) -> str:
    """Return text for a Markdown label: shown as it is, without a directive or a picture."""
    return _MARKDOWN.sub(r"\\\1", plain(text, limit))


def web_address(url: object) -> str | None:
    """Return an http or https address without user, safe in an attribute; None for others."""
    text = str(url or "").strip()
    if not text or len(text) > 2000 or any(not c.isprintable() or c.isspace() for c in text):
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    path, query = (quote(part, safe="/%:;,=&?+~!*()'@-._") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme.lower(), place, path, query, "")).replace("'", "%27")


def at_sentence(url: object, start: object, end: object) -> str | None:
    """Return the address of a page at the text between a few words at each end.

    The part after ``#:~:text=`` is a text fragment (WICG, Scroll to Text Fragment). Returns
    None where the address is not http or https; the bare address where there are no words.
    """
    address = web_address(url)
    if address is None or not isinstance(start, str) or not start.strip():
        return address
    ends = [start, end] if isinstance(end, str) and end.strip() else [start]
    words = ",".join(quote(part, safe="").replace("-", "%2D") for part in ends)
    return f"{address}#:~:text={words}"
