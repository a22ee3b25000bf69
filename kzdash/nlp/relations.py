"""Relations: who praises, supports, blames or attacks whom, as a sentence tells it.

Syntax proposes, the relation model decides. Two mentions of different actors are a candidate
pair where one predicate links them: one is its subject or agent, the other stands in its
object or complement, few steps away in the tree. Who reports what another does says something
of that other alone, and who speaks of the own state speaks for it.
`kzdash.nlp.relation_model` gives the direction and the polarity; the linking verb is the
evidence and tells praising from supporting, blaming from attacking.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kzdash.nlp import verbs
from kzdash.nlp.extensions import Relation
from kzdash.nlp.grammar import VERBAL, is_finite
from kzdash.nlp.relation_model import RelationItem, RelationModel
from kzdash.nlp.resources import load_registry
from kzdash.nlp.stance import mentions_by_sentence
from kzdash.registry import Actor

#: Of DSE valid's linked pairs, half of those between 0.6 and 0.7 are right, 92 in 100 above.
THRESHOLD = 0.7
MAX_PAIRS = 12
#: Most steps in the tree from the two mentions to what links them: further apart, one actor
#: hardly ever acts on the other.
MAX_STEPS = 6
#: Who does what a predicate says, and how many steps in the tree from the actor to it.
SUBJECTS = {"nsubj": 1, "nsubjpass": 1, "agent": 2}
SUBJECT = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "nsubjpass"})
FIRST_PERSON = frozenset({"i", "we"})

PRAISE = frozenset(
    "praise laud commend applaud hail thank congratulate salute credit compliment flatter "
    "glorify extol honour honor welcome admire".split()
)
BLAME = frozenset(
    "accuse blame criticise criticize condemn denounce rebuke reproach slam lambast censure "
    "chide deride mock ridicule scold charge suspect fault decry lament disparage".split()
)
#: What is done to somebody: who blames it takes the side of whom it is done to.
HARM = frozenset(
    "killing murder assassination execution poisoning death torture abuse mistreatment treatment "
    "beating arrest detention jailing imprisonment conviction sentencing trial prosecution "
    "persecution harassment intimidation repression abduction kidnapping deportation expulsion "
    "attack assault invasion bombing shelling occupation crackdown raid".split()
)
#: Those of them whose possessor does them ("X's attack").
ATTACKS = frozenset("attack assault invasion bombing shelling occupation crackdown raid".split())
#: Hostile measures, and verbs that end them.
HOSTILE = frozenset(
    "sanction ban embargo blockade blacklist list restriction tariff charge".split()
)
ENDING = frozenset(
    "lift end ease drop waive suspend cancel revoke repeal relax remove withdraw scrap".split()
)
#: What somebody is or has in mind, which does nothing to another.
NO_ACT = frozenset(
    "be remain stay become seem appear fear dread need believe know remember await".split()
)
#: Who does so does not do what the verb below says.
AVOIDING = frozenset(
    "deny refuse decline fail avoid refrain abstain cease stop forget hesitate wriggle".split()
)
NEGATIONS = frozenset("not n't n’t never hardly scarcely barely neither nor".split())
POSITIVE, NEGATIVE = "positive", "negative"


class PairModel(Protocol):
    """Whatever gives the five probabilities of `relation_model.LABELS` for pairs."""

    def predict(
        self, items: Sequence[RelationItem]
    ) -> list[tuple[float, float, float, float, float]]:
        """Return five probabilities for each pair."""


@cache
def shared_model() -> RelationModel:
    """Return the shipped relation model, loaded once a process."""
    return RelationModel.load()


@dataclass(frozen=True)
class Link:
    """Two mentions and the predicate that links them."""

    first: Span
    second: Span
    predicate: Token


def path_up(token: Token) -> list[Token]:
    """Return a token and all its syntactic ancestors, nearest first."""
    return [token, *token.ancestors]


def is_subject(path: list[Token]) -> bool:
    """Return whether a path, from an actor up to below a predicate, is that of its subject."""
    return SUBJECTS.get(path[-1].dep_) == len(path)


def leaves_clause(path: list[Token]) -> bool:
    """Return whether a path up goes through a clause beside, with a subject of its own."""
    return any(
        token.dep_ in {"conj", "parataxis", "advcl", "relcl"}
        and any(c.dep_ in SUBJECTS for c in token.children)
        for token in path
    )


@dataclass(frozen=True)
class Arms:
    """The ways up from two actors to the predicate of which one is the subject."""

    subject: list[Token]
    other: list[Token]
    predicate: Token


def arms(first: Span, second: Span) -> Arms | None:
    """Return the ways up from two mentions to their predicate, None where none is its subject."""
    above, over = path_up(first.root), path_up(second.root)
    common = next((t for t in over if t in set(above)), None)
    if common is None or common in (first.root, second.root):
        return None
    left, right = above[: above.index(common)], over[: over.index(common)]
    if left[-1].dep_ in SUBJECT and right[-1].dep_ in SUBJECT:
        return None
    if is_subject(left):
        return Arms(left, right, common)
    return Arms(right, left, common) if is_subject(right) else None


def told_by(found: Arms) -> Token:
    """Return the word that tells the relation.

    It is the verb or noun nearest to the other actor that carries a polarity and is not that
    actor's own act; where there is none, the predicate, or the verb joined to it by "and" that
    the other actor belongs to.
    """
    for n, word in enumerate(found.other):
        if n and word.lemma_.lower() in PRAISE | BLAME and not is_subject(found.other[:n]):
            return word
    last = found.predicate
    for word in reversed(found.other):
        if word.dep_ != "conj" or word.pos_ != "VERB":
            break
        last = word
    return last


def beside_object(found: Arms, told: Token) -> bool:
    """Return whether praise or blame goes to another ("thanked X for the help to Y")."""
    if told.lemma_.lower() not in PRAISE | BLAME:
        return False
    arm = found.other[: found.other.index(told)] if told in found.other else found.other
    objects = [child for child in told.children if child.dep_ in OBJECTS]
    if not objects or not arm or arm[-1] in objects or is_subject(arm):
        return False
    return arm[-1].lower_ not in {"on", "by"}


def is_wronged(found: Arms, told: Token) -> bool:
    """Return whether the other actor is the victim of what is blamed ("condemned X's arrest")."""
    if told.lemma_.lower() not in BLAME or told not in [*found.other, found.predicate]:
        return False
    for n, word in enumerate(found.other):
        if n and word.lemma_.lower() in HARM:
            below = found.other[n - 1]
            suffers = below.dep_ == "prep" and below.lower_ in {"of", "on", "against"}
            others = any(c.dep_ == "prep" and c.lower_ == "of" for c in word.children)
            return suffers or (below.dep_ == "poss" and not others and word.lemma_ not in ATTACKS)
    return False


def ends_harm(told: Token) -> bool:
    """Return whether a predicate ends what is hostile ("lifted the sanctions on X")."""
    ends = told.lemma_.lower() in ENDING
    return ends and any(token.lemma_.lower() in HOSTILE for token in told.subtree)


def is_denied(found: Arms, told: Token) -> bool:
    """Return whether what tells a relation is negated, refused or avoided ("did not praise")."""
    verbs_above = [told, found.predicate, *(t for t in found.other if t.pos_ in VERBAL)]
    negated = any(c.lower_ in NEGATIONS for verb in verbs_above for c in verb.children)
    governing = {verb.head for verb in verbs_above if verb.dep_ in {"xcomp", "pcomp"}}
    return negated or any(v.lemma_ in AVOIDING for v in {*verbs_above, *governing})


def told_of(found: Arms) -> bool:
    """Return whether the other actor stands in a clause of its own ("denied claims that X …")."""
    return any(word.dep_ in {"ccomp", "acl"} and is_finite(word) for word in found.other)


class Linker:
    """Links the mentions of a sentence.

    Args:
        mentions: all of the sentence, in text order.
        actors: the registry's actors.
    """

    def __init__(self, mentions: list[Span], actors: Mapping[str, Actor]) -> None:
        self.mentions = mentions
        self._meant = {mention.root: mention.label_ for mention in mentions}
        self._actors = actors

    def candidates(self) -> Iterator[Link]:
        """Yield at most ``MAX_PAIRS`` linked pairs, one for each pair of actors."""
        seen: set[frozenset[str]] = set()
        for first, second in combinations(self.mentions, 2):
            pair = frozenset({first.label_, second.label_})
            if len(pair) < 2 or pair in seen or len(seen) == MAX_PAIRS:
                continue
            found = self.link(first, second)
            if found:
                seen.add(pair)
                yield found

    def link(self, first: Span, second: Span) -> Link | None:
        """Return the predicate that links two mentions, or None.

        Who stands in a clause beside, with its own subject, is not linked. The predicate is
        the lowest common ancestor, or, where a subject shares its verb with a clause below, the
        verb or noun nearest to the other actor that carries a polarity.
        """
        found = arms(first, second)
        if found is None or len(found.subject) + len(found.other) > MAX_STEPS:
            return None
        if leaves_clause(found.subject) or leaves_clause(found.other):
            return None
        told = told_by(found)
        if told.lemma_ in NO_ACT or beside_object(found, told) or self._only_reports(found):
            return None
        if is_wronged(found, told) or ends_harm(told) or is_denied(found, told):
            return None
        return Link(first, second, told)

    def _only_reports(self, found: Arms) -> bool:
        """Return whether an actor says what is no act of theirs on the other.

        What is reported tells of the clause's subject, and of who speaks where that is the
        subject; it is no praise or blame by the speaker that the subject praises or blames. Who
        speaks of the own state speaks for it.
        """
        speaker, other = self._meant[found.subject[0]], self._meant[found.other[0]]
        if speaker in self._actors and self._actors[speaker].country == other and told_of(found):
            return True
        clause = found.other[-1]
        if clause.dep_ != "ccomp" or found.predicate.lemma_.lower() not in verbs.REPORTING:
            return False
        subject = next((child for child in clause.children if child.dep_ in SUBJECTS), None)
        if subject is None:
            return False
        if subject in found.other:
            active = subject.dep_ == "nsubj" and subject == found.other[0]
            return active and clause.lemma_.lower() in PRAISE | BLAME
        return subject.lower_ not in FIRST_PERSON and self._meant.get(subject) != speaker


def label_of(predicate: Token, polarity: str) -> str:
    """Return praises or supports (positive), blames or attacks (negative)."""
    lemma = predicate.lemma_.lower()
    if polarity == POSITIVE:
        return "praises" if lemma in PRAISE else "supports"
    return "blames" if lemma in BLAME else "attacks"


class RelationFinder:
    """Set ``doc._.relations`` to the actor-to-actor relations of a document."""

    def __init__(
        self,
        actors: Mapping[str, Actor],
        model: PairModel | None = None,
        threshold: float = THRESHOLD,
    ) -> None:
        self._actors = actors
        self._model = model
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Find and score all linked pairs."""
        links = [
            (sentence, found)
            for sentence, mentions in mentions_by_sentence(doc)
            if sentence._.scored
            for found in Linker(mentions, self._actors).candidates()
        ]
        doc._.relations = list(self._relations(links)) if links else []
        return doc

    def _relations(self, links: list[tuple[Span, Link]]) -> Iterator[Relation]:
        items = [pair_item(sentence, found) for sentence, found in links]
        scores = (self._model or shared_model()).predict(items)
        for (_, found), p in zip(links, scores, strict=True):
            best = max(range(1, 5), key=lambda n: p[n])
            if p[best] >= self.threshold:
                yield self._relation(found, best, p[best])

    @staticmethod
    def _relation(found: Link, best: int, score: float) -> Relation:
        forward = best in (1, 3)
        source, target = (found.first, found.second) if forward else (found.second, found.first)
        predicate = found.predicate
        return Relation(
            source=source.label_,
            target=target.label_,
            label=label_of(predicate, POSITIVE if best in (1, 2) else NEGATIVE),
            score=score,
            evidence=predicate.doc[predicate.i : predicate.i + 1],
            voice=source._.voice,
        )


def pair_item(sentence: Span, found: Link) -> RelationItem:
    """Return what the model is asked about a pair: the sentence and the two places."""
    shift = sentence.start_char
    first, second = found.first, found.second
    return RelationItem(
        sentence.text.rstrip(),
        (first.start_char - shift, first.end_char - shift),
        (second.start_char - shift, second.end_char - shift),
    )


@Language.factory("relations", default_config={"registry": None})
def make_relations(nlp: Language, name: str, registry: str | None) -> RelationFinder:
    """Return the component for `Language.add_pipe`."""
    return RelationFinder(load_registry(registry).actors)
