"""Reading: what is given is kept on disk, each article once, and becomes parts to analyse.

An index on disk holds what was given, so memory does not grow with the number of articles.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow.parquet as pq

from kzdash.build.parts import Part, ends_part, input_hash, part_key
from kzdash.build.places import Places
from kzdash.build.workplace import Workplace
from kzdash.corpus.duplicates import Signature, find, signature
from kzdash.corpus.rejection import Note, Rejection
from kzdash.progress import Progress
from kzdash.schema import Article

BATCH = 256
MOST_NOTES = 10_000
"""Notes that are kept; further ones are heard and dropped."""

TABLES = """
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
CREATE TABLE given(article_id TEXT PRIMARY KEY, input TEXT, said TEXT, place TEXT,
    known INTEGER, failed INTEGER, published TEXT, text_hash TEXT, slots BLOB, article BLOB,
    outlet TEXT, name TEXT);
CREATE INDEX said ON given(said);
CREATE TABLE before(article_id TEXT PRIMARY KEY, input TEXT) WITHOUT ROWID;
"""


class Intake:
    """Takes what is read; keeps each article once.

    An article is *known* when the build before it holds it unchanged; all others become
    parts, in the order of their ids.

    Args:
        work: where the build is made.
        pipeline: digest over all that decides what is measured.
        before: the articles table of the build before, if that was measured the same way.
        progress: hears of what is read and rejected.
        places: makes the places relative that are kept; what is heard keeps whole ones.

    Attributes:
        seen: inputs so far.
        known: articles that are as in the build before.
        new: articles to analyse.
        skipped: articles given a second time.
        rejected: what was not taken.
        notes: what was noticed of what was taken, `MOST_NOTES` at most.
        parts: the keys of all parts, each with its number of articles.
    """

    def __init__(
        self,
        work: Workplace,
        pipeline: str,
        before: Path | None,
        progress: Progress,
        places: Places,
    ) -> None:
        self._work = work
        self._pipeline = pipeline
        self._progress = progress
        self._places = places
        self._index = sqlite3.connect(work.given / "index.sqlite", isolation_level=None)
        self._index.executescript(TABLES)
        self.seen = 0
        self.known = 0
        self.new = 0
        self.skipped = 0
        self.rejected: list[Rejection] = []
        self.notes: list[Note] = []
        self.parts: dict[str, int] = {}
        if before:
            self._remember(before)

    def read(self, items: Iterable[Article | Rejection]) -> None:
        """Take everything that is given."""
        self._index.execute("BEGIN")
        for item in items:
            self.seen += 1
            if isinstance(item, Rejection):
                self.reject(item)
            else:
                self._take(item)
            self._progress.read(self.seen)
        self._index.execute("COMMIT")
        self.parts = {part_key(self._pipeline, hashes): len(hashes) for hashes in self._plan()}

    def reject(self, rejection: Rejection) -> None:
        """Note what is not taken."""
        shared = self._places.shared
        self.rejected.append(
            replace(rejection, place=shared(rejection.place), finding=shared(rejection.finding))
        )
        self._progress.rejected(rejection)

    def note(self, place: str, finding: str) -> None:
        """Note what was noticed of an article that is taken."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append(Note(self._places.shared(place), self._places.shared(finding)))
        self._progress.noted(Note(place, finding))

    def note_unscored(self, article_ids: Iterable[str]) -> None:
        """Note the articles that are in the tables without scores."""
        for article_id in article_ids:
            self.note(self._place(article_id), "not English, so it is not scored")

    def fail(self, article_id: str, finding: str) -> None:
        """Note an article that was read but cannot be analysed."""
        place = self._place(article_id)
        self._index.execute("UPDATE given SET failed = 1 WHERE article_id = ?", [article_id])
        self.new -= 1
        self.reject(
            Rejection(
                place,
                f"{finding}: a fault of kzdash, not of the text",
                "an article that can be analysed",
                "Report this line; until it is mended the article is in no measure",
            )
        )

    def waiting(self) -> Iterator[Part]:
        """Yield the parts that are not yet analysed."""
        articles = self._stored("NOT known")
        for key, count in self.parts.items():
            held = tuple(Article(**json.loads(next(articles))) for _ in range(count))
            if not self._work.has(key):
                yield Part(key, held)

    def known_ids(self, first: str, last: str) -> list[str]:
        """Return the ids of the known articles from one id to another."""
        query = "SELECT article_id FROM given WHERE known AND article_id BETWEEN ? AND ?"
        return [row[0] for row in self._index.execute(query, [first, last])]

    def texts(self) -> Iterator[tuple[list[str], list[str]]]:
        """Yield ids and texts of the articles in the tables, some at a time, in their order."""
        ids: list[str] = []
        texts: list[str] = []
        for stored in self._stored("NOT failed"):
            article = json.loads(stored)
            ids.append(article["article_id"])
            texts.append(article["text"])
            if len(ids) == BATCH:
                yield ids, texts
                ids, texts = [], []
        yield ids, texts

    def duplicates(self) -> dict[str, str]:
        """Return the original of every article in the tables that repeats another."""
        query = "SELECT article_id, published, text_hash, slots FROM given WHERE NOT failed"
        found = find(Signature(*row) for row in self._index.execute(query))
        return {article_id: duplicate.original for article_id, duplicate in found.items()}

    def outlets(self) -> dict[str, str]:
        """Return the names of outlets that the registry does not know: the usual one of each."""
        query = """SELECT outlet, name FROM given WHERE name IS NOT NULL AND NOT failed
            GROUP BY outlet, name ORDER BY outlet, count(*), name DESC"""
        return dict(self._index.execute(query).fetchall())

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def _take(self, article: Article) -> None:
        earlier = self._given_before(article)
        if earlier is None:
            self._keep(article)
            return
        place, same = earlier
        if same:
            self.skipped += 1
            self._progress.skipped(article.place, place)
        else:
            self.reject(_second_text(article, place))

    def _place(self, article_id: str) -> str:
        query = "SELECT place FROM given WHERE article_id = ?"
        return str(self._index.execute(query, [article_id]).fetchone()[0])

    def _keep(self, article: Article) -> None:
        for finding in article.notes:
            self.note(article.place, finding)
        hashed = input_hash(article)
        known = self._is_known(article.article_id, hashed)
        self.known += known
        self.new += not known
        seen = signature(article)
        stored = zlib.compress(json.dumps(asdict(article)).encode(), 1)
        self._index.execute(
            "INSERT INTO given VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
            [article.article_id, hashed, _said(article), article.place, known,
             article.published, seen.text_hash, seen.slots, stored, article.outlet_id,
             article.outlet_name],
        )  # fmt: skip

    def _stored(self, condition: str) -> Iterator[bytes]:
        """Yield the articles that fulfil a condition, as JSON, in the order of their ids."""
        query = f"SELECT article FROM given WHERE {condition} ORDER BY article_id"
        return (zlib.decompress(row[0]) for row in self._index.execute(query))

    def _plan(self) -> Iterator[list[str]]:
        """Yield the input hashes of each part."""
        hashes: list[str] = []
        query = "SELECT input FROM given WHERE NOT known ORDER BY article_id"
        for (hashed,) in self._index.execute(query):
            hashes.append(hashed)
            if ends_part(len(hashes), hashed):
                yield hashes
                hashes = []
        if hashes:
            yield hashes

    def _given_before(self, article: Article) -> tuple[str, bool] | None:
        """Return where an article was given before, and whether it said the same there."""
        said = _said(article)
        query = "SELECT place, said FROM given WHERE article_id = ? OR said = ?"
        found = self._index.execute(query, [article.article_id, said]).fetchall()
        if not found:
            return None
        return next(
            ((place, True) for place, other in found if other == said), (found[0][0], False)
        )

    def _is_known(self, article_id: str, hashed: str) -> bool:
        query = "SELECT 1 FROM before WHERE article_id = ? AND input = ?"
        return self._index.execute(query, [article_id, hashed]).fetchone() is not None

    def _remember(self, before: Path) -> None:
        for batch in pq.ParquetFile(before).iter_batches(columns=["article_id", "input_hash"]):
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            self._index.executemany("INSERT INTO before VALUES (?, ?)", rows)


def _said(article: Article) -> str:
    """Return what makes two articles the same one: outlet, date and text."""
    said = "\n".join((article.outlet_id, article.published or "", article.text))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _second_text(article: Article, place: str) -> Rejection:
    return Rejection(
        article.place,
        f"has the id '{article.article_id}' that {place} has, and another text",
        "one id for each article",
        "Give it an id of its own or leave one of the two out",
    )
