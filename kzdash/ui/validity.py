"""How well each measure agrees with labels, and the badge that says so by a chart."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from kzdash.charts import theme
from kzdash.paths import DATA
from kzdash.scope import listing
from kzdash.ui import stance_figures

VALIDATION = DATA / "validation.parquet"
ARTICLES = "articles"
"""What rows are called that say of which outlets the labelled articles are."""
VARIABLE = "KZDASH_VALIDATION"
"""The environment variable that names other figures, as `kzdash evaluate --out` writes them."""

COLUMNS = ["measure", "data", "method", "metric", "value", "low", "high", "n", "note"]

_ELSEWHERE = ("NewsMTSC", "DSE", "invented articles", "five articles")
"""How the names of data sets begin that are no articles labelled whole."""
_CEILINGS = ("annotators", "published")
"""Methods that are not simple baselines."""
_OURS = ("kzdash", "stance model")
_SIMPLE = {"always neutral": "calling everything neutral"}
_METRICS = ("macro-F1", "micro-F1", "F1", "accuracy")
NAMES = {
    "stance": "Stance",
    "sentiment": "Sentiment",
    "voice": "Voice",
    "role": "Roles",
    "epithets": "Epithets",
    "frames": "Frames",
    "relations": "Relations",
    "verbs": "Classes of reporting verbs",
    "mentions": "Mentions",
}


@dataclass(frozen=True)
class Badge:
    """What a reader must know of a measure before reading its chart.

    Attributes:
        text: in a sentence; plain text.
        measure: the measure's name among the validation figures, to link to; empty where it
            has none.
        brief: the same in a few words, for a chart below one that said it.
    """

    text: str
    measure: str = ""
    brief: str = ""


def is_home(data: str) -> bool:
    """Return whether a data set is of labelled articles, by its name."""
    return not data.startswith(_ELSEWHERE)


def labelled_outlets() -> list[str]:
    """Return the ids of the outlets of which articles are labelled."""
    table = build_figures()
    return sorted(table["note"][table["measure"] == ARTICLES].astype("str"))


def badges(*measures: str) -> list[Badge]:
    """Return the badges of a chart's measures (keys of `NAMES`); none for a good measure."""
    files = tuple((p, p.stat().st_mtime) for p in (_file(), stance_figures.FIGURES) if p.is_file())
    return [found for measure in measures if (found := _badge(measure, files))]


@cache
def _badge(measure: str, files: tuple[tuple[Path, float], ...]) -> Badge | None:
    return badge(measure, all_figures())


def badge(measure: str, table: pd.DataFrame) -> Badge | None:
    """Return the badge of one measure, None where it beats its baselines on our articles.

    One of kinds of things of which most are too rare there to be checked has a badge, too.
    A measure is below its bar where a simple baseline reaches as much as it does, or lies in its
    interval, on one of the metrics of agreement, on labelled articles.

    Args:
        measure: a key of `NAMES`.
        table: validation figures, with `COLUMNS`.
    """
    name = NAMES[measure]
    brief = f"{name}: read with care"
    part = table[(table["measure"] == measure) & table["metric"].isin(_METRICS)]
    part = part[part["value"].notna()]
    ours = part[part["method"].isin(_OURS)]
    if ours.empty:
        return Badge(f"{name}: not yet checked against labels", "", brief)
    home = ours[ours["data"].map(is_home)]
    if home.empty:
        shown = table[(table["measure"] == measure) & table["method"].isin(_OURS)]
        return Badge(f"{name}: {_elsewhere(part, ours, shown)}", measure, brief)
    pairs = [(row, _baseline(part, row)) for row in theme.rows(home)]
    lost = [(row, top) for row, top in pairs if top is not None and top.value >= _surely(row)]
    if not lost:
        return _thin(table, measure)
    row, top = lost[0]
    said = _beaten(row, top)
    said += _astray(table, measure, row.data)
    if any(r.data == row.data and t is not None and t.value < r.value for r, t in pairs):
        said += ": compare means over many articles, trust no single label"
    return Badge(f"{name}: {said}", measure, brief)


def _thin(table: pd.DataFrame, measure: str) -> Badge | None:
    """Return the badge of a measure some of whose categories are too rare in the labels, or bad."""
    chosen = (table["measure"] == measure) & table["method"].isin(_OURS)
    chosen &= table["metric"].str.startswith(_CATEGORY) & table["data"].map(is_home)
    rows = theme.known(theme.rows(table[chosen]), "value")
    good = [r for r in rows if r.n >= _RARE and r.value >= _FAIR]
    if len(good) == len(rows):
        return None
    name = NAMES[measure]
    named = [r.metric.removeprefix(_CATEGORY).replace("_", " ") for r in good]
    found = f"checked on {listing(named)} alone" if named else "not surely found in any kind"
    why = f"others are in fewer than {_RARE} labelled sentences, or often missed"
    return Badge(f"{name}: {found}; {why}", measure, f"{name}: read with care")


_CATEGORY = "F1, "
"""How the metric of one category begins."""
_RARE, _FAIR = 10, 0.6
"""So many labels, and so high an F1, are enough for a category."""


