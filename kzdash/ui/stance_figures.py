"""The stance model's own figures, as `training/ship.py` writes them into its folder.

Figures that were not measured are absent, and without a file there are none: either gives fewer
tables but no error.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from kzdash.paths import MODELS
from kzdash.schema import STANCES

FOLDER = MODELS / "stance"
FIGURES = FOLDER / "figures.json"
MANIFEST = FOLDER / "manifest.json"
CARD = "data/models/stance/README.md"

MODEL, NEUTRAL, VADER = "stance model", "always neutral", "VADER"
ALONE = "stance model, sentence alone"
CODER, PUBLISHED = "second language model", "published best"
SETS = {
    "gold": "labelled articles, each mention alone",
    "news": "DSE, sentences of real news, held out",
    "own": "invented articles, held out",
    "folds": "invented articles, each fold",
    "mt": "NewsMTSC dev, several targets",
    "rw": "NewsMTSC dev, real world",
}
"""The labelled data, the nearest to news analysis first."""
PUBLISHED_ON = {
    key: f"NewsMTSC test, {words} (published best, another split)"
    for key, words in (("test_mt", "several targets"), ("test_rw", "real world"))
}
COLUMNS = ["data", "method", "macro_f1", "accuracy", "low", "high", "n"]
KINDS = {"name": "names", "metonym": "capitals and seats", "title": "titles", "pronoun": "pronouns"}
VOICES = {"own": "outlet's own voice", "quoted": "quoted speech"}
_BESIDE = {"alone": ALONE, "vader": VADER, "always_neutral": NEUTRAL, "second_coder": CODER}

Content = Mapping[str, Any]


def read() -> Content:
    """Return the model's figures; empty where there are none or they cannot be read."""
    return _read(FIGURES, _changed(FIGURES))


def threshold() -> float | None:
    """Return the probability of a label below which it is left open; None where unknown."""
    return _read(MANIFEST, _changed(MANIFEST)).get("abstain_below")


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@cache
def _read(path: Path, changed: float) -> Content:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def part(content: Content, *keys: str) -> Content:
    """Return what stands under some keys, one in another; empty where one is absent."""
    for key in keys:
        content = content.get(key, {})
    return content


def entry(content: Content, name: str) -> Content:
    """Return the figures of a data set, a key of `SETS`."""
    return part(content, "folds", "all") if name == "folds" else part(content, "data", name)


def names(content: Content) -> list[str]:
    """Return the data sets that have a figure, in the order of `SETS`."""
    return [n for n in SETS if "macro_f1" in entry(content, n)]


def scores(content: Content) -> pd.DataFrame:
    """Return agreement with the labels by data set and method.

    Returns:
        columns ``data`` (in words), ``method``, ``macro_f1``, ``accuracy`` (0..1),
        ``low``, ``high`` (95 % interval of macro-F1), ``n`` (mentions).
    """
    rows = []
    for name in names(content):
        found = entry(content, name)
        rows.append(_score(SETS[name], MODEL, found))
        rows += [_score(SETS[name], method, part(found, key)) for key, method in _BESIDE.items()]
    best = part(content, "published_best")
    rows += [
        _score(data, PUBLISHED, {"macro_f1": best.get(key)}) for key, data in PUBLISHED_ON.items()
    ]
    return _known(rows)


def _score(row: str, method: str, entry: Content) -> dict[str, Any]:
    low, high = entry.get("interval", (None, None))
    return {
        "data": row,
        "method": method,
        "macro_f1": entry.get("macro_f1"),
        "accuracy": entry.get("accuracy"),
        "low": low,
        "high": high,
        "n": entry.get("n"),
    }


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
    """Return how the labels of a data set became labels by the model.

    Returns:
        columns ``label`` (of the data), ``predicted`` (the model's), ``n``, ``share`` (0..1, of
        the label's mentions; NULL where it has none).
    """
    rows = [
        (label, predicted, n, n / sum(line) if sum(line) else None)
        for label, line in zip(STANCES, entry(content, name).get("confusion", ()), strict=False)
        for predicted, n in zip(STANCES, line, strict=True)
    ]
    return pd.DataFrame(rows, columns=["label", "predicted", "n", "share"])


def reliability(content: Content, name: str) -> pd.DataFrame:
    """Return, by tenth of the highest probability, its mean and how often the label is right.

    Returns:
        columns ``low``, ``high`` (the tenth), ``confidence`` (mean of the highest
        probability), ``accuracy`` (share of right labels), all 0..1, and ``n``.
    """
    columns = ["low", "high", "confidence", "accuracy", "n"]
    return pd.DataFrame(part(content, "reliability").get(name), columns=columns)


def shares(content: Content, name: str) -> pd.DataFrame:
    """Return how often a data set has each label, and how often the probabilities say so.

    Returns:
        columns ``label``, ``labelled`` (share of the data's labels), ``expected`` (mean of the
        model's probabilities), both 0..1.
    """
    found = part(entry(content, name), "shares")
    given, expected = found.get("labelled", ()), found.get("expected", ())
    rows = list(zip(STANCES, given, expected, strict=False))
    return pd.DataFrame(rows, columns=["label", "labelled", "expected"])


def abstention(content: Content, name: str) -> pd.DataFrame:
    """Return what is kept where labels of a lower probability are left open.

    Returns:
        columns ``threshold``, ``kept`` (share of mentions that keep a label), ``accuracy``
        (of those), all 0..1.
    """
    columns = ["threshold", "kept", "accuracy"]
    return pd.DataFrame(part(content, "abstention").get(name), columns=columns)


def name_swap(content: Content) -> pd.DataFrame:
    """Return how much stance changes when a name is swapped for another of its group.

    Returns:
        columns ``group``, ``mean_change``, ``greatest_change`` (of stance, 0..2),
        ``label_changes``, ``opposed`` (share of pairs whose label changes at all, and
        between negative and positive), ``limit`` (in words) and ``kept`` ("yes" or "no").
    """
    rows = [
        (
            group,
            found["mean"],
            found["greatest"],
            found["changed"],
            found["opposed"],
            ", ".join(f"{name} {value:g}" for name, value in found["limit"].items()),
            "yes" if found["kept"] else "no",
        )
        for group, found in part(content, "name_swap").items()
    ]
    columns = ["group", "mean_change", "greatest_change", "label_changes", "opposed", "limit"]
    return pd.DataFrame(rows, columns=[*columns, "kept"])


def name_means(content: Content, group: str) -> Mapping[str, float]:
    """Return the mean stance that the same sentences get with each name of a group."""
    return part(content, "name_swap", group, "mean_by_name")


def seeds(content: Content) -> pd.DataFrame:
    """Return macro-F1 over trainings that differ in their seed.

    Returns:
        columns ``data`` (in words), ``mean``, ``sd`` (0..1), ``runs``.
    """
    rows = [
        (SETS[name], found["mean"], found["sd"], found["runs"])
        for name, found in part(content, "seeds").items()
    ]
    return pd.DataFrame(rows, columns=["data", "mean", "sd", "runs"])


def folds(content: Content) -> pd.DataFrame:
    """Return the figures of each fold of the invented articles: ``fold, macro_f1, accuracy, n``."""
    columns = ["fold", "macro_f1", "accuracy", "n"]
    return pd.DataFrame(part(content, "folds").get("each"), columns=columns)
