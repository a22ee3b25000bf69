"""The validation figures that the Methods page shows, as one table.

Each row is one figure: which measure, on what data, by which method, which metric, its value
with a 95 % interval over articles, the number of cases, and a note. Methods are the product's
own, the simple baselines beside it, and the annotators' agreement as the ceiling.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kzdash.evaluation.agreement import (
    Counts,
    Metric,
    accuracy,
    confusion,
    correlation_interval,
    expected_calibration_error,
    f1,
    figure,
    macro_f1,
    precision,
    recall,
    share,
)
from kzdash.evaluation.labels import LabelledArticle
from kzdash.evaluation.mentions import MentionLabel, MentionScores, score_mentions
from kzdash.evaluation.outcomes import FrameOutcome, Outcomes, StanceOutcome, VoiceOutcome
from kzdash.schema import KINDS, STANCES

KZDASH = "kzdash"
CEILING = "annotators"


@dataclass(frozen=True)
class FigureRow:
    """One validation figure. ``low`` and ``high`` are NULL where one article is all there is."""

    measure: str
    data: str
    method: str
    metric: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    articles: int
    note: str = ""

    def __str__(self) -> str:
        """Return the figure as a line of a table."""
        value = "–" if self.value is None else f"{self.value:.3f}"
        within = "" if self.low is None else f"{self.low:.3f} to {self.high:.3f}"
        of = f"n = {self.n}" if self.n else ""
        cells = f"{self.measure:9}  {self.data:15}  {self.method:27}  {self.metric:28}  {value:>8}"
        return f"{cells}  {within:14}  {of:10}  {self.note}".rstrip()


SCHEMA = pa.schema(
    [
        pa.field("measure", pa.string(), nullable=False),
        pa.field("data", pa.string(), nullable=False),
        pa.field("method", pa.string(), nullable=False),
        pa.field("metric", pa.string(), nullable=False),
        pa.field("value", pa.float64()),
        pa.field("low", pa.float64()),
        pa.field("high", pa.float64()),
        pa.field("n", pa.int32(), nullable=False),
        pa.field("articles", pa.int32(), nullable=False),
        pa.field("note", pa.string(), nullable=False),
    ]
)

CEILINGS = (
    FigureRow("mentions", "five articles", CEILING, "F1", 0.97, None, None, 0, 5, ""),
    FigureRow("stance", "five articles", CEILING, "kappa", 0.91, None, None, 0, 5, ""),
    FigureRow("voice", "five articles", CEILING, "kappa", 0.99, None, None, 0, 5, ""),
    FigureRow("frames", "five articles", CEILING, "micro-F1", 0.94, None, None, 0, 5, ""),
)
"""Agreement of the two annotators of the five articles, both language models: it says how
consistent the codebook is, not how far people agree (for news stance about kappa 0.74)."""


def write(rows: Iterable[FigureRow], path: Path) -> None:
    """Write figures as a Parquet file with the columns of `FigureRow`."""
    pq.write_table(pa.Table.from_pylist([asdict(row) for row in rows], schema=SCHEMA), path)


def all_figures(data: str, found: Outcomes) -> list[FigureRow]:
    """Return every figure of a set of labelled articles.

    Args:
        data: what the set is called in the product.
        found: the outcomes on it.
    """
    return [
        *mention_figures(data, found),
        *stance_figures(data, found.stances),
        *stance_found_figures(data, found),
        *voice_figures(data, found.voices),
        *frame_figures(data, found.frames),
    ]


def outlets(data: str, articles: Iterable[LabelledArticle]) -> list[FigureRow]:
    """Return of which outlets a set of labelled articles is: a row an outlet, its id as note."""
    counted = Counter(labelled.article.outlet_id for labelled in articles)
    return [
        FigureRow("articles", data, "labels", "articles", float(n), None, None, n, n, outlet)
        for outlet, n in sorted(counted.items())
    ]


def _row(
    measure: str,
    data: str,
    method: str,
    metric: str,
    counts: dict[str, Counts],
    of: Metric,
    n: int,
    note: str = "",
) -> FigureRow:
    made = figure(counts, of, n)
    return FigureRow(
        measure, data, method, metric, made.value, made.low, made.high, made.n, made.articles, note
    )


# ---------------------------------------------------------------- mentions


def mention_figures(data: str, found: Outcomes) -> Iterator[FigureRow]:
    """Yield F1, precision and recall of mentions, whole and by kind, and what goes wrong."""
    labelled = found.mentions_labelled
    required = sum(label.required for label in labelled)
    for method, predicted in (
        (KZDASH, found.mentions_found),
        ("exact names", found.mentions_exact),
    ):
        scores = score_mentions(predicted, labelled)
        counts = _by_article(scores, labelled)
        for name, metric in (("F1", f1), ("precision", precision), ("recall", recall)):
            yield _row("mentions", data, method, name, counts, metric, required)
        if method == KZDASH:
            yield from _kinds(data, scores, labelled)
            yield from _mention_failures(data, scores)


def _by_article(scores: MentionScores, labelled: list[MentionLabel]) -> dict[str, Counts]:
    counts = {label.article: np.zeros(3) for label in labelled}
    for name, score in scores.articles.items():
        counts[name] = np.array([score.found, score.missed, score.spurious], dtype=float)
    return counts


def _kinds(data: str, scores: MentionScores, labelled: list[MentionLabel]) -> Iterator[FigureRow]:
    missed = Counter((label.article, label.kind) for label in scores.missed)
    for kind in KINDS:
        total = Counter(
            label.article for label in labelled if label.required and label.kind == kind
        )
        counts = {
            name: np.array([n - missed[name, kind], missed[name, kind]], dtype=float)
            for name, n in total.items()
        }
        yield _row("mentions", data, KZDASH, f"recall, {kind}s", counts, share, total.total())


def _mention_failures(data: str, scores: MentionScores) -> Iterator[FigureRow]:
    failures = Counter(f"missed {label.kind}" for label in scores.missed)
    failures += Counter(f"wrong {label.kind}" for label in scores.spurious)
    yield from _failures("mentions", data, failures)


def _failures(measure: str, data: str, failures: Counter[str]) -> Iterator[FigureRow]:
    for name, count in failures.most_common():
        yield FigureRow(measure, data, KZDASH, "failures", count, None, None, count, 0, name)


# ---------------------------------------------------------------- stance


def stance_figures(data: str, outcomes: Sequence[StanceOutcome]) -> Iterator[FigureRow]:
    """Yield macro-F1 and accuracy of stance, by kind too, calibration and correlation."""
    methods: dict[str, Callable[[StanceOutcome], int]] = {
        KZDASH: lambda o: o.predicted,
        "VADER": lambda o: o.vader,
        "always neutral": lambda _: 0,
    }
    for method, predict in methods.items():
        counts = _matrices(outcomes, predict)
        for name, metric in (("macro-F1", macro_f1), ("accuracy", accuracy)):
            yield _row("stance", data, method, name, counts, metric, len(outcomes))
        score = _score if method == KZDASH else predict
        pairs = [(_mean_label(own), _mean(map(score, own))) for own in _cells(outcomes).values()]
        yield _correlation(data, method, "Pearson r", pairs, len(counts))
    for kind in KINDS:
        own = [o for o in outcomes if o.kind == kind]
        counts = _matrices(own, methods[KZDASH])
        yield _row("stance", data, KZDASH, f"macro-F1, {kind}s", counts, macro_f1, len(own))
    yield _calibration(data, outcomes)
    wrong = Counter(
        f"{_name(o.label)} taken for {_name(o.predicted)}"
        for o in outcomes
        if o.label != o.predicted
    )
    yield from _failures("stance", data, wrong)


def stance_found_figures(data: str, found: Outcomes) -> Iterator[FigureRow]:
    """Yield the figures of stance as a build has it: of the mentions that it finds itself.

    Labels and accuracy are of those that are labelled, too; the mean of an actor is over all.
    """
    own = found.stances_found
    if not own:
        return
    counts = _matrices(own, lambda o: o.predicted)
    for name, metric in (("macro-F1", macro_f1), ("accuracy", accuracy)):
        yield _row("stance", data, KZDASH, f"{name}{FOUND}", counts, metric, len(own))
    pairs = [
        (_mean_label(cell), _mean(found.scores_found[key]))
        for key, cell in _cells(found.stances).items()
        if key in found.scores_found
    ]
    yield _correlation(data, KZDASH, f"Pearson r{FOUND}", pairs, len(counts))


FOUND = ", mentions found"
"""What the metrics end with that are of the mentions a build finds, not of all labelled ones."""


def _name(stance: int) -> str:
    return STANCES[stance + 1]


def _matrices(
    outcomes: Sequence[StanceOutcome], predict: Callable[[StanceOutcome], int]
) -> dict[str, Counts]:
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for outcome in outcomes:
        pairs[outcome.article].append((outcome.label + 1, predict(outcome) + 1))
    return {name: confusion(found, 3) for name, found in pairs.items()}


MIN_MENTIONS = 5


MIN_MENTIONS = 5
"""Labelled mentions that an actor has in an article for a mean of them."""


def _cells(outcomes: Sequence[StanceOutcome]) -> dict[tuple[str, str], list[StanceOutcome]]:
    """Return the mentions of each actor in each article, where there are enough."""
    cells: dict[tuple[str, str], list[StanceOutcome]] = defaultdict(list)
    for outcome in outcomes:
        cells[outcome.article, outcome.actor].append(outcome)
    return {key: cell for key, cell in cells.items() if len(cell) >= MIN_MENTIONS}


def _score(outcome: StanceOutcome) -> float:
    return outcome.p[2] - outcome.p[0] if outcome.p else outcome.predicted


def _mean_label(outcomes: Iterable[StanceOutcome]) -> float:
    return _mean(outcome.label for outcome in outcomes)


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))


def _correlation(
    data: str, method: str, metric: str, pairs: Sequence[tuple[float, float]], articles: int
) -> FigureRow:
    """Return how far means of labels and of scores go together (Pearson's r)."""
    labels, scores = np.array(pairs, dtype=float).reshape(-1, 2).T
    defined = len(pairs) > 2 and np.std(labels) > 0 and np.std(scores) > 0
    value = float(np.corrcoef(labels, scores)[0, 1]) if defined else None
    low, high = correlation_interval(value, len(pairs)) if value is not None else (None, None)
    note = f"mean stance of an actor in an article, {MIN_MENTIONS} or more mentions"
    return FigureRow("stance", data, method, metric, value, low, high, len(pairs), articles, note)


def _calibration(data: str, outcomes: Sequence[StanceOutcome]) -> FigureRow:
    scored = [outcome for outcome in outcomes if outcome.p]
    p = np.array([outcome.p for outcome in scored], dtype=float).reshape(-1, 3)
    labels = np.array([outcome.label + 1 for outcome in scored], dtype=np.int64)
    value = expected_calibration_error(p, labels)
    articles = len({outcome.article for outcome in scored})
    return FigureRow(
        "stance", data, KZDASH, "expected calibration error", value, None, None, len(scored),
        articles, "ten bins",
    )  # fmt: skip


# ---------------------------------------------------------------- voice


def voice_figures(data: str, outcomes: Sequence[VoiceOutcome]) -> Iterator[FigureRow]:
    """Yield F1 of quoted voice, accuracy of the speaker, and what goes wrong."""
    methods: dict[str, Callable[[VoiceOutcome], bool]] = {
        KZDASH: lambda o: o.predicted == "quoted",
        "quotation marks only": lambda o: o.between_marks,
    }
    quoted = sum(outcome.label == "quoted" for outcome in outcomes)
    for method, predict in methods.items():
        counts: dict[str, Counts] = defaultdict(lambda: np.zeros(3))
        for outcome in outcomes:
            label, predicted = outcome.label == "quoted", predict(outcome)
            counts[outcome.article] += [
                label and predicted,
                label and not predicted,
                predicted and not label,
            ]
        for name, metric in (("F1", f1), ("precision", precision), ("recall", recall)):
            yield _row("voice", data, method, name, counts, metric, quoted)
    yield _speakers(data, outcomes)
    wrong = Counter(
        f"{o.label} taken for {o.predicted}" for o in outcomes if o.label != o.predicted
    )
    yield from _failures("voice", data, wrong)


def _speakers(data: str, outcomes: Sequence[VoiceOutcome]) -> FigureRow:
    counts: dict[str, Counts] = defaultdict(lambda: np.zeros(2))
    judged = [outcome for outcome in outcomes if outcome.right_speaker is not None]
    for outcome in judged:
        counts[outcome.article] += [bool(outcome.right_speaker), not outcome.right_speaker]
    note = "of the mentions that are quoted and found so"
    return _row("voice", data, KZDASH, "speaker accuracy", counts, share, len(judged), note)


# ---------------------------------------------------------------- frames


def frame_figures(data: str, outcomes: Sequence[FrameOutcome]) -> Iterator[FigureRow]:
    """Yield micro-F1 of frames per sentence, F1 of each frame, and the commonest-frame baseline."""
    common = Counter(frame for outcome in outcomes for frame in outcome.label)
    if not common:
        return
    commonest = frozenset({common.most_common(1)[0][0]})
    labelled = common.total()
    methods: dict[str, Callable[[FrameOutcome], frozenset[str]]] = {
        KZDASH: lambda o: o.predicted,
        "always the commonest frame": lambda _: commonest,
    }
    for method, predict in methods.items():
        counts = _frame_counts(outcomes, predict, None)
        for name, metric in (("micro-F1", f1), ("precision", precision), ("recall", recall)):
            yield _row("frames", data, method, name, counts, metric, labelled)
    for frame, n in sorted(common.items()):
        counts = _frame_counts(outcomes, methods[KZDASH], frame)
        yield _row("frames", data, KZDASH, f"F1, {frame}", counts, f1, n)


def _frame_counts(
    outcomes: Sequence[FrameOutcome],
    predict: Callable[[FrameOutcome], frozenset[str]],
    only: str | None,
) -> dict[str, Counts]:
    counts: dict[str, Counts] = defaultdict(lambda: np.zeros(3))
    for outcome in outcomes:
        label, found = outcome.label, predict(outcome) - outcome.optional
        if only is not None:
            label, found = label & {only}, found & {only}
        counts[outcome.article] += [len(label & found), len(label - found), len(found - label)]
    return counts