def _astray(table: pd.DataFrame, measure: str, data: str) -> str:
    """Return in words that means do not follow the labels' either; empty where they do."""
    chosen = (table["measure"] == measure) & (table["data"] == data)
    chosen &= table["metric"].str.startswith("Pearson r") & table["method"].isin(_OURS)
    found = table[chosen].sort_values("metric", ascending=False)  # of mentions found, if known
    for row in theme.known(theme.rows(found), "low")[:1]:
        if row.low <= 0:
            return (
                "; an actor's mean in one article does not surely follow the labels "
                f"(r {theme.signed(row.value)})"
            )
    return ""


def reached(measure: str) -> str:
    """Return in words what a measure without a badge reaches on labelled articles.

    Args:
        measure: a key of `NAMES`.
    """
    table = all_figures()
    found = table[(table["measure"] == measure) & table["metric"].isin(_METRICS)]
    home = found["method"].isin(_OURS) & found["data"].map(is_home)
    row = theme.rows(found[home])[0]
    return f"{NAMES[measure].lower()} ({row.metric} {row.value:.2f}, n = {row.n:,.0f})"


def _baseline(part: pd.DataFrame, row: Any) -> Any:
    """Return the best simple baseline on the same data by the same metric, None where none."""
    other = part[(part["data"] == row.data) & (part["metric"] == row.metric)]
    other = other[~other["method"].isin(_OURS)]
    other = other[~other["method"].str.contains("|".join(_CEILINGS))]
    return max(theme.rows(other), key=lambda found: found.value, default=None)


def _surely(row: Any) -> float:
    """Return what a measure reaches at least: the low end of its interval, if it has one."""
    return float(row.value if pd.isna(row.low) else row.low)


def _beaten(row: Any, top: Any) -> str:
    """Return in words that a baseline reaches as much, or may do so."""
    simple = _SIMPLE.get(top.method, f"“{top.method}”")
    if row.metric == "accuracy":
        return f"single labels are {_right(row.value, top.value, simple)}"
    more = "no" if top.value >= row.value else "not surely"
    return (
        f"agrees with the labels {more} more than {simple} does ({row.value:.2f} against "
        f"{top.value:.2f}, 1 is perfect)"
    )


def _right(ours: float, other: float, simple: str) -> str:
    """Return how often labels are right, in words; exact enough to tell the two apart."""
    digits = 0 if round(100 * ours) != round(100 * other) else 1
    return f"right {100 * ours:.{digits}f} % of the time, {simple} {100 * other:.{digits}f} %"


def _elsewhere(part: pd.DataFrame, ours: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Return in words how good a measure is on other texts than labelled articles.

    Args:
        part: its figures of agreement.
        ours: those of them that are kzdash's.
        shown: all that are kzdash's; precision and recall of what a build shows say most.
    """
    said = "checked on other texts only, on no labelled article; there "
    rates = {r.metric: r.value for r in theme.known(theme.rows(shown), "value")}
    right, found = (rates.get(f"{name}, as shown") for name in ("precision", "recall"))
    if right is not None and found is not None:
        return f"{said}{100 * found:.0f} % are found, and {100 * right:.0f} % of those are right"
    row = min(theme.rows(ours), key=lambda found: found.metric != "accuracy")
    if row.metric != "accuracy":
        return said + f"{row.value:.2f}, where 1 is perfect"
    top = _baseline(part, row)
    if top is None:
        return said + f"right {100 * row.value:.0f} % of the time"
    return said + _right(row.value, top.value, _SIMPLE.get(top.method, f"“{top.method}”"))


@cache
def figures(path: Path, changed: float) -> pd.DataFrame:
    """Return the validation figures; empty where there are none or they cannot be read.

    Args:
        path: a Parquet file with `COLUMNS`.
        changed: the file's time of change, so that a new file is read.
    """
    try:
        table = pd.read_parquet(path)
    except (OSError, ValueError):
        return pd.DataFrame(columns=COLUMNS)
    return table if set(COLUMNS) <= set(table.columns) else pd.DataFrame(columns=COLUMNS)


def build_figures() -> pd.DataFrame:
    """Return the figures of `kzdash evaluate`; empty where there are none."""
    if not (file := _file()).is_file():
        return pd.DataFrame(columns=COLUMNS)
    return figures(file, file.stat().st_mtime)


def _file() -> Path:
    """Return the file of the figures: the shipped one unless the environment names another."""
    return Path(os.environ.get(VARIABLE) or VALIDATION)


def model_figures() -> pd.DataFrame:
    """Return the stance model's own figures in the same columns."""
    found = theme.rows(stance_figures.scores(stance_figures.read()))
    rows = [
        ("stance", row.data, row.method, "macro-F1", row.macro_f1, row.low, row.high, row.n, "")
        for row in found
        if row.method in (stance_figures.MODEL, stance_figures.VADER, stance_figures.NEUTRAL)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def all_figures() -> pd.DataFrame:
    """Return every validation figure there is, the build's and the model's."""
    tables = [table for table in (build_figures(), model_figures()) if not table.empty]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)
