"""The stance model's own figures: read from its folder, whatever may be missing there.

`training/ship.py` writes them; a key that is absent or of another form is left out, so an
older or a newer file, and none at all, give fewer tables but no error.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from kzdash.paths import MODELS

FOLDER = MODELS / "stance"
FIGURES = FOLDER / "figures.json"
MANIFEST = FOLDER / "manifest.json"
CARD = "data/models/stance/README.md"

MODEL, NEUTRAL, VADER = "stance model", "always neutral", "VADER"
CODER, PUBLISHED = "second coder", "published best"
LABELS = ("negative", "neutral", "positive")
SETS = {
    "gold": "labelled articles of our outlets, mentions given",
    "own": "own corpus, held-out articles", "folds": "own corpus, folds held out in turn",
    "mt": "NewsMTSC dev, several targets", "rw": "NewsMTSC dev, real world",
}  # fmt: skip
"""The labelled data, the nearest to the outlets first."""
PUBLISHED_ON = {
    key: f"NewsMTSC test, {words} (published best, another split)"
    for key, words in (("test_mt", "several targets"), ("test_rw", "real world"))
}
COLUMNS = ["data", "method", "macro_f1", "accuracy", "low", "high", "n"]
KINDS = {"name": "names", "metonym": "capitals and seats", "title": "titles",
         "pronoun": "pronouns"}  # fmt: skip
VOICES = {"own": "outlet's own voice", "quoted": "quoted speech"}
_BESIDE = {"vader": VADER, "always_neutral": NEUTRAL, "second_coder": CODER}

Content = Mapping[str, Any]


def read() -> Content:
    """Return the model's figures; empty where there are none or they cannot be read."""
    return _read(FIGURES, _changed(FIGURES))


def threshold() -> float | None:
    """Return the highest probability below which a label is left open; None where unknown."""
    manifest = _read(MANIFEST, _changed(MANIFEST))
    found = number(manifest.get("abstain_below"))
    return number(part(read(), "calibration").get("abstain_below")) if found is None else found


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@cache
def _read(path: Path, changed: float) -> Content:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def part(content: object, *keys: str) -> Content:
    """Return what stands under some keys, one in another; empty where it is no dictionary."""
    for key in keys:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content if isinstance(content, Mapping) else {}


def number(thing: object) -> float | None:
    """Return a finite number, None for anything else."""
    if isinstance(thing, bool) or not isinstance(thing, (int, float)):
        return None
    return float(thing) if math.isfinite(thing) else None


def first(content: Content, *keys: str) -> float | None:
    """Return the first number that stands under one of some keys."""
    found = (number(content.get(key)) for key in keys)
    return next((value for value in found if value is not None), None)


def _lines(thing: object) -> list[Content]:
    return [line for line in thing if isinstance(line, Mapping)] if isinstance(thing, list) else []


def entry(content: Content, name: str) -> Content:
    """Return the figures of a data set, a key of `SETS`; the folds' from where they stand."""
    found = part(content, "data", name)
    return found if found or name != "folds" else part(content, "folds", "all")


def names(content: Content) -> list[str]:
    """Return the data sets that have a figure, those of `SETS` first."""
    every = [*SETS, *(name for name in part(content, "data") if name not in SETS)]
    return [n for n in every if number(entry(content, n).get("macro_f1")) is not None]


def scores(content: Content) -> pd.DataFrame:
    """Return agreement with people by data set and method.

    Returns:
        columns ``data`` (in words), ``method``, ``macro_f1``, ``accuracy`` (0..1),
        ``low``, ``high`` (95 % interval of macro-F1), ``n`` (mentions).
    """
    rows = []
    for name in names(content):
        found = entry(content, name)
        rows.append(_score(SETS.get(name, name), MODEL, found))
        rows += [
            _score(SETS.get(name, name), method, part(found, key))
            for key, method in _BESIDE.items()
            if part(found, key)
        ]
    if not entry(content, "folds"):
        rows.append(_score(SETS["folds"], MODEL, {"macro_f1": folds_mean(content)}))
    best = part(content, "published_best")
    rows += [
        _score(data, PUBLISHED, {"macro_f1": best.get(key)}) for key, data in PUBLISHED_ON.items()
    ]
    return _known(rows)


