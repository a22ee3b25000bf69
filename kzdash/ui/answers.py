"""Estimates for a page: asked of the store, measured, and remembered by selection.

Only tables are kept, never the replicates behind them, and not more of them than a few
megabytes. The key is the build's content and the selection, so sessions share answers and
two builds never mix.
"""

from dataclasses import replace

import pandas as pd
import streamlit as st

from kzdash import measures
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui.page import View

_ENTRIES, _SECONDS = 300, 6 * 3600


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
    """  # fmt: skip
    return _means(_build(view), view.store, _scope(view, actors), by, measure, paired)


def both_voices(view: View, measure: str) -> pd.DataFrame:
    """Return a measure by outlet, own voice and quoted speech apart (column ``voice``)."""
    return means(view, ("outlet", "voice"), measure, paired="voice")


def mean_differences(
    view: View,
    by: tuple[str, ...],
    measure: str,
    actors: tuple[str, ...] = (),
    pairs: tuple[tuple[str, str], ...] | None = None,
) -> pd.DataFrame:
    """Return the differences between outlets, as from `Estimates.differences`."""  # fmt: skip
    return _mean_differences(_build(view), view.store, _scope(view, actors), by, measure, pairs)


def shares(view: View, item: str, actors: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return which share of an outlet's mentions, sentences or quotes each item has.

    Args:
        view: the page's view.
        item: `actor`, `frame` or `speaker`.
        actors: narrows the selection to these.
    """
    return _shares(_build(view), view.store, _scope(view, actors), item)


def share_differences(
    view: View,
    item: str,
    actors: tuple[str, ...] = (),
    pairs: tuple[tuple[str, str], ...] | None = None,
) -> pd.DataFrame:
    """Return the differences between outlets' shares."""  # fmt: skip
    return _share_differences(_build(view), view.store, _scope(view, actors), item, pairs)


def wide(
    view: View, by: tuple[str, ...], parts: tuple[str, ...], actors: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return several shares side by side, a column a part, with articles and mentions."""
    tables = [means(view, by, part, actors).set_index(list(by)) for part in parts]
    joined = pd.concat(
        [table["estimate"].rename(part) for table, part in zip(tables, parts, strict=True)], axis=1
    )
    return joined.join(tables[0][["articles", "mentions"]]).reset_index()


def _build(view: View) -> str:
    return view.store.manifest.content_hash


def _scope(view: View, actors: tuple[str, ...]) -> Scope:
    return replace(view.scope, actors=tuple(sorted(actors))) if actors else view.scope


def _units(store: Store, scope: Scope, item: str) -> pd.DataFrame:
    ask = {"actor": store.attention_units, "frame": store.frame_units,
           "speaker": store.speaker_units}[item]  # fmt: skip
    return ask(scope)


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=False)
def _means(build: str, _store: Store, scope: Scope, by: tuple[str, ...], measure: str,
           paired: str | None) -> pd.DataFrame:  # fmt: skip
    return measures.means(
        _store.mention_units(scope, by, measures.family(measure)), by, measure, paired
    ).table


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=False)
def _mean_differences(build: str, _store: Store, scope: Scope, by: tuple[str, ...], measure: str,
                      pairs: tuple[tuple[str, str], ...] | None) -> pd.DataFrame:  # fmt: skip
    return measures.means(
        _store.mention_units(scope, by, measures.family(measure)), by, measure
    ).differences(pairs=pairs)


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=False)
def _shares(build: str, _store: Store, scope: Scope, item: str) -> pd.DataFrame:
    return measures.shares(_units(_store, scope, item), item).table


@st.cache_data(max_entries=_ENTRIES, ttl=_SECONDS, show_spinner=False)
def _share_differences(build: str, _store: Store, scope: Scope, item: str,
                       pairs: tuple[tuple[str, str], ...] | None) -> pd.DataFrame:  # fmt: skip
    return measures.shares(_units(_store, scope, item), item).differences(pairs=pairs)
