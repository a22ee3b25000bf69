"""The annotations that components leave on a Doc, declared in one place.

Span groups (``doc.spans``), every span with ``label_``:
    mentions: label = actor id, in text order, never overlapping
    quotes: label = "direct" or "indirect"
    frames: label = frame id, one span per cue
    epithets: label = actor id
Attributes:
    doc._.article: `kzdash.schema.Article`
    doc._.relations: list of `Relation`
    doc._.strangers: dict of a pronoun to the word that first spoke of whom it means, a person
        outside the registry (tokens' numbers)
    doc._.terms: dict of (lemma, part of speech) to count
    sentence (Span)._.scored: False where the sentence is not English
    sentence._.sentiment: VADER compound or None; sentence._.frames: list of frame ids
    mention._.kind, .voice, .speaker, .role, .sentiment, .stance (StanceScore or None),
        .stance_reason, .cues
    quote._.speaker_actor, .speaker_surface, .verb, .verb_class
    epithet._.relation, .valence, .voice

A span attribute belongs to (start, end) of the text, not to a group: two components must
not use one attribute name for two things.
"""

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span

from kzdash.schema import Voice


@dataclass(frozen=True)
class Relation:
    """An actor-to-actor relation; ``evidence`` is the linking verb or noun."""

    source: str
    target: str
    label: str
    score: float
    evidence: Span
    voice: Voice = "own"


_DOC: dict[str, Any] = {"article": None, "relations": None, "strangers": None, "terms": None}
_SPAN: dict[str, Any] = {
    "scored": True, "frames": None, "sentiment": None, "kind": None, "voice": "own",
    "speaker": None, "role": "other", "stance": None, "stance_reason": None, "cues": None,
    "speaker_actor": None, "speaker_surface": None, "verb": None, "verb_class": None,
    "relation": None, "valence": None,
}  # fmt: skip


def register() -> None:
    """Declare all attributes; safe to call again."""
    for owner, names in ((Doc, _DOC), (Span, _SPAN)):
        for name, default in names.items():
            if not owner.has_extension(name):
                owner.set_extension(name, default=default)


register()
