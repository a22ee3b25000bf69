"""Bytes to text: which encoding a file really has, whatever it says.

Order: byte order mark; UTF-16 by its zero bytes; UTF-8 if it is valid; a declared legacy
encoding if the bytes are plausible in it; windows-1251 or windows-1252 if the bytes form
words in it. Anything else is refused: a wrong guess would change names in silence. What other
alphabets look like when read so is known by case, vowels and marks inside words; a few words
alone, or Czech and Hungarian without such marks, can still be mistaken.
"""

import codecs
import re
from dataclasses import dataclass

from kzdash.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a zip or office file",
    b"PK\x05\x06": "a zip",
    b"\xd0\xcf\x11\xe0": "an old office file",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7-Zip file",
    b"Rar!": "a RAR file",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
    b"RIFF": "a sound or picture file",
    b"ID3": "a sound file",
    b"{\\rtf": "an RTF file",
}
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_CYRILLIC_WORD = re.compile(r"(?<!\w)[А-яЁёҚқҒғӘәІіҢңӨөҰұҮүҺһЇїЄєЎўҐґЂ-Џђ-џ]+(?!\w)")
_VOWEL = re.compile("[аеёиоуыэюяәіөұүіїє]", re.I)
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_COMMON = re.compile("[оеаинтсрвлкмд]", re.I)
_CAPITAL = re.compile("[А-ЯЁЂ-Џ]")
_INVERTED = re.compile(r"(?<!\w)[а-я][А-Я]+(?!\w)")
# A capital after a small letter, but for units (кВт) and joined names (КазТАГ); Я in a word in
# small letters (Mac); letters where none of these languages has them (Hebrew).
_ODD_WORD = re.compile(
    r"(?<!\w)(?=\w{5})(?![А-Я][а-я]{2,}[А-ЩІ])\w*[а-яёђ-џ][А-ЯЁЂ-Џ]\w*|[а-яё]Я(?![А-Я])"
    r"|[†‡‰™][а-яё]|(?<!\w)(?:[ъь]|й[бвгджзклмнпрстфхцчшщ])\w*|[аеиоуыэюяй]ъ(?!\w)"
)
_SOUTHERN = re.compile("[ЂЃЉЊЋЌЏђѓљњћќџ]")
_NORTHERN = re.compile("[ЙЩЪЫЬЭЮЯйщъыьэюяёЁ]")
# Icelandic and Turkish share ð and ý: which of the two was meant cannot be known.
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŠšŽžŒœŸ")
_MARKS = frozenset("‘’“”‚„–—…•«»‹›€£¥§©®™°±·²³½¼¾¡¿ªº×÷´¨¸¢¦¬¶†‡‰ˆ˜№\xa0\xad")
_LATIN_RUN = re.compile(r"[A-Za-zÀ-ÿŠšŽžŒœŸ]+")
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŠšŽžŒœŸ"
# What Western languages do not write, and other alphabets become when read as theirs.
_UNWESTERN = re.compile(
    rf"(?<=[{_LETTER}])[²³¹¼½¾±£¥¦¨¸¶ªº¿‚„†‡‰ˆ˜]+(?=[{_LETTER}])"  # Polish, Czech, Romanian
    rf"|(?<![\w£¥$])(?:[¼½¾±¦]|[£¥](?!(?:m|bn|tn|k)\b))(?=[{_LETTER}])"
    rf"|(?<=[{_LETTER}])[±‚„]|(?<=[{_LETTER}])ñ(?![aeiouáéíóúüy])|è(?=[aeiou])|iæ(?!\w)|ø(?=[áéí])"
    r"|(?-i:(?<=[a-zß-ÿ]{2})[À-ÖØ-Ý](?![A-ZÀ-Þ]))",  # old Macs' curly quotes
    re.I,
)
_LEGACY_NAMES = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "latin-1": "cp1252",
    "iso8859-15": "cp1252",
}
_EXPECTED = "text in UTF-8"
_REMEDY = "Save the file as UTF-8"


@dataclass(frozen=True)
class Decoded:
    """A text and the encoding it was read in; ``note`` is empty for UTF-8."""

    text: str
    encoding: str

    @property
    def note(self) -> str:
        """Return what a message should say of the encoding, or an empty string."""
        return "" if self.encoding == "utf-8" else f"read as {self.encoding}"


def check_is_text(head: bytes, place: str) -> None:
    """Raise InputError when the first bytes of a file are those of a known binary kind."""
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            raise InputError(place, f"this is {kind}, not text", _EXPECTED, "Export it as text")


def decode(data: bytes, place: str, declared: str | None = None) -> Decoded:
    """Return the text of a file's bytes.

    Args:
        data: the whole file.
        place: for the error message.
        declared: the encoding that the file or its sender claims.

    Raises:
        InputError: the bytes are binary, damaged, or in an encoding that is not known.
    """
    check_is_text(data[:16], place)
    encoding = encoding_of(data, place, declared)
    body = data
    for mark, name in _BOMS:
        if name == encoding and data.startswith(mark):
            body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(place, encoding, error.start, body) from None
    check_not_binary(text, place)
    return Decoded(text, encoding)


