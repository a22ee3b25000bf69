"""How well each measure agrees with people's labels, and the badge that says so by a chart."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from kzdash.charts import theme
from kzdash.paths import DATA
from kzdash.ui import stance_figures

VALIDATION = DATA / "validation.parquet"
COLUMNS = ["measure", "data", "method", "metric", "value", "low", "high", "n", "note"]

_HOME = ("gold", "outlets")
"""Words in the name of a data set that is of the outlets' own articles."""
_PEOPLE = ("annotators", "published")
"""Methods that are not simple baselines."""
_OURS = ("kzdash", "stance model")
_METRICS = ("macro-F1", "micro-F1", "F1", "accuracy")
NAMES = {
    "stance": "Stance", "sentiment": "Sentiment", "voice": "Voice", "role": "Roles",
    "epithets": "Epithets", "frames": "Frames", "relations": "Relations",
    "verbs": "Classes of reporting verbs", "mentions": "Mentions",
}  # fmt: skip


@dataclass(frozen=True)
class Badge:
    """What a reader must know of a measure before reading its chart.

    Attributes:
        text: in a few words; plain text.
        measure: the measure's name among the validation figures, to link to; empty where it
            has none.
    """

    text: str
    measure: str = ""


def badges(*measures: str) -> list[Badge]:
    """Return the badges of a chart's measures (keys of `NAMES`); none for a good measure."""
    files = tuple(
        (p, p.stat().st_mtime) for p in (VALIDATION, stance_figures.FIGURES) if p.is_file()
    )
    return [found for measure in measures if (found := _badge(measure, files))]


@cache
def _badge(measure: str, files: tuple[tuple[Path, float], ...]) -> Badge | None:
    return badge(measure, all_figures())


def badge(measure: str, table: pd.DataFrame) -> Badge | None:
    """Return the badge of one measure, None where it beats its baselines on our articles.

    A measure is below its bar where a simple baseline reaches as much as it does on one of
    the metrics of agreement, on labelled articles of our outlets.

    Args:
        measure: a key of `NAMES`.
        table: validation figures, with `COLUMNS`.
    """
    name = NAMES[measure]
    part = table[(table["measure"] == measure) & table["metric"].isin(_METRICS)]
    part = part[part["value"].notna()]
    ours = part[part["method"].isin(_OURS)]
    if ours.empty:
        return Badge(f"{name}: not validated, no labelled data")
    home = ours[ours["data"].str.contains("|".join(_HOME))]
    if home.empty:
        best = ours.iloc[0]
        return Badge(
            f"{name}: not validated on these outlets; {best['metric']} "
            f"{best['value']:.2f} on {best['data']}", measure,
        )  # fmt: skip
    lost: list[tuple[str, str, float, float]] = []
    for row in theme.rows(home):
        other = part[(part["data"] == row.data) & (part["metric"] == row.metric)]
        other = other[~other["method"].isin(_OURS)]
        other = other[~other["method"].str.contains("|".join(_PEOPLE))]
        if len(other) and other["value"].max() >= row.value:
            top = max(theme.rows(other), key=lambda found: found.value)
            lost.append((top.method, row.metric, row.value, top.value))
    if not lost:
        return None
    baseline, metric, value, other = lost[0]
    return Badge(
        f"{name}: by {metric} ({value:.2f}) no better than “{baseline}” ({other:.2f}) on labelled "
        "articles of the outlets", measure,
    )  # fmt: skip


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
    """Return the figures of the whole pipeline; empty where there are none."""
    if not VALIDATION.is_file():
        return pd.DataFrame(columns=COLUMNS)
    return figures(VALIDATION, VALIDATION.stat().st_mtime)


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
