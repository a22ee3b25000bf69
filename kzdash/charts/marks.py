"""The marks that charts are made of: dots with intervals, squares, bars.

All read a table with one row a mark, or its rows as from `kzdash.charts.theme.rows`. Columns
that every function knows: ``outlet``, ``estimate`` (the value drawn), ``low`` and ``high`` (its
95 % interval, NULL where there is none), ``articles`` and ``mentions`` (the sample; ``mentions``
may count sentences or words).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from kzdash.charts import theme
from kzdash.charts.draft import Draft, Drawn
from kzdash.charts.theme import Style, label

VOICED = {
    "together": "own and quoted voice together",
    "own": "outlet's own voice",
    "quoted": "quoted speech",
    "apart": "own voice on the left, quoted speech on the right",
}
"""What a chart of stance says of its voices."""

Form = Callable[[float | None], str]
Name = Callable[[str], str]


def query(outlets: Sequence[str] = (), order: str | None = None, **cell: str | None) -> str:
    """Return the evidence query that a mark carries, as "cell_outlet=rt&cell_actor=putin".

    Args:
        outlets: outlets to narrow the selection to, where a mark stands for several.
        order: how to order the evidence, a key of `kzdash.store.ORDERS`.
        cell: fields of `kzdash.scope.Cell`; None leaves one out.
    """
    pairs = [("outlet", outlet) for outlet in outlets]
    pairs += [("order", order)] if order else []
    return urlencode([*pairs, *((f"cell_{k}", v) for k, v in cell.items() if v)])


def hover(title: str, row: Any, form: Form, noun: str = "mention") -> str:
    """Return a mark's tooltip: what it is, its value, interval and sample. Title is escaped.

    A mean stance (a row with ``neutral``) says how many mentions are neutral.
    """
    n = getattr(row, "mentions", None)
    neutral = getattr(row, "neutral", None)
    return "<br>".join(
        [
            f"<b>{title}</b>",
            f"{form(row.estimate)} ({spread((row.low, row.high), form, row.articles)})",
            *([] if pd.isna(neutral) else [f"neutral {theme.percent(neutral)}"]),
            theme.sample(row.articles, n, noun),
        ]
    )


def spread(bounds: tuple[float, float], form: Form, articles: float) -> str:
    """Return an interval in words, or why there is none: in no article, or in one."""
    if articles < 1 and pd.isna(bounds[0]):
        return "none found"
    return theme.interval(*bounds, form)


def arms(rows: Sequence[Any], column: str = "estimate") -> dict[str, Any]:
    """Return Plotly's error bars of a column: from low to high, none where undefined."""
    return {
        "type": "data",
        "symmetric": False,
        "thickness": 1.6,
        "width": 0,
        "array": [_length(getattr(r, column), r.high) for r in rows],
        "arrayminus": [_length(r.low, getattr(r, column)) for r in rows],
    }


OPENS: dict[str, Any] = {
    "hoverinfo": "text",
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
}
"""Of marks that have a tooltip and open their evidence: none fades when one is chosen."""


def dot(
    colour: str | Sequence[str],
    symbols: Sequence[str],
    size: float | Sequence[float] = 11,
    line: float = 2,
) -> dict[str, Any]:
    """Return how dots are drawn: a colour, size and symbol for all or for each."""
    return {
        "color": colour,
        "size": size,
        "symbol": symbols,
        "line": {"width": line, "color": colour},
        "opacity": 1,
    }


def intervals(rows: Sequence[Any], where: str = "each") -> str:
    """Return in words which intervals the marks of a chart have; without, one article where."""
    if rows and all(pd.isna(row.low) for row in rows):
        return f"no intervals: one article {where}"
    return "95 % interval"


def counts(most: float) -> dict[str, Any]:
    """Return an axis of counts from 0: of few with a tick for each, and not drawn out."""
    return {"range": [0, max(5.0, 1.12 * most)], **({"dtick": 1} if most <= 6 else {})}


def _length(start: float | None, end: float | None) -> float:
    if start is None or end is None or pd.isna(start) or pd.isna(end):
        return 0.0
    return max(0.0, end - start)


