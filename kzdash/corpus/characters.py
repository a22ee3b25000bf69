"""Characters: which ones an article's text may hold, and how a name is shown safely.

The rules, in their order (documented in `docs/inputs.md`):

1. Line ends (CR, CRLF, vertical tab, form feed, U+2028) become LF, U+2029 a blank line.
2. C1 controls are read as windows-1252, as browsers do; other controls, terminal colour
   codes and characters that no eye sees (zero width, bidirectional controls, soft hyphens,
   tags, variation selectors, noncharacters) are removed.
3. Letters are composed (NFC). Two or more marks left on a letter are a pile: all its marks
   go. A single mark that composes with nothing goes too. Scripts that need their own marks
   keep them.
4. Every kind of space becomes a plain space.

Look-alike letters and full-width letters stay as they were written.
"""

import re
import unicodedata

_LINE_ENDS = ("\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\u2028")
_TERMINAL = re.compile("\x1b\\[[0-9;?]{0,20}[A-Za-z]|\x1b.?")
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
)
_MARK = re.compile(f"[{_MARKS}]")
_MARKED = re.compile(f"([^{_MARKS}]?)([{_MARKS}]+)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def _ignorable() -> dict[int, str | None]:
    ranges = [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160),
        (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
        (0x2060, 0x206F), (0x3164, 0x3164), (0xFDD0, 0xFDEF), (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF),
        (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ]  # fmt: skip
    table: dict[int, str | None] = {c: None for a, b in ranges for c in range(a, b + 1)}
    table |= {plane << 16 | low: None for plane in range(1, 17) for low in (0xFFFE, 0xFFFF)}
    table |= {code: None for code in (*range(9), *range(0x0E, 0x20), 0x7F)}
    for code in range(0x80, 0xA0):
        table[code] = bytes([code]).decode("cp1252", "ignore") or None
    for code in (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000):
        table[code] = " "
    return table


_TABLE = _ignorable()
_ODD = re.compile("[" + "".join(re.escape(chr(c)) for c in _TABLE if c <= 0xFFFF) + "]")
_BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")

_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХҮаеѕіјорсухүΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοντρ’‘ʼʻ`´＇",
    "ABESIJKMHOPCTXYaesijopcyxyABEZHIKMNOPTYXaovtp'''''''",
)


def cleaned(text: str) -> str:
    """Return a text with the character rules of this module applied (lines kept)."""
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    text = text.replace("\u2029", "\n\n")
    if "\x1b" in text:
        text = _TERMINAL.sub("", text)
    text = _ODD.sub(_replacement, text)
    if text.isascii():
        return text
    if _BEYOND_16_BITS.search(text):
        text = text.translate(_TABLE)
    text = unicodedata.normalize("NFC", text)
    return _MARKED.sub(_without_pile, text) if _MARK.search(text) else text


def _replacement(match: re.Match[str]) -> str:
    return _TABLE[ord(match[0])] or ""


def _without_pile(match: re.Match[str]) -> str:
    base, marks = match.groups()
    if len(marks) == 1:
        return base
    return "".join(c for c in unicodedata.normalize("NFD", base) if not unicodedata.combining(c))


def one_line(text: str) -> str:
    """Return a text cleaned, on one line, with single spaces."""
    return _SPACES.sub(" ", cleaned(text)).strip()


def has_lone_surrogate(text: str) -> bool:
    """Return whether half of a surrogate pair stands in a text (it cannot be stored)."""
    return _SURROGATE.search(text) is not None


def likeness(text: str) -> str:
    """Return a text's words in a form that ignores case, punctuation and look-alike letters.

    Only for comparing (a title with the line that repeats it), never for display.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES).casefold()
    return " ".join(re.findall(r"\w+", folded))


def shown(name: str, longest: int = 120) -> str:
    """Return a name (file, key, value) as it may stand in a message: short, one line, safe.

    Bytes of file names that are no text, control and invisible characters are written as
    escapes, and the middle of a long name as "…".
    """
    text = "".join(c if _is_plain(c) else _escaped(c) for c in name[: longest * 4])
    if len(text) > longest or len(name) > longest * 4:
        half = longest // 2
        text = f"{text[:half]}…{text[-half + 1 :]}"
    return text


def _is_plain(character: str) -> bool:
    return ord(character) not in _TABLE and (
        character == " " or unicodedata.category(character)[0] in "LNPSM"
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
