"""Tables for the eye: names for ids, readable heads, few decimals. Downloads keep the tables."""

from functools import cache
from typing import Any

import pandas as pd

from kzdash.charts.theme import VOICE_NAMES
from kzdash.ui.page import View
from kzdash.ui.text import plain

OUTLETS = {"outlet", "first", "second", "original_outlet"}
ACTORS = {"actor", "other", "source", "target", "speaker"}
"""Columns that hold ids."""

_CASE = "Benjamini and Hochberg: the share of false finds among all that are at least as clear"
_HEADS = {
    "estimate": ("estimate", "The value that the chart draws"),
    "low": ("95 % from", "Lower end of the 95 % interval; none with one article"),
    "high": ("95 % to", "Upper end of the 95 % interval; none with one article"),
    "of": ("of", "The number that the share is of"),
    "of_articles": ("of articles", "Articles that the share is of"),
    "descriptive": ("descriptive", "Fewer than five articles"),
    "p": ("p", "How often chance alone gives such a difference"),
    "q": ("false discovery", _CASE),
    "effect": ("effect size", "How large the difference is beside the spread; see the next column"),
    "effect_name": ("effect measure", None),
    "z": ("z score", "Log-odds over their standard error"),
    "log_odds": ("log-odds", "How much more the first outlet uses the word"),
    "first": ("first", "First outlet, or first day that the date may mean"),
    "second": ("second", "Second outlet"),
    "lemma": ("word", None), "pos": ("part of speech", None), "n": ("number", None),
    "other": ("other actor", None), "together": ("sentences with both", None),
    "verb_class": ("class of the verb", None), "macro_f1": ("macro-F1", "1 is perfect"),
    "valence": ("valence", "How pleasant the words are, −1 to +1"),
    "everywhere": ("of, all outlets", None), "surface": ("named as", None),
}  # fmt: skip
_ENDS = {"_low": ", 95 % from", "_high": ", 95 % to"}


def values(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with display names where it has ids of outlets, actors, frames, voices.

    Args:
        view: knows the names.
        table: any columns; not changed.
    """
    ways = {
        **dict.fromkeys(OUTLETS, view.outlet), **dict.fromkeys(ACTORS, view.actor),
        "frame": view.frame, "voice": _voice,
    }  # fmt: skip
    named = {}
    for name in ways.keys() & set(table.columns):
        if table[name].dtype.kind not in "biuf":
            found = table[name].tolist()  # Series.map takes many times as long
            known = {v: plain(ways[name](v)) for v in set(found) if isinstance(v, str)}
            shown = [known.get(v) for v in found]
            named[name] = pd.Series(shown, index=table.index, dtype="object")
    return table.assign(**named)


def _voice(voice: str) -> str:
    return VOICE_NAMES.get(voice, voice)


def columns(table: pd.DataFrame) -> dict[str, Any]:
    """Return how a table's columns are headed and written, as `st.dataframe` takes it."""
    return {
        str(name): _column(str(name), _form(column))
        for name, column in table.items()
    }  # fmt: skip


def _form(column: pd.Series) -> str | None:
    """Return how a column's numbers are written, None for other columns."""
    if column.dtype.kind != "f":
        return None
    found = column.to_numpy()
    return "%d" if ((found % 1 == 0) | (found != found)).all() else "%.3f"


@cache
def _column(name: str, form: str | None) -> dict[str, Any]:
    # A column that is named like one of ids, but holds shares, is not one of ids.
    share = form is not None and name in OUTLETS | ACTORS
    head, help_ = (None, None) if share else _HEADS.get(name, (None, None))
    for end, words in _ENDS.items():
        if head is None and name.endswith(end):
            head = name.removesuffix(end) + words
    column: dict[str, Any] = {"label": head or name.replace("_", " ")}
    if help_:
        column["help"] = help_
    if form:
        column["type_config"] = {"type": "number", "format": form}
    return column
