"""Findings in words, made from the numbers of a table."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pandas as pd

from kzdash import measures
from kzdash.charts import theme
from kzdash.ui.page import View
from kzdash.ui.text import escaped

Name = Callable[[str], str]
T = TypeVar("T")


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
    first, second = own[row.first], own[row.second]
    bounds = size(row)
    high, low = view.outlet(row.first), view.outlet(row.second)
    if row.difference < 0:
        first, second, high, low = second, first, low, high
    actor, more, less = escaped(view.actor(row.actor)), escaped(high), escaped(low)
    if row.measure == "attention":
        one, other, gap = shares_apart(first, second, bounds)
        text = (
            f"<b>{actor}</b> gets {one} of the mentions in <b>{more}</b>, {other} in "
            f"<b>{less}</b>: {gap}"
        )
    else:
        one, other, gap = means_apart(first, second, bounds)
        text = (
            f"<b>{actor}</b> is presented more favourably in <b>{more}</b> ({one}) than in "
            f"<b>{less}</b> ({other}): {gap}"
        )
    return f"{text}. {certainty(row)}"


Bounds = tuple[float, float]


def shares_apart(high: float, low: float, bounds: Bounds) -> tuple[str, str, str]:
    """Return two shares (0..1) and their difference with its interval, all rounded alike."""
    digits = 1 if 100 * (high - low) < 10 else 0
    gap = round(100 * high, digits) - round(100 * low, digits)
    points = f"{gap:.1f} points" if digits else theme.count(gap, "point")
    spread = theme.interval(*bounds, lambda v: theme.signed(100 * (v or 0), digits))
    low_text = theme.percent(low, digits if low else 0)
    return theme.percent(high, digits), low_text, f"{points} more; {spread}"


def means_apart(high: float, low: float, bounds: Bounds) -> tuple[str, str, str]:
    """Return two means (-1..1) and their difference with its interval, all rounded alike."""
    gap = round(high, 2) - round(low, 2)
    spread = theme.interval(*bounds)
    return theme.signed(high), theme.signed(low), f"difference {abs(gap):.2f}; {spread}"


def size(row: Any) -> Bounds:
    """Return the interval of a difference taken as positive."""
    return (-row.high, -row.low) if row.difference < 0 else (row.low, row.high)


def between(gaps: Iterable[Any], one: str, other: str) -> Any:
    """Return the difference of two values, in whichever order; None where there is none."""
    return next((row for row in gaps if {row.first, row.second} == {one, other}), None)


def certainty(row: Any) -> str:
    """Return in words what a difference's false-discovery rate allows to say."""
    if row.articles < theme.FEW:
        return f"Descriptive: {theme.count(row.articles, 'article')} on the smaller side."
    if row.q < 0.05:
        return f"Unlikely to be chance ({theme.rate(row.q)})."
    return f"May be chance ({theme.rate(row.q)})."


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
        f"<b>{escaped(name(getattr(row, key)))}</b> in <b>{escaped(view.outlet(row.outlet))}</b>"
        f"{_voice(row)} ({theme.signed(row.estimate)})"
        for row in (top, bottom)
    ]
    tail = "" if solid else " Descriptive: fewer than five articles each."
    if top is bottom:
        return f"Only one value: {said[0]}.{tail}"
    return f"Highest: {said[0]}. Lowest: {said[1]}.{tail}"


def _voice(row: Any) -> str:
    voice = getattr(row, "voice", None)
    return f", {theme.VOICE_NAMES[voice]}" if voice else ""


_LEADERS = 3
"""At most so many share a first place; more, or all that there are, do not stand out."""


def leaders(rows: Sequence[T], weight: Callable[[T], float]) -> list[T]:
    """Return the rows that weigh most: several where they tie."""
    best = max(weight(row) for row in rows)
    return [row for row in rows if weight(row) == best]


def leading(names: Sequence[str], of: int) -> str:
    """Return in words who share the first place; empty where that tells nobody from the rest.

    Args:
        names: those who do, as HTML.
        of: how many there are in all.
    """
    if len(names) > _LEADERS or len(names) == of > 1:
        return ""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
