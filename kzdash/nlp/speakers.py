"""Speakers: who is meant by the phrase that names a speaker."""

from bisect import bisect_right

from spacy.tokens import Doc, Span, Token

from kzdash.nlp import verbs
from kzdash.nlp.descriptions import CLASSES, KIN, NOUN_KINDS
from kzdash.nlp.epithets import OFFICES
from kzdash.nlp.introductions import gender_of
from kzdash.nlp.sources import counted
from kzdash.registry import Registry

PRONOUNS = frozenset("he him his she her hers they them their it its".split())
PLURAL = frozenset("they them their it its".split())
FIRST = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
TRADES = frozenset(
    "analyst expert scientist scholar observer author historian economist professor researcher "
    "commentator politician diplomat official journalist lawyer sociologist specialist critic "
    "politologist writer columnist strategist consultant lawmaker senator deputy activist "
    "campaigner academic businessman businesswoman reporter blogger envoy ambassador spokesman "
    "spokeswoman spokesperson".split()
)
PERSONAL = frozenset({"his", "her"})
STAFF = frozenset({"office", "service", "press"})
LONGEST = 5
REMEMBERED = 20
_STRANGER = 120


class Speaker:
    """An actor's id, or the words that name a person or source who is no known actor."""

    __slots__ = ("actor", "surface")

    def __init__(self, actor: str | None, surface: str | None) -> None:
        self.actor = actor
        self.surface = surface

    @property
    def name(self) -> str | None:
        """The actor's id, else the surface."""
        return self.actor or self.surface


NOBODY = Speaker(None, None)


