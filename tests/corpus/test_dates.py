"""Dates: every way to write one, and every way to get it wrong."""

from datetime import date

import pytest

from kzdash.corpus.dates import parse
from kzdash.errors import InputError

TODAY = date(2024, 3, 15)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022", "2022"), ("2022-03", "2022-03"), ("2022-3-6", "2022-03-06"),
        ("2022-03-06", "2022-03-06"), ("2022-03-06T03:50:00Z", "2022-03-06"),
        ("2022-03-06 23:50:00.123+06:00", "2022-03-06"), ("2022/03/06", "2022-03-06"),
        ("20220306", "2022-03-06"), ("6 Mar 2022", "2022-03-06"), ("6 March, 2022", "2022-03-06"),
        ("March 6, 2022", "2022-03-06"), ("Sunday, March 6th, 2022", "2022-03-06"),
        ("Tue, 07 Jun 2022 10:20:30 +0000", "2022-06-07"), ("March 2022", "2022-03"),
        ("Sept. 2021", "2021-09"), ("9 Jan, 2021 10:20", "2021-01-09"),
        ("25/12/2021", "2021-12-25"), ("12/25/2021", "2021-12-25"), ("25.12.2021", "2021-12-25"),
        ("03/03/2022", "2022-03-03"), ("2024-02-29", "2024-02-29"), ("  2022 ", "2022"),
        ("2022-03-06T00:00", "2022-03-06"), ("2022-03-06t23:59:59z", "2022-03-06"),
        ("2022-03-06T9:05:00-1100", "2022-03-06"), ("2022-03-06T10:00+14:00", "2022-03-06"),
        ("March 6, 2022 at 11:59 p.m. UTC", "2022-03-06"),
        ("2024-03-16", "2024-03-16"), ("undated", None), ("Unknown", None),
    ],
)  # fmt: skip
def test_parse_reads(written: str, iso: str | None) -> None:
    assert parse(written, "a.md", today=TODAY) == iso


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2022-02-30", "there is no date"), ("2023-02-29", "there is no date"),
        ("2022-13-01", "there is no date"), ("2022-00-10", "there is no date"),
        ("2022-01-00", "there is no date"), ("31 April 2022", "there is no date"),
        ("0000", "there is no date"), ("1899-12-31", "before 1900"),
        ("03/04/2022", "may mean two days"), ("3.4.2022", "may mean two days"),
        ("2024-03-17", "in the future"), ("2024-04", "in the future"), ("2025", "in the future"),
        ("9999-12-31", "in the future"), ("yesterday", "date is"), ("12:30", "date is"),
        ("22-03-06", "date is"), ("44626", "date is"), ("1646538600", "date is"),
        ("2022-03-06 or so", "date is"), ("٢٠٢٢-٠٣-٠٦", "date is"), ("x" * 10_000, "date is"),
        ("2024-03-15T25:61:00", "date is"), ("2024-03-15T24:00:00", "date is"),
        ("2024-03-15T10:60", "date is"), ("2024-03-15T10:00:60", "date is"),
        ("2024-03-15T10:00:00+99:99", "date is"), ("2024-03-15T10:00:00+14:30", "date is"),
        ("2024-03-15T10:00:00+05:60", "date is"), ("15 March 2024 24:10", "date is"),
        ("March 15, 2024 10:75 pm", "date is"), ("15 March 2024 10:00 +1500", "date is"),
        ("", "date is"), ("99/99/2022", "there is no date"),
    ],
)  # fmt: skip
def test_parse_refuses(written: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as error:
        parse(written, "a.md", today=TODAY)
    assert error.value.expectation
    assert error.value.remedy


def test_parse_takes_the_future_when_told_to() -> None:
    assert parse("2031-02-11", "a.md", future=True, today=TODAY) == "2031-02-11"
