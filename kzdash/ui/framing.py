"""The Framing page's parts: the order of frames, frames around actors, cue words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kzdash.charts import framing as charts
from kzdash.charts import theme
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui import address, answers, words
from kzdash.ui.chart import note
from kzdash.ui.empty import Missing
from kzdash.ui.page import View
from kzdash.ui.section import Further, Section
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
        kinds = sum(row.mentions > 0 for row in rows)
        said = _first(view, [row.frame for row in top], kinds, top[0].mentions, top[0].of, few)
        parts.append(f"<b>{escaped(view.outlet(outlet))}</b>: {said}")
    if (more := len(parts) - _TOLD) > 0:
        parts = [*parts[:_TOLD], f"{theme.count(more, 'other outlet')} in the table"]
    return "The leading frame of each outlet. " + "; ".join(parts) + "."


_TOLD = 4
"""At most so many outlets are told in a sentence."""


def by_outlet(view: View) -> Section:
    """Return which frames each outlet uses."""
    question = "Which frames does each outlet use?"
    table = answers.shares(view, "frame")
    if table.empty:
        return Section(question, help=("No sentence of the selection has a frame.",))
    narrowed = view.scope.actors or view.scope.voices or view.scope.kinds
    figure = charts.by_outlet(
        table,
        frames=order(table),
        frame_name=view.frame,
        outlet_name=view.outlet,
        styles=view.drawn,
    )
    return Section(
        question, table, figure, "Share of each outlet's sentences with each frame", key="frames",
        findings=(leading(view, table),),
        help=("A sentence may have several frames or none, so shares do not add up to 100 %.",
              *(["Of the outlet's sentences with a mention of the selection."] if narrowed else []),
              *view.undrawn),
        measures=("frames",),
    )  # fmt: skip


def choose_actor(view: View, found: pd.DataFrame) -> str:
    """Draw the choice of an actor among those who stand in a sentence with a frame."""
    offered = _offered(view, found)
    return address.choice("Actor", "of", offered, name=view.actor) if offered else ""


def by_actor(view: View, found: pd.DataFrame, frames: Sequence[str], actor: str) -> Section:
    """Return in which frames' sentences one actor stands, outlet by outlet.

    Args:
        view: the selection.
        found: as from `Store.frame_actors`.
        frames: the frames to draw, top first.
        actor: one of those found.
    """
    question = "Which frames surround each actor?"
    if found.empty:
        return Section(question, help=("No actor stands in a sentence with a frame.",))
    by_actor = theme.grouped(theme.rows(found), "actor")
    table = answers.shares(view, "frame", (actor,))
    figure = charts.by_outlet(
        table,
        frames=frames,
        frame_name=view.frame,
        outlet_name=view.outlet,
        styles=view.drawn,
        actor=actor,
        title=f"Frames around {view.short(actor)}",
    )
    return Section(
        question,
        table,
        figure,
        key="frame_actors",
        alt="Share of the sentences with the actor that use each frame, by outlet",
        findings=(_leading(view, {a: by_actor[a] for a in _offered(view, found)[:6]}),),
        help=("Of the outlet's sentences that mention the actor.", *view.undrawn),
        measures=("frames",),
        further=Further("All actors: table and downloads", "frame_actors_all", found),
    )


def _offered(view: View, found: pd.DataFrame) -> list[str]:
    named = set(found["actor"])
    return [actor for actor in answers.top_actors(view, 30) if actor in named]


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
    if not uses and of >= words.ENOUGH:
        return f"none in {theme.count(of, 'sentence')}"
    if uses < words.ENOUGH:
        return f"too few to compare (at most {uses} of {theme.count(of, 'sentence')} with a frame)"
    each = "" if len(frames) == 1 else " each"
    size = f"({theme.percent(uses / of)}{each}{', descriptive' if few else ''})"
    if named := words.leading([escaped(view.frame(f)) for f in frames], kinds):
        return f"{named} {size}"
    return f"none, {len(frames)} alike {size}"


def choose_frame(view: View, frames: list[str]) -> str:
    """Draw the choice of a frame, and what it is."""
    frame = address.choice("Frame", "frame", frames, name=view.frame)
    if entry := view.registry.frames.get(frame):
        note(entry.description)
    return frame


def cues(view: View, frame: str) -> Section:
    """Return the words that cue one frame."""
    question = "Which words cue a frame?"
    table = view.store.frame_cues(view.scope, frame)
    if table.empty:
        return Section(question, help=("No word of the selection cues this frame.",))
    most = theme.ordered(table["cue"].tolist(), table["count"].tolist())[:14]
    table = table[table["cue"].isin(most)]
    table = table.sort_values("cue", key=lambda cues: cues.map(most.index), kind="stable")
    return Section(
        question,
        table,
        charts.cues(table, frame=frame, outlet_name=view.outlet, styles=view.styles),
        "The words that cue the frame, by outlet",
        key="cues",
        help=(
            "Counts of words: an outlet with more text has more. A sentence may also have the "
            "frame without a cue, from its meaning or the article around it.",
        ),
    )
