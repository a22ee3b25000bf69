"""Whether a speaker that was found is the labelled one."""

import re
from collections.abc import Collection

MIN_LETTERS = 3
STEM = 6
EMPTY_WORDS = frozenset("the and for from with former his her its their".split())


def same_speaker(labelled: str, predicted: str | None, actors: Collection[str] = ()) -> bool:
    """Return whether two names of a speaker mean the same.

    Ids of known actors must be equal; other names need one word (by its first letters) in
    common, so that the label "family_lawyer" and the surface "his lawyer" agree.
    """
    if predicted is None:
        return False
    if labelled == predicted:
        return True
    if labelled in actors and predicted in actors:
        return False
    return bool(_stems(labelled) & _stems(predicted))


def _stems(name: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", name.lower())
    return {w[:STEM] for w in words if len(w) >= MIN_LETTERS and w not in EMPTY_WORDS}
