"""The Framing page's parts: the order of frames, frames around actors, cue words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from kzdash.charts import framing as charts
from kzdash.charts import theme
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui import address, answers, words
from kzdash.ui.chart import HOLLOW, chart, finding, note, table_with_downloads
from kzdash.ui.page import Missing, View
from kzdash.ui.text import escaped


def _count(store: Store, scope: Scope) -> int:
    units = store.frame_units(scope)
    return int(units.loc[units["frame"].notna(), "count"].sum())


MISSING = Missing("use of a frame", "uses of a frame", _count)
"""What an empty page counts."""


def order(table: pd.DataFrame) -> list[str]:
    """Return the frames, the most used first."""
    return theme.ordered(table["frame"].tolist(), table["estimate"].tolist())


def leading(view: View, table: pd.DataFrame) -> str:
    """Return each outlet's leading frame in words, as HTML."""
    parts = []
    by_outlet = theme.grouped(theme.known(theme.rows(table)), "outlet")
    for outlet in [o for o in view.outlets if o in by_outlet]:
        rows = by_outlet[outlet]
        top = words.leaders(rows, lambda row: row.estimate)
        few = min(row.articles for row in top) < theme.FEW
        said = _first(view, [row.frame for row in top], len(rows), top[0].mentions, top[0].of, few)
        parts.append(f"<b>{escaped(view.outlet(outlet))}</b>: {said}")
    return "The leading frame of each outlet. " + "; ".join(parts) + "."


def by_actor(view: View, frames: list[str]) -> None:
    """Draw in which frames' sentences one actor stands, outlet by outlet."""
    found = view.store.frame_actors(view.scope)
    if found.empty:
        note("No actor stands in a sentence with a frame.")
        return
    by_actor = theme.grouped(theme.rows(found), "actor")
    offered = [a for a in answers.top_actors(view, 30) if a in by_actor]
    finding(_leading(view, {a: by_actor[a] for a in offered[:6]}))
    actor = address.choice("Actor", "of", offered, name=view.actor)
    table = answers.shares(view, "frame", (actor,))
    figure = charts.by_outlet(
        table, frames=frames, frame_name=view.frame, outlet_name=view.outlet, styles=view.styles,
        actor=actor, title=f"Frames around {view.short(actor)}",
    )  # fmt: skip
    chart(
        view, figure, table, key="frame_actors", measures=["frames"],
        alt="Share of the sentences with the actor that use each frame, by outlet",
        help=["Of the outlet's sentences that mention the actor.", HOLLOW],
    )  # fmt: skip
    with st.expander("All actors: table and downloads"):
        table_with_downloads(view, found, "frame_actors_all")


def _leading(view: View, by_actor: Mapping[str, Sequence[Any]]) -> str:
    """Return the leading frame of each actor over all outlets in words, as HTML."""
    parts = []
    for actor, rows in by_actor.items():
        by_frame = theme.grouped(rows, "frame")
        sizes = {frame: sum(r.sentences for r in by_frame[frame]) for frame in sorted(by_frame)}
        top = words.leaders(list(sizes), sizes.__getitem__)
        few = min(sum(r.articles for r in by_frame[f]) for f in top) < theme.FEW
        said = _first(view, top, len(sizes), sizes[top[0]], rows[0].everywhere, few)
        parts.append(f"<b>{escaped(view.short(actor))}</b>: {said}")
    return "The leading frame around each actor. " + "; ".join(parts) + "."


def _first(view: View, frames: Sequence[str], kinds: int, uses: int, of: int, few: bool) -> str:
    """Return which frames lead, or that none does, with their share, as HTML.

    Args:
        view: the page's view.
        frames: those used most.
        kinds: how many frames are used at all.
        uses: sentences with each of those used most.
        of: all sentences.
        few: whether they are in few articles.
    """
    if uses < words.ENOUGH:
        return f"too few to compare (at most {uses} of {theme.count(of, 'sentence')} with a frame)"
    each = "" if len(frames) == 1 else " each"
    size = f"({theme.percent(uses / of)}{each}{', descriptive' if few else ''})"
    if named := words.leading([escaped(view.frame(f)) for f in frames], kinds):
        return f"{named} {size}"
    return f"none, {len(frames)} alike {size}"


def cues(view: View, frames: list[str]) -> None:
    """Draw the words that cue one frame."""
    frame = address.choice("Frame", "frame", frames, name=view.frame)
    entry = view.registry.frames.get(frame)
    if entry:
        note(entry.description)
    table = view.store.frame_cues(view.scope, frame)
    if table.empty:
        note("No word of the selection cues this frame.")
        return
    most = theme.ordered(table["cue"].tolist(), table["count"].tolist())[:14]
    table = table[table["cue"].isin(most)]
    table = table.sort_values("cue", key=lambda cues: cues.map(most.index), kind="stable")
    figure = charts.cues(table, frame=frame, outlet_name=view.outlet, styles=view.styles)
    chart(
        view, figure, table, key="cues", alt="The words that cue the frame, by outlet",
        help=["Counts of words. A sentence may also have the frame from the article around it, "
              "without a cue. Hatched: fewer than five articles, descriptive."],
    )  # fmt: skip
