"""Tables: CSV, TSV and their like, one article a row.

The delimiter (comma, semicolon, tab or bar) is the one that makes field names of the header.
A quotation mark that is not closed spoils its own row alone: reading goes on at the next
line, so that the rows it would swallow are kept.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from kzdash.corpus import dates, lines
from kzdash.corpus.characters import one_line, shown
from kzdash.corpus.limits import Limits
from kzdash.corpus.lines import Line
from kzdash.corpus.records import SYNONYMS, Record, canonical
from kzdash.corpus.rejection import Rejection
from kzdash.corpus.sources import Source
from kzdash.errors import InputError

_DELIMITERS = ",;\t|"
_DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR_LINE = re.compile(r"sep=(.)")
_ONE_LINE = frozenset({"outlet", "title", "date", "id", "url", "lang"})
_NAMES = {name: canon for canon, names in SYNONYMS.items() for name in names}


@dataclass(frozen=True)
class Row:
    """One row: the place of its first line, its pairs of column name and cell, and notes."""

    place: str
    pairs: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


def records(source: Source, limits: Limits) -> Iterator[Record | Rejection]:
    """Yield the record, or the rejection, of each row.

    Raises:
        InputError: the file cannot be read or has no header that can be used.
    """
    for row in rows(source, limits, ("title", "text")):
        if isinstance(row, Rejection):
            yield row
            continue
        try:
            yield Record(canonical(row.pairs, row.place), row.place, notes=row.notes)
        except InputError as error:
            yield Rejection.of(error)


def is_address_list(source: Source, limits: Limits) -> bool:
    """Return whether a table lists addresses and holds no texts (a catalogue to fetch)."""
    try:
        with closing(lines.of(source, limits)) as found:
            first = next((line for line in found if line.text.strip()), None)
    except InputError:
        return False
    if first is None or first.fault:
        return False
    names = {_canonical_name(c) for c in _header(first.text)[1]}
    return "url" in names and "text" not in names


def rows(source: Source, limits: Limits, required: Sequence[str] = ()) -> Iterator[Row | Rejection]:
    """Yield the rows of a table.

    Args:
        source: the table.
        limits: the largest record and the most columns.
        required: canonical fields that the header must name.

    Raises:
        InputError: there is no header, or it lacks a required field.
    """
    csv.field_size_limit(max(csv.field_size_limit(), limits.line))
    yield from _Table(source, limits).rows(required)


class _Table:
    """Read one table, from its header to its end."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._place = source.place
        self._limits = limits
        self._stream = lines.of(source, limits)
        self._waiting: deque[Line] = deque()
        self._delimiter = ","
        self._header: list[str] = []
        self._date_column: int | None = None

    def rows(self, required: Sequence[str]) -> Iterator[Row | Rejection]:
        self._read_header(required)
        while (line := self._next()) is not None:
            if line.fault:
                yield Rejection.of(line.fault)
            elif line.text.strip(f"{self._delimiter} \t\0"):
                yield self._row(line)

    def _next(self) -> Line | None:
        return self._waiting.popleft() if self._waiting else next(self._stream, None)

    def _read_header(self, required: Sequence[str]) -> None:
        line = self._next()
        while line is not None and not line.fault and not line.text.strip():
            line = self._next()
        if line is None:
            raise InputError(self._place, "the table is empty", "a header and rows")
        if line.fault:
            raise line.fault
        if separator := _SEPARATOR_LINE.fullmatch(line.text.strip("\r\n")):
            following = self._next()
            line = following if following and not following.fault else line
            self._delimiter, self._header = separator[1], _cells(line.text, separator[1]) or []
        else:
            self._delimiter, self._header = _header(line.text)
        self._check_header(required)

    def _check_header(self, required: Sequence[str]) -> None:
        place = f"{self._place}, header"
        names = [_canonical_name(c) for c in self._header]
        if len(names) > self._limits.columns:
            raise InputError(
                place,
                f"{len(names):,} columns",
                f"at most {self._limits.columns:,}",
                "Delete the columns that are not needed",
            )
        missing = [name for name in required if name not in names]
        if missing:
            raise InputError(
                place,
                f"no column '{missing[0]}'",
                "a header with outlet, title, date and text",
                "Add or rename the column",
            )
        plain = [one_line(c).casefold() for c in self._header]
        twice = next((n for n in plain if n in _NAMES and plain.count(n) > 1), None)
        if twice:
            raise InputError(
                place,
                f"column '{shown(twice)}' stands twice",
                "each column once",
                "Rename one of them",
            )
        self._date_column = names.index("date") if "date" in names else None

    def _row(self, first: Line) -> Row | Rejection:
        """Return the row that begins on a line."""
        record = self._record(first)
        place = f"{self._place}, line {first.number}"
        cells = (
            None if record is None else _cells("\n".join(x.text for x in record), self._delimiter)
        )
        if record is None or cells is None or self._swallows(record, cells):
            self._give_back(record[1:] if record else [])
            return Rejection(
                place,
                "a quotation mark is not closed, or text follows a closed one",
                "a quoted cell with inner quotation marks doubled",
                "Correct the row",
            )
        cells = self._without_empty_end(cells)
        if len(cells) != len(self._header):
            return Rejection(
                place,
                f"{len(cells)} cells",
                f"{len(self._header)}, separated by {_DELIMITER_NAMES.get(self._delimiter, '')}",
                "Correct the row",
            )
        return Row(place, tuple(zip(self._header, cells, strict=True)), first.notes)

    def _record(self, first: Line) -> list[Line] | None:
        """Return the lines of a record: up to where its quotation marks are even in number.

        Returns None, with the lines put back, where that never happens.
        """
        record = [first]
        open_quote = first.text.count('"') % 2 == 1
        length = len(first.text)
        while open_quote:
            line = self._next()
            if line is None or line.fault or length > self._limits.line:
                self._give_back(record[1:] + ([line] if line else []))
                return None
            record.append(line)
            length += len(line.text) + 1
            open_quote ^= line.text.count('"') % 2 == 1
        return record

    def _give_back(self, unread: list[Line]) -> None:
        self._waiting.extendleft(reversed(unread))

    def _swallows(self, record: list[Line], cells: list[str]) -> bool:
        """Return whether a record of several lines holds other rows."""
        if len(record) == 1:
            return False
        named = zip(map(_canonical_name, self._header), cells, strict=False)
        if any("\n" in cell for name, cell in named if name in _ONE_LINE):
            return True
        return any(self._is_row(line.text) for line in record[1:])

    def _is_row(self, text: str) -> bool:
        if self._date_column is None or text.count(self._delimiter) < len(self._header) - 1:
            return False
        cells = _cells(text, self._delimiter) or text.split(self._delimiter)
        if len(cells) != len(self._header):
            return False
        try:
            return dates.parse(cells[self._date_column], "", future=True) is not None
        except InputError:
            return False

    def _without_empty_end(self, cells: list[str]) -> list[str]:
        """Return cells without empty ones beyond the header's width."""
        while len(cells) > len(self._header) and not cells[-1].strip():
            cells = cells[:-1]
        return cells


def _cells(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of one record, or None where its quotation marks do not match."""
    try:
        parsed = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return parsed[0] if len(parsed) == 1 else None


def _header(text: str) -> tuple[str, list[str]]:
    """Return the delimiter that makes most field names of a header, and its cells."""
    best: tuple[int, str, list[str]] = (-1, ",", [text])
    for delimiter in _DELIMITERS:
        cells = _cells(text, delimiter) or []
        known = len({_canonical_name(c) for c in cells} - {""})
        if known > best[0]:
            best = (known, delimiter, cells)
    return best[1], best[2]


def _canonical_name(column: str) -> str:
    return _NAMES.get(re.sub(r"[\s-]+", "_", one_line(column).casefold()), "")
