"""Charts of the Outlets page: how outlets differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kzdash.charts import marks, theme
from kzdash.charts.draft import Draft, Drawn
from kzdash.charts.marks import Name
from kzdash.charts.theme import Style, label


def gaps(
    table: pd.DataFrame,
    *,
    first: str,
    second: str,
    actor_name: Name,
    outlet_name: Name,
    measure: str,
    voice: str | None = None,
) -> Drawn:
    """Draw the difference of two outlets for each actor, with its interval.

    Args:
        table: columns ``actor, difference, low, high, articles`` (of the smaller side),
            ``mentions, q`` (false-discovery rate at which it would count; NULL where none),
            for stance ``neutral_first, neutral_second`` (shares of neutral mentions), ordered
            as to be drawn, top first.
        first: the outlet whose surplus stands on the right.
        second: the other outlet.
        actor_name: an actor in words.
        outlet_name: an outlet in words.
        measure: "attention" (difference of shares) or "stance" (of means in -1..1).
        voice: which voices it has, a key of `kzdash.charts.marks.VOICED`; None says nothing.
    """
    share = measure == "attention"
    title = "Attention gap" if share else "Stance gap"
    unit = "percentage points" if share else "scale of −2 to +2"
    word = "more" if share else "more favourable"
    rows = theme.rows(table)
    figure = theme.figure(
        title,
        (f"{marks.VOICED[voice].capitalize()}; right of 0: " if voice else "Right of 0: ")
        + label(f"{word} in {outlet_name(first)}", 40),
        marks.tall([actor_name(r.actor) for r in rows], 30, 170),
        legend=False,
    )
    clear = [pd.notna(r.q) and r.q < 0.05 for r in rows]
    colours = [theme.INK if c else theme.ZERO for c in clear]
    figure.add_scatter(
        x=[r.difference for r in rows],
        y=list(range(len(rows))),
        mode="markers",
        error_x={**marks.arms(rows, "difference"), "color": theme.ZERO},
        showlegend=False,
        marker=marks.dot(colours, [theme.hollow("circle", r.articles) for r in rows]),
        hovertext=[
            _gap(r, actor_name, share)
            + ("" if share else f"<br>neutral {_neutral(r, first, second, outlet_name)}")
            + f"<br>{theme.count(r.mentions, 'mention')}; "
            f"{theme.sample(r.articles)} on the smaller side"
            for r in rows
        ],
        customdata=[
            marks.query((first, second), actor=r.actor, scored=None if share else "stance")
            for r in rows
        ],
        **marks.OPENS,
    )
    _sides(figure, outlet_name(second), outlet_name(first))
    figure.update_layout(margin={"t": 100})
    low, high = theme.extent(figure)
    least, form = (_LEAST, theme.points) if share else (1.0, theme.signed_tick)
    low, high = min(-least, low), max(least, high)
    name = f"Difference ({unit}), {marks.intervals(rows, 'on one side')}"
    figure.update_xaxes(
        zeroline=True,
        zerolinewidth=1.5,
        title={"text": name},
        range=[1.08 * low, 1.08 * high],
        **theme.ticks(low, high, form),
    )
    return marks.named_rows(figure, [actor_name(r.actor) for r in rows]).figure()


_LEAST = 0.05
"""Shares apart by less are drawn as close: the axis goes so far on both sides at least."""


def _sides(figure: Draft, left: str, right: str) -> None:
    """Name the outlets above a chart's left and right half, long names above each other."""
    raised = 15 if len(left) + len(right) > _SHORT else 0
    for x, anchor, text, above in ((0, "left", f"◂ {left}", 0), (1, "right", f"{right} ▸", raised)):
        figure.add_annotation(
            text=f"<b>{label(text, 24)}</b>",
            x=x,
            xref="paper",
            xanchor=anchor,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            yshift=above,
            font={"size": 12, "color": theme.INK},
        )


_SHORT = 24
"""Two names of so many characters have room beside each other on a phone."""


def _gap(row: Any, actor_name: Name, share: bool) -> str:
    spread = theme.interval(row.low, row.high, lambda value: _points(value, share))
    tested = theme.rate(row.q) if pd.notna(row.q) else "not tested: too few articles"
    return (
        f"<b>{label(actor_name(row.actor))}</b><br>{_points(row.difference, share)} "
        f"({spread})<br>{tested}"
    )


def _neutral(row: Any, first: str, second: str, outlet_name: Name) -> str:
    return (
        f"{theme.percent(row.neutral_first)} in {label(outlet_name(first))}, "
        f"{theme.percent(row.neutral_second)} in {label(outlet_name(second))}"
    )


def _points(value: float | None, share: bool) -> str:
    if not share or value is None or pd.isna(value):
        return theme.signed(value)
    return f"{theme.signed(100 * value, 1)} points"


