"""Slugs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.corpus.slugs import slug, unmistakable


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


@pytest.mark.parametrize("text", ["Steppe Post", "Қала газеті", "Gazeta Wyborcza", "…", ""])
def test_a_text_that_a_slug_holds_whole_needs_no_hash(text: str) -> None:
    assert unmistakable(text, 40) == slug(text, 40)


@pytest.mark.parametrize(
    ("one", "other"), [("日本", "中国"), ("新华 News", "News"), ("新华 News", "人民 News")]
)
def test_names_in_other_scripts_stay_apart(one: str, other: str) -> None:
    made = [unmistakable(text, 40) for text in (one, other)]
    assert made[0] != made[1]
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) for text in made)
