"""The look of every chart: colours, symbols, number formats, and what text may hold.

Colours are picked for light paper; `presented` gives the same figure for a dark page. Outlets
have one colour and one symbol each through the whole product (after Okabe and Ito, 2008), stance
has one diverging scale (PuOr of ColorBrewer); nothing is told by colour alone. The colour of
every mark stands out from the page by 3:1 or more (WCAG 2.2, 1.4.11), light and dark.
"""

import html
import json
import math
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
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
ZERO = "#8c877c"
PAPER = "#ffffff"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"

PUOR = (
    "#7f3b08", "#b35806", "#db7d12", "#fdb863", "#fee0b6",
    "#d8daeb", "#b2abd2", "#8073ac", "#542788", "#2d004b",
)  # fmt: skip
"""PuOr in ten steps: orange is negative, purple positive. The middle four are too pale for marks;
the third is a little darker than ColorBrewer's, so that it can be one."""

NEUTRAL = "#918c82"
STANCE = {"negative": "#b35806", "neutral": NEUTRAL, "positive": "#542788"}
STANCE_AXIS = "◂ negative · stance · positive ▸"
"""What an axis of stance is titled."""
VOICE_NAMES = {"own": "outlet's own voice", "quoted": "quoted speech"}
ROLE_NAMES = {"agent": "acts", "patient": "is acted on", "other": "other"}

TEAL, EARTH = "#1f6f6b", "#8f6a4a"
"""Of classes that are neither outlets nor stances."""
ROLE_COLOURS = {"agent": TEAL, "patient": EARTH, "other": NEUTRAL}
VOICE_COLOURS = {"own": INK, "quoted": TEAL}
VERB_COLOURS = {"neutral": NEUTRAL, "doubting": EARTH, "supporting": TEAL}

_DARK = {
    INK: "#ece9e2", MUTED: "#b3aea4", GRID: "#2f353b", ZERO: "#767d85", PAPER: "#14171a",
    "#7f3b08": "#ffd9ae", "#b35806": "#f0a850", "#db7d12": "#b9772c", "#fdb863": "#7d5526",
    "#fee0b6": "#5f4a37", "#d8daeb": "#4d4a63", "#b2abd2": "#5d5690", "#8073ac": "#7a6bc0",
    "#542788": "#a994ea", "#2d004b": "#d6c8ff", NEUTRAL: "#6d6a64",
    TEAL: "#4fb3aa", EARTH: "#bd9f80",
    "#d8412f": "#ff6a5e", "#0072b2": "#4aa3dc", "#009e73": "#22b98e", "#cc79a7": "#d98bb5",
    "#a67c00": "#d8c23c", "#1790a8": "#3fc3dc", "#b0306a": "#f0508f", "#5f8c1a": "#9ccc52",
    "#3f5bd9": "#6f8cff", "#5b6b7b": "#94a9be", "#7d2e3a": "#c96a78", "#2f7d4f": "#5aa377",
}  # fmt: skip

_COLOUR = re.compile(r'(?<=")#[0-9a-f]{6}(?=")')

_FIXED = {
    "rt": ("#d8412f", "circle"),
    "eurasianet": ("#0072b2", "square"),
    "atlantico": ("#009e73", "diamond"),
    "kz-expert": ("#cc79a7", "triangle-up"),
}
_FURTHER = (
    ("#a67c00", "cross"),
    ("#1790a8", "x"),
    ("#b0306a", "star"),
    ("#3f5bd9", "hexagon"),
    ("#5b6b7b", "triangle-down"),
    ("#5f8c1a", "pentagon"),
    ("#7d2e3a", "bowtie"),
    ("#2f7d4f", "hourglass"),
)


@dataclass(frozen=True)
class Style:
    """How an outlet is drawn: its colour and its symbol."""

    colour: str
    symbol: str


def outlet_styles(outlet_ids: Iterable[str]) -> dict[str, Style]:
    """Return each outlet's colour and symbol.

    The registry's first four outlets keep theirs in every view; others take the next free
    ones in alphabetical order, so give all outlets of the build, not only the selected. From the
    ninth of these a colour comes again, with another symbol: 64 differ in one or the other.
    """
    ids = sorted(set(outlet_ids))
    further = [o for o in ids if o not in _FIXED]
    styles = {o: Style(*_FIXED[o]) for o in ids if o in _FIXED}
    symbols = [symbol for _, symbol in _FURTHER]
    for place, outlet in enumerate(further):
        turn, number = divmod(place, len(_FURTHER))
        symbol = symbols[(number + turn) % len(symbols)]
        styles[outlet] = Style(_FURTHER[number][0], symbol)
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
    return html.escape(shown, quote=False).replace("$", "&#36;")


def _speaks(character: str) -> bool:
    return unicodedata.category(character) not in ("Cf", "Co")


def signed(value: float | None, digits: int = 2) -> str:
    """Return a number with its sign, as +0.31, −0.05, 0.00, or – where undefined."""
    if value is None or pd.isna(value):
        return "–"
    text = f"{value:+.{digits}f}".replace("-", "−")
    return text[1:] if float(f"{value:.{digits}f}") == 0 else text


