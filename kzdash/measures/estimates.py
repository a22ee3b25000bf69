"""Estimates with intervals, and the differences between them."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from kzdash.measures.resampling import FEW, LEVEL, Floats, divide, quantiles, tails

COLUMNS = ("estimate", "low", "high", "articles", "mentions", "descriptive", "note")
"""``low`` and ``high`` bound the 95 % interval, NULL below two articles; ``articles`` and
``mentions`` say how many are behind the estimate; ``descriptive`` where the articles are
fewer than five; ``note`` says so in words, else it is empty."""

DIFFERENCES = (
    "difference", "low", "high", "p", "q", "effect", "effect_name", "articles_first",
    "articles_second", "articles", "mentions_first", "mentions_second", "mentions", "descriptive",
    "note",
)  # fmt: skip


@dataclass(frozen=True)
class Estimates:
    """Estimates of several cells, with the replicates that their intervals come from.

    Attributes:
        cells: the cells' keys, then estimate, articles, mentions and perhaps others.
        keys: names of the key columns.
        draws: replicates x cells; NaN where a replicate is undefined.
        bounds: the least and the largest value an estimate can take.
        base: the column of the cells that says how many articles were resampled.
    """

    cells: pd.DataFrame
    keys: tuple[str, ...]
    draws: Floats
    bounds: tuple[float, float]
    base: str = "articles"

    @property
    def table(self) -> pd.DataFrame:
        """The keys and `COLUMNS`, a row for each cell, then whatever else the cells have."""
        table = self.cells.copy()
        articles = table["articles"].to_numpy()
        resampled = table[self.base].to_numpy()
        low, high = quantiles(self.draws, np.array([tails(int(n)) for n in resampled]))
        alone = np.minimum(resampled, articles) < 2
        table["low"] = np.where(alone, np.nan, low)
        table["high"] = np.where(alone, np.nan, high)
        table["descriptive"] = articles < FEW
        table["note"] = _notes(articles)
        extra = [c for c in table.columns if c not in (*self.keys, *COLUMNS)]
        return table[[*self.keys, *COLUMNS, *extra]]

    def differences(
        self, between: str = "outlet", pairs: Iterable[tuple[str, str]] | None = None
    ) -> pd.DataFrame:
        """Return differences between cells that differ in one key only.

        Args:
            between: that key.
            pairs: (first, second) values of it to compare; all pairs if None.

        Returns:
            The other keys, ``first, second`` (values of ``between``) and `DIFFERENCES`:
            ``difference`` (first minus second) with its 95 % interval; ``p`` (two-sided, from
            the bootstrap's standard error and Welch's degrees of freedom; NULL where a side has
            fewer than five articles); ``q`` (p after Benjamini and Hochberg 1995 over all rows);
            ``effect``: Cohen's h for shares, else the difference in standard deviations
            between articles; ``articles_first, articles_second`` and ``articles`` (of the
            smaller side); ``mentions_first, mentions_second`` and ``mentions`` (of both). Where
            the cells have ``neutral``, both sides' follow: ``neutral_first, neutral_second``; so
            do ``of_first, of_second`` (what the shares are of) where the cells have ``of``.
        """
        rest = [key for key in self.keys if key != between]
        one, two = self._pairs(rest, between, pairs)
        table = self.cells[rest].iloc[one].reset_index(drop=True)
        for name, side in (("first", one), ("second", two)):
            table[name] = self.cells[between].iloc[side].to_numpy()
        estimate = self.cells["estimate"].to_numpy(dtype=np.float64)
        count = self.cells[self.base].to_numpy(dtype=np.int64)
        n = np.stack([count[one], count[two]])
        fewest = n.min(axis=0)
        table["difference"] = estimate[one] - estimate[two]
        spread = _Spread(self.draws[:, one], self.draws[:, two], n)
        low, high = quantiles(self.draws[:, one] - self.draws[:, two], spread.tails)
        table["low"] = np.where(fewest < 2, np.nan, low)
        table["high"] = np.where(fewest < 2, np.nan, high)
        table["p"] = spread.p_values(table["difference"].to_numpy())
        table["q"] = np.nan
        table["effect"], name = _effects(estimate[one], estimate[two], self.bounds, spread)
        table["effect_name"] = pd.Series([name] * len(table), dtype="str")
        table["articles_first"], table["articles_second"] = n
        table["articles"] = fewest
        mentions = self.cells["mentions"].to_numpy()
        table["mentions_first"], table["mentions_second"] = mentions[one], mentions[two]
        table["mentions"] = mentions[one] + mentions[two]
        table["descriptive"] = fewest < FEW
        table["note"] = _notes(fewest)
        counted = table["mentions"] > 0
        columns = [*rest, "first", "second", *DIFFERENCES]
        for name in ("neutral", "of"):
            if name in self.cells:
                values = self.cells[name].to_numpy()
                sides = [f"{name}_first", f"{name}_second"]
                table[sides[0]], table[sides[1]] = values[one], values[two]
                columns += sides
        table = table.loc[counted, columns]
        return control_false_discovery(table.reset_index(drop=True))

    def _pairs(
        self, rest: Sequence[str], between: str, pairs: Iterable[tuple[str, str]] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the numbers of the first and of the second cell of every comparison."""
        groups: dict[tuple[object, ...], dict[object, int]] = {}
        others = [self.cells[key].tolist() for key in rest]
        for i, value in enumerate(self.cells[between].tolist()):
            groups.setdefault(tuple(column[i] for column in others), {})[value] = i
        wanted = None if pairs is None else list(pairs)
        found = [
            (place[a], place[b])
            for place in groups.values()
            for a, b in (itertools.combinations(place, 2) if wanted is None else wanted)
            if a in place and b in place
        ]
        table = np.array(found, dtype=np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]


