"""Whom a description means: dated offices, bodies, countries, relatives, and the article itself.

A definite noun phrase is tried in turn as an apposition of a name beside it, as a relation
("his successor"), as an office or body of the registry at the article's date, as a noun of a
body just named, as a country; what is left goes to the ranker of antecedents.
"""

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from kzdash.nlp.antecedents import Candidates, Choice, anaphor_at
from kzdash.nlp.descriptions import (
    DEMONSTRATIVES,
    KIN,
    NOUN_KINDS,
    ORDINALS,
    Description,
    Phrase,
    glued,
    may_be_body,
    phrase_at,
    word_key,
    words_after_of,
)
from kzdash.nlp.discourse import Discourse, Entity, Named, Reference, governed
from kzdash.nlp.kinship import FAMILY, Kinship
from kzdash.nlp.knowledge import REGIONS, RULERS, Knowledge, Period
from kzdash.nlp.naming import Namer

_INDEFINITE = frozenset("a an any every each no some another many several few all most".split())
_PLURAL = frozenset({"NNS", "NNPS"})
_COUNTRIES = frozenset("country nation republic state neighbour".split())
_NEIGHBOURS = frozenset("neighbour neighbouring neighboring neighbor".split())
_PLAIN = frozenset("same whole entire vast huge large own young independent".split())
_GUESTS = frozenset("guest host interlocutor visitor".split())
_HOSTED = 5
_PARTNERS = _GUESTS | frozenset(
    "disciple mentor patron protege protégé protégée pupil teacher tutor".split()
)
_AFTER_APPOSITION = frozenset({",", ".", ")", "–", "—", ";", "-"})
_ENTER = frozenset("arrive come enter invade land occupy send visit withdraw".split())
_NEXT = frozenset({"heir", "predecessor", "successor"})
_SEATED = RULERS | {"president"}
_WITHIN = frozenset("across around over through throughout".split())
_ENTERED = 3.0
_OTHERS = 5.0
_CALLED = 2.0
_MAKING = frozenset("make appoint name elect nominate declare proclaim crown".split())
_FILLING = frozenset({"appoint", "choose", "elect", "nominate", "pick", "select"})
_MADE = frozenset({"dobj", "dative", "nsubjpass"})
_IDIOMS = frozenset({("at", "head")})
#: Nouns that are a place to sit, too, unless they do something.
_SEATS = frozenset({"chair"})
#: Bodies of which a state has one: "Kazakh governments" are nobody in particular.
_SINGLE = frozenset({"government", "parliament", "presidency"})
_POSTS = frozenset("job position post rank title".split())
#: Bodies that need no article.
_BARE = frozenset({"parliament"})
_RECENCY = (2.2, 1.7, 0.7, 0.2, 0.0)

Decide = Callable[[Choice], "Entity | None"]


