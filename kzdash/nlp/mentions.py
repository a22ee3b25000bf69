"""Mentions: every name, metonym, title and pronoun that refers to an actor of the registry.

Names come first (`names`, `naming`, `metonyms`); then the text is read in order, and each
pronoun and definite description is given to the entity that it most likely means
(`descriptions`, `knowledge`, `antecedents`), people outside the registry included, so that
what is said of them is not given to an actor.
"""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

import kzdash.nlp.extensions  # noqa: F401
from kzdash.nlp.antecedents import PRONOUNS, Candidates, Choice, Ranker, anaphor_at
from kzdash.nlp.descriptions import BYSTANDERS, NOUN_KINDS, Phrase, phrase_at
from kzdash.nlp.discourse import Discourse, Entity, Named
from kzdash.nlp.home import focus_of, home_of
from kzdash.nlp.knowledge import Knowledge, Period, period_of
from kzdash.nlp.listings import is_listing, listed_entity
from kzdash.nlp.metonyms import acts_as_government
from kzdash.nlp.names import NameIndex
from kzdash.nlp.naming import Namer
from kzdash.nlp.resources import load_registry
from kzdash.nlp.strangers import is_introduced, is_one_of, stranger_meant
from kzdash.nlp.titles import TitleReader
from kzdash.paths import MODELS, shipped
from kzdash.registry import Registry

_WEIGHTS = MODELS / "mentions" / "weights.json"
_SKIPPED_ENTITIES = frozenset("DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL".split())
_MODIFIERS = frozenset({"compound", "amod", "nmod"})

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
        self.focus = focus_of(registry)
        self.ranker = ranker or Ranker.load(shipped(_WEIGHTS))

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
        doc._.strangers = {}
        self.decide = decide
        self.period = period
        self.knowledge = finder.knowledge
        self.states = finder.knowledge.states
        self.discourse = Discourse(doc)
        self.namer = Namer(doc, self.discourse, finder.knowledge)
        everything = self.namer.name(finder.index.find(doc))
        self.named = self._names(everything)
        self.candidates = Candidates(self.discourse)
        self.candidates.home = home_of(everything, self.discourse, finder.focus)
        self.titles = TitleReader(
            self.discourse, self.namer, self.named, self.knowledge, self.candidates, decide, period
        )
        self.found: list[Found] = []
        self.things: dict[str, Entity] = {}
        self.parsed = doc.has_annotation("DEP") and doc.has_annotation("TAG")
        self.covered_to = 0

    def _names(self, named: list[Named]) -> dict[int, Named]:
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
        for number, sentence in enumerate(self.discourse.sentence_spans):
            self._read(sentence, number)
        return _apart(sorted(self.found, key=lambda m: (m.start, -m.end)))

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
        self.discourse.at = token.i
        if token.lower_ in PRONOUNS:
            self._take_pronoun(token)
        elif is_listing(token):
            entity = listed_entity(token, self.discourse)
            if entity is not None:
                self._refer(entity, token.i - 1, token.i + 1, "pronoun")
        elif is_one_of(token):
            stranger = self.discourse.add(Entity(None, "person"))
            self.discourse.record(self.discourse.reference(stranger, token.i, token.i + 1, "thing"))
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ not in _MODIFIERS:
            self._take_noun(token)

    def _take_pronoun(self, token: Token) -> None:
        anaphor = anaphor_at(token, self.discourse)
        known = None
        if token.tag_ == "PRP$":
            known = self.titles.kinship.owner(token) or self.titles.of_office(token)
        if known is None and anaphor.type in ("he", "she"):
            known = stranger_meant(token, self.discourse)
        entity = known or self.decide(self.candidates.of(anaphor))
        if entity is None:
            return
        if entity.kind == "person" and entity.gender is None:
            entity.gender = "m" if anaphor.type == "he" else "f"
        if entity.kind == "person" and entity.actor is None:
            self.doc._.strangers[token.i] = entity.references[0].head
        self._refer(entity, token.i, token.i + 1, "pronoun")

    def _refer(self, entity: Entity, start: int, end: int, kind: str) -> None:
        self.discourse.record(self.discourse.reference(entity, start, end, kind))
        if entity.actor is not None:
            self.found.append(Found(start, end, entity.actor, kind))

    def _take_noun(self, token: Token) -> None:
        if token.ent_type_ in _SKIPPED_ENTITIES or token.i < self.covered_to:
            return
        phrase = phrase_at(token, self.states)
        if phrase is None or not self.titles.describes(phrase):
            self._take_thing(token)
            return
        entity = self.titles.meant(phrase)
        if entity is None:
            self._take_thing(token)
            return
        self._take_title(phrase, entity)

    def _take_title(self, phrase: Phrase, entity: Entity) -> None:
        start, end = phrase.start, phrase.end
        possessor = phrase.possessor
        if possessor is not None and possessor.tag_ != "PRP$":
            start = possessor.right_edge.i + 1
        inner = [self.named[i] for i in range(phrase.head.i + 1, end) if i in self.named]
        if any(n.entity.kind != "state" for n in inner):
            end = phrase.head.i + 1
        while entity.actor is not None and self.found and self.found[-1].start >= start:
            self.found.pop()
        if entity.actor is not None and any(f.end > start for f in self.found[-3:]):
            return
        self._refer(entity, start, end, "title")
        entity.known.append(phrase.description)
        self.covered_to = max(self.covered_to, end)

    def _take_thing(self, token: Token) -> None:
        """Record a common noun, or a subject, as something that "it", "they" or "he" may mean."""
        subject = token.dep_ in ("nsubj", "nsubjpass")
        if token.pos_ != "NOUN" and not subject:
            return
        plural = token.tag_ in ("NNS", "NNPS")
        person = "person" in NOUN_KINDS.get(token.lower_, ()) or token.lower_ in BYSTANDERS
        kind = "things" if plural else "person" if person else "thing"
        key = token.lemma_ + kind
        entity = self.things.get(key)
        if entity is None or (kind == "person" and is_introduced(token)):
            entity = self.things[key] = self.discourse.add(Entity(None, kind, plural=plural))
        self.discourse.record(self.discourse.reference(entity, token.i, token.i + 1, "thing"))


def _apart(found: list[Found]) -> list[Found]:
    """Return mentions without those that overlap one before them."""
    kept: list[Found] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


@Language.factory("mentions", default_config={"registry": None})
def make_mentions(nlp: Language, name: str, registry: str | None) -> MentionFinder:
    """Make the component; ``registry`` is a folder or None for the shipped one."""
    return MentionFinder(load_registry(registry))
