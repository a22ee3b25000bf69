"""A build's tables in a private DuckDB database, locked once they are in.

The bytes that are loaded are the bytes whose SHA-256 the manifest names, and afterwards the
database needs no file of the build: a build published meanwhile cannot be mixed in. Text
columns with few values become ENUMs and articles get numbers, so that a million mentions
stay small and quick.
"""

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kzdash.manifest import TEXTS, Manifest, read_bytes
from kzdash.schema import GROUPS, KINDS, ROLES, STANCES, TEXT_SCHEMA, VOICES
from kzdash.store.frames import ACTOR_FRAMES, ARTICLE_FRAMES, FRAMES
from kzdash.store.sums import SUMMED

MEMORY_LIMIT = "64MB"
"""Of the database; what is more goes to its temporary file."""

SMALL = 200_000
"""Builds with at most so many rows are held in memory, larger ones in a temporary file."""

_BATCH = 50_000
_PLACED = [
    "article_id",
    "outlet_id",
    "duplicate_of",
    "published",
    "published_precision",
    "scored",
]
_UNUSED = frozenset({"mention_id", "fingerprint", "input_hash"})
_FIXED = {
    "kind": KINDS,
    "voice": VOICES,
    "role": ROLES,
    "label": STANCES,
    "pos": ("ADJ", "ADV", "NOUN", "VERB"),
}
_SEEN = {
    "outlet": [("articles", "outlet_id")],
    "actor": [
        ("mentions", "actor_id"),
        ("epithets", "actor_id"),
        ("relations", "source_actor"),
        ("relations", "target_actor"),
    ],
    "surface": [("mentions", "surface")],
    "speaker": [
        ("mentions", "speaker"),
        ("quotes", "speaker_actor"),
        ("quotes", "speaker_surface"),
    ],
    "verb": [("quotes", "verb"), ("relations", "verb")],
    "verb_class": [("quotes", "verb_class")],
    "epithet": [("epithets", "text")],
    "relation": [("epithets", "relation")],
    "relation_label": [("relations", "label")],
    "frame": [("frame_cues", "frame"), ("sentences", "frames.list.element")],
    "cue": [("frame_cues", "cue")],
    "lemma": [("terms", "lemma")],
}

_DATE = """try_cast(published || CASE length(published) WHEN 4 THEN '-01-01'
    WHEN 7 THEN '-01' ELSE '' END AS DATE)"""
_PLACE = "article_no, outlet, first_day, last_day"
_FROM = "FROM incoming r JOIN places USING (article_id) WHERE counted"
_TABLES = {
    "articles": f"""
        SELECT {_PLACE}, counted, r.* EXCLUDE (outlet_id)
        FROM incoming r JOIN places USING (article_id)""",
    "sentences": f"""
        SELECT {_PLACE}, sentence_no::SMALLINT AS sentence_no, r."start", r."end",
            r.paragraph_no::SMALLINT AS paragraph_no, words::SMALLINT AS words, sentiment,
            CASE WHEN len(frames) > 0 THEN frames::frame_t[] END AS frames,
            fragment_start, fragment_end
        FROM incoming r JOIN places USING (article_id)""",
    "mentions": f"""
        SELECT {_PLACE}, grp, sentence_no::SMALLINT AS sentence_no,
            actor_id::actor_t AS actor, surface::surface_t AS surface, kind::kind_t AS kind,
            r."start", r."end", sentiment, stance, stance_label::label_t AS stance_label,
            p_negative, p_neutral, p_positive, stance_reason, voice::voice_t AS voice,
            speaker::speaker_t AS speaker, role::role_t AS role,
            CASE WHEN len(cues) > 0 THEN cues END AS cues,
            new_in_article, scored_in_article
        {_FROM}""",
    "quotes": f"""
        SELECT {_PLACE}, grp, sentence_no, r."start", r."end",
            speaker_actor::speaker_t AS speaker_actor,
            coalesce(speaker_actor, speaker_surface)::speaker_t AS speaker,
            verb::verb_t AS verb, verb_class::verb_class_t AS verb_class, direct
        {_FROM}""",
    "epithets": f"""
        SELECT {_PLACE}, sentence_no, actor_id::actor_t AS actor, r.text::epithet_t AS text,
            relation::relation_t AS relation, valence, voice::voice_t AS voice, r."start", r."end"
        {_FROM}""",
    "relations": f"""
        SELECT {_PLACE}, sentence_no, source_actor::actor_t AS source,
            target_actor::actor_t AS target, verb::verb_t AS verb,
            label::relation_label_t AS label, score, voice::voice_t AS voice,
            r."start", r."end"
        {_FROM}""",
    "frame_cues": f"""
        SELECT {_PLACE}, sentence_no::SMALLINT AS sentence_no,
            frame::frame_t AS frame, cue::cue_t AS cue, r."start", r."end"
        {_FROM}""",
    "terms": f"""
        SELECT {_PLACE}, lemma::lemma_t AS lemma, pos::pos_t AS pos,
            count::INTEGER AS count
        {_FROM}""",
    "texts": "SELECT article_no, r.text FROM incoming r JOIN places USING (article_id)",
}
_DERIVED = {
    "frames": FRAMES,
    "article_frames": ARTICLE_FRAMES,
    "article_actors": SUMMED,
    "actor_frames": ACTOR_FRAMES,
    "term_totals": """
        SELECT outlet, lemma, pos, sum(count)::BIGINT AS count, count(*) AS documents
        FROM terms GROUP BY ALL""",
}


