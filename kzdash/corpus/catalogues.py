"""Catalogues: a table that gives the fields of the text files beside it, by file name."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kzdash.corpus import tables
from kzdash.corpus.characters import one_line, shown
from kzdash.corpus.limits import Limits
from kzdash.corpus.records import canonical
from kzdash.corpus.rejection import Rejection
from kzdash.corpus.sources import Source
from kzdash.errors import InputError


@dataclass(frozen=True)
class Entry:
    """One line of a catalogue: the file's name, its fields and the line's place."""

    file: str
    fields: dict[str, object]
    place: str


@dataclass
class Catalogue:
    """The entries of a catalogue by file name, and the lines that were not taken."""

    entries: dict[str, Entry] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)


def read(source: Source, limits: Limits) -> Catalogue:
    """Return a catalogue (columns ``file, outlet, title, published`` and optional ones).

    A catalogue that cannot be read gives no entries and one rejection.
    """
    catalogue = Catalogue()
    try:
        for row in tables.rows(source, limits):
            if isinstance(row, Rejection):
                catalogue.rejections.append(row)
                continue
            try:
                _take(row, catalogue)
            except InputError as error:
                catalogue.rejections.append(Rejection.of(error))
    except (InputError, csv.Error) as error:
        catalogue.rejections.append(
            Rejection.of(error)
            if isinstance(error, InputError)
            else Rejection(source.place, f"not a table ({error})", "a CSV table")
        )
    return catalogue


def _take(row: tables.Row, catalogue: Catalogue) -> None:
    name = next((one_line(v) for k, v in row.pairs if one_line(k).casefold() == "file"), "")
    if not name:
        raise InputError(
            row.place,
            "'file' is missing",
            "the name of a file beside the catalogue",
            "Add the name",
        )
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        raise InputError(
            row.place,
            f"'{shown(name)}' leaves the folder",
            "a file beside the catalogue",
            "Move the file there",
        )
    name = name.removeprefix("./")
    if name in catalogue.entries:
        raise InputError(
            row.place,
            f"'{shown(name)}' is listed twice",
            "each file once",
            "Delete one of the lines",
        )
    pairs = [(k, v) for k, v in row.pairs if one_line(k).casefold() != "file"]
    catalogue.entries[name] = Entry(name, canonical(pairs, row.place), row.place)


def without_file(entries: Iterable[Entry]) -> Iterator[Rejection]:
    """Yield a rejection for each of the entries, whose files are not there."""
    for entry in entries:
        yield Rejection(
            entry.place,
            f"there is no file '{shown(entry.file)}'",
            "a file beside the catalogue",
            "Add the file or delete the line",
        )
