"""Collecting: the texts of a catalogue's addresses onto the user's own machine.

Each article becomes a text file with front matter, which `kzdash build` reads. What is there
already is kept, so that a run can be interrupted and resumed.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kzdash.corpus import folders, frontmatter, records, tables
from kzdash.corpus.characters import shown
from kzdash.corpus.fetch import Fetcher
from kzdash.corpus.limits import LOCAL
from kzdash.corpus.records import Record
from kzdash.corpus.rejection import Rejection
from kzdash.corpus.slugs import slug
from kzdash.errors import InputError
from kzdash.fingerprints import still_said
from kzdash.registry import Registry
from kzdash.replacing import replace_bytes
from kzdash.schema import Article

Progress = Callable[[int, int], None]
_FROM_CATALOGUE = ("outlet", "title", "date", "author", "lang", "translated_from",
                   "republished_by", "id")  # fmt: skip


@dataclass(frozen=True)
class Collected:
    """What became of one line of a catalogue.

    Args:
        place: the catalogue's line.
        url: its address.
        file: the text file, or None where there is none.
        was_there: whether the file was there before.
        said: how many analysed sentences the page still says, or None if none is known.
        analysed: how many sentences were analysed.
        rejection: why there is no file.
    """

    place: str
    url: str
    file: Path | None = None
    was_there: bool = False
    said: int | None = None
    analysed: int = 0
    rejection: Rejection | None = None

    def __str__(self) -> str:
        """Return one line for the user."""
        if self.rejection:
            return str(self.rejection)
        found = "kept" if self.was_there else "fetched"
        name = self.file.name if self.file else ""
        if self.said is None:
            return f"{found}: {name}"
        says = "the page says" if self.said == self.analysed else "the page has changed: it says"
        return f"{found}: {name} ({says} {self.said} of {self.analysed} analysed sentences)"


def fetch_catalogue(
    catalogue: Path,
    to: Path,
    registry: Registry,
    fetcher: Fetcher,
    *,
    progress: Progress | None = None,
    analysis: Path | None = None,
) -> Iterator[Collected]:
    """Fetch every address of a catalogue into a folder, one result a line.

    Args:
        catalogue: a CSV with a column ``url``; ``outlet``, ``title``, ``published``, ``author``
            and ``language`` count more than what the page says.
        to: the folder for the text files; made if it is not there.
        registry: for outlets.
        fetcher: gets the pages.
        progress: called with (done, total) after each line.
        analysis: the folder of a build, whose sentence fingerprints are compared.

    Raises:
        InputError: the catalogue cannot be read, or the folder cannot be written.
    """
    rows = list(_addresses(catalogue))
    known = known_sentences(analysis) if analysis else {}
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            shown(str(to), 200),
            f"no folder can be made ({error.strerror})",
            "a folder that can be written",
            "Give another folder",
        ) from None
    for number, row in enumerate(rows, 1):
        yield row if isinstance(row, Collected) else _collected(row, to, registry, fetcher, known)
        if progress:
            progress(number, len(rows))


def known_sentences(analysis: Path) -> dict[str, list[str]]:
    """Return the sentence fingerprints of a build's articles, by address; {} without tables."""
    try:
        articles = pq.read_table(analysis / "articles.parquet", columns=["article_id", "url"])
        sentences = pq.read_table(
            analysis / "sentences.parquet", columns=["article_id", "fingerprint"]
        )
    except (OSError, ValueError):
        return {}
    urls = {
        str(article): url
        for article, url in zip(*(c.to_pylist() for c in articles.columns), strict=True)
        if url
    }
    wanted = sentences.filter(
        pc.is_in(
            sentences["article_id"].cast("string"), value_set=pa.array(list(urls), pa.string())
        )
    )
    found: dict[str, list[str]] = {}
    for article, fingerprint in zip(*(c.to_pylist() for c in wanted.columns), strict=True):
        found.setdefault(urls[str(article)], []).append(str(fingerprint))
    return found


@dataclass(frozen=True)
class _Row:
    place: str
    url: str
    fields: dict[str, object]


def _addresses(catalogue: Path) -> Iterator[_Row | Collected]:
    source = folders.file(catalogue, catalogue.name, shown(str(catalogue), 200))
    for row in tables.rows(source, LOCAL, ("url",)):
        if isinstance(row, Rejection):
            yield Collected(row.place, "", rejection=row)
            continue
        fields = records.canonical(row.pairs, row.place)
        url = str(fields.get("url", "")).strip()
        if url:
            yield _Row(row.place, url, fields)
        else:
            yield Collected(
                row.place,
                "",
                rejection=Rejection(
                    row.place, "'url' is missing", "an http or https address", "Add the address"
                ),
            )


def _collected(
    row: _Row, to: Path, registry: Registry, fetcher: Fetcher, known: Mapping[str, Sequence[str]]
) -> Collected:
    file = to / file_name(row.url)
    was_there = file.is_file()
    try:
        if was_there:
            text = file.read_text("utf-8")
        else:
            text = _as_file(_article(row, registry, fetcher))
            replace_bytes(file, text.encode("utf-8"))
    except InputError as error:
        return Collected(row.place, row.url, rejection=Rejection.of(error))
    except (OSError, ValueError) as error:
        finding = f"'{file.name}' cannot be written or read ({type(error).__name__})"
        return Collected(row.place, row.url, rejection=Rejection(row.place, finding))
    analysed = set(known.get(row.url, ()))
    said = len(still_said(text, analysed)) if analysed else None
    return Collected(row.place, row.url, file, was_there, said, len(analysed))


def file_name(url: str) -> str:
    """Return the name of the text file of an address: readable, safe and always the same."""
    try:
        parts = urlsplit(url)
        readable = slug(f"{parts.hostname or ''} {parts.path}", 80)
    except ValueError:
        readable = "page"
    return f"{readable}-{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:6]}.txt"


def _article(row: _Row, registry: Registry, fetcher: Fetcher) -> Article:
    page = fetcher.get(row.url)
    found = page.record(registry)
    given = {name: row.fields[name] for name in _FROM_CATALOGUE if name in row.fields}
    fields = {**found.fields, **given, "url": row.url}
    return records.article(Record(fields, found.place, undated=True), registry)


def _as_file(article: Article) -> str:
    """Return the text file of an article."""
    fields = {
        "id": article.article_id,
        "outlet": article.outlet_name or article.outlet_id,
        "title": article.title,
        "date": article.published or "undated",
        "url": article.url,
        "author": article.author,
        "lang": article.language,
        "translated_from": article.translated_from,
        "republished_by": article.republished_by,
    }
    body = article.text.partition("\n\n")[2]
    return frontmatter.dump({name: value for name, value in fields.items() if value}, body)
