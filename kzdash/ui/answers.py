"""Estimates for a page: asked of the store, measured, and remembered by selection.

Only tables are kept, never the replicates behind them, and not more of them than a few
megabytes. The key is the build's content and the selection, so sessions share answers and
two builds never mix.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from kzdash import measures
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui.page import OF_MENTIONS, View

_ENTRIES, _SECONDS = 300, 6 * 3600
_BUSY = "Counting and resampling articles …"


def top_actors(view: View, limit: int = 12) -> list[str]:
    """Return the actors to draw: the most mentioned of the selection, or those selected."""
    return list(view.store.top_actors(view.scope, limit)["actor"])


def means(
    view: View,
    by: tuple[str, ...],
    measure: str,
    actors: tuple[str, ...] = (),
    paired: str | None = None,
) -> pd.DataFrame:
    """Return the estimates of a measure, as from `kzdash.measures.means`.

    Args:
        view: the page's view.
        by: the key columns.
        measure: a key of `kzdash.measures.MEASURES`.
        actors: narrows the selection to these, as a page shows only some.
        paired: see `kzdash.measures.means`.
    """
    return _means(_build(view), view.store, _scope(view, actors), by, measure, paired)


def means_and_differences(
    view: View,
    by: tuple[str, ...],
    measure: str,
    actors: tuple[str, ...] = (),
    paired: str | None = None,
    between: str = "outlet",
    pairs: tuple[tuple[str, str], ...] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `means` gives and its differences in one key, resampled once.

    ``between`` and ``pairs`` are as in `kzdash.measures.Estimates.differences`.
    """
    return _means_and_differences(
        _build(view), view.store, _scope(view, actors), by, measure, paired, between, pairs
    )


def shares_and_differences(
    view: View,
    item: str,
    actors: tuple[str, ...] = (),
    pairs: tuple[tuple[str, str], ...] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `shares` gives and its differences between outlets, resampled once.

    Items that an outlet has not are in both, as 0.
    """
    return _shares_and_differences(_build(view), view.store, _scope(view, actors), item, pairs)


def both_voices(view: View, measure: str) -> pd.DataFrame:
    """Return a measure by outlet, own voice and quoted speech apart (column ``voice``)."""
    return means(view, ("outlet", "voice"), measure, paired="voice")


def shares(view: View, item: str, actors: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return which share of an outlet's mentions, sentences or quotes each item has.

    Frames that an outlet has not are in it as 0; other items are not.

    Args:
        view: the page's view.
        item: `actor`, `frame`, `speaker`, `verb_class` or `label` (of relations).
        actors: narrows the selection to these.
    """
    return _shares(_build(view), view.store, _scope(view, actors), item)


def wide(
    view: View, by: tuple[str, ...], parts: tuple[str, ...], actors: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return several shares side by side.

    Returns:
        The keys; for each part its share, and under its name with ``_low`` and ``_high`` the
        interval; ``articles, mentions``.
    """
    return measures.side_by_side({part: means(view, by, part, actors) for part in parts}, by)


def wide_shares(view: View, item: str, parts: Sequence[str]) -> pd.DataFrame:
    """Return what `shares` gives, an outlet a row, the items side by side as in `wide`.

    ``articles`` and ``mentions`` are those of all items; an item that an outlet has not is 0,
    without an interval.
    """
    return in_parts(shares(view, item), item, parts)


def in_parts(table: pd.DataFrame, item: str, parts: Sequence[str]) -> pd.DataFrame:
    """Return a table of `shares` as `wide_shares` does."""
    totals = table.groupby("outlet")[["of_articles", "of"]].first()
    totals = totals.rename(columns={"of_articles": "articles", "of": "mentions"})
    sides: list[pd.DataFrame | pd.Series] = [
        _named(table[table[item] == part].set_index("outlet"), part) for part in parts
    ]
    joined = totals.join(sides)
    joined[list(parts)] = joined[list(parts)].fillna(0.0)
    return joined.reset_index()


def said_about(view: View) -> pd.DataFrame:
    """Return how the commonest speakers present whom: outlet, speaker, actor, estimates.

    The share of neutral mentions stands beside the mean stance (column ``neutral``).
    """
    return _said_about(_build(view), view.store, view.scope)


def vocabulary(view: View, pair: tuple[str, str], each: int = 12) -> pd.DataFrame:
    """Return the words that set two outlets apart, as from `measures.distinctive`.

    The word stands in the column ``lemma``. Only outlets and dates of the selection count.
    """
    plain = view.ignoring(OF_MENTIONS).scope
    return _vocabulary(_build(view), view.store, plain, pair, each)


def _named(table: pd.DataFrame, part: str) -> pd.DataFrame:
    names = {"estimate": part, "low": f"{part}_low", "high": f"{part}_high"}
    return table[list(names)].rename(columns=names)


def _build(view: View) -> str:
    return view.store.manifest.content_hash


def _scope(view: View, actors: tuple[str, ...]) -> Scope:
    return replace(view.scope, actors=tuple(sorted(actors))) if actors else view.scope


def _units(store: Store, scope: Scope, item: str) -> pd.DataFrame:
    ask = {
        "actor": store.attention_units,
        "frame": store.frame_units,
        "speaker": store.speaker_units,
        "verb_class": store.verb_units,
        "label": store.relation_units,
    }[item]
    return ask(scope)


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=_BUSY)
def _means(
    build: str, _store: Store, scope: Scope, by: tuple[str, ...], measure: str, paired: str | None
) -> pd.DataFrame:
    return measures.means(
        _store.mention_units(scope, by, measures.family(measure)), by, measure, paired
    ).table


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=_BUSY)
def _means_and_differences(
    build: str,
    _store: Store,
    scope: Scope,
    by: tuple[str, ...],
    measure: str,
    paired: str | None,
    between: str,
    pairs: tuple[tuple[str, str], ...] | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    units = _store.mention_units(scope, by, measures.family(measure))
    found = measures.means(units, by, measure, paired)
    return found.table, found.differences(between, pairs)


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=_BUSY)
def _shares_and_differences(
    build: str,
    _store: Store,
    scope: Scope,
    item: str,
    pairs: tuple[tuple[str, str], ...] | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = measures.shares(_units(_store, scope, item), item, every=True)
    return found.table, found.differences(pairs=pairs)


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=_BUSY)
def _shares(build: str, _store: Store, scope: Scope, item: str) -> pd.DataFrame:
    return measures.shares(_units(_store, scope, item), item, every=item == "frame").table


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=_BUSY)
def _said_about(build: str, _store: Store, scope: Scope) -> pd.DataFrame:
    keys = ("outlet", "speaker", "actor")
    units = _store.said_about_units(scope)
    return measures.means(units, keys, "stance").table


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=_BUSY)
def _vocabulary(
    build: str, _store: Store, scope: Scope, pair: tuple[str, str], each: int
) -> pd.DataFrame:
    contrast = measures.log_odds(_store.terms(scope), *pair)
    return measures.distinctive(contrast, each).rename(columns={"term": "lemma"})