class _Spread:
    """How much differences vary: bootstrap variances, made fair for small samples.

    A bootstrap variance is too small by (n - 1) / n. Where a pair shares its articles, the
    variance of the difference comes from the joint replicates.
    """

    def __init__(self, one: Floats, two: Floats, n: NDArray[np.int64]) -> None:
        self.n = n
        biased = np.stack([_variance(one), _variance(two)])
        with np.errstate(divide="ignore", invalid="ignore"):
            self.sides = biased * np.where(n > 1, n / (n - 1), np.nan)
        total = self.sides.sum(axis=0)
        gap = _variance(one - two)
        self.error = np.sqrt(gap * divide(total, biased.sum(axis=0)))
        below = (self.sides**2 / np.maximum(n - 1, 1)).sum(axis=0)
        self.df = np.where(below > 0, divide(total**2, below), 1.0)
        self.tails = np.full(n.shape[1], (1 - LEVEL) / 2)
        enough = (n.min(axis=0, initial=FEW) >= FEW) & (gap > 0)
        reach = special.stdtrit(self.df[enough], (1 + LEVEL) / 2)
        self.tails[enough] = special.ndtr(-reach * self.error[enough] / np.sqrt(gap[enough]))

    def p_values(self, difference: Floats) -> Floats:
        """Return two-sided p-values, NaN where a side has too few articles."""
        p = 2 * special.stdtr(self.df, -np.abs(divide(difference, self.error)))
        p = np.where(self.error == 0, np.where(difference == 0, 1.0, 0.0), p)
        return np.where(self.n.min(axis=0, initial=FEW) < FEW, np.nan, p)

    @property
    def deviations(self) -> Floats:
        """The standard deviation between articles, of both sides together."""
        return np.asarray(np.sqrt((self.sides * self.n).mean(axis=0)))


def control_false_discovery(table: pd.DataFrame) -> pd.DataFrame:
    """Fill the column ``q`` from ``p`` (Benjamini and Hochberg 1995), NULL where p is NULL.

    To control several grids that one page shows together, put them under each other first.
    """
    table = table.copy()
    p = table["p"].to_numpy(dtype=np.float64)
    known = ~np.isnan(p)
    q = np.full(len(table), np.nan)
    if known.any():
        q[known] = _adjusted(p[known])
    table["q"] = q
    return table


