"""Frames: which ways of telling the story a sentence uses.

Cues of the registry's ``frames.toml`` are matched on lemmas; the frames of the shipped model
(`frame_model`) weigh them together with the actors of the sentence, with how the stance network
reads it, and with the article around it, other frames take a sentence when their cues reach 1
(frames in news: Entman 1993; generic frames per sentence: Card et al. 2015).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

import kzdash.nlp.extensions  # noqa: F401
from kzdash.nlp import stance
from kzdash.nlp.descriptions import NOUN_KINDS, glued
from kzdash.nlp.frame_model import Array, FrameModel, SentenceFacts, chosen
from kzdash.nlp.resources import load_registry
from kzdash.registry import Actor, Cue, Registry

#: Sum of cue weights at which a frame without a learned model takes a sentence.
ENOUGH = 1.0
#: A heading of names has at most this many tokens.
HEADING = 10
#: Cues weaker than this are evidence only together with a stronger one.
STRONG = 1.0
#: Before a hyphen, these leave a word its meaning ("ex-premier").
PREFIXES = frozenset(
    "acting anti co counter ex interim mid non post pre pro re self semi sub then under "
    "vice".split()
)


@cache
def shared_model() -> FrameModel:
    """Return the shipped frame model, loaded once a process."""
    return FrameModel.load()


class CueIndex:
    """All cues of a registry, by the lemma they begin with.

    A hyphen is a token of its own, as in the parser: "right-hand man" is four lemmas. In a
    compound a strong cue counts ("oil-rich"), a weak one does not ("long-term").
    """

    def __init__(self, registry: Registry) -> None:
        self._cues: dict[str, list[tuple[tuple[str, ...], str, Cue]]] = {}
        for frame in registry.frames.values():
            for cue in frame.cues:
                words = tuple(cue.text.lower().replace("-", " - ").split())
                self._cues.setdefault(words[0], []).append((words, frame.id, cue))

    def find(self, lemmas: list[str]) -> list[tuple[int, int, str, float]]:
        """Return every cue of a sentence as first lemma, one past the last, frame, weight.

        Within one frame the longest cue wins; a word may cue several frames.
        """
        present: set[str] = set()
        found = []
        for n, lemma in enumerate(lemmas):
            for words, frame, cue in self._cues.get(lemma, ()):
                if len(words) > 1 and tuple(lemmas[n : n + len(words)]) != words:
                    continue
                if cue.unless or cue.with_any:
                    present = present or set(lemmas)
                    if not _holds(cue, present):
                        continue
                found.append((n, n + len(words), frame, cue.weight))
        return _longest(found)


def _holds(cue: Cue, present: set[str]) -> bool:
    wanted = not cue.with_any or any(word.lower() in present for word in cue.with_any)
    return wanted and not any(word.lower() in present for word in cue.unless)


def _longest(found: list[tuple[int, int, str, float]]) -> list[tuple[int, int, str, float]]:
    taken: dict[str, int] = {}
    kept = []
    for start, end, frame, weight in sorted(found, key=lambda cue: (cue[0], -cue[1])):
        if start >= taken.get(frame, 0):
            taken[frame] = end
            kept.append((start, end, frame, weight))
    return kept


def lemmas_of(sentence: Span) -> list[str]:
    """Return the lemmas of a sentence in lower case, the word itself where it has none."""
    return [(token.lemma_ or token.text).lower() for token in sentence]


def in_name(sentence: Span, start: int, end: int) -> bool:
    """Return whether words are part of a proper name that says nothing ("the Alatau Post").

    Names of bodies and offices say what they are ("the Foreign Ministry"), and the model
    learned them. Titles of articles say nothing: there, any word may have a capital.

    Args:
        sentence: the sentence.
        start: first of the words, counted in the sentence.
        end: one past the last of them.
    """
    if sentence.start == 0 or start == 0 or not all(map(_is_capital, sentence[start:end])):
        return False
    first, last = start, end
    while first > 1 and _in_capitals(sentence[first - 1]):
        first -= 1
    while last < len(sentence) and _in_capitals(sentence[last]):
        last += 1
    name = [token for token in sentence[first:last] if _is_capital(token)]
    return len(name) > end - start and not any(token.text.lower() in NOUN_KINDS for token in name)


def in_compound(sentence: Span, start: int, end: int) -> bool:
    """Return whether hyphens bind words to others, of which they are a part alone.

    The "general" of a secretary-general and the "term" of "long-term" are no words of their own.

    Args:
        sentence: the sentence.
        start: first of the words, counted in the sentence.
        end: one past the last of them.
    """
    doc, first, last = sentence.doc, sentence.start + start, sentence.start + end
    before = glued(doc, first - 1) and doc[first - 2].lower_ not in PREFIXES
    return before or (glued(doc, last) and doc[first].lower_ not in PREFIXES)


def _is_capital(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper()


def _in_capitals(token: Token) -> bool:
    return _is_capital(token) or token.text == "of"


def facts_of(
    sentence: Span,
    cues: Iterable[tuple[int, int, str, float]],
    mentions: list[Span],
    actors: dict[str, Actor],
    powers: frozenset[str],
) -> SentenceFacts:
    """Return what the model knows of a sentence, its cues and its mentions.

    Args:
        sentence: the sentence.
        cues: its cues, as from `CueIndex.find`.
        mentions: spans of ``doc.spans["mentions"]`` inside it.
        actors: the registry's actors.
        powers: actors that count as great powers.
    """
    sums: Counter[str] = Counter()
    for _, _, frame, weight in cues:
        sums[frame] += weight  # type: ignore[assignment]
    named: dict[str, set[str]] = {"power": set(), "state": set(), "person": set(), "body": set()}
    pronouns = 0
    for mention in mentions:
        actor = mention.label_
        pronouns += mention._.kind == "pronoun"
        kind: str = actors[actor].kind if actor in actors else "organisation"
        if actor in powers:
            kind = "power"
        named[kind if kind in named else "body"].add(actor)
    return SentenceFacts(
        dict(sums),
        len(named["power"]),
        len(named["state"]),
        len(named["person"]),
        len(named["body"]),
        pronouns,
        len({token.lower_ for token in sentence if token.ent_type_ == "NORP"}),
        len(sentence),
        sentence.start == 0,
        sentence.start > 0 and is_heading(sentence, mentions),
    )


def is_heading(sentence: Span, mentions: Iterable[Span]) -> bool:
    """Return whether a sentence is nothing but names, as a section heading is."""
    if len(sentence) > HEADING:
        return False
    named = {n for mention in mentions for n in range(mention.start, mention.end)}
    rest = [t for t in sentence if t.i not in named and t.text.isalpha() and t.pos_ != "PROPN"]
    return all(token.text.lower() == "and" for token in rest)


class FrameTagger:
    """Set ``sentence._.frames`` and mark the cues in ``doc.spans["frames"]``.

    Each cue that speaks for a frame of its sentence becomes a span labelled with that frame.
    A frame that a sentence has without one, from its meaning or the article around it, has no
    cue.

    Args:
        registry: whose frames are looked for.
        model: the shipped one if None.
        read: gives the state of a sentence that the model was trained on; the shipped stance
            model's if None.
    """

    def __init__(
        self,
        registry: Registry,
        model: FrameModel | None = None,
        read: Callable[[str], Array] | None = None,
    ) -> None:
        self._registry = registry
        self._index = CueIndex(registry)
        self._model = model or shared_model()
        self._read = read
        learned = set(self._model.frames)
        self._columns = [
            (n, frame) for n, frame in enumerate(self._model.frames) if frame in registry.frames
        ]
        self._unlearned = [frame for frame in registry.frames if frame not in learned]

    def __call__(self, doc: Doc) -> Doc:
        """Tag all sentences of a document; those that are not English stay untagged."""
        doc.spans["frames"] = []
        if not doc.has_annotation("SENT_START"):
            return doc
        sentences = [sentence for sentence in doc.sents if sentence._.scored]
        cues = [self._cues(sentence) for sentence in sentences]
        facts = self._facts(doc, sentences, cues)
        taken = chosen(self._model.scores(facts, self._states(sentences)))
        spans: list[Span] = []
        for sentence, found, fact, row in zip(sentences, cues, facts, taken, strict=True):
            frames = {frame for column, frame in self._columns if row[column]}
            frames |= {f for f in self._unlearned if fact.cues.get(f, 0.0) >= ENOUGH}
            sentence._.frames = sorted(frames)
            spans += evidence(sentence, found, frames)
        doc.spans["frames"] = spans
        return doc

    def _states(self, sentences: list[Span]) -> Array | None:
        """Return how the network reads each sentence, None where the model does not ask."""
        if not self._model.state.size or not sentences:
            return None
        read = self._read or stance.shared_model().state
        return np.stack([read(sentence.text.strip()) for sentence in sentences])

    def _cues(self, sentence: Span) -> list[tuple[int, int, str, float]]:
        found = self._index.find(lemmas_of(sentence))
        forms = [token.text.lower() for token in sentence]
        found += [c for c in self._index.find(forms) if c[2] in self._unlearned and c not in found]
        return [c for c in found if self._counts(sentence, c[0], c[1], c[3])]

    @staticmethod
    def _counts(sentence: Span, start: int, end: int, weight: float) -> bool:
        if weight < STRONG and in_compound(sentence, start, end):
            return False
        return not in_name(sentence, start, end)

    def _facts(
        self,
        doc: Doc,
        sentences: list[Span],
        cues: list[list[tuple[int, int, str, float]]],
    ) -> list[SentenceFacts]:
        mentions: dict[int, list[Span]] = {}
        for mention in doc.spans.get("mentions", []):
            mentions.setdefault(mention.sent.start, []).append(mention)
        return [
            facts_of(
                sentence,
                found,
                mentions.get(sentence.start, []),
                self._registry.actors,
                self._model.powers,
            )
            for sentence, found in zip(sentences, cues, strict=True)
        ]


def evidence(
    sentence: Span, cues: Iterable[tuple[int, int, str, float]], frames: set[str]
) -> list[Span]:
    """Return the cues of the sentence's frames as spans, weak ones only where none is strong."""
    own = [cue for cue in cues if cue[2] in frames]
    strong = {frame for _, _, frame, weight in own if weight >= STRONG}
    return [
        Span(sentence.doc, sentence.start + start, sentence.start + end, label=frame)
        for start, end, frame, weight in own
        if weight >= STRONG or frame not in strong
    ]


@Language.factory("frames", default_config={"registry": None})
def make_frames(nlp: Language, name: str, registry: str | None) -> FrameTagger:
    """Return the component for `Language.add_pipe`."""
    return FrameTagger(load_registry(registry))
