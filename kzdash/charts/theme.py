"""The look of every chart: colours, symbols, number formats, and what text may hold.

Colours are picked for light paper; `presented` gives the same figure for a dark page. Outlets
have one colour and one symbol each through the whole product (Okabe and Ito, 2008), stance
has one diverging scale (PuOr of ColorBrewer); nothing is told by colour alone.
"""

import html
import json
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pandas as pd

from kzdash.charts.draft import Draft, Drawn

FEW = 5
"""Below this many articles an estimate is drawn hollow and called descriptive."""

INK = "#1b1a17"
MUTED = "#5e5a52"
GRID = "#e4e0d8"
ZERO = "#9b968b"
PAPER = "#ffffff"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"

PUOR = (
    "#7f3b08", "#b35806", "#e08214", "#fdb863", "#fee0b6",
    "#d8daeb", "#b2abd2", "#8073ac", "#542788", "#2d004b",
)  # fmt: skip
"""PuOr in ten steps: orange is negative, purple positive."""

NEUTRAL = "#b9b5ad"
STANCE = {"negative": "#b35806", "neutral": NEUTRAL, "positive": "#542788"}
VOICE_NAMES = {"own": "outlet's own voice", "quoted": "quoted speech"}
ROLE_NAMES = {"agent": "acts", "patient": "is acted on", "other": "other"}

_DARK = {
    INK: "#ece9e2", MUTED: "#b3aea4", GRID: "#2f353b", ZERO: "#767d85", PAPER: "#14171a",
    "#7f3b08": "#f7a35c", "#b35806": "#f08a2c", "#e08214": "#d97d1c", "#fdb863": "#a8682a",
    "#fee0b6": "#5f4a37", "#d8daeb": "#4d4a63", "#b2abd2": "#6d65a0", "#8073ac": "#8f80c8",
    "#542788": "#ab92e4", "#2d004b": "#c9b3ff", NEUTRAL: "#7d7a74",
    "#0072b2": "#4aa3dc", "#d55e00": "#f07c27", "#009e73": "#22b98e",
}  # fmt: skip

_FIXED = {
    "rt": ("#d55e00", "circle"),
    "eurasianet": ("#0072b2", "square"),
    "atlantico": ("#009e73", "diamond"),
    "kz-expert": ("#cc79a7", "triangle-up"),
}
_FURTHER = (
    ("#e69f00", "cross"), ("#56b4e9", "x"), ("#8c6d31", "star"), ("#7570b3", "hexagon"),
    ("#666666", "triangle-down"), ("#b2df8a", "pentagon"), ("#e7298a", "bowtie"),
    ("#1b9e77", "hourglass"),
)  # fmt: skip


@dataclass(frozen=True)
class Style:
    """How an outlet is drawn: its colour and its symbol."""

    colour: str
    symbol: str


def outlet_styles(outlet_ids: Iterable[str]) -> dict[str, Style]:
    """Return each outlet's colour and symbol.

    The registry's first four outlets keep theirs in every view; others take the next free
    ones in alphabetical order, so give all outlets of the build, not only the selected.
    """
    ids = sorted(set(outlet_ids))
    further = [o for o in ids if o not in _FIXED]
    styles = {o: Style(*_FIXED[o]) for o in ids if o in _FIXED}
    for place, outlet in enumerate(further):
        styles[outlet] = Style(*_FURTHER[place % len(_FURTHER)])
    return styles


def label(text: object, limit: int = 60) -> str:
    """Return text that Plotly shows as it is: no markup, no control or bidi characters.

    Plotly reads a part of HTML (links, line breaks, bold) in every text and hover; what
    comes from an article, a registry or an address must not speak it.
    """
    shown = str(text)
    if not (shown.isascii() and shown.isprintable()):
        shown = "".join(c for c in shown if c.isprintable() and _speaks(c))
    shown = shown if len(shown) <= limit else shown[: limit - 1] + "…"
    return html.escape(shown).replace("$", "&#36;")


def _speaks(character: str) -> bool:
    return unicodedata.category(character) not in ("Cf", "Co")


def signed(value: float | None, digits: int = 2) -> str:
    """Return a number with its sign, as +0.31, −0.05, 0.00, or – where undefined."""
    if value is None or pd.isna(value):
        return "–"
    text = f"{value:+.{digits}f}".replace("-", "−")
    return text[1:] if float(f"{value:.{digits}f}") == 0 else text


def percent(value: float | None, digits: int = 0) -> str:
    """Return a share (0..1) in percent, or – where undefined."""
    if value is None or pd.isna(value):
        return "–"
    return f"{100 * value:.{digits}f} %"


def count(value: float | None, one: str = "", many: str = "") -> str:
    """Return a whole number with its noun, as 1 article, 1,204 articles."""
    number = 0 if value is None or pd.isna(value) else round(value)
    noun = one if number == 1 else many or (one and one + "s")
    return f"{number:,} {noun}".strip()


def interval(low: float | None, high: float | None, form: object = signed) -> str:
    """Return an interval in words, as "95 % interval +0.10 to +0.42", or why there is none."""
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return "no interval: one article"
    write = form if callable(form) else signed
    return f"95 % interval {write(low)} to {write(high)}"


def rate(q: float) -> str:
    """Return a false-discovery rate, as "q = 0.012", and "q < 0.001" below that."""
    return "q < 0.001" if q < 0.001 else f"q = {q:.3f}"


def span(low: float | None, high: float | None) -> str:
    """Return an interval of shares (0..1) for the inside of a bar, as 12–34; empty where none."""
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return ""
    return f"{100 * low:.0f}–{100 * high:.0f}"


