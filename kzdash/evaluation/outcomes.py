"""What the measures make of labelled articles: counts per article, from which figures follow.

Mentions are searched in the bare text. Stance, voice and frames are measured with the labelled
mentions given, so that each figure judges one measure and not the ones before it; stance also of
the mentions that were found, as a build has it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span

from kzdash.evaluation.labels import LabelledArticle, LabelledMention, LabelledSentence
from kzdash.evaluation.mentions import MentionLabel
from kzdash.evaluation.speakers import same_speaker
from kzdash.labels import STANCES
from kzdash.nlp.pipeline import measure, parse
from kzdash.nlp.stance_model import StanceScore
from kzdash.registry import Registry

VADER_NEUTRAL = 0.05
"""VADER's own threshold: a compound score nearer to zero is neutral (Hutto and Gilbert 2014)."""

QUOTED_VOICE = "quoted"
QUOTED = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»“]")


@dataclass(frozen=True, slots=True)
class StanceOutcome:
    """One labelled mention and what each method says of it; stances are -1, 0 or 1."""

    article: str
    actor: str
    kind: str
    voice: str
    label: int
    p: tuple[float, float, float] | None
    predicted: int
    vader: int

    @classmethod
    def of(
        cls,
        article: str,
        actor: str,
        kind: str,
        voice: str,
        label: int,
        score: StanceScore | None,
        vader: int,
    ) -> "StanceOutcome":
        """Return the outcome of a mention with the model's score; without one it is neutral."""
        if score is None:
            return cls(article, actor, kind, voice, label, None, 0, vader)
        p = (score.p_negative, score.p_neutral, score.p_positive)
        predicted = STANCES.index(score.label) - 1
        return cls(article, actor, kind, voice, label, p, predicted, vader)


@dataclass(frozen=True, slots=True)
class VoiceOutcome:
    """One labelled mention's voice, as labelled and as found, and whether the speaker is right.

    ``right_speaker`` is None where the label or the prediction is not quoted, or no speaker
    is labelled.
    """

    article: str
    label: str
    predicted: str
    right_speaker: bool | None
    between_marks: bool


@dataclass(frozen=True, slots=True)
class FrameOutcome:
    """One labelled sentence's frames; optional ones are right with or without."""

    article: str
    label: frozenset[str]
    optional: frozenset[str]
    predicted: frozenset[str]


@dataclass
class Outcomes:
    """All outcomes of a set of labelled articles.

    Of the mentions that were found, ``stances_found`` are those that are labelled, and
    ``scores_found`` has the stance (-1..1) of each, right or wrong, by article and actor.
    """

    mentions_labelled: list[MentionLabel] = field(default_factory=list)
    mentions_found: list[MentionLabel] = field(default_factory=list)
    mentions_exact: list[MentionLabel] = field(default_factory=list)
    stances: list[StanceOutcome] = field(default_factory=list)
    stances_found: list[StanceOutcome] = field(default_factory=list)
    scores_found: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    voices: list[VoiceOutcome] = field(default_factory=list)
    frames: list[FrameOutcome] = field(default_factory=list)


def outcomes(nlp: Language, registry: Registry, articles: Iterable[LabelledArticle]) -> Outcomes:
    """Run every measure over labelled articles and set it beside the labels."""
    result = Outcomes()
    for labelled in articles:
        found = measure(nlp, next(parse(nlp, [labelled.article])))
        _add_mentions(result, registry, labelled, found)
        _add_stances_found(result, labelled, found)
        given = next(parse(nlp, [labelled.article]))
        _give_mentions(given, labelled)
        measure(nlp, given, leave_out={"mentions"})
        _add_measures(result, registry, labelled, given)
    return result


def _add_mentions(
    result: Outcomes, registry: Registry, labelled: LabelledArticle, doc: Doc
) -> None:
    name = labelled.article.article_id
    result.mentions_labelled += [
        MentionLabel(name, m.start, m.end, m.actor, m.kind, m.required) for m in labelled.mentions
    ]
    result.mentions_found += [
        MentionLabel(name, m.start_char, m.end_char, m.label_, m._.kind)
        for m in doc.spans.get("mentions", [])
    ]
    result.mentions_exact += list(exact_names(registry, name, labelled.article.text))


