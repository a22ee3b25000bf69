"""Duplicates: the same text printed by several outlets.

`find` marks wire copy: articles whose words are, but for a few, those of an earlier one. It
keeps its books in a temporary file, so that memory does not grow with the number of articles.

The likeness of two texts is the share of their five-word runs that both have (Jaccard),
estimated by MinHash with 128 slots (Broder 1997); candidates come from banding the slots
(Leskovec, Rajaraman and Ullman 2014, ch. 3): 16 bands of 6 find 99 % of the pairs that share
80 % of their runs.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType

import numpy as np
import numpy.typing as npt

from kzdash.fingerprints import words
from kzdash.schema import Article

SLOTS = 128
THRESHOLD = 0.8
_BANDS = 16
_ROWS = 6
_RUN = 5
_FEWEST_WORDS = 20
_MOST_CANDIDATES = 1_000


@dataclass(frozen=True)
class Signature:
    """What is kept of an article to find its duplicates (about 600 bytes).

    Args:
        article_id: the article.
        published: its ISO date, or None; the earlier of two duplicates is the original.
        text_hash: hash over the words of its paragraphs (without the title).
        slots: 128 MinHash slots of 32 bits; empty for texts below 20 words.
    """

    article_id: str
    published: str | None
    text_hash: str
    slots: bytes


@dataclass(frozen=True)
class Duplicate:
    """The article that another one repeats, and how much of it (0..1, 1 = the same words)."""

    original: str
    similarity: float


def signature(article: Article) -> Signature:
    """Return the signature of an article's paragraphs; the title does not count."""
    tokens = words(article.text.partition("\n\n")[2])
    return Signature(article.article_id, article.published, _hash(tokens), _slots(tokens))


def find(signatures: Iterable[Signature], threshold: float = THRESHOLD) -> dict[str, Duplicate]:
    """Return, for each article that repeats an earlier one, the original and the likeness.

    An original is never itself a duplicate. The result does not depend on the order of the
    signatures: articles are compared in the order of date and id.

    Args:
        signatures: of all articles.
        threshold: the least likeness of a duplicate, 0..1.
    """
    with _Books("CREATE TABLE s (id TEXT, published TEXT, hash TEXT, slots BLOB)") as books:
        books.run_many(
            "INSERT INTO s VALUES (?, ?, ?, ?)",
            ((s.article_id, s.published or "9999", s.text_hash, s.slots) for s in signatures),
        )
        books.run("CREATE TABLE originals (id TEXT, slots BLOB)")
        books.run("CREATE TABLE hashes (hash TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID")
        books.run(
            "CREATE TABLE bands (band INTEGER, original INTEGER, "
            "PRIMARY KEY (band, original)) WITHOUT ROWID"
        )
        found: dict[str, Duplicate] = {}
        for row in books.rows("SELECT id, hash, slots FROM s ORDER BY published, id"):
            duplicate = _compared(books, *row, threshold=threshold)
            if duplicate:
                found[row[0]] = duplicate
        return found


class _Books:
    """A database in a temporary file that vanishes with the process."""

    def __init__(self, first: str) -> None:
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -20000"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute(first)

    def __enter__(self) -> "_Books":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def run(self, statement: str, *values: object) -> int:
        cursor = self._connection.execute(statement, [_storable(v) for v in values])
        return cursor.lastrowid or 0

    def run_many(self, statement: str, values: Iterable[tuple[object, ...]]) -> None:
        self._connection.executemany(statement, values)

    def rows(self, statement: str, *values: object) -> Iterator[tuple[str, str, bytes]]:
        return self._connection.execute(statement, values)

    def first(self, statement: str, *values: object) -> tuple[str, str] | None:
        row = self._connection.execute(statement, [_storable(v) for v in values]).fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def close(self) -> None:
        self._connection.close()


def _storable(value: object) -> object:
    """Return a value as the database takes it (a file name may hold bytes that are no text)."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _compared(
    books: _Books, article_id: str, text_hash: str, slots: bytes, *, threshold: float
) -> Duplicate | None:
    """Return what an article repeats of the originals so far; else make it an original."""
    if not slots:
        return None
    same = books.first("SELECT hash, id FROM hashes WHERE hash = ?", text_hash)
    if same:
        return Duplicate(same[1], 1.0)
    bands = _bands(slots)
    best = _nearest(books, bands, slots)
    if best and best.similarity >= threshold:
        return best
    number = books.run("INSERT INTO originals VALUES (?, ?)", article_id, slots)
    books.run("INSERT INTO hashes VALUES (?, ?)", text_hash, article_id)
    books.run_many("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((b, number) for b in bands))
    return None


def _nearest(books: _Books, bands: list[int], slots: bytes) -> Duplicate | None:
    """Return the most alike original that shares a band; among equals the earliest."""
    marks = ", ".join("?" * len(bands))
    own = np.frombuffer(slots, dtype=np.uint32)
    best: Duplicate | None = None
    rows = books.rows(
        f"SELECT id, '', slots FROM originals WHERE rowid IN (SELECT DISTINCT original FROM bands "
        f"WHERE band IN ({marks}) ORDER BY original LIMIT {_MOST_CANDIDATES}) ORDER BY rowid",
        *bands,
    )
    for article_id, _, other in rows:
        shared = float(np.mean(own == np.frombuffer(other, dtype=np.uint32)))
        if best is None or shared > best.similarity:
            best = Duplicate(article_id, shared)
    return best


def _hash(tokens: list[str]) -> str:
    return hashlib.sha256(" ".join(tokens).encode("utf-8", "replace")).hexdigest()[:32]


def _slots(tokens: list[str]) -> bytes:
    """Return the least value of each of 128 hash functions over the five-word runs."""
    if len(tokens) < _FEWEST_WORDS:
        return b""
    runs = {
        zlib.crc32(" ".join(tokens[at : at + _RUN]).encode("utf-8", "replace"))
        for at in range(len(tokens) - _RUN + 1)
    }
    least = np.full(SLOTS, np.iinfo(np.uint32).max, dtype=np.uint32)
    values = np.fromiter(runs, dtype=np.uint64, count=len(runs))
    for at in range(0, len(values), 4096):
        hashed = (values[at : at + 4096, None] * _FACTORS + _SUMMANDS) >> np.uint64(32)
        least = np.minimum(least, hashed.min(axis=0).astype(np.uint32))
    return least.tobytes()


def _bands(slots: bytes) -> list[int]:
    """Return a number for each band; two texts that share one are worth comparing."""
    size = _ROWS * 4
    return [
        int.from_bytes(
            hashlib.blake2b(bytes([n]) + slots[n * size : (n + 1) * size], digest_size=8).digest(),
            "little",
            signed=True,
        )
        for n in range(_BANDS)
    ]


def _constants(salt: str) -> npt.NDArray[np.uint64]:
    """Return 128 fixed odd numbers of 64 bits (multiply-shift hashing, Dietzfelbinger 1997)."""
    digests = (hashlib.blake2b(f"{salt}{n}".encode(), digest_size=8).digest() for n in range(SLOTS))
    return np.array([int.from_bytes(d, "little") | 1 for d in digests], dtype=np.uint64)


_FACTORS = _constants("factor")
_SUMMANDS = _constants("summand")