def percent(value: float | None, digits: int = 0) -> str:
    """Return a share (0..1) in percent, or – where undefined; the space does not break."""
    if value is None or pd.isna(value):
        return "–"
    return f"{100 * value:.{digits}f}\u00a0%"


def points(value: float | None, digits: int = 0) -> str:
    """Return a difference of shares in percentage points with its sign, as −5, 0, +10."""
    return signed(None if value is None else 100 * value, digits)


def ticks(low: float, high: float, form: Callable[..., str] = signed) -> dict[str, Any]:
    """Return the ticks of an axis, written as the house writes numbers.

    Args:
        low: the axis's lower end.
        high: the upper one; not below ``low``.
        form: how a value is written, as `percent` or `points`.
    """
    most = 4 if form is percent else 5  # a phone has room for no more
    reach = max(high - low, 1e-9)
    unit = 10.0 ** math.floor(math.log10(reach))
    steps = sorted([_QUARTER, *(m * unit for m in (0.2, 0.5, 1.0, 2.0, 5.0))])
    step = next(s for s in steps if reach / s <= most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = [round(step * i, 12) for i in range(first, last + 1)]
    digits = max(0, -math.floor(math.log10(100 * step) + 1e-9))
    texts = [form(v, digits if v else 0) if form in (percent, points) else form(v) for v in values]
    return {"tickmode": "array", "tickvals": values, "ticktext": texts}


_QUARTER = 0.25
"""A step beside those of 2, 5 and 10: of all shares."""


def count(value: float | None, one: str = "", many: str = "") -> str:
    """Return a whole number with its noun, as 1 article, 1,204 articles."""
    number = 0 if value is None or pd.isna(value) else round(value)
    noun = one if number == 1 else many or (one and one + "s")
    return f"{number:,} {noun}".strip()


WHOLE: dict[str, Any] = {
    "tickmode": "array",
    "tickvals": [0, 0.25, 0.5, 0.75, 1],
    "ticktext": [percent(share) for share in (0, 0.25, 0.5, 0.75, 1)],
}
"""The ticks of an axis of all shares, few enough for a phone."""


def signed_tick(value: float) -> str:
    """Return a tick's number with its sign and no more digits than it has, as −0.5, 0, +10."""
    return signed(value, 0) if value == round(value) else f"{value:+.3g}".replace("-", "−")


def extent(figure: Draft) -> tuple[float, float]:
    """Return the least and the greatest x of a figure's marks and their intervals; 0 is among."""
    ends = [0.0]
    for trace in figure.data:
        arms = trace.get("error_x") or {}
        places = trace["x"]
        for x, less, more in zip(
            places,
            arms.get("arrayminus") or [0.0] * len(places),
            arms.get("array") or [0.0] * len(places),
            strict=True,
        ):
            if x is not None and x == x:
                ends += (x - less, x + more)
    return min(ends), max(ends)


def share_axis(figure: Draft) -> dict[str, Any]:
    """Return the axis of shares that holds a figure's marks; those at 0 stand in it whole."""
    _, high = extent(figure)
    reach = high or 1.0
    return {"range": [-0.03 * reach, 1.05 * reach], **ticks(0, 1.05 * reach, percent)}


def interval(low: float | None, high: float | None, form: object = signed) -> str:
    """Return an interval in words, as "95 % interval +0.10 to +0.42", or why there is none."""
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return "no interval: in one article only"
    write = form if callable(form) else signed
    return f"95 % interval {write(low)} to {write(high)}"


def rate(q: float) -> str:
    """Return a false-discovery rate as HTML: "q = 0.012", and below 0.001 "q &lt; 0.001"."""
    return "q &lt; 0.001" if q < 0.001 else f"q = {q:.3f}"


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


def on_paper(colour: str, dark: bool = False) -> str:
    """Return a colour as it is on light or on dark paper."""
    return _DARK.get(colour, colour) if dark else colour


def height(rows: int, each: int = 30, base: int = 150, least: int = 260) -> int:
    """Return the height in pixels of a chart with so many rows."""
    return max(least, base + each * rows)


def figure(title: str, subtitle: str, tall: int, *, legend: bool | Sequence[str] = True) -> Draft:
    """Return an empty figure in the house style.

    Args:
        title: what is drawn, at most 45 characters (a phone shows no more).
        subtitle: unit and denominator; broken into lines that a phone shows whole.
        tall: height in pixels, with a subtitle of one line.
        legend: whether outlets or classes need one; it stands above the plot. Their names, where
            they may need several lines.
    """
    lines = _lines(subtitle)
    more = 15 * (len(lines) - 1)
    tall += more + 19 * (_legend_lines(legend) - 1 if legend and legend is not True else 0)
    axis = {
        "gridcolor": GRID,
        "zerolinecolor": ZERO,
        "linecolor": ZERO,
        "ticks": "",
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": 13, "color": INK},
        "title": {"font": {"size": 12, "color": MUTED}, "standoff": 8},
        "nticks": 6,
    }
    return Draft({
        "template": {},
        "title": {
            "text": f"<b>{title}</b>", "x": 0, "xref": "container", "xanchor": "left", "y": 1,
            "yref": "container", "yanchor": "top", "pad": {"t": 8, "l": 4},
            "font": {"size": 15, "color": INK},
            "subtitle": {"text": "<br>".join(lines), "font": {"size": 12, "color": MUTED}},
        },
        "height": tall,
        "margin": {"l": 8, "r": 26, "t": (104 if legend else 70) + more, "b": 58},
        "uniformtext": {"minsize": 10, "mode": "hide"},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": ZERO, "align": "left",
                    "font": {"family": FONT, "size": 13, "color": INK}},
        "hovermode": "closest",
        "showlegend": bool(legend),
        "legend": {"orientation": "h", "x": 0, "xref": "container", "xanchor": "left",
                "y": round(1 - (54 + more) / tall, 4), "yref": "container", "yanchor": "top",
                "font": {"size": 12, "color": INK}, "traceorder": "normal",
                "bgcolor": "rgba(0,0,0,0)"},
        "dragmode": False,
        "xaxis": {**axis, "tickangle": 0},
        "yaxis": axis,
    })  # fmt: skip


