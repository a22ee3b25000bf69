"""Who has been spoken of so far: entities, their references, and what is known of them."""

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kzdash.nlp import verbs
from kzdash.nlp.descriptions import Description

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OBJECTS = frozenset({"dobj", "dative", "attr", "oprd"})
_CONTROLLED = frozenset({"from", "in", "into", "of", "for"})
_OPEN, _CLOSE = frozenset("“«„‟「"), frozenset("”»")
_REPORTING = frozenset(
    """say tell add note claim argue believe think insist explain write declare state announce warn
    stress reply answer ask suggest admit deny remark recall observe comment report describe
    call conclude predict acknowledge promise reckon maintain point confirm joke joked""".split()
)


@dataclass(slots=True, eq=False)
class Entity:
    """Someone or something spoken of; ``actor`` is None for what the registry does not know."""

    actor: str | None
    kind: str
    gender: str | None = None
    plural: bool = False
    country: str | None = None
    known: list[Description] = field(default_factory=list)
    references: list["Reference"] = field(default_factory=list)
    family: str = ""
    body: "Entity | None" = None


@dataclass(slots=True, eq=False)
class Reference:
    """One reference to an entity: tokens, the kind of reference, and its place in the syntax."""

    entity: Entity
    start: int
    end: int
    kind: str
    head: int
    sentence: int
    role: str
    clause: int
    coordinated: bool = False


@dataclass(slots=True)
class Named:
    """A name with the entity it means; ``kind`` is name, metonym, title or outsider."""

    start: int
    end: int
    entity: Entity
    kind: str


def governed(token: Token) -> tuple[str, Token]:
    """Return a token's role (s, o, p, b, i, x) and the word that governs it.

    s subject, o object, p possessor, b by-phrase, i under a preposition, x other. A conjunct
    or apposition has the role of its first part.
    """
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    dep = token.dep_
    if dep in _SUBJECTS:
        return "s", token.head
    if dep in _OBJECTS:
        return "o", token.head
    if dep == "poss":
        return "p", token.head
    if dep == "pobj":
        prep = token.head
        return ("b" if prep.dep_ == "agent" else "i"), prep.head
    return "x", token.head


def clause_of(token: Token) -> Token:
    """Return the verb (or root) of the clause that a token stands in."""
    node = token
    while node.head.i != node.i:
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            break
    return node


def span_head(doc: Doc, start: int, end: int) -> Token:
    """Return the token of a span whose head lies outside it."""
    for index in range(end - 1, start - 1, -1):
        token = doc[index]
        if not start <= token.head.i < end or token.head.i == token.i:
            return token
    return doc[end - 1]


def quote_numbers(doc: Doc) -> list[int]:
    """Return for each token the number of the quotation it stands in, 0 outside any.

    Straight marks open and close in turn; a quotation ends at a paragraph break.
    """
    numbers: list[int] = []
    depth, count, straight = 0, 0, False
    for token in doc:
        text = token.text
        if token.is_space and text.count("\n") > 1:
            depth, straight = 0, False
        if text in _OPEN or (text == '"' and not straight) or (text == "``" and not straight):
            if depth == 0:
                count += 1
            depth += 1
            straight = straight or text not in _OPEN
            numbers.append(count)
        elif text in _CLOSE or text in ('"', "''"):
            numbers.append(count if depth else 0)
            depth = max(0, depth - 1)
            straight = straight and text in _CLOSE
        else:
            numbers.append(count if depth else 0)
    return numbers


def reports(token: Token) -> bool:
    """Return whether a word is a verb of saying or thinking."""
    return token.lemma_ in _REPORTING


def _controller(gerund: Token) -> Token | None:
    """Return the object that does what a gerund says ("helped Borland in keeping its harbour")."""
    preposition = gerund.head
    verb = preposition.head
    if preposition.lower_ not in _CONTROLLED or verb.pos_ != "VERB":
        return None
    if preposition.lower_ in ("in", "for") and verb.lemma_ not in verbs.DEALING:
        return None
    objects = (c for c in verb.children if c.dep_ == "dobj" and c.i < preposition.i)
    return next(objects, None)


