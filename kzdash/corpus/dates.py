"""Dates of publication: ISO, in words, partial; never guessed."""

import re
from datetime import UTC, date, datetime, timedelta

from kzdash.corpus.characters import shown
from kzdash.errors import InputError

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {
    form: number
    for number, name in enumerate(_MONTHS.split(), 1)
    for form in (name, name[:3], name[:3] + ".", *(("sept", "sept.") if number == 9 else ()))
}
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?"
_ZONE = r" ?(?:z|utc|gmt|[+-](?:(?:0\d|1[0-3]):?[0-5]\d|14:?00))"
_ISO = re.compile(
    rf"(\d{{4}})(?:-(\d{{1,2}})(?:-(\d{{1,2}})(?:[t ]{_CLOCK}(?:{_ZONE})?)?)?)?", re.ASCII
)
_SEPARATED = re.compile(r"(\d{4})([/.])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_TIME = rf"(?:,? (?:at )?{_CLOCK}(?: ?[ap]\.?m\.?)?(?:{_ZONE})?)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[ -]([a-z]+\.?),?[ -](\d{{4}}){_TIME}", re.ASCII
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}([a-z]+\.?) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}", re.ASCII
)
_MONTH_YEAR = re.compile(r"([a-z]+\.?),? (\d{4})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_UNDATED = frozenset({"undated", "unknown", "n.d."})
_EXPECTED = "a date such as 2024, 2024-03 or 2024-03-15"
_EARLIEST = 1900


def parse(value: str, place: str, *, future: bool = False, today: date | None = None) -> str | None:
    """Return a date as ISO YYYY, YYYY-MM or YYYY-MM-DD; None for "undated" or "unknown".

    A time of day is dropped; the day is the one written, in its own time zone. Day and month
    in numbers (15.03.2024) are read where only one order is possible.

    Args:
        value: what was given.
        place: for the error message.
        future: take dates after tomorrow too.
        today: the present day (UTC now if absent).

    Raises:
        InputError: not a date, impossible, ambiguous, or in the future.
    """
    text = " ".join(value.split()).strip()
    if text.casefold() in _UNDATED:
        return None
    parts = _parts(text.casefold(), place)
    if parts is None:
        raise InputError(place, f"date is '{_short(text)}'", _EXPECTED, "Correct the date")
    iso = _iso(parts, text, place)
    _check_range(iso, text, place, future=future, today=today or datetime.now(UTC).date())
    return iso


def _parts(text: str, place: str) -> tuple[int, int | None, int | None] | None:
    """Return year, month, day as written, or None if this is no date."""
    if len(text) > 64:
        return None
    if match := _ISO.fullmatch(text):
        return _numbers(match.groups())
    if match := _SEPARATED.fullmatch(text):
        return _numbers((match[1], match[3], match[4]))
    if match := _COMPACT.fullmatch(text):
        return _numbers(match.groups())
    if (match := _DAY_FIRST.fullmatch(text)) and match[2] in _MONTH:
        return int(match[3]), _MONTH[match[2]], int(match[1])
    if (match := _MONTH_FIRST.fullmatch(text)) and match[1] in _MONTH:
        return int(match[3]), _MONTH[match[1]], int(match[2])
    if (match := _MONTH_YEAR.fullmatch(text)) and match[1] in _MONTH:
        return int(match[2]), _MONTH[match[1]], None
    if match := _NUMBERS.fullmatch(text):
        return _unambiguous(int(match[1]), int(match[3]), int(match[4]), text, place)
    return None


def _numbers(groups: tuple[str | None, ...]) -> tuple[int, int | None, int | None]:
    year, month, day = (int(g) if g else None for g in groups)
    return year or 0, month, day


def _unambiguous(
    first: int, second: int, year: int, text: str, place: str
) -> tuple[int, int | None, int | None]:
    if first <= 12 and second <= 12 and first != second:
        raise InputError(
            place,
            f"date '{_short(text)}' may mean two days",
            _EXPECTED,
            f"Write {year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}",
        )
    return (year, second, first) if first > 12 or first == second else (year, first, second)


def _iso(parts: tuple[int, int | None, int | None], text: str, place: str) -> str:
    year, month, day = parts
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise InputError(
            place, f"there is no date '{_short(text)}'", _EXPECTED, "Correct the date"
        ) from None
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)])


def _check_range(iso: str, text: str, place: str, *, future: bool, today: date) -> None:
    if int(iso[:4]) < _EARLIEST:
        raise InputError(
            place, f"date '{_short(text)}' is before {_EARLIEST}", _EXPECTED, "Correct the date"
        )
    latest = (today + timedelta(days=1)).isoformat()
    if not future and iso > latest[: len(iso)]:
        raise InputError(
            place,
            f"date '{_short(text)}' is in the future",
            "a day that has come",
            "Correct the date",
        )


def _short(text: str) -> str:
    return shown(text, 40)
