"""Mentions: every name, metonym, title and pronoun that refers to an actor of the registry.

Names come first (`names`, `naming`, `metonyms`); then the text is read in order, and each
pronoun and definite description is given to the entity that it most likely means
(`descriptions`, `knowledge`, `antecedents`), people outside the registry included, so that
what is said of them is not given to an actor.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

import kzdash.nlp.extensions  # noqa: F401
from kzdash.nlp.antecedents import PRONOUNS, Anaphor, Candidates, Choice, Ranker, anaphor_at
from kzdash.nlp.descriptions import (
    DEMONSTRATIVES, NOUN_KINDS, ORDINALS, Description, Phrase, phrase_at,
)  # fmt: skip
from kzdash.nlp.discourse import Discourse, Entity
from kzdash.nlp.knowledge import REGIONS, Knowledge, Period, period_of
from kzdash.nlp.metonyms import acts_as_government
from kzdash.nlp.names import NameIndex
from kzdash.nlp.naming import Named, Namer
from kzdash.nlp.resources import load_registry
from kzdash.paths import MODELS
from kzdash.registry import Registry

_WEIGHTS = MODELS / "mentions" / "weights.json"
_INDEFINITE = frozenset("a an any every each no some another many several few all most".split())
_LISTED = {"first": 0, "second": 1, "third": 2}
_AFTER_LISTED = frozenset(
    """'s ’s for with to in on at by from as while and or but who whose whom still also already soon
    then now never always only simply merely himself herself itself had""".split()
)
_PAIRED = {"former": 0, "latter": -1}
_SKIPPED_ENTITIES = frozenset("DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL".split())
_COUNTRIES = frozenset("country nation republic state neighbour neighbors neighbours".split())
_NEIGHBOURS = frozenset("neighbour neighbouring neighboring neighbor".split())
_PLAIN = frozenset("same whole entire vast huge large own young independent".split())
_FAMILY = frozenset("family relatives clan kin household".split())

Oracle = Callable[[Choice], "Entity | None"]


@dataclass(slots=True)
class Found:
    """One mention: tokens, actor, kind."""

    start: int
    end: int
    actor: str
    kind: str


class MentionFinder:
    """Mark every mention of an actor in ``doc.spans["mentions"]``.

    Each span's label is the actor's id and its ``_.kind`` one of name, metonym, title and
    pronoun; spans stand in text order and never overlap. Offices are read at the date
    of ``doc._.article``.

    Args:
        registry: whose actors are looked for.
        ranker: chooses antecedents; the shipped one if None.
    """

    def __init__(self, registry: Registry, ranker: Ranker | None = None) -> None:
        self.registry = registry
        self.index = NameIndex(registry)
        self.knowledge = Knowledge(registry)
        self.ranker = ranker or Ranker.load(_WEIGHTS)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc and return it."""
        article = doc._.article
        found = self.find(doc, article.published if article is not None else None)
        spans = []
        for mention in found:
            span = Span(doc, mention.start, mention.end, label=mention.actor)
            span._.kind = mention.kind
            spans.append(span)
        doc.spans["mentions"] = spans
        return doc

    def find(
        self, doc: Doc, published: str | None = None, oracle: Oracle | None = None
    ) -> list[Found]:
        """Return the mentions of a Doc, in text order.

        Args:
            doc: tagged, parsed and with entities; without them only names are found.
            published: ISO date of the article, for dated offices.
            oracle: decides instead of the ranker (for training).
        """
        reading = _Reading(self, doc, period_of(published), oracle or self.ranker.best)
        return reading.mentions() if len(doc) else []


