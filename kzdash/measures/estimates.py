"""Estimates with intervals, and the differences between them.

Every estimate comes as a row with the columns of `COLUMNS`. What is resampled are articles;
the classifier's uncertainty is part of the intervals of stance.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from kzdash.measures.resampling import (
    FEW,
    LEVEL,
    REPLICATES,
    Floats,
    exact_ratios,
    interval,
    noisy_ratios,
    ratios,
    tails,
    weights,
)

COLUMNS = ("estimate", "low", "high", "articles", "mentions", "descriptive", "note")
"""``low`` and ``high`` bound the 95 % interval, NULL with one article; ``articles`` and
``mentions`` say how many are behind the estimate; ``descriptive`` where the articles are
fewer than five; ``note`` says so in words, else it is empty."""

DIFFERENCES = ("difference", "low", "high", "p", "q", "effect", "effect_name",
               "articles_first", "articles_second", "articles", "mentions", "descriptive",
               "note")  # fmt: skip

EXACT_CELL = 400
"""Cells of at most so many mentions, given mention by mention, have every label drawn."""


@dataclass(frozen=True)
class Measure:
    """A ratio of sums of a units frame.

    ``numerator`` adds columns, with a sign each; ``variance`` names the column with the
    variance of drawn labels; ``labels`` says what a negative, neutral and positive label
    count; ``bounds`` are the least and largest value of the estimate.
    """

    numerator: tuple[tuple[str, float], ...]
    denominator: str
    bounds: tuple[float, float]
    variance: str | None = None
    labels: tuple[float, float, float] | None = None


def _share(column: str) -> Measure:
    return Measure(((column, 1.0),), "mentions", (0, 1))


MEASURES = {
    "stance": Measure((("positive", 1.0), ("negative", -1.0)), "n", (-1, 1), "stance_var",
                      (-1, 0, 1)),
    "negative": Measure((("negative", 1.0),), "n", (0, 1), "negative_var", (1, 0, 0)),
    "neutral": Measure((("neutral", 1.0),), "n", (0, 1), "neutral_var", (0, 1, 0)),
    "positive": Measure((("positive", 1.0),), "n", (0, 1), "positive_var", (0, 0, 1)),
    "sentiment": Measure((("sentiment", 1.0),), "sentiment_n", (-1, 1)),
    **{name: _share(name) for name in ("agent", "patient", "other", "name", "metonym", "title",
                                       "pronoun", "quoted")},
}  # fmt: skip
"""What a frame of mention units can be summed up to. `stance` is the mean of p_positive -
p_negative (-1..1); `negative`, `neutral` and `positive` are expected shares of labels among
mentions with a stance (0..1); `sentiment` is the mean VADER score (-1..1); the others are
shares of all mentions (0..1)."""


@dataclass(frozen=True)
class Estimates:
    """Estimates of several cells, with the replicates that their intervals come from.

    Attributes:
        cells: the cells' keys, then estimate, articles, mentions.
        keys: names of the key columns.
        draws: replicates x cells.
        bounds: the least and largest value an estimate can take.
    """

    cells: pd.DataFrame
    keys: tuple[str, ...]
    draws: Floats
    bounds: tuple[float, float]

    @property
    def table(self) -> pd.DataFrame:
        """The keys and `COLUMNS`, a row for each cell."""
        table = self.cells.copy()
        bounds = [
            interval(self.draws[:, i], tails(n)) if n > 1 else (math.nan, math.nan)
            for i, n in enumerate(table["articles"])
        ]
        table["low"] = pd.Series([low for low, _ in bounds], dtype="float64", index=table.index)
        table["high"] = pd.Series([high for _, high in bounds], dtype="float64", index=table.index)
        table["descriptive"] = table["articles"] < FEW
        table["note"] = pd.Series(
            [_note(n) for n in table["articles"]], dtype="str", index=table.index
        )
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
            between articles; ``articles`` (of the smaller side), ``mentions`` (of both).
        """
        rest = [key for key in self.keys if key != between]
        rows = []
        for key, group in _grouped(self.cells, rest):
            place = dict(zip(group[between], group.index, strict=True))
            wanted = itertools.combinations(place, 2) if pairs is None else pairs
            for first, second in wanted:
                if first in place and second in place:
                    row = self._difference(place[first], place[second])
                    rows.append({**key, "first": first, "second": second, **row})
        table = pd.DataFrame(rows, columns=[*rest, "first", "second", *DIFFERENCES])
        return control_false_discovery(table)

    def _difference(self, first: int, second: int) -> dict[str, Any]:
        one, two = self.cells.loc[first], self.cells.loc[second]
        n = np.array([one["articles"], two["articles"]])
        draws = self.draws[:, [first, second]]
        draws = draws[~np.isnan(draws).any(axis=1)]
        row: dict[str, Any] = {
            "difference": one["estimate"] - two["estimate"],
            "articles_first": int(n[0]), "articles_second": int(n[1]), "articles": int(n.min()),
            "mentions": int(one["mentions"] + two["mentions"]),
            "descriptive": bool(n.min() < FEW), "note": _note(int(n.min())),
            "low": math.nan, "high": math.nan, "p": math.nan, "q": math.nan,
        }  # fmt: skip
        gap = draws[:, 0] - draws[:, 1]
        if n.min() < 2 or not len(gap):
            return row | _effect(one["estimate"], two["estimate"], self.bounds, None)
        spread = draws.var(axis=0)
        # A bootstrap variance is too small by (n - 1) / n.
        fair = spread * n / (n - 1)
        error = math.sqrt(gap.var() * (fair.sum() / spread.sum() if spread.sum() else 1))
        df = fair.sum() ** 2 / (fair**2 / (n - 1)).sum() if fair.sum() else 1.0
        tail = (1 - LEVEL) / 2
        if n.min() >= FEW and gap.std() > 0:
            tail = float(stats.norm.cdf(-stats.t.ppf((1 + LEVEL) / 2, df) * error / gap.std()))
        row["low"], row["high"] = interval(gap, tail)
        if n.min() >= FEW:
            row["p"] = _p_value(row["difference"], error, df)
        return row | _effect(one["estimate"], two["estimate"], self.bounds, fair * n)


