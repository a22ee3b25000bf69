"""Sentence fingerprints: tell whether a page still says what was analysed.

A fingerprint is a hash, so it can be published where the sentence itself cannot. It looks at
words alone: case, spaces, line breaks, punctuation and typographic quotes do not change it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection

_WORD = re.compile(r"\w+")
_STEP = re.compile(r"\w+|[^\w\s]|\n")
_LONGEST = 300
_MOST_MARKS = 60
_MOST_STRETCHES = 120_000


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation, in Unicode form NFKC."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def fingerprint(text: str) -> str:
    r"""Return 16 hexadecimal digits that stand for the words of a sentence.

    Example:
        >>> fingerprint("The talks  ended.") == fingerprint("the talks\\nended")
        True
    """
    return _digest(words(text))


def still_said(text: str, fingerprints: Collection[str]) -> set[str]:
    """Return those fingerprints whose sentence stands somewhere in a text.

    The text needs no sentence splitting: every stretch between two marks of punctuation of
    one line is tried (up to 300 words and 60 marks a stretch; fewer marks in a line that has
    thousands).
    """
    wanted = set(fingerprints)
    found: set[str] = set()
    for line in unicodedata.normalize("NFKC", text).casefold().split("\n"):
        found |= _stretches(line, wanted)
    return found


def _stretches(line: str, wanted: set[str]) -> set[str]:
    """Return the fingerprints of a line's stretches that are wanted."""
    tokens: list[str] = []
    marks = [0]
    for step in _STEP.findall(line):
        if step[0].isalnum() or step[0] == "_":
            tokens.append(step)
        elif marks[-1] != len(tokens):
            marks.append(len(tokens))
    if marks[-1] != len(tokens):
        marks.append(len(tokens))
    found = set()
    furthest = max(3, min(_MOST_MARKS, _MOST_STRETCHES // len(marks)))
    for at, start in enumerate(marks):
        for end in marks[at + 1 : at + 1 + furthest]:
            if end - start > _LONGEST:
                break
            digest = _digest(tokens[start:end])
            if digest in wanted:
                found.add(digest)
    return found


def _digest(tokens: list[str]) -> str:
    return hashlib.blake2b(" ".join(tokens).encode("utf-8", "replace"), digest_size=8).hexdigest()