def side_by_side(parts: Mapping[str, pd.DataFrame], keys: Sequence[str]) -> pd.DataFrame:
    """Put the estimates of several measures of the same cells beside each other.

    Args:
        parts: tables as from `Estimates`, by the name of what they measure.
        keys: their key columns.

    Returns:
        The keys; for each part its estimate, and under its name with ``_low`` and ``_high``
        the interval; ``articles, mentions`` of the first part.
    """
    cells = {
        name: list(zip(*(table[key].tolist() for key in keys), strict=True))
        for name, table in parts.items()
    }
    rows = list(dict.fromkeys(cell for found in cells.values() for cell in found))
    columns = {key: [cell[i] for cell in rows] for i, key in enumerate(keys)}
    names = {
        f"{name}{end}": (name, column)
        for name in parts
        for column, end in (("estimate", ""), ("low", "_low"), ("high", "_high"))
    }
    names |= {column: (next(iter(parts)), column) for column in ("articles", "mentions")}
    for name, (part, column) in names.items():
        values = dict(zip(cells[part], parts[part][column].tolist(), strict=True))
        columns[name] = [values.get(cell, np.nan) for cell in rows]
    return pd.DataFrame(columns)


def _adjusted(p: Floats) -> Floats:
    """Return p-values after Benjamini and Hochberg (1995): the least rate at which each counts.

    As `scipy.stats.false_discovery_control`, without the memory that importing it takes.
    """
    order = np.argsort(-p)
    ranks = np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum.accumulate(p[order] * len(p) / ranks)
    return np.clip(adjusted, 0, 1)


def largest(differences: pd.DataFrame, count: int = 5, level: float = 0.05) -> pd.DataFrame:
    """Return the differences that stand out most: first those that count, then the others.

    Args:
        differences: as from `Estimates.differences`. Where a column ``measure`` names several,
            each gives its top ones in turn, in the order in which they come: they are on
            different scales.
        count: at most so many rows.
        level: false-discovery rate below which a difference counts.

    Returns:
        The rows by falling size, with a further column ``counts`` (True where q is below
        ``level``): where it is False, the difference only describes these articles. Those of
        five articles or more on both sides come before others; differences of nothing are left
        out.
    """
    gap = differences["difference"].abs().to_numpy()
    counts = differences["q"].to_numpy() < level
    few = differences["articles"].to_numpy() < FEW
    order = [i for i in np.lexsort((-gap, few, ~counts)).tolist() if gap[i] > 0]
    if "measure" in differences:
        order = _in_turn(order, differences["measure"].tolist())
    found = differences.iloc[order[:count]].reset_index(drop=True)
    return found.assign(counts=counts[order[:count]])


def _in_turn(order: Sequence[int], measures: Sequence[str]) -> list[int]:
    """Return rows so that the first of every measure comes first, then the second, and so on."""
    places = {measure: i for i, measure in enumerate(dict.fromkeys(measures))}
    seen: dict[str, int] = {}
    turns = []
    for row in order:
        measure = measures[row]
        seen[measure] = seen.get(measure, 0) + 1
        turns.append((seen[measure], places[measure], row))
    return [row for _, _, row in sorted(turns)]


def _variance(draws: Floats) -> Floats:
    known = ~np.isnan(draws)
    count = known.sum(axis=0)
    filled = np.where(known, draws, 0)
    mean = divide(filled.sum(axis=0), count)
    return divide((np.where(known, draws - mean, 0) ** 2).sum(axis=0), count)


def _notes(articles: NDArray[np.int64]) -> pd.Series:
    few = ["no article", "one article: no interval"]
    few += [f"{n} articles: descriptive" for n in range(2, FEW)]
    return pd.Series([few[n] if n < FEW else "" for n in articles.tolist()], dtype="str")


def _effects(
    first: Floats, second: Floats, bounds: tuple[float, float], spread: _Spread
) -> tuple[Floats, str]:
    if bounds == (0, 1):
        one, two = (2 * np.arcsin(np.sqrt(np.clip(x, 0, 1))) for x in (first, second))
        return one - two, "Cohen's h"
    return divide(first - second, spread.deviations), "standardised difference"