class TitleReader:
    """Resolves the descriptions of one document.

    Args:
        named: names of the document by their first token.
        decide: chooses among candidates where no rule does.
        period: when the article appeared, for dated offices.
    """

    def __init__(
        self,
        discourse: Discourse,
        namer: Namer,
        named: dict[int, Named],
        knowledge: Knowledge,
        candidates: Candidates,
        decide: Decide,
        period: Period | None,
    ) -> None:
        self.doc = discourse.doc
        self.discourse = discourse
        self.namer = namer
        self.named = named
        self.knowledge = knowledge
        self.candidates = candidates
        self.decide = decide
        self.period = period
        self.kinship = Kinship(discourse, named, knowledge, self._known)

    def describes(self, phrase: Phrase) -> bool:
        """Return whether a phrase may refer to an actor: definite, no predicate, no title part."""
        head = phrase.head
        if not phrase.kinds or phrase.determiner in _INDEFINITE:
            return False
        if head.i in self.namer.introductions.title_tokens or self._before_name(phrase):
            return False
        if glued(self.doc, phrase.start - 1) or glued(self.doc, phrase.end):
            return False
        if phrase.possessor is not None and phrase.possessor.tag_ == "WP$":
            return self._whose(phrase)
        if (head.dep_ == "attr" and not _cleft(head)) or self._body_part(phrase):
            return False
        if _made(head) or ("person" in phrase.kinds and _filled(head)):
            return False
        before = head.head.lower_ if head.dep_ == "pobj" else ""
        if before == "as" or (before, head.lower_) in _IDIOMS:
            return False
        if any(t.dep_ == "nummod" for t in head.lefts) or _are_several(head):
            return False
        if _is_place(phrase):
            return False
        return bool(phrase.determiner) or phrase.possessor is not None or self._bare(phrase)

    def _whose(self, phrase: Phrase) -> bool:
        """Return whether it is known whom "whose president" means: no guess is made."""
        if phrase.description.head in _COUNTRIES:
            owner = self._owner(phrase)
            return owner is not None and owner.country is not None
        known = self._apposed(phrase) or self._related(phrase) or self._in_office(phrase)
        return known is not None

    def _bare(self, phrase: Phrase) -> bool:
        """Return whether a phrase without article is definite ("Kazakh authorities said")."""
        head = phrase.head
        if (head.lower_ in _BARE and phrase.start == head.i) or _are_relatives(phrase):
            return True
        if head.text[:1].isupper() and not head.is_sent_start:
            return head.dep_ in ("nsubj", "nsubjpass") and not head.text.isupper()
        return phrase.start in self.discourse.adjectives

    def _body_part(self, phrase: Phrase) -> bool:
        """Return whether a phrase is part of a body that it names ("the Kremlin press service")."""
        names = (self.named.get(i) for i in range(phrase.start, phrase.head.i))
        named = any(n is not None and n.entity.kind == "organisation" for n in names)
        return named and "person" not in phrase.kinds

    def _before_name(self, phrase: Phrase) -> bool:
        if "person" not in phrase.kinds:
            return False
        after = self.named.get(phrase.end) or self.named.get(phrase.head.i + 1)
        return after is not None and after.entity.kind == "person"

    def meant(self, phrase: Phrase) -> Entity | None:
        """Return the entity that a phrase means, or None."""
        if _are_relatives(phrase):
            owner = self._complement(phrase)
            return self.kinship.family(owner.actor) if owner is not None and owner.actor else None
        owned = phrase.possessor is not None or phrase.complement
        if phrase.description.head in KIN:
            return self._kin(phrase) if owned else self._only_kin(phrase)
        found = self._apposed(phrase) or self._related(phrase) or self._in_office(phrase)
        found = found or self._same_noun(phrase) or self.kinship.only_family(phrase)
        if found is not None:
            return found
        if phrase.description.head in _COUNTRIES:
            return self._country(phrase)
        if phrase.description.head == "side":
            return self._party(phrase.description)
        return self._another(phrase, self._owner(phrase))

    def _party(self, said: Description) -> Entity | None:
        """Return the state that talks or acts as "the Kazakh side"."""
        known = said.country is not None and not said.modifiers
        return (
            self._known(said.country) if known and said.country in self.knowledge.actors else None
        )

    def of_office(self, possessive: Token) -> Entity | None:
        """Return whose spokesman "its spokesman" is: the body that the last sentence was about."""
        previous = self.candidates.previous
        about = previous is not None and previous.actor is not None
        if not about or possessive.lower_ != "its" or not possessive.is_sent_start:
            return None
        person = NOUN_KINDS.get(possessive.head.lower_, frozenset()) == {"person"}
        bodily = previous is not None and previous.kind in ("organisation", "state")
        return previous if person and bodily else None

    def _another(self, phrase: Phrase, owner: Entity | None) -> Entity | None:
        """Return whom the ranker takes a phrase to mean; its owner is another ("his minister")."""
        choice = self.candidates.of(anaphor_at(phrase.head, self.discourse, phrase))
        pairs = zip(choice.entities, choice.features, strict=True)
        kept = [(e, f) for e, f in pairs if e is None or e is not owner]
        return self.decide(Choice(choice.anaphor, [e for e, _ in kept], [f for _, f in kept]))

    def _apposed(self, phrase: Phrase) -> Entity | None:
        """Return whose name stands in apposition with a phrase."""
        doc = self.doc
        if phrase.head.dep_ == "appos" and phrase.start > 1 and not doc[phrase.start - 1].is_alpha:
            before = self.discourse.entity_at.get(phrase.start - 2)
            if before is not None and before.kind in phrase.kinds:
                return before
        return self._name_after(phrase)

    def _name_after(self, phrase: Phrase) -> Entity | None:
        """Return whose name follows a title in commas, perhaps after a body's name in brackets."""
        doc, index, commas = self.doc, phrase.end, 0
        while index < min(phrase.end + 18, len(doc)):
            named = self.named.get(index)
            if named is not None and named.entity.kind == "person":
                ends = named.end >= len(doc) or doc[named.end].text in _AFTER_APPOSITION
                return named.entity if commas and ends and "person" in phrase.kinds else None
            if named is not None:
                if not commas and doc[index - 1].text != "(":
                    return None
                index = named.end
                continue
            if doc[index].text not in (",", "(", ")", "the", "–", "—"):
                return None
            commas += doc[index].text in (",", "–", "—")
            index += 1
        return None

    def _kin(self, phrase: Phrase) -> Entity | None:
        """Resolve "the president's daughter": beside her name, or anyone but the president."""
        head = phrase.head
        beside = self.discourse.entity_at.get(head.head.i) if head.dep_ == "appos" else None
        if beside is not None and beside.kind == "person":
            return beside
        owner = self._owner(phrase) or self._complement(phrase)
        found = (
            self._apposed(phrase) or self._related(phrase) or self.kinship.relative(phrase, owner)
        )
        if found is not None or owner is None:
            return found
        return self._another(phrase, owner)

    def _only_kin(self, phrase: Phrase) -> Entity | None:
        """Return the only such relative named around here ("the nephew"), else the likeliest."""
        found = self._apposed(phrase) or self.kinship.only_relative(phrase)
        return found or self._another(phrase, None)

    def _complement(self, phrase: Phrase) -> Entity | None:
        """Return whom a noun's of-phrase names ("the daughter of Orlov")."""
        parts = [c for of in phrase.head.rights if of.lower_ == "of" for c in of.children]
        named = next((e for c in parts if (e := self.discourse.entity_at.get(c.i))), None)
        if named is not None:
            return named
        phrases = (phrase_at(c, self.knowledge.states) for c in parts if c.dep_ == "pobj")
        return next((self._in_office(p) for p in phrases if p is not None), None)

    def _related(self, phrase: Phrase) -> Entity | None:
        """Resolve "his successor", "Putin's predecessor", "her agency" and "his family"."""
        owner = self._owner(phrase)
        if owner is None or owner.actor is None:
            return None
        head = phrase.description.head
        if head in _NEXT:
            actor = self.knowledge.next_to(owner.actor, head != "predecessor", self.period)
            return self._known(actor) if actor else None
        if owner.kind != "person":
            return None
        if head == "counterpart" or (head == "colleague" and phrase.description.country):
            return self._counterpart(phrase, owner)
        if head in _PARTNERS and phrase.head.tag_ not in _PLURAL:
            return self._partner(phrase, owner)
        if owner.body is not None and owner.body.kind in phrase.kinds:
            return owner.body
        members = phrase.head.lower_ == "members" and "family" in phrase.description.modifiers
        return self.kinship.family(owner.actor) if head in FAMILY or members else None

    def _counterpart(self, phrase: Phrase, owner: Entity) -> Entity | None:
        """Return who has the owner's office in the state said, or among those spoken of here."""
        assert owner.actor is not None
        country = phrase.description.country
        if country is not None:
            known = self.knowledge.in_office(country, self.period)
            found = self.knowledge.counterparts(owner.actor, known, self.period)
            return self._known(found[0]) if found else None
        near = self.discourse.within(self.discourse.sentences[phrase.head.i], 2)
        abroad = [e.actor for e in near if e.actor and e.country not in (None, owner.country)]
        found = self.knowledge.counterparts(owner.actor, abroad, self.period)
        return self._known(found[0]) if len(found) == 1 else None

    def _partner(self, phrase: Phrase, owner: Entity) -> Entity | None:
        """Return the only other person spoken of around here ("he thanked his host").

        Of several, a president's guest is a president.
        """
        near = self.discourse.within(self.discourse.sentences[phrase.head.i], 2)
        others = [e for e in near if e.kind == "person" and e is not owner and not e.plural]
        if len(others) == 1:
            return others[0]
        if owner.actor is None or phrase.description.head not in _GUESTS:
            return None
        lately = self.discourse.within(self.discourse.sentences[phrase.head.i], _HOSTED)
        known = [e.actor for e in lately if e.actor is not None and e is not owner]
        alike = self.knowledge.counterparts(owner.actor, known, self.period)
        return self._known(alike[0]) if len(alike) == 1 else None

    def _owner(self, phrase: Phrase) -> Entity | None:
        """Return the entity that a phrase's possessive refers to, if that was settled.

        "Whose" refers to the noun that its clause describes.
        """
        possessor = phrase.possessor
        if possessor is None:
            return None
        if possessor.tag_ != "WP$":
            return self.discourse.entity_at.get(possessor.i)
        clause = next((t for t in possessor.ancestors if t.dep_ == "relcl"), None)
        return self.discourse.noun(clause.head) if clause is not None else None

    def _known(self, actor: str) -> Entity:
        """Return an actor's entity, with what is known of it at the article's date."""
        known = self.discourse.by_actor.get(actor)
        if known is None:
            known = self.namer.entity(actor)
            known.known += self.knowledge.of(actor, self.period)
        return known

    def _in_office(self, phrase: Phrase) -> Entity | None:
        """Return who holds the office, or which body bears the name, at the article's date.

        Among those of several states, that of a state or holder spoken of lately and that of
        the article's own state come first. Who does something to a government has another one.
        """
        said, ordinal = _without_ordinal(_formerly(phrase.description))
        if not phrase.kinds & {"person", "organisation"}:
            return None
        if said.country is None and phrase.possessor is not None:
            country = self._country_of(self._owner(phrase))
            if country is None:
                return None
            said = replace(said, country=country)
        if said.country is None and ("person" not in phrase.kinds or said.head in _SEATED):
            said = replace(said, country=self._seat(phrase))
        named = self._leader_named(phrase) if "person" not in phrase.kinds else frozenset()
        if named:
            country = self._country_of(self._complement(phrase))
            said = replace(said, modifiers=said.modifiers - named, country=country)
        meant = self.knowledge.bodies(said, phrase.nouns - named)
        if "person" in phrase.kinds and phrase.head.tag_ not in _PLURAL:
            meant = self._holders(said, ordinal, phrase) or meant
        here = self.discourse.sentences[phrase.head.i]
        others = self._acting(phrase.head) if said.country is None else set()
        best, best_worth = None, 2.0
        for actor, country in meant:
            worth = self._office_worth(actor, country, said, here)
            worth -= _OTHERS if country in others else 0.0
            if worth > best_worth:
                best, best_worth = actor, worth
        return self._known(best) if best is not None else None

    def _leader_named(self, phrase: Phrase) -> frozenset[str]:
        """Return the words that name whose body it is ("the government of Viktor Orlov")."""
        leader = self._complement(phrase)
        if leader is None or leader.actor is None or leader.kind != "person":
            return frozenset()
        return words_after_of(phrase.head)

    def _country_of(self, owner: Entity | None) -> str | None:
        """Return whose offices are an owner's: a state's or body's own, or of whom he leads."""
        if owner is None or owner.kind == "state":
            return owner.country if owner is not None else None
        if owner.actor in self.knowledge.places:
            return owner.actor
        return self.knowledge.leads(owner.actor, self.period) if owner.actor else None

    def _holders(
        self, said: Description, ordinal: int | None, phrase: Phrase
    ) -> list[tuple[str, str | None]]:
        """Return who can hold an office that a phrase names, with its country.

        A word for whoever rules ("the dictator") can mean a former holder just spoken of, too.
        """
        held = self.knowledge.holders(said, ordinal, self.period, phrase.nouns)
        if said.head not in RULERS or said.tense or said.country is not None:
            return held
        here = self.discourse.sentences[phrase.head.i]
        former = self.knowledge.holders(
            replace(said, tense="former"), ordinal, self.period, phrase.nouns
        )
        spoken = {e.actor for e in self.discourse.within(here, 1) if e.kind == "person"}
        return held + [pair for pair in former if pair[0] in spoken and pair not in held]

    def _acting(self, head: Token) -> set[str | None]:
        """Return the states that do what is done to a noun ("Borland urged the authorities")."""
        role, verb = governed(head)
        if role not in ("o", "i"):
            return set()
        subjects = (c for c in verb.lefts if c.dep_ == "nsubj")
        entities = (self.discourse.noun(subject) for subject in subjects)
        return {e.country for e in entities if e is not None and e.kind == "state"}

    def _seat(self, phrase: Phrase) -> str | None:
        """Return the state in whose capital a body sits ("the government in Karakent")."""
        for child in phrase.head.rights:
            if child.i == phrase.end and child.lower_ == "in":
                names = (c for c in child.children if c.dep_ == "pobj")
                return next((self.knowledge.states.get(word_key(n.text)) for n in names), None)
        return None

    def _office_worth(self, actor: str, country: str | None, said: Description, here: int) -> float:
        worth = 4.0 if country is not None and country == said.country else 0.0
        worth += 3.0 if country == self.candidates.home else 0.0
        entity = self.discourse.by_actor.get(actor)
        if entity is not None and entity.references:
            ago = here - entity.references[-1].sentence
            recent = 2.0 + 2.0 / (1 + ago) + (2.0 if ago <= 1 else 0.0)
            worth += recent / 2 if entity.kind == "state" else recent
            worth += _CALLED if self._is_called(entity, said) else 0.0
        if country is not None and country in self.discourse.by_actor:
            worth += 0.5 * min(self.discourse.spoken(country, here), 4)
        return worth

    def _is_called(self, entity: Entity, said: Description) -> bool:
        """Return whether the text itself has called somebody so ("Secretary of State X")."""
        assert entity.actor is not None
        registered = self.knowledge.of(entity.actor, self.period)
        words = said.head, said.modifiers
        return any((k.head, k.modifiers) == words for k in entity.known if k not in registered)

    def _same_noun(self, phrase: Phrase) -> Entity | None:
        """Return the body or community just spoken of whose name has a phrase's noun."""
        said, here = phrase.description, self.discourse.sentences[phrase.head.i]
        if not phrase.kinds & {"organisation", "community"}:
            return None
        if phrase.complement or phrase.possessor is not None:
            return None
        fitting = [
            e
            for e in self.discourse.within(here, 3)
            if e.kind in phrase.kinds
            and e.actor is not None
            and any(k.head == said.head and not _contradicts(said, k) for k in e.known)
            and may_be_body(said, e.known, phrase.nouns)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _country(self, phrase: Phrase) -> Entity | None:
        """Return the state that "the country" or "the neighbouring state" means.

        It is the article's own state, or one spoken of more, and more lately, around here; "this
        country" is the last one; a neighbour is not the article's own state; "his country" is
        its owner's. "The republic" is a state that the registry calls so.
        """
        said = phrase.description
        near = said.head in _NEIGHBOURS or bool(said.modifiers & _NEIGHBOURS)
        plain = not said.modifiers - _PLAIN
        region = next((REGIONS[words] for words in REGIONS if words <= said.modifiers), None)
        the_state = said.head == "state" and plain and phrase.determiner == "the"
        if phrase.head.tag_ in _PLURAL or phrase.complement or the_state:
            return None
        if not (plain or near or region is not None):
            return None
        owner = self._owner(phrase)
        if owner is not None and owner.kind == "person" and owner.actor is None:
            return None
        entering = self._entering(phrase.head) if owner is None else set()
        telling = region is not None or said.head == "republic"
        best, best_worth = None, -1.0 if telling else 1.0
        for entity in self._states(phrase):
            if near and owner is not None and entity.country == owner.country:
                continue
            if region is not None and entity.actor not in region:
                continue
            if said.head == "republic" and not _is_republic(entity):
                continue
            worth = self._country_worth(entity, phrase, owner, near)
            worth -= _ENTERED if entity.country in entering else 0.0
            if worth > best_worth:
                best, best_worth = entity, worth
        return best

    def _states(self, phrase: Phrase) -> list[Entity]:
        """Return the states spoken of so far; "the country" may be the text's own before that."""
        found = [e for e in self.discourse.by_actor.values() if e.kind == "state" and e.references]
        home = self.candidates.home
        if home in self.knowledge.actors and phrase.determiner == "the":
            own = self._known(home)
            return found if own in found else [*found, own]
        return found

    def _entering(self, head: Token) -> set[str | None]:
        """Return the states of those who enter "the country" ("Borlandic troops arrived in …")."""
        role, verb = governed(head)
        if role not in ("o", "i") or verb.lemma_ not in _ENTER or head.head.lower_ in _WITHIN:
            return set()
        subjects = [c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")]
        movers = subjects + [c for c in verb.children if c.dep_ == "dobj" and c is not head]
        adjectives = self.discourse.adjectives
        found: set[str | None] = {adjectives.get(t.i) for noun in movers for t in noun.lefts}
        return found | {e.country for noun in movers if (e := self.discourse.noun(noun))}

    def _country_worth(
        self, entity: Entity, phrase: Phrase, owner: Entity | None, near: bool
    ) -> float:
        here = self.discourse.sentences[phrase.head.i]
        last: Reference | None = entity.references[-1] if entity.references else None
        worth = _RECENCY[min(here - last.sentence, 4)] if last is not None else 0.0
        worth += 0.5 * min(self.discourse.spoken(entity.country, here), 3)
        worth += 0.3 * min(self.discourse.spoken(entity.country, here - 1), 3)
        home = entity.country == self.candidates.home
        if near:
            return worth + (0.0 if not home else -9.0 if owner is None else 1.5)
        if owner is not None:
            return worth + (4.0 if entity.country == owner.country else 0.0)
        if phrase.determiner in DEMONSTRATIVES:
            return worth - (1.5 if last is None or last.kind != "name" else 0.0)
        return worth + (2.2 if home else 0.0)


def _without_ordinal(said: Description) -> tuple[Description, int | None]:
    """Return a description without "first", "second", "third", and the number."""
    for word, number in ORDINALS.items():
        if word in said.modifiers:
            return replace(said, modifiers=said.modifiers - {word}), number
    return said, None


def _formerly(said: Description) -> Description:
    """Return a description in which "the old president" is the former one."""
    if "old" not in said.modifiers or said.head not in RULERS | {"president"}:
        return said
    return replace(said, modifiers=said.modifiers - {"old"}, tense=said.tense or "former")


def _is_republic(state: Entity) -> bool:
    """Return whether the registry calls a state a republic ("Republic of Alaria")."""
    return any(k.head == "republic" and not k.modifiers for k in state.known)


def _contradicts(said: Description, known: Description) -> bool:
    return bool(said.country and known.country and said.country != known.country)


def _is_place(phrase: Phrase) -> bool:
    """Return whether a noun says where something is, or which post.

    A chair to sit on, a side of a border, "the post of the Senate speaker".
    """
    head = phrase.head
    if head.lower_ in _SEATS:
        return governed(head)[0] != "s"
    on = head.dep_ == "pobj" and head.head.lower_ == "on"
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in _POSTS:
        return True
    return head.lower_ == "side" and (on or phrase.complement or not phrase.description.country)


def _are_several(head: Token) -> bool:
    """Return whether a noun means more than one body of which a state has one."""
    return head.tag_ in _PLURAL and head.lemma_ in _SINGLE


def _are_relatives(phrase: Phrase) -> bool:
    """Return whether a phrase means somebody's family ("relatives of Orlov")."""
    return phrase.head.lower_ == "relatives" and phrase.complement


def _made(head: Token) -> bool:
    """Return whether a noun is what somebody is made ("whom he made the prime minister")."""
    verb = head.head
    if head.dep_ not in ("dobj", "oprd") or verb.lemma_ not in _MAKING:
        return False
    others = (c for c in verb.children if c.dep_ in _MADE)
    return any(other.i < head.i for other in others)


def _filled(head: Token) -> bool:
    """Return whether a noun is a post to which somebody is appointed ("appoint the governor")."""
    while head.dep_ == "conj":
        head = head.head
    verb = head.head
    moved = any(c.dep_ in ("oprd", "xcomp") or c.lower_ in ("as", "to") for c in verb.rights)
    return head.dep_ == "dobj" and verb.lemma_ in _FILLING and not moved


def _cleft(head: Token) -> bool:
    """Return whether a predicate noun is the focus of a cleft ("it was the president who")."""
    subject = next((c for c in head.head.lefts if c.dep_ in ("nsubj", "expl")), None)
    if subject is None or subject.lower_ != "it":
        return False
    rights = [*head.rights, *head.head.rights]
    rights += [c for other in head.rights if other.dep_ == "appos" for c in other.rights]
    return any(c.dep_ in ("relcl", "ccomp", "acl") for c in rights)
