"""Merging: the rows of parts, and those kept from the build before, become the tables.

Parts hold articles in the order of their ids, and so does the build before: one pass over
both gives sorted tables, in memory that does not grow with them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kzdash.build.intake import Intake
from kzdash.build.workplace import Workplace
from kzdash.manifest import TEXTS
from kzdash.parquet import ROW_GROUP, options
from kzdash.schema import TABLES, TEXT_SCHEMA, ArticleRow, Row, arrow_schema

BATCH = 10_000
TEXTS_GROUP = 256


@dataclass(frozen=True)
class Merge:
    """Where the rows of a build come from.

    Args:
        work: where the build is made.
        intake: what was read.
        before: the tables of the build before, by name; empty where nothing is kept.
    """

    work: Workplace
    intake: Intake
    before: dict[str, Path]

    def write(self, keys: list[str], private: bool) -> dict[str, int]:
        """Write all tables to the staging folder.

        Args:
            keys: the parts whose rows are wanted, in the order of their articles' ids.
            private: whether to write the texts beside them.

        Returns:
            Counts for the manifest: articles, duplicates, not_scored.
        """
        for name, row in TABLES.items():
            tables = interleaved(self._new(name, row, keys), self._kept(name, row))
            if row is ArticleRow:
                tables = self._marked(tables)
            self._write(f"{name}.parquet", arrow_schema(row), tables)
        if private:
            texts = (pa.table(columns, schema=TEXT_SCHEMA) for columns in self.intake.texts())
            self._write(TEXTS, TEXT_SCHEMA, texts, TEXTS_GROUP)
        return self._counts()

    def unscored(self) -> Iterator[str]:
        """Yield the ids of the written articles that have no scores."""
        with pq.ParquetFile(self.work.staging / f"{ArticleRow.table}.parquet") as file:
            for batch in file.iter_batches(BATCH, columns=["article_id", "scored"]):
                yield from batch.filter(pc.invert(batch["scored"]))["article_id"].to_pylist()

    def _new(self, name: str, row: type[Row], keys: list[str]) -> Iterator[pa.Table]:
        for key in keys:
            with pq.ParquetFile(self.work.parts / key / f"{name}.parquet") as file:
                yield file.read(use_threads=False).cast(_plain(arrow_schema(row)))

    def _kept(self, name: str, row: type[Row]) -> Iterator[pa.Table]:
        if not self.before:
            return
        with pq.ParquetFile(self.before[name]) as file:
            for batch in file.iter_batches(BATCH):
                table = pa.Table.from_batches([batch]).cast(_plain(arrow_schema(row)))
                ids = table["article_id"]
                known = self.intake.known_ids(ids[0].as_py(), ids[-1].as_py())
                yield table.filter(pc.is_in(ids, value_set=pa.array(known, pa.string())))

    def _marked(self, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """Yield articles with what each repeats."""
        originals = self.intake.duplicates()
        for table in tables:
            repeated = [originals.get(one) for one in table["article_id"].to_pylist()]
            column = table.schema.get_field_index("duplicate_of")
            yield table.set_column(
                column, table.schema.field(column), pa.array(repeated, pa.string())
            )

    def _write(
        self, name: str, schema: pa.Schema, tables: Iterable[pa.Table], size: int = ROW_GROUP
    ) -> None:
        path = self.work.staging / name
        path.parent.mkdir(exist_ok=True)
        with pq.ParquetWriter(path, schema, **options(schema)) as writer:
            for group in _row_groups(tables, schema, size):
                writer.write_table(group, row_group_size=size)

    def _counts(self) -> dict[str, int]:
        counts = {"articles": 0, "duplicates": 0, "not_scored": 0}
        with pq.ParquetFile(self.work.staging / f"{ArticleRow.table}.parquet") as file:
            for batch in file.iter_batches(BATCH, columns=["duplicate_of", "scored"]):
                repeated, scored = batch.columns
                counts["articles"] += batch.num_rows
                counts["duplicates"] += batch.num_rows - repeated.null_count
                counts["not_scored"] += batch.num_rows - scored.true_count
        return counts


def interleaved(one: Iterable[pa.Table], other: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Join two streams of tables to one, in the order of article ids.

    Each stream is in that order already, and no article is in both.
    """
    ones, others = _with_rows(one), _with_rows(other)
    here, there = next(ones, None), next(others, None)
    while here is not None and there is not None:
        bound = min(here["article_id"][-1].as_py(), there["article_id"][-1].as_py())
        (now, here), (then, there) = _cut(here, bound), _cut(there, bound)
        joined = pa.concat_tables([now, then])
        yield joined.take(pc.sort_indices(joined["article_id"]))
        here = here if here.num_rows else next(ones, None)
        there = there if there.num_rows else next(others, None)
    rest = [table for table in (here, there) if table is not None]
    yield from chain(rest, ones, others)


def _with_rows(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    return (table for table in tables if table.num_rows)


def _cut(table: pa.Table, bound: str) -> tuple[pa.Table, pa.Table]:
    """Cut a table after the last article whose id is not above a bound."""
    count = pc.sum(pc.less_equal(table["article_id"], bound)).as_py()
    return table.slice(0, count), table.slice(count)


def _row_groups(tables: Iterable[pa.Table], schema: pa.Schema, size: int) -> Iterator[pa.Table]:
    """Join tables to row groups; with their categories as numbers they take little room."""
    waiting: list[pa.Table] = []
    rows = 0
    for table in tables:
        waiting.append(table.cast(schema))
        rows += table.num_rows
        while rows >= size:
            joined = pa.concat_tables(waiting).unify_dictionaries()
            yield joined.slice(0, size)
            waiting, rows = [joined.slice(size)], rows - size
    yield pa.concat_tables(waiting or [schema.empty_table()]).unify_dictionaries()


def _plain(schema: pa.Schema) -> pa.Schema:
    """Return a schema with strings in place of categories."""
    for number, field in enumerate(schema):
        if pa.types.is_dictionary(field.type):
            schema = schema.set(number, field.with_type(field.type.value_type))
    return schema
