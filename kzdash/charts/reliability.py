"""Charts of how far a model's labels and probabilities can be relied on."""

import pandas as pd

from kzdash.charts import marks, theme
from kzdash.charts.draft import Drawn
from kzdash.charts.theme import Style, label

METHODS = {
    "stance model": Style(theme.INK, "circle"),
    "stance model, sentence alone": Style(theme.INK, "triangle-down"),
    "VADER": Style(theme.ZERO, "x"),
    "always neutral": Style(theme.MUTED, "diamond"),
    "second language model": Style(theme.EARTH, "triangle-up"),
    "published best": Style(theme.TEAL, "square"),
}
"""How each method is drawn, in no outlet's colour; others look like the first."""
ROUGH = 50
"""Of fewer mentions a figure is drawn hollow."""
FEW_IN_BIN = 10
"""Of fewer mentions a bin of the curve is drawn hollow, and not joined to the others."""
_WIDE = 22
"""Characters in a line of a row's name."""
RIGHT, WRONG = theme.TEAL, theme.EARTH


def scores(table: pd.DataFrame, *, title: str, subtitle: str) -> Drawn:
    """Draw macro-F1 by line and method, hollow where it is of few mentions.

    Args:
        table: columns ``data`` (the line), ``method``, ``macro_f1`` (0..1), ``low``, ``high``
            (NULL where not known), ``n`` (NULL where not known).
        title: what is drawn.
        subtitle: its unit.
    """
    found = theme.known(theme.rows(table), "macro_f1")
    lines = list(dict.fromkeys(r.data for r in found))
    each = 54 if any(len(line) > 2 * _WIDE for line in lines) else 40
    methods = theme.grouped(found, "method")
    top = 66 + 15 * len(methods)
    figure = theme.figure(title, subtitle, theme.height(len(lines), each, 72 + top, 240))
    for method, part in methods.items():
        style = METHODS.get(method, METHODS["stance model"])
        figure.add_scatter(
            x=[r.macro_f1 for r in part],
            y=[lines.index(r.data) for r in part],
            mode="markers",
            name=label(method),
            error_x={**marks.arms(part, "macro_f1"), "color": style.colour},
            marker={
                "color": style.colour,
                "size": 12,
                "symbol": [style.symbol + "-open" * _rough(r.n) for r in part],
                "line": {"width": 1.6, "color": style.colour},
            },
            hovertext=[
                f"<b>{label(method)}</b><br>{label(r.data)}<br>macro-F1 {r.macro_f1:.2f}"
                f"{_interval(r.low, r.high)}{_size(r.n)}"
                for r in part
            ],
            hoverinfo="text",
        )
    marks.named_rows(figure, lines)
    figure.update_yaxes(ticktext=[marks.wrapped(line, _WIDE, 3) for line in lines])
    figure.update_layout(margin={"t": top})  # on a phone its legend is a list
    if any(_rough(row.n) for row in found):
        figure.update_layout(meta={"reading": f"Hollow: under {ROUGH} mentions."})
    figure.update_xaxes(range=[0, 1.02], title={"text": "Macro-F1 (1 is perfect)"})
    return figure.figure()


def _rough(n: float | None) -> bool:
    return n is not None and n < ROUGH


def _interval(low: float, high: float) -> str:
    known = pd.notna(low) and pd.notna(high)
    return f" (95 % interval {low:.2f} to {high:.2f})" if known else ""


def _size(n: float) -> str:
    return f"<br>{theme.count(n, 'mention')}" if pd.notna(n) else ""