def _score(row: str, method: str, entry: Content) -> dict[str, Any]:
    bounds = entry.get("interval")
    low, high = bounds if isinstance(bounds, list) and len(bounds) == 2 else (None, None)
    return {
        "data": row, "method": method, "macro_f1": number(entry.get("macro_f1")),
        "accuracy": number(entry.get("accuracy")), "low": number(low), "high": number(high),
        "n": number(entry.get("n")),
    }  # fmt: skip


def _known(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([r for r in rows if r["macro_f1"] is not None], columns=COLUMNS)


def groups(content: Content, name: str, by: str, words: Mapping[str, str]) -> pd.DataFrame:
    """Return agreement by a fact of the mentions, the columns of `scores`; all mentions first.

    Args:
        content: as from `read`.
        name: a data set, a key of `SETS`.
        by: ``by_kind``, ``by_style`` or ``by_voice``.
        words: the groups in words, in the order to show; others follow.
    """
    whole = entry(content, name)
    found = part(whole, by)
    rows = []
    for group in [g for g in words if g in found] + [g for g in found if g not in words]:
        here = part(found, group)
        beside = {method: part(here, key) for key, method in _BESIDE.items()}
        rows += [
            _score(words.get(group, str(group)), method, what)
            for method, what in {MODEL: here, **beside}.items()
        ]
    if _known(rows).empty:
        return _known([])
    every = {MODEL: whole, **{method: part(whole, key) for key, method in _BESIDE.items()}}
    return _known([*(_score("all mentions", method, e) for method, e in every.items()), *rows])


def matrix(content: Content, name: str) -> pd.DataFrame:
    """Return how a data set's labels by people became labels by the model.

    Returns:
        columns ``label`` (people's), ``predicted`` (the model's), ``n``, ``share`` (0..1, of
        the label's mentions); empty where there is no matrix of three by three counts.
    """
    columns = ["label", "predicted", "n", "share"]
    counts = entry(content, name).get("confusion")
    rows = []
    for label, line in zip(LABELS, counts if isinstance(counts, list) else [], strict=False):
        cells = [number(n) for n in line] if isinstance(line, list) else []
        if len(cells) != len(LABELS) or not all(n is not None and n >= 0 for n in cells):
            return pd.DataFrame(columns=columns)
        total = sum(n for n in cells if n)
        rows += [
            (label, predicted, int(n or 0), (n or 0) / total if total else None)
            for predicted, n in zip(LABELS, cells, strict=True)
        ]
    whole = len(rows) == len(LABELS) ** 2
    return pd.DataFrame(rows if whole else [], columns=columns)


def reliability(content: Content, name: str) -> pd.DataFrame:
    """Return, by tenth of the highest probability, its mean and how often the label is right.

    Returns:
        columns ``low``, ``high`` (the tenth), ``confidence`` (mean of the highest
        probability), ``accuracy`` (share of right labels), all 0..1, and ``n``.
    """
    return _table(
        part(content, "reliability").get(name), ["low", "high", "confidence", "accuracy", "n"]
    )


def abstention(content: Content, name: str) -> pd.DataFrame:
    """Return what is kept where labels of a lower highest probability are left open.

    Returns:
        columns ``threshold``, ``kept`` (share of mentions that keep a label), ``accuracy``
        (of those), all 0..1.
    """
    return _table(part(content, "abstention").get(name), ["threshold", "kept", "accuracy"])


def _table(lines: object, columns: list[str]) -> pd.DataFrame:
    rows = [[number(line.get(c)) for c in columns] for line in _lines(lines)]
    return pd.DataFrame([r for r in rows if None not in r], columns=columns, dtype=float)


def name_swap(content: Content) -> pd.DataFrame:
    """Return how much stance changes when a name is swapped for another of its group.

    Returns:
        columns ``group``, ``mean_change``, ``greatest_change`` (of stance, 0..2),
        ``label_changes``, ``opposed`` (share of pairs whose label changes at all, and
        between negative and positive), ``limit`` (in words) and ``kept`` ("yes" or "no");
        columns of which nothing is known are left out.
    """
    rows = []
    for group, found in part(content, "name_swap").items():
        found = part(found)
        kept = found.get("kept")
        rows.append(
            {
                "group": str(group),
                "mean_change": first(found, "mean", "mean_change"),
                "greatest_change": first(found, "greatest", "max_change"),
                "label_changes": first(found, "changed"),
                "opposed": first(found, "opposed", "flips"),
                "limit": _limit(found.get("limit")),
                "kept": ("yes" if kept else "no") if isinstance(kept, bool) else None,
            }
        )
    table = pd.DataFrame(rows).dropna(axis="columns", how="all")
    if "mean_change" not in table:
        return pd.DataFrame(columns=["group", "mean_change"])
    return table[table["mean_change"].notna()].reset_index(drop=True)


def _limit(thing: object) -> str | None:
    """Return in words what a group must keep to: a mean change, or several figures by name."""
    alone = number(thing)
    found = {"mean": alone} if alone is not None else dict(part({"limit": thing}, "limit"))
    words = [f"{str(k).replace('_', ' ')} {v:g}" for k in found if (v := number(found[k]))]
    return ", ".join(words) or None


def name_means(content: Content) -> dict[str, dict[str, float]]:
    """Return each group's names with the mean stance that the same sentences get with them."""
    found = {}
    for group, swapped in part(content, "name_swap").items():
        means = {str(k): number(v) for k, v in part(swapped, "mean_by_name").items()}
        known = {k: v for k, v in means.items() if v is not None}
        if len(known) > 1:
            found[str(group)] = known
    return found


def seeds(content: Content) -> pd.DataFrame:
    """Return macro-F1 over trainings that differ in their seed.

    Returns:
        columns ``data`` (in words), ``mean``, ``sd`` (0..1), ``runs``.
    """
    rows = []
    for name, stated in part(content, "seeds").items():
        line = {**part(stated), **part(stated, "macro_f1")}
        runs = line.get("runs")
        count = float(len(runs)) if isinstance(runs, list) else number(runs)
        found = (first(line, "mean", "macro_f1"), first(line, "sd", "std"), count)
        if found[0] is not None:
            rows.append((SETS.get(name, str(name)), *found))
    return pd.DataFrame(rows, columns=["data", "mean", "sd", "runs"])


def folds(content: Content) -> pd.DataFrame:
    """Return the figures of each fold of the own corpus: ``fold, macro_f1, accuracy, n``."""
    found = content.get("folds")
    if isinstance(found, Mapping):
        found = next((value for value in found.values() if isinstance(value, list)), [])
    rows = [
        (str(line["fold"]), *(number(line.get(c)) for c in ("macro_f1", "accuracy", "n")))
        for line in _lines(found)
        if "fold" in line
    ]
    table = pd.DataFrame(rows, columns=["fold", "macro_f1", "accuracy", "n"])
    return table[table["macro_f1"].notna()].reset_index(drop=True)


def folds_mean(content: Content) -> float | None:
    """Return the mean macro-F1 of the folds: as stated, else of the folds there are."""
    found = content.get("folds")
    stated = part(content, "folds").get("mean")
    for line in _lines(found):
        stated = line.get("mean", stated)
    value = first({"mean": stated}, "mean") or first(part({"mean": stated}, "mean"), "macro_f1")
    table = folds(content)
    return value if value is not None or table.empty else float(table["macro_f1"].mean())
