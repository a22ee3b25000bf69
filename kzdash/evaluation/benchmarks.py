"""Other people's labelled sentences: NewsMTSC for stance, directed sentiment for relations.

NewsMTSC: Hamborg and Donnay 2021, targets with their polarity. DSE: Park, Pan and Joo 2021,
sentences with two marked entities and five classes. The resampling unit is the sentence.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from spacy.language import Language

from kzdash.errors import InputError
from kzdash.evaluation import dse, published
from kzdash.evaluation.agreement import (
    Counts,
    accuracy,
    confusion,
    figure,
    macro_f1,
    precision,
    recall,
)
from kzdash.evaluation.figures import FigureRow, stance_figures
from kzdash.evaluation.outcomes import StanceOutcome, sign
from kzdash.nlp.pipeline import parse
from kzdash.nlp.relation_model import LABELS, RelationItem, RelationModel
from kzdash.nlp.relations import THRESHOLD, Linker
from kzdash.nlp.sentiment import compound
from kzdash.nlp.stance_model import StanceItem, StanceModel
from kzdash.schema import Article

PAPER = "published best (GRU-TSC)"
ELSEWHERE = "NewsMTSC test_{} (another split)"
"""The data of a published figure that ours, on dev, must not be set against."""


def newsmtsc_figures(path: Path, model: StanceModel) -> list[FigureRow]:
    """Return the stance figures on one NewsMTSC file.

    Raises:
        InputError: a line is not of NewsMTSC's form.
    """
    data = f"NewsMTSC {path.stem}"
    outcomes = list(_newsmtsc_outcomes(path, model))
    rows = [row for row in stance_figures(data, outcomes) if row.value is not None]
    return rows + _published(path.stem)


def _published(stem: str) -> list[FigureRow]:
    """Return the published figure for a file: of the test split, whichever split the file is."""
    split, _, part = stem.rpartition("_")
    if part not in published.MACRO_F1:
        return []
    data = f"NewsMTSC {stem}" if split == "test" else ELSEWHERE.format(part)
    value, note = published.MACRO_F1[part], "on the test split"
    return [FigureRow("stance", data, PAPER, "macro-F1", value, None, None, 0, 0, note)]


def _newsmtsc_outcomes(path: Path, model: StanceModel) -> Iterator[StanceOutcome]:
    items: list[StanceItem] = []
    labels: list[tuple[str, int]] = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                read = json.loads(line)
                text = read["sentence_normalized"]
                for target in read["targets"]:
                    items.append(StanceItem(text, int(target["from"]), int(target["to"])))
                    labels.append((str(number), int((target["polarity"] - 4) / 2)))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"{path.name}, line {number}", f"cannot be read ({error})", "NewsMTSC's form"
                ) from None
    for item, (sentence, label), score in zip(items, labels, model.score(items), strict=True):
        vader, actor = sign(compound(item.text)), item.text[item.start : item.end]
        yield StanceOutcome.of(sentence, actor, "", "", label, score, vader)


def dse_figures(path: Path, model: RelationModel, nlp: Language) -> list[FigureRow]:
    """Return the relation figures on one DSE file (sentence, p, q, class; tab-separated).

    The model's labels of all pairs are judged, and what a build takes of them: pairs that
    syntax links, whose relation is probable enough.

    Args:
        path: the file.
        model: the relation model.
        nlp: the pipeline, for the syntax.

    Raises:
        InputError: a line is not of that form.
    """
    items, labels = dse.read(path)
    scores = model.predict(items)
    predicted = [model.label(p) for p in scores]
    data = f"DSE {path.stem}"
    rows = [
        _relation_row(data, method, name, labels, found)
        for method, found in (("kzdash", predicted), ("always neutral", [0] * len(labels)))
        for name in ("macro-F1", "accuracy")
    ]
    counts = {
        str(n): _taken(*one)
        for n, one in enumerate(zip(_linked(nlp, items), scores, labels, strict=True))
    }
    for name, measure in (("precision", precision), ("recall", recall)):
        made = figure(counts, measure, len(labels))
        note = "of the relations that a build takes; interval over sentences"
        rows.append(
            FigureRow("relations", data, "kzdash", f"{name}, as shown", made.value, made.low,
                      made.high, made.n, 0, note)
        )  # fmt: skip
    return rows


def _linked(nlp: Language, items: Iterable[RelationItem]) -> Iterator[bool]:
    """Yield for each pair whether syntax links it."""
    made = (Article("dse", "none", item.text, item.text, None) for item in items)
    for item, doc in zip(items, parse(nlp, made), strict=True):
        spans = [
            doc.char_span(*place, label=name, alignment_mode="expand")
            for name, place in (("a", item.a), ("b", item.b))
        ]
        first, second = sorted((s for s in spans if s is not None), key=lambda s: s.start)
        same = first.sent == second.sent
        yield same and Linker([first, second], {}).link(first, second) is not None


def _taken(linked: bool, p: Sequence[float], label: int) -> Counts:
    """Return whether a build's relation of a pair is found, missed, spurious (each 0 or 1)."""
    best = max(range(1, len(LABELS)), key=lambda n: p[n])
    taken = best if linked and p[best] >= THRESHOLD else 0
    right = label > 0 and taken == label
    return np.array([right, label > 0 and not right, taken > 0 and not right], dtype=float)


def _relation_row(
    data: str, method: str, name: str, labels: Sequence[int], found: Sequence[int]
) -> FigureRow:
    counts: dict[str, Counts] = {
        str(n): confusion([pair], len(LABELS))
        for n, pair in enumerate(zip(labels, found, strict=True))
    }
    made = figure(counts, macro_f1 if name == "macro-F1" else accuracy, len(labels))
    note = "interval over sentences"
    return FigureRow(
        "relations", data, method, name, made.value, made.low, made.high, made.n, 0, note
    )
