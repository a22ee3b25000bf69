"""Findings in words, made from the numbers of a table."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from kzdash import measures
from kzdash.charts import theme
from kzdash.ui.page import View
from kzdash.ui.text import escaped

Name = Callable[[str], str]


def largest_differences(
    view: View, stance: pd.DataFrame, attention: pd.DataFrame, count: int = 4
) -> pd.DataFrame:
    """Return the differences that stand out most, of stance and of attention together.

    The false-discovery rate is controlled over both grids at once.

    Args:
        view: the page's view.
        stance: as from `kzdash.measures`, with ``actor``.
        attention: likewise.
        count: at most so many.
    """
    both = [t.assign(measure=n) for n, t in (("stance", stance), ("attention", attention))]
    together = pd.concat([t for t in both if not t.empty] or both[:1], ignore_index=True)
    if together.empty:
        return together
    return measures.largest(measures.control_false_discovery(together), count)


def difference(view: View, row: Any, values: Sequence[Any]) -> str:
    """Return one difference in words, as HTML.

    Args:
        view: the page's view.
        row: ``measure, actor, first, second, difference, low, high, articles, counts``.
        values: rows with the estimates of that measure: ``outlet, actor, estimate``.
    """
    own = {r.outlet: r.estimate for r in values if r.actor == row.actor}
    high, low = row.first, row.second
    gap, bounds = row.difference, (row.low, row.high)
    if gap < 0:
        high, low, gap, bounds = low, high, -gap, (-row.high, -row.low)
    actor, more, less = escaped(view.actor(row.actor)), view.outlet(high), view.outlet(low)
    if row.measure == "attention":
        text = (
            f"<b>{actor}</b> gets {theme.percent(own[high])} of the mentions in "
            f"<b>{escaped(more)}</b>, {theme.percent(own[low])} in <b>{escaped(less)}</b>"
        )
        spread = theme.interval(*bounds, lambda v: f"{theme.signed(100 * (v or 0), 0)}")
        size = f"{100 * gap:.0f} points more; {spread}"
    else:
        text = (
            f"<b>{actor}</b> is presented more favourably in <b>{escaped(more)}</b> "
            f"({theme.signed(own[high])}) than in <b>{escaped(less)}</b> "
            f"({theme.signed(own[low])})"
        )
        size = f"difference {gap:.2f}; {theme.interval(*bounds)}"
    return f"{text}: {size}. {certainty(row)}"


def certainty(row: Any) -> str:
    """Return in words what a difference's false-discovery rate allows to say."""
    if row.articles < theme.FEW:
        return f"Descriptive: {theme.count(row.articles, 'article')} on the smaller side."
    if row.counts:
        return f"Unlikely to be chance (q = {row.q:.3f})."
    return f"May be chance (q = {row.q:.2f})."


def extremes(view: View, table: pd.DataFrame, name: Name, key: str) -> str:
    """Return the highest and the lowest estimate of a table in words, as HTML.

    Cells of five articles or more go first; where there are none, the sentence says so.
    """
    known = theme.known(theme.rows(table))
    solid = [row for row in known if row.articles >= theme.FEW]
    if not known:
        return "Nothing here could be scored."
    top = max(solid or known, key=lambda row: row.estimate)
    bottom = min(solid or known, key=lambda row: row.estimate)
    said = [
        f"<b>{escaped(name(getattr(row, key)))}</b> in <b>{escaped(view.outlet(row.outlet))}</b> "
        f"({theme.signed(row.estimate)})"
        for row in (top, bottom)
    ]
    tail = "" if solid else " Descriptive: fewer than five articles each."
    if top is bottom:
        return f"Only one value: {said[0]}.{tail}"
    return f"Highest: {said[0]}. Lowest: {said[1]}.{tail}"