def means(
    units: pd.DataFrame, by: Sequence[str] = ("outlet", "actor"), measure: str = "stance",
    paired: str | None = None,
) -> Estimates:
    """Estimate a measure for each cell of a units frame.

    Args:
        units: as from `Store.mention_units`, with the same ``by``.
        by: key columns.
        measure: a key of `MEASURES`.
        paired: a key column whose values share their articles (`voice`): cells that differ in
            it alone are resampled together, so that their difference is one within articles.

    Returns:
        Estimates; ``articles`` and ``mentions`` count those with a value (a stance, for the
        measures of stance).
    """  # fmt: skip
    chosen = MEASURES[measure]
    rows = units[units[chosen.denominator] > 0].reset_index(drop=True)
    within = [key for key in by if key != paired]
    stream = rows["outlet"].astype("str") if "outlet" in by else pd.Series("", index=rows.index)
    cells, parts = [], []
    for key, group in _grouped(rows, within):
        place, labels = pd.factorize(group["unit"])
        inner = _grouped(group.assign(_place=place), [paired] if paired else [])
        jobs = [(key | more, part) for more, part in inner]
        parts.append(_Part(stream[group.index[0]] if len(group) else "", len(labels),
                           [part for _, part in jobs], chosen))  # fmt: skip
        cells += [{**k, **_summary(part, chosen)} for k, part in jobs]
    names = [*by, "estimate", "articles", "mentions"]
    table = pd.DataFrame(cells, columns=names)
    return Estimates(table, tuple(by), _draws(parts), chosen.bounds)


def shares(
    units: pd.DataFrame, item: str = "actor", within: Sequence[str] = ("outlet",)
) -> Estimates:
    """Estimate what share each item has of its outlet's total.

    Args:
        units: as from `Store.attention_units` (item `actor`), `Store.frame_units` (`frame`) or
            `Store.speaker_units` (`speaker`): rows without an item hold the totals.
        item: the key column that shares out the total.
        within: the other key columns.

    Returns:
        Estimates with the keys ``within`` and the item; ``mentions`` is the item's count,
        ``articles`` how many articles it is counted in, and two further columns say out of
        how much: ``of`` (the total count) and ``of_articles``.
    """
    keys = (*within, item)
    cells, draws = [], [np.zeros((REPLICATES, 0))]
    for key, group in _grouped(units, list(within)):
        total = group[group[item].isna()]
        counted = group[group[item].notna()]
        place = pd.Series(range(len(total)), index=total["unit"])
        items, names = pd.factorize(counted[item], sort=True)
        table = np.zeros((len(total), len(names)))
        np.add.at(table, (place[counted["unit"]].to_numpy(), items), counted["count"])
        below = total["count"].to_numpy(dtype=np.float64)[:, None]
        articles = np.bincount(items, counted["articles"], len(names))
        drawn = weights(max(len(total), 1), "/".join(map(str, key.values())))
        draws.append(ratios(drawn, table, below) if len(total) else draws[0])
        for i, name in enumerate(names):
            count = table[:, i].sum()
            cells.append({**key, item: name, "estimate": count / below.sum(),
                          "articles": int(articles[i]), "mentions": int(count),
                          "of": int(below.sum()),
                          "of_articles": int(total["articles"].sum())})  # fmt: skip
    columns = [*keys, "estimate", "articles", "mentions", "of", "of_articles"]
    return Estimates(pd.DataFrame(cells, columns=columns), keys, np.hstack(draws), (0, 1))


def control_false_discovery(table: pd.DataFrame) -> pd.DataFrame:
    """Fill the column ``q`` from ``p`` (Benjamini and Hochberg 1995), NULL where p is NULL.

    To control several grids that one page shows together, put them under each other first.
    """
    table = table.copy()
    table["p"] = table["p"].astype("float64")
    known = table["p"].notna().to_numpy()
    q = np.full(len(table), np.nan)
    if known.any():
        q[known] = stats.false_discovery_control(table["p"].to_numpy()[known])
    table["q"] = q
    return table