def outlet_dots(
    figure: Draft,
    table: pd.DataFrame,
    *,
    row: str,
    rows: Sequence[str],
    row_name: Name,
    outlet_name: Name,
    styles: Mapping[str, Style],
    form: Form,
    noun: str = "mention",
    param: str | None = None,
    cell: Mapping[str, str | None] | None = None,
    panel: int = 0,
) -> Draft:
    """Draw one line a row and on it a dot with its interval for each outlet.

    A share of nothing stands at 0, and opens no evidence.

    Args:
        figure: an empty figure of `theme.figure`.
        table: the columns of this module and the column ``row``; with ``of`` (how many the
            share is of) a row that an outlet lacks is a share of nothing.
        row: the column that gives a mark's line.
        rows: the values of that column, top first.
        row_name: a row in words.
        outlet_name: an outlet in words.
        styles: colour and symbol of the outlets to draw.
        form: how a value is written.
        noun: what ``mentions`` counts.
        param: the field of `kzdash.scope.Cell` that the row's value fills.
        cell: further fields of it, the same for every mark.
        panel: the number of the x axis, from 0; the panels of a figure share rows and legend.
    """
    by_outlet = theme.grouped(theme.rows(table), "outlet")
    outlets = [o for o in styles if o in by_outlet]
    place = {value: i for i, value in enumerate(rows)}
    step = 0.68 / max(1, len(outlets))
    for number, outlet in enumerate(outlets):
        part = [r for r in theme.known(by_outlet[outlet]) if getattr(r, row) in place]
        part += _lacking(by_outlet[outlet][0], part, row, rows)
        values = [getattr(r, row) for r in part]
        shift = (number - (len(outlets) - 1) / 2) * step
        style = styles[outlet]
        name = label(outlet_name(outlet))
        group = label(outlet_name(outlet), IN_LEGEND)
        theme.entry(figure, group, style)
        figure.add_scatter(
            x=[r.estimate for r in part],
            y=[place[v] + shift for v in values],
            xaxis=x_axis(panel),
            yaxis="y",
            mode="markers",
            name=name,
            legendgroup=group,
            showlegend=False,
            error_x={**arms(part), "color": style.colour},
            marker=dot(style.colour, [_symbol(style, r) for r in part], 10, 1.6),
            hovertext=[
                _told(f"{label(row_name(v))}, {name}", r, form, noun)
                for v, r in zip(values, part, strict=True)
            ],
            customdata=[
                query((), None, **{"outlet": outlet, param or row: v, **(cell or {})})
                if r.mentions
                else ""
                for v, r in zip(values, part, strict=True)
            ],
            **OPENS,
        )
    return named_rows(figure, [row_name(value) for value in rows])


def _symbol(style: Style, row: Any) -> str:
    """Return an outlet's symbol, and of nothing a tick: those at 0 would hide one another."""
    return theme.hollow(style.symbol, row.articles) if row.mentions else "line-ns"


def _told(what: str, row: Any, form: Form, noun: str) -> str:
    if row.mentions or not hasattr(row, "of"):
        return hover(what, row, form, noun)
    return f"<b>{what}</b><br>0 of {theme.count(row.of, noun)}"


IN_LEGEND = 28
"""The characters of a name in a legend."""


def legend(table: pd.DataFrame, styles: Mapping[str, Style], outlet_name: Name) -> list[str]:
    """Return the names in the legend of `outlet_dots`."""
    there = set(table["outlet"])
    return [label(outlet_name(o), IN_LEGEND) for o in styles if o in there]


def dots_height(least: int, outlets: Sequence[str]) -> int:
    """Return the pixels of a line of `outlet_dots` with the dots of these outlets."""
    return max(least, 9 * len(outlets))


