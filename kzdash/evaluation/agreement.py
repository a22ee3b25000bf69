"""Figures of agreement between a measure and labels, with intervals by article.

Every figure is a function of counts that add up over articles, so its interval comes from
resampling articles: per-article counts times multinomial weights (Efron and Tibshirani 1993).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Metric = Callable[[Counts], Counts]

DRAWS = 2000
LEVEL = 0.95
MIN_ARTICLES = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its interval; ``low`` and ``high`` are None below two articles.

    ``n`` is what the figure counts over: mentions, sentences or pairs.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    articles: int


def figure(per_article: Mapping[str, Counts], metric: Metric, n: int, seed: int = 0) -> Figure:
    """Return a metric over articles with its 95 % percentile interval.

    Args:
        per_article: counts of each article, all of one shape.
        metric: from counts (draws, *shape) to values (draws,); NaN where undefined.
        n: what to state as the number of cases.
        seed: of the resampling.
    """
    names = sorted(per_article)
    if not names:
        return Figure(None, None, None, 0, 0)
    counts = np.stack([per_article[name] for name in names]).astype(np.float64)
    value = _plain(metric(counts.sum(axis=0)[None])[0])
    if len(names) < MIN_ARTICLES or value is None:
        return Figure(value, None, None, n, len(names))
    weights = np.random.default_rng(seed).multinomial(
        len(names), np.full(len(names), 1 / len(names)), size=DRAWS
    )
    drawn = metric(np.tensordot(weights, counts, axes=1))
    drawn = drawn[np.isfinite(drawn)]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail]) if len(drawn) else (np.nan, np.nan)
    return Figure(value, _plain(low), _plain(high), n, len(names))


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _divide(part: Counts, whole: Counts) -> Counts:
    shares: Counts = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0)
    return shares


def confusion(pairs: Iterable[tuple[int, int]], classes: int) -> Counts:
    """Return a confusion matrix (labelled × predicted) from pairs of class numbers."""
    matrix = np.zeros((classes, classes))
    for label, predicted in pairs:
        matrix[label, predicted] += 1
    return matrix


def accuracy(matrices: Counts) -> Counts:
    """Return the share of right predictions of confusion matrices (draws, k, k)."""
    return _divide(np.trace(matrices, axis1=1, axis2=2), matrices.sum(axis=(1, 2)))


def macro_f1(matrices: Counts) -> Counts:
    """Return the mean F1 of the classes of confusion matrices (draws, k, k).

    A class that is neither labelled nor predicted does not count, as in scikit-learn.
    """
    right = np.diagonal(matrices, axis1=1, axis2=2)
    total = matrices.sum(axis=1) + matrices.sum(axis=2)
    scores = np.divide(2 * right, total, out=np.zeros_like(right), where=total > 0)
    return _divide(scores.sum(axis=1), (total > 0).sum(axis=1))


def precision(counts: Counts) -> Counts:
    """Return precision from (draws, 3): found, missed, spurious."""
    return _divide(counts[:, 0], counts[:, 0] + counts[:, 2])


def recall(counts: Counts) -> Counts:
    """Return recall from (draws, 3): found, missed, spurious."""
    return _divide(counts[:, 0], counts[:, 0] + counts[:, 1])


def f1(counts: Counts) -> Counts:
    """Return F1 from (draws, 3): found, missed, spurious."""
    return _divide(2 * counts[:, 0], 2 * counts[:, 0] + counts[:, 1] + counts[:, 2])


def share(counts: Counts) -> Counts:
    """Return a share from (draws, 2): right, wrong."""
    return _divide(counts[:, 0], counts.sum(axis=1))


def expected_calibration_error(
    probabilities: NDArray[np.float64], labels: NDArray[np.int64], bins: int = 10
) -> float | None:
    """Return the expected calibration error (Guo et al. 2017), 0..1.

    Args:
        probabilities: (n, classes).
        labels: (n,) class numbers.
        bins: of equal width over the confidence.
    """
    if not len(labels):
        return None
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(right[place == n].mean() - confidence[place == n].mean()) * (place == n).mean()
        for n in np.unique(place)
    ]
    return float(sum(gaps))


def correlation_interval(r: float, count: int) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a correlation (Fisher 1915); None for fewer than four pairs.

    Args:
        r: Pearson's, -1..1.
        count: of the pairs, which are taken as independent.
    """
    if count < 4:
        return None, None
    with np.errstate(divide="ignore"):
        middle, reach = np.arctanh(r), 1.96 / np.sqrt(count - 3)
    return float(np.tanh(middle - reach)), float(np.tanh(middle + reach))
