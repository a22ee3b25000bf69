"""What is estimated: means and shares over mentions, and shares of an outlet's total."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kzdash.measures.estimates import Estimates
from kzdash.measures.layout import Batch, Layout
from kzdash.measures.resampling import (
    REPLICATES,
    Floats,
    divide,
    exact_ratios,
    noisy_ratios,
    product,
    ratios,
    weights,
)
from kzdash.schema import KINDS, ROLES

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
    "stance": Measure(
        (("positive", 1.0), ("negative", -1.0)), "n", (-1, 1), "stance_var", (-1, 0, 1)
    ),
    "negative": Measure((("negative", 1.0),), "n", (0, 1), "negative_var", (1, 0, 0)),
    "neutral": Measure((("neutral", 1.0),), "n", (0, 1), "neutral_var", (0, 1, 0)),
    "positive": Measure((("positive", 1.0),), "n", (0, 1), "positive_var", (0, 0, 1)),
    "sentiment": Measure((("sentiment", 1.0),), "sentiment_n", (-1, 1)),
    **{name: _share(name) for name in (*ROLES, *KINDS, "quoted")},
}
"""What a frame of mention units can be summed up to. `stance` is the mean of p_positive -
p_negative (-1..1); `negative`, `neutral` and `positive` are expected shares of labels among
mentions with a stance (0..1); `sentiment` is the mean VADER score (-1..1); the others are
shares of all mentions (0..1)."""


def family(measure: str) -> str:
    """Return which sums of mentions a measure needs: a key of `kzdash.store.FAMILIES`."""
    return {"n": "stance", "sentiment_n": "sentiment"}.get(MEASURES[measure].denominator, "counts")


def means(
    units: pd.DataFrame,
    by: Sequence[str] = ("outlet", "actor"),
    measure: str = "stance",
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
        measures of stance). Beside mean stance stands ``neutral``, the expected share of neutral
        mentions (0..1).
    """
    chosen = MEASURES[measure]
    rows = units[units[chosen.denominator].to_numpy() > 0]
    layout = Layout(rows, by, [key for key in by if key != paired], "outlet")
    columns = _Columns(rows, chosen)
    cells = layout.keys.copy()
    cells["estimate"] = divide(layout.sum(columns.numerator), layout.sum(columns.denominator))
    cells["articles"] = layout.articles(rows["articles"].to_numpy(dtype=np.int64))
    cells["mentions"] = layout.sum(columns.denominator).astype(np.int64)
    if measure == "stance":
        cells["neutral"] = divide(
            layout.sum(_floats(rows, "neutral")), layout.sum(columns.denominator)
        )
    draws = np.full((REPLICATES, len(layout)), np.nan)
    single = layout.sum((rows[chosen.denominator].to_numpy() != 1).astype(np.float64)) == 0
    small = cells["mentions"].to_numpy() <= EXACT_CELL
    exact = single & small & (chosen.labels is not None)
    worth = cells["articles"].to_numpy() > 1
    for batch in layout.batches(exact & worth):
        draws[:, batch.cells] = columns.draw_labels(batch)
    for batch in layout.batches(~exact & worth):
        draws[:, batch.cells] = columns.draw_sums(batch)
    return Estimates(cells, tuple(by), draws, chosen.bounds)


