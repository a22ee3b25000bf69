"""Merging: the rows of parts, and those kept from the build before, become the tables.

DuckDB sorts on disk where memory is short; pyarrow writes, so that the files have the types
of `kzdash.schema` and are the same, byte for byte, for the same rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kzdash.build.intake import TEXTS as TEXT_SCHEMA
from kzdash.build.intake import Intake
from kzdash.build.workplace import Workplace
from kzdash.manifest import TEXTS
from kzdash.parquet import ROW_GROUP, options
from kzdash.schema import TABLES, ArticleRow, Row, arrow_schema

MEMORY = "256MB"


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

    def write(self, keys: Iterable[str], private: bool) -> dict[str, int]:
        """Write all tables to the staging folder.

        Args:
            keys: the parts whose rows are wanted.
            private: whether to write the texts beside them.

        Returns:
            Counts for the manifest: articles, duplicates, not_scored.
        """
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "threads": 1,
            "temp_directory": str(self.work.sorting),
        }
        folders = [self.work.parts / key for key in keys]
        with duckdb.connect(config=config) as connection:
            connection.execute("SET preserve_insertion_order = false")
            for name, row in TABLES.items():
                files = [folder / f"{name}.parquet" for folder in folders]
                self._write_table(connection, name, row, files)
            if private:
                self._write_texts(connection)
            return self._counts(connection)

    def _write_table(
        self, connection: duckdb.DuckDBPyConnection, name: str, row: type[Row], files: list[Path]
    ) -> None:
        """Write one table: the rows of the parts and those kept, in key order."""
        columns = ", ".join(f'"{column}"' for column in arrow_schema(row).names)
        selects = []
        parameters: list[list[str] | str] = []
        if files:
            selects.append(f"SELECT {columns} FROM read_parquet(?)")
            parameters.append([str(file) for file in files])
        if self.before:
            selects.append(
                f"SELECT {columns} FROM read_parquet(?) "
                "WHERE article_id IN (SELECT article_id FROM read_parquet(?))"
            )
            parameters += [str(self.before[name]), str(self.intake.known_ids)]
        source = f"({' UNION ALL '.join(selects)})"
        if row is ArticleRow:
            columns = columns.replace('"duplicate_of"', "repeated.duplicate_of")
            source += " LEFT JOIN read_parquet(?) AS repeated USING (article_id)"
            parameters.append(str(self.intake.write_duplicates()))
        order = ", ".join(f'"{column}"' for column in row.key)
        query = f"SELECT {columns} FROM {source} ORDER BY {order}"
        self._copy(connection, query, parameters, f"{name}.parquet", arrow_schema(row))

    def _write_texts(self, connection: duckdb.DuckDBPyConnection) -> None:
        query = (
            "SELECT article_id, text FROM read_parquet(?) WHERE article_id IN "
            "(SELECT article_id FROM read_parquet(?)) ORDER BY article_id"
        )
        parameters: list[list[str] | str] = [str(self.intake.texts), str(self._articles)]
        self._copy(connection, query, parameters, TEXTS, TEXT_SCHEMA)

    def _copy(
        self,
        connection: duckdb.DuckDBPyConnection,
        query: str,
        parameters: list[list[str] | str],
        name: str,
        schema: pa.Schema,
    ) -> None:
        path = self.work.staging / name
        path.parent.mkdir(exist_ok=True)
        rows = connection.sql(query, params=parameters).to_arrow_reader(ROW_GROUP)
        with pq.ParquetWriter(path, schema, **options(schema)) as writer:
            for batch in rows:
                writer.write_table(pa.Table.from_batches([batch]).cast(schema))

    @property
    def _articles(self) -> Path:
        return self.work.staging / f"{ArticleRow.table}.parquet"

    def _counts(self, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
        row = connection.execute(
            "SELECT count(*), count(duplicate_of), count(*) FILTER (NOT scored) "
            "FROM read_parquet(?)",
            [str(self._articles)],
        ).fetchone() or (0, 0, 0)
        return dict(zip(("articles", "duplicates", "not_scored"), row, strict=True))