def load(folder: Path, manifest: Manifest) -> duckdb.DuckDBPyConnection:
    """Return a locked database with a build's tables.

    Articles that do not count stay out of all tables but `articles`, `sentences` and `texts`:
    those that are not in English, in which few mentions would be found, and those that repeat
    another article of their own outlet, or the same original of another outlet once more.

    Args:
        folder: the build.
        manifest: its manifest.

    Raises:
        BuildError: a file is not the one that the manifest names.
    """
    present = manifest.paths(folder)

    def read(table: str) -> pq.ParquetFile:
        return pq.ParquetFile(pa.BufferReader(read_bytes(folder, manifest, f"{table}.parquet")))

    rows = sum(file.rows for file in manifest.files.values())
    place = Path(tempfile.mkdtemp(prefix="kzdash-")) if rows > SMALL else None
    connection = _database(place)
    try:
        _types(connection, {t: read(t) for columns in _SEEN.values() for t, _ in columns})
        _places(connection, read("articles").read(_PLACED))
        for table, query in _TABLES.items():
            if table != "texts":
                _ingest(connection, table, query, _batches(read(table), table))
        texts = (
            pq.ParquetFile(pa.BufferReader(read_bytes(folder, manifest, TEXTS)))
            if TEXTS in present
            else TEXT_SCHEMA.empty_table()
        )
        _ingest(connection, "texts", _TABLES["texts"], _batches(texts, "texts"))
        for table, query in _DERIVED.items():
            connection.execute(f"CREATE TABLE {table} AS {query}")
        connection.execute("CHECKPOINT")
        pa.default_memory_pool().release_unused()
        return _locked(connection, place)
    except BaseException:
        connection.close()
        if place:
            shutil.rmtree(place, ignore_errors=True)
        raise


