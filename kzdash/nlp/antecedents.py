"""Which entity a pronoun or a definite description means: candidates, features, ranking.

Every earlier entity that could be meant (and, for a pronoun in an opening clause, one named
later in the sentence) is described by grammatical features: distance, syntactic role of
its last reference, agreement, quotation borders, salience, and for descriptions how well
the words fit what is known of it. A linear model gives each candidate and "nobody" a score; the
best wins. The weights are learned (`training/mentions`); the set-up follows the
mention-ranking model of Denis and Baldridge (2008).
"""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, Token

from kzdash.nlp import verbs
from kzdash.nlp.descriptions import (
    FEMALE,
    KIN,
    MALE,
    NOUN_KINDS,
    Phrase,
    may_be_body,
    may_be_person,
)
from kzdash.nlp.discourse import Discourse, Entity, Reference, clause_of, governed, reports
from kzdash.nlp.dummies import called, is_dummy, may_mean_nothing, predicate_kind
from kzdash.nlp.fit import Features, fit, fit_value, fits_former
from kzdash.nlp.grammar import is_finite

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_WINDOW = {"he": 6, "she": 6, "it": 3, "they": 3, "title": 30}
_NEAR = 2
_ON_OTHERS = frozenset({"with", "against", "from"})
_DEEDS = frozenset(
    """action approach attitude behaviour choice comment conduct decision effort handling
    initiative move policy position progress proposal reform refusal remark response role silence
    stance statement step treatment vote word""".split()
)
_EACH = frozenset({"each", "every"})
_LISTING = frozenset({",", ";", "and", "but", "while", "–", "—"})
_SUBORDINATE = frozenset({"advcl", "prep", "pcomp", "csubj", "acl", "advmod", "mark"})


@dataclass(slots=True)
class Anaphor:
    """A pronoun or description whose entity is sought. ``type`` selects the weights."""

    token: Token
    type: str
    sentence: int
    role: str
    clause: int
    quote: int
    phrase: Phrase | None = None
    subject: Entity | None = None
    matrix: Entity | None = None

    @property
    def start(self) -> int:
        """First token."""
        return self.phrase.start if self.phrase else self.token.i


@dataclass(slots=True)
class Choice:
    """The candidates of an anaphor with their features; None stands for nobody."""

    anaphor: Anaphor
    entities: list[Entity | None] = field(default_factory=list)
    features: list[Features] = field(default_factory=list)


def anaphor_at(token: Token, discourse: Discourse, phrase: Phrase | None = None) -> Anaphor:
    """Return the anaphor at a pronoun or at the head of a phrase."""
    role, governor = governed(token)
    verbal = governor.pos_ in ("VERB", "AUX")
    clause = governor if role in ("s", "o") or (role == "i" and verbal) else clause_of(token)
    found = Anaphor(
        token,
        "title" if phrase else PRONOUNS[token.lower_],
        discourse.sentences[token.i],
        role,
        clause.i,
        discourse.quotes[token.i],
        phrase,
    )
    found.subject = discourse.subject(clause) if role != "s" else None
    matrix = clause_of(clause)
    if matrix.i != clause.i:
        found.matrix = discourse.subject(matrix)
    return found


class Ranker:
    """Linear scores of candidates, by type of anaphor.

    Args:
        weights: type ("he", "she", "it", "they", "title") to feature to weight.
    """

    def __init__(self, weights: dict[str, dict[str, float]]) -> None:
        self.weights = weights

    @classmethod
    def load(cls, path: Path) -> "Ranker":
        """Read weights from a JSON file."""
        return cls(json.loads(path.read_text(encoding="utf-8"))["weights"])

    def best(self, choice: Choice) -> Entity | None:
        """Return the entity with the highest score, or None for nobody."""
        weights = self.weights[choice.anaphor.type]
        scores = [
            sum(weights.get(name, 0.0) * value for name, value in features.items())
            for features in choice.features
        ]
        return choice.entities[max(range(len(scores)), key=scores.__getitem__)]


