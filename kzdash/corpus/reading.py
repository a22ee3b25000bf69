"""Reading: from INPUT arguments to articles and rejections, one after the other."""

import codecs
import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kzdash.corpus import (
    archives,
    catalogues,
    folders,
    frontmatter,
    json_lines,
    objects,
    pages,
    records,
    tables,
)
from kzdash.corpus.characters import shown
from kzdash.corpus.decoding import check_is_text, decode
from kzdash.corpus.fetch import Fetcher
from kzdash.corpus.limits import LOCAL, Limits
from kzdash.corpus.records import Record
from kzdash.corpus.rejection import Rejection
from kzdash.corpus.sources import CATALOGUES, Source, is_no_article, largest_of, unreadable
from kzdash.errors import InputError, KzdashError
from kzdash.objects import is_address, local_path, place
from kzdash.registry import Registry
from kzdash.schema import Article

_SCHEMES = ("http://", "https://")
_STDIN = "-"
_HEAD = 65_536


def read(
    inputs: Sequence[str],
    registry: Registry,
    *,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    limits: Limits = LOCAL,
) -> Iterator[Article | Rejection]:
    """Yield every article of the inputs, and a rejection for everything that is none.

    Reading is lazy and streaming. The order is that of the paths, whatever the order of the
    arguments; the standard input comes last and is read once.

    Args:
        inputs: folders, files, zips, http(s) addresses, addresses of an object store
            (`kzdash.objects`), or ``-`` for the standard input.
        registry: gives outlets their ids.
        stdin: the bytes of the standard input.
        fetcher: gets addresses; without one a new one is made when an address is given.
        limits: how much one input may hold.
    """
    given = sorted(name for name in inputs if name != _STDIN)
    given += [_STDIN] if _STDIN in inputs else []
    return _Reader(registry, limits, fetcher).read(given, stdin)


def _is_there(path: str) -> bool:
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    return bool(path)


def _not_there(name: str) -> InputError:
    return InputError(
        f"input '{shown(name)}'",
        "there is no such file or folder",
        "a folder, file, zip, http(s) address or -",
        "Correct the path",
    )


