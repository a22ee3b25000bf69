"""How a build's Parquet files are written: small on disk, quick to filter."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kzdash.schema import CATEGORICAL

ROW_GROUP = 500_000
_REPEATING = frozenset(
    "sentiment stance p_negative p_neutral p_positive valence score cues.list.element "
    "frames.list.element".split()
)
_DELTA = {
    "string": "DELTA_BYTE_ARRAY",
    "int32": "DELTA_BINARY_PACKED",
}


def options(schema: pa.Schema) -> dict[str, Any]:
    """Return the keyword arguments of `pyarrow.parquet.ParquetWriter` for a table's schema.

    Categories and rounded scores become dictionaries; identifiers and offsets, which rise
    along a table in key order, are stored as differences. Rows should come in key order, in
    groups of `ROW_GROUP`.
    """
    lists = [f"{f.name}.list.element" for f in schema if pa.types.is_list(f.type)]
    names = [*(f.name for f in schema), *lists]
    repeating = [name for name in names if name in CATEGORICAL or name in _REPEATING]
    return {
        "compression": "zstd",
        "compression_level": 6,
        "use_dictionary": repeating,
        "dictionary_pagesize_limit": 8 * 2**20,
        "column_encoding": {
            # An end follows its start by a word's length: bytewise it repeats more than its steps.
            f.name: "BYTE_STREAM_SPLIT" if f.name == "end" else _DELTA[str(f.type)]
            for f in schema
            if f.name not in repeating and str(f.type) in _DELTA
        },
    }


def write_table(table: pa.Table, path: Path) -> None:
    """Write a whole table, in key order, as a build's file."""
    pq.write_table(table, path, row_group_size=ROW_GROUP, **options(table.schema))
