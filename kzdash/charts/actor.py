"""Charts of the Actor page: one actor across outlets."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from kzdash import periods
from kzdash.charts import marks, theme
from kzdash.charts.draft import Draft, Drawn
from kzdash.charts.marks import Name
from kzdash.charts.theme import Style, label

MEASURES = {"stance": "Stance", "sentiment": "Sentiment"}
_VOICE_SYMBOLS = {"own": "circle", "quoted": "diamond"}


def stance_and_sentiment(
    table: pd.DataFrame, *, outlets: Sequence[str], outlet_name: Name, actor: str
) -> Drawn:
    """Draw stance and sentiment side by side, own voice and quoted voice apart.

    Args:
        table: columns ``outlet, voice, measure`` (stance, sentiment), ``estimate`` (-1..1),
            ``low, high, articles, mentions``.
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
        actor: the actor's id, for the evidence.
    """
    rows = theme.known(theme.rows(table))
    figure = theme.figure(
        "Stance and sentiment",
        f"Mean of −1 to +1, {marks.intervals(rows)}; own voice above quoted",
        theme.height(len(outlets), 52, 150),
    )
    for number, (measure, name) in enumerate(MEASURES.items()):
        marks.stance_panel(figure, number, len(MEASURES), name)
        for voice, symbol in _VOICE_SYMBOLS.items():
            part = [r for r in rows if r.measure == measure and r.voice == voice]
            _voice_dots(figure, part, number, voice, symbol, outlets, outlet_name, actor, name)
    return marks.named_rows(figure, [outlet_name(o) for o in outlets]).figure()


def _voice_dots(
    figure: Draft,
    part: Sequence[Any],
    number: int,
    voice: str,
    symbol: str,
    outlets: Sequence[str],
    outlet_name: Name,
    actor: str,
    measure: str,
) -> None:
    place = {outlet: i for i, outlet in enumerate(outlets)}
    part = [r for r in part if r.outlet in place]
    shift = -0.17 if voice == "own" else 0.17
    colour = theme.VOICE_COLOURS[voice]
    figure.add_scatter(
        x=[r.estimate for r in part],
        y=[place[r.outlet] + shift for r in part],
        xaxis=marks.x_axis(number),
        yaxis="y",
        mode="markers",
        name=theme.VOICE_NAMES[voice],
        legendgroup=voice,
        showlegend=number == 0,
        error_x={**marks.arms(part), "color": colour},
        marker=marks.dot(colour, [theme.hollow(symbol, r.articles) for r in part]),
        hovertext=[
            marks.hover(
                f"{label(outlet_name(r.outlet))}, {theme.VOICE_NAMES[voice]}: {measure}",
                r,
                theme.signed,
            )
            for r in part
        ],
        customdata=[
            marks.query(outlet=r.outlet, actor=actor, voice=voice, scored=list(MEASURES)[number])
            for r in part
        ],
        **marks.OPENS,
    )


def labels(
    table: pd.DataFrame,
    *,
    rows: Sequence[tuple[str, str]],
    outlet_name: Name,
    actor: str | None = None,
) -> Drawn:
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
    keyed = {(r.outlet, r.voice): r for r in theme.rows(table)}
    return _bars(
        "Negative, neutral, positive",
        "Expected share of mentions, by the probabilities of stance",
        keyed,
        rows,
        names,
        parts,
        lambda row, part: marks.query(
            order=_ENDS[part],
            outlet=row[0],
            voice=row[1],
            actor=actor,
            scored="stance",
        ),
        counted=False,
    )


_ENDS = {"negative": "stance", "neutral": None, "positive": "-stance"}


def roles(table: pd.DataFrame, *, outlets: Sequence[str], outlet_name: Name, actor: str) -> Drawn:
    """Draw how often the actor acts, is acted on, or neither.

    Args:
        table: columns ``outlet, agent, patient, other`` (shares 0..1), their intervals (as
            ``agent_low, agent_high``), ``articles, mentions``.
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
        actor: the actor's id, for the evidence.
    """
    parts = {
        role: (theme.ROLE_NAMES[role], theme.ROLE_COLOURS[role]) for role in theme.ROLE_COLOURS
    }
    return _bars(
        "Role in the sentence",
        "Share of mentions",
        {r.outlet: r for r in theme.rows(table)},
        outlets,
        [outlet_name(o) for o in outlets],
        parts,
        lambda row, part: marks.query(outlet=row, actor=actor, role=part),
    )


def _bars(
    title: str,
    subtitle: str,
    keyed: Mapping[Any, Any],
    rows: Sequence[Any],
    names: Sequence[str],
    parts: Mapping[str, tuple[str, str]],
    evidence: Callable[[Any, str], str],
    *,
    counted: bool = True,
) -> Drawn:
    figure = theme.figure(title, subtitle, theme.height(len(rows), 52, 150))
    queries = {part: [evidence(row, part) for row in rows] for part in parts}
    marks.shares(
        figure,
        [keyed[row] for row in rows],
        names=names,
        parts=parts,
        queries=queries,
        counted=counted,
    )
    figure.update_xaxes(title={"text": "Share of mentions (%); their number beside the name"})
    return figure.figure()


def in_time(
    table: pd.DataFrame,
    *,
    outlet_name: Name,
    styles: Mapping[str, Style],
    actor: str,
    voice: str | None = None,
    unit: str = "article",
) -> Drawn:
    """Draw stance over time, a panel an outlet: a mark an article or a period.

    A bar across goes over the days that a date may mean.

    Args:
        table: columns ``outlet, first, last`` (days that the date may mean), ``estimate``
            (mean stance, -1..1), ``low, high`` (its interval, NULL where none), ``articles,
            mentions``; and either ``article_id, title`` or ``period`` (see `kzdash.periods`).
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
        actor: the actor's id, for the evidence.
        voice: which voices it has, a key of `kzdash.charts.marks.VOICED`; None says nothing.
        unit: what a mark is: ``article``, or one of `kzdash.periods.UNITS`.
    """
    single = unit == "article"
    rows = theme.rows(table)
    by_outlet = theme.grouped(rows, "outlet")
    outlets = [o for o in styles if o in by_outlet]
    said = "no interval" if single else marks.intervals(rows)
    figure = theme.figure(
        "Stance over time",
        f"Mean of each {unit}, below 0 negative, {said}"
        + (f"; {marks.VOICED[voice]}" if voice else ""),
        marks.stacked_height(len(outlets)),
        legend=False,
    )
    marks.stacked(figure, [outlet_name(o) for o in outlets], **_stance_axis(rows))
    for number, outlet in enumerate(outlets):
        part, style = by_outlet[outlet], styles[outlet]
        spans = [(date.fromisoformat(r.first), date.fromisoformat(r.last)) for r in part]
        name, axis = label(outlet_name(outlet)), "y" if number == 0 else f"y{number + 1}"
        marks.across(figure, spans, [r.estimate for r in part], style.colour, axis)
        figure.add_scatter(
            x=[str(first + (last - first) / 2) for first, last in spans],
            y=[r.estimate for r in part],
            mode="markers",
            name=name,
            xaxis="x",
            yaxis=axis,
            error_y={**marks.arms(part), "color": style.colour, "thickness": 1.2},
            marker=marks.dot(
                style.colour, [theme.hollow(style.symbol, r.articles) for r in part], 9, 1.6
            ),
            hovertext=[
                _dated(r, f"{name}, {_span(*days)}")
                if single
                else marks.hover(f"{name}, {_period(r.period, unit)}", r, theme.signed)
                for r, days in zip(part, spans, strict=True)
            ],
            customdata=[
                marks.query(article=r.article_id, actor=actor, scored="stance")
                if single
                else marks.query(
                    outlet=outlet,
                    period=periods.evidence(r.period, unit),
                    actor=actor,
                    scored="stance",
                )
                for r in part
            ],
            **marks.OPENS,
        )
    figure.update_xaxes(title={"text": "Date of publication"}, **_axis(table, unit))
    return figure.figure()


def _dated(article: Any, what: str) -> str:
    return f"{marks.hover(what, article, theme.signed)}<br>{label(article.title, 70)}"


def _stance_axis(rows: Sequence[Any]) -> dict[str, Any]:
    """Return the y axis of stance that holds all marks and intervals: to 1, or to 0.5."""
    ends = [end for r in rows for end in (r.estimate, r.low, r.high) if pd.notna(end)]
    reach = 0.5 if all(abs(end) <= _HALF for end in ends) else 1.0
    return {
        "range": [-1.12 * reach, 1.12 * reach],
        "zeroline": True,
        "zerolinewidth": 1.5,
        "tickvals": [-reach, 0, reach],
        "ticktext": [theme.signed_tick(end) for end in (-reach, 0, reach)],
    }


_HALF = 0.5
"""Where no mark or interval goes beyond, neither does the axis."""


def _axis(table: pd.DataFrame, unit: str) -> dict[str, Any]:
    """Return the axis that holds all days that the dates may mean; empty where there are none."""
    if table.empty:
        return {}
    first, last = min(table["first"]), max(table["last"])
    years = unit == "year"
    return marks.dates(date.fromisoformat(first), date.fromisoformat(last), years=years)


def _period(period: str, unit: str) -> str:
    return label(periods.named(periods.evidence(period, unit)))


def _span(first: date, last: date) -> str:
    if first == last:
        return str(first)
    return str(first)[: len("YYYY-MM") if first.month == last.month else len("YYYY")]


def companions(
    table: pd.DataFrame, *, actors: Sequence[str], actor_name: Name, actor: str
) -> Drawn:
    """Draw who is mentioned in the same sentences as the actor.

    Args:
        table: columns ``other`` (actor id), ``together`` (how many sentences), ``articles``.
        actors: the others to draw, top first.
        actor_name: an actor in words.
        actor: the actor's id, for the evidence.
    """
    found = theme.grouped(theme.rows(table), "other")
    figure = theme.figure(
        "Named in the same sentence",
        "Number of sentences",
        marks.tall([actor_name(a) for a in actors], 30, 120),
        legend=False,
    )
    values = [sum(r.together for r in found[a]) for a in actors]
    articles = [sum(r.articles for r in found[a]) for a in actors]
    figure.add_bar(
        y=list(range(len(actors))),
        x=values,
        orientation="h",
        text=[str(v) for v in values],
        textposition="outside",
        cliponaxis=False,
        width=0.66,
        marker=marks.bar("#6a8ea3", articles),
        hovertext=[
            f"<b>{label(actor_name(a))}</b><br>{theme.sample(n, v, 'sentence')}"
            for a, v, n in zip(actors, values, articles, strict=True)
        ],
        customdata=[marks.query(what="sentences", actor=actor, other=a) for a in actors],
        **marks.OPENS,
    )
    figure.update_xaxes(
        title={"text": "Sentences that name both"}, **marks.counts(max(values, default=0))
    )
    return marks.named_rows(figure, [actor_name(a) for a in actors]).figure()
