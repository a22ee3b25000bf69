"""Slugs: names and titles as short ASCII ids."""

import hashlib
import re
import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіїєў",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya a g k n o u u "
        "h i i e u".split(" "),
        strict=True,
    )
)
_APOSTROPHES = re.compile("['’‘ʻʼ`]")
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, longest: int) -> str:
    """Return a text as lower-case ASCII words joined by hyphens, cut at a word where it can be.

    Cyrillic is transliterated and accents are taken off; letters of other scripts are left out,
    so the slug may be empty.
    """
    words = _OTHER.sub("-", _latin(text[: 20 * longest])).strip("-")
    if len(words) <= longest:
        return words
    cut = words[: longest + 1].rpartition("-")[0]
    return cut or words[:longest]


def unmistakable(text: str, longest: int) -> str:
    """Return a slug that tells texts of other scripts apart, too.

    Where letters or digits are left out, a hash of the text takes their place. Empty only for a
    text without any.
    """
    latin = _latin(text)
    if not any(c.isalnum() and not c.isascii() for c in latin):
        return slug(text, longest)
    digest = hashlib.sha256(latin.encode()).hexdigest()[:8]
    return f"{slug(text, longest - len(digest) - 1)}-{digest}".lstrip("-")


def _latin(text: str) -> str:
    """Return a text in small letters, as far as can be Latin ones without accents."""
    folded = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return _without_accents("".join(_CYRILLIC.get(c, c) for c in folded))


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
