"""Whom a text introduces: titles before names, and people and bodies outside the registry.

Those outside are never mentions, but pronouns and titles may mean them.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kzdash.nlp.descriptions import FEMALE, FORMER, HYPHENS, KIN, MALE, NOUN_KINDS, from_words
from kzdash.nlp.discourse import Discourse, Entity, Named
from kzdash.nlp.knowledge import Knowledge
from kzdash.nlp.names import is_capital
from kzdash.nlp.spelling import letters, translit_key

HONORIFICS = frozenset("mr mrs ms miss sir madam dr prof".split())
GENDERS = {"mr": "m", "sir": "m", "mrs": "f", "ms": "f", "miss": "f", "madam": "f"}
_TITLE_LINKS = frozenset("of for the and 's ’s & - to at on in".split())
MORE_TITLES = frozenset(
    """vice first deputy acting special secretary state foreign prime defence defense security
    national presidential general interior finance energy justice press affairs senior chief
    opposition human rights party government us u.s. uk eu un""".split()
)
NOT_GIVEN = frozenset(
    "the a an and but or if when while as in on at by for with from to of that this it he she "
    "his her their its they we i you what why how who where which is was were are has had did "
    "does will would can could may might must after before since until despite unlike like "
    "although because so yet then now today yesterday tomorrow meanwhile however not no both "
    "either neither even only also january february march april june july august september "
    "october november december monday tuesday wednesday thursday friday saturday sunday "
    "exclusive breaking analysis opinion photo video watch read explainer".split()
)
_TITLE_WORDS = MORE_TITLES | FORMER | HONORIFICS | NOUN_KINDS.keys()
_POSSESSIVES = frozenset({"'s", "’s"})
_WOMENS = ("ova", "eva", "skaya", "kyzy", "qyzy")
_MENS = ("ov", "ev", "skiy", "sky", "uly")
_OUTSIDE = {"PERSON": "person", "ORG": "organisation", "GPE": "state", "NORP": "community"}


class Introductions:
    """Those whom one document has named so far, and what their titles say of them.

    Args:
        knowledge: what the registry says: the words of its states, and its bodies.

    Attributes:
        by_name: full or family name (folded) to the entity that it means here.
        title_tokens: tokens that are part of a title before a name.
        bodies: last token of an organisation's name to its entity.
    """

    def __init__(self, discourse: Discourse, knowledge: Knowledge) -> None:
        self.doc = discourse.doc
        self.discourse = discourse
        self.knowledge = knowledge
        self.adjectives = knowledge.states
        self.adjective_at = discourse.adjectives
        self.by_name: dict[str, Entity] = {}
        self.title_tokens: set[int] = set()
        self.bodies: dict[int, Entity] = {}

    def word(self, index: int) -> str:
        """Return a token's letters in lower case, "" before the first token."""
        return letters(self.doc[index].text).casefold() if index >= 0 else ""

    def outsiders(self, start: int, end: int) -> Iterator[Named]:
        """Yield the people and bodies between two tokens that the registry does not know."""
        index = start
        while index < end:
            token = self.doc[index]
            if token.i in self.adjective_at or not is_capital(token):
                index += 1
                continue
            kind = _OUTSIDE.get(token.ent_type_)
            stop = self._entity_end(index, end) if kind else self._introduced_end(index, end)
            if stop == index and self._is_known(token):
                stop, kind = index + 1, "person"
            if stop == index:
                index += 1
                continue
            found = self._outside_name(index, stop, kind or "person")
            if found is not None:
                yield found
            index = stop

    def _entity_end(self, start: int, end: int) -> int:
        """Return where the entity that spaCy names at a token ends."""
        stop = start + 1
        while (
            stop < end
            and self.doc[stop].ent_iob_ == "I"
            and self.doc[stop].ent_type_ == self.doc[start].ent_type_
            and self.doc[stop].i not in self.adjective_at
        ):
            stop += 1
        return stop

    def _introduced_end(self, start: int, end: int) -> int:
        """Return where a full name ends that spaCy misses, but its noun introduces as a person's.

        That is an apposition or predicate ("Azamat Beken, director of …") or a title before it;
        elsewhere it is the start.
        """
        stop = start
        while stop < end and self._is_name_part(self.doc[stop]):
            if stop > start and self.doc[stop].is_sent_start:
                break
            stop += 1
        if stop - start < 2:
            return start
        last = self.doc[stop - 1]
        nouns = [c for c in last.children if c.dep_ == "appos" and c.i >= stop]
        if last.dep_ in ("nsubj", "nsubjpass"):
            nouns += [c for c in last.head.children if c.dep_ == "attr"]
        nouns += [self.doc[start - 1]] if start and self.doc[start - 1].dep_ == "compound" else []
        return stop if any("person" in NOUN_KINDS.get(n.lower_, ()) for n in nouns) else start

    def _is_known(self, token: Token) -> bool:
        """Return whether a word is the family name of somebody outside named before."""
        if token.ent_type_ or token.text.isupper():
            return False
        known = self.by_name.get(translit_key(letters(token.text)))
        return known is not None and known.actor is None and known.kind == "person"

    def _is_name_part(self, token: Token) -> bool:
        if token.pos_ != "PROPN" or token.ent_type_ or not is_capital(token):
            return False
        return token.i not in self.adjective_at and token.lower_ not in NOUN_KINDS

    def _outside_name(self, start: int, end: int, kind: str) -> Named | None:
        doc = self.doc
        while start < end and (
            letters(doc[start].text).casefold() in MORE_TITLES | HONORIFICS | NOT_GIVEN
            or letters(doc[start].text).casefold() in NOUN_KINDS
            or doc[start].lower_ in _POSSESSIVES
            or doc[start].text in HYPHENS
        ):
            start += 1
        while end > start and not letters(doc[end - 1].text):
            end -= 1
        if start >= end or not is_capital(doc[end - 1]):
            return None
        if kind == "organisation" and self._is_body(start, end):
            return None
        if kind == "person" and self._names_a_thing(end):
            return None
        if doc[end - 1].lower_ in _POSSESSIVES:
            end -= 1
        last = translit_key(letters(doc[end - 1].text))
        return self.outsider(start, end, kind, last)

    def _names_a_thing(self, end: int) -> bool:
        """Return whether a thing is called after the bearer of a name ("the Nevsky medal")."""
        name = self.doc[end - 1]
        noun = name.head
        called = name.dep_ in ("compound", "nmod") and noun.i >= end and noun.pos_ == "NOUN"
        return called and "person" not in NOUN_KINDS.get(noun.lower_, ())

    def _is_body(self, start: int, end: int) -> bool:
        """Return whether a name is the title of a body ("the Anti-Corruption Agency")."""
        words = [letters(t.text) for t in self.doc[start:end] if not t.is_punct]
        said = from_words(words, adjectives=self.adjectives)
        return said is not None and bool(self.knowledge.bodies(said, said.modifiers))

    def outsider(self, start: int, end: int, kind: str, key: str) -> Named:
        """Return a name of somebody outside; ``key`` is the folded last part of it."""
        name = " ".join(letters(t.text) for t in self.doc[start:end])
        entity = self.by_name.get(name.casefold())
        if entity is None and end - start == 1:
            entity = self.by_name.get(key)
            if entity is not None and entity.actor is not None:
                entity = None
        if entity is None:
            entity = self.discourse.add(Entity(None, kind, family=key))
        self.by_name[name.casefold()] = entity
        self.by_name[key] = entity
        if kind == "person":
            self.titles_before(start, entity)
            entity.gender = entity.gender or gender_of(self.word(end - 1))
        return Named(start, end, entity, "outsider")

    def titles_before(self, start: int, entity: Entity) -> None:
        """Keep what the title directly before a name says of its bearer.

        What is before "of" or "and" is somebody else's ("the daughter of Orlov").
        """
        doc, index = self.doc, self._title_start(start)
        if index == start:
            return
        last = next((self.word(i) for i in range(start - 1, index - 1, -1) if self.word(i)), "")
        kinds = NOUN_KINDS.get(last, frozenset({"person"}))
        if "person" not in kinds and doc[start - 1].text.islower():
            return
        self.title_tokens.update(range(index, start))
        for token_index in range(index, start):
            entity.body = self.bodies.get(token_index, entity.body)
        entity.gender = entity.gender or _gender_in(last, self.word(start - 1))
        said = from_words([letters(t.text) for t in doc[index:start]], adjectives=self.adjectives)
        if said is not None and said.head not in HONORIFICS:
            entity.known.append(said)

    def _title_start(self, start: int) -> int:
        """Return where the title directly before a name starts, or the name's start."""
        doc, index = self.doc, start
        if start and doc[start - 1].lower_ in _TITLE_LINKS:
            return start
        while index > 0 and start - index < 12:
            token = doc[index - 1]
            quoted = index == start and token.text in ("”", '"', "’", "'")
            if not quoted and not self._in_title(token):
                break
            if token.lower_ in KIN and doc[index].lower_ == "of":
                break
            index -= 1
        while index < start and (doc[index].lower_ in _TITLE_LINKS or not letters(doc[index].text)):
            index += 1
        return index

    def _in_title(self, token: Token) -> bool:
        """Return whether a word can be part of a title before a name."""
        if token.is_space or (token.is_punct and token.text not in HYPHENS):
            return False
        word = letters(token.text).casefold()
        if not word or token.lower_ in _TITLE_LINKS or word in _TITLE_WORDS:
            return True
        if word in self.adjectives or token.i in self.adjective_at:
            return True
        if token.dep_ == "compound" and token.pos_ != "VERB":
            return True
        return is_capital(token) and token.pos_ == "PROPN" and not token.is_sent_start


def _gender_in(*titles: str) -> str | None:
    """Return what a title says of the gender of its bearer ("Mrs", "chairwoman")."""
    for word in titles:
        if word in GENDERS:
            return GENDERS[word]
        if word in FEMALE or word in MALE:
            return "f" if word in FEMALE else "m"
    return None


def gender_of(family: str) -> str | None:
    """Return what the ending of a Russian or Central Asian family name says of its bearer."""
    if family.endswith(_WOMENS):
        return "f"
    return "m" if family.endswith(_MENS) else None
