"""Sources: the phrase that names who says or thinks what a verb reports."""

from spacy.tokens import Doc, Span, Token

from kzdash.nlp import grammar, verbs
from kzdash.nlp.descriptions import NOUN_KINDS
from kzdash.nlp.grammar import CLIMB, FINITE, RELATIVES, SUBJECTS, VERBAL
from kzdash.nlp.paragraphs import is_break

UNSPECIFIC = frozenset(
    "i we us me you one it this that what there these those which everything nothing something "
    "nobody none few anybody anyone whoever someone somebody everybody everyone little much "
    "reader readers".split()
)
OBJECTS = frozenset({"dobj", "dative"})
SAYING = verbs.REPORTING - verbs.THINKING
PASSAGE = 2
FARTHEST = 150
_FAR = 4
PARTS = frozenset("one two three some many most several few both".split())
LIVING_ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
BODIES = frozenset({"ORG", "GPE"})
LIVING_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "men", "women", "ant", "ers", "ors",
                  "ists", "ians", "ants", "ic", "ics")  # fmt: skip
LIVING = frozenset(
    "he she they who source sources people family families friends officials colleagues "
    "diplomats aides mps elite elites opponents persons person relative witnesses eyewitness "
    "eyewitnesses pupil pupils scholars public media press government ministry regime "
    "authorities opposition delegates relatives counsel neighbours party police residents "
    "analysts experts spouse side camp group groups organisation organisations organization "
    "organizations company companies firm firms bank agency agencies committee commission "
    "court parliament senate union alliance council movement service services watchdog ngo "
    "ngos friend parties embassy foundation institute channel newspaper paper magazine "
    "broadcaster outlet outlets body association majority some many most both generals "
    "channels newspapers executive executives guard guards insider insiders".split()
)


def counted(token: Token) -> Token | None:
    """Return of whom a token is a part: the ministers of "one of the ministers"."""
    if token.lower_ not in PARTS:
        return None
    of = next((c for c in token.children if c.lower_ == "of" and c.i == token.i + 1), None)
    return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None


def is_unspecific(token: Token) -> bool:
    """Return whether a word names nobody in particular."""
    whole = counted(token)
    return token.lower_ in UNSPECIFIC and (whole is None or whole.lower_ in UNSPECIFIC)


def is_living(token: Token) -> bool:
    """Return whether a noun names somebody who can speak (person, body or state)."""
    whole = counted(token)
    if whole is not None and whole.lower_ == "them":
        return True
    token = whole or token
    lower = token.lower_
    if token.ent_type_ in LIVING_ENTITIES or token.pos_ == "PROPN" or lower in LIVING:
        return True
    person = "person" in NOUN_KINDS.get(lower, ())
    return token.pos_ == "NOUN" and (person or lower.endswith(LIVING_ENDINGS))


def _is_plural(noun: Token) -> bool:
    """Return whether a noun names more than one, by its form or as it is joined to others."""
    return noun.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in noun.children)


def _acts(noun: Token) -> bool:
    """Return whether a noun is a subject, not of a relative clause, or stands in a by-phrase."""
    subject = noun.dep_ in SUBJECTS | {"nsubjpass"} and noun.head.dep_ != "relcl"
    return subject or noun.head.dep_ == "agent"


def _is_body(noun: Token) -> bool:
    """Return whether a noun names one body: a firm, an office, a state."""
    one = noun.pos_ in {"NOUN", "PROPN"} and not _is_plural(noun)
    return one and (noun.ent_type_ in BODIES or noun.lower_ in LIVING)


def _is_own_work(noun: Token) -> bool:
    """Return whether a noun means the text that it stands in, or who writes it."""
    return noun.lower_ in verbs.OWN_WORKS and any(c.lower_ == "this" for c in noun.lefts)


def _cleft(verb: Token, copula: Token) -> Token | None:
    """Return X of "it was X to say …"."""
    if verb.dep_ != "xcomp" or copula.lemma_ != "be":
        return None
    parts = {c.dep_: c for c in copula.children}
    dummy = "nsubj" in parts and parts["nsubj"].lower_ == "it"
    who = parts.get("attr")
    return who if dummy and who is not None and is_living(who) else None