def _lacking(known: Any, part: Sequence[Any], row: str, rows: Sequence[str]) -> list[Any]:
    """Return shares of nothing for the rows that an outlet lacks.

    Args:
        known: one of the outlet's rows; where it has no total, neither has the outlet.
        part: the rows that it has.
        row: the column that gives a mark's line.
        rows: the values of that column.
    """
    total = getattr(known, "of", None)
    if total is None or not total > 0:
        return []
    nothing = {"estimate": 0.0, "low": None, "high": None, "articles": 0, "mentions": 0}
    found = {getattr(r, row) for r in part}
    return [SimpleNamespace(**nothing, of=total, **{row: v}) for v in rows if v not in found]


def tall(names: Sequence[str], each: int, base: int = 150, least: int = 260) -> int:
    """Return the height of a chart with these rows; a name on two lines needs more room."""
    broken = any(len(n) > _ONE_LINE and "<br>" in _on_lines(n) for n in names)
    return theme.height(len(names), max(each, _TWO_LINES) if broken else each, base, least)


_ONE_LINE = 20
"""Names with more characters go on two lines."""
_TWO_LINES = 38
"""The pixels that two lines need."""


def _on_lines(name: str) -> str:
    """Return a long name on two lines of about the same length."""
    return wrapped(name, max(18, len(name) // 2 + 2), 2)


def named_rows(figure: Draft, names: Sequence[str], limit: int = 30) -> Draft:
    """Name the lines of a figure whose marks stand at y = 0, 1, 2 …, the first on top."""
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[_on_lines(n) if len(n) > _ONE_LINE else label(n, limit) for n in names],
        range=[len(names) - 0.45, -0.55],
        showgrid=False,
        zeroline=False,
    )
    for line in range(1, len(names)):
        figure.add_shape(
            type="line",
            xref="paper",
            x0=0,
            x1=1,
            yref="y",
            y0=line - 0.5,
            y1=line - 0.5,
            line={"color": theme.GRID, "width": 1},
            layer="below",
        )
    return figure


def x_axis(panel: int) -> str:
    """Return what Plotly calls the x axis of a panel, counted from 0."""
    return f"x{panel + 1}" if panel else "x"


def stance_panel(figure: Draft, panel: int, count: int, title: str) -> None:
    """Lay out one of at most two panels side by side, with an axis of -1..1.

    Args:
        figure: of `theme.figure`.
        panel: its number, from 0.
        count: how many panels there are.
        title: what the axis says.
    """
    width = (1 - _BETWEEN * (count - 1)) / count
    left = panel * (width + _BETWEEN)
    axis = {
        **figure.layout["xaxis"],
        "domain": [round(left, 4), round(left + width, 4)],
        "range": [-1.08, 1.08],
        **_stance_ticks(count),
        "zeroline": True,
        "zerolinecolor": theme.ZERO,
        "zerolinewidth": 1.5,
        "anchor": "y",
        "title": {**figure.layout["xaxis"]["title"], "text": title},
    }
    figure.update_layout(**{x_axis(panel).replace("x", "xaxis"): axis})


_BETWEEN = 0.1
"""The share of a chart's width between two panels."""


def _stance_ticks(count: int) -> dict[str, Any]:
    """Return the ticks of a panel; on a phone two panels have no room to name the halves."""
    minus, plus = ("−0.5", "+0.5") if count == 1 else ("", "")
    return {"tickvals": [-1, -0.5, 0, 0.5, 1], "ticktext": ["−1", minus, "0", plus, "+1"]}


def stacked(figure: Draft, names: Sequence[str], **axis: Any) -> None:
    """Lay out a panel a name under each other; they share the x axis, which stands below.

    Args:
        figure: an empty figure of `theme.figure`, as high as `stacked_height` says.
        names: the panels in words, top first.
        axis: of every panel's y axis; they all have the same.
    """
    count = max(1, len(names))
    height = _PANEL / (count * (_PANEL + _NAME) - _NAME)
    plain = figure.layout["yaxis"]
    for number, name in enumerate(names):
        top = 1 - number * height * (_PANEL + _NAME) / _PANEL
        domain = [max(0.0, round(top - height, 4)), round(top, 4)]
        key = "yaxis" if number == 0 else f"yaxis{number + 1}"
        figure.update_layout(**{key: {**plain, **axis, "domain": domain, "anchor": "x"}})
        figure.add_annotation(
            text=f"<b>{label(name, 34)}</b>",
            x=0,
            xref="paper",
            xanchor="left",
            y=domain[1],
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            font={"size": 12, "color": theme.INK},
        )
    figure.update_layout(xaxis={"anchor": "y" if count == 1 else f"y{count}"}, margin={"t": 92})


def stacked_height(count: int) -> int:
    """Return the height of a chart of so many panels under each other."""
    return theme.height(max(1, count), _PANEL + _NAME, 150 - _NAME, 0)


_PANEL, _NAME = 92, 26
"""The pixels of a panel and of its name above it."""


def across(
    figure: Draft,
    spans: Sequence[tuple[date, date]],
    heights: Sequence[float],
    colour: str,
    axis: str,
) -> None:
    """Draw lines over the days that dates may mean; Plotly has no error bars on axes of dates.

    Args:
        figure: of an x axis of dates.
        spans: first and last day of each; one day alone has no line.
        heights: y of each.
        colour: of the lines.
        axis: the y axis, as ``y2``.
    """
    lines = [(span, y) for span, y in zip(spans, heights, strict=True) if span[0] < span[1]]
    if not lines:
        return
    figure.add_scatter(
        x=[day and str(day) for span, _ in lines for day in (*span, None)],
        y=[end for _, y in lines for end in (y, y, None)],
        xaxis="x",
        yaxis=axis,
        mode="lines",
        line={"color": colour, "width": 1.4},
        hoverinfo="skip",
        showlegend=False,
    )


def dates(first: date, last: date, *, years: bool = False) -> dict[str, Any]:
    """Return the axis of a chart over time: room at both ends, no tick finer than a month.

    An axis with a tick a year has whole years, for the name of one stands in its middle.

    Args:
        first: the first day of what is drawn.
        last: its last day, not before ``first``.
        years: whether no tick is finer than a year.
    """
    span = (last - first).days
    room = max(_MONTH, round(0.05 * span))
    months = 0 if years else next((step for most, step in _STEPS if span <= most * _MONTH), 0)
    step = months or 12 * max(1, -(-span // (6 * 12 * _MONTH)))
    ends = (
        max(date.min.toordinal(), first.toordinal() - room),
        min(date.max.toordinal(), last.toordinal() + room),
    )
    if step == 12:
        ends = (
            min(ends[0], date(first.year, 1, 1).toordinal()),
            max(ends[1], date(last.year, 12, 31).toordinal()),
        )
    return {
        "type": "date",
        "range": [date.fromordinal(end).isoformat() for end in ends],
        "dtick": f"M{step}",
        "tickformat": "%b\n%Y" if months else "%Y",
        "ticklabelmode": "period" if step in (1, 2, 12) else "instant",
    }


_MONTH = 31
"""Days."""
_STEPS = ((6, 1), (12, 2), (24, 6))
"""Up to so many months, a tick every so many; over more there are ticks of years."""


def squares(
    figure: Draft,
    rows: Sequence[Any],
    *,
    x: str,
    xs: Sequence[str],
    x_name: Name,
    y: str,
    ys: Sequence[str],
    y_name: Name,
    colours: Sequence[str],
    sizes: Sequence[float],
    texts: Sequence[str],
    hovers: Sequence[str],
    queries: Sequence[str],
) -> Draft:
    """Draw a matrix of square marks: colour is the value, size the sample, hollow too small.

    Args:
        figure: an empty figure of `theme.figure`.
        rows: columns ``x``, ``y`` and ``articles``.
        x: the column of the columns, ``xs`` its values from the left, ``x_name`` in words.
        y: the column of the lines, ``ys`` its values from the top, ``y_name`` in words.
        xs: see x.
        ys: see y.
        x_name: see x.
        y_name: see y.
        colours: a colour a row.
        sizes: 0..1 a row: the share of the largest mark's area.
        texts: what stands below the mark.
        hovers: tooltips, escaped.
        queries: evidence queries.
    """
    columns = {value: i for i, value in enumerate(xs)}
    lines = {value: i for i, value in enumerate(ys)}
    figure.add_scatter(
        x=[columns[getattr(r, x)] for r in rows],
        y=[lines[getattr(r, y)] - 0.15 for r in rows],  # its number stands below
        mode="markers+text",
        text=list(texts),
        textposition="bottom center",
        textfont={"size": 11, "color": theme.INK},
        marker=dot(
            list(colours),
            [theme.hollow("square", r.articles) for r in rows],
            [round(7 + _SPREAD * max(0.0, min(1.0, s)) ** 0.5, 1) for s in sizes],
        ),
        hovertext=list(hovers),
        customdata=list(queries),
        showlegend=False,
        **OPENS,
        cliponaxis=False,
    )
    named_rows(figure, [y_name(value) for value in ys])
    names = headings([x_name(value) for value in xs])
    make_room(figure, max([0, *(name.count("<br>") + 1 for name in names)]))
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(xs))),
        tickfont={"size": 12},
        ticktext=names,
        range=[-0.5, len(xs) - 0.5],
        side="top",
        showgrid=False,
        zeroline=False,
        tickangle=0,
    )
    return figure


