"""The few words at each end of a sentence by which a link opens a page at it.

A browser looks for the first place with the words of the start, then for the first one after it
with the words of the end (WICG, Scroll to Text Fragment), so both must lead to the sentence.
"""

import re

LEAST_WORDS = 18
"""Shorter sentences get no fragment: a few words would be too much of them."""

_WORDS = 3
_MARKS = "\"'“”‘’«»„‹›()[]…,;:—– "


def ends(text: str, start: int, end: int) -> tuple[str, str] | tuple[None, None]:
    """Return the words at the start and at the end of a sentence of an article.

    Three words at the end, at the start three or as many as single them out; both together are at
    most a third of the sentence. None where it is short, or where no so few words lead to it.

    Args:
        text: the article's.
        start: the sentence's first character.
        end: one past its last one.

    Example:
        >>> ends("A. " + "b " * 20, 0, 3)
        (None, None)
    """
    words = text[start:end].split()
    counted = sum(any(c.isalnum() for c in word) for word in words)
    if counted < LEAST_WORDS:
        return None, None
    most = counted // 3 - _WORDS
    for count in range(_WORDS, most + 1):
        first = " ".join(words[:count]).strip(_MARKS)
        place = _find(text, first, 0)
        if place and start <= place[0] and place[1] <= end:
            return _until(text, first, place[1], words, end)
    return None, None


def _until(
    text: str, first: str, after: int, words: list[str], end: int
) -> tuple[str, str] | tuple[None, None]:
    last = " ".join(words[-_WORDS:]).strip(_MARKS)
    place = _find(text, last, after)
    found = place is not None and place[1] <= end and not text[place[1] : end].strip(_MARKS + ".!?")
    return (first, last) if found else (None, None)


def _find(text: str, words: str, start: int) -> tuple[int, int] | None:
    """Return where words stand first, as a browser finds them: whole, of any case and spacing."""
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    match = re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE).search(text, start)
    return match.span() if match else None
