"""Slugs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.corpus.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Steppe Post", "steppe-post"), ("O’Neil’s  View!", "oneils-view"), ("café", "cafe"),
        ("Қала газеті", "kala-gazeti"), ("Объявление", "obyavlenie"), ("ﬁnal ＡＢ", "final-ab"),
        ("日本", ""), ("…", ""), ("one two three four", "one-two-three"), ("x" * 50, "x" * 14),
    ],
)  # fmt: skip
def test_slug(text: str, expected: str) -> None:
    assert slug(text, 14) == expected


@given(st.text(), st.integers(5, 60))
def test_slug_is_safe_and_short(text: str, longest: int) -> None:
    made = slug(text, longest)
    assert len(made) <= longest
    assert made == "" or re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", made)
