"""Grammar: small questions to a parse that several measures of speech ask."""

from collections.abc import Container, Iterator

from spacy.tokens import Token

from kzdash.nlp import verbs

SUBJECTS = frozenset({"nsubj", "csubj"})
VERBAL = frozenset({"VERB", "AUX"})
RELATIVES = frozenset({"WP", "WDT"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
COMMAS = frozenset({",", "—", "–"})
OPPOSING = frozenset({"while", "whereas", "though", "although"})
CLIMB = 12


def runs(inside: Container[int], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the unbroken stretches (end exclusive) of the indices between low and high."""
    start = None
    for i in range(low, high + 2):
        belongs = i <= high and i in inside
        if belongs and start is None:
            start = i
        elif not belongs and start is not None:
            yield start, i
            start = None


def verb_above(token: Token) -> Token:
    """Return the nearest verb that a token depends on, itself if it is one."""
    for _ in range(CLIMB):
        if token.pos_ in VERBAL or token.head.i == token.i:
            break
        token = token.head
    return token


def clause_above(token: Token) -> Token:
    """Return the verb of the clause that a token stands in."""
    head = verb_above(token.head)
    while head.dep_ in {"xcomp", "auxpass", "aux"}:
        head = head.head
    return head


def by_phrase(verb: Token) -> Token | None:
    """Return the noun of a by-phrase, None without one."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def owner(noun: Token) -> Token | None:
    """Return whose word a noun is: its possessor or of-phrase."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"of", "by", "from"}:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def antecedent(subject: Token, verb: Token) -> Token | None:
    """Return what a relative pronoun stands for; another subject is returned as it is."""
    if subject.tag_ not in RELATIVES and subject.lower_ != "that":
        return subject
    before = subject.i - 1
    while before > 0 and subject.doc[before].text in {",", ")"}:
        before -= 1
    if verb.dep_ != "relcl" and subject.doc[before].pos_ in {"PROPN", "NOUN"}:
        return subject.doc[before]
    for _ in range(CLIMB):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ != "conj":
            return None
        verb = verb.head
    return None


def matrix(verb: Token) -> Token:
    """Return the verb whose subject a coordinated verb shares.

    "X denied that Y came and accused Z": what reports after a complement goes with the
    verb of the complement's head, unless "that" is repeated.
    """
    first = verb.head
    while first.dep_ == "conj" and first.head.pos_ in VERBAL:
        first = first.head
    above = first.head
    reports = verb.lemma_.lower() in verbs.REPORTING | verbs.CHARGING | verbs.CALLING
    reported = first.dep_ == "ccomp" and above.lemma_.lower() in verbs.REPORTING
    if reports and reported and not has_that(verb) and above.tag_ == verb.tag_:
        return above
    return verb.head


def agrees(verb: Token, subject: Token) -> bool:
    """Return whether a verb's number allows a subject ("says" has no plural one)."""
    plural = subject.tag_ in {"NNS", "NNPS"} or subject.lower_ == "they"
    return not (verb.tag_ == "VBZ" and plural)


def is_as_clause(verb: Token) -> bool:
    """Return whether a verb heads an as-clause ("as X put it")."""
    return verb.dep_ == "advcl" and any(
        c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in verb.children
    )


def is_finite(verb: Token) -> bool:
    """Return whether a verb or one of its auxiliaries is finite."""
    if verb.tag_ in FINITE:
        return True
    return any(c.dep_ in {"aux", "auxpass"} and c.tag_ in FINITE for c in verb.children)


def has_that(clause: Token) -> bool:
    """Return whether a clause starts with the conjunction "that"."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def asks(clause: Token) -> bool:
    """Return whether a complement is an indirect question: nothing is claimed."""
    first = clause.left_edge
    if first.lower_ == "that":
        return False
    return first.lower_ in {"whether", "if"} or first.tag_ in {"WP", "WDT", "WRB", "WP$"}


def end_of_report(clause: Token) -> int:
    """Return where a complement ends: at ", and" with a clause that does not repeat "that".

    So does ", while" or ", though" with somebody else's act ("X said yes, while Y declined"), and
    what is said of the words themselves ("X said that it was over, a claim that Y denied").
    """
    doc = clause.doc
    opposed = opposing(clause) or _comment(clause)
    if opposed is not None:
        return opposed
    for verb in clause.conjuncts:
        if verb.i < clause.i or not is_finite(verb) or has_that(verb):
            continue
        cc = verb.left_edge.i - 1
        if cc > 1 and doc[cc].dep_ == "cc" and doc[cc - 1].text == ",":
            return cc - 1
    return clause.right_edge.i + 1


def _comment(clause: Token) -> int | None:
    """Return the comma after which a clause is called a claim that somebody judges."""
    for noun in clause.subtree:
        relative = any(c.dep_ in {"relcl", "acl"} and c.tag_ in FINITE for c in noun.rights)
        comma = noun.left_edge.i - 1
        if noun.i > clause.i and noun.lemma_ in verbs.WORDS and noun.doc[comma].text == ",":
            return comma if relative else None
    return None


def opposing(clause: Token) -> int | None:
    """Return where a clause beside a report begins that tells of somebody else's act of speech.

    A comma before it counts to it.
    """
    for joined in (clause, *(c for c in clause.conjuncts if c.i > clause.i)):
        for verb in joined.children:
            if verb.dep_ == "advcl" and verb.i > joined.i and tells_otherwise(verb):
                left = verb.left_edge.i
                return left - (clause.doc[left - 1].text == ",")
    return None


def tells_otherwise(verb: Token) -> bool:
    """Return whether a verb of speech heads a clause with "while" or "though"."""
    left, lemma = verb.left_edge, verb.lemma_.lower()
    if left.lower_ not in OPPOSING:
        return False
    comma = left.i and left.doc[left.i - 1].text == ","
    return lemma in verbs.REPORTING or bool(comma and lemma in verbs.ACTS | verbs.DECLINING)


def _compares(verb: Token) -> bool:
    """Return whether a verb ends a comparison ("less flattering than the report suggested")."""
    clause = verb.doc[verb.sent.start : verb.i]
    thans = (t for t in clause if t.lower_ == "than" and t.dep_ in {"prep", "mark"})
    return any(t.head is verb or t.right_edge.i == verb.i - 1 for t in thans)


def is_unsaid(verb: Token, lemma: str) -> bool:
    """Return whether a verb of saying is denied, left out, only demanded, or compared with.

    "Did not say that …", "forgot to say that …", "should say that …", "less than the paper
    suggested". "Which is to say" is the author's.
    """
    if _compares(verb):
        return True
    if lemma in verbs.THINKING:
        return False
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in verbs.OMITTING:
        return True
    if lemma == "say" and verb.doc[max(0, verb.i - 2) : verb.i].text.lower() == "is to":
        return True
    return any(
        c.dep_ == "neg" or (c.dep_ == "aux" and c.lower_ in {"should", "must", "ought"})
        for c in verb.children
    )
