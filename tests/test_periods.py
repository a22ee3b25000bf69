"""Which period the marks of a chart over time stand for, and how a period is written."""

from datetime import date

import pandas as pd
import pytest

from kzdash import periods
from kzdash.scope import Cell


def counts(**articles):
    rows = [("rt", month.replace("_", "-").lstrip("m"), n) for month, n in articles.items()]
    return pd.DataFrame(rows, columns=["outlet", "period", "articles"])


def spread(months):
    """Return nine articles in March 2010 and nine so many months later."""
    last = 2010 * 12 + 2 + months
    return counts(m2010_03=9, **{f"m{last // 12}_{last % 12 + 1:02d}": 9})


LONG = pd.DataFrame(
    {
        "outlet": "rt",
        "articles": 9,
        "period": [f"{year}-{month:02d}" for year in range(2018, 2022) for month in range(1, 13)],
    }
)


@pytest.mark.parametrize(
    ("table", "unit"),
    [
        pytest.param(counts(m2020_01=5, m2020_02=6, m2020_03=1), "month", id="five in most months"),
        pytest.param(counts(m2020_01=1, m2020_02=2, m2020_03=3), "quarter", id="in a quarter"),
        pytest.param(counts(m2020_01=1, m2020_04=2, m2020_07=3), "year", id="in a year"),
        pytest.param(counts(m2020_01=1), "year", id="never"),
        pytest.param(counts(m2020=50), "year", id="years alone are known"),
        pytest.param(counts(m2020_01=5, m2020=1), "month", id="years do not count"),
        pytest.param(counts(m2020_01=4, m2020_02=5), "month", id="five in half of the months"),
        pytest.param(spread(117), "quarter", id="forty quarters"),
        pytest.param(spread(118), "year", id="forty-one quarters"),
        pytest.param(LONG, "quarter", id="too many months to draw"),
        pytest.param(counts(m0001_01=9, m9999_01=9), "year", id="all time"),
        pytest.param(counts().astype({"period": "str"}), "year", id="nothing"),
    ],
)
def test_a_period_has_five_articles_in_the_typical_mark(table, unit):
    assert periods.fitting(table) == unit


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2020-02", (2, 1), (2, 29)),
        ("2020-Q1", (1, 1), (3, 31)),
        ("2020-Q4", (10, 1), (12, 31)),
        ("2020", (1, 1), (12, 31)),
        ("2020-XX", (1, 1), (12, 31)),
    ],
)
def test_days_of_a_period(period, first, last):
    assert periods.valid(period)
    assert periods.days(period) == (date(2020, *first), date(2020, *last))


@pytest.mark.parametrize(
    "text", ["2020-13", "2020-Q5", "2020-Q", "2020-", "0000", "2020-01-01", "", "２０２０", "2020 "]
)
def test_what_is_no_period(text):
    assert not periods.valid(text)
    assert Cell.from_query({"cell_period": text}).period in (None, "2020")


@pytest.mark.parametrize(
    ("period", "unit", "asked"),
    [
        ("2020", "month", "2020-XX"),
        ("2020", "quarter", "2020-XX"),
        ("2020", "year", "2020"),
        ("2020-Q1", "quarter", "2020-Q1"),
        ("2020-01", "month", "2020-01"),
    ],
)
def test_evidence_tells_a_year_from_what_says_only_its_year(period, unit, asked):
    assert periods.evidence(period, unit) == asked
