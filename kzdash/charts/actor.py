"""Charts of the Actor page: one actor across outlets."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kzdash.charts import marks, theme
from kzdash.charts.draft import Draft
from kzdash.charts.marks import Name
from kzdash.charts.theme import Style, label

MEASURES = {"stance": "Stance", "sentiment": "Sentiment"}
_VOICE_SYMBOLS = {"own": "circle", "quoted": "diamond"}


def stance_and_sentiment(
    table: pd.DataFrame, *, outlets: Sequence[str], outlet_name: Name, actor: str
) -> go.Figure:
    """Draw stance and sentiment side by side, own voice and quoted voice apart.

    Args:
        table: columns ``outlet, voice, measure`` (stance, sentiment), ``estimate`` (-1..1),
            ``low, high, articles, mentions``.
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
        actor: the actor's id, for the evidence.
    """
    figure = theme.figure(
        "Stance and sentiment", "Mean of −1 to +1, 95 % interval; own voice above quoted",
        theme.height(len(outlets), 52, 150),
    )  # fmt: skip
    for number, (measure, name) in enumerate(MEASURES.items()):
        left = 0.0 if number == 0 else 0.525
        axis = {
            "domain": [left, left + 0.475], "range": [-1.12, 1.12], "anchor": "y",
            "tickvals": [-1, 0, 1], "ticktext": ["−1", "0", "+1"], "gridcolor": theme.GRID,
            "zeroline": True, "zerolinecolor": theme.ZERO, "zerolinewidth": 1.5,
            "fixedrange": True, "title": {"text": name, "standoff": 8,
                                          "font": {"size": 12, "color": theme.MUTED}},
        }  # fmt: skip
        figure.update_layout(**{"xaxis" if number == 0 else "xaxis2": axis})
        for voice, symbol in _VOICE_SYMBOLS.items():
            part = table[(table["measure"] == measure) & (table["voice"] == voice)]
            _voice_dots(figure, part, number, voice, symbol, outlets, outlet_name, actor, name)
    return marks.named_rows(figure, [outlet_name(o) for o in outlets]).figure()


def _voice_dots(
    figure: Draft,
    part: pd.DataFrame,
    number: int,
    voice: str,
    symbol: str,
    outlets: Sequence[str],
    outlet_name: Name,
    actor: str,
    measure: str,
) -> None:
    part = part[part["outlet"].isin(list(outlets)) & part["estimate"].notna()]
    place = {outlet: i for i, outlet in enumerate(outlets)}
    shift = -0.17 if voice == "own" else 0.17
    colour = theme.INK if voice == "own" else "#8073ac"
    figure.add_scatter(
        x=part["estimate"].astype(float).tolist(),
        y=[place[o] + shift for o in part["outlet"]],
        xaxis="x" if number == 0 else "x2", yaxis="y", mode="markers",
        name=theme.VOICE_NAMES[voice], legendgroup=voice, showlegend=number == 0,
        error_x={**marks.arms(part), "color": colour},
        marker={
            "color": colour, "size": 11, "line": {"width": 2, "color": colour}, "opacity": 1,
            "symbol": [theme.hollow(symbol, a) for a in part["articles"]],
        },
        hovertext=[
            marks.hover(
                f"{label(outlet_name(r.outlet))}, {theme.VOICE_NAMES[voice]}: {measure}",
                r, theme.signed,
            )
            for r in theme.rows(part)
        ],
        hoverinfo="text",
        customdata=[
            marks.query(outlet=o, actor=actor, voice=voice, scored=list(MEASURES)[number])
            for o in part["outlet"]
        ],
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


def labels(
    table: pd.DataFrame,
    *,
    rows: Sequence[tuple[str, str]],
    outlet_name: Name,
    actor: str | None = None,
) -> go.Figure:
    """Draw the shares of negative, neutral and positive mentions, by outlet and voice.

    The shares are expected ones, from the probabilities of all mentions of a bar; so a part
    opens them all, those of its kind first.

    Args:
        table: columns ``outlet, voice, negative, neutral, positive`` (shares 0..1), their
            intervals (as ``neutral_low, neutral_high``), ``articles, mentions``.
        rows: (outlet, voice) pairs to draw, top first.
        outlet_name: an outlet in words.
        actor: the actor's id, for the evidence.
    """
    parts = {name: (name, colour) for name, colour in theme.STANCE.items()}
    names = [f"{outlet_name(o)}, {v}" for o, v in rows]
    keyed = table.set_index(["outlet", "voice"])
    return _bars(
        "How the mentions are labelled", "Share of mentions by stance", keyed, rows, names, parts,
        lambda row, part: marks.query(
            order=_ENDS[part], outlet=row[0], voice=row[1],
            actor=actor, scored="stance",
        ),
    )  # fmt: skip


_ENDS = {"negative": "stance", "neutral": None, "positive": "-stance"}


def roles(
    table: pd.DataFrame, *, outlets: Sequence[str], outlet_name: Name, actor: str
) -> go.Figure:
    """Draw how often the actor acts, is acted on, or neither.

    Args:
        table: columns ``outlet, agent, patient, other`` (shares 0..1), their intervals (as
            ``agent_low, agent_high``), ``articles, mentions``.
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
        actor: the actor's id, for the evidence.
    """
    colours = {"agent": "#0072b2", "patient": "#d55e00", "other": theme.NEUTRAL}
    parts = {role: (theme.ROLE_NAMES[role], colours[role]) for role in colours}
    return _bars(
        "Role in the sentence", "Share of mentions", table.set_index("outlet"), outlets,
        [outlet_name(o) for o in outlets], parts,
        lambda row, part: marks.query(outlet=row, actor=actor, role=part),
    )  # fmt: skip


def _bars(
    title: str,
    subtitle: str,
    keyed: pd.DataFrame,
    rows: Sequence[Any],
    names: Sequence[str],
    parts: Mapping[str, tuple[str, str]],
    evidence: Callable[[Any, str], str],
) -> go.Figure:
    figure = theme.figure(title, subtitle, theme.height(len(rows), 52, 150))
    rows = list(rows)
    hovers = marks.share_hovers(keyed, rows, names, parts)
    queries = {part: [evidence(row, part) for row in rows] for part in parts}
    marks.shares(
        figure, keyed, rows=rows, row_names=names, parts=parts, hovers=hovers, queries=queries
    )
    figure.update_xaxes(title={"text": "Share of mentions (%)"})
    return figure.figure()


def in_time(
    table: pd.DataFrame,
    *,
    outlet_name: Name,
    styles: Mapping[str, Style],
    actor: str,
) -> go.Figure:
    """Draw stance over time: a mark an article or a month, a bar over the days it may mean.

    Args:
        table: columns ``outlet, first, last`` (days that the date may mean), ``estimate``
            (mean stance, -1..1), ``low, high`` (its interval, NULL where none), ``articles,
            mentions``; and either ``article_id, title`` or ``period`` (YYYY-MM or YYYY).
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
        actor: the actor's id, for the evidence.
    """
    single = "article_id" in table
    figure = theme.figure(
        "Stance over time",
        "Mean of each article; hollow: one article, no interval"
        if single
        else "Mean of each month, 95 % interval; hollow: under five articles",
        380,
    )
    for outlet in [o for o in styles if o in set(table["outlet"])]:
        part, style = table[table["outlet"] == outlet], styles[outlet]
        first, last = pd.to_datetime(part["first"]), pd.to_datetime(part["last"])
        name = label(outlet_name(outlet))
        theme.entry(figure, name, style)
        figure.add_scatter(
            x=[day.strftime("%Y-%m-%d") for day in first + (last - first) / 2],
            y=part["estimate"].astype(float).tolist(), mode="markers",
            name=name, legendgroup=name, showlegend=False,
            error_x={"type": "data", "thickness": 1.2, "width": 3, "color": style.colour,
                     "array": ((last - first) / 2 / pd.Timedelta(milliseconds=1)).tolist()},
            error_y={**marks.arms(part), "color": style.colour, "thickness": 1.2},
            marker={
                "color": style.colour, "line": {"width": 2, "color": style.colour},
                "size": [round(min(20.0, 6 + n**0.5 * 2), 1) for n in part["mentions"]],
                "opacity": 0.85,
                "symbol": [theme.hollow(style.symbol, a) for a in part["articles"]],
            },
            hovertext=[
                marks.hover(
                    f"{name}, {_span(a, b) if single else label(r.period)}", r, theme.signed
                )
                + (f"<br>{label(r.title, 70)}" if single else "")
                for r, a, b in zip(theme.rows(part), first, last, strict=True)
            ],
            hoverinfo="text",
            customdata=[
                marks.query(article=r.article_id, actor=actor, scored="stance")
                if single
                else marks.query(outlet=outlet, period=r.period, actor=actor, scored="stance")
                for r in theme.rows(part)
            ],
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.85}},
        )  # fmt: skip
    figure.update_xaxes(type="date", title={"text": "Date of publication"})
    figure.update_yaxes(range=[-1.08, 1.08], zeroline=True, zerolinewidth=1.5,
                        title={"text": "Mean stance (−1 to +1)"}, tickvals=[-1, -0.5, 0, 0.5, 1],
                        ticktext=["−1", "−0.5", "0", "+0.5", "+1"])  # fmt: skip
    return figure.figure()


def _span(first: pd.Timestamp, last: pd.Timestamp) -> str:
    if first == last:
        return f"{first:%Y-%m-%d}"
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def companions(
    table: pd.DataFrame, *, actors: Sequence[str], actor_name: Name, actor: str
) -> go.Figure:
    """Draw who is mentioned in the same sentences as the actor.

    Args:
        table: columns ``other`` (actor id), ``together`` (how many sentences), ``articles``.
        actors: the others to draw, top first.
        actor_name: an actor in words.
        actor: the actor's id, for the evidence.
    """
    part = table.groupby("other", sort=False)[["together", "articles"]].sum()
    figure = theme.figure(
        "Named in the same sentence", "Number of sentences",
        theme.height(len(actors), 30, 120), legend=False,
    )  # fmt: skip
    values = [int(theme.value(part, a, "together")) for a in actors]
    figure.add_bar(
        y=list(range(len(actors))), x=values, orientation="h", text=[str(v) for v in values],
        textposition="outside", cliponaxis=False, width=0.66,
        marker=marks.bar("#6a8ea3", [theme.value(part, a, "articles") for a in actors]),
        hovertext=[
            f"<b>{label(actor_name(a))}</b><br>"
            + theme.sample(theme.value(part, a, "articles"), v, "sentence")
            for a, v in zip(actors, values, strict=True)
        ],
        hoverinfo="text",
        customdata=[marks.query(what="sentences", actor=actor, other=a) for a in actors],
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
    )  # fmt: skip
    figure.update_xaxes(rangemode="tozero", title={"text": "Sentences that name both"})
    return marks.named_rows(figure, [actor_name(a) for a in actors]).figure()