def shares(
    units: pd.DataFrame,
    item: str = "actor",
    within: Sequence[str] = ("outlet",),
    *,
    every: bool = False,
) -> Estimates:
    """Estimate what share each item has of its outlet's total.

    Args:
        units: as from `Store.attention_units` (item `actor`), `Store.frame_units` (`frame`) or
            `Store.speaker_units` (`speaker`): rows without an item hold the totals.
        item: the key column that shares out the total.
        within: the other key columns, `outlet` among them.
        every: whether an outlet also gets the items that it has not, as 0.

    Returns:
        Estimates with the keys ``within`` and the item; ``mentions`` is the item's count,
        ``articles`` how many articles it is counted in, and two further columns say out of
        how much: ``of`` (the total count) and ``of_articles``, the articles that are resampled.
    """
    if every:
        units = _completed(units, item, within)
    keys = (*within, item)
    # Totals come into the layout as an item of their own, so that they share its units.
    layout = Layout(units, keys, within, "outlet")
    count = units["count"].to_numpy(dtype=np.float64)
    articles = np.bincount(layout.cell, units["articles"].to_numpy(), len(layout))
    total = layout.keys[item].isna().to_numpy()
    base = np.zeros(int(layout.group.max(initial=-1)) + 1, dtype=np.int64)
    base[layout.group[total]] = np.nonzero(total)[0]
    own, sums = base[layout.group], layout.sum(count)
    cells = layout.keys.copy()
    cells["estimate"] = divide(sums, sums[own])
    cells["articles"] = articles.astype(np.int64)
    cells["mentions"] = sums.astype(np.int64)
    cells["of"] = sums[own].astype(np.int64)
    cells["of_articles"] = articles[own].astype(np.int64)
    draws = np.full((REPLICATES, len(layout)), np.nan)
    for batch in layout.batches(np.ones(len(layout), dtype=bool)):
        drawn = product(weights(batch.units, batch.stream), batch.sums(count))
        place = np.zeros(len(layout), dtype=np.int64)
        place[batch.cells] = np.arange(len(batch.cells))
        draws[:, batch.cells] = divide(drawn, drawn[:, place[own[batch.cells]]])
    kept = cells[~total].reset_index(drop=True)
    return Estimates(kept, keys, draws[:, ~total], (0, 1), "of_articles")


def _completed(units: pd.DataFrame, item: str, within: Sequence[str]) -> pd.DataFrame:
    """Return a units frame with a row of nothing for every item that an outlet has not."""
    totals = units[units[item].isna()].drop_duplicates(list(within))
    items = units[[item]].dropna().drop_duplicates()
    grid = totals.drop(columns=item).merge(items, how="cross").assign(articles=0, count=0)
    known = pd.MultiIndex.from_frame(units[[*within, item]])
    absent = ~pd.MultiIndex.from_frame(grid[[*within, item]]).isin(known)
    return pd.concat([units, grid.loc[absent, units.columns]], ignore_index=True)


class _Columns:
    """The columns of a units frame that a measure needs."""

    def __init__(self, rows: pd.DataFrame, measure: Measure) -> None:
        self.measure = measure
        self.numerator = sum(
            (sign * _floats(rows, column) for column, sign in measure.numerator),
            start=np.zeros(len(rows)),
        )
        self.denominator = _floats(rows, measure.denominator)
        self.variance = _floats(rows, measure.variance) if measure.variance else None
        if measure.labels:
            self.negative, self.positive = _floats(rows, "negative"), _floats(rows, "positive")

    def draw_sums(self, batch: Batch) -> Floats:
        """Return the replicates of a batch's cells."""
        drawn = weights(batch.units, batch.stream)
        above, below = batch.sums(self.numerator), batch.sums(self.denominator)
        if self.variance is None:
            return ratios(drawn, above, below)
        spread = batch.sums(self.variance)
        return noisy_ratios(drawn, above, below, spread, self.measure.bounds, batch.stream)

    def draw_labels(self, batch: Batch) -> Floats:
        """Return the replicates of a batch's cells, every label drawn."""
        drawn = weights(batch.units, batch.stream)
        found = np.empty((len(drawn), len(batch.cells)))
        for i in range(len(batch.cells)):
            here = batch.place == i
            rows = batch.rows[here]
            found[:, i] = exact_ratios(
                drawn,
                batch.unit[here],
                self.negative[rows],
                self.positive[rows],
                self.measure.labels or (0, 0, 0),
                batch.stream,
            )
        return found


def _floats(rows: pd.DataFrame, column: str) -> Floats:
    return np.asarray(np.nan_to_num(rows[column].to_numpy(dtype=np.float64, na_value=np.nan)))
