"""The bootstrap over articles: sums per article times resampling weights.

Mentions of one article are not independent: resampling them one by one gives intervals that
are several times too narrow. The unit that is drawn with replacement is the article (cluster
bootstrap; Davison and Hinkley 1997, section 3.8). A ratio of sums over resampled articles
needs only each article's sums and how often the article was drawn, so one product of matrices
gives all replicates, and equals resampling row by row exactly for the same draws.

Cells with more than `kzdash.schema.GROUPS` articles are resampled in that many random groups
of articles (Wolter 2007, chapter 2), which changes the width of an interval by about five
percent.
"""

import math
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from kzdash.schema import GROUPS

REPLICATES = 2_000
LEVEL = 0.95
FEW = 5
"""With fewer articles an estimate is descriptive."""

Floats = NDArray[np.float64]


def weights(
    units: int, stream: str = "", replicates: int = REPLICATES
) -> NDArray[np.unsignedinteger]:
    """Return how often each unit is drawn in each replicate: replicates x units.

    Every row sums to ``units``. The same arguments give the same draws on every machine;
    draws of different streams are independent. Not to be written to.
    """
    kept = _of_groups if units == GROUPS else _of_articles
    return kept(units, stream, replicates)


def _drawn(units: int, stream: str, replicates: int) -> NDArray[np.unsignedinteger]:
    generator = np.random.default_rng([zlib.crc32(stream.encode()), units, replicates])
    table = np.empty((replicates, units), dtype=np.min_scalar_type(units))
    for block in _blocks(replicates, units):
        drawn = generator.integers(0, units, (block.stop - block.start, units), dtype=np.int64)
        drawn += np.arange(len(drawn))[:, None] * units
        table[block] = np.bincount(drawn.ravel(), minlength=drawn.size).reshape(drawn.shape)
    table = table.astype(np.min_scalar_type(table.max(initial=0)), copy=False)
    table.flags.writeable = False
    return table


_of_groups = lru_cache(maxsize=16)(_drawn)
_of_articles = lru_cache(maxsize=16)(_drawn)
"""Apart from those of groups, which every large selection asks for again."""