class _Reader:
    """Read inputs with one registry and one set of limits."""

    def __init__(self, registry: Registry, limits: Limits, fetcher: Fetcher | None) -> None:
        self._registry = registry
        self._limits = limits
        self._fetcher = fetcher

    def read(self, inputs: list[str], stdin: BinaryIO | None) -> Iterator[Article | Rejection]:
        for name in inputs:
            place = "standard input" if name == _STDIN else shown(name, 200)
            yield from self._guarded(place, self._records(name, stdin))

    def _guarded(
        self, place: str, found: Iterable[Record | Rejection]
    ) -> Iterator[Article | Rejection]:
        """Yield articles of records; an error becomes a rejection."""
        try:
            for item in found:
                yield item if isinstance(item, Rejection) else self._article(item)
        except Exception as error:
            yield _rejection(place, error)

    def _article(self, record: Record) -> Article | Rejection:
        try:
            return records.article(record, self._registry, self._limits)
        except Exception as error:
            return _rejection(record.place, error)

    def _records(self, name: str, stdin: BinaryIO | None) -> Iterator[Record | Rejection]:
        if name == _STDIN:
            yield from self._of_stdin(stdin)
        elif name.casefold().startswith(_SCHEMES):
            yield self._of_address(name)
        elif is_address(path := local_path(name)):
            yield from self._of_objects(path)
        elif _is_there(path):
            yield from self._of_path(Path(path))
        else:
            raise _not_there(path)

    def _of_objects(self, address: str) -> Iterator[Record | Rejection]:
        """Yield the records of a folder or file of an object store."""
        found = place(address)
        kind = found.kind()
        if kind == "folder":
            yield from self._of_collection(
                objects.sources(found, self._limits), shown(address, 200)
            )
        elif kind == "file":
            yield from self._of_source(
                objects.file(found, PurePosixPath(found.path).name), alone=True
            )
        else:
            raise _not_there(address)

    def _of_path(self, path: Path) -> Iterator[Record | Rejection]:
        kind = folders.kind_of(path)
        place = shown(str(path), 200)
        if kind == "folder":
            yield from self._of_collection(folders.sources(path, self._limits), place)
        elif kind != "file":
            yield Rejection(place, kind, "a regular file or folder", "Copy its content to a file")
        elif path.name.casefold() in CATALOGUES:
            yield from self._of_catalogue(path)
        else:
            source = folders.file(path, path.name, place)
            yield from self._of_source(source, self._entry_beside(path), alone=True)

    def _of_catalogue(self, path: Path) -> Iterator[Record | Rejection]:
        """Yield the records of the files that a catalogue lists."""
        place = shown(str(path), 200)
        catalogue = catalogues.read(folders.file(path, path.name, place), self._limits)
        yield from catalogue.rejections
        for name in sorted(catalogue.entries):
            file = path.parent / name
            if not file.is_file() or file.is_symlink():
                yield from catalogues.without_file([catalogue.entries[name]])
                continue
            source = folders.file(file, name, shown(str(file), 200))
            yield from self._of_source(source, catalogue.entries[name])

    def _entry_beside(self, path: Path) -> catalogues.Entry | None:
        """Return what a catalogue beside a file says of it."""
        for name in sorted(CATALOGUES):
            file = path.parent / name
            if file.is_file():
                source = folders.file(file, name, shown(str(file), 200))
                return catalogues.read(source, self._limits).entries.get(path.name)
        return None

    def _of_collection(
        self, found: Iterable[Source | Rejection], place: str
    ) -> Iterator[Record | Rejection]:
        """Yield the records of a folder's or zip's files, with their catalogues."""
        seen = 0
        for item in _with_catalogues(found, self._limits):
            seen += 1
            if isinstance(item, Rejection):
                yield item
            else:
                yield from self._of_source(item.source, item.entry)
        if not seen:
            yield Rejection(
                place,
                "nothing to read",
                "articles as text, Markdown, HTML, JSONL or CSV",
                "Give another folder or file",
            )

    def _of_source(
        self, source: Source, entry: catalogues.Entry | None = None, *, alone: bool = False
    ) -> Iterator[Record | Rejection]:
        """Yield the records of one file, by its kind; an error becomes a rejection."""
        try:
            kind = source.kind
            if kind is None and alone and not source.is_foreign:
                kind = _sniffed(source)
            yield from self._of_kind(kind, source, entry, alone=alone)
        except Exception as error:
            yield _rejection(source.place, error)

    def _of_kind(
        self, kind: str | None, source: Source, entry: catalogues.Entry | None, *, alone: bool
    ) -> Iterator[Record | Rejection]:
        if kind == "jsonl":
            yield from _some(json_lines.records(source, self._limits), source.place)
        elif kind == "json":
            yield from _some(json_lines.file_records(source, self._limits), source.place)
        elif kind == "table":
            if alone or not tables.is_address_list(source, self._limits):
                yield from _some(tables.records(source, self._limits), source.place)
        elif kind == "zip":
            yield from self._of_zip(source, alone=alone)
        elif kind in ("text", "markdown", "html"):
            yield self._of_file(kind, source, entry)
        else:
            raise InputError(
                source.place,
                "a file of a kind that is not read",
                "text, Markdown, HTML, JSONL, CSV or zip",
                "Convert or remove it",
            )

    def _of_zip(self, source: Source, *, alone: bool) -> Iterator[Record | Rejection]:
        if ", entry " in source.place and not alone:
            raise InputError(
                source.place, "a zip inside a zip", "articles in the zip itself", "Unpack it first"
            )
        yield from self._of_collection(archives.sources(source, self._limits), source.place)

    def _of_file(self, kind: str, source: Source, entry: catalogues.Entry | None) -> Record:
        """Return the record of a file that holds one article."""
        data = source.read(largest_of(kind, self._limits))
        if not data.strip(b"\0 \t\r\n"):
            found = "holds nothing but null bytes" if b"\0" in data else "is empty"
            raise InputError(source.place, f"the file {found}", "an article", "Remove it")
        if kind == "html":
            record = pages.read(data, source.place, self._registry)
        else:
            record = self._of_text(data, source.place, kind, entry)
        fields = {**record.fields, **(entry.fields if entry else {})}
        return Record(fields, record.place, record.form, record.undated, record.notes)

    def _of_text(
        self, data: bytes, place: str, kind: str, entry: catalogues.Entry | None
    ) -> Record:
        decoded = decode(data, place)
        text = _with_plain_line_ends(decoded.text)
        notes = (decoded.note,) if decoded.note else ()
        if frontmatter.has_head(text):
            head = frontmatter.parse(text, place)
            fields = records.canonical([*head.pairs, *_body(head)], place)
            return Record(fields, place, kind, notes=notes)
        if entry is None:
            raise InputError(
                place,
                "no front matter and no line in a catalogue",
                "front matter (---) or a catalogue.csv beside the file",
                "Add one of them",
            )
        return Record({"text": text}, place, kind, notes=notes)

    def _of_address(self, address: str) -> Record:
        if self._fetcher is None:
            self._fetcher = Fetcher()
        page = self._fetcher.get(address)
        return page.record(self._registry)

    def _of_stdin(self, stdin: BinaryIO | None) -> Iterator[Record | Rejection]:
        if stdin is None:
            yield Rejection("standard input", "there is none", "bytes", "Give a file")
            return
        with tempfile.SpooledTemporaryFile(max_size=1 << 22) as spooled:
            while chunk := stdin.read(1 << 20):
                spooled.write(chunk)
            if not spooled.tell():
                yield Rejection("standard input", "it is empty", "articles", "Give a file")
                return
            source = Source("standard input", "-", lambda: archives.again(spooled))
            yield from self._of_source(source, alone=True)


