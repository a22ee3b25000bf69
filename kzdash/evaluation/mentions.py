"""Predicted mentions against labelled ones: precision, recall and F1, whole and by kind.

A prediction is right when it names the labelled actor and its span overlaps the labelled span.
Labels that only one annotator gave are optional: to find them or not counts neither way.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kzdash.schema import KINDS


@dataclass(frozen=True, slots=True)
class MentionLabel:
    """One mention: where it stands, whom it means, how.

    ``article`` names the text; ``start`` and ``end`` count its characters, end exclusive.
    ``required`` is False where the mention may be found or not.
    """

    article: str
    start: int
    end: int
    actor: str
    kind: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """How many mentions were found, missed and wrongly made."""

    found: int
    missed: int
    spurious: int

    @property
    def precision(self) -> float | None:
        """Share of predictions that are right; None where there are none."""
        return _share(self.found, self.found + self.spurious)

    @property
    def recall(self) -> float | None:
        """Share of required labels that were found; None where there are none."""
        return _share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where both are undefined."""
        return _share(2 * self.found, 2 * self.found + self.missed + self.spurious)


@dataclass(frozen=True, slots=True)
class MentionScores:
    """Scores over all mentions, for each kind and for each article, and what went wrong.

    In ``kinds`` found and missed go by the label's kind, spurious by the prediction's.
    """

    overall: Score
    kinds: dict[str, Score]
    articles: dict[str, Score]
    missed: list[MentionLabel] = field(default_factory=list)
    spurious: list[MentionLabel] = field(default_factory=list)


def score_mentions(
    predicted: Iterable[MentionLabel], labelled: Iterable[MentionLabel]
) -> MentionScores:
    """Score predicted mentions against labelled ones.

    Each label is matched to at most one prediction and each prediction to at most one label;
    required labels are matched before optional ones.

    Args:
        predicted: mentions as found; their ``required`` is not looked at.
        labelled: mentions as labelled, of the same articles.
    """
    open_by_actor: dict[tuple[str, str], list[MentionLabel]] = {}
    for mention in sorted(predicted, key=lambda m: (m.article, m.start)):
        open_by_actor.setdefault((mention.article, mention.actor), []).append(mention)
    found: list[MentionLabel] = []
    missed: list[MentionLabel] = []
    for label in sorted(labelled, key=lambda m: (not m.required, m.article, m.start)):
        match = _take_overlapping(open_by_actor.get((label.article, label.actor), []), label)
        if label.required:
            (missed if match is None else found).append(label)
    spurious = [mention for rest in open_by_actor.values() for mention in rest]
    articles = sorted({m.article for group in (found, missed, spurious) for m in group})
    return MentionScores(
        overall=Score(len(found), len(missed), len(spurious)),
        kinds=_by("kind", KINDS, found, missed, spurious),
        articles=_by("article", articles, found, missed, spurious),
        missed=missed,
        spurious=spurious,
    )


def _take_overlapping(mentions: list[MentionLabel], label: MentionLabel) -> MentionLabel | None:
    for index, mention in enumerate(mentions):
        if mention.start < label.end and label.start < mention.end:
            return mentions.pop(index)
    return None


def _by(attribute: str, values: Iterable[str], *groups: list[MentionLabel]) -> dict[str, Score]:
    counts = [Counter(getattr(mention, attribute) for mention in group) for group in groups]
    return {value: Score(*(count[value] for count in counts)) for value in values}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