class _Reading:
    """One document read from start to end."""

    def __init__(
        self, finder: MentionFinder, doc: Doc, period: Period | None, decide: Oracle
    ) -> None:
        self.doc = doc
        self.decide = decide
        self.period = period
        self.knowledge = finder.knowledge
        self.states = finder.knowledge.states
        self.discourse = Discourse(doc)
        self.namer = Namer(doc, self.discourse, finder.registry.actors, self.states)
        self.named = self._names(finder.index)
        self.candidates = Candidates(self.discourse)
        self.countries: set[str] = set()
        self.found: list[Found] = []
        self.things: dict[str, Entity] = {}
        self.parsed = doc.has_annotation("DEP") and doc.has_annotation("TAG")
        self.covered_to = 0
        self.at = 0

    def _names(self, index: NameIndex) -> dict[int, Named]:
        named = self.namer.name(index.find(self.doc))
        for entity in self.discourse.by_actor.values():
            if entity.actor is not None:
                entity.known += self.knowledge.of(entity.actor, self.period)
        return {
            n.start: n
            for n in named
            if n.kind != "metonym" or acts_as_government(self.doc, n.start, n.end)
        }

    def mentions(self) -> list[Found]:
        """Read every sentence and return what was found."""
        self._find_home()
        for number, sentence in enumerate(self.discourse.sentence_spans):
            self._read(sentence, number)
        return sorted(self.found, key=lambda m: m.start)

    def _find_home(self) -> None:
        counts: dict[str, int] = {}
        for named in self.named.values():
            country = named.entity.country
            if country is not None:
                self.countries.add(country)
                weight = 3 if named.entity.kind == "state" else 1
                counts[country] = counts.get(country, 0) + weight
        self.candidates.home = max(counts, key=lambda c: counts[c], default=None)

    def _read(self, sentence: Span, number: int) -> None:
        here = [n for i in range(sentence.start, sentence.end) if (n := self.named.get(i))]
        self.discourse.upcoming = [
            self.discourse.reference(n.entity, n.start, n.end, n.kind) for n in here
        ]
        for reference in self.discourse.upcoming:
            self.discourse.mark(reference)
        self._note_heading(sentence, here)
        index = sentence.start
        while index < sentence.end:
            named = self.named.get(index)
            if named is not None:
                self._take_name(named)
                index = named.end
                continue
            if self.parsed:
                self._take_token(self.doc[index])
            index += 1
        if self.parsed:
            self.candidates.previous = self.discourse.subject(sentence.root)

    def _note_heading(self, sentence: Span, here: list[Named]) -> None:
        if len(here) == 1 and here[0].end - here[0].start >= len(sentence.text.split()):
            self.candidates.section = here[0].entity

    def _take_name(self, named: Named) -> None:
        reference = next(r for r in self.discourse.upcoming if r.start == named.start)
        self.discourse.upcoming.remove(reference)
        self.discourse.record(reference)
        self._learn(named)
        if named.entity.actor is not None and named.start >= self.covered_to:
            self.found.append(Found(named.start, named.end, named.entity.actor, named.kind))

    def _learn(self, named: Named) -> None:
        """Keep appositions and predicates of a name as descriptions of its entity."""
        if not self.parsed or named.entity.kind not in ("person", "organisation"):
            return
        for index in range(named.start, named.end):
            token = self.doc[index]
            nouns = [c for c in token.children if c.dep_ == "appos"]
            if token.dep_ in ("nsubj", "nsubjpass"):
                nouns += [c for c in token.head.children if c.dep_ == "attr"]
            for noun in nouns:
                if noun.i not in self.named and noun.pos_ == "NOUN":
                    phrase = phrase_at(noun, self.states)
                    if phrase is not None:
                        named.entity.known.append(phrase.description)

    def _take_token(self, token: Token) -> None:
        self.at = token.i
        if token.lower_ in PRONOUNS:
            self._take_pronoun(token)
        elif token.lower_ in _PAIRED or token.lower_ in _LISTED:
            self._take_listed(token)
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "amod", "nmod"):
            self._take_noun(token)

    def _take_pronoun(self, token: Token) -> None:
        anaphor = anaphor_at(token, self.discourse)
        entity = self.decide(self.candidates.of(anaphor))
        if entity is None:
            return
        if entity.kind == "person" and entity.gender is None:
            entity.gender = "m" if anaphor.type == "he" else "f"
        self._refer(entity, token.i, token.i + 1, "pronoun")

    def _refer(self, entity: Entity, start: int, end: int, kind: str) -> None:
        self.discourse.record(self.discourse.reference(entity, start, end, kind))
        if entity.actor is not None:
            self.found.append(Found(start, end, entity.actor, kind))

    def _take_listed(self, token: Token) -> None:
        """Resolve "the latter", "the former", "the first" to one of those just listed."""
        before = token.nbor(-1) if token.i else None
        after = token.nbor(1) if token.i + 1 < len(self.doc) else None
        if before is None or before.lower_ != "the" or after is None:
            return
        follows = after.pos_ in ("VERB", "AUX", "PUNCT") or after.lower_ in _AFTER_LISTED
        if not follows or after.text in ("-", "‐"):
            return
        number = self.discourse.sentences[token.i]
        if after.lower_ == "and" and token.lower_ in ("former", "first", "second"):
            following = [t.lower_ for t in self.doc[after.i + 1 : after.i + 4]]
            if following[:1] != ["the"] or following[1:2] not in (["latter"], ["second"]):
                return
        place = _PAIRED.get(token.lower_, _LISTED.get(token.lower_, 0))
        listed = self._listed(number, token.i, 2 if token.lower_ in _PAIRED else place + 1)
        if not listed or place >= len(listed):
            return
        self._refer(listed[place], before.i, token.i + 1, "pronoun")

    def _listed(self, sentence: int, before: int, least: int) -> list[Entity]:
        """Return the people (or else states and bodies) named last, in order."""
        recent = [
            r
            for e in self.discourse.within(sentence, 3)
            for r in e.references[-12:]
            if r.start < before and r.kind in ("name", "title", "metonym", "outsider")
        ]
        recent.sort(key=lambda r: r.start)
        for kinds in (("person",), ("state", "organisation")):
            for number in range(sentence, sentence - 3, -1):
                there = [r.entity for r in recent if r.sentence == number]
                ordered = list(dict.fromkeys(e for e in there if e.kind in kinds))
                if len(ordered) >= least:
                    return ordered
        return []

    def _take_noun(self, token: Token) -> None:
        if token.ent_type_ in _SKIPPED_ENTITIES or token.i < self.covered_to:
            return
        phrase = phrase_at(token, self.states)
        if phrase is None or not self._describes(phrase):
            self._take_thing(token)
            return
        entity = self._meant(phrase)
        if entity is None:
            self._take_thing(token)
            return
        self._take_title(phrase, entity)

    def _describes(self, phrase: Phrase) -> bool:
        """Return whether a phrase may refer to an actor already known."""
        if not phrase.kinds and phrase.head.lower_ not in ("one",):
            return False
        if phrase.determiner in _INDEFINITE or self._before_name(phrase):
            return False
        if phrase.head.dep_ == "attr" and not _cleft(phrase.head):
            return False
        if any(t.dep_ == "nummod" for t in phrase.head.lefts):
            return False
        if phrase.head.i in self.namer.title_tokens:
            return False
        if phrase.head.dep_ == "pobj" and phrase.head.head.lower_ == "as":
            return False
        if phrase.determiner or phrase.possessor is not None:
            return True
        first = self.doc[phrase.start]
        if phrase.head.text[:1].isupper() and not phrase.head.is_sent_start:
            return phrase.head.dep_ in ("nsubj", "nsubjpass") and not phrase.head.text.isupper()
        return first.i in self.namer.adjective_at

    def _before_name(self, phrase: Phrase) -> bool:
        """Return whether a title stands directly before the name of its bearer."""
        if "person" not in phrase.kinds:
            return False
        after = self.named.get(phrase.end) or self.named.get(phrase.head.i + 1)
        return after is not None and after.entity.kind == "person"

    def _meant(self, phrase: Phrase) -> Entity | None:
        beside = self._apposed(phrase)
        if beside is not None:
            return beside
        if phrase.possessor is not None:
            related = self._related(phrase)
            if related is not None:
                return related
        held = self._holder(phrase)
        if held is not None:
            return held
        same = self._same_noun(phrase)
        if same is not None:
            return same
        if phrase.description.head in _COUNTRIES:
            return self._country(phrase)
        anaphor = anaphor_at(phrase.head, self.discourse, phrase)
        return self.decide(self.candidates.of(anaphor))

    def _holder(self, phrase: Phrase) -> Entity | None:
        """Return who holds the office that a phrase names, at the date of the article.

        Among the offices of several states that of a state or holder spoken of lately, and that of
        the article's own state, come first.
        """
        if not phrase.kinds & {"person", "organisation"}:
            return None
        said, ordinal = phrase.description, None
        for word, number in ORDINALS.items():
            if word in said.modifiers:
                said, ordinal = replace(said, modifiers=said.modifiers - {word}), number
        if said.country is None and phrase.possessor is not None:
            owner = self._owner(phrase.possessor)
            if owner is None or owner.kind != "state":
                return None
            said = replace(said, country=owner.country)
        here = self.discourse.sentences[phrase.head.i]
        best, best_worth = None, 0.0
        meant = self.knowledge.bodies(said)
        plural = phrase.head.tag_ in ("NNS", "NNPS")
        if "person" in phrase.kinds and not plural:
            meant = self.knowledge.holders(said, ordinal, self.period) or meant
        for actor, country in meant:
            entity = self.discourse.by_actor.get(actor)
            last = entity.references[-1] if entity is not None and entity.references else None
            worth = 4.0 if country is not None and country == said.country else 0.0
            worth += 3.0 if country == self.candidates.home else 0.0
            if last is not None:
                worth += 2.0 + 2.0 / (1 + here - last.sentence)
                worth += 2.0 if last.sentence >= here - 1 else 0.0
            if country is not None and country in self.discourse.by_actor:
                worth += 0.5 * min(self._spoken(country, here), 4)
            if worth > max(best_worth, 2.0):
                best, best_worth = actor, worth
        return self._known(best) if best is not None else None

    def _country(self, phrase: Phrase) -> Entity | None:
        """Return the state that "the country" or "the neighbouring state" means.

        It is the article's own state, or one spoken of more, and more lately, around here; "this
        country" is the last one; a neighbour is not the article's own state; "his country" is
        its owner's.
        """
        said, here = phrase.description, self.discourse.sentences[phrase.head.i]
        owner = self._owner(phrase.possessor) if phrase.possessor is not None else None
        near = said.head in _NEIGHBOURS or bool(said.modifiers & _NEIGHBOURS)
        plain = not said.modifiers - _PLAIN
        if phrase.head.tag_ in ("NNS", "NNPS"):
            return None
        if phrase.complement or said.head == "state" and plain and phrase.determiner == "the":
            return None
        region = next((REGIONS[words] for words in REGIONS if words <= said.modifiers), None)
        best, best_worth = None, 1.0
        for entity in self.discourse.by_actor.values():
            if entity.kind != "state" or not entity.references or near and entity is owner:
                continue
            if region is not None and entity.actor not in region:
                continue
            ago = here - entity.references[-1].sentence
            worth = (2.2, 1.7, 0.7, 0.2, 0.0)[min(ago, 4)]
            worth += 0.5 * min(self._spoken(entity.country, here), 3)
            worth += 0.3 * min(self._spoken(entity.country, here - 1), 3)
            home = entity.country == self.candidates.home
            if owner is not None and not near:
                worth += 4.0 if entity.country == owner.country else 0.0
            elif near:
                worth -= 9.0 if home and owner is None else 0.0
            elif home and phrase.determiner not in DEMONSTRATIVES:
                worth += 2.2
            if phrase.determiner in DEMONSTRATIVES and entity.references[-1].kind != "name":
                worth -= 1.5
            if worth > best_worth:
                best, best_worth = entity, worth
        return best if plain or near or region is not None else None

    def _same_noun(self, phrase: Phrase) -> Entity | None:
        """Return the body or community just spoken of whose name has a phrase's noun."""
        said, here = phrase.description, self.discourse.sentences[phrase.head.i]
        if not phrase.kinds & {"organisation", "community"} or phrase.complement:
            return None
        if phrase.possessor is not None:
            return None
        fitting = [
            e for e in self.discourse.within(here, 3)
            if e.kind in phrase.kinds and e.actor is not None
            and any(k.head == said.head and not _contradicts(said, k) for k in e.known)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _spoken(self, country: str | None, sentence: int) -> int:
        """Return how often a sentence speaks of a state, its people and bodies, so far."""
        count = sum(
            r.sentence == sentence
            for e in self.discourse.within(sentence, 1)
            if e.country == country
            for r in e.references[-6:]
        )
        if sentence < 0:
            return 0
        here = self.discourse.sentence_spans[sentence]
        seen = range(here.start, min(here.end, self.at))
        return count + sum(self.namer.adjective_at.get(i) == country for i in seen)

    def _owner(self, possessor: Token) -> Entity | None:
        """Return the entity that a possessive refers to, if that was settled."""
        return next(
            (
                r.entity
                for e in self.discourse.within(self.discourse.sentences[possessor.i], 0)
                for r in e.references[-4:]
                if r.start <= possessor.i < r.end
            ),
            None,
        )

    def _known(self, actor: str) -> Entity:
        known = self.discourse.by_actor.get(actor)
        if known is None:
            known = self.namer.entity(actor)
            known.known += self.knowledge.of(actor, self.period)
        return known

    def _apposed(self, phrase: Phrase) -> Entity | None:
        """Return whose name stands in apposition with a phrase."""
        doc = self.doc
        if phrase.head.dep_ == "appos" and phrase.start > 1 and not doc[phrase.start - 1].is_alpha:
            before = self.discourse.entity_at.get(phrase.start - 2)
            if before is not None and self._same_kind(before, phrase):
                return before
        return self._name_after(phrase)

    def _name_after(self, phrase: Phrase) -> Entity | None:
        """Return whose name follows a title in commas, perhaps after a body's name in brackets."""
        doc, index, commas = self.doc, phrase.end, 0
        while index < min(phrase.end + 18, len(doc)):
            named = self.named.get(index)
            if named is not None:
                if named.entity.kind == "person":
                    set_off = commas and named.end < len(doc) and doc[named.end].text in (",", ".", ")", "–", "—", ";", "-")
                    return self._same_kind(named.entity, phrase) if set_off else None
                if not commas and doc[index - 1].text != "(":
                    return None
                index = named.end
                continue
            if doc[index].text not in (",", "(", ")", "the", "–", "—"):
                return None
            commas += doc[index].text in (",", "–", "—")
            index += 1
        return None

    def _same_kind(self, entity: Entity, phrase: Phrase) -> Entity | None:
        return entity if entity.kind in phrase.kinds else None

    def _related(self, phrase: Phrase) -> Entity | None:
        """Resolve "his successor", "Putin's predecessor" and "his family"."""
        possessor = phrase.possessor
        assert possessor is not None
        owner = self._owner(possessor)
        if owner is None or owner.actor is None:
            return None
        head = phrase.description.head
        if head in ("successor", "predecessor"):
            actor = self.knowledge.next_to(owner.actor, head == "successor", self.period)
            return self._known(actor) if actor else None
        if owner.body is not None and owner.body.kind in phrase.kinds and owner.kind == "person":
            return owner.body
        if head in _FAMILY or phrase.head.lower_ == "members" and "family" in (
            phrase.description.modifiers
        ):
            for actor in self.knowledge.actors.values():
                if actor.kind == "community" and owner.actor in actor.members:
                    return self._known(actor.id)
        return None

    def _take_title(self, phrase: Phrase, entity: Entity) -> None:
        start, end = phrase.start, phrase.end
        possessor = phrase.possessor
        if possessor is not None and possessor.tag_ != "PRP$":
            start = possessor.right_edge.i + 1
        inner = [self.named[i] for i in range(phrase.head.i + 1, end) if i in self.named]
        if any(n.entity.kind != "state" for n in inner):
            end = phrase.head.i + 1
        while self.found and self.found[-1].start >= start:
            self.found.pop()
        if any(f.end > start for f in self.found[-3:]):
            return
        self._refer(entity, start, end, "title")
        entity.known.append(phrase.description)
        self.covered_to = max(self.covered_to, end)

    def _take_thing(self, token: Token) -> None:
        """Record a common noun as something that "it", "they" or "he" may mean."""
        if token.pos_ != "NOUN":
            return
        plural = token.tag_ in ("NNS", "NNPS")
        person = "person" in NOUN_KINDS.get(token.lower_, ())
        kind = "things" if plural else "person" if person else "thing"
        key = token.lemma_ + kind
        entity = self.things.get(key)
        if entity is None:
            entity = self.things[key] = self.discourse.add(Entity(None, kind, plural=plural))
        self.discourse.record(self.discourse.reference(entity, token.i, token.i + 1, "thing"))


def _contradicts(said: Description, known: Description) -> bool:
    return bool(said.country and known.country and said.country != known.country)


def _cleft(head: Token) -> bool:
    """Return whether a predicate noun is the focus of a cleft ("it was the president who")."""
    subject = next((c for c in head.head.lefts if c.dep_ in ("nsubj", "expl")), None)
    return subject is not None and subject.lower_ == "it" and any(
        c.dep_ in ("relcl", "ccomp", "acl") for c in (*head.rights, *head.head.rights)
    )


@Language.factory("mentions", default_config={"registry": None})
def make_mentions(nlp: Language, name: str, registry: str | None) -> MentionFinder:
    """Make the component; ``registry`` is a folder or None for the shipped one."""
    return MentionFinder(load_registry(registry))


__all__ = ["Anaphor", "Found", "MentionFinder", "make_mentions"]
