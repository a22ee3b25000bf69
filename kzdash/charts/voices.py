"""Charts of the Voices page: who speaks, with which verbs, and about whom."""

from collections.abc import Mapping, Sequence

import pandas as pd

from kzdash.charts import marks, theme
from kzdash.charts.draft import Drawn
from kzdash.charts.marks import Name
from kzdash.charts.theme import Style, label

VERB_CLASSES = {
    "neutral": ("neutral (said)", theme.NEUTRAL),
    "doubting": ("doubting (claimed)", theme.VERB_COLOURS["doubting"]),
    "supporting": ("supporting (pointed out)", theme.VERB_COLOURS["supporting"]),
}


def speakers(
    table: pd.DataFrame,
    *,
    people: Sequence[str],
    outlets: Sequence[str],
    person_name: Name,
    outlet_name: Name,
    styles: Mapping[str, Style],
) -> Drawn:
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
        "Who speaks in each outlet",
        "Stretches of direct or indirect speech",
        marks.tall([person_name(p) for p in people], marks.SQUARES),
        legend=False,
    )
    part = [r for r in theme.rows(table) if r.speaker in people and r.outlet in outlets]
    largest = max([1, *(r.mentions for r in part)])
    return marks.squares(
        figure,
        part,
        x="outlet",
        xs=outlets,
        x_name=outlet_name,
        y="speaker",
        ys=people,
        y_name=person_name,
        colours=[styles[r.outlet].colour for r in part],
        sizes=[r.mentions / largest for r in part],
        texts=[f"{r.mentions:,}" for r in part],
        hovers=[
            marks.hover(
                f"{label(person_name(r.speaker))} in {label(outlet_name(r.outlet))}",
                r,
                theme.percent,
                "quotation",
            )
            for r in part
        ],
        queries=[marks.query(what="quotes", outlet=r.outlet, speaker=r.speaker) for r in part],
    ).figure()


def verbs(table: pd.DataFrame, *, outlets: Sequence[str], outlet_name: Name) -> Drawn:
    """Draw how each outlet introduces speech: neutral, doubting or supporting verbs.

    Args:
        table: columns ``outlet, neutral, doubting, supporting`` (shares 0..1), their intervals
            (as ``neutral_low, neutral_high``), ``articles, mentions`` (quotations with a verb).
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
    """
    return marks.outlet_shares(
        table,
        title="How speech is introduced",
        subtitle="Share of quotations with a reporting verb",
        outlets=outlets,
        outlet_name=outlet_name,
        parts=VERB_CLASSES,
        what="quotes",
        field="verb_class",
        noun="quotation",
    )


def own_and_quoted(table: pd.DataFrame, *, actors: Sequence[str], actor_name: Name) -> Drawn:
    """Draw each actor's mean stance in the outlets' own voice and in quoted speech.

    Args:
        table: columns ``actor, voice, estimate`` (-1..1), ``low, high, articles, mentions``.
        actors: the actors to draw, top first.
        actor_name: an actor in words.
    """
    known = theme.known(theme.rows(table))
    figure = theme.figure(
        "Own voice against quoted voice",
        f"Mean stance of −1 to +1, {marks.intervals(known)}",
        marks.tall([actor_name(a) for a in actors], 34),
    )
    place = {actor: i for i, actor in enumerate(actors)}
    by_voice = theme.grouped(known, "voice")
    for voice, symbol, colour, shift in (
        ("own", "circle", theme.VOICE_COLOURS["own"], -0.15),
        ("quoted", "diamond", theme.VOICE_COLOURS["quoted"], 0.15),
    ):
        part = [r for r in by_voice.get(voice, ()) if r.actor in place]
        figure.add_scatter(
            x=[r.estimate for r in part],
            y=[place[r.actor] + shift for r in part],
            mode="markers",
            name=theme.VOICE_NAMES[voice],
            error_x={**marks.arms(part), "color": colour},
            marker=marks.dot(colour, [theme.hollow(symbol, r.articles) for r in part], 10),
            hovertext=[
                marks.hover(
                    f"{label(actor_name(r.actor))}, {theme.VOICE_NAMES[voice]}", r, theme.signed
                )
                for r in part
            ],
            customdata=[marks.query(actor=r.actor, voice=voice, scored="stance") for r in part],
            **marks.OPENS,
        )
    marks.stance_panel(figure, 0, 1, theme.STANCE_AXIS)
    return marks.named_rows(figure, [actor_name(a) for a in actors]).figure()