def matrix(table: pd.DataFrame) -> Drawn:
    """Draw which labels became which of the model; a square's area is the share.

    Args:
        table: columns ``label`` (of the data), ``predicted`` (the model's), ``n``, ``share``
            (0..1, of the label's mentions; NULL where it has none).
    """
    found = theme.rows(table)
    lines = list(dict.fromkeys(r.label for r in found))
    columns = list(dict.fromkeys(r.predicted for r in found))
    figure = theme.figure(
        "Which labels are taken for which?",
        "Mentions, and share of the line",
        theme.height(len(lines), 78, 170),
        legend=False,
    )
    colours = [RIGHT if r.label == r.predicted else WRONG for r in found]
    shares = [0.0 if pd.isna(r.share) else r.share for r in found]
    sizes = [round(4 + 30 * share**0.5, 1) if share else 0 for share in shares]
    figure.add_scatter(
        x=[columns.index(r.predicted) for r in found],
        y=[lines.index(r.label) for r in found],
        mode="markers+text",
        text=[f"{r.n:,} ({theme.percent(r.share)})" for r in found],
        textposition="bottom center",
        textfont={"size": 12, "color": theme.INK},
        marker={
            "size": sizes,
            "color": colours,
            "symbol": ["square" if c == RIGHT else "diamond" for c in colours],
            "opacity": 1,
            "line": {"width": 0},
        },
        hovertext=[
            f"<b>Labelled {r.label}; model: {r.predicted}</b><br>{theme.count(r.n, 'mention')}, "
            f"{theme.percent(r.share)} of those labelled {r.label}"
            for r in found
        ],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=False,
    )
    marks.named_rows(figure, [f"labelled: {line}" for line in lines])
    figure.update_yaxes(ticktext=[f"labelled:<br>{label(line)}" for line in lines])
    figure.update_layout(margin={"t": 108})
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(columns))),
        side="top",
        showgrid=False,
        zeroline=False,
        range=[-0.5, len(columns) - 0.5],
        ticktext=[f"model:<br>{label(column)}" for column in columns],
    )
    return figure.figure()


def curve(table: pd.DataFrame) -> Drawn:
    """Draw how often the most probable label is right against its probability.

    A bin of few mentions is hollow, and no line leads to it.

    Args:
        table: columns ``confidence`` (mean highest probability), ``accuracy`` (share of right
            labels), ``low``, ``high`` (the bin of the probability), all 0..1, and ``n``.
    """
    found = theme.rows(table)
    figure = theme.figure(
        "Is 80 % right in 80 of 100 cases?",
        "On the dashed line the model is as sure as it should",
        400,
        legend=False,
    )
    figure.add_shape(
        type="line",
        xref="x",
        yref="y",
        x0=0,
        y0=0,
        x1=1,
        y1=1,
        layer="below",
        line={"color": theme.ZERO, "width": 1.5, "dash": "dash"},
    )
    joined = [r for r in found if r.n >= FEW_IN_BIN]
    figure.add_scatter(
        x=[r.confidence for r in joined],
        y=[r.accuracy for r in joined],
        mode="lines",
        line={"color": RIGHT, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )
    most = max([1.0, *(r.n for r in found)])
    figure.add_scatter(
        x=[r.confidence for r in found],
        y=[r.accuracy for r in found],
        mode="markers+text",
        text=[f"{int(r.n):,}" for r in found],
        textposition=[
            "bottom center" if r.accuracy < r.confidence else "top center" for r in found
        ],
        textfont={"size": 12, "color": theme.INK},
        marker={
            "size": [round(6 + 14 * (r.n / most) ** 0.5, 1) for r in found],
            "color": RIGHT,
            "opacity": 1,
            "symbol": ["circle" if r in joined else "circle-open" for r in found],
        },
        hovertext=[
            f"<b>Highest probability {theme.percent(r.low)} to {theme.percent(r.high)}</b><br>"
            f"on average {theme.percent(r.confidence)}, right {theme.percent(r.accuracy)}<br>"
            f"{theme.count(r.n, 'mention')}"
            for r in found
        ],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=False,
    )
    figure.update_layout(meta={"reading": f"Hollow: under {FEW_IN_BIN} mentions."})
    least = min([0.3, *(r.confidence for r in found), *(r.accuracy for r in found)])
    low = max(0.0, least - 0.05)
    figure.update_xaxes(
        range=[low, 1.02],
        **theme.ticks(low, 1.0, theme.percent),
        title={"text": "Highest of the three probabilities"},
    )
    figure.update_yaxes(
        range=[low, 1.04],
        **theme.ticks(low, 1.0, theme.percent),
        title={"text": "How often that label is right"},
    )
    return figure.figure()
