"""The Framing page's parts: the order of frames, frames around actors, cue words."""

import pandas as pd

from kzdash.charts import framing as charts
from kzdash.charts import theme
from kzdash.ui import address, answers
from kzdash.ui.chart import chart, note
from kzdash.ui.page import View
from kzdash.ui.text import escaped


def order(table: pd.DataFrame) -> list[str]:
    """Return the frames, the most used first."""
    return theme.ordered(table["frame"].tolist(), table["estimate"].tolist())


def finding(view: View, table: pd.DataFrame) -> str:
    """Return each outlet's leading frame in words, as HTML."""
    parts = []
    for outlet in view.outlets:
        part = table[(table["outlet"] == outlet) & table["estimate"].notna()]
        if part.empty:
            continue
        top = theme.highest(part, "estimate")
        few = ", descriptive" if top["of_articles"] < theme.FEW else ""
        parts.append(
            f"<b>{escaped(view.outlet(outlet))}</b>: {escaped(view.frame(top['frame']))} "
            f"({theme.percent(top['estimate'])}{few})"
        )
    return "The leading frame of each outlet. " + "; ".join(parts) + "."


def by_actor(view: View, frames: list[str]) -> None:
    """Draw in which frames' sentences the actors stand, over all outlets of the selection."""
    found = view.store.frame_actors(view.scope)
    if found.empty:
        note("No actor stands in a sentence with a frame.")
        return
    totals = found.drop_duplicates(["outlet", "actor"]).groupby("actor")["of"].sum()
    table = found.groupby(["actor", "frame"], as_index=False)[["sentences", "articles"]].sum()
    table["of"] = table["actor"].map(totals)
    table["estimate"] = table["sentences"] / table["of"]
    actors = answers.top_actors(view, 14)
    table = table.rename(columns={"of": "mentions"})
    figure = charts.by_actor(
        table, frames=frames, actors=actors, frame_name=view.frame, actor_name=view.short
    )
    chart(
        view, figure, table, key="frame_actors", wide=True,
        alt="Percent of each actor's sentences that have each frame",
        help=["Percent of the sentences with the actor. Hollow: fewer than five articles."],
    )  # fmt: skip


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
    words = table.groupby("cue")["count"].sum().nlargest(14).index
    table = table[table["cue"].isin(words)]
    top = theme.ordered(table["cue"].tolist(), table["count"].tolist())
    table = table.sort_values("cue", key=lambda c: c.map(top.index), kind="stable")
    figure = charts.cues(table, frame=frame, outlet_name=view.outlet, styles=view.styles)
    chart(view, figure, table, key="cues", alt="The words that cue the frame, by outlet")