def sample(articles: float, mentions: float | None = None, noun: str = "mention") -> str:
    """Return the size of a sample, and that it is descriptive where it is small."""
    parts = [count(mentions, noun)] if mentions is not None and not pd.isna(mentions) else []
    parts.append(count(articles, "article"))
    text = " in ".join(parts)
    return f"{text} (descriptive)" if articles < FEW else text


def hollow(symbol: str, articles: float) -> str:
    """Return the symbol, open where there are fewer than five articles."""
    return f"{symbol}-open" if articles < FEW else symbol


def stance_colour(value: float | None) -> str:
    """Return the step of the diverging scale for a value in -1..1; grey near 0."""
    if value is None or pd.isna(value) or abs(value) < 0.05:
        return NEUTRAL
    steps = (PUOR[3], PUOR[2], PUOR[1], PUOR[0]) if value < 0 else PUOR[6:]
    return steps[min(3, int(abs(value) / 0.25))]


def height(rows: int, each: int = 30, base: int = 150, least: int = 260) -> int:
    """Return the height in pixels of a chart with so many rows."""
    return max(least, base + each * rows)


def figure(title: str, subtitle: str, tall: int, *, legend: bool = True) -> Draft:
    """Return an empty figure in the house style.

    Args:
        title: what is drawn, at most 45 characters (a phone shows no more).
        subtitle: unit and denominator.
        tall: height in pixels.
        legend: whether outlets or classes need one; it stands above the plot.
    """
    axis = {
        "gridcolor": GRID, "zerolinecolor": ZERO, "linecolor": ZERO, "ticks": "",
        "automargin": True, "fixedrange": True,
        "tickfont": {"size": 13, "color": INK},
        "title": {"font": {"size": 12, "color": MUTED}, "standoff": 8}, "nticks": 6,
    }  # fmt: skip
    return Draft({
        "template": {},
        "title": {
            "text": f"<b>{title}</b>", "x": 0, "xref": "container", "xanchor": "left", "y": 1,
            "yref": "container", "yanchor": "top", "pad": {"t": 8, "l": 4},
            "font": {"size": 15, "color": INK},
            "subtitle": {"text": subtitle, "font": {"size": 12, "color": MUTED}},
        },
        "height": tall,
        "margin": {"l": 8, "r": 12, "t": 104 if legend else 70, "b": 58},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": ZERO, "align": "left",
                    "font": {"family": FONT, "size": 13, "color": INK}},
        "hovermode": "closest",
        "showlegend": legend,
        "legend": {"orientation": "h", "x": 0, "xref": "container", "xanchor": "left",
                "y": round(1 - 54 / tall, 4), "yref": "container", "yanchor": "top",
                "font": {"size": 12, "color": INK}, "traceorder": "normal",
                "bgcolor": "rgba(0,0,0,0)"},
        "dragmode": False,
        "xaxis": {**axis, "tickangle": 0},
        "yaxis": axis,
    })  # fmt: skip


def entry(figure: Draft, name: str, style: Style) -> None:
    """Add a filled symbol to the legend, whatever the marks of its group look like."""
    figure.add_scatter(
        x=[None], y=[None], mode="markers", name=name, legendgroup=name,
        marker={"color": style.colour, "symbol": style.symbol, "size": 10}, hoverinfo="skip",
    )  # fmt: skip


def presented(figure: Drawn, lines: Sequence[str] = (), dark: bool = False) -> Drawn:
    """Return a figure as a page shows it.

    Args:
        figure: of any chart.
        lines: stand below the plot, so that a copied picture still names its source.
        dark: whether for a dark page.
    """
    spec = figure.to_dict()
    lines = [part for line in lines for part in textwrap.wrap(line, 62)]
    if lines:
        layout = dict(spec["layout"])
        more = 13 * (len(lines) - 1)
        bottom = layout["margin"]["b"] + more
        layout["margin"] = {**layout["margin"], "b": bottom}
        layout["height"] += more
        layout["annotations"] = [*layout.get("annotations", ()), {
            "text": "<br>".join(label(line, 62) for line in lines), "xref": "paper",
            "yref": "paper", "x": 1, "y": 0, "xanchor": "right", "yanchor": "bottom",
            "align": "right", "showarrow": False, "yshift": 2 - bottom,
            "font": {"size": 10, "color": MUTED},
        }]  # fmt: skip
        spec = {**spec, "layout": layout}
    if dark:
        text = json.dumps(spec, default=_plain)
        for light, other in _DARK.items():
            text = text.replace(f'"{light}"', f'"{other}"')
        spec = json.loads(text)
    return Drawn(spec)


def rows(table: pd.DataFrame) -> list[Any]:
    """Return a table's rows, their columns as attributes."""
    return [SimpleNamespace(**record) for record in records(table)]


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as dictionaries."""
    names = [str(name) for name in table.columns]
    columns = (column.tolist() for _, column in table.items())
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def grouped(rows: Iterable[Any], column: str) -> dict[Any, list[Any]]:
    """Return rows by what stands in a column; groups and rows keep their order."""
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, column), []).append(row)
    return groups


def known(rows: Iterable[Any], column: str = "estimate") -> list[Any]:
    """Return the rows in which a column is defined."""
    return [row for row in rows if pd.notna(getattr(row, column))]


def ordered(ids: Sequence[str], weights: Sequence[float]) -> list[str]:
    """Return distinct ids, the heaviest first, ties by id."""
    total: dict[str, float] = {}
    for key, weight in zip(ids, weights, strict=True):
        total[key] = total.get(key, 0.0) + (0.0 if pd.isna(weight) else float(weight))
    return sorted(total, key=lambda key: (-total[key], key))


def _plain(value: object) -> object:
    return value.tolist() if hasattr(value, "tolist") else str(value)