def _legend_lines(names: Sequence[str]) -> int:
    """Return how many lines a legend takes on a phone, where all its entries are as wide."""
    widest = 44 + 7 * max(map(len, names))
    return -(-len(names) // max(1, _PHONE // widest))


_PHONE = 350
"""The pixels that a chart is wide on a phone."""
_LINE, _TITLE = 60, 36
"""Characters of a line of a subtitle and of an axis's title: what a phone shows."""
NARROW = "@media (max-width: 640px) {.gtitle-subtitle {font-size: 10px !important;}}"
"""A style of the page: on a phone subtitles are as small as the lines below the plot."""


def _lines(text: str, limit: int = _LINE) -> list[str]:
    """Return text in as few lines as a phone allows, all about as long."""
    found = textwrap.wrap(text, limit, break_long_words=False) or [""]
    if len(found) == 1:
        return found
    even = textwrap.wrap(text, len(text) // len(found) + 5, break_long_words=False)
    return even if len(even) == len(found) else found


def entry(figure: Draft, name: str, style: Style) -> None:
    """Add a filled symbol to the legend, once, whatever the marks of its group look like."""
    if any(trace.get("legendgroup") == name for trace in figure.data):
        return
    figure.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        name=name,
        legendgroup=name,
        marker={"color": style.colour, "symbol": style.symbol, "size": 10},
        hoverinfo="skip",
    )


def presented(figure: Drawn, lines: Sequence[str] = (), dark: bool = False) -> Drawn:
    """Return a figure as a page shows it.

    Args:
        figure: of any chart; what its marks look like is explained as in `reading`.
        lines: stand below the plot, so that a copied picture still names its source.
        dark: whether for a dark page.
    """
    spec = _titled(figure.to_dict())
    lines = [part for line in (reading(spec), *lines) for part in textwrap.wrap(line, 62)]
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
        spec = json.loads(_COLOUR.sub(lambda found: on_paper(found[0], dark), text))
    return Drawn(spec)


def _titled(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a figure with a long title of its x axis in two lines, and the room for it."""
    layout = spec["layout"]
    title = (layout.get("xaxis") or {}).get("title") or {}
    lines = _lines(title.get("text") or "", _TITLE)
    if len(lines) == 1:
        return spec
    title = {**title, "text": "<br>".join(lines)}
    more = 15 * (len(lines) - 1)
    layout = {**layout, "xaxis": {**layout["xaxis"], "title": title}}
    layout["margin"] = {**layout["margin"], "b": layout["margin"]["b"] + more}
    layout["height"] += more
    return {**spec, "layout": layout}


def reading(spec: Mapping[str, Any]) -> str:
    """Return how to read marks of small samples, empty where a figure has none.

    A figure whose hollow marks mean something else says what in its layout's ``meta``, under
    ``reading``.

    Args:
        spec: ``data`` and ``layout`` of a figure.
    """
    stated = (spec["layout"].get("meta") or {}).get("reading")
    if stated is not None:
        return str(stated)
    hollow, hatched, bare = False, False, False
    for trace in spec["data"]:
        marker = trace.get("marker") or {}
        symbols = marker.get("symbol")
        few = isinstance(symbols, list) and any(s.endswith("-open") for s in symbols)
        hollow = hollow or few
        arms = (trace.get("error_x") or {}, trace.get("error_y") or {})
        bare = bare or (few and any("arrayminus" in arm for arm in arms))
        hatched = hatched or "/" in (marker.get("pattern") or {}).get("shape", ())
    words = [word for word, there in (("Hollow", hollow), ("Hatched", hatched)) if there]
    if not words:
        return ""
    said = " or ".join(words).capitalize() + ": under five articles, descriptive"
    return f"{said}; no line: one or none" if bare else said


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