@dataclass(frozen=True)
class _Listed:
    """A source with what a catalogue says of it."""

    source: Source
    entry: catalogues.Entry | None


def _with_catalogues(
    found: Iterable[Source | Rejection], limits: Limits
) -> Iterator[_Listed | Rejection]:
    """Yield sources with their catalogue entries; lines without a file come last.

    A folder's catalogue must come before its other files.
    """
    listed: dict[str, catalogues.Entry] = {}
    for item in found:
        if isinstance(item, Rejection):
            yield item
        elif PurePosixPath(item.name).name.casefold() in CATALOGUES:
            catalogue = catalogues.read(item, limits)
            yield from catalogue.rejections
            prefix = f"{item.folder}/" if item.folder else ""
            listed |= {prefix + name: entry for name, entry in catalogue.entries.items()}
        elif not is_no_article(item.name) or item.name in listed:
            yield _Listed(item, listed.pop(item.name, None))
    yield from catalogues.without_file(listed.values())


def _rejection(place: str, error: Exception) -> Rejection:
    """Return the rejection of an input: one that trips this program must not cost the others.

    Raises:
        KzdashError: the fault is not the input's.
    """
    if isinstance(error, InputError):
        return Rejection.of(error)
    if isinstance(error, KzdashError):
        raise error
    if isinstance(error, (OSError, csv.Error)):
        fault = error if isinstance(error, OSError) else OSError(0, str(error))
        return Rejection.of(unreadable(place, fault))
    return Rejection(
        place,
        f"cannot be read ({type(error).__name__})",
        "an input that can be read",
        "Save it again in another form, or leave it out",
    )


def _some(found: Iterable[Record | Rejection], place: str) -> Iterator[Record | Rejection]:
    """Yield what was found, or a rejection where nothing was."""
    nothing = True
    for item in found:
        nothing = False
        yield item
    if nothing:
        yield Rejection(
            place, "holds no article", "a line or row for each article", "Give another file"
        )


def _body(head: frontmatter.Head) -> list[tuple[str, object]]:
    """Return the text below the head as a pair, unless it is blank."""
    return [("text", head.body)] if head.body.strip() else []


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")


def _sniffed(source: Source) -> str | None:
    """Return the kind of a stream without a telling name, by its first bytes."""
    with source.open() as stream:
        head = stream.read(_HEAD)
    if head.startswith(b"PK"):
        return "zip"
    check_is_text(head, source.place)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "utf-8-sig", "replace").replace("\0", "").lstrip()
    if text.startswith("---"):
        return "markdown"
    if text.startswith("{"):
        return "jsonl"
    if text.startswith("["):
        return "json"
    return "html" if text.startswith("<") else "table"