class Speakers:
    """Resolves phrases of one document to speakers, remembering the named ones in order.

    Args:
        doc: with ``doc.spans["mentions"]`` where the mentions are known.
        mention_at: the mention at each token that stands in one.
        registry: gives actors their names.
    """

    def __init__(
        self, doc: Doc, mention_at: dict[int, Span], registry: Registry | None = None
    ) -> None:
        self.doc = doc
        self.registry = registry
        self.mention_at = mention_at
        persons = [e for e in doc.ents if e.label_ == "PERSON"]
        self.person_at = {i: e for e in persons for i in range(e.start, e.end)}
        self.people = [
            e for e in persons if e.start not in mention_at and e.text.lower() not in OFFICES
        ]
        self.people_ends = [e.end for e in self.people]
        self.names: dict[str, list[tuple[int, str]]] = {}
        for mention in doc.spans.get("mentions", []):
            if mention[0].pos_ == "PROPN":
                self.names.setdefault(mention.label_, []).append((mention.start, mention.text))

    def named_people(self) -> list[Span]:
        """Return what names persons: people who are no known actors, and actors who are persons."""
        actors = self.registry.actors if self.registry else {}
        mentions = self.doc.spans.get("mentions", [])
        return self.people + [
            m
            for m in mentions
            if m.label_ in actors and actors[m.label_].kind == "person" and m._.kind != "pronoun"
        ]

    def resolve(self, source: Token | None, enclosing: Speaker | None = None) -> Speaker:
        """Return the speaker that a phrase's head stands for.

        Args:
            source: the head of the phrase.
            enclosing: who speaks the words that the phrase stands in, for "I" and "we".
        """
        if source is None:
            return NOBODY
        source = _maker(source) or source
        mention = self._mention(source)
        if mention is not None:
            return Speaker(mention.label_, mention.text)
        if source.lower_ in FIRST:
            return enclosing or NOBODY
        if source.lower_ in PRONOUNS:
            return self._person_before(source)
        return self._outside(source)

    def _outside(self, source: Token) -> Speaker:
        """Return the speaker that a noun outside the registry names or describes."""
        person = self._entity(source)
        if person is not None:
            return Speaker(None, self._whole_name(person.text))
        return self._described(source)

    def _whole_name(self, name: str) -> str:
        """Return the one person's name that ends in a name ("Bell": "John Bell"), else itself."""
        longer = {known.text for known in self.people if known.text.endswith(f" {name}")}
        return longer.pop() if len(longer) == 1 else name

    def _mention(self, source: Token) -> Span | None:
        if source.i in self.mention_at:
            return self.mention_at[source.i]
        person = source.lower_.startswith("spokes")
        document = source.lower_ in verbs.DOCUMENTS
        if document and not person and (issuer := self.issuer(source)) is not None:
            return issuer
        for child in source.children:
            apposed = self.mention_at.get(child.i) if self._apposed(child) else None
            if apposed is not None and not self._is_another(source, apposed):
                return apposed
        named = self._entity(source) is not None
        if person and not named and (issuer := self.issuer(source)) is not None:
            return issuer
        if source.dep_ == "appos" and source.head.i in self.mention_at:
            head = self.mention_at[source.head.i]
            return head if self._fits(source, head) else None
        return None

    def _apposed(self, child: Token) -> bool:
        """Return whether a word is an apposition of its head: not what a label's bearer says."""
        between = self.doc[child.head.i : child.i]
        return child.dep_ == "appos" and all(t.text != ":" for t in between)

    @staticmethod
    def _is_another(source: Token, apposed: Span) -> bool:
        """Return whether an apposition is another's name: who has a name is not called a second."""
        return source.ent_type_ == "PERSON" and apposed._.kind == "name"

    def _fits(self, noun: Token, mention: Span) -> bool:
        """Return whether a noun can be an apposition of a mention: no chief is a state."""
        actor = self.registry.actors.get(mention.label_) if self.registry else None
        kinds = NOUN_KINDS.get(noun.lower_, frozenset())
        return actor is None or kinds != {"person"} or actor.kind == "person"

    def issuer(self, document: Token) -> Span | None:
        """Return the actor that issues a document ("Akorda's press release")."""
        person = document.lower_.startswith("spokes")
        for child in document.children:
            owns = child.dep_ in {"poss", "compound", "nmod"} and child.i in self.mention_at
            if owns and not self._is_apart(document, self.mention_at[child.i]):
                return self.mention_at[child.i]
            if child.dep_ in {"prep", "agent"} and not person:
                for pobj in child.children:
                    if pobj.dep_ == "pobj" and pobj.i in self.mention_at:
                        return self.mention_at[pobj.i]
        head = document.head
        if document.dep_ == "pobj":
            head = head.head if head.head.pos_ in {"VERB", "AUX"} else head.head.head
        if document.dep_ in {"dobj", "pobj"} and not person:
            for child in head.children:
                if child.dep_ == "nsubj" and child.i in self.mention_at:
                    return self.mention_at[child.i]
        return None

    def _is_apart(self, source: Token, owner: Span) -> bool:
        """Return whether a source is people who speak for a person: "his office"."""
        people = source.lower_.startswith("spokes") or source.lower_ in STAFF
        actor = self.registry.actors.get(owner.label_) if self.registry else None
        person = actor.kind == "person" if actor is not None else owner.root.lower_ in PERSONAL
        return people and person

    def _entity(self, token: Token) -> Span | None:
        tokens = [token, *(c for c in token.children if self._apposed(c))]
        for each in tokens:
            if each.i in self.person_at:
                return self.person_at[each.i]
        return self._named_after(token)

    def _named_after(self, noun: Token) -> Span | None:
        """Return the name between commas after a person's noun ("his lawyer, Ada Bell, said")."""
        doc, start = self.doc, noun.i + 2
        person = self.person_at.get(start)
        if "person" not in NOUN_KINDS.get(noun.lower_, ()) or doc[noun.i + 1].text != ",":
            return None
        if person is None or person.start != start or person.end >= len(doc):
            return None
        return person if doc[person.end].text == "," else None

    def _person_before(self, pronoun: Token) -> Speaker:
        if pronoun.lower_ in PLURAL:
            return NOBODY
        stranger = (self.doc._.strangers or {}).get(pronoun.i)
        if stranger is not None:
            return self._outside(self.doc[stranger])
        before = bisect_right(self.people_ends, pronoun.i)
        for person in reversed(self.people[max(0, before - REMEMBERED) : before]):
            if self._may_be(pronoun, person):
                return Speaker(None, self._whole_name(person.text))
        return NOBODY

    def _may_be(self, pronoun: Token, person: Span) -> bool:
        """Return whether a name can be a pronoun's: no relative's, none of the other sex."""
        gender = gender_of(person[-1].lower_)
        other = "m" if pronoun.lower_ in {"she", "her", "hers"} else "f"
        before = self.doc[person.start - 1].lower_ if person.start else ""
        return gender != other and before not in KIN

    def _described(self, noun: Token) -> Speaker:
        """Return the speaker of a description ("the analyst"): somebody named, or its words."""
        definite = any(c.dep_ == "det" and c.lower_ == "the" for c in noun.children)
        bare = not any(c.dep_ in {"prep", "poss"} or self._restricts(c) for c in noun.children)
        if definite and bare and noun.lower_ in TRADES and not self._spoken_of(noun):
            known = self._introduced(noun)
            if known.name:
                return known
        return Speaker(None, self._belonging(noun) or self._whole_name(phrase(noun)))

    def _spoken_of(self, noun: Token) -> bool:
        """Return whether somebody without a name was called so before ("a lawyer")."""
        before = self.doc[max(0, noun.i - _STRANGER) : noun.i]
        return any(
            t.lower_ == noun.lower_ and any(c.lower_ in {"a", "an"} for c in t.lefts)
            for t in before
            if t.dep_ not in {"appos", "attr"}
        )

    def _restricts(self, clause: Token) -> bool:
        """Return whether a child of a noun is a relative clause without a comma."""
        return clause.dep_ == "relcl" and self.doc[clause.left_edge.i - 1].text != ","

    def _belonging(self, noun: Token) -> str | None:
        """Return "Abenov's lawyer" for "his lawyer", None without a known possessor."""
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        mention = self.mention_at.get(owner.i) if owner is not None else None
        if mention is None:
            return None
        return f"{self._name(mention)}'s {noun.text}"

    def _name(self, mention: Span) -> str:
        """Return the actor's name: the registry's, else the last before a mention."""
        actor = self.registry.actors.get(mention.label_) if self.registry else None
        if actor is not None:
            return actor.name
        names = self.names.get(mention.label_, [])
        before = bisect_right(names, (mention.start, "\U0010ffff"))
        return names[before - 1][1] if before else mention.text

    def _introduced(self, noun: Token) -> Speaker:
        """Return the last person before a noun, first one introduced with it or one like it."""
        before = bisect_right(self.people_ends, noun.i)
        people = self.people[max(0, before - REMEMBERED) : before]
        same = noun.lemma_.lower()
        for words in (frozenset({same}), _alike(same)):
            for person in reversed(people):
                around = self.doc[max(0, person.start - 5) : person.end + 8]
                if any(t.lemma_.lower() in words for t in around if t.i != noun.i):
                    return Speaker(None, self._whole_name(person.text))
        return Speaker(None, self._whole_name(people[-1].text)) if people else NOBODY


