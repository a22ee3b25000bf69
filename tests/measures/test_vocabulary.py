"""The vocabulary contrast, against the formulas written out for one word."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzdash.measures import distinctive, log_odds


def terms(counts):
    """Return a frame of terms from {outlet: {term: count}}; a document holds one of them."""
    rows = [(o, t, "NOUN", n, n) for o, words in counts.items() for t, n in words.items() if n]
    return pd.DataFrame(rows, columns=["outlet", "term", "pos", "count", "documents"])


COUNTS = {
    "daily": {"steppe": 30, "river": 10, "well": 60},
    "post": {"steppe": 5, "river": 45},
    "third": {"well": 50, "border": 9},
}


def by_hand(term, first, second, prior):
    total = sum(sum(words.values()) for words in COUNTS.values())
    alpha = prior * sum(words.get(term, 0) for words in COUNTS.values()) / total
    odds, variance = [], 0.0
    for outlets in (first, second):
        y = sum(COUNTS[o].get(term, 0) for o in outlets)
        n = sum(sum(COUNTS[o].values()) for o in outlets)
        odds.append(math.log((y + alpha) / (n + prior - y - alpha)))
        variance += 1 / (y + alpha)
    return (odds[0] - odds[1]) / math.sqrt(variance)


@pytest.mark.parametrize("term", ["steppe", "river", "well", "border"])
@pytest.mark.parametrize("prior", [10, 500])
@pytest.mark.parametrize("second", [["post"], ["post", "third"]])
def test_log_odds_by_hand(term, prior, second):
    found = log_odds(terms(COUNTS), "daily", second, prior).set_index("term")
    if term in found.index:
        assert found.loc[term, "z"] == pytest.approx(by_hand(term, ["daily"], second, prior))
    else:
        assert (term, second) == ("border", ["post"])


def test_all_others_are_the_second_side_unless_named():
    one = log_odds(terms(COUNTS), "daily")
    pd.testing.assert_frame_equal(one, log_odds(terms(COUNTS), "daily", ["post", "third"]))


def test_counts_and_rates_stand_beside():
    row = log_odds(terms(COUNTS), "daily", "post").set_index("term").loc["river"]
    assert (row["count_first"], row["count_second"]) == (10, 45)
    assert (row["articles_first"], row["articles_second"]) == (10, 45)
    assert (row["rate_first"], row["rate_second"]) == (pytest.approx(100), pytest.approx(900))


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 50), min_size=1))
@settings(max_examples=15, deadline=None)
def test_sides_mirror_each_other(words):
    frame = terms({"x": words, "y": {"abc": 7, **dict.fromkeys(words, 3)}})
    one = log_odds(frame, "x", "y").set_index(["term", "pos"])["z"]
    two = log_odds(frame, "y", "x").set_index(["term", "pos"])["z"]
    assert one.to_dict() == pytest.approx((-two).to_dict())


def test_rare_words_can_be_left_out():
    found = log_odds(terms(COUNTS), "daily", documents=10)
    assert "border" not in found["term"].tolist()


def test_nothing_to_contrast():
    assert log_odds(terms(COUNTS), "daily", "nowhere").empty
    assert log_odds(terms({}), "daily").empty


def test_distinctive_takes_both_ends():
    found = distinctive(log_odds(terms(COUNTS), "daily", "post"), 1)
    assert found["term"].tolist() == ["well", "river"]


def contrast(*words):
    """A contrast of words, each with its z and how often both sides use it."""
    rows = [(term, z, first, second) for term, z, first, second in words]
    return pd.DataFrame(rows, columns=["term", "z", "count_first", "count_second"])


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        pytest.param([("a", 2.0, 3, 0), ("b", 1.0, 1, 0)], ["a"], id="used once"),
        pytest.param([("a", 2.0, 3, 0), ("b", 1.0, 2, 0), ("c", 1.0, 2, 0)], ["a"], id="alike"),
        pytest.param(
            [("a", 1.0, 2, 0), ("b", 1.0, 2, 0), ("c", 1.0, 2, 0)], ["a", "b"], id="all alike"
        ),
        pytest.param([("a", 2.0, 3, 0), ("b", 1.0, 2, 0)], ["a", "b"], id="no more than wanted"),
        pytest.param(
            [("a", -1.0, 0, 2), ("b", -1.0, 0, 2), ("c", -2.0, 0, 3)], ["c"], id="the other side"
        ),
    ],
)
def test_of_words_alike_all_are_distinctive_or_none(words, kept):
    assert distinctive(contrast(*words), 2)["term"].tolist() == kept
