"""Periods of publication: what a chart over time has a mark for.

A period is a month (YYYY-MM), a quarter (YYYY-Qn) or a year (YYYY). Among months and quarters
YYYY stands for the articles that say only their year; to tell them from all of that year, the
evidence of a mark writes YYYY-XX (as the Extended Date/Time Format, ISO 8601-2, does).
"""

import calendar
import re
from datetime import date
from statistics import median_high

import pandas as pd

UNITS = ("month", "quarter", "year")
"""The finest first."""

TYPICAL = 5
"""So many articles or more the typical mark of a chart over time has."""
MOST = 40
"""From the first mark to the last a chart over time has at most so many periods."""
RULE = (
    f"By month where a typical mark then has {TYPICAL} articles or more and no more than {MOST} "
    "months follow each other; else so by quarter; else by year."
)

_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|XX))?", re.ASCII)


def valid(text: str) -> bool:
    """Return whether text is a period."""
    return bool(_PERIOD.fullmatch(text)) and not text.startswith("0000")


def fitting(counts: pd.DataFrame) -> str:
    """Return the unit for a chart over time: see `RULE`; years where none is fine enough.

    Args:
        counts: columns ``outlet, period`` (months; YYYY where only the year is known, NULL
            where nothing is), ``articles``, a row a mark.
    """
    exact = counts[counts["period"].str.len() == len("YYYY-MM")]
    if exact.empty:
        return "year"
    numbers = exact["period"].map(_number)
    for unit, size in (("month", 1), ("quarter", 3)):
        places = numbers // size
        counted = exact.groupby(["outlet", places])["articles"].sum()
        if median_high(counted) >= TYPICAL and places.max() - places.min() < MOST:
            return unit
    return "year"


def days(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period."""
    year = int(period[:4])
    first, last = 1, 12
    if "Q" in period:
        last = 3 * int(period[-1])
        first = last - 2
    elif len(period) == len("YYYY-MM") and period[-2:].isdigit():
        first = last = int(period[-2:])
    return date(year, first, 1), _end(year, last)


def evidence(period: str, unit: str) -> str:
    """Return how a mark's evidence names its period.

    Args:
        period: as in the chart's table.
        unit: of that chart, one of `UNITS`.
    """
    return f"{period}-XX" if unit != "year" and len(period) == len("YYYY") else period


def named(period: str) -> str:
    """Return a period in words."""
    return f"{period[:4]}, month not known" if period.endswith("-XX") else period


def _number(month: str) -> int:
    return 12 * int(month[:4]) + int(month[-2:]) - 1


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