class Candidates:
    """Collects the candidates of an anaphor and describes them.

    Args:
        discourse: entities and references so far; references stand in text order.
    """

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.doc: Doc = discourse.doc
        self.section: Entity | None = None
        self.home: str | None = None
        self.previous: Entity | None = None

    def of(self, anaphor: Anaphor) -> Choice:
        """Return the candidates of an anaphor, nobody last."""
        choice = Choice(anaphor)
        nothing = anaphor.type == "it" and (is_dummy(anaphor.token) or self._is_parallel(anaphor))
        if nothing or _is_anyone(anaphor):
            choice.entities.append(None)
            choice.features.append(self._nobody(anaphor, choice))
            return choice
        owner = self._listed_owner(anaphor.token) or self._taking_part(anaphor)
        window = _WINDOW[anaphor.type]
        near: list[tuple[Entity, Reference]] = []
        for entity in self._spoken_of(anaphor, window):
            last = self._last(entity, anaphor)
            listed = owner is None or owner is entity
            if last is not None and listed and self._agrees(anaphor, entity, last):
                near.append((entity, last))
        near.sort(key=lambda pair: -pair[1].start)
        for rank, (entity, last) in enumerate(near):
            choice.entities.append(entity)
            choice.features.append(self._describe(anaphor, entity, last, rank))
        if owner is None:
            self._add_later(choice)
        self._mark_section(choice)
        self._mark_nearest(choice, [last for _, last in near])
        self._compare(choice)
        choice.entities.append(None)
        choice.features.append(self._nobody(anaphor, choice))
        return self.fitting(choice) if anaphor.phrase is not None else choice

    def _add_later(self, choice: Choice) -> None:
        """Add or mark the entities named later in the sentence."""
        for coming in self._later(choice.anaphor):
            features = self._described_later(choice.anaphor, coming)
            if coming in choice.entities:
                del features["later"]
                choice.features[choice.entities.index(coming)] |= features
            else:
                choice.entities.append(coming)
                choice.features.append(features)

    def _mark_section(self, choice: Choice) -> None:
        """Mark the person whose name heads the section, unless someone stands nearer."""
        if self.section is None or any("d0" in features for features in choice.features):
            return
        for entity, features in zip(choice.entities, choice.features, strict=True):
            if entity is self.section:
                features["section"] = 1.0

    def _listed_owner(self, token: Token) -> Entity | None:
        """Return whose relatives are listed ("his son is ill, his wife left, and his niece …")."""
        if not _of_kin(token) or token.nbor(-1).lower_ not in _LISTING:
            return None
        for earlier in reversed(token.doc[token.sent.start : token.i]):
            if _of_kin(earlier) and earlier.lower_ == token.lower_:
                return self._meant_by(earlier)
        return None

    def _taking_part(self, anaphor: Anaphor) -> Entity | None:
        """Return whose part "X, for its part," speaks of: that of the subject before it."""
        subject = anaphor.subject
        if subject is None or not _is_part(anaphor.token) or not self._kind_fits(anaphor, subject):
            return None
        before = any(r.sentence == anaphor.sentence for r in subject.references)
        return subject if before else None

    def _is_parallel(self, anaphor: Anaphor) -> bool:
        """Return whether "it" goes on from a thing: "the plan is good, or it does not exist"."""
        token, verb = anaphor.token, anaphor.token.head
        if token.dep_ not in ("nsubj", "nsubjpass") or verb.dep_ != "conj":
            return False
        subjects = [c for c in verb.head.lefts if c.dep_ in ("nsubj", "nsubjpass")]
        if not subjects or subjects[-1].tag_ != "NN" or subjects[-1].lower_ in NOUN_KINDS:
            return False
        known = self.discourse.noun(subjects[-1])
        return known is None or known.actor is None

    def _meant_by(self, pronoun: Token) -> Entity | None:
        """Return whom a pronoun was read as, also where it is part of a title ("his son")."""
        for entity in self.discourse.within(self.discourse.sentences[pronoun.i], 0):
            if any(r.kind == "pronoun" and r.start == pronoun.i for r in entity.references):
                return entity
        return None

    def _spoken_of(self, anaphor: Anaphor, window: int) -> list[Entity]:
        found = self.discourse.within(anaphor.sentence, window)
        if anaphor.phrase is None:
            return found
        seen = set(map(id, found))
        older = [e for e in self.discourse.by_actor.values() if e.references and id(e) not in seen]
        return found + older

    def _last(self, entity: Entity, anaphor: Anaphor) -> Reference | None:
        """Return the last reference of an entity before an anaphor.

        Of a name and its apposition, it is the name for a pronoun: "Orlov, the envoy, left".
        """
        before = (
            r
            for r in reversed(entity.references)
            if r.end <= anaphor.token.i and r.start < anaphor.start
        )
        last = next(before, None)
        if last is None or anaphor.phrase is not None or last.kind != "title":
            return last
        head, name = self.doc[last.head], next(before, None)
        apposed = name is not None and head.dep_ == "appos" and head.head.i == name.head
        return name if apposed and not self._under(anaphor.token, head.i) else last

    def _agrees(self, anaphor: Anaphor, entity: Entity, last: Reference) -> bool:
        if not self._kind_fits(anaphor, entity) and not self._is_people(anaphor, last):
            return False
        if anaphor.phrase is None:
            if self._is_one(anaphor, last) or self._is_speaking(anaphor, last):
                return False
            if anaphor.type == "they" and self._is_joined(anaphor, last):
                return False
            return not self._bound(anaphor, entity) and not self._inside(anaphor, last)
        return True

    def _is_people(self, anaphor: Anaphor, last: Reference) -> bool:
        """Return whether "they" may mean a state that was called by its people ("the Chinese")."""
        called_so = last.kind == "name" and self.doc[last.start].lower_ == "the"
        return anaphor.type == "they" and last.entity.kind == "state" and called_so

    def _is_speaking(self, anaphor: Anaphor, last: Reference) -> bool:
        """Return whether an entity is the one whose words a label opens ("Orlov: He is ill")."""
        colon = last.end < len(self.doc) and self.doc[last.end].text == ":"
        opens = self.doc[last.start].is_sent_start and last.sentence > 0
        return anaphor.type in ("he", "she") and colon and bool(opens)

    def _is_one(self, anaphor: Anaphor, last: Reference) -> bool:
        """Return whether "they" is sought, and the sentence has just called an entity "it"."""
        if anaphor.type != "they":
            return False
        one = PRONOUNS.get(self.doc[last.head].lower_) == "it"
        return last.kind == "pronoun" and one and last.sentence == anaphor.sentence

    def _is_joined(self, anaphor: Anaphor, last: Reference) -> bool:
        """Return whether a body was named with another: "they" are both ("the EU and the US")."""
        head = self.doc[last.head]
        named = (self.discourse.entity_at.get(noun.i) for noun in head.conjuncts)
        bodies = any(e is not None and e.kind in ("organisation", "state") for e in named)
        alike = last.entity.kind == "organisation" and last.sentence == anaphor.sentence
        return alike and bodies

    def _kind_fits(self, anaphor: Anaphor, entity: Entity) -> bool:
        kind, kinds = entity.kind, anaphor.type
        if kinds in ("he", "she"):
            return (
                kind == "person"
                and entity.gender in (None, "m" if kinds == "he" else "f")
                and (not entity.plural)
            )
        if kinds == "it":
            fitting = called(anaphor.token) or ("state", "organisation", "thing")
            return kind in fitting and not entity.plural
        if kinds == "they":
            return kind in ("community", "organisation", "things") or entity.plural
        phrase = anaphor.phrase
        assert phrase is not None
        if kind in ("thing", "things"):
            return False
        if kind == "person" and phrase.head.tag_ in ("NNS", "NNPS"):
            return False
        noun = phrase.head.lower_
        if (entity.gender == "m" and noun in FEMALE) or (entity.gender == "f" and noun in MALE):
            return False
        if kind == "person" and not may_be_person(phrase.description, entity.known):
            return False
        if kind in phrase.kinds:
            known = kind == "organisation" and entity.actor is not None
            return not known or may_be_body(phrase.description, entity.known, phrase.nouns)
        return any(phrase.description.head == known.head for known in entity.known)

    def _bound(self, anaphor: Anaphor, entity: Entity) -> bool:
        """Return whether grammar forbids a pronoun to mean an entity.

        A pronoun does not mean the subject of its own verb, unless it is reflexive or a
        possessive, nor who wishes or does what it is the subject of ("they wanted it gone"); a
        subject pronoun neither what its clause names further on nor what its relative clause
        describes. Who says a quotation is not whom it names; who judges somebody for a deed has
        not done it; nobody is his own adviser.
        """
        token = anaphor.token
        if token.lower_ in _REFLEXIVE:
            return False
        if anaphor.role in ("o", "b", "i"):
            return anaphor.subject is entity and self._beside_verb(anaphor)
        if anaphor.role == "p":
            apposed = token.head.head if token.head.dep_ == "appos" else None
            if apposed is not None and self.discourse.entity_at.get(apposed.i) is entity:
                return True
            others = _of_judged(token) or _of_appraised(token) or _of_predicate(token)
            return anaphor.subject is entity and others
        if anaphor.role != "s":
            return False
        apart = _is_complement(token) or _is_compared(token)
        if apart and anaphor.matrix is entity:
            return True
        if self._named_in_quotation(anaphor, entity) or self._described_by(token.head) is entity:
            return True
        return any(
            r.entity is entity
            and r.start > token.i
            and r.kind in ("name", "title")
            and (r.clause == anaphor.clause or self._under(self.doc[r.head], anaphor.clause))
            for r in self.discourse.upcoming
        )

    def _described_by(self, clause: Token) -> Entity | None:
        """Return whom a relative clause describes ("Orlov, whom he met")."""
        return self.discourse.noun(clause.head) if clause.dep_ == "relcl" else None

    def _named_in_quotation(self, anaphor: Anaphor, entity: Entity) -> bool:
        """Return whether a pronoun reports words in quotation marks that name an entity."""
        token, quotes = anaphor.token, self.discourse.quotes
        if anaphor.quote or token.head.lemma_ not in verbs.REPORTING:
            return False
        sentence = token.sent
        said = {quotes[i] for i in range(max(0, sentence.start - 2), sentence.end)} - {0}
        named = [*entity.references, *(r for r in self.discourse.upcoming if r.entity is entity)]
        return any(r.kind in ("name", "title") and quotes[r.head] in said for r in named)

    def _inside(self, anaphor: Anaphor, last: Reference) -> bool:
        """Return whether a pronoun is part of the phrase of its candidate ("part of its plan")."""
        apart = anaphor.token.lower_ in _REFLEXIVE or _is_part(anaphor.token)
        if last.sentence != anaphor.sentence or apart:
            return False
        node = anaphor.token
        while node.head.i != node.i:
            if node.dep_ in ("conj", "relcl", "acl", "appos") or node.pos_ in ("VERB", "AUX"):
                return False
            node = node.head
            if node.i == last.head:
                return True
        return False

    def _beside_verb(self, anaphor: Anaphor) -> bool:
        if anaphor.role in ("o", "b"):
            return True
        preposition = anaphor.token.head
        verb = preposition.head
        if verb.dep_ == "dobj" and verb.head.i == anaphor.clause:
            return preposition.lower_ in _ON_OTHERS
        nouns = any(c.dep_ in ("dobj", "attr") and c.i < preposition.i for c in verb.children)
        return verb.i == anaphor.clause and (not nouns or preposition.lower_ in _ON_OTHERS)

    def _describe(self, anaphor: Anaphor, entity: Entity, last: Reference, rank: int) -> Features:
        distance = anaphor.sentence - last.sentence
        near = str(min(distance, 3))
        found: Features = {
            f"d{min(distance, 5)}": 1.0,
            f"d{near}{last.role}": 1.0,
            f"rank{min(rank, 4)}": 1.0,
            f"last_{last.kind}": 1.0,
            f"{anaphor.role}<{last.role}{min(distance, 2)}": 1.0,
        }
        before = entity.references
        found["count"] = math.log1p(len(before))
        latest = before[-8:]
        if (distance or last.role != "o") and any(
            r.role == "s" and r.sentence == last.sentence for r in latest
        ):
            found[f"subject{min(distance, 2)}"] = 1.0
        if last.coordinated:
            found[f"coordinated{min(distance, 1)}"] = 1.0
        if distance == 0:
            self._describe_near(found, anaphor, last)
        self._describe_syntax(found, anaphor, entity)
        recent = [r for r in latest if anaphor.sentence - r.sentence <= 2]
        found["recent"] = math.log1p(len(recent))
        if any(r.kind == "pronoun" and r.sentence == anaphor.sentence for r in recent):
            found["chain0"] = 1.0
        elif any(r.kind == "pronoun" and r.sentence == anaphor.sentence - 1 for r in recent):
            found["chain1"] = 1.0
        self._describe_kind(found, entity, anaphor)
        self._describe_quote(found, anaphor, last)
        if anaphor.phrase is not None:
            found |= fit(anaphor.phrase, entity)
            self._describe_home(found, entity)
        return found

    def _describe_home(self, found: Features, entity: Entity) -> None:
        if self.home is not None and entity.country == self.home:
            found["home"] = 1.0
            found[f"home_{entity.kind}"] = 1.0

    def _describe_near(self, found: Features, anaphor: Anaphor, last: Reference) -> None:
        token = anaphor.token
        found["tokens"] = math.log1p(token.i - last.end)
        if token.lower_ in _REFLEXIVE:
            found["reflexive"] = 1.0
            if token.i == last.end:
                found["reflexive_adjacent"] = 1.0
        if last.role == "s" and self._under(token, last.clause):
            found["under_subject"] = 1.0
        if self._under(token, last.head):
            found["in_relative"] = 1.0
        if self._coordinate_clause(anaphor, last):
            found["next_clause"] = 1.0

    def _describe_syntax(self, found: Features, anaphor: Anaphor, entity: Entity) -> None:
        token = anaphor.token
        if anaphor.subject is entity:
            found[f"subject_of_{anaphor.role}"] = 1.0
            if anaphor.role == "p" and token.head.dep_ == "attr":
                found["subject_of_predicate"] = 1.0
            if token.lower_ in _REFLEXIVE:
                found["reflexive_subject"] = 1.0
        if anaphor.matrix is entity:
            found[f"matrix_{anaphor.role}"] = 1.0
        if anaphor.role == "p" and self._conjunct(token) is entity:
            found["conjunct_possessor"] = 1.0
        if self._beside_subject(anaphor, entity):
            found["object_beside_subject"] = 1.0
        self._describe_previous(found, anaphor, entity)

    def _beside_subject(self, anaphor: Anaphor, entity: Entity) -> bool:
        """Return whether an entity is the object where the subject could be meant as well."""
        if anaphor.subject is None or anaphor.subject is entity:
            return False
        last = entity.references[-1]
        beside = last.role == "o" and last.clause == anaphor.clause
        return beside and self._kind_fits(anaphor, anaphor.subject)

    def _describe_previous(self, found: Features, anaphor: Anaphor, entity: Entity) -> None:
        if self._is_main(anaphor):
            ago = anaphor.sentence - entity.references[-1].sentence
            found[f"main_d{min(ago, 3)}"] = 1.0
            if self.previous is entity:
                found["main_previous_subject"] = 1.0
        if self.previous is entity:
            found["previous_subject"] = 1.0
            found[f"previous_subject_{anaphor.role}"] = 1.0

    def _conjunct(self, token: Token) -> Entity | None:
        """Return whom a possessive's noun is coordinated with ("X and his allies")."""
        noun, joined = token.head, False
        for _ in range(6):
            if noun.dep_ == "conj":
                joined = True
            elif noun.dep_ not in ("pobj", "prep") or joined:
                break
            noun = noun.head
            found = self.discourse.entity_at.get(noun.i) if joined else None
            if found is not None and found.kind == "person":
                return found
        return None

    def _is_main(self, anaphor: Anaphor) -> bool:
        """Return whether a pronoun is the subject of its sentence's main clause."""
        root = self.discourse.sentence_spans[anaphor.sentence].root
        return anaphor.role == "s" and anaphor.clause == root.i

    def _under(self, token: Token, index: int) -> bool:
        node = token
        while node.head.i != node.i:
            node = node.head
            if node.i == index:
                return True
        return False

    def _coordinate_clause(self, anaphor: Anaphor, last: Reference) -> bool:
        clause = self.doc[anaphor.clause]
        return (
            anaphor.role == "s"
            and clause.dep_ == "conj"
            and clause.head.i == last.clause
            and (last.role == "s")
        )

    def _describe_kind(self, found: Features, entity: Entity, anaphor: Anaphor) -> None:
        found[f"kind_{entity.kind}"] = 1.0
        if entity.actor is None:
            found[f"outside_{entity.kind}"] = 1.0
        if entity.kind == "person" and anaphor.type in ("he", "she"):
            found["gender_known" if entity.gender else "gender_open"] = 1.0
            if entity.gender and self._alone_of_gender(entity, anaphor.sentence):
                found["only_of_gender"] = 1.0

    def _alone_of_gender(self, entity: Entity, sentence: int) -> bool:
        """Return whether nobody else can be the man, or the woman, that an entity is known to be.

        Others are those known to be so, and strangers spoken of in the last sentences.
        """
        for other in self.discourse.recent.values():
            if other.kind != "person" or other is entity:
                continue
            near = sentence - other.references[-1].sentence <= _NEAR
            if other.gender == entity.gender or (other.gender is None and near):
                return False
        return True

    def _describe_quote(self, found: Features, anaphor: Anaphor, last: Reference) -> None:
        quotes = self.discourse.quotes
        there = quotes[last.head]
        if anaphor.quote and there == anaphor.quote:
            found["quote_same"] = 1.0
        elif anaphor.quote:
            found["quote_into"] = 1.0
            if last.role == "s" and reports(self.doc[last.clause]):
                found["speaker"] = 1.0
        elif there:
            found["quote_out"] = 1.0

    def _later(self, anaphor: Anaphor) -> list[Entity]:
        """Return entities first named later in the sentence, for a pronoun before its name."""
        if anaphor.phrase is not None:
            return []
        root = self.discourse.sentence_spans[anaphor.sentence].root
        if not self._fronted(anaphor.token, root):
            return []
        later: dict[int, Entity] = {}
        for reference in self.discourse.upcoming:
            entity = reference.entity
            fits = reference.role == "s" and reference.start > anaphor.token.i
            if fits and self._kind_fits(anaphor, entity):
                later[id(entity)] = entity
        return list(later.values())

    def _fronted(self, token: Token, root: Token) -> bool:
        if token.i > root.i:
            return False
        node = token
        while node.head.i != node.i and node.head.i != root.i:
            node = node.head
        return node.dep_ in _SUBORDINATE and node.i < root.i

    def _described_later(self, anaphor: Anaphor, entity: Entity) -> Features:
        found: Features = {"later": 1.0}
        following = next(r for r in self.discourse.upcoming if r.entity is entity)
        if anaphor.token.head.lower_ == "part" and anaphor.token.head.head.lower_ == "for":
            found["later_part"] = 1.0
        if following.clause == self.discourse.sentence_spans[anaphor.sentence].root.i:
            found["later_main"] = 1.0
        self._describe_kind(found, entity, anaphor)
        return found

    def _mark_nearest(self, choice: Choice, last: list[Reference]) -> None:
        """Mark the nearest subject and the only person close by."""
        latest: tuple[int, Features | None] = (-1, None)
        for entity, features in zip(choice.entities[: len(last)], choice.features, strict=False):
            for reference in entity.references[-4:] if entity is not None else ():
                if reference.role == "s" and latest[0] < reference.start < choice.anaphor.start:
                    latest = reference.start, features
        if latest[1] is not None:
            latest[1]["nearest_subject"] = 1.0
        close = [
            f
            for f, r in zip(choice.features, last, strict=False)
            if choice.anaphor.sentence - r.sentence <= 1 and r.kind != "thing"
        ]
        if len(close) == 1:
            close[0]["only_close"] = 1.0

    def _compare(self, choice: Choice) -> None:
        """Mark the candidate that fits best and the nearest one of its kind."""
        if choice.anaphor.phrase is None:
            return
        values = [fit_value(features) for features in choice.features]
        top = max(values, default=0.0)
        if top > 0:
            for features, value in zip(choice.features, values, strict=True):
                if value == top:
                    features["fit_best"] = 1.0
                    if values.count(top) == 1:
                        features["fit_only"] = 1.0

    def fitting(self, choice: Choice) -> Choice:
        """Return a choice without the candidates whose words do not fit, if any do fit."""
        values = [fit_value(features) for features in choice.features]
        if max(values, default=0.0) < 2.0:
            return choice
        fits = {i for i, value in enumerate(values) if value >= 2.0}
        fits = {i for i in fits if not fits_former(choice.features[i])}
        kept = [i for i, e in enumerate(choice.entities) if e is None or i in fits]
        return Choice(
            choice.anaphor, [choice.entities[i] for i in kept], [choice.features[i] for i in kept]
        )

    def _nobody(self, anaphor: Anaphor, choice: Choice) -> Features:
        found: Features = {"nobody": 1.0}
        token = anaphor.token
        actors = sum(e is not None and e.actor is not None for e in choice.entities)
        found[f"nobody_among{min(actors, 3)}"] = 1.0
        found[f"nobody_{anaphor.role}"] = 1.0
        if anaphor.phrase is None:
            if may_mean_nothing(token):
                found["impersonal"] = 1.0
            found[f"nobody_{token.lower_}"] = 1.0
            if anaphor.quote:
                found["nobody_quoted"] = 1.0
            if token.lower_ == "it" and anaphor.role == "s":
                found[f"nobody_verb_{predicate_kind(token.head)}"] = 1.0
                if self._is_main(anaphor):
                    found["nobody_main"] = 1.0
            return found
        self._describe_unmeant(found, token, anaphor.phrase)
        return found

    def _describe_unmeant(self, found: Features, token: Token, phrase: Phrase) -> None:
        found[f"nobody_{phrase.determiner or 'bare'}"] = 1.0
        if phrase.possessor is not None:
            found["nobody_possessed"] = 1.0
        if phrase.complement:
            found["nobody_complement"] = 1.0
        for kind in phrase.kinds:
            found[f"nobody_{kind}"] = 1.0
        found[f"nobody_modifiers{min(len(phrase.description.modifiers), 2)}"] = 1.0
        if token.dep_ in ("attr", "appos", "conj"):
            found[f"nobody_{token.dep_}"] = 1.0
        if token.tag_ in ("NNS", "NNPS"):
            found["nobody_plural"] = 1.0
        if any(child.dep_ in ("relcl", "acl") for child in token.rights):
            found["nobody_relative"] = 1.0


