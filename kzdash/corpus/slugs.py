"""Slugs: names and titles as short ASCII ids."""

import re
import unicodedata

_CYRILLIC = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіїєў",
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya a g k n o u u h i i "
    "e u".split(" "),
    strict=True,
))  # fmt: skip
_APOSTROPHES = re.compile("['’‘ʻʼ`]")
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, longest: int) -> str:
    """Return a text as lower-case ASCII words joined by hyphens, cut at a word where it can be.

    Cyrillic is transliterated and accents are taken off; letters of other scripts are left out,
    so the slug may be empty.
    """
    folded = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text[: 20 * longest])).casefold()
    latin = "".join(_CYRILLIC.get(c, c) for c in folded)
    words = _OTHER.sub("-", _without_accents(latin)).strip("-")
    if len(words) <= longest:
        return words
    cut = words[: longest + 1].rpartition("-")[0]
    return cut or words[:longest]


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
