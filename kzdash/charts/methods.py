"""Chart of the Methods page: how well each measure does against labels."""

import pandas as pd
import plotly.graph_objects as go

from kzdash.charts import marks, theme
from kzdash.charts.theme import label


def validation(table: pd.DataFrame) -> go.Figure:
    """Draw the validation figures, each with its interval.

    Args:
        table: columns ``measure, data, method, metric, value`` (0..1), ``low, high, n``, ``note``.
    """
    figure = theme.figure(
        "Agreement with labels", "Value of 0 to 1, 95 % interval where it is known",
        theme.height(len(table), 30, 140), legend=False,
    )  # fmt: skip
    shown = table.rename(columns={"value": "estimate"})
    figure.add_scatter(
        x=shown["estimate"].astype(float).tolist(), y=list(range(len(shown))),
        mode="markers+text", text=[f"  {v:.2f}" for v in shown["estimate"]],
        textposition="top center", textfont={"size": 11, "color": theme.INK},
        error_x={**marks.arms(shown), "color": theme.ZERO}, showlegend=False,
        marker={"color": "#1a5f7a", "size": 10},
        hovertext=[
            f"<b>{label(r.measure)}, {label(r.metric)}</b><br>{label(r.data)}<br>"
            f"{r.estimate:.3f} (n = {theme.count(r.n)})"
            for r in shown.itertuples()
        ],
        hoverinfo="text",
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1.05], title_text="Value of the metric (0 to 1)")
    return marks.named_rows(
        figure, [f"{r.measure}, {r.metric}: {r.data}" for r in table.itertuples()], 44
    )
