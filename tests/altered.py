"""Random builds with some tables changed, for what a random build has not."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.generate import generate
from kzdash.content import content_hash
from kzdash.manifest import Manifest, describe_files

Change = Callable[[pa.Table], pa.Table]


def altered(folder: Path, mentions: int, changes: Mapping[str, Change], seed: int = 5) -> Manifest:
    """Write a random build of about so many mentions in a folder, with tables changed."""
    manifest = generate(folder, mentions, seed)
    for table, change in changes.items():
        path = folder / manifest.folder / f"{table}.parquet"
        pq.write_table(change(pq.read_table(path)), path)
    return stamped(folder, manifest)


def stamped(folder: Path, manifest: Manifest, **values: Any) -> Manifest:
    """Write the manifest of a build whose files were changed."""
    base = folder / manifest.folder
    files, texts = describe_files(base)
    changed = replace(manifest, files=files, texts=texts, content_hash=content_hash(base), **values)
    changed.write(folder)
    return changed


def without_rows(table: pa.Table) -> pa.Table:
    """Return a table's columns alone."""
    return table.slice(0, 0)


def with_column(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    """Return a table with the values of one column replaced."""
    place = table.schema.get_field_index(name)
    field = table.schema.field(name)
    plain = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    return table.set_column(place, field, pa.array(values, plain).cast(field.type))
