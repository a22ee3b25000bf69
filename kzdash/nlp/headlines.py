"""Verbs of one subject joined by a comma alone in a headline, which has no full stop.

"Serik sacks the mayor, blames Aru": the parser takes the first clause for what the second verb
says or for its subject, or the first verb for part of a name. Both verbs are Serik's: the second
is joined to the first.
"""

from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Span, Token

from kzdash.nlp import verbs

FINITE = frozenset({"VBZ", "VBD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
CLAUSES = frozenset({"ccomp", "nsubj", "csubj"})


def first_verb(second: Token) -> Token | None:
    """Return the verb whose subject a verb after a comma shares, None where it has its own."""
    if second.dep_ != "ROOT" or second.tag_ not in FINITE or second.i == 0:
        return None
    if second.nbor(-1).text != "," or attributes(second):
        return None
    clauses = [c for c in second.lefts if c.dep_ not in {"punct", "advmod"}]
    if len(clauses) != 1 or clauses[0].dep_ not in CLAUSES or clauses[0].tag_ != second.tag_:
        return None
    first = clauses[0]
    has_subject = any(c.dep_ in SUBJECTS and c.tag_ not in {"WP", "WDT"} for c in first.lefts)
    return first if has_subject else None


def attributes(verb: Token) -> bool:
    """Return whether a verb only names the source of what is before it ("…, says Orlov")."""
    rest = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if t.is_alpha]
    named = all(token.pos_ == "PROPN" for token in rest)
    return named and verb.lemma_.lower() in verbs.INSERTED


def join(first: Token, second: Token) -> None:
    """Make the first verb the root and the second one joined to it."""
    for child in list(second.lefts):
        if child != first:
            child.head = first
    for child in second.rights:
        if child.dep_ == "nsubj":
            child.dep_ = "dobj"
    first.head, first.dep_ = first, "ROOT"
    second.head, second.dep_ = first, "conj"


def hidden_verb(second: Token) -> Token | None:
    """Return the verb read as part of a name before a comma ("Serik thanks Aru, blames Oren")."""
    subject = next((c for c in second.lefts if c.dep_ == "nsubj"), None)
    if subject is None or second.dep_ != "ROOT" or second.tag_ != "VBZ":
        return None
    if second.nbor(-1).text != "," or subject.i != second.i - 2:
        return None
    for word in list(subject.subtree)[1:]:
        plural = word.is_lower and word.text.endswith("s") and word.dep_ == "compound"
        if plural and word.i < subject.i and word.nbor(-1).is_title:
            return word
    return None


def reveal(first: Token, second: Token) -> None:
    """Make a word the verb between the names before and after it."""
    target = next(c for c in second.lefts if c.dep_ == "nsubj")
    subject = first.nbor(-1)
    for token in list(target.subtree):
        if token.i < subject.i and token.head.i >= subject.i:
            token.head = subject
        elif first.i < token.i < target.i and token.head.i <= first.i:
            token.head = target
    first.tag_, first.pos_, first.dep_, first.head = "VBZ", "VERB", "ccomp", second
    subject.head, subject.dep_ = first, "nsubj"
    target.head, target.dep_ = first, "dobj"


def is_headline(sentence: Span) -> bool:
    """Return whether a sentence ends in a word, without a full stop."""
    last = next((token for token in reversed(sentence) if not token.is_space), None)
    return last is not None and not last.is_punct


class HeadlineReader:
    """Join the verbs of each headline that share a subject across a comma.

    Args:
        lemmatizer: gives the dictionary form of a word found to be a verb.
    """

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self._lemmatizer = lemmatizer

    def __call__(self, doc: Doc) -> Doc:
        """Mend the parse of a document."""
        for sentence in filter(is_headline, doc.sents):
            self._read(sentence.root)
        return doc

    def _read(self, second: Token) -> None:
        hidden = hidden_verb(second)
        if hidden is not None:
            reveal(hidden, second)
            hidden.lemma_ = self._lemmatizer.lemmatize(hidden)[0]
        first = first_verb(second)
        if first is not None:
            join(first, second)


@Language.factory("headlines")
def make_headlines(nlp: Language, name: str) -> HeadlineReader:
    """Return the component for `Language.add_pipe`."""
    return HeadlineReader(nlp.get_pipe("lemmatizer"))  # type: ignore[arg-type]
