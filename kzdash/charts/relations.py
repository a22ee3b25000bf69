"""Charts of the Relations page: who praises, supports, blames or attacks whom."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from kzdash.charts import marks, theme
from kzdash.charts.marks import Name
from kzdash.charts.theme import label

LABELS = {
    "attacks": ("attacks", theme.PUOR[1]),
    "blames": ("blames", theme.PUOR[2]),
    "supports": ("supports", theme.PUOR[7]),
    "praises": ("praises", theme.PUOR[8]),
}


def balance(
    table: pd.DataFrame,
    *,
    sources: Sequence[str],
    targets: Sequence[str],
    actor_name: Name,
) -> go.Figure:
    """Draw who speaks or acts for or against whom, as the outlets tell it.

    Args:
        table: columns ``source, target, kind, hostile`` (numbers of relations
            that are praise or support, blame or attack), ``articles``.
        sources: the actors on the lines, top first.
        targets: the actors on the columns, from the left.
        actor_name: an actor in words.
    """
    figure = theme.figure(
        "For and against, from line to column", "Friendly : hostile relations; colour by balance",
        theme.height(len(sources), 32, 190), legend=False,
    )  # fmt: skip
    part = table[table["source"].isin(list(sources))]
    part = part[part["target"].isin(list(targets))]
    total = part["kind"] + part["hostile"]
    largest = max([1, *total.tolist()])
    colours = [
        theme.stance_colour((k - h) / (k + h))
        for k, h in zip(part["kind"], part["hostile"], strict=True)
    ]
    marks.squares(
        figure, part, x="target", xs=targets, x_name=actor_name, y="source",
        ys=sources, y_name=actor_name, colours=colours, sizes=[t / largest for t in total],
        texts=[f"{k}:{h}" for k, h in zip(part["kind"], part["hostile"], strict=True)],
        hovers=[
            f"<b>{label(actor_name(r.source))} → {label(actor_name(r.target))}</b><br>"
            f"{r.kind} praise or support, {r.hostile} blame or attack<br>"
            f"{theme.sample(r.articles)}"
            for r in theme.rows(part)
        ],
        queries=[
            marks.query(actor=r.source, other=r.target) for r in theme.rows(part)
        ],
    )  # fmt: skip
    figure.update_layout(margin_t=122)
    figure.update_xaxes(title_text="")
    return figure


def by_outlet(
    table: pd.DataFrame,
    *,
    outlets: Sequence[str],
    outlet_name: Name,
) -> go.Figure:
    """Draw which kinds of relation each outlet tells, as shares of all its relations.

    Args:
        table: columns ``outlet, praises, supports, blames, attacks`` (shares 0..1),
            ``articles, mentions`` (here: relations).
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
    """
    figure = theme.figure(
        "Kinds of relation by outlet", "Share of the outlet's relations",
        theme.height(len(outlets), 40, 150),
    )  # fmt: skip
    keyed = table.set_index("outlet")
    names = [outlet_name(o) for o in outlets]
    hovers = marks.share_hovers(keyed, outlets, names, LABELS, "relation")
    queries = {part: [""] * len(list(outlets)) for part in LABELS}
    marks.shares(
        figure, keyed, rows=outlets, row_names=names, parts=LABELS,
        hovers=hovers, queries=queries,
    )  # fmt: skip
    figure.update_xaxes(title_text="Share of relations (%)")
    return figure
