"""Every validation figure, recomputed from labelled data."""

from collections.abc import Callable, Sequence
from pathlib import Path

from kzdash.errors import InputError
from kzdash.evaluation.benchmarks import dse_figures, newsmtsc_figures
from kzdash.evaluation.figures import CEILINGS, FigureRow, all_figures, outlets
from kzdash.evaluation.labels import read_labels, refuse
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
    report: Callable[[InputError], None] = refuse,
) -> list[FigureRow]:
    """Return the figures of all measures on all data given, and the annotators' ceiling.

    Args:
        labels: files of labelled articles (`kzdash.evaluation.labels`).
        catalogue: outlets and dates of articles whose labels do not give them.
        registry: a registry folder; the shipped one if None.
        newsmtsc: files of NewsMTSC, for stance.
        dse: files of directed sentiment, for relations.
        report: called with the error of each line of ``labels`` that cannot be used.

    Raises:
        InputError: a file is not there, no line can be used, or as `report` raises.
    """
    known = Registry.load(registry)
    read = {path: read_labels(path, catalogue, known, report) for path in labels}
    good = {path: articles for path, articles in read.items() if articles}
    if labels and not (good or newsmtsc or dse):
        raise InputError(
            ", ".join(path.name for path in labels),
            "no line can be used",
            "labelled sentences as in docs/labels.md",
            "Correct the lines",
        )
    rows: list[FigureRow] = list(CEILINGS)
    if good:
        nlp = load(registry)
        for path, articles in good.items():
            data = "labelled articles" + (f" ({path})" if len(good) > 1 else "")
            rows += outlets(data, articles)
            rows += all_figures(data, outcomes(nlp, known, articles))
    for path in newsmtsc:
        rows += newsmtsc_figures(path, stance_model())
    if dse:
        nlp = load(registry)
        for path in dse:
            rows += dse_figures(path, relation_model(), nlp)
    return rows
