"""Differences between cells: sizes, tests, effects and false discoveries."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_effectsize

from kzdash.measures import DIFFERENCES, control_false_discovery, largest, means


def units(values, n=1):
    """Return units of sentiment: {(outlet, actor): [an article's mean]}, n mentions each."""
    rows = [
        {"outlet": outlet, "actor": actor, "unit": 1000 * i + a, "articles": 1, "mentions": n,
         "sentiment_n": n, "sentiment": value * n, "agent": value * n}
        for i, ((outlet, actor), articles) in enumerate(values.items())
        for a, value in enumerate(articles)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def two(seed, shift, one=25, other=30):
    rng = np.random.default_rng(seed)
    return rng.normal(shift, 0.2, one), rng.normal(0, 0.3, other)


@pytest.mark.parametrize(("seed", "shift"), [(1, 0.0), (2, 0.1), (3, 0.3)])
def test_p_values_match_welch(seed, shift):
    first, second = two(seed, shift)
    table = means(units({("daily", "a"): first, ("post", "a"): second}), measure="sentiment")
    row = table.differences().iloc[0]
    reference = stats.ttest_ind(first, second, equal_var=False)
    assert row["difference"] == pytest.approx(first.mean() - second.mean())
    assert row["p"] == pytest.approx(reference.pvalue, rel=0.25, abs=1e-4)
    width = reference.confidence_interval().high - reference.confidence_interval().low
    assert row["low"] == pytest.approx(reference.confidence_interval().low, abs=0.1 * width)
    assert row["high"] == pytest.approx(reference.confidence_interval().high, abs=0.1 * width)


def test_p_values_match_a_permutation_of_articles():
    first, second = two(4, 0.15)
    table = means(units({("daily", "a"): first, ("post", "a"): second}), measure="sentiment")
    reference = stats.permutation_test(
        (first, second),
        lambda a, b, axis=-1: a.mean(axis=axis) - b.mean(axis=axis),
        n_resamples=5_000,
        rng=np.random.default_rng(1),
    )
    assert table.differences().iloc[0]["p"] == pytest.approx(reference.pvalue, abs=0.02)


def test_the_standardised_difference_counts_in_deviations_between_articles():
    first, second = two(5, 0.3, 400, 400)
    table = means(units({("daily", "a"): first, ("post", "a"): second}), measure="sentiment")
    deviation = math.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
    effect = (first.mean() - second.mean()) / deviation
    row = table.differences().iloc[0]
    assert row["effect"] == pytest.approx(effect, rel=0.05)
    assert row["effect_name"] == "standardised difference"


def test_the_effect_of_shares_is_cohens_h():
    table = means(
        units({("daily", "a"): [0.6] * 5, ("post", "a"): [0.1] * 5}, n=10), measure="agent"
    )
    row = table.differences().iloc[0]
    assert row["effect"] == pytest.approx(proportion_effectsize(0.6, 0.1))
    assert row["effect_name"] == "Cohen's h"


@pytest.mark.parametrize(
    ("counts", "tested", "has_interval"),
    [((5, 5), True, True), ((4, 9), False, True), ((1, 9), False, False)],
)
def test_few_articles_are_not_tested(counts, tested, has_interval):
    rng = np.random.default_rng(0)
    values = {(o, "a"): rng.normal(size=n) / 9 for o, n in zip("xy", counts, strict=True)}
    row = means(units(values), measure="sentiment").differences().iloc[0]
    assert (pd.notna(row["p"]), pd.notna(row["low"])) == (tested, has_interval)
    assert row["descriptive"] == (not tested)
    assert row["articles"] == min(counts)


def test_pairs_are_compared_in_the_order_asked():
    rng = np.random.default_rng(0)
    values = {(o, a): rng.normal(size=6) / 9 for o in "xyz" for a in "ab"}
    found = means(units(values), measure="sentiment")
    assert list(found.differences().columns) == ["actor", "first", "second", *DIFFERENCES]
    assert len(found.differences()) == 6
    turned = found.differences(pairs=[("z", "x"), ("x", "nowhere")])
    plain = found.differences(pairs=[("x", "z")])
    assert turned[["first", "second"]].values.tolist() == [["z", "x"]] * 2
    assert turned["difference"].tolist() == pytest.approx((-plain["difference"]).tolist())
    assert turned["low"].tolist() == pytest.approx((-plain["high"]).tolist())


def test_no_difference_without_a_second_outlet():
    found = means(units({("x", "a"): [0.1] * 6}), measure="sentiment").differences()
    assert found.empty
    assert list(found.columns) == ["actor", "first", "second", *DIFFERENCES]


@given(st.lists(st.floats(0, 1) | st.just(float("nan")), max_size=30))
@settings(max_examples=40, deadline=None)
def test_false_discovery_control_matches_statsmodels(p):
    q = control_false_discovery(pd.DataFrame({"p": pd.Series(p, dtype="float64")}))["q"]
    known = [value for value in p if not math.isnan(value)]
    reference = multipletests(known, method="fdr_bh")[1] if known else []
    assert q.dropna().tolist() == pytest.approx(list(reference), abs=1e-12)
    assert q.isna().tolist() == [math.isnan(value) for value in p]


def test_null_differences_are_rarely_discovered():
    """Among 60 actors without any difference, hardly one counts after control."""
    rng = np.random.default_rng(11)
    values = {(o, f"a{i}"): rng.normal(0, 0.2, 12) for o in "xy" for i in range(60)}
    found = means(units(values), measure="sentiment").differences()
    assert (found["p"] < 0.05).mean() < 0.12
    assert (found["q"] < 0.05).sum() <= 1


def test_both_sides_say_how_many_mentions_they_have():
    values = {("x", "a"): [0.1] * 6, ("y", "a"): [0.2] * 2}
    row = means(units(values, n=3), measure="sentiment").differences(pairs=[("y", "x")]).iloc[0]
    assert row[["mentions_first", "mentions_second", "mentions"]].tolist() == [6, 18, 24]


def test_largest_puts_what_counts_first_then_what_has_articles():
    table = pd.DataFrame(
        {
            "actor": list("abcdef"),
            "difference": [0.1, -0.4, 0.9, 0.2, 0.0, 0.5],
            "q": [0.01, 0.001, np.nan, 0.6, 0.9, np.nan],
            "articles": [9, 9, 1, 9, 9, 4],
        }
    )
    found = largest(table, 5)
    assert found["actor"].tolist() == ["b", "a", "d", "c", "f"]
    assert found["counts"].tolist() == [True, True, False, False, False]


def test_largest_goes_by_size_and_not_by_effect():
    table = pd.DataFrame({"actor": ["a", "b"], "difference": [0.065, 0.068], "effect": [0.5, 0.4],
                          "q": [0.001] * 2, "articles": [9] * 2})  # fmt: skip
    assert largest(table)["actor"].tolist() == ["b", "a"]


def test_largest_takes_measures_in_turn():
    table = pd.DataFrame(
        {
            "actor": list("abcdef"),
            "measure": ["stance"] * 3 + ["attention"] * 3,
            "difference": [0.2, -0.7, 0.4, 0.1, 0.3, -0.2],
            "q": [np.nan] * 6,
            "articles": [1, 1, 3, 1, 1, 9],
        }
    )
    assert largest(table, 5)["actor"].tolist() == ["b", "f", "c", "e", "a"]
    assert largest(table[table["measure"] == "attention"], 2)["actor"].tolist() == ["f", "e"]