def _add_stances_found(result: Outcomes, labelled: LabelledArticle, doc: Doc) -> None:
    name = labelled.article.article_id
    free: dict[str, list[Span]] = {}
    for span in doc.spans.get("mentions", []):
        free.setdefault(span.label_, []).append(span)
        if span._.stance is not None:
            score = span._.stance.p_positive - span._.stance.p_negative
            result.scores_found.setdefault((name, span.label_), []).append(score)
    for label in labelled.mentions:
        same = free.get(label.actor, [])
        over = (s for s in same if s.start_char < label.end and label.start < s.end_char)
        if (span := next(over, None)) is not None:
            same.remove(span)
            _add_stance(result.stances_found, name, label, span)


def exact_names(registry: Registry, article: str, text: str) -> Iterator[MentionLabel]:
    """Yield the baseline's mentions: names and aliases as they stand in the registry."""
    actors = {
        name: actor.id
        for actor in registry.actors.values()
        for name in (actor.name, *actor.aliases)
    }
    longest_first = sorted(actors, key=len, reverse=True)
    if not longest_first:
        return
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    for match in pattern.finditer(text):
        yield MentionLabel(article, match.start(), match.end(), actors[match[0]], "name")


def _give_mentions(doc: Doc, labelled: LabelledArticle) -> None:
    spans: list[Span] = []
    taken = -1
    for mention in sorted(labelled.mentions, key=lambda m: (m.start, -m.end)):
        span = doc.char_span(
            mention.start, mention.end, label=mention.actor, alignment_mode="expand"
        )
        if span is not None and span.start > taken:
            span._.kind = mention.kind
            spans.append(span)
            taken = span.end - 1
    doc.spans["mentions"] = spans


def _add_measures(
    result: Outcomes, registry: Registry, labelled: LabelledArticle, doc: Doc
) -> None:
    given = {span.start: span for span in doc.spans["mentions"]}
    marks = [match.span() for match in QUOTED.finditer(labelled.article.text)]
    for sentence in labelled.sentences:
        _add_frames(result, labelled, sentence, doc)
        for mention in sentence.mentions:
            where = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            span = given.get(where.start) if where is not None else None
            if span is not None and span.label_ == mention.actor:
                _add_stance(result.stances, labelled.article.article_id, mention, span)
                result.voices += _voice(registry, labelled, mention, span, marks)


def _voice(
    registry: Registry,
    labelled: LabelledArticle,
    label: LabelledMention,
    span: Span,
    marks: list[tuple[int, int]],
) -> Iterator[VoiceOutcome]:
    if label.voice is None:
        return
    right = None
    if label.speaker and label.voice == span._.voice == QUOTED_VOICE:
        right = same_speaker(label.speaker, span._.speaker, registry.actors)
    inside = any(start < label.start and label.end <= end for start, end in marks)
    yield VoiceOutcome(
        labelled.article.article_id, label.voice, span._.voice, right, between_marks=inside
    )


def _add_stance(
    result: list[StanceOutcome], article: str, label: LabelledMention, span: Span
) -> None:
    if label.stance is None:
        return
    vader = sign(span.sent._.sentiment)
    voice = label.voice or "not judged"
    result.append(
        StanceOutcome.of(
            article, label.actor, label.kind, voice, label.stance, span._.stance, vader
        )
    )


def sign(compound: float | None) -> int:
    """Return VADER's label of a compound score: -1, 0 or 1."""
    if compound is None or abs(compound) < VADER_NEUTRAL:
        return 0
    return 1 if compound > 0 else -1


def _add_frames(
    result: Outcomes, labelled: LabelledArticle, sentence: LabelledSentence, doc: Doc
) -> None:
    if sentence.frames is None:
        return
    found: set[str] = set()
    for own in doc.sents:
        if own.start_char < sentence.end and sentence.start < own.end_char:
            found |= set(own._.frames or ())
    result.frames.append(
        FrameOutcome(
            labelled.article.article_id, sentence.frames, sentence.optional, frozenset(found)
        )
    )
