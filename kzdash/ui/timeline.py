"""What charts over time show: their tables, by the period that the articles fill."""

import pandas as pd

from kzdash import periods
from kzdash.charts import theme
from kzdash.ui import answers
from kzdash.ui.page import View

MANY = 80
"""More articles than this are drawn by period, not one by one."""


def articles(view: View) -> tuple[pd.DataFrame, str]:
    """Return how many articles appeared when, and the unit of the periods (`kzdash.periods`)."""
    unit = periods.fitting(view.store.articles_over_time(view.scope))
    return view.store.articles_over_time(view.scope, unit), unit


def stance(view: View) -> tuple[pd.DataFrame, str, int]:
    """Return stance over time as `kzdash.charts.actor.in_time` reads it.

    A row is an article; where there are more than `MANY`, a row is a period of an outlet.

    Returns:
        The dated and scored rows; what a row is; how many articles have no date.
    """
    many = int(view.store.evidence_count(view.scope)["articles"].iloc[0]) > MANY
    unit = periods.fitting(view.store.scored_over_time(view.scope)) if many else "article"
    table = _by_period(view, unit) if many else _by_article(view)
    undated = int(table["articles"][table["first"].isna()].sum())
    return table[table["first"].notna() & table["estimate"].notna()], unit, undated


def help_stance(table: pd.DataFrame, unit: str, undated: int) -> list[str]:
    """Return how to read stance over time.

    Args:
        table: the marks, with the ``first`` and ``last`` day that they may stand for.
        unit: what a mark is.
        undated: how many articles have no date.
    """
    spans = unit != "year" and bool((table["first"] != table["last"]).any())
    lines = [
        "A bar across: only the month or year is known, and the mark stands in its middle."
        if spans
        else "",
        *(["Hollow: one article, descriptive."] if unit == "article" else []),
        "" if unit == "article" else periods.RULE,
        f"{theme.count(undated, 'article')} without a date left out." if undated else "",
    ]
    return [line for line in lines if line]


def _by_article(view: View) -> pd.DataFrame:
    table = view.store.stance_in_time(view.scope)
    return table.assign(low=float("nan"), high=float("nan"), articles=1)


def _by_period(view: View, unit: str) -> pd.DataFrame:
    """Return a row an outlet and period; where only the year is known, it spans the year."""
    table = answers.means(view, ("outlet", unit), "stance").rename(columns={unit: "period"})
    spans = [_days(period, unit) for period in table["period"]]
    first, last = zip(*spans, strict=True) if spans else ((), ())
    return table.assign(
        first=pd.Series(first, index=table.index, dtype="object"),
        last=pd.Series(last, index=table.index, dtype="object"),
    )


def _days(period: object, unit: str) -> tuple[str | None, str | None]:
    """Return the days that a mark spans: one, but where a period is less than the unit's."""
    if not isinstance(period, str):
        return None, None
    first, last = periods.days(period)
    if unit == "year" or len(period) > len("YYYY"):
        first = last = first + (last - first) / 2
    return str(first), str(last)