_SPREAD = 15
"""The pixels by which the largest mark is larger than the smallest."""
SQUARES = 42
"""The pixels of a line of `squares`: a mark, and its number below."""


def headings(names: Sequence[str]) -> list[str]:
    """Return names as headings of columns: in lines, every second one above its neighbours."""
    if len(names) < 4:
        return [wrapped(name, lines=2) for name in names]
    broken = [wrapped(name, lines=2, cut=12 if len(names) == 4 else 10) for name in names]
    lines = 1 + max(name.count("<br>") for name in broken[::2])
    return [name + ("<br> " * lines if i % 2 else "") for i, name in enumerate(broken)]


def make_room(figure: Draft, lines: int) -> None:
    """Leave room above a plot for headings of so many lines."""
    more = 15 * max(0, lines - 3)
    figure.update_layout(
        margin={"t": figure.layout["margin"]["t"] + 48 + more},
        height=figure.layout["height"] + more,
    )


def wrapped(text: str, width: int = 10, lines: int = 3, cut: int | None = None) -> str:
    """Return text escaped and broken into lines at spaces; longer lines are cut."""
    parts: list[str] = [""]
    for word in str(text).split():
        if parts[-1] and len(parts[-1]) + len(word) + 1 > width and len(parts) < lines:
            parts.append(word)
        else:
            parts[-1] = f"{parts[-1]} {word}".strip()
    return "<br>".join(label(part, cut or width + 8) for part in parts)


