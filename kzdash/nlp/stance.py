"""Stance: how each sentence presents each actor it mentions, by the stance model.

`kzdash.nlp.stance_model` scores one (sentence, target) at a time, with the title and the
sentence before; this component asks it about every mention of a document. Mentions of one
actor in one sentence and one voice share a stance (docs/codebook.md): the mean of their
probabilities.
"""

from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from kzdash.nlp.detection import NOT_ENGLISH
from kzdash.nlp.marked_text import contexts
from kzdash.nlp.stance_model import StanceItem, StanceModel, StanceScore

#: Mentions on each side of one that its item names: more than the model reads with it.
NEAR = 100


@cache
def shared_model() -> StanceModel:
    """Return the shipped stance model, loaded once a process."""
    return StanceModel.load()


def items(
    sentence: Span, mentions: list[Span], title: str = "", before: str = ""
) -> list[StanceItem]:
    """Return what the model is asked about each mention: its sentence and where it stands.

    Args:
        sentence: the sentence.
        mentions: its mentions, in text order; one that reaches into the next sentence is cut.
        title: title of the article, "" for the title itself.
        before: the sentence before, unless that is the title.
    """
    text = sentence.text.rstrip()
    shift = sentence.start_char + len(text) - len(text.lstrip())
    text = text.lstrip()
    places = [_within(mention, shift, len(text)) for mention in mentions]
    return [
        StanceItem(
            text,
            *place,
            (*places[max(0, n - NEAR) : n], *places[n + 1 : n + 1 + NEAR]),
            title,
            before,
        )
        for n, place in enumerate(places)
    ]


def _within(mention: Span, shift: int, length: int) -> tuple[int, int]:
    """Return a mention's place in its sentence, cut at the sentence's ends."""
    return max(0, mention.start_char - shift), min(length, mention.end_char - shift)


def contexts_by_sentence(doc: Doc) -> dict[int, tuple[str, str]]:
    """Return title and sentence before of each sentence, by its first token."""
    sentences = list(doc.sents)
    known = contexts([sentence.text.strip() for sentence in sentences])
    return {one.start: context for one, context in zip(sentences, known, strict=True)}


def mentions_by_sentence(doc: Doc) -> Iterator[tuple[Span, list[Span]]]:
    """Yield every sentence that has mentions, with them, in text order."""
    found: dict[int, list[Span]] = {}
    for mention in doc.spans.get("mentions", []):
        found.setdefault(mention.sent.start, []).append(mention)
    for mentions in found.values():
        yield mentions[0].sent, mentions


def questions(doc: Doc) -> Iterator[tuple[Span, StanceItem]]:
    """Yield every mention with what the model is asked about it."""
    known = contexts_by_sentence(doc)
    for sentence, mentions in mentions_by_sentence(doc):
        asked = items(sentence, mentions, *known[sentence.start])
        yield from zip(mentions, asked, strict=True)


class StanceScorer:
    """Set ``stance``, ``stance_reason`` and ``cues`` on every mention.

    ``stance`` is a `StanceScore`, or None where the sentence cannot be scored; then
    ``stance_reason`` says why. ``cues`` are the words that moved the score away from neutral.
    """

    def __init__(self, model: StanceModel | None = None) -> None:
        self._model = model

    @property
    def model(self) -> StanceModel:
        """The model, loaded when first needed."""
        return self._model or shared_model()

    def __call__(self, doc: Doc) -> Doc:
        """Score all mentions of a document."""
        asked: list[tuple[Span, StanceItem]] = []
        for mention, item in questions(doc):
            if mention.sent._.scored:
                asked.append((mention, item))
            else:
                mention._.stance_reason = NOT_ENGLISH
        if asked:
            self._score(asked)
        return doc

    def _score(self, asked: list[tuple[Span, StanceItem]]) -> None:
        scores = self.model.score([one for _, one in asked])
        alike: dict[tuple[int, str, str], list[tuple[Span, StanceItem, StanceScore]]] = {}
        for (mention, one), score in zip(asked, scores, strict=True):
            if score is None:
                mention._.stance_reason = self.model.reason(one)
            else:
                alike.setdefault(shared_by(mention), []).append((mention, one, score))
        for group in alike.values():
            self._share(group)

    def _share(self, group: list[tuple[Span, StanceItem, StanceScore]]) -> None:
        """Give mentions that share a stance their mean, and the words that moved it."""
        shared = mean([score for _, _, score in group])
        cues = None
        if shared.label != "neutral":
            cues = self.model.shared_cues([one for _, one, _ in group])
        for mention, _, _ in group:
            mention._.stance, mention._.cues = shared, cues


def shared_by(mention: Span) -> tuple[int, str, str]:
    """Return what mentions that share a stance have in common: sentence, actor, voice."""
    return mention.sent.start, mention.label_, mention._.voice or ""


def mean(scores: list[StanceScore]) -> StanceScore:
    """Return the mean probabilities of some scores."""
    if len(scores) == 1:
        return scores[0]
    every = [(score.p_negative, score.p_neutral, score.p_positive) for score in scores]
    negative, neutral, positive = (sum(shares) / len(every) for shares in zip(*every, strict=True))
    return StanceScore(negative, neutral, positive, scores[0].weights)


@Language.factory("stance")
def make_stance(nlp: Language, name: str) -> StanceScorer:
    """Return the component for `Language.add_pipe`."""
    return StanceScorer()