def _is_part(token: Token) -> bool:
    """Return whether a possessive is that of "for its part"."""
    return (token.head.head.lower_, token.head.lower_) == ("for", "part")


def _is_anyone(anaphor: Anaphor) -> bool:
    """Return whether a pronoun goes with each of many ("every tenant has a door of his own")."""
    token = anaphor.token
    if anaphor.phrase is not None:
        return False
    person = anaphor.type in ("he", "she")
    for verb in token.ancestors:
        for noun in verb.lefts:
            subject = noun.dep_ in ("nsubj", "nsubjpass") and noun.i < token.i
            kinds = NOUN_KINDS.get(noun.lower_, frozenset()) - {"community"}
            if subject and kinds and any(c.lower_ in _EACH for c in noun.lefts):
                return ("person" in kinds) == person
        if verb.dep_ == "conj":
            return False
    return False


def _of_kin(token: Token) -> bool:
    """Return whether a word is a possessive before a relative ("his" of "his eldest son")."""
    return token.tag_ == "PRP$" and token.i > 0 and token.head.lower_ in KIN


def _is_complement(token: Token) -> bool:
    """Return whether a pronoun is the subject of an infinitive or of a clause without a verb."""
    clause = token.head
    return clause.dep_ in ("ccomp", "xcomp") and clause.i > token.i and not is_finite(clause)