def encoding_of(data: bytes, place: str, declared: str | None = None) -> str:
    """Return the name of the encoding of a file (the whole file or a long piece of it).

    Raises:
        InputError: no known encoding makes words of these bytes.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    wide = _wide(data)
    if wide:
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, place, declared, error)
    return "utf-8"


def check_not_binary(text: str, place: str) -> None:
    """Raise InputError when a text holds more control characters than a slip can explain."""
    controls = sum(text.count(chr(code)) for code in (*range(9), *range(0x0E, 0x1B)))
    if controls > 8 and controls * 100 > len(text):
        raise InputError(
            place,
            f"{controls} control characters: this is not text",
            _EXPECTED,
            "Export it as text",
        )
    lost = text.count("\ufffd")
    if lost > 2 and lost * 100 > len(text):
        raise InputError(
            place,
            f"{lost} letters are lost (replacement characters)",
            _EXPECTED,
            "Export the file again from its source",
        )


def _wide(data: bytes) -> str | None:
    """Return UTF-16 without a mark, recognised by the zero byte in every other place."""
    sample = data[:4096]
    if len(sample) < 4:
        return None
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.6 and odd < pairs * 0.05:
        return "utf-16-be"
    return None


def _legacy(data: bytes, place: str, declared: str | None, error: UnicodeDecodeError) -> str:
    """Return the legacy encoding that makes words of these bytes."""
    if _MULTIBYTE.search(data) and not _mostly_legacy(data):
        raise _damaged(place, "UTF-8", error.start, data)
    candidates = [c for c in (_known(declared),) if c] + ["cp1251", "cp1252"]
    for candidate in candidates:
        try:
            text = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        if _plausible(text, candidate):
            return {"cp1251": "windows-1251", "cp1252": "windows-1252"}.get(candidate, candidate)
    raise _damaged(place, "UTF-8", error.start, data)


def _mostly_legacy(data: bytes) -> bool:
    """Return whether bytes above 127 are mostly no UTF-8 (so that pairs are chance)."""
    high = len(_HIGH.findall(data))
    return sum(map(len, _MULTIBYTE.findall(data))) * 2 < high


def _known(declared: str | None) -> str | None:
    """Return Python's name of a declared one-byte or East Asian encoding, or None."""
    if not declared or len(declared) > 40 or "\0" in declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
    except LookupError:
        return None
    name = _LEGACY_NAMES.get(name, name)
    return None if name.startswith("utf") or not _is_charset(name) else name


def _is_charset(name: str) -> bool:
    try:
        return isinstance(b"a".decode(name), str) and b"abc".decode(name) == "abc"
    except (LookupError, UnicodeError, ValueError):
        return False


def _plausible(text: str, encoding: str) -> bool:
    """Return whether the letters above ASCII make words."""
    if any("\x80" <= c <= "\x9f" for c in text):
        return False
    if encoding == "cp1251":
        return _plausible_cyrillic(text)
    if encoding == "cp1252":
        return _plausible_western(text)
    return True


def _plausible_cyrillic(text: str) -> bool:
    letters = len(_CYRILLIC.findall(text))
    words = _CYRILLIC_WORD.findall(text)
    spoken = any(len(w) >= 3 and 0 < len(_VOWEL.findall(w)) < len(w) for w in words)
    return (
        spoken
        and sum(map(len, words)) >= 0.9 * letters
        and len(_VOWEL.findall(text)) + 1 >= 0.3 * letters
        and len(_COMMON.findall(text)) + 1 >= 0.5 * letters
        and len(_ODD_WORD.findall(text)) <= 0.05 * len(words)
        and not (_SOUTHERN.search(text) and _NORTHERN.search(text))
        and _has_usual_case(text, letters, len(words))
    )


def _has_usual_case(text: str, letters: int, words: int) -> bool:
    """Return whether Cyrillic is neither inverted (KOI8) nor without capitals (Hebrew)."""
    capitals = len(_CAPITAL.findall(text))
    if capitals > 0.8 * letters and _INVERTED.search(text):
        return False
    return capitals > 0 or words < 8


def _plausible_western(text: str) -> bool:
    high = [c for c in text if c >= "\x80"]
    if not all(c in _WESTERN or c in _MARKS for c in high) or _UNWESTERN.search(text):
        return False
    marked = [run for run in _LATIN_RUN.findall(text) if not run.isascii()]
    return 4 * sum(map(_is_all_marks, marked)) <= len(marked)


def _is_all_marks(run: str) -> bool:
    """Return whether most letters of a word bear marks; "été" and "ää" are words."""
    marks = sum(c >= "\x80" for c in run)
    return len(run) > 1 and marks * 2 > (len(run) if len(run) > 3 else 2 * len(run) - 1)


def _damaged(place: str, encoding: str, at: int, data: bytes) -> InputError:
    byte = data[at] if at < len(data) else 0
    return InputError(
        place, f"byte 0x{byte:02x} at {at} is not {encoding.upper()}", _EXPECTED, _REMEDY
    )
