"""Charts of the Overview: the corpus in time, attention, stance."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kzdash import periods
from kzdash.charts import marks, theme
from kzdash.charts.draft import Drawn
from kzdash.charts.marks import Name
from kzdash.charts.theme import Style, label


def attention(
    table: pd.DataFrame,
    *,
    actors: Sequence[str],
    actor_name: Name,
    outlet_name: Name,
    styles: Mapping[str, Style],
) -> Drawn:
    """Draw which share of each outlet's mentions goes to each actor.

    Args:
        table: columns ``outlet, actor, estimate, low, high, articles, mentions``.
        actors: the actors to draw, top first.
        actor_name: an actor in words.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
    """
    legend = marks.legend(table, styles, outlet_name)
    figure = theme.figure(
        "Attention to each actor",
        f"Share of the outlet's mentions, {marks.intervals(theme.known(theme.rows(table)))}",
        marks.tall([actor_name(a) for a in actors], marks.dots_height(34, legend)),
        legend=legend,
    )
    marks.outlet_dots(
        figure,
        table,
        row="actor",
        rows=actors,
        row_name=actor_name,
        param="actor",
        outlet_name=outlet_name,
        styles=styles,
        form=lambda v: theme.percent(v, 1),
    )
    figure.update_xaxes(
        zeroline=True, **theme.share_axis(figure), title={"text": "Share of mentions (%)"}
    )
    return figure.figure()


def stance(
    table: pd.DataFrame,
    *,
    actors: Sequence[str],
    actor_name: Name,
    outlet_name: Name,
    styles: Mapping[str, Style],
    voice: str | None = None,
) -> Drawn:
    """Draw the mean stance toward each actor, a dot with its interval an outlet.

    Args:
        table: columns ``outlet, actor, estimate, low, high, articles, mentions``, and perhaps
            ``neutral`` (share of neutral mentions); the estimate is in -1..1.
        actors: the actors to draw, top first.
        actor_name: an actor in words.
        outlet_name: an outlet in words.
        styles: colour and symbol of the outlets to draw.
        voice: which voices the table has, a key of `kzdash.charts.marks.VOICED`; with `apart`
            it has the column ``voice``, and each voice has a panel. None says nothing of them.
    """
    legend = marks.legend(table, styles, outlet_name)
    figure = theme.figure(
        "Stance toward each actor",
        f"Mean of −1 to +1, {marks.intervals(theme.known(theme.rows(table)))}"
        + (f"; {marks.VOICED[voice]}" if voice else ""),
        marks.tall([actor_name(a) for a in actors], marks.dots_height(34, legend)),
        legend=legend,
    )
    panels = tuple(theme.VOICE_NAMES) if voice == "apart" else (None,)
    for number, panel in enumerate(panels):
        title = theme.VOICE_NAMES[panel].capitalize() if panel else theme.STANCE_AXIS
        marks.stance_panel(figure, number, len(panels), title)
        marks.outlet_dots(
            figure,
            table[table["voice"] == panel] if panel else table,
            row="actor",
            rows=actors,
            row_name=actor_name,
            outlet_name=outlet_name,
            styles={o: style for o, style in styles.items() if o in set(table["outlet"])},
            form=theme.signed,
            cell={"voice": panel, "scored": "stance"},
            panel=number,
        )
    return figure.figure()


def articles_in_time(
    table: pd.DataFrame, *, outlet_name: Name, styles: Mapping[str, Style], unit: str = "month"
) -> Drawn:
    """Draw when each outlet's articles appeared: a panel an outlet, a bar a period.

    Articles of which only the year is known stand among months and quarters as a mark at
    their number, with a line over the year.

    Args:
        table: columns ``outlet, period`` (see `kzdash.periods`; YYYY where only the year is
            known, NULL where nothing is), ``articles``.
        outlet_name: an outlet in words.
        styles: each outlet's colour and symbol.
        unit: of the periods, one of `kzdash.periods.UNITS`.
    """
    dated = theme.known(theme.rows(table), "period")
    by_outlet = theme.grouped(dated, "outlet")
    outlets = [o for o in styles if o in by_outlet]
    vague = [r for r in dated if _is_vague(r, unit)]
    figure = theme.figure(
        f"Articles by {unit}",
        "Number of articles" + ("; a mark with a line: only the year is known" if vague else ""),
        marks.stacked_height(len(outlets)),
        legend=False,
    )
    largest = max([1, *(r.articles for r in dated)])
    marks.stacked(
        figure, [outlet_name(o) for o in outlets], nticks=4, range=[0, max(5.0, 1.3 * largest)]
    )
    few = len({r.period for r in dated if not _is_vague(r, unit)}) <= _WRITTEN
    for number, outlet in enumerate(outlets):
        bars = [r for r in by_outlet[outlet] if not _is_vague(r, unit)]
        years = [r for r in by_outlet[outlet] if _is_vague(r, unit)]
        axis = "y" if number == 0 else f"y{number + 1}"
        figure.add_bar(
            **_in_time(bars, outlet, outlet_name, unit),
            yaxis=axis,
            width=[0.82 * _days(r.period) * _DAY for r in bars],
            textposition="outside",
            text=[f"{r.articles:,}" if few else "" for r in bars],
            textfont={"size": 11, "color": theme.INK},
            textangle=0,
            marker={"color": styles[outlet].colour, "line": {"width": 0}},
        )
        if years:
            days = [periods.days(r.period) for r in years]
            marks.across(figure, days, [r.articles for r in years], theme.INK, axis)
            outlined = {"color": theme.PAPER, "line": {"width": 1.6, "color": theme.INK}}
            figure.add_scatter(
                **_in_time(years, outlet, outlet_name, unit),
                yaxis=axis,
                mode="markers",
                marker={"size": 8, "symbol": styles[outlet].symbol, "opacity": 1, **outlined},
            )
    figure.update_xaxes(
        title={"text": "Date of publication"}, **_axis([r.period for r in dated], unit)
    )
    return figure.figure()


_WRITTEN = 16
"""Of at most so many periods the numbers stand at the bars: a phone has room for no more."""
_DAY = 24 * 3600 * 1000
"""In milliseconds, as Plotly's date axes count."""


def _is_vague(row: Any, unit: str) -> bool:
    return unit != "year" and len(row.period) == len("YYYY")


def _in_time(rows: Sequence[Any], outlet: str, outlet_name: Name, unit: str) -> dict[str, Any]:
    """Return where articles stand in time, how many, and what opens them."""
    return {
        **marks.OPENS,
        "xaxis": "x",
        "showlegend": False,
        "cliponaxis": False,
        "x": [_middle(r.period) for r in rows],
        "y": [r.articles for r in rows],
        "hovertext": [
            f"<b>{label(outlet_name(outlet))}, {label(r.period)}</b><br>"
            f"{theme.count(r.articles, 'article')}"
            + ("<br>only the year is known" if _is_vague(r, unit) else "")
            for r in rows
        ],
        "customdata": [
            marks.query(what="articles", outlet=outlet, period=periods.evidence(r.period, unit))
            for r in rows
        ],
    }


def _axis(found: Sequence[str], unit: str) -> dict[str, Any]:
    """Return the axis that holds periods; empty where there are none."""
    if not found:
        return {}
    return marks.dates(
        min(periods.days(p)[0] for p in found),
        max(periods.days(p)[1] for p in found),
        years=unit == "year",
    )


def _days(period: str) -> int:
    first, last = periods.days(period)
    return (last - first).days + 1


def _middle(period: str) -> str:
    first, last = periods.days(period)
    return str(first + (last - first) / 2)