def _maker(study: Token) -> Token | None:
    """Return whose survey or study a noun means ("a survey by X"), if it has a name."""
    if study.lower_ not in verbs.STUDIES:
        return None
    by = (c for c in study.rights if c.lower_ in {"by", "from"})
    makers = [c for preposition in by for c in preposition.children if c.dep_ == "pobj"]
    return next((maker for maker in makers if maker.pos_ == "PROPN"), None)


def _alike(noun: str) -> frozenset[str]:
    """Return the nouns that may stand for a noun: a senator is a lawmaker."""
    classes = CLASSES.get(noun, frozenset())
    return frozenset(other for other, theirs in CLASSES.items() if classes & theirs)


def phrase(noun: Token) -> str:
    """Return a short name for a source: the noun with its nearest modifiers."""
    whole = counted(noun)
    if whole is not None and whole.i - noun.i < LONGEST:
        return _inside_sentence(noun.doc[noun.i : whole.i + 1])
    left = [c for c in noun.children if c.i < noun.i and c.dep_ in {"compound", "amod", "nmod"}]
    start = min([noun.i, *(c.left_edge.i for c in left)])
    end = noun.i + 1
    if noun.i - start >= LONGEST:
        start = noun.i
    for child in noun.children:
        if child.i == end and child.lower_ in {"of", "for", "at", "from", "in"}:
            last = child.right_edge.i + 1
            if last - start <= LONGEST + 2 and any(t.pos_ == "PROPN" for t in noun.doc[end:last]):
                end = last
    return _inside_sentence(noun.doc[start:end])


def _inside_sentence(words: Span) -> str:
    """Return a phrase as it stands inside a sentence, where only names have a capital."""
    first = words[0]
    opens = first.is_sent_start and first.pos_ != "PROPN" and first.text[1:].islower()
    return first.lower_[:1] + words.text[1:] if opens else words.text
