"""A table of numbers as HTML: ids in words, undefined as a dash, whatever it holds as text."""

import html
from collections.abc import Callable
from typing import Any

import pandas as pd

from kzdash.ui import readable
from kzdash.ui.page import View
from kzdash.ui.text import escaped

ROWS = 200
"""At most so many rows are printed; the dashboard's downloads hold all."""

_WIDE = 9
"""A table of more columns goes without remarks on the sample, which its counts say too."""

_REMARKS = ("descriptive", "note")


def numbers(view: View, table: pd.DataFrame) -> str:
    """Return a table as HTML, at most `ROWS` of its rows.

    Args:
        view: names outlets, actors and frames.
        table: any columns; ``descriptive`` is left out, and ``note`` where there is no room.
    """
    left_out = _REMARKS if len(table.columns) > _WIDE else _REMARKS[:1]
    kept = table.drop(columns=list(left_out), errors="ignore")
    shown = readable.values(view, kept.head(ROWS))
    heads, ways = readable.columns(kept), readable.written(kept)
    head = "".join(
        f'<th scope="col"{_kind(kept[name].dtype.kind in "iuf")}>'
        f"{html.escape(heads[name]['label'])}</th>"
        for name in shown.columns
    )
    columns = [
        [_cell(value, ways[str(name)]) for value in column.tolist()]
        for name, column in shown.items()
    ]
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*columns, strict=True))
    more = (
        f'<p class="note">The first {ROWS:,} of {len(table):,} rows; the dashboard has all.</p>'
        if len(table) > ROWS
        else ""
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"


def _cell(value: object, write: Callable[[Any], str]) -> str:
    text = escaped(value, 300) if isinstance(value, str) else escaped(write(value))
    return f"<td{_kind(isinstance(value, (int, float)))}>{text}</td>"


def _kind(number: bool) -> str:
    return ' class="number"' if number else ""
