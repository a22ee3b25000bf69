"""Tables to take away: CSV that no spreadsheet executes, and Parquet."""

import csv
import io
import json
from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def cell(value: object) -> object:
    """Return a CSV cell: text that a spreadsheet would take for a formula gets an apostrophe."""
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else text
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return ""
    return value


def as_csv(table: pd.DataFrame, header: Mapping[str, str]) -> bytes:
    """Return a table as CSV (UTF-8 with BOM), with comment lines before it.

    Args:
        table: any columns; undefined is an empty cell.
        header: what the numbers are, as filters, build and date: a line "# name: value" each.
    """
    out = io.StringIO()
    for name, value in header.items():
        line = " ".join(f"{name}: {value}".split())
        out.write("# " + line.replace('"', "'").replace(",", ";") + "\r\n")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([cell(str(name)) for name in table.columns])
    for row in table.itertuples(index=False, name=None):
        writer.writerow([cell(_plain(value)) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def as_parquet(table: pd.DataFrame, header: Mapping[str, str]) -> bytes:
    """Return a table as Parquet; the header stands in the file's metadata under ``kzdash``."""
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    metadata = {**(arrow.schema.metadata or {}), b"kzdash": json.dumps(dict(header)).encode()}
    out = io.BytesIO()
    pq.write_table(arrow.replace_schema_metadata(metadata), out, compression="zstd")
    return out.getvalue()


def _plain(value: object) -> object:
    if hasattr(value, "tolist") and not isinstance(value, str):
        value = value.tolist()
    return value