def _is_compared(token: Token) -> bool:
    """Return whether a pronoun is what a subject is compared with ("more than he does")."""
    verb = token.head
    bare = verb.lemma_ in ("do", "be", "have") and not any(
        c.dep_ not in ("nsubj", "mark", "punct") for c in verb.children
    )
    return bare and any(c.lower_ == "than" for c in verb.lefts)


def _of_predicate(token: Token) -> bool:
    """Return whether a possessive is part of what its clause's subject is ("remains his aide")."""
    noun = token.head
    return noun.dep_ == "attr" and token.nbor().lower_ != "own" and noun.lower_ != "self"


def _of_appraised(token: Token) -> bool:
    """Return whether a possessive says whose deed is judged ("welcomed its decision")."""
    deed = token.head
    judged = deed.dep_ == "dobj" and deed.head.lemma_ in verbs.APPRAISING
    return judged and deed.lemma_ in _DEEDS and token.nbor().lower_ != "own"


def _of_judged(token: Token) -> bool:
    """Return whether a possessive is in the deed for which a verb's object is judged.

    So is it in the face to which the object is told something.
    """
    deed = token.head
    if (deed.head.lower_, deed.lower_) == ("to", "face"):
        return True
    if token.tag_ != "PRP$" or deed.dep_ != "pobj" or deed.head.lower_ not in ("for", "on"):
        return False
    verb = deed.head.head
    verb = verb.head if verb.dep_ == "dobj" else verb
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i < token.i]
    others = any(c.lower_ not in _REFLEXIVE for c in objects)
    return others and verb.lemma_ in verbs.JUDGING
