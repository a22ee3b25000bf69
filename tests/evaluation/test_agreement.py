import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr

from kzdash.evaluation.agreement import (
    accuracy,
    confusion,
    correlation_interval,
    expected_calibration_error,
    f1,
    figure,
    macro_f1,
    precision,
    recall,
    share,
)

labels = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=60)


def by_hand(pairs, classes=3):
    scores = []
    for c in range(classes):
        right = sum(a == b == c for a, b in pairs)
        total = sum(a == c for a, _ in pairs) + sum(b == c for _, b in pairs)
        if total:
            scores.append(2 * right / total)
    return sum(scores) / len(scores)


@given(labels)
def test_macro_f1_is_the_mean_of_the_classes_f1(pairs):
    assert macro_f1(confusion(pairs, 3)[None])[0] == pytest.approx(by_hand(pairs))


@given(labels)
def test_accuracy_is_the_share_of_equal_pairs(pairs):
    expected = sum(a == b for a, b in pairs) / len(pairs)
    assert accuracy(confusion(pairs, 3)[None])[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("metric", "expected"), [(precision, 6 / 8), (recall, 6 / 9), (f1, 12 / 17)]
)
def test_metrics_of_found_missed_spurious(metric, expected):
    assert metric(np.array([[6.0, 3.0, 2.0]]))[0] == pytest.approx(expected)


def test_an_undefined_figure_is_none():
    assert figure({"a": np.zeros(2)}, share, 0).value is None


def test_one_article_has_no_interval():
    found = figure({"a": np.array([3.0, 1.0])}, share, 4)
    assert (found.value, found.low, found.high) == (0.75, None, None)


def test_interval_equals_brute_force_resampling():
    counts = {f"a{n}": np.array([n, 10 - n], dtype=float) for n in range(8)}
    found = figure(counts, share, 80, seed=3)
    rng = np.random.default_rng(1)
    drawn = [np.mean([n / 10 for n in rng.choice(8, size=8)]) for _ in range(20_000)]
    assert found.low == pytest.approx(np.quantile(drawn, 0.025), abs=0.02)
    assert found.high == pytest.approx(np.quantile(drawn, 0.975), abs=0.02)


def test_the_same_seed_gives_the_same_interval():
    counts = {f"a{n}": np.array([n, 5.0]) for n in range(6)}
    assert figure(counts, share, 1, seed=7) == figure(counts, share, 1, seed=7)


def test_calibration_error_of_an_overconfident_model():
    p = np.tile([0.9, 0.1], (10, 1))
    assert expected_calibration_error(p, np.array([0] * 6 + [1] * 4)) == pytest.approx(0.3)


def test_calibration_error_of_nothing_is_none():
    assert expected_calibration_error(np.zeros((0, 3)), np.zeros(0, dtype=int)) is None


@pytest.mark.parametrize("seed", range(4))
def test_the_interval_of_a_correlation_is_scipys(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=17)
    found = pearsonr(x, x + rng.normal(size=17) * seed)
    expected = tuple(found.confidence_interval(0.95))
    assert correlation_interval(found.statistic, 17) == pytest.approx(expected, abs=1e-4)


def test_three_pairs_give_no_interval():
    assert correlation_interval(0.5, 3) == (None, None)
