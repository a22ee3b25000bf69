"""Charts of the Voices page: who speaks, with which verbs, and about whom."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from kzdash.charts import marks, theme
from kzdash.charts.marks import Name
from kzdash.charts.theme import Style, label

VERB_CLASSES = {
    "neutral": ("neutral (said)", theme.NEUTRAL),
    "doubting": ("doubting (claimed)", "#d55e00"),
    "supporting": ("supporting (pointed out)", "#0072b2"),
}


def speakers(
    table: pd.DataFrame,
    *,
    people: Sequence[str],
    outlets: Sequence[str],
    person_name: Name,
    outlet_name: Name,
    styles: Mapping[str, Style],
) -> go.Figure:
    """Draw who is quoted or reported in which outlet, and how often.

    Args:
        table: columns ``speaker, outlet, estimate`` (share of the outlet's quotations, 0..1),
            ``low, high, articles, mentions`` (here: quotations).
        people: the speakers to draw, top first (ids or names).
        outlets: the outlets, from the left.
        person_name: a speaker in words.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
    """
    figure = theme.figure(
        "Who speaks in each outlet", "Stretches of direct or indirect speech",
        theme.height(len(people), 28, 150), legend=False,
    )  # fmt: skip
    part = table[table["speaker"].isin(list(people)) & table["outlet"].isin(list(outlets))]
    largest = max([1, *part["mentions"].tolist()])
    return marks.squares(
        figure, part, x="outlet", xs=outlets, x_name=outlet_name, y="speaker", ys=people,
        y_name=person_name, colours=[styles[o].colour for o in part["outlet"]],
        sizes=[n / largest for n in part["mentions"]], texts=[f"{n:,}" for n in part["mentions"]],
        hovers=[
            marks.hover(
                f"{label(person_name(r.speaker))} in {label(outlet_name(r.outlet))}", r,
                theme.percent, "quotation",
            )
            for r in theme.rows(part)
        ],
        queries=[
            marks.query(what="quotes", outlet=r.outlet, speaker=r.speaker)
            for r in theme.rows(part)
        ],
    ).figure()  # fmt: skip


def verbs(table: pd.DataFrame, *, outlets: Sequence[str], outlet_name: Name) -> go.Figure:
    """Draw how each outlet introduces speech: neutral, doubting or supporting verbs.

    Args:
        table: columns ``outlet, neutral, doubting, supporting`` (shares 0..1), their intervals
            (as ``neutral_low, neutral_high``), ``articles, mentions`` (quotations with a verb).
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
    """
    figure = theme.figure(
        "How speech is introduced", "Share of quotations with a reporting verb",
        theme.height(len(outlets), 52, 150),
    )  # fmt: skip
    keyed = table.set_index("outlet")
    names = [outlet_name(o) for o in outlets]
    hovers = marks.share_hovers(keyed, outlets, names, VERB_CLASSES, "quotation")
    queries = {
        part: [marks.query(what="quotes", outlet=o, verb_class=part) for o in outlets]
        for part in VERB_CLASSES
    }
    marks.shares(
        figure, keyed, rows=outlets, row_names=names,
        parts=VERB_CLASSES, hovers=hovers, queries=queries,
    )  # fmt: skip
    figure.update_xaxes(title={"text": "Share of quotations (%)"})
    return figure.figure()


def own_and_quoted(table: pd.DataFrame, *, actors: Sequence[str], actor_name: Name) -> go.Figure:
    """Draw each actor's mean stance in the outlets' own voice and in quoted speech.

    Args:
        table: columns ``actor, voice, estimate`` (-1..1), ``low, high, articles, mentions``.
        actors: the actors to draw, top first.
        actor_name: an actor in words.
    """
    figure = theme.figure(
        "Own voice against quoted voice", "Mean stance of −1 to +1, 95 % interval",
        theme.height(len(actors), 34, 150),
    )  # fmt: skip
    place = {actor: i for i, actor in enumerate(actors)}
    for voice, symbol, colour, shift in (
        ("own", "circle", theme.INK, -0.15), ("quoted", "diamond", "#8073ac", 0.15),
    ):  # fmt: skip
        part = table[(table["voice"] == voice) & table["actor"].isin(place)]
        part = part[part["estimate"].notna()]
        figure.add_scatter(
            x=part["estimate"].astype(float).tolist(),
            y=[place[a] + shift for a in part["actor"]], mode="markers",
            name=theme.VOICE_NAMES[voice], error_x={**marks.arms(part), "color": colour},
            marker={"color": colour, "size": 10, "line": {"width": 2, "color": colour},
                    "symbol": [theme.hollow(symbol, a) for a in part["articles"]], "opacity": 1},
            hovertext=[
                marks.hover(
                    f"{label(actor_name(r.actor))}, {theme.VOICE_NAMES[voice]}", r, theme.signed
                )
                for r in theme.rows(part)
            ],
            hoverinfo="text",
            customdata=[
                marks.query(actor=a, voice=voice, scored="stance") for a in part["actor"]
            ],
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        )  # fmt: skip
    figure.update_xaxes(range=[-1.08, 1.08], zeroline=True, zerolinewidth=1.5,
                        tickvals=[-1, -0.5, 0, 0.5, 1],
                        ticktext=["−1", "−0.5", "0", "+0.5", "+1"],
                        title={"text": "Mean stance (−1 to +1)"})  # fmt: skip
    return marks.named_rows(figure, [actor_name(a) for a in actors]).figure()
