"""Language: which paragraphs are English, and so can be scored.

Short paragraphs (headings, captions) follow their neighbours.
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from kzdash.nlp.detection import is_english, is_latin
from kzdash.nlp.paragraphs import is_break


def paragraphs(doc: Doc) -> Iterator[list[Span]]:
    """Yield the sentences of each paragraph."""
    group: list[Span] = []
    for sentence in doc.sents:
        group.append(sentence)
        if is_break(sentence[-1].text):
            yield group
            group = []
    if group:
        yield group


def settle(verdicts: list[bool | None]) -> list[bool]:
    """Fill undecided verdicts from the paragraph before, else after; all English if none."""
    first = next((verdict for verdict in verdicts if verdict is not None), True)
    settled: list[bool] = []
    for verdict in verdicts:
        before = settled[-1] if settled else first
        settled.append(before if verdict is None else verdict)
    return settled


class LanguageMarker:
    """Set ``scored`` False on the sentences of paragraphs that are not English."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark every sentence of the document."""
        if not doc.has_annotation("SENT_START"):
            return doc
        groups, text = list(paragraphs(doc)), doc.text
        verdicts = settle([is_english(text[g[0].start_char : g[-1].end_char]) for g in groups])
        for group, english in zip(groups, verdicts, strict=True):
            for sentence in group:
                sentence._.scored = english and is_latin(sentence.text)
        return doc


@Language.factory("language")
def make_language(nlp: Language, name: str) -> LanguageMarker:
    """Return the component for `Language.add_pipe`."""
    return LanguageMarker()
