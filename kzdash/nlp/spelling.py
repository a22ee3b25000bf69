"""Spelling made comparable: Unicode folded to letters, transliterations to one key.

`letters` undoes what typesetting and input methods do to a name (soft hyphens, zero-width and
bidirectional marks, full-width and combining forms, look-alike letters of other scripts).
`translit_key` maps the usual romanisations of Cyrillic and Turkic names to one key, so that
two spellings of a name are equal when their keys are.
"""

import re
import unicodedata
from functools import lru_cache

# Letters of other scripts that look like a Latin one, and Latin ones that do not decompose.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјкорсухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρϲıŁłØøĐđƏəҚқŊŋßʻʼ",
    "ABESIJKMHOPCTYXaesijkopcyxdqwhABEZHIKMNOPTYXoavpciLlOoDdAaKkNns''",
)
_HACEKS = str.maketrans({"ž": "zh", "š": "sh", "č": "ch", "Ž": "Zh", "Š": "Sh", "Č": "Ch"})
_APOSTROPHE_S = re.compile(r"['’‘´`ʼ＇][sS]?$")

_TRANSLIT = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("shch|sch|sh", "S"),
        ("tch|ch|cz", "C"),
        ("dzh|dj|zh", "J"),
        ("gh", "g"),
        ("x", "ks"),
        ("kh", "h"),
        ("[hkqc]", "k"),
        ("tz|ts", "c"),
        ("oo|ou", "u"),
        ("w|ff$", "v"),
        ("ph", "f"),
        ("(?<=[aeiou])[yj](?=[aeiou])", ""),
        ("^[yi](?=[eo])", ""),
        ("(?<=[aeiou])[yj]", "i"),
        ("(?<![aeiou])j(?=[aeiou])", "J"),
        ("[yj]", "i"),
        ("ie", "e"),
        (r"(.)\1+", r"\1"),
    )
]


@lru_cache(maxsize=65536)
def letters(word: str) -> str:
    """Return a word's letters and digits as plain Latin, in their case.

    A closing possessive ('s or a bare apostrophe) is dropped, and so is all punctuation.
    """
    if word.isascii() and word.isalnum():
        return word
    word = unicodedata.normalize("NFKC", _APOSTROPHE_S.sub("", word)).translate(_HACEKS)
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain.translate(_LOOKALIKES) if c.isalnum())


@lru_cache(maxsize=65536)
def translit_key(word: str) -> str:
    """Return the key that a name shares with its other romanisations.

    Args:
        word: letters of a name or a part of one, any case, as from `letters`.
    """
    key = word.casefold()
    for pattern, replacement in _TRANSLIT:
        key = pattern.sub(replacement, key)
    return key