def _bounds(row: Any, part: str) -> tuple[float, float]:
    return getattr(row, f"{part}_low"), getattr(row, f"{part}_high")


def _written(value: float, bounds: tuple[float, float], number: int, *, counted: bool) -> str:
    """Return what stands in a bar: its share, and below it the interval where there is room.

    Of few things a percentage says too much: it is their number, or nothing.
    """
    if value < _ROOM:
        return ""
    if number < _FEWEST:
        return f"{round(value * number)} of {number}" if counted else ""
    spread = theme.span(*bounds) if value >= 2 * _ROOM and _wide(bounds) else ""
    small = f'<br><span style="font-size:10px">{spread}</span>' if spread else ""
    return f"{theme.percent(value)}{small}"


def _wide(bounds: tuple[float, float]) -> bool:
    """Return whether an interval still has two ends once rounded to whole percents."""
    low, high = (None if pd.isna(bound) else round(100 * bound) for bound in bounds)
    return low != high


_ROOM, _FEWEST = 0.1, 10
"""Narrower bars have no text; shares of fewer things are no percentages."""


def inside(colour: str, articles: Sequence[float]) -> dict[str, Any]:
    """Return the font of what stands in bars of `bar`: dark on pale ones, light on dark ones."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    solid = theme.INK if 0.3 * red + 0.59 * green + 0.11 * blue > 140 else theme.PAPER
    return {"size": 12, "color": [theme.INK if a < theme.FEW else solid for a in articles]}


def bar(colour: str, articles: Sequence[float]) -> dict[str, Any]:
    """Return how bars are drawn: pale, hatched and outlined below five articles."""
    few = [a < theme.FEW for a in articles]
    return {
        "color": colour,
        "line": {
            "color": [colour if f else theme.PAPER for f in few],
            "width": [1.5 if f else 1 for f in few],
        },
        "pattern": {
            "shape": ["/" if f else "" for f in few],
            "solidity": 0.4,
            "fillmode": "replace",
            "bgcolor": theme.PAPER,
            "fgopacity": 0.4,
        },
    }


def shares(
    figure: Draft,
    rows: Sequence[Any],
    *,
    names: Sequence[str],
    parts: Mapping[str, tuple[str, str]],
    queries: Mapping[str, Sequence[str]],
    noun: str = "mention",
    counted: bool = True,
) -> Draft:
    """Draw a stacked bar of shares a line, each part with its percentage in it.

    Beside its name stands of how many.

    Args:
        figure: an empty figure of `theme.figure`.
        rows: top first; three columns a part (0..1): its share, and under its name with
            ``_low`` and ``_high`` the interval (NULL where none); ``articles, mentions``.
        names: the rows in words.
        parts: column: (name, colour), from the left.
        queries: an evidence query a row, by part.
        noun: what ``mentions`` counts.
        counted: whether the shares count things; else they are expected by probabilities.
    """
    articles = [row.articles for row in rows]
    sizes = [theme.sample(row.articles, row.mentions, noun) for row in rows]
    numbers = [int(row.mentions) for row in rows]
    for part, (word, colour) in parts.items():
        values = [getattr(row, part) for row in rows]
        bounds = [_bounds(row, part) for row in rows]
        figure.add_bar(
            y=list(range(len(rows))),
            x=[v or None for v in values],  # 0 has no bar, nor its line
            orientation="h",
            name=word,
            marker=bar(colour, articles),
            text=[
                _written(v, b, n, counted=counted)
                for v, b, n in zip(values, bounds, numbers, strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont=inside(colour, articles),
            width=0.8,
            hovertext=[
                f"<b>{label(name)}: {word}</b><br>{theme.percent(v)} "
                f"({spread(b, theme.percent, bool(v))})<br>of {size}"
                for name, v, b, size in zip(names, values, bounds, sizes, strict=True)
            ],
            customdata=[q if v else "" for q, v in zip(queries[part], values, strict=True)],
            **OPENS,
        )
    figure.update_layout(barmode="stack", bargap=0.3)
    figure.update_xaxes(range=[0, 1], showgrid=False, zeroline=False, **theme.WHOLE)
    return named_rows(figure, [f"{name} ({n:,})" for name, n in zip(names, numbers, strict=True)])


def outlet_shares(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    outlets: Sequence[str],
    outlet_name: Name,
    parts: Mapping[str, tuple[str, str]],
    what: str,
    field: str,
    noun: str,
) -> Drawn:
    """Draw each outlet's shares of the kinds of something as a stacked bar.

    Args:
        table: as `shares` needs it, with ``outlet``.
        title: what is drawn.
        subtitle: its unit.
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
        parts: column: (name, colour), from the left.
        what: the evidence behind a part, as `kzdash.scope.Cell.what`.
        field: the field of `kzdash.scope.Cell` that a part fills.
        noun: what is counted.
    """
    figure = theme.figure(title, subtitle, theme.height(len(outlets), 52, 150))
    keyed = {row.outlet: row for row in theme.rows(table)}
    queries = {
        part: [query((), None, **{"what": what, "outlet": o, field: part}) for o in outlets]
        for part in parts
    }
    shares(
        figure,
        [keyed[o] for o in outlets],
        names=[outlet_name(o) for o in outlets],
        parts=parts,
        queries=queries,
        noun=noun,
    )
    figure.update_xaxes(title={"text": f"Share of {noun}s (%); their number beside the name"})
    return figure.figure()
