"""Fingerprints of sentences."""

import pytest

from kzdash.fingerprints import fingerprint, still_said


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The talks ended.", "the  talks\nended", True),
        ("“No,” he said.", '"No", he said!', True),
        ("It’s over", "It's over", True),
        ("The talks ended", "The talk ended", False),
        ("café", "cafe\u0301", True),
        ("", "…", True),
        ("ﬁnal", "final", True),
    ],
)
def test_fingerprint_looks_at_words_alone(one: str, other: str, same: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) is same


def test_fingerprint_is_the_same_everywhere() -> None:
    assert fingerprint("The talks ended.") == "778b6543ddbb0a20"


TEXT = (
    'Title\n\nFirst came the rain. Then, at noon, "the sun," they said. Dr. Bek left.\n\nEnd: now'
)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("First came the rain.", True),
        ("Then, at noon, the sun, they said.", True),
        ("Dr. Bek left.", True),
        ("Title", True),
        ("End: now", True),
        ("now", True),
        ("First came", False),
        ("rain then", False),
        ("Bek left. End", False),
    ],
)
def test_still_said(sentence: str, said: bool) -> None:
    known = fingerprint(sentence)
    assert still_said(TEXT, [known, fingerprint("other words")]) == ({known} if said else set())


@pytest.mark.usefixtures("soon")
def test_still_said_ends_soon() -> None:
    assert still_said("a, " * 50_000, [fingerprint("b")]) == set()
