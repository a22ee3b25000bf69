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
    actor: str | None = None,
    title: str = "Frames by outlet",
) -> go.Figure:
    """Draw which share of an outlet's sentences uses each frame, with intervals.

    Args:
        table: columns ``frame, outlet, estimate`` (0..1), ``low, high, articles,
            mentions`` (here: sentences with the frame).
        frames: the frames to draw, top first.
        frame_name: a frame in words.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
        actor: where the sentences are those that name one actor: its id, for the evidence.
        title: what is drawn.
    """
    whose = "sentences with the actor" if actor else "sentences"
    figure = theme.figure(
        label(title, 45), f"Share of the outlet's {whose}, 95 % interval",
        theme.height(len(frames), 44),
    )  # fmt: skip
    marks.outlet_dots(
        figure, table, row="frame", rows=frames, row_name=frame_name, outlet_name=outlet_name,
        styles=styles, noun="sentence", form=lambda v: theme.percent(v, 1),
        cell={"what": "sentences", "actor": actor},
    )  # fmt: skip
    figure.update_xaxes(
        tickformat=".0%", rangemode="tozero", title={"text": f"Share of {whose} (%)"},
    )  # fmt: skip
    return figure.figure()


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
            marker=marks.bar(
                styles[outlet].colour, [theme.value(part, w, "articles") for w in found]
            ),
            text=[str(int(theme.value(part, w, "count"))) for w in found], textposition="inside",
            textangle=0, insidetextanchor="middle",
            textfont=marks.inside(
                styles[outlet].colour, [theme.value(part, w, "articles") for w in found]
            ),
            hovertext=[
                f"<b>{label(w)}, {label(outlet_name(outlet))}</b><br>"
                + theme.sample(
                    theme.value(part, w, "articles"), theme.value(part, w, "count"), "time"
                )
                for w in found
            ],
            hoverinfo="text",
            customdata=[marks.query(what="cues", outlet=outlet, frame=frame, cue=w) for w in found],
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        )  # fmt: skip
    figure.update_layout(barmode="stack")
    figure.update_xaxes(rangemode="tozero", title={"text": "Number of times"})
    return marks.named_rows(figure, words).figure()