class Sources:
    """Finds the sources of one document's reporting verbs.

    Args:
        doc: parsed, with ``doc.spans["mentions"]`` where the mentions are known.
        quote_of: for every token the number of the quotation it stands in, -1 outside.
    """

    def __init__(self, doc: Doc, quote_of: list[int]) -> None:
        self.doc = doc
        self.quote_of = quote_of
        self.mention_at: dict[int, Span] = {
            token.i: mention for mention in doc.spans.get("mentions", []) for token in mention
        }

    def of(self, verb: Token, steps: int = 0) -> Token | None:
        """Return the head of the phrase that names who speaks, as the parse gives it."""
        if steps > CLIMB:
            return None
        if not steps and (cited := self._cited(verb)) is not None:
            return cited
        subjects = [
            c
            for c in verb.children
            if c.dep_ in SUBJECTS and (c.i < verb.i or self._is_inverted(verb, c))
        ]
        if subjects:
            found = grammar.antecedent(subjects[-1], verb)
            return found if steps or found is None else self._beside(verb, found) or found
        passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        agent = grammar.by_phrase(verb) if verb.tag_ == "VBN" else None
        if agent is not None or passive is not None:
            return agent or (passive if steps else None)
        shared = self._shared(verb, steps)
        if shared is not None and not steps and not grammar.agrees(verb, shared):
            shared = self._singular_subject(verb)
        return shared or (self._neighbour(verb) if not steps else None)

    def _beside(self, verb: Token, subject: Token) -> Token | None:
        """Return who stands right before a verb of saying whose subject can be no speaker.

        "It opens routes that bypass Russia, the chief said": no routes said so.
        """
        if subject.i in self.mention_at or is_living(subject) or verb.i - subject.i < _FAR:
            return None
        before = self.doc[verb.i - 1]
        said = verb.tag_ in FINITE and verb.lemma_.lower() in verbs.INSERTED
        person = is_living(before) and before.dep_ == "appos" and before.pos_ in {"NOUN", "PROPN"}
        return before if said and person else None

    def can_speak(self, source: Token | None, lemma: str, verb: Token) -> bool:
        """Return whether a source can be the speaker that a reporting verb names."""
        if source is None or any(c.dep_ == "det" and c.lower_ == "no" for c in source.children):
            return False
        if source.i in self.mention_at:
            return self.mention_at[source.i][0].lower_ not in {"i", "we"} or self.is_quoted(verb)
        if _is_own_work(source):
            return False
        if source.lower_ == "they" and self.is_quoted(verb):
            return True
        if source.lower_ in {"it", "they"}:
            return not self.is_quoted(verb) and self._is_somebody(source)
        if is_unspecific(source):
            return source.lower_ in {"i", "we"} and self.is_quoted(verb)
        if lemma in verbs.THINKING and not is_living(source):
            return False
        speaks = is_living(source) or source.lower_ in verbs.DOCUMENTS
        return lemma not in verbs.ANIMATE or speaks

    def _is_somebody(self, pronoun: Token) -> bool:
        """Return whether "it" or "they" means a body or people named shortly before.

        "They tell us" is what is said, whoever says it.
        """
        verb = pronoun.head
        says = pronoun.dep_ == "nsubj" and verb.lemma_.lower() in SAYING
        if not says or any(c.dep_ in OBJECTS and c.pos_ == "PRON" for c in verb.children):
            return False
        start = max(self._start_of_passage(pronoun.sent), pronoun.i - FARTHEST)
        passage = self.doc[start : pronoun.i]
        before = [noun for noun in passage if noun.head != verb.head]
        if pronoun.lower_ == "they":
            return any(_acts(noun) and _is_plural(noun) and is_living(noun) for noun in before)
        published = any(
            noun.lower_ in verbs.DOCUMENTS and noun.head.lower_ in {"in", "on"}
            for noun in before
            if noun.dep_ == "pobj" and noun.i >= pronoun.sent.start
        )
        return published or any(_acts(noun) and _is_body(noun) for noun in before)

    def _start_of_passage(self, sentence: Span) -> int:
        """Return where the sentences start that a pronoun of a sentence may point back to."""
        start = sentence.start
        for _ in range(PASSAGE):
            if not start or is_break(self.doc[start - 1].text):
                break
            start = self.doc[start - 1].sent.start
        return start

    def _is_inverted(self, verb: Token, subject: Token) -> bool:
        """Return whether a subject stands after its verb: "…," said X."""
        before = verb.doc[verb.i - 1] if verb.i else None
        marked = before is None or before.is_punct or before.is_space
        marked = marked or before is None or before.dep_ in {"aux", "cc"}
        speaker = subject.i in self.mention_at or is_living(subject)
        return speaker and verb.tag_ in FINITE and marked

    def _singular_subject(self, verb: Token) -> Token | None:
        """Return the sentence's first subject in the singular."""
        sentence = verb.sent
        if sentence.root.tag_ in {"NN", "NNP"}:
            return sentence.root
        for token in sentence:
            if token.i >= verb.i:
                return None
            subject = token.dep_ in SUBJECTS and token.tag_ not in RELATIVES
            if subject and grammar.agrees(verb, token):
                return token
        return None

    def _shared(self, verb: Token, steps: int) -> Token | None:
        """Return the subject that a verb shares with the one it depends on."""
        head = verb.head
        if verb.dep_ in {"conj", "dep"} and head.pos_ in VERBAL:
            return self.of(grammar.matrix(verb), steps + 1)
        if verb.dep_ in {"xcomp", "pcomp", "advcl", "prep"} and head.i != verb.i:
            above = self._reporting(verb, grammar.verb_above(head))
            cited = self._cited(above) if verb.dep_ == "pcomp" else None
            return cited or _cleft(verb, above) or self.of(above, steps + 1)
        if verb.dep_ == "relcl":
            return head
        if verb.dep_ == "acl":
            return head if verb.tag_ == "VBG" or self._has_content(verb) else None
        if verb.dep_ == "ccomp" and self._is_after_participle(verb):
            return self.of(head, steps + 1)
        for child in verb.children:
            level = self.quote_of[child.i] == self.quote_of[verb.i]
            if child.dep_ == "ccomp" and child.i < verb.i and level:
                return next((c for c in child.children if c.dep_ in SUBJECTS), None)
        return None

    def _is_after_participle(self, verb: Token) -> bool:
        """Return whether a verb is the main one behind a participle: "X, asked whether …, said"."""
        head = verb.head
        apart = verb.tag_ in FINITE and self.doc[verb.i - 1].text == ","
        inserted = head.tag_ in {"VBN", "VBD"} and self.doc[head.i - 1].text == ","
        return apart and inserted and head.i < verb.i

    def _cited(self, verb: Token) -> Token | None:
        """Return who is quoted: Y of "X cited Y: “…”"."""
        if verb.lemma_.lower() not in verbs.CITING:
            return None
        objects = [c for c in verb.children if c.dep_ == "dobj"]
        return next((c for c in objects if c.i in self.mention_at or is_living(c)), None)

    def _reporting(self, verb: Token, above: Token) -> Token:
        """Return the verb whose subject a participle shares.

        "X said that “…,” adding that …", "X said that Y came, adding that …": X adds.
        """
        apart = self.quote_of[above.i] >= 0 > self.quote_of[verb.i]
        adds = verb.lemma_ == "add" and verb.doc[verb.i - 1].text == ","
        reported = above.dep_ == "ccomp" and above.head.lemma_.lower() in verbs.REPORTING
        return above.head if verb.tag_ == "VBG" and reported and (apart or adds) else above

    def _has_content(self, verb: Token) -> bool:
        calls = verb.lemma_.lower() in verbs.CALLING
        return any(
            c.dep_ == "ccomp" and c.i > verb.i and (grammar.has_that(c) or not calls)
            for c in verb.children
        )

    def _neighbour(self, verb: Token) -> Token | None:
        """Return the noun just before a finite verb to which the parse gave no subject."""
        if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}:
            return None
        i = verb.i - 1
        while i >= 0 and self.doc[i].pos_ in {"AUX", "ADV", "PART"}:
            i -= 1
        if i < 0 or self.quote_of[i] != self.quote_of[verb.i]:
            return None
        token = self.doc[i]
        if token.i in self.mention_at:
            return self.mention_at[token.i].root
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and is_living(token):
            return token
        return None

    def is_quoted(self, token: Token) -> bool:
        """Return whether a token stands in a quotation."""
        return self.quote_of[token.i] >= 0
