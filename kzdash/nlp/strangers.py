"""People without a name: "a shopkeeper", whom "he" means before it means an actor."""

from spacy.tokens import Token

from kzdash.nlp import verbs
from kzdash.nlp.descriptions import BYSTANDERS, FEMALE, MALE
from kzdash.nlp.discourse import Discourse, Entity
from kzdash.nlp.grammar import SUBJECTS

_MET = frozenset({"dobj", "dative", "pobj"})
_NAMELESS = frozenset({"anonymity", "anonymous", "anonymously", "named", "identified"})
_FIRST = frozenset({"a", "an", "another", "one"})


def is_introduced(noun: Token) -> bool:
    """Return whether an article says that a noun's bearer was not spoken of before."""
    return any(t.dep_ in ("det", "nummod") and t.lower_ in _FIRST for t in noun.lefts)


def is_one_of(token: Token) -> bool:
    """Return whether a word is a subject such as "one of the deputies"."""
    of_many = any(c.lower_ == "of" and c.i == token.i + 1 for c in token.rights)
    return token.lower_ in ("one", "another") and token.dep_ in SUBJECTS and of_many


def stranger_meant(pronoun: Token, discourse: Discourse) -> Entity | None:
    """Return the stranger that a subject "he" or "she" must mean, where there is one.

    A bystander tells of himself ("a farmer said he had seen nobody"); a stranger who has just
    spoken goes on ("…," he said); and so does a bystander who alone was spoken of.

    Args:
        pronoun: "he" or "she".
        discourse: who has been spoken of before it.
    """
    if pronoun.dep_ not in ("nsubj", "nsubjpass"):
        return None
    verb = pronoun.head
    tells = verb.dep_ == "ccomp" and verb.head.lemma_ in verbs.REPORTING
    first = _subject(verb.head) if tells or verb.dep_ == "conj" else None
    if first is not None and first.i < pronoun.i and _is_bystander(first):
        between = (discourse.entity_at.get(i) for i in range(first.i + 1, pronoun.i))
        if tells or not any(e is not None and e.kind == "person" for e in between):
            return _fitting(pronoun, _stranger(first, discourse))
    return _fitting(pronoun, _going_on(pronoun, discourse))


def _fitting(pronoun: Token, stranger: Entity | None) -> Entity | None:
    """Return a stranger who can be "he", or "she", by his noun and what he was called."""
    if stranger is None:
        return None
    noun = pronoun.doc[stranger.references[0].head].lower_
    other, nouns = ("f", FEMALE) if pronoun.lower_ == "he" else ("m", MALE)
    return None if stranger.gender == other or noun in nouns else stranger


def _going_on(pronoun: Token, discourse: Discourse) -> Entity | None:
    """Return the stranger who was the subject of the sentence before."""
    here = discourse.sentences[pronoun.i]
    span = discourse.sentence_spans[here]
    speaks = pronoun.head.lemma_ in verbs.REPORTING and any(discourse.quotes[span.start : span.end])
    if here == 0 or not (speaks or pronoun.head.i == span.root.i):
        return None
    before = discourse.sentence_spans[here - 1].root
    last = _spoken_of(before, discourse)
    found = _stranger(last, discourse) if last is not None else None
    if found is None or last is None:
        return None
    quotes = discourse.quotes
    others = [e for e in discourse.within(here, 1) if e.kind == "person" and e is not found]
    if any(r.sentence == here and not quotes[r.head] for e in others for r in e.references):
        return None
    if speaks and before.lemma_ in verbs.REPORTING:
        return found
    about_him = last.pos_ == "PRON" or last.dep_ not in SUBJECTS or _is_bystander(last)
    return found if about_him and not others else None


def _spoken_of(verb: Token, discourse: Discourse) -> Token | None:
    """Return whom a sentence was about: its subject, or whom the author met ("I asked a guard")."""
    subject = _subject(verb)
    if subject is None or subject.lower_ not in ("i", "we"):
        return subject
    met = [t for t in verb.subtree if t.dep_ in _MET and is_introduced(t)]
    met = [t for t in met if _stranger(t, discourse) is not None]
    return met[0] if len(met) == 1 else None


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def _is_bystander(noun: Token) -> bool:
    if is_one_of(noun):
        return True
    return is_introduced(noun) and (noun.lower_ in BYSTANDERS or _asks_for_no_name(noun))


def _asks_for_no_name(noun: Token) -> bool:
    """Return whether somebody spoke without a name ("an aide, who asked not to be named")."""
    clauses = (c for c in noun.rights if c.dep_ in ("relcl", "acl"))
    return any(t.lower_ in _NAMELESS for clause in clauses for t in clause.subtree)


def _stranger(word: Token, discourse: Discourse) -> Entity | None:
    """Return the person outside the registry whom a common noun introduced."""
    found = discourse.entity_at.get(word.i)
    if found is None or found.actor is not None or found.kind != "person":
        return None
    goes_on = word.pos_ == "PRON" and found.references[0].kind == "thing"
    return found if goes_on or word.pos_ == "NOUN" or is_one_of(word) else None
