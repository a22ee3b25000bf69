"""Findings in words, made from the numbers of a table."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from kzdash import measures
from kzdash.charts import theme
from kzdash.ui.page import View
from kzdash.ui.text import escaped

Name = Callable[[str], str]
T = TypeVar("T")


Found = tuple[pd.DataFrame, pd.DataFrame]
"""Estimates, and their differences between outlets."""

ENOUGH = 5
"""Fewer mentions than this do not make a headline where others have as many."""


def largest_differences(
    view: View, stance: Found, attention: Found, count: int = 4
) -> pd.DataFrame:
    """Return the differences that stand out most, of stance and of attention together.

    The false-discovery rate is controlled over both grids at once. Means of fewer than `ENOUGH`
    mentions come only where there are no others, and an actor comes again only where no other
    differs nearly as much.

    Args:
        view: the page's view.
        stance: means as from `kzdash.measures`, with ``actor``.
        attention: likewise, shares.
        count: at most so many.
    """
    both = [t.assign(measure=n) for n, (_, t) in (("stance", stance), ("attention", attention))]
    together = pd.concat([t for t in both if not t.empty] or both[:1], ignore_index=True)
    if together.empty:
        return together
    tested = measures.control_false_discovery(together)
    thin = _thin(stance[0], tested)
    if any(thin) and not all(thin):
        tested = tested.iloc[[i for i, few in enumerate(thin) if not few]]
    found = measures.largest(tested, _READ * count)
    columns = found[["measure", "actor", "difference", "low", "counts"]]
    return found.iloc[_varied(theme.rows(columns), count)].reset_index(drop=True)


_READ = 8
"""So many times as many differences as are told are looked through for other actors."""


def _thin(means: pd.DataFrame, gaps: pd.DataFrame) -> list[bool]:
    """Return of each difference whether it is one of means, and one of few mentions."""
    sizes = zip(means["outlet"], means["actor"], means["mentions"], strict=True)
    few = {(outlet, actor) for outlet, actor, mentions in sizes if mentions < ENOUGH}
    columns = (gaps[c].tolist() for c in ("measure", "actor", "first", "second"))
    return [
        measure == "stance" and ((first, actor) in few or (second, actor) in few)
        for measure, actor, first, second in zip(*columns, strict=True)
    ]


def _varied(rows: Sequence[Any], count: int) -> list[int]:
    """Return the places of so many rows, in order, other actors before one named already."""
    left, found, named = list(range(len(rows))), list[int](), set[str]()
    while left and len(found) < count:
        head = rows[left[0]]
        others = (i for i in left if rows[i].actor not in named and _as_large(rows[i], head))
        place = next(others, left[0]) if head.actor in named else left[0]
        left.remove(place)
        found.append(place)
        named.add(rows[place].actor)
    return found


def _as_large(row: Any, other: Any) -> bool:
    """Return whether a difference is of the same kind as another and nearly as large."""
    alike = (row.measure, row.counts, pd.isna(row.low)) == (
        other.measure, other.counts, pd.isna(other.low),
    )  # fmt: skip
    return alike and abs(row.difference) >= 0.75 * abs(other.difference)


def difference(view: View, row: Any, values: Sequence[Any], *, brief: bool = False) -> str:
    """Return one difference in words, as HTML.

    Args:
        view: the page's view.
        row: ``measure, actor, first, second, difference, low, high, articles, counts``.
        values: rows with the estimates of that measure: ``outlet, actor, estimate, mentions,
            articles``, shares also ``of`` (their denominator).
        brief: whether to leave out why there is no interval, and how sure it is.
    """
    own = {r.outlet: r for r in values if r.actor == row.actor}
    first, second = own[row.first], own[row.second]
    if row.difference < 0:
        first, second = second, first
    actor = escaped(view.actor(row.actor))
    more, less = (f"<b>{escaped(view.outlet(r.outlet))}</b>" for r in (first, second))
    if row.measure == "attention":
        apart = shares_apart(first.estimate, second.estimate, size(row))
        text = (
            f"<b>{actor}</b> gets {apart.high} of the mentions in {more} ({_share_of(first)}), "
            f"{apart.low} in {less} ({_share_of(second)})"
        )
    else:
        apart = means_apart(first.estimate, second.estimate, size(row))
        text = (
            f"<b>{actor}</b> is presented more favourably in {more} ({apart.high}; "
            f"{behind(first)}) than in {less} ({apart.low}; {behind(second)})"
        )
    return f"{text}: {apart.gap}." if brief else f"{text}: {apart.told}. {certainty(row)}"


def behind(row: Any) -> str:
    """Return the sample of an estimate in words, as "4 mentions, 1 article"."""
    return f"{theme.count(row.mentions, 'mention')}, {theme.count(row.articles, 'article')}"


def _share_of(row: Any) -> str:
    return f"{row.mentions:,.0f} of {row.of:,.0f}"


def weighty(rows: Sequence[Any], mentions: Callable[[Any], float] | None = None) -> Sequence[Any]:
    """Return the rows that may make a headline: of enough articles, else of enough mentions.

    Args:
        rows: with ``articles`` and ``mentions``.
        mentions: how many a row has, where it is not in its column.
    """
    size = mentions or (lambda row: row.mentions)
    solid = [row for row in rows if row.articles >= theme.FEW]
    return solid or [row for row in rows if size(row) >= ENOUGH] or rows


Bounds = tuple[float, float]


class Apart(NamedTuple):
    """Two values, how far apart they are, and the interval of that, in words."""

    high: str
    low: str
    gap: str
    spread: str

    @property
    def told(self) -> str:
        """The difference with its interval."""
        return f"{self.gap}; {self.spread}"


def shares_apart(high: float, low: float, bounds: Bounds) -> Apart:
    """Return two shares (0..1) and their difference with its interval, all rounded alike."""
    digits = 1 if 100 * (high - low) < 10 else 0
    gap = round(100 * high, digits) - round(100 * low, digits)
    points = f"{gap:.1f} points" if digits else theme.count(gap, "point")
    spread = theme.interval(*bounds, lambda v: theme.signed(100 * (v or 0), digits))
    low_text = theme.percent(low, digits if low else 0)
    return Apart(theme.percent(high, digits), low_text, f"{points} more", spread)


def means_apart(high: float, low: float, bounds: Bounds) -> Apart:
    """Return two means (-1..1) and their difference with its interval, all rounded alike."""
    gap = round(high, 2) - round(low, 2)
    spread = theme.interval(*bounds)
    return Apart(theme.signed(high), theme.signed(low), f"difference {abs(gap):.2f}", spread)


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

    Cells of five articles or more go first, then those of five mentions or more; each says
    its sample.
    """
    known = theme.known(theme.rows(table))
    if not known:
        return "Nothing here could be scored."
    rows = weighty(known)
    top = max(rows, key=lambda row: row.estimate)
    bottom = min(rows, key=lambda row: row.estimate)
    said = [
        f"<b>{escaped(name(getattr(row, key)))}</b> in <b>{escaped(view.outlet(row.outlet))}</b>"
        f"{_voice(row)} {theme.signed(row.estimate)} ({behind(row)})"
        for row in (top, bottom)
    ]
    tail = "" if top.articles >= theme.FEW else " Descriptive: fewer than five articles each."
    if len(rows) < len(known):
        least = f"{theme.FEW} articles" if top.articles >= theme.FEW else f"{ENOUGH} mentions"
        tail = f"{tail} Marks of fewer than {least} are left out here."
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
