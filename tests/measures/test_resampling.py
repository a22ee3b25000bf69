"""The bootstrap: equal to naive resampling, and covering what it should."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kzdash.measures.resampling import (
    exact_ratios,
    noisy_ratios,
    quantiles,
    ratios,
    tails,
    weights,
)


def rows_of(rng, articles):
    """Return mentions as (article, value) arrays, several for each article."""
    article = np.repeat(np.arange(articles), rng.integers(1, 8, articles))
    return article, rng.normal(size=len(article))


def sums(article, values, articles):
    return np.bincount(article, values, articles)[:, None]


@given(st.integers(1, 30))
@settings(max_examples=20, deadline=None)
def test_weights_draw_as_many_units_as_there_are(units):
    assert (weights(units, "x", 50).sum(axis=1) == units).all()


def test_weights_repeat_and_differ_between_streams():
    assert (weights(9, "a") == weights(9, "a")).all()
    assert (weights(9, "a") != weights(9, "b")).any()
    correlation = np.corrcoef(weights(9, "a")[:, 0], weights(9, "b")[:, 0])[0, 1]
    assert abs(correlation) < 0.08


def test_weights_are_multinomial():
    drawn = weights(4, "m", 20_000)
    expected = stats.binom(4, 0.25).pmf(range(5)) * len(drawn)
    assert stats.chisquare(np.bincount(drawn[:, 0], minlength=5), expected).pvalue > 0.001


@given(st.integers(2, 12), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_ratios_equal_resampling_row_by_row(articles, seed):
    rng = np.random.default_rng(seed)
    article, values = rows_of(rng, articles)
    drawn = weights(articles, "naive", 40)
    fast = ratios(
        drawn, sums(article, values, articles), sums(article, np.ones(len(values)), articles)
    )
    for weight, mean in zip(drawn, fast[:, 0], strict=True):
        picked = np.repeat(np.arange(articles), weight)
        rows = np.concatenate([values[article == a] for a in picked])
        assert mean == pytest.approx(rows.mean(), abs=1e-9)


def test_ratios_are_undefined_where_nothing_is_drawn():
    found = ratios(np.array([[2, 0], [0, 2]]), np.array([[3.0], [0.0]]), np.array([[4.0], [0.0]]))
    assert found[0, 0] == 0.75
    assert np.isnan(found[1, 0])


def test_ratios_match_scipy():
    rng = np.random.default_rng(5)
    article, values = rows_of(rng, 40)
    above, below = (sums(article, v, 40) for v in (values, np.ones(len(values))))
    reference = stats.bootstrap(
        (above[:, 0], below[:, 0]),
        lambda a, b, axis=-1: a.sum(axis=axis) / b.sum(axis=axis),
        paired=True,
        method="percentile",
        n_resamples=20_000,
        rng=np.random.default_rng(6),
    )
    low, high = np.quantile(ratios(weights(40, "scipy", 20_000), above, below), (0.025, 0.975))
    width = reference.confidence_interval.high - reference.confidence_interval.low
    assert low == pytest.approx(reference.confidence_interval.low, abs=0.03 * width)
    assert high == pytest.approx(reference.confidence_interval.high, abs=0.03 * width)


@pytest.mark.parametrize("articles", [3, 12, 60])
def test_summed_labels_vary_like_labels_drawn_one_by_one(articles):
    rng = np.random.default_rng(articles)
    article = np.repeat(np.arange(articles), 6)
    p = rng.dirichlet((1.5, 2, 1.5), len(article))
    above = sums(article, p[:, 2] - p[:, 0], articles)
    spread = sums(article, p[:, 0] + p[:, 2] - (p[:, 2] - p[:, 0]) ** 2, articles)
    below = sums(article, np.ones(len(p)), articles)
    drawn = weights(articles, "labels", 20_000)
    normal = noisy_ratios(drawn, above, below, spread, (-1, 1), "n")[:, 0]
    exact = exact_ratios(drawn, article, p[:, 0], p[:, 2], (-1, 0, 1), "e")
    assert normal.mean() == pytest.approx(exact.mean(), abs=0.01)
    assert normal.std() == pytest.approx(exact.std(), rel=0.03)
    assert np.quantile(normal, (0.025, 0.975)) == pytest.approx(
        np.quantile(exact, (0.025, 0.975)), abs=0.05
    )


def test_sure_labels_add_no_uncertainty():
    p = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    article = np.array([0, 1, 1])
    drawn = weights(2, "sure", 100)
    found = exact_ratios(drawn, article, p[:, 0], p[:, 1], (-1, 0, 1), "e")
    plain = ratios(
        drawn, sums(article, np.array([-1.0, 1.0, 0.0]), 2), sums(article, np.ones(3), 2)
    )
    assert found == pytest.approx(plain[:, 0])


@given(
    st.lists(st.floats(-1, 1) | st.just(np.nan), min_size=1, max_size=60),
    st.floats(0, 0.5),
)
@settings(max_examples=50, deadline=None)
def test_quantiles_match_numpy(values, tail):
    low, high = quantiles(np.array(values)[:, None], np.array([tail]))
    known = [v for v in values if not np.isnan(v)]
    if known:
        assert low[0] == pytest.approx(np.quantile(known, tail), abs=1e-9)
        assert high[0] == pytest.approx(np.quantile(known, 1 - tail), abs=1e-9)
    else:
        assert np.isnan([low[0], high[0]]).all()


def test_tails_are_plain_below_five_articles_and_narrow_toward_plain_above():
    assert [tails(n) for n in (2, 3, 4)] == [pytest.approx(0.025)] * 3
    assert tails(5) < tails(6) < tails(30) < tails(10_000) < 0.025
    assert tails(10_000) == pytest.approx(0.025, abs=1e-4)


@pytest.mark.parametrize(("articles", "least"), [(5, 0.89), (10, 0.92), (40, 0.93)])
def test_intervals_cover(articles, least):
    """A 95 % interval holds the true mean in about 95 of 100 samples, 90 with five articles."""
    rng = np.random.default_rng(articles)
    trials = 600
    values = rng.normal(0.3, 1, (articles, trials))
    draws = weights(articles, "cover").astype(float) @ values / articles
    low, high = quantiles(draws, np.full(trials, tails(articles)))
    covered = ((low <= 0.3) & (high >= 0.3)).mean()
    assert least <= covered <= 0.98
