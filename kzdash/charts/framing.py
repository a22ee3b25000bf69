"""Charts of the Framing page: frames by outlet and by actor."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kzdash.charts import marks, theme
from kzdash.charts.draft import Drawn
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
) -> Drawn:
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
    legend = marks.legend(table, styles, outlet_name)
    figure = theme.figure(
        label(title, 45),
        f"Share of the outlet's {whose}, {marks.intervals(theme.known(theme.rows(table)))}",
        theme.height(len(frames), marks.dots_height(44, legend)),
        legend=legend,
    )
    marks.outlet_dots(
        figure,
        table,
        row="frame",
        rows=frames,
        row_name=frame_name,
        outlet_name=outlet_name,
        styles=styles,
        noun="sentence",
        form=lambda v: theme.percent(v, 1),
        cell={"what": "sentences", "actor": actor},
    )
    figure.update_xaxes(
        zeroline=True,
        **theme.share_axis(figure),
        title={"text": f"Share of {whose} (%)"},
    )
    return figure.figure()


def cues(
    table: pd.DataFrame, *, frame: str, outlet_name: Name, styles: Mapping[str, Style]
) -> Drawn:
    """Draw the words that cue a frame, by outlet.

    Args:
        table: columns ``cue, outlet, count, articles``, the most frequent cues first.
        frame: the frame's id, for the evidence.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
    """
    rows = theme.rows(table)
    by_outlet = theme.grouped(rows, "outlet")
    words = list(dict.fromkeys(r.cue for r in rows))
    place = {word: i for i, word in enumerate(words)}
    figure = theme.figure(
        "Words that cue the frame",
        "Number of times in the texts",
        marks.tall(words, 24),
    )
    for outlet in [o for o in styles if o in by_outlet]:
        part = sorted(by_outlet[outlet], key=lambda r: place[r.cue])
        name, colour = label(outlet_name(outlet)), styles[outlet].colour
        articles = [r.articles for r in part]
        figure.add_bar(
            y=[place[r.cue] for r in part],
            x=[r.count for r in part],
            orientation="h",
            name=name,
            width=0.7,
            marker=marks.bar(colour, articles),
            text=[str(r.count) for r in part],
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            textfont=marks.inside(colour, articles),
            hovertext=[
                f"<b>{label(r.cue)}, {name}</b><br>{theme.sample(r.articles, r.count, 'time')}"
                for r in part
            ],
            customdata=[
                marks.query(what="cues", outlet=outlet, frame=frame, cue=r.cue) for r in part
            ],
            **marks.OPENS,
        )
    figure.update_layout(barmode="stack")
    most = max((sum(r.count for r in rows if r.cue == word) for word in words), default=0)
    figure.update_xaxes(title={"text": "Number of times"}, **marks.counts(most))
    return marks.named_rows(figure, words).figure()