class Discourse:
    """The entities of one document in the order in which they come up."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.recent: dict[int, Entity] = {}
        self.upcoming: list[Reference] = []
        self.by_actor: dict[str, Entity] = {}
        self.entity_at: dict[int, Entity] = {}
        self.adjectives: dict[int, str] = {}
        self.at = 0
        self.quotes = quote_numbers(doc)
        self.sentences = [0] * len(doc)
        self.sentence_spans = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        for number, sentence in enumerate(self.sentence_spans):
            for index in range(sentence.start, sentence.end):
                self.sentences[index] = number

    def add(self, entity: Entity) -> Entity:
        """Add an entity and return it."""
        if entity.actor is not None:
            self.by_actor[entity.actor] = entity
        return entity

    def reference(self, entity: Entity, start: int, end: int, kind: str) -> Reference:
        """Return a reference of an entity without recording it."""
        head = span_head(self.doc, start, end)
        role, governor = governed(head)
        verbal = governor.pos_ in ("VERB", "AUX")
        clause = governor if role in ("s", "o") or (role == "i" and verbal) else clause_of(head)
        return Reference(
            entity, start, end, kind, head.i, self.sentences[head.i], role, clause.i,
            head.dep_ == "conj" or any(c.dep_ == "conj" for c in head.children),
        )  # fmt: skip

    def record(self, reference: Reference) -> None:
        """Record a reference; references come in text order."""
        entity = reference.entity
        entity.references.append(reference)
        self.mark(reference)
        self.recent.pop(id(entity), None)
        self.recent[id(entity)] = entity

    def mark(self, reference: Reference) -> None:
        """Remember which entity the tokens of a reference mean."""
        for index in range(reference.start, reference.end):
            self.entity_at[index] = reference.entity

    def subject(self, verb: Token, depth: int = 0) -> Entity | None:
        """Return the entity of a verb's subject, also where the verb shares or inherits it.

        A conjoined verb shares its first verb's subject; an infinitive takes its verb's object or
        subject; a participle the subject of its clause or the noun that it modifies; a relative
        pronoun stands for its noun, and a predicate noun or apposition for what it is said of.
        """
        if depth > 6:
            return None
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                relative = child.tag_ in ("WP", "WDT") and verb.dep_ == "relcl"
                return self.noun(verb.head if relative else child, depth + 1)
        return self._shared_subject(verb, depth + 1)

    def _shared_subject(self, verb: Token, depth: int) -> Entity | None:
        head = verb.head
        if head.i == verb.i:
            return None
        if verb.dep_ == "acl":
            return self.noun(head, depth)
        if verb.dep_ == "xcomp":
            objects = [c for c in head.children if c.dep_ == "dobj"]
            return self.noun(objects[0], depth) if objects else self.subject(head, depth)
        if verb.dep_ in ("conj", "advcl", "aux", "ccomp"):
            return self.subject(head, depth)
        if verb.dep_ == "pcomp" and (other := _controller(verb)) is not None:
            return self.noun(other, depth)
        if verb.dep_ in ("pcomp", "prep"):
            while head.i != head.head.i and head.pos_ not in ("VERB", "AUX"):
                head = head.head
            return self.subject(head, depth)
        return None

    def noun(self, token: Token, depth: int = 0) -> Entity | None:
        """Return the entity that a noun or pronoun means, by reference, apposition or predicate."""
        found = self.entity_at.get(token.i)
        if (found is not None and found.kind not in ("thing", "things")) or depth > 6:
            return found
        named = (c for c in token.rights if c.dep_ == "appos" and c.i in self.entity_at)
        if (name := next(named, None)) is not None and token.dep_ != "appos":
            return self.noun(name, depth + 1)
        if token.dep_ == "appos":
            return self.noun(token.head, depth + 1) or found
        if token.dep_ == "attr":
            return self.subject(token.head, depth + 1) or found
        return found

    def within(self, sentence: int, window: int) -> list[Entity]:
        """Return the entities last referred to at most so many sentences ago, latest first."""
        found = []
        for entity in reversed(self.recent.values()):
            if sentence - entity.references[-1].sentence > window:
                break
            found.append(entity)
        return found

    def spoken(self, country: str | None, sentence: int) -> int:
        """Return how often a sentence has spoken of a state, its people and bodies, so far.

        Adjectives of the state count too.
        """
        if sentence < 0:
            return 0
        count = sum(
            r.sentence == sentence
            for e in self.within(sentence, 1)
            if e.country == country
            for r in e.references[-6:]
        )
        span = self.sentence_spans[sentence]
        seen = range(span.start, min(span.end, self.at))
        return count + sum(self.adjectives.get(i) == country for i in seen)
