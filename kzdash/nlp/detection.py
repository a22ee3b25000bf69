"""Detection: is a text English, and if not, in which language is it?

English is recognised by its function words first, which is quick and holds for prose full of
foreign names; what they leave open is asked of py3langid (Lui and Baldwin 2012, langid.py).
"""

import re

ENGLISH = "en"
UNKNOWN = "und"
#: Why a sentence has no score.
NOT_ENGLISH = "not English"
FUNCTION_WORDS = frozenset(
    "the and that to with by his her has have which who from not this these been were are will "
    "would it its they their as but than there what when where whose because should could our "
    "your about into after before while she he".split()
)
ENGLISH_SHARE = 0.13
FOREIGN_SHARE = 0.06
MIN_WORDS = 8
LATIN = 0.5
SAMPLE = 4000
_LABEL = re.compile(r"^[^:.?!]{1,40}:\s")


def latin_share(text: str) -> float | None:
    """Return the share of Latin letters (0..1) among a text's letters, None without letters."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return None
    return sum(c < "\u0250" or "\u1e00" <= c < "\u1f00" for c in letters) / len(letters)


def is_latin(text: str) -> bool:
    """Return whether a text is in Latin letters, or has none."""
    share = latin_share(text)
    return share is None or share >= LATIN


def function_share(words: list[str]) -> float:
    """Return the share (0..1) of words that are English function words."""
    return sum(word in FUNCTION_WORDS for word in words) / len(words) if words else 0.0


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, "und" for a text without letters."""
    sample = text[:SAMPLE]
    share = latin_share(sample)
    if share is None:
        return UNKNOWN
    words = _words(sample)
    if share >= LATIN and len(words) >= MIN_WORDS and function_share(words) >= ENGLISH_SHARE:
        return ENGLISH
    return _classify(sample)


def is_english(text: str) -> bool | None:
    """Return whether a paragraph is English, None where it is too short to tell.

    The label of who speaks ("La Voix:") says nothing of the language.
    """
    text = _LABEL.sub("", text)
    share = latin_share(text)
    if share is None:
        return None
    if share < LATIN:
        return False
    words = _words(text[:SAMPLE])
    if len(words) < MIN_WORDS:
        return None
    english = function_share(words)
    if english >= ENGLISH_SHARE:
        return True
    if _classify(text[:SAMPLE]) == ENGLISH:
        return True
    return False if english <= FOREIGN_SHARE else None


def _words(text: str) -> list[str]:
    return [word for word in text.lower().split() if any(c.isalpha() for c in word)]


def _classify(text: str) -> str:
    from py3langid import classify  # its model loads on the first text that needs it

    return str(classify(text)[0])