def words(
    table: pd.DataFrame,
    *,
    first: str,
    second: str,
    outlet_name: Name,
    styles: Mapping[str, Style],
) -> Drawn:
    """Draw the words that set two outlets apart: log-odds z scores, counts in the tooltip.

    Args:
        table: columns ``lemma, pos, z`` (positive: more of the first outlet), ``log_odds, low,
            high, count_first, count_second, articles_first, articles_second``, ordered as to
            be drawn.
        first: the outlet on the right.
        second: the outlet on the left.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
    """
    rows = theme.rows(table)
    figure = theme.figure(
        "Distinctive words",
        "Log-odds, z score; grey: may be chance; counts beside the mark",
        marks.tall([r.lemma for r in rows], 21),
        legend=False,
    )
    for outlet, more in ((first, True), (second, False)):
        lines = [i for i, r in enumerate(rows) if (r.z > 0) == more]
        part, style = [rows[i] for i in lines], styles[outlet]
        articles = [r.articles_first if more else r.articles_second for r in part]
        name = label(outlet_name(outlet))
        figure.add_scatter(
            x=[r.z for r in part],
            y=lines,
            mode="markers+text",
            name=name,
            legendgroup=name,
            showlegend=False,
            text=[f"  {r.count_first} : {r.count_second}  " for r in part],
            textposition="middle right" if more else "middle left",
            textfont={"size": 11, "color": theme.MUTED},
            cliponaxis=False,
            marker=marks.dot(
                style.colour, [theme.hollow(style.symbol, a) for a in articles], 9, 1.6
            ),
            hovertext=[
                _word(r, a, label(outlet_name(first)), label(outlet_name(second)))
                for r, a in zip(part, articles, strict=True)
            ],
            customdata=[
                marks.query((first, second), what="articles", word=r.lemma, pos=r.pos) for r in part
            ],
            **marks.OPENS,
        )
    figure.add_shape(
        type="rect",
        xref="x",
        x0=-CHANCE,
        x1=CHANCE,
        yref="paper",
        y0=0,
        y1=1,
        layer="below",
        fillcolor=theme.GRID,
        opacity=0.6,
        line={"width": 0},
    )
    _sides(figure, outlet_name(second), outlet_name(first))
    figure.update_layout(margin={"t": 100})
    reach = 1.6 * max([1.0, *(abs(r.z) for r in rows)])
    figure.update_xaxes(
        range=[-reach, reach],
        zeroline=True,
        zerolinewidth=1.5,
        **theme.ticks(-reach, reach, theme.signed_tick),
        title={"text": "z of log-odds"},
    )
    return marks.named_rows(figure, [r.lemma for r in rows], 18).figure()


CHANCE = 1.96
"""A word's z score that chance alone stays below, 19 times of 20."""

_POS = {"ADJ": "adjective", "ADV": "adverb", "NOUN": "noun", "VERB": "verb"}


def _word(row: Any, articles: int, first: str, second: str) -> str:
    return (
        f"<b>{label(row.lemma)} ({_POS.get(row.pos, label(row.pos))})</b><br>"
        f"log-odds {theme.signed(row.log_odds, 1)} ({_odds(row, articles)}), "
        f"z = {theme.signed(row.z, 1)}<br>"
        f"{first}: {row.count_first} times in {theme.count(row.articles_first, 'article')}<br>"
        f"{second}: {row.count_second} times in {theme.count(row.articles_second, 'article')}"
        + (" (descriptive)" if articles < theme.FEW else "")
    )


def _odds(row: Any, articles: int) -> str:
    """Return the interval of a word's log-odds, which takes its uses as independent."""
    if articles < 2:
        return theme.interval(None, None)
    return theme.interval(row.low, row.high, lambda v: theme.signed(v, 1))


def absent(
    table: pd.DataFrame,
    *,
    actors: Sequence[str],
    outlets: Sequence[str],
    actor_name: Name,
    outlet_name: Name,
    styles: Mapping[str, Style],
) -> Drawn:
    """Draw which of the most mentioned actors an outlet leaves out.

    Args:
        table: columns ``actor, outlet, estimate`` (share of the outlet's mentions), ``low,
            high, mentions, articles``; absent pairs may lack.
        actors: the actors to draw, top first.
        outlets: the outlets to draw, from the left.
        actor_name: an actor in words.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
    """
    figure = theme.figure(
        "Who is named",
        "Mentions; an empty place: none in this selection",
        marks.tall([actor_name(a) for a in actors], marks.SQUARES),
        legend=False,
    )
    part = [
        r for r in theme.rows(table) if r.actor in actors and r.outlet in outlets and r.mentions > 0
    ]
    largest = max([1, *(r.mentions for r in part)])
    return marks.squares(
        figure,
        part,
        x="outlet",
        xs=outlets,
        x_name=outlet_name,
        y="actor",
        ys=actors,
        y_name=actor_name,
        colours=[styles[r.outlet].colour for r in part],
        sizes=[r.mentions / largest for r in part],
        texts=[f"{r.mentions:,}" for r in part],
        hovers=[
            marks.hover(
                f"{label(actor_name(r.actor))}, {label(outlet_name(r.outlet))}", r, theme.percent
            )
            for r in part
        ],
        queries=[marks.query(outlet=r.outlet, actor=r.actor) for r in part],
    ).figure()
