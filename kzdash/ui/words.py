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


Pair = tuple[str, str]

Found = tuple[pd.DataFrame, pd.DataFrame]
"""Estimates, and their differences between outlets."""

ENOUGH = 5
"""Means of fewer mentions than this, and shares out of fewer, make no headline."""

NOTHING = "One outlet alone, or no actor with enough mentions in two: there is nothing to compare."


def together(stance: pd.DataFrame, attention: pd.DataFrame) -> pd.DataFrame:
    """Return differences of stance and of attention under each other, named by ``measure``.

    The false-discovery rate is controlled over both.
    """
    both = [t.assign(measure=n) for n, t in (("stance", stance), ("attention", attention))]
    filled = [t for t in both if not t.empty] or both[:1]
    return measures.control_false_discovery(pd.concat(filled, ignore_index=True))


def substantial(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return differences without those of a mean of, or a share out of, fewer than `ENOUGH`.

    Args:
        gaps: ``measure, mentions_first, mentions_second``; ``of_first, of_second`` where a measure
            is not stance, for a share of few mentions may be one of many.
    """
    fewest = gaps[["mentions_first", "mentions_second"]].min(axis=1)
    if "of_first" in gaps:
        out_of = gaps[["of_first", "of_second"]].min(axis=1)
        fewest = fewest.where(gaps["measure"] == "stance", out_of)
    return gaps[fewest >= ENOUGH]


def telling(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the `substantial` differences that do not vanish in rounding."""
    kept = substantial(gaps)
    least = kept["measure"].map({"stance": 0.01}).fillna(0.001).astype("float64")
    return kept[kept["difference"].abs() >= least]


def largest_differences(gaps: pd.DataFrame, count: int = 4) -> pd.DataFrame:
    """Return the differences that stand out most, one of each measure in turn.

    Only the `telling` ones, and of stance those of five articles or more on both sides: what a
    model makes of an actor in one article is no finding. After the largest of each measure, an
    actor comes again only where no other differs nearly as much.

    Args:
        gaps: as from `together`.
        count: at most so many.
    """
    kept = telling(gaps)
    kept = kept[(kept["measure"] != "stance") | (kept["articles"] >= theme.FEW)]
    found = measures.largest(kept, _READ * count)
    columns = found[["measure", "actor", "difference", "low", "counts"]]
    return found.iloc[_varied(theme.rows(columns), count)].reset_index(drop=True)


_READ = 8
"""So many times as many differences as are told are looked through for other actors."""


def passed_over(top: Any, gaps: pd.DataFrame) -> str:
    """Return which differences were left out in choosing the largest, with a space before.

    Args:
        top: the largest, as from `kzdash.measures.largest`.
        gaps: all of them.
    """
    if top.counts:
        return ""
    if top.articles >= theme.FEW:
        return left_out((gaps["articles"] >= theme.FEW).sum(), len(gaps), "articles")
    counted = "sentences" if "frame" in gaps else "mentions"
    return left_out(len(substantial(gaps)), len(gaps), counted)


MEASURES = {"stance": "stance", "attention": "mentions"}
"""What the largest differences measure, with the key of `kzdash.ui.validity.NAMES`."""


def remarks(view: View, gaps: pd.DataFrame) -> list[str]:
    """Return what to know of the largest differences of a selection; plain text.

    Args:
        view: the selection.
        gaps: all differences, as from `together`.
    """
    said = untold(gaps)
    if len(view.scope.voices) != 1:
        of = "" if said else "Stance is that in the outlets' own voice. "
        said.append(f"{of}Attention is of all mentions, own and quoted.")
    solid = gaps["articles"] >= theme.FEW
    if (gaps["q"] < 0.05).any():
        said.append("Of each measure, those unlikely to be chance come first.")
    elif solid.any() and not solid.all():
        said.append(
            f"Of each measure, those of {theme.FEW} articles or more on both sides come first."
        )
    if len(substantial(gaps)) < len(gaps):
        said.append(
            f"Means of fewer than {ENOUGH} mentions, and shares out of fewer, are not told."
        )
    if (tested := int(gaps["q"].notna().sum())) > 1:
        said.append(
            f"q, the false-discovery rate, is over all {tested:,} differences tested; the largest "
            "of many are likely overstated."
        )
    return said


def untold(gaps: pd.DataFrame) -> list[str]:
    """Return the remark that no difference in stance rests on enough articles; plain text."""
    stance = gaps[gaps["measure"] == "stance"]
    if stance.empty or (stance["articles"] >= theme.FEW).any():
        return []
    return ["No difference in stance is told: no actor has five articles in two outlets."]


def left_out(kept: int, of: int, counted: str = "mentions") -> str:
    """Return which marks a sentence leaves out, with a space before; nothing where none.

    Args:
        kept: how many marks are not.
        of: how many there are in all.
        counted: what they have few of: "articles", "mentions" or "sentences".
    """
    least = theme.FEW if counted == "articles" else ENOUGH
    return f" Marks of fewer than {least} {counted} are drawn, not told." if kept < of else ""


def _varied(rows: Sequence[Any], count: int) -> list[int]:
    """Return the places of so many rows: of each measure the first, and then of other actors.

    The measures take turns, and those of one measure come in their order.
    """
    left, found = list(range(len(rows))), list[int]()
    named, begun = set[str](), set[str]()
    while left and len(found) < count:
        head = rows[left[0]]
        others = (i for i in left if rows[i].actor not in named and _as_large(rows[i], head))
        again = head.measure in begun and head.actor in named
        place = next(others, left[0]) if again else left[0]
        left.remove(place)
        found.append(place)
        named.add(rows[place].actor)
        begun.add(rows[place].measure)
    of_measure = {m: iter(sorted(i for i in found if rows[i].measure == m)) for m in begun}
    return [next(of_measure[rows[i].measure]) for i in found]


def _as_large(row: Any, other: Any) -> bool:
    """Return whether a difference is of the same kind as another and nearly as large."""
    alike = (row.measure, row.counts, pd.isna(row.low)) == (
        other.measure,
        other.counts,
        pd.isna(other.low),
    )
    return alike and abs(row.difference) >= 0.6 * abs(other.difference)


def difference(view: View, row: Any, values: Sequence[Any], *, brief: bool = False) -> str:
    """Return one difference in words, as HTML.

    Args:
        view: the page's view.
        row: ``measure, first, second, difference, low, high, articles, q``, and ``frame`` where
            the measure is frames, else ``actor``.
        values: rows with the estimates of that measure: ``outlet``, the same key, ``estimate,
            mentions, articles``, shares also ``of`` (their denominator).
        brief: whether to leave out why there is no interval, and how sure it is.
    """
    key, name = ("frame", view.frame) if row.measure == "frames" else ("actor", view.actor)
    item = getattr(row, key)
    own = {r.outlet: r for r in values if getattr(r, key) == item}
    first, second = own[row.first], own[row.second]
    if row.difference < 0:
        first, second = second, first
    head = f"<b>{escaped(name(item))}</b>"
    if row.measure == "stance":
        apart = means_apart(first.estimate, second.estimate, size(row))
        more, less = (f"<b>{escaped(view.outlet(r.outlet))}</b>" for r in (first, second))
        text = (
            f"{head} is presented more favourably in {more} ({apart.high}; {behind(first)}) than "
            f"in {less} ({apart.low}; {behind(second)}), "
            f"{_IN_VOICE.get(view.scope.voices, 'own and quoted voice together')}"
        )
    else:
        apart = shares_apart(first.estimate, second.estimate, size(row))
        of = "is in {} of the sentences" if row.measure == "frames" else "gets {} of the mentions"
        more, less = (f"<b>{escaped(view.outlet(r.outlet))}</b>" for r in (first, second))
        text = (
            f"{head} {of.format(apart.high)} in {more} ({_share_of(first)}), {apart.low} in {less} "
            f"({_share_of(second)})"
        )
    return f"{text}: {apart.gap}." if brief else f"{text}: {apart.told}. {certainty(row)}"


_IN_VOICE: dict[tuple[str, ...], str] = {
    ("own",): "each in its own voice",
    ("quoted",): "in quoted speech",
}


def behind(row: Any) -> str:
    """Return the sample of an estimate in words, as "4 mentions, 1 article"."""
    return f"{theme.count(row.mentions, 'mention')}, {theme.count(row.articles, 'article')}"


def _share_of(row: Any) -> str:
    return f"{row.mentions:,.0f} of {row.of:,.0f}"


def weighty(rows: Sequence[Any], least: int = 1) -> Sequence[Any]:
    """Return the rows that may make a headline: of enough articles, else of enough mentions.

    Args:
        rows: with ``articles`` and ``mentions``.
        least: so many rows are needed; none come where there are fewer.
    """
    solid = [row for row in rows if row.articles >= theme.FEW]
    enough = [row for row in rows if row.mentions >= ENOUGH]
    return next((part for part in (solid, enough) if len(part) >= least), [])


def too_few(rows: Sequence[Any], said: Callable[[Any], str]) -> str:
    """Return that samples are too small to compare, and the largest of them, as HTML.

    Args:
        rows: with ``mentions``.
        said: a row as HTML.
    """
    told = [said(row) for row in sorted(rows, key=lambda row: -row.mentions)[:_LEADERS]]
    more = f"; and {len(rows) - len(told)} more" if len(rows) > len(told) else ""
    return f"too few mentions to compare: {'; '.join(told)}{more}."


Bounds = tuple[float, float]


class Apart(NamedTuple):
    """Two values, how far apart they are, and the interval of that, in words."""

    high: str
    low: str
    gap: str
    spread: str

    @property
    def told(self) -> str:
        """The difference with its interval, if it has one."""
        return f"{self.gap}; {self.spread}" if self.spread else self.gap


def shares_apart(high: float, low: float, bounds: Bounds) -> Apart:
    """Return two shares (0..1) and their difference with its interval, in whole percents.

    One digit more where they are close.
    """
    gap = 100 * (high - low)
    digits = 0 if gap >= _CLOSE else 1
    points = f"{gap:.{digits}f} percentage point{'s' if round(gap, digits) != 1 else ''}"
    spread = _spread(bounds, lambda v: theme.signed(100 * (v or 0), digits))
    low_text = theme.percent(low, digits if low else 0)
    told = f"{points} more{_rounded(100 * high, 100 * low, digits)}"
    return Apart(theme.percent(high, digits), low_text, told, spread)


def means_apart(high: float, low: float, bounds: Bounds) -> Apart:
    """Return two means (-1..1) and their difference with its interval, to two digits."""
    gap = f"difference {high - low:.2f}{_rounded(high, low, 2)}"
    return Apart(theme.signed(high), theme.signed(low), gap, _spread(bounds, theme.signed))


_CLOSE = 10
"""Shares nearer to each other than so many percentage points have a digit more."""


def _rounded(high: float, low: float, digits: int) -> str:
    """Return the remark that a rounded difference is not that of the rounded values."""
    apart = round(round(high, digits) - round(low, digits), digits)
    return "" if apart == round(high - low, digits) else " (rounded)"


def _spread(bounds: Bounds, form: Callable[[float | None], str]) -> str:
    return "" if pd.isna(bounds[0]) else theme.interval(*bounds, form)


def size(row: Any) -> Bounds:
    """Return the interval of a difference taken as positive."""
    return (-row.high, -row.low) if row.difference < 0 else (row.low, row.high)


def between(gaps: Iterable[Any], one: str, other: str) -> Any:
    """Return the difference of two values, in whichever order; None where there is none."""
    return next((row for row in gaps if {row.first, row.second} == {one, other}), None)


def certainty(row: Any) -> str:
    """Return in words what a difference's false-discovery rate allows to say."""
    if row.articles < theme.FEW:
        why = ", so no interval" if row.articles < 2 else ""
        return f"Descriptive: {theme.count(row.articles, 'article')} on the smaller side{why}."
    if row.q < 0.05:
        return f"Unlikely to be chance ({theme.rate(row.q)})."
    return f"May be chance ({theme.rate(row.q)})."


def extremes(view: View, table: pd.DataFrame, name: Name, key: str) -> str:
    """Return the highest and the lowest estimate of a table in words, as HTML.

    Cells of five articles or more go first, then those of five mentions or more; others are not
    compared. Each says its sample.
    """
    known = theme.known(theme.rows(table))
    if not known:
        return "Nothing here could be scored."

    def said(row: Any) -> str:
        outlet = f"<b>{escaped(view.outlet(row.outlet))}</b>{_voice(row)}"
        which = f"<b>{escaped(name(getattr(row, key)))}</b> in {outlet}"
        return f"{which} {theme.signed(row.estimate)} ({behind(row)})"

    rows = weighty(known)
    if not rows:
        return f"These are {too_few(known, said)}"
    top = max(rows, key=lambda row: row.estimate)
    bottom = min(rows, key=lambda row: row.estimate)
    solid = top.articles >= theme.FEW
    counted = "articles" if solid else "mentions"
    each = " each" if len(rows) > 1 else ""
    tail = "" if solid else f" Descriptive: fewer than five articles{each}."
    if len(rows) == 1:
        least = f" of {theme.FEW if solid else ENOUGH} {counted} or more" if len(known) > 1 else ""
        return f"Only one value{least}: {said(top)}.{tail}"
    tail += left_out(len(rows), len(known), counted)
    if top is bottom:
        return f"All are alike, as {said(top)}.{tail}"
    return f"Highest: {said(top)}. Lowest: {said(bottom)}.{tail}"


def neutral(table: pd.DataFrame, values: Sequence[str], name: Name, key: str = "outlet") -> str:
    """Return what share of a chart's mentions is neutral, which their mean would hide.

    It is the expected share: the mean probability, not the share of mentions labelled neutral.

    Args:
        table: mean stances: ``neutral`` (0..1), ``mentions`` and the key; where it has ``voice``,
            too, that is told apart.
        values: of the key, in the order to tell them.
        name: one of them in words.
        key: the column to tell it by.
    """
    voices = {"own": " in its own voice", "quoted": " in quoted speech"}
    keys = [key, "voice"] if key != "voice" and "voice" in table else [key]
    sums = table.assign(neutral=table["neutral"] * table["mentions"])
    rows = theme.rows(sums.groupby(keys, as_index=False)[["neutral", "mentions"]].sum())
    told = []
    for value in values:
        found = [
            theme.percent(r.neutral / r.mentions) + (voices[r.voice] if len(keys) > 1 else "")
            for r in rows
            if getattr(r, key) == value
        ]
        told += [f"{name(value)} {', '.join(found)}"] if found else []
    told_by = "Neutral by the model's probabilities, of the mentions in the chart"
    return f"{told_by}: {'; '.join(told)}."


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
