"""Charts of the Methods page: how well each measure does against labels."""

import pandas as pd

from kzdash.charts import marks, theme
from kzdash.charts.draft import Drawn
from kzdash.charts.theme import label

OURS = ("kzdash", "stance model")
"""Methods of the product: drawn in ink, the others in grey."""
_OTHERS = ("x", "diamond", "triangle-up", "square", "cross", "star")


def validation(table: pd.DataFrame) -> Drawn:
    """Draw one measure's validation figures, the product's beside the baselines.

    Args:
        table: columns ``data, metric, method, value`` (-1..1), ``low, high`` (NULL where not
            known), ``n``.
    """
    found = theme.known(theme.rows(table), "value")
    rows = list(dict.fromkeys(zip(table["data"], table["metric"], strict=True)))
    figure = theme.figure(
        "Against labels",
        "1 is perfect; 95 % interval over articles where known",
        theme.height(len(rows), 40, 150, 220),
    )
    methods = list(dict.fromkeys(table["method"]))
    methods.sort(key=lambda method: method not in OURS)
    for number, method in enumerate(methods):
        part = [r for r in found if r.method == method]
        colour, symbol = _drawn(method, number)
        figure.add_scatter(
            x=[r.value for r in part],
            y=[rows.index((r.data, r.metric)) for r in part],
            mode="markers",
            name=label(method),
            error_x={**marks.arms(part, "value"), "color": colour},
            marker={
                "color": colour,
                "size": 11,
                "symbol": symbol,
                "line": {"width": 1.6, "color": colour},
            },
            hovertext=[
                f"<b>{label(method)}, {label(r.metric)}</b><br>{label(r.data)}<br>"
                f"{r.value:.3f} ({_interval(r.low, r.high)})<br>"
                f"n = {theme.count(r.n)}"
                for r in part
            ],
            hoverinfo="text",
        )
    least = min([0.0, *(r.value for r in found)]) - 0.02
    figure.update_xaxes(range=[least, 1.02], title={"text": "Value of the metric (1 is perfect)"})
    return marks.named_rows(figure, [f"{metric}, {data}" for data, metric in rows], 34).figure()


def _drawn(method: str, number: int) -> tuple[str, str]:
    """Return a method's colour and symbol; no outlet's colour."""
    if method in OURS:
        return theme.INK, "circle"
    return (theme.MUTED, theme.ZERO)[number % 2], _OTHERS[number % len(_OTHERS)]


def _interval(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return "no interval known"
    return f"95 % interval {low:.3f} to {high:.3f}"
