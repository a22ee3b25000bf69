"""Reading: what is given becomes parts to analyse, on disk, each article once.

An index on disk knows what was given, so memory does not grow with the number of articles.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kzdash.build.parts import (
    Part,
    ends_part,
    input_hash,
    part_key,
    read_articles,
    write_articles,
)
from kzdash.build.progress import Progress
from kzdash.build.workplace import Workplace
from kzdash.corpus.duplicates import Signature, find, signature
from kzdash.corpus.rejection import Rejection
from kzdash.schema import Article

BATCH = 256
TEXTS = pa.schema([("article_id", pa.string()), ("text", pa.string())])
DUPLICATES = pa.schema([("article_id", pa.string()), ("duplicate_of", pa.string())])
TABLES = """
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
CREATE TABLE given(article_id TEXT PRIMARY KEY, said TEXT, place TEXT, known INTEGER,
    failed INTEGER, published TEXT, text_hash TEXT, slots BLOB) WITHOUT ROWID;
CREATE INDEX said ON given(said);
CREATE TABLE before(article_id TEXT PRIMARY KEY, input TEXT) WITHOUT ROWID;
"""


class Intake:
    """Takes what is read; keeps each article once.

    An article is *known* when the build before it holds it unchanged; all others are spooled
    as parts.

    Args:
        work: where the build is made.
        pipeline: digest over all that decides what is measured.
        before: the articles table of the build before, if that was measured the same way.
        progress: hears of what is read and rejected.

    Attributes:
        seen: inputs so far.
        known: articles that are as in the build before.
        new: articles to analyse.
        skipped: articles given a second time.
        rejected: what was not taken.
        keys: the parts, in order, each with its number of articles.
    """

    def __init__(
        self, work: Workplace, pipeline: str, before: Path | None, progress: Progress
    ) -> None:
        self._work = work
        self._pipeline = pipeline
        self._progress = progress
        self._open: list[Article] = []
        self._hashes: list[str] = []
        self._texts: list[Article] = []
        self._index = sqlite3.connect(work.given / "index.sqlite", isolation_level=None)
        self._index.executescript(TABLES)
        self._text_file = pq.ParquetWriter(self.texts, TEXTS, compression="zstd")
        self.seen = 0
        self.known = 0
        self.new = 0
        self.skipped = 0
        self.rejected: list[Rejection] = []
        self.keys: dict[str, int] = {}
        if before:
            self._remember(before)

    @property
    def texts(self) -> Path:
        """The texts of all articles taken: columns article_id, text."""
        return self._work.given / "texts.parquet"

    @property
    def known_ids(self) -> Path:
        """The ids of the known articles: column article_id."""
        return self._work.given / "known.parquet"

    def read(self, items: Iterable[Article | Rejection]) -> None:
        """Take everything that is given."""
        for item in items:
            self.seen += 1
            if isinstance(item, Rejection):
                self.reject(item)
            else:
                self._take(item)
            self._progress.read(self.seen)
        self._end_part()
        self._write_texts()
        self._text_file.close()
        self._write_known()

    def reject(self, rejection: Rejection) -> None:
        """Note what is not taken."""
        self.rejected.append(rejection)
        self._progress.rejected(rejection)

    def fail(self, article_id: str, finding: str) -> None:
        """Note an article that was read but cannot be analysed."""
        query = "SELECT place FROM given WHERE article_id = ?"
        place = self._index.execute(query, [article_id]).fetchone()[0]
        self._index.execute("UPDATE given SET failed = 1 WHERE article_id = ?", [article_id])
        self.new -= 1
        self.reject(
            Rejection(place, finding, "an article that can be analysed", "Leave the article out")
        )

    def waiting(self) -> Iterator[Part]:
        """Yield the parts that are not yet analysed."""
        for key in self.keys:
            if not self._work.has(key):
                yield Part(key, read_articles(self._work.spool / f"{key}.parquet"))

    def write_duplicates(self) -> Path:
        """Write which articles repeat another: columns article_id, duplicate_of."""
        query = "SELECT article_id, published, text_hash, slots FROM given WHERE NOT failed"
        found = find(Signature(*row) for row in self._index.execute(query))
        columns = [list(found), [duplicate.original for duplicate in found.values()]]
        path = self._work.given / "duplicates.parquet"
        pq.write_table(pa.table(columns, schema=DUPLICATES), path)
        return path

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def _take(self, article: Article) -> None:
        hashed = input_hash(article)
        earlier = self._given_before(article)
        if earlier is not None:
            place, same = earlier
            if same:
                self.skipped += 1
                self._progress.skipped(article.place, place)
            else:
                self.reject(_second_text(article, place))
            return
        known = self._is_known(article.article_id, hashed)
        seen = signature(article)
        self._index.execute(
            "INSERT INTO given VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
            [article.article_id, _said(article), article.place, known, article.published,
             seen.text_hash, seen.slots],
        )  # fmt: skip
        self._texts.append(article)
        if len(self._texts) == BATCH:
            self._write_texts()
        if known:
            self.known += 1
        else:
            self._spool(article, hashed)

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

    def _spool(self, article: Article, hashed: str) -> None:
        self.new += 1
        self._open.append(article)
        self._hashes.append(hashed)
        if ends_part(len(self._open), hashed):
            self._end_part()

    def _end_part(self) -> None:
        if not self._open:
            return
        key = part_key(self._pipeline, self._hashes)
        self.keys[key] = len(self._open)
        if not self._work.has(key):
            write_articles(self._work.spool / f"{key}.parquet", self._open)
        self._open, self._hashes = [], []

    def _write_texts(self) -> None:
        columns = [[a.article_id for a in self._texts], [a.text for a in self._texts]]
        self._text_file.write_table(pa.table(columns, schema=TEXTS))
        self._texts = []

    def _remember(self, before: Path) -> None:
        for batch in pq.ParquetFile(before).iter_batches(columns=["article_id", "input_hash"]):
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            self._index.executemany("INSERT INTO before VALUES (?, ?)", rows)

    def _write_known(self) -> None:
        schema = pa.schema([("article_id", pa.string())])
        found = self._index.execute("SELECT article_id FROM given WHERE known")
        with pq.ParquetWriter(self.known_ids, schema) as writer:
            while rows := found.fetchmany(10_000):
                writer.write_table(pa.table([[row[0] for row in rows]], schema=schema))


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