def largest(differences: pd.DataFrame, count: int = 5, level: float = 0.05) -> pd.DataFrame:
    """Return the differences that stand out most: first those that count, then the others.

    Args:
        differences: as from `Estimates.differences`.
        count: at most so many rows.
        level: false-discovery rate below which a difference counts.

    Returns:
        The rows by falling size of effect, with a further column ``counts`` (True where q is
        below ``level``): where it is False, the difference only describes these articles.
        Differences of nothing are left out.
    """
    table = differences[differences["effect"].abs() > 0].copy()
    table["counts"] = table["q"] < level
    order = table.assign(size=table["effect"].abs(), backed=table["articles"] >= 2)
    order = order.sort_values(["counts", "backed", "size"], ascending=False, kind="stable")
    return table.loc[order.index[:count]].reset_index(drop=True)


@dataclass(frozen=True)
class _Part:
    """Cells that are resampled together."""

    stream: str
    units: int
    cells: list[pd.DataFrame]
    measure: Measure

    @property
    def exact(self) -> bool:
        """Whether every label is to be drawn."""
        if self.measure.labels is None:
            return False
        return all(len(c) <= EXACT_CELL and bool((c["n"] == 1).all()) for c in self.cells)

    def sums(self, column: str) -> Floats:
        """Return a column's sums: units x cells."""
        table = np.zeros((self.units, len(self.cells)))
        for i, cell in enumerate(self.cells):
            values = cell[column].to_numpy(dtype=np.float64)
            table[:, i] = np.bincount(cell["_place"], values, self.units)
        return table

    def numerator(self) -> Floats:
        """Return the numerator's sums: units x cells."""
        parts = [sign * self.sums(column) for column, sign in self.measure.numerator]
        return np.sum(parts, axis=0)


def _draws(parts: list[_Part]) -> Floats:
    """Return replicates x cells, in the order of the parts; like parts are done at once."""
    draws: dict[int, Floats] = {}
    alike: dict[tuple[str, int], list[int]] = {}
    for i, part in enumerate(parts):
        if part.exact:
            draws[i] = _exact(part)
        else:
            alike.setdefault((part.stream, part.units), []).append(i)
    for (stream, units), members in alike.items():
        chosen = [parts[i] for i in members]
        measure = chosen[0].measure
        drawn = weights(units, stream)
        above = np.hstack([part.numerator() for part in chosen])
        below = np.hstack([part.sums(measure.denominator) for part in chosen])
        if measure.variance is None:
            found = ratios(drawn, above, below)
        else:
            spread = np.hstack([part.sums(measure.variance) for part in chosen])
            found = noisy_ratios(drawn, above, below, spread, measure.bounds, stream)
        ends = np.cumsum([len(part.cells) for part in chosen])[:-1]
        draws.update(zip(members, np.split(found, ends, axis=1), strict=True))
    return np.hstack([np.zeros((REPLICATES, 0)), *(draws[i] for i in range(len(parts)))])


def _exact(part: _Part) -> Floats:
    drawn = weights(part.units, part.stream)
    labels = part.measure.labels or (0, 0, 0)
    return np.stack(
        [
            exact_ratios(
                drawn, cell["_place"].to_numpy(), cell["negative"].to_numpy(dtype=np.float64),
                cell["positive"].to_numpy(dtype=np.float64), labels, f"{part.stream}/{i}",
            )
            for i, cell in enumerate(part.cells)
        ],
        axis=1,
    )  # fmt: skip


def _summary(cell: pd.DataFrame, measure: Measure) -> dict[str, Any]:
    above = sum(sign * cell[column].sum() for column, sign in measure.numerator)
    below = cell[measure.denominator].sum()
    articles = cell.drop_duplicates("unit")["articles"].sum()
    return {"estimate": float(above / below), "articles": int(articles), "mentions": int(below)}


def _grouped(
    frame: pd.DataFrame, keys: Sequence[str]
) -> list[tuple[dict[str, Any], pd.DataFrame]]:
    """Return a frame's groups in order, each with its keys; the whole frame without keys."""
    if not keys:
        return [({}, frame)] if len(frame) else []
    groups = frame.groupby(list(keys), dropna=False, sort=True)
    return [(dict(zip(keys, key, strict=True)), group) for key, group in groups]


def _note(articles: int) -> str:
    if articles < 2:
        return "one article: no interval"
    return f"{articles} articles: descriptive" if articles < FEW else ""


def _p_value(difference: float, error: float, df: float) -> float:
    if error == 0:
        return 1.0 if difference == 0 else 0.0
    return float(2 * stats.t.sf(abs(difference) / error, df))


def _effect(
    first: float, second: float, bounds: tuple[float, float], variances: Floats | None
) -> dict[str, Any]:
    if bounds == (0, 1):
        one, two = (2 * math.asin(math.sqrt(min(max(x, 0), 1))) for x in (first, second))
        return {"effect": one - two, "effect_name": "Cohen's h"}
    deviation = math.nan if variances is None else math.sqrt(variances.mean())
    effect = (first - second) / deviation if deviation > 0 else math.nan
    return {"effect": effect, "effect_name": "standardised difference"}
