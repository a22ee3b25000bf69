"""Words that pick from a list: "the latter", "the former", "the first", "the second"."""

from spacy.tokens import Token

from kzdash.nlp.descriptions import NOUN_KINDS
from kzdash.nlp.discourse import Discourse, Entity, Reference

_ORDINALS = {"first": 0, "second": 1, "third": 2}
_PAIRED = {"former": 0, "latter": -1}
_AFTER_PAIRED = frozenset(
    "'s ’s for with to in on at by from as while and or but who whose whom also himself".split()
)
_NAMED = frozenset({"name", "title", "metonym", "outsider"})


def is_listing(token: Token) -> bool:
    """Return whether a word may pick from a list, by its form."""
    return token.lower_ in _ORDINALS or token.lower_ in _PAIRED


def listed_entity(token: Token, discourse: Discourse) -> Entity | None:
    """Return the entity that "the latter" or "the second" picks, or None.

    Such a word stands without a noun; the list is the people (or else the states and bodies)
    named in this sentence, or in one of the two before; in this one possessives count, too.
    """
    if not token.i or token.nbor(-1).lower_ != "the" or not _stands_alone(token):
        return None
    if _is_thing(token):
        return None
    place = _PAIRED.get(token.lower_, _ORDINALS.get(token.lower_, 0))
    least = 2 if token.lower_ in _PAIRED else max(place + 1, 2)
    listed = _list_before(token, discourse, least)
    return listed[place] if listed else None


def _is_thing(token: Token) -> bool:
    """Return whether it is said to be what no actor is ("the second is opacity")."""
    nouns = [c for c in token.head.rights if c.dep_ == "attr" and c.pos_ == "NOUN"]
    return token.dep_ == "nsubj" and any(noun.lower_ not in NOUN_KINDS for noun in nouns)


def _stands_alone(token: Token) -> bool:
    doc = token.doc
    if token.i + 1 >= len(doc):
        return True
    after = doc[token.i + 1]
    if after.text in ("-", "‐", "‑"):
        return False
    if after.lower_ == "and":
        following = [t.lower_ for t in doc[after.i + 1 : after.i + 3]]
        return following in (["the", "latter"], ["the", "second"], ["the", "former"])
    if after.pos_ in ("VERB", "AUX", "PUNCT") or after.lower_ in ("'s", "’s"):
        return True
    return token.lower_ in _PAIRED and after.lower_ in _AFTER_PAIRED


def _list_before(token: Token, discourse: Discourse, least: int) -> list[Entity]:
    sentence = discourse.sentences[token.i]
    recent = [
        r
        for e in discourse.within(sentence, 3)
        for r in e.references[-12:]
        if r.start < token.i and (r.kind in _NAMED or _owns(r, token))
    ]
    recent.sort(key=lambda r: r.start)
    for kinds in (("person",), ("state", "organisation")):
        for number in range(sentence, sentence - 3, -1):
            there = [r.entity for r in recent if r.sentence == number]
            ordered = list(dict.fromkeys(e for e in there if e.kind in kinds))
            if len(ordered) >= least:
                return ordered
    return []


def _owns(reference: Reference, token: Token) -> bool:
    """Return whether a reference is a possessive before a word ("her sister X and the latter")."""
    possessive = token.doc[reference.start]
    return possessive.tag_ == "PRP$" and possessive.sent == token.sent
