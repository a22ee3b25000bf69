"""Frames: which ways of telling the story a sentence uses, by the cues of the registry."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from kzdash.nlp.resources import load_registry
from kzdash.registry import Cue, Registry


class FrameTagger:
    """Mark every frame cue of a document and set the frames of its sentences.

    A cue is a phrase of `frames.toml`, matched on lemmas without regard to case; each match
    becomes a span in ``doc.spans["frames"]`` labelled with its frame.
    """

    def __init__(self, registry: Registry) -> None:
        self._cues: dict[str, list[tuple[list[str], str, Cue]]] = {}
        for frame in registry.frames.values():
            for cue in frame.cues:
                words = cue.text.lower().split()
                self._cues.setdefault(words[0], []).append((words, frame.id, cue))

    def __call__(self, doc: Doc) -> Doc:
        """Set ``sentence._.frames`` and ``doc.spans["frames"]``."""
        found: list[Span] = []
        for sentence in doc.sents if doc.has_annotation("SENT_START") else ():
            if sentence._.scored:
                cues = self._match(sentence)
                sentence._.frames = sorted({cue.label_ for cue in cues})
                found += cues
        doc.spans["frames"] = found
        return doc

    def _match(self, sentence: Span) -> list[Span]:
        lemmas = [token.lemma_.lower() for token in sentence]
        present = set(lemmas)
        return [
            Span(sentence.doc, sentence.start + n, sentence.start + n + len(words), label=frame)
            for n, lemma in enumerate(lemmas)
            for words, frame, cue in self._cues.get(lemma, ())
            if lemmas[n : n + len(words)] == words and _holds(cue, present)
        ]


def _holds(cue: Cue, present: set[str]) -> bool:
    wanted = not cue.with_any or bool(present & {word.lower() for word in cue.with_any})
    return wanted and not present & {word.lower() for word in cue.unless}


@Language.factory("frames", default_config={"registry": None})
def make_frames(nlp: Language, name: str, registry: str | None) -> FrameTagger:
    """Return the component for `Language.add_pipe`."""
    return FrameTagger(load_registry(registry))
