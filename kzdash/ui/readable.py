"""Tables for the eye: names for ids, readable heads, few decimals. Downloads keep the tables."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from kzdash.charts import theme
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
    "lemma": ("word", None),
    "pos": ("part of speech", None),
    "n": ("number", None),
    "other": ("other actor", None),
    "together": ("sentences with both", None),
    "verb_class": ("class of the verb", None),
    "macro_f1": ("macro-F1", "1 is perfect"),
    "valence": ("valence", "How pleasant the words are, −1 to +1"),
    "everywhere": ("of, all outlets", None),
    "surface": ("named as", None),
    "earliest": ("from", "First day that the dates of the articles may mean"),
    "latest": ("to", "Last day that the dates of the articles may mean"),
}
_ENDS = {"_low": ", 95 % from", "_high": ", 95 % to"}

_SIGNED = {"stance", "sentiment", "valence", "difference", "effect", "log_odds", "z"}
_SHARES = {
    "negative", "neutral", "positive", "agent", "patient", "other", "own", "quoted", "doubting",
    "supporting", "praises", "supports", "blames", "attacks", "neutral_first", "neutral_second",
    "least probability",
}  # fmt: skip
"""Columns of numbers around 0, and of shares; `estimate` and its interval may be either."""
_BOUNDS = {"estimate", "low", "high"}
_SMALL = 0.1
"""Where all differences are below it, they have three digits."""
_PAIR, _GAP = ("first", "second"), ("difference", "low", "high")


def values(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with display names where it has ids of outlets, actors, frames, voices.

    A difference comes before the pair that it is between, for a phone shows few columns.

    Args:
        view: knows the names.
        table: any columns; not changed.
    """
    ways = {
        **dict.fromkeys(OUTLETS, view.outlet),
        **dict.fromkeys(ACTORS, view.actor),
        "frame": view.frame,
        "voice": _voice,
    }
    named = {}
    for name in ways.keys() & set(table.columns):
        if table[name].dtype.kind not in "biuf":
            found = table[name].tolist()  # Series.map takes many times as long
            known = {v: plain(ways[name](v)) for v in set(found) if isinstance(v, str)}
            shown = [known.get(v) for v in found]
            named[name] = pd.Series(shown, index=table.index, dtype="object")
    names = [str(name) for name in table.columns]
    if {*_PAIR, *_GAP} <= set(names):
        names = [name for name in names if name not in _PAIR]
        place = max(names.index(name) for name in _GAP) + 1
        names[place:place] = _PAIR
    return table.assign(**named)[names]


def on_page(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Return what `values` does, shares in percent: the page's table cannot write them so."""
    shares = [str(name) for name in table.columns if _kind(table, str(name)) == "share"]
    return values(view, table).assign(**{name: 100 * table[name] for name in shares})


def written(table: pd.DataFrame) -> dict[str, Callable[[Any], str]]:
    """Return how a table's values are written as text: a function a column.

    Numbers around 0 have a sign and two digits (three where all are small), shares are
    percents, p, q and other fractions have three digits; what is undefined is a dash.
    """
    return {str(name): _WAYS[_kind(table, str(name))] for name in table.columns}


def _kind(table: pd.DataFrame, name: str) -> str:
    column = table[name]
    if column.dtype.kind not in "biuf":
        return "text"
    if column.dtype.kind != "f":
        return "whole"
    shares = "of" in table.columns
    if name in _GAP and "difference" in table and table["difference"].abs().max() < _SMALL:
        return "small"
    if name in _SIGNED or (
        name in _BOUNDS and not shares and {"estimate", "difference", "z"} & set(table.columns)
    ):
        return "signed"
    part = name.removesuffix("_low").removesuffix("_high")
    if (name in _BOUNDS and shares) or part in _SHARES or name.startswith("share "):
        return "share"
    if name in ("p", "q"):
        return "rate"
    return "whole" if _is_whole(column) else "number"


def _is_whole(column: pd.Series) -> bool:
    found = column.to_numpy()
    return bool(((found % 1 == 0) | (found != found)).all())


def _text(value: Any) -> str:
    return "–" if value is None or value is pd.NA or value != value else str(value)


def _fraction(value: float) -> str:
    return _text(value) if value != value else f"{value:.3f}".replace("-", "−")


def _rate(value: float) -> str:
    return "<0.001" if value < 0.001 else _fraction(value)


_WAYS: dict[str, Callable[[Any], str]] = {
    "text": _text,
    "signed": theme.signed,
    "small": lambda v: theme.signed(v, 3),
    "share": lambda v: theme.percent(v, 1),
    "rate": _rate,
    "number": _fraction,
    "whole": lambda v: _text(v) if isinstance(v, bool) or v != v else f"{v:.0f}",
}


def _voice(voice: str) -> str:
    return VOICE_NAMES.get(voice, voice)


def columns(table: pd.DataFrame) -> dict[str, Any]:
    """Return how a table's columns are headed and written, as `st.dataframe` takes it.

    The table is shown as from `on_page`.
    """
    return {str(name): _column(str(name), _form(table, str(name))) for name in table.columns}


def _form(table: pd.DataFrame, name: str) -> str | None:
    """Return how the page's table writes a column's numbers, None for other columns.

    These stay numbers, so that a visitor can sort them; the page knows no minus but the hyphen.
    """
    if table[name].dtype.kind != "f":
        return None
    kind = _kind(table, name)
    if kind in ("signed", "small"):
        return "%+.2f" if kind == "signed" else "%+.3f"
    if kind == "share":
        return "%.1f %%"
    return "%d" if _is_whole(table[name]) else "%.3f"


_NAME_WIDTH = 170
"""The pixels of a column of names."""


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
    if name in OUTLETS | ACTORS and not share:
        column["width"] = _NAME_WIDTH
    if form:
        column["type_config"] = {"type": "number", "format": form}
    return column
