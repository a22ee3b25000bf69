"""Charts of the Framing page: frames by outlet and by actor."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from kzdash.charts import marks, theme
from kzdash.charts.marks import Name
from kzdash.charts.theme import Style, label


def by_outlet(
    table: pd.DataFrame,
    *,
    frames: Sequence[str],
    frame_name: Name,
    outlet_name: Name,
    styles: Mapping[str, Style],
) -> go.Figure:
    """Draw which share of an outlet's sentences has a cue of each frame, with intervals.

    Args:
        table: columns ``frame, outlet, estimate`` (0..1), ``low, high, articles,
            mentions`` (here: sentences of the outlet).
        frames: the frames to draw, top first.
        frame_name: a frame in words.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
    """
    figure = theme.figure(
        "Frames by outlet", "Share of the outlet's sentences, 95 % interval",
        theme.height(len(frames), 44),
    )  # fmt: skip
    marks.outlet_dots(
        figure, table, row="frame", rows=frames, row_name=frame_name, param="frame",
        outlet_name=outlet_name, styles=styles, noun="sentence",
        form=lambda v: theme.percent(v, 1),
    )  # fmt: skip
    figure.update_xaxes(
        tickformat=".0%", rangemode="tozero",
        title_text="Share of sentences (%)",
    )  # fmt: skip
    return figure


def by_actor(
    table: pd.DataFrame,
    *,
    frames: Sequence[str],
    actors: Sequence[str],
    frame_name: Name,
    actor_name: Name,
) -> go.Figure:
    """Draw in which frames' sentences each actor is mentioned.

    Args:
        table: columns ``frame, actor, estimate`` (share of the actor's mentions that stand
            in a sentence of the frame, 0..1), ``articles, mentions``.
        frames: the frames to draw, from the left.
        actors: the actors to draw, top first.
        frame_name: a frame in words.
        actor_name: an actor in words.
    """
    figure = theme.figure(
        "Frames around each actor", "Percent of the actor's mentions; size and number alike",
        theme.height(len(actors), 30, 170), legend=False,
    )  # fmt: skip
    part = table[table["frame"].isin(list(frames)) & table["actor"].isin(list(actors))]
    part = part[part["estimate"] > 0]
    largest = max([0.01, *part["estimate"].tolist()])
    marks.squares(
        figure, part, x="frame", xs=frames, x_name=frame_name, y="actor", ys=actors,
        y_name=actor_name, colours=["#6a8ea3"] * len(part),
        sizes=[v / largest for v in part["estimate"]],
        texts=[f"{100 * v:.0f}" for v in part["estimate"]],
        hovers=[
            f"<b>{label(actor_name(r.actor))}, {label(frame_name(r.frame))}</b><br>"
            f"{theme.percent(r.estimate)} of {theme.sample(r.articles, r.mentions)}"
            for r in theme.rows(part)
        ],
        queries=[marks.query(actor=r.actor, frame=r.frame) for r in theme.rows(part)],
    )  # fmt: skip
    figure.update_layout(margin_t=126)
    return figure


def cues(
    table: pd.DataFrame, *, frame: str, outlet_name: Name, styles: Mapping[str, Style]
) -> go.Figure:
    """Draw the words that cue a frame, by outlet.

    Args:
        table: columns ``cue, outlet, count, articles``, the most frequent cues first.
        frame: the frame's id, for the evidence.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
    """
    words = list(dict.fromkeys(table["cue"]))
    figure = theme.figure(
        "Words that cue the frame", "Number of times in the texts",
        theme.height(len(words), 24, 150),
    )  # fmt: skip
    for outlet in [o for o in styles if o in set(table["outlet"])]:
        part = table[table["outlet"] == outlet].set_index("cue")
        found = [w for w in words if w in part.index]
        figure.add_bar(
            y=[words.index(w) for w in found],
            x=[int(theme.value(part, w, "count")) for w in found],
            orientation="h", name=label(outlet_name(outlet)), width=0.7,
            marker={"color": styles[outlet].colour, "line": {"color": theme.PAPER, "width": 1}},
            text=[str(int(theme.value(part, w, "count"))) for w in found], textposition="inside",
            textangle=0, textfont={"size": 11},
            hovertext=[
                f"<b>{label(w)}, {label(outlet_name(outlet))}</b><br>"
                f"{theme.count(part.loc[w, 'count'], 'time')} in "
                f"{theme.count(part.loc[w, 'articles'], 'article')}"
                for w in found
            ],
            hoverinfo="text",
            customdata=[marks.query(outlet=outlet, frame=frame) for w in found],
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        )  # fmt: skip
    figure.update_layout(barmode="stack")
    figure.update_xaxes(rangemode="tozero", title_text="Number of times")
    return marks.named_rows(figure, words)
