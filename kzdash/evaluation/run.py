"""Every validation figure, recomputed from labelled data."""

from collections.abc import Sequence
from pathlib import Path

from kzdash.evaluation.benchmarks import dse_figures, newsmtsc_figures
from kzdash.evaluation.figures import CEILINGS, FigureRow, all_figures
from kzdash.evaluation.labels import read_labels
from kzdash.evaluation.outcomes import outcomes
from kzdash.nlp.pipeline import load
from kzdash.nlp.relations import shared_model as relation_model
from kzdash.nlp.stance import shared_model as stance_model
from kzdash.registry import Registry


def evaluate(
    labels: Sequence[Path],
    *,
    catalogue: Path | None = None,
    registry: Path | None = None,
    newsmtsc: Sequence[Path] = (),
    dse: Sequence[Path] = (),
) -> list[FigureRow]:
    """Return the figures of all measures on all data given, and the annotators' ceiling.

    Args:
        labels: files of labelled articles (`kzdash.evaluation.labels`).
        catalogue: outlets and dates of articles whose labels do not give them.
        registry: a registry folder; the shipped one if None.
        newsmtsc: files of NewsMTSC, for stance.
        dse: files of directed sentiment, for relations.

    Raises:
        InputError: a line of a file is not of its form.
    """
    rows: list[FigureRow] = list(CEILINGS)
    if labels:
        nlp = load(registry)
        known = Registry.load(registry)
        for path in labels:
            read = read_labels(path, catalogue)
            rows += all_figures(path.resolve().parent.name, outcomes(nlp, known, read))
    for path in newsmtsc:
        rows += newsmtsc_figures(path, stance_model())
    for path in dse:
        rows += dse_figures(path, relation_model())
    return rows
