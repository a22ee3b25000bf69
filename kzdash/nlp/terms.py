"""Terms: the content words of an article, for the vocabulary contrast between outlets.

Counted are lemmas of nouns, adjectives, verbs and adverbs in lower case. Names are left out:
words inside mentions of actors and inside named entities say who is written about, not how.
"""

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc, Span

CONTENT = frozenset({"NOUN", "ADJ", "VERB", "ADV"})
NAME_ENTITIES = frozenset(
    "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LANGUAGE DATE TIME PERCENT MONEY "
    "QUANTITY ORDINAL CARDINAL".split()
)
MIN_LETTERS = 2


def terms(doc: Doc) -> dict[tuple[str, str], int]:
    """Return how often each content lemma stands in the document.

    Returns:
        Count by (lemma, part of speech), in alphabetical order. Sentences that are not
        scored for their language are left out.
    """
    named = {token.i for mention in doc.spans.get("mentions", []) for token in mention}
    counts: Counter[tuple[str, str]] = Counter()
    for sentence in _sentences(doc):
        for token in sentence:
            if token.pos_ not in CONTENT or not token.is_alpha or token.is_stop:
                continue
            if token.i in named or token.ent_type_ in NAME_ENTITIES:
                continue
            lemma = token.lemma_.lower()
            if len(lemma) >= MIN_LETTERS:
                counts[lemma, token.pos_] += 1
    return dict(sorted(counts.items()))


def _sentences(doc: Doc) -> list[Span]:
    return [sentence for sentence in doc.sents if sentence._.scored]


class TermCounter:
    """Set ``doc._.terms``."""

    def __call__(self, doc: Doc) -> Doc:
        """Count the terms of the document."""
        doc._.terms = terms(doc) if doc.has_annotation("SENT_START") else {}
        return doc


@Language.factory("terms")
def make_terms(nlp: Language, name: str) -> TermCounter:
    """Return the component for `Language.add_pipe`."""
    return TermCounter()