def _database(place: Path | None) -> duckdb.DuckDBPyConnection:
    """Open a database in memory, or in a file of a folder."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": 2,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(str(place / "build.duckdb") if place else ":memory:", config=config)


def _locked(connection: duckdb.DuckDBPyConnection, place: Path | None) -> duckdb.DuckDBPyConnection:
    """Return a database that reads nothing else; its folder goes when it is closed or forgotten.

    One in a file is opened anew, which gives back the memory that loading took.
    """
    if place:
        connection.close()
        connection = _database(place)
        weakref.finalize(connection, shutil.rmtree, place, ignore_errors=True)
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _types(connection: duckdb.DuckDBPyConnection, files: dict[str, pq.ParquetFile]) -> None:
    """Create an ENUM type for each set of values, in alphabetical order where not fixed."""
    values: dict[str, list[str]] = {name: list(fixed) for name, fixed in _FIXED.items()}
    for name, columns in _SEEN.items():
        seen: set[str] = set()
        for table, column in columns:
            seen |= _distinct(files[table], column)
        values[name] = sorted(seen) or [""]
    for name, members in values.items():
        connection.execute(f"CREATE TYPE {name}_t AS ENUM (SELECT unnest(?::VARCHAR[]))", [members])


def _distinct(file: pq.ParquetFile, column: str) -> set[str]:
    seen: set[str] = set()
    for batch in file.iter_batches(_BATCH, columns=[column]):
        array: Any = batch.column(0)
        values = array.flatten() if pa.types.is_list(array.type) else array
        seen.update(value for value in pc.unique(values).to_pylist() if value is not None)
    return seen


def _places(connection: duckdb.DuckDBPyConnection, articles: pa.Table) -> None:
    """Number the articles in the order of their ids, date them, give each one of `GROUPS` groups.

    The groups are as good as random (multiplicative hashing) and the same for each opening. Of
    an outlet's articles with one original the first alone counts.
    """
    connection.register("incoming", articles)
    connection.execute(
        f"""CREATE TABLE places AS
        SELECT (row_number() OVER (ORDER BY article_id) - 1)::INTEGER AS article_no,
            article_id, outlet_id::outlet_t AS outlet, {_DATE} AS first_day,
            (CASE published_precision
                WHEN 'year' THEN {_DATE} + INTERVAL 1 YEAR - INTERVAL 1 DAY
                WHEN 'month' THEN {_DATE} + INTERVAL 1 MONTH - INTERVAL 1 DAY
                ELSE {_DATE} END)::DATE AS last_day,
            ((article_no * 2654435761 % 4294967296) // 7 % {GROUPS})::SMALLINT AS grp,
            scored AND row_number() OVER (
                PARTITION BY outlet_id, coalesce(duplicate_of, article_id)
                ORDER BY duplicate_of IS NOT NULL, article_id) = 1 AS counted
        FROM incoming
        ORDER BY article_no"""
    )
    connection.unregister("incoming")


def _ingest(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, batches: pa.RecordBatchReader
) -> None:
    """Create a table from incoming rows, in their order.

    Left to itself the database would hold all of them to look their articles up in the other
    direction, which takes longer and leaves the articles' rows scattered.
    """
    connection.register("incoming", batches)
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    connection.execute(f"CREATE TABLE {name} AS {query}")
    connection.execute("RESET disabled_optimizers")
    connection.unregister("incoming")


def _batches(source: pq.ParquetFile | pa.Table, table: str) -> pa.RecordBatchReader:
    if isinstance(source, pa.Table):
        return source.to_reader()
    extra = _newness(source) if table == "mentions" else {}
    names = [f.name for f in source.schema_arrow if f.name not in _UNUSED]
    schema = pa.schema([_plain(source.schema_arrow.field(name)) for name in names])
    schema = pa.schema([*schema, *(pa.field(name, pa.bool_()) for name in extra)])

    def stream() -> Iterator[pa.RecordBatch]:
        done = 0
        for batch in source.iter_batches(_BATCH, columns=names):
            end = done + batch.num_rows
            columns = [*batch.columns, *(pa.array(flags[done:end]) for flags in extra.values())]
            cast = [column.cast(f.type) for column, f in zip(columns, schema, strict=True)]
            yield pa.RecordBatch.from_arrays(cast, schema=schema)
            done = end

    return pa.RecordBatchReader.from_batches(schema, stream())


def _plain(field: pa.Field) -> pa.Field:
    kind = field.type
    return pa.field(field.name, kind.value_type if pa.types.is_dictionary(kind) else kind)


def _newness(mentions: pq.ParquetFile) -> dict[str, np.ndarray]:
    """Return which mentions are the first of their actor in their article.

    Those named scored are the first with a stance. Counting these counts articles without the
    cost of counting distinct ones.
    """
    article, actor = (_codes(mentions, column) for column in ("article_id", "actor_id"))
    pair = article * (actor.max(initial=0) + 1) + actor
    scored = np.nonzero(_known(mentions, "stance"))[0]
    return {
        "new_in_article": _first(pair, np.arange(len(pair))),
        "scored_in_article": _first(pair, scored),
    }


def _first(key: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return a flag for each row: whether it is the first with its key among those in places."""
    flags = np.zeros(len(key), dtype=bool)
    flags[places[np.unique(key[places], return_index=True)[1]]] = True
    return flags


def _known(file: pq.ParquetFile, column: str) -> np.ndarray:
    """Return which rows have a value in a column."""
    parts = [np.zeros(0, dtype=bool)]
    for batch in file.iter_batches(_BATCH, columns=[column]):
        parts.append(batch.column(0).is_valid().to_numpy(zero_copy_only=False))
    return np.concatenate(parts)


def _codes(file: pq.ParquetFile, column: str) -> np.ndarray:
    known: dict[str, int] = {}
    parts = [np.zeros(0, dtype=np.int64)]
    for batch in file.iter_batches(_BATCH, columns=[column]):
        array: Any = batch.column(0)
        if not pa.types.is_dictionary(array.type):
            array = array.dictionary_encode()
        numbers = [known.setdefault(value, len(known)) for value in array.dictionary.to_pylist()]
        parts.append(np.array(numbers, dtype=np.int64)[array.indices.to_numpy()])
    return np.concatenate(parts)
