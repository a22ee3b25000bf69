"""A build's content hash: what its tables say, however the files were written.

Two builds have the same hash when every table has the same rows, whatever the order, number
of files, compression, encoding or time of writing.
"""

import hashlib
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kzdash.errors import BuildError
from kzdash.schema import TABLES, Row, arrow_schema

MEMORY = "256MB"


def content_hash(folder: Path) -> str:
    """Return the SHA-256 (hexadecimal) over the rows of all tables of a folder, in key order.

    Rows are read in a stream and sorted on disk where memory is short. Each column counts as
    its values, lengths and NULLs; rows with equal keys are ordered by their other columns.

    Raises:
        BuildError: a table is missing or has other columns than its schema.
    """
    total = hashlib.sha256()
    sorting = str(folder / ".sorting")
    config: dict[str, Any] = {"memory_limit": MEMORY, "threads": 1, "temp_directory": sorting}
    with duckdb.connect(config=config) as connection:
        for name, row in TABLES.items():
            hashed = _table_hash(connection, folder / f"{name}.parquet", row)
            total.update(f"{name}:{hashed}\n".encode())
    return total.hexdigest()


def _table_hash(connection: duckdb.DuckDBPyConnection, path: Path, row: type[Row]) -> str:
    schema = arrow_schema(row)
    names = [f'"{name}"' for name in schema.names]
    order = [f'"{name}"' for name in dict.fromkeys((*row.key, *schema.names))]
    columns = [_Column(field) for field in schema]
    try:
        rows = connection.sql(
            f"SELECT {', '.join(names)} FROM read_parquet(?) "
            f"ORDER BY {', '.join(f'{o} NULLS FIRST' for o in order)}",
            params=[str(path)],
        )
        for batch in rows.to_arrow_reader(50_000):
            for column, array in zip(columns, batch.columns, strict=True):
                column.update(array)
    except duckdb.Error as error:
        raise BuildError(path.name, f"cannot be read ({error})", "a table") from error
    return hashlib.sha256("\n".join(c.hexdigest() for c in columns).encode()).hexdigest()


class _Column:
    """The digests of one column: values, lengths of values, and where it is NULL."""

    def __init__(self, field: pa.Field) -> None:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        self.name = field.name
        self.kind: Any = kind
        self.rows = 0
        self.digests = [hashlib.sha256() for _ in range(3)]

    def update(self, array: Any) -> None:
        """Add the values of further rows."""
        self.rows += len(array)
        self._add(array.cast(self.kind))

    def _add(self, array: Any) -> None:
        values, lengths, nulls = self.digests
        nulls.update(_bytes(array.is_null().cast(pa.uint8())))
        if pa.types.is_list(array.type):
            lengths.update(_bytes(pc.fill_null(pc.list_value_length(array), 0)))
            self._add(array.flatten())
        elif pa.types.is_string(array.type):
            filled = pc.fill_null(array, "")
            lengths.update(_bytes(pc.binary_length(filled)))
            values.update("".join(filled.to_pylist()).encode())
        elif pa.types.is_boolean(array.type):
            values.update(_bytes(pc.fill_null(array, False).cast(pa.uint8())))
        else:
            zero = pa.scalar(0, array.type)
            # Adding zero makes -0.0 into 0.0.
            values.update(_bytes(pc.add(pc.fill_null(array, zero), zero)))

    def hexdigest(self) -> str:
        """Return name, type, number of rows and the three digests."""
        digests = " ".join(digest.hexdigest() for digest in self.digests)
        return f"{self.name} {self.kind} {self.rows} {digests}"


def _bytes(array: Any) -> bytes:
    return bytes(array.to_numpy(zero_copy_only=False).tobytes())
