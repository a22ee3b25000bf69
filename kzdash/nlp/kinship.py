"""Relatives and families: whom the registry or the text lets "his nephew" and "the clan" mean."""

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from kzdash.nlp.descriptions import KIN, Phrase, from_words, words_after_of
from kzdash.nlp.discourse import Discourse, Entity, Named
from kzdash.nlp.knowledge import Knowledge

FAMILY = frozenset("family relatives clan kin household".split())
_PLURAL = frozenset({"NNS", "NNPS"})


class Kinship:
    """Relations of blood and marriage among the people of one document.

    Args:
        named: names of the document by their first token.
        known: gives an actor's entity.
    """

    def __init__(
        self,
        discourse: Discourse,
        named: dict[int, Named],
        knowledge: Knowledge,
        known: Callable[[str], Entity],
    ) -> None:
        self.doc = discourse.doc
        self.discourse = discourse
        self.named = named
        self.knowledge = knowledge
        self.known = known

    def owner(self, possessive: Token) -> Entity | None:
        """Return whose relative is named ("his nephew Orlov"), where the registry knows it."""
        noun = next(
            (t for t in self.doc[possessive.i + 1 : possessive.i + 4] if t.lower_ in KIN), None
        )
        if noun is None:
            return None
        named = next((n for i in (1, 2) if (n := self.named.get(noun.i + i)) is not None), None)
        said = from_words(t.text for t in self.doc[possessive.i + 1 : noun.i + 1])
        if named is None or said is None:
            return None
        owners = [
            entity
            for entity in self.discourse.by_actor.values()
            if entity.references
            and named.entity.actor in self.knowledge.relatives(entity.actor or "", said)
        ]
        return owners[0] if len(owners) == 1 else None

    def relative(self, phrase: Phrase, owner: Entity | None) -> Entity | None:
        """Return the relative that the registry gives an owner, of several the one spoken of."""
        if owner is None or owner.actor is None:
            return None
        if phrase.head.tag_ in _PLURAL:
            return None
        said = phrase.description
        said = replace(said, modifiers=said.modifiers - words_after_of(phrase.head))
        known = self.knowledge.relatives(owner.actor, said)
        spoken = [a for a in known if a in self.discourse.by_actor]
        fitting = known if len(known) == 1 else spoken
        return self.known(fitting[0]) if len(fitting) == 1 else None

    def only_relative(self, phrase: Phrase) -> Entity | None:
        """Return the only such relative named around here ("the nephew")."""
        sentences = self.discourse.sentences
        here = sentences[phrase.head.i]
        near = [n for n in self.named.values() if -3 <= sentences[n.start] - here <= 1]
        kin = self.knowledge.all_relatives(phrase.description)
        known = {n.entity for n in near if n.entity.actor in kin}
        return known.pop() if len(known) == 1 else None

    def family(self, person: str) -> Entity | None:
        """Return the family that the registry gives a person."""
        for actor in self.knowledge.actors.values():
            if actor.kind == "community" and person in actor.members:
                return self.known(actor.id)
        return None

    def only_family(self, phrase: Phrase) -> Entity | None:
        """Return the one family of which several are named ("the clan")."""
        said = phrase.description
        if said.head not in FAMILY or said.modifiers or phrase.determiner != "the":
            return None
        plural = phrase.head.tag_ in _PLURAL and said.head != "relatives"
        if phrase.complement or phrase.possessor is not None or plural:
            return None
        named = {n.entity.actor for n in self.named.values()}
        families = [
            actor.id
            for actor in self.knowledge.actors.values()
            if actor.kind == "community" and len(named & set(actor.members)) > 1
        ]
        return self.known(families[0]) if len(families) == 1 else None