def _blocks(rows: int, columns: int) -> Iterator[slice]:
    """Return the rows of a table in parts: small ones are filled in less time than one large."""
    size = max(1, _BLOCK // max(1, columns))
    for start in range(0, rows, size):
        yield slice(start, min(rows, start + size))


def _generator(stream: str, *held: NDArray[Any]) -> np.random.Generator:
    """Return random numbers that belong to a stream and to some values, the same everywhere."""
    seed = zlib.crc32(stream.encode())
    for values in held:
        seed = zlib.crc32(np.ascontiguousarray(values + 0).tobytes(), seed)
    return np.random.Generator(np.random.SFC64([zlib.crc32(stream.encode()), seed]))


_DIGITS = 6
"""Sums that differ in later digits, by the order in which they were added, are the same."""

_BLOCK = 50_000
"""So many numbers of a table are made at a time."""


def ratios(drawn: NDArray[np.integer], numerator: Floats, denominator: Floats) -> Floats:
    """Return resampled ratios of sums.

    Args:
        drawn: how often each unit is drawn: replicates x units.
        numerator: sums per unit and cell: units x cells.
        denominator: likewise.

    Returns:
        replicates x cells; NaN where a replicate has nothing to divide by.
    """
    return divide(product(drawn, numerator), product(drawn, denominator))


def noisy_ratios(
    drawn: NDArray[np.integer],
    numerator: Floats,
    denominator: Floats,
    variance: Floats,
    bounds: tuple[float, float],
    stream: str,
) -> Floats:
    """Return resampled ratios whose numerators are sums of labels drawn by probability.

    In each replicate every mention's label is drawn once; copies of an article share it. Given
    the articles drawn, the sum of labels has mean sum(w * s) and variance sum(w^2 * v), for
    weights w, expected sums s and variances v per unit; it is drawn from the normal
    distribution with these, cut off at what labels can sum to (`exact_ratios` draws every
    label, where there are few).

    Args:
        drawn: how often each unit is drawn: replicates x units.
        numerator: expected sums of labels per unit and cell: units x cells.
        denominator: numbers of labels, likewise.
        variance: variance of the sum of labels per unit and cell.
        bounds: the least and the largest value of one label.
        stream: names the random numbers, with what each cell holds: a cell has the same ones
            whatever is estimated beside it.
    """
    noise = np.empty((len(drawn), numerator.shape[1]))
    for cell in range(noise.shape[1]):
        held = np.round(numerator[:, cell], _DIGITS), denominator[:, cell]
        noise[:, cell] = _generator(stream, *held).standard_normal(len(drawn))
    below = product(drawn, denominator)
    spread = np.sqrt(np.maximum(product(drawn, variance, squared=True), 0))
    total = product(drawn, numerator) + noise * spread
    return divide(np.clip(total, bounds[0] * below, bounds[1] * below), below)


def exact_ratios(
    drawn: NDArray[np.integer],
    unit: NDArray[np.integer],
    negative: Floats,
    positive: Floats,
    values: tuple[float, float, float],
    stream: str,
) -> Floats:
    """Return resampled means of labels, every label drawn from its probabilities.

    Args:
        drawn: how often each unit is drawn: replicates x units.
        unit: the unit of each mention.
        negative: each mention's probability of a negative label.
        positive: of a positive label; the rest is neutral.
        values: what a negative, neutral and positive label count.
        stream: names the random numbers, with the mentions: they have the same ones whatever is
            estimated beside them, in whatever order they come.

    Returns:
        One mean for each replicate.
    """
    order = np.lexsort((positive, negative, unit))
    unit, negative, positive = unit[order], negative[order], positive[order]
    generator = _generator(stream, unit.astype(np.int64), negative, positive)
    chance = generator.random((len(drawn), len(unit)))
    label = np.where(
        chance < negative, values[0], np.where(chance >= 1 - positive, values[2], values[1])
    )
    table = drawn[:, unit].astype(np.float64)
    return divide((table * label).sum(axis=1), table.sum(axis=1))


@lru_cache(maxsize=4096)
def tails(articles: int) -> float:
    """Return the share of replicates to cut off at each end for a 95 % interval.

    From five articles on, the percentile interval is expanded so that it covers 95 % in small
    samples too: the plain one is too narrow by the factor sqrt((n - 1) / n) and by the
    difference between the normal and the t distribution (Hesterberg 2015). Below five articles
    the interval only describes, and is the plain one.
    """
    if articles < FEW:
        return (1 - LEVEL) / 2
    n = articles
    return float(special.ndtr(-math.sqrt(n / (n - 1)) * special.stdtrit(n - 1, (1 + LEVEL) / 2)))


def quantiles(draws: Floats, tail: Floats) -> tuple[Floats, Floats]:
    """Return, for each cell, the quantiles of its replicates that leave so much at each end.

    Args:
        draws: replicates x cells; NaN is left out.
        tail: a share (0..0.5) for each cell.

    Returns:
        Lower and upper quantiles (interpolated between replicates), NaN where all are NaN.
    """
    ordered = np.sort(draws, axis=0)
    last = np.maximum((~np.isnan(draws)).sum(axis=0) - 1, 0)
    low, high = (_at(ordered, last * share) for share in (tail, 1 - tail))
    return low, high


def _at(ordered: Floats, place: Floats) -> Floats:
    cells = np.arange(ordered.shape[1])
    below = np.floor(place).astype(np.int64)
    above = np.ceil(place).astype(np.int64)
    low, high = ordered[below, cells], ordered[above, cells]
    return np.asarray(low + (high - low) * (place - below))


def product(drawn: NDArray[np.integer], sums: Floats, *, squared: bool = False) -> Floats:
    """Return the weighted sums of every replicate, computed by one thread.

    The matrices are small: sharing them out among threads takes longer than computing them, and
    much longer while other sessions are served.

    Args:
        drawn: the weights: replicates x units.
        sums: units x cells.
        squared: whether to weigh by the squares of the weights.

    Returns:
        replicates x cells.
    """
    found = np.empty((len(drawn), sums.shape[1]))
    with _threads().limit(limits=1, user_api="blas"):
        for block in _blocks(*drawn.shape):
            table = drawn[block].astype(np.float64)
            np.matmul(table * table if squared else table, sums, out=found[block])
    return found


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Divide, giving NaN where there is nothing to divide by."""
    quotient: Floats = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator != 0)
    return quotient
