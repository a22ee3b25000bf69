"""The "it" that stands for nothing: "it seems", "it must be said", "make it clear that".

Only turns of phrase in which "it" cannot mean a state or a body are listed; the ranker of
antecedents decides about the others.
"""

from collections.abc import Container

from spacy.tokens import Token

from kzdash.nlp.descriptions import NOUN_KINDS
from kzdash.nlp.discourse import reports

_SEEMING = frozenset({"seem", "appear", "turn", "emerge", "happen", "follow"})
_SAYING = frozenset(
    """accept acknowledge add admit affirm announce answer argue assume believe claim concede
    conclude emphasise emphasize expect explain fear forget grant hope know learn note observe
    object point recall recognise recognize remember report rumour rumor say stress suppose
    suspect think understand whisper write""".split()
)
_MOVING = frozenset(
    """advise allow ask authorise authorize ban beg bind call challenge compel convince design
    enable encourage entice entitle forbid force help instruct intend invite keep leave move
    oblige order permit persuade pledge press pressure promise push require see task teach tell
    tempt train urge use warn""".split()
)
"""Verbs of making somebody do something: "it was invited to join" speaks of somebody."""
_RAISING = frozenset("believe expect know report rumour rumor say suppose think".split())
"""Verbs whose passive has somebody for its subject before "to": "it is expected to resign"."""
_JUDGING = frozenset({"make", "find", "consider", "think", "deem", "believe"})
_OPEN = frozenset({"clear", "known", "plain"})
_EVIDENT = frozenset(
    """absurd clear comforting crucial curious doubtful essential evident imperative important
    impossible improbable interesting ironic likely natural necessary notable noteworthy obvious
    odd plain possible probable questionable remarkable significant strange striking surprising
    symbolic symptomatic telling true unclear understandable unlikely unsurprising unthinkable
    vital worth coincidence accident doubt fact irony mystery paradox pity secret shame surprise
    wonder""".split()
)
_DISPOSED = frozenset(
    """able afraid anxious committed confident content desperate determined eager free glad happy
    hesitant inclined keen prepared proud ready reluctant unable unprepared unready unwilling
    willing""".split()
)
"""Qualities of somebody: "it was ready to help" speaks of a body or state."""
_CLAUSE = frozenset("that whether if who whom what which how why when where".split())
_OPENERS = frozenset({",", "–", "—", "(", "-", "as"})
_CLOSERS = frozenset({",", "–", "—", ")", "-", ".", ";", ":", "”", '"'})
_BEING = frozenset({"be", "become", "remain", "prove"})
_AUXILIARIES = frozenset({"be", "have", "do", "get"})
_FILLERS = frozenset({"RB", "RBR", "RBS", "MD", "TO"})
_REACH = 7


def is_dummy(token: Token) -> bool:
    """Return whether "it" is part of a turn of phrase in which it means nothing."""
    return token.lower_ == "it" and (_as_object(token) or _as_subject(token))


def may_mean_nothing(token: Token) -> bool:
    """Return whether "it" is likely to mean nothing ("it is clear that", "it seems", "do it")."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if token.dep_ == "expl":
        return True
    if token.dep_ == "dobj":
        return verb.lemma_ in ("do", "call", "make", "take")
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    if verb.lemma_ in ("seem", "appear", "turn", "happen", "matter", "emerge", "rain", "snow"):
        return True
    if verb.lemma_ == "look" and any(c.lower_ in ("like", "as") for c in verb.rights):
        return True
    if verb.head.lemma_ in ("make", "find", "consider") and verb.dep_ == "ccomp":
        return any(c.dep_ in ("acomp", "xcomp") or c.pos_ == "ADJ" for c in verb.rights)
    if verb.pos_ == "ADJ" and verb.head.lemma_ in ("make", "find"):
        return True
    if any(c.dep_ == "acomp" and c.lower_ in _DISPOSED for c in verb.rights):
        return False
    clausal = predicate_kind(verb) in (
        "adjective_clause",
        "be_clause",
        "name_clause",
        "noun_the_clause",
        "noun_bare_clause",
    )
    return clausal or (
        verb.dep_ == "ROOT"
        and token.dep_ == "nsubjpass"
        and verb.lemma_ not in _MOVING
        and any(
            c.dep_ == "ccomp" or (c.dep_ == "xcomp" and verb.lemma_ not in _RAISING)
            for c in verb.rights
        )
    )


def predicate_kind(verb: Token) -> str:
    """Return what kind of predicate "it" is the subject of."""
    if verb.lemma_ not in _BEING:
        return "reports" if reports(verb) else "other"
    if any(called(subject) for subject in verb.lefts):
        return "other"
    clause = any(c.dep_ in ("ccomp", "csubj", "xcomp") and c.i > verb.i for c in verb.children)
    for child in verb.rights:
        inner = clause or any(
            g.dep_ in ("ccomp", "xcomp", "relcl", "acl", "csubj") for g in child.rights
        )
        if child.dep_ == "acomp":
            return "adjective_clause" if inner else "adjective"
        if child.dep_ == "attr":
            if child.pos_ in ("PROPN", "PRON"):
                return "name_clause" if inner else "name"
            article = next((g.lower_ for g in child.lefts if g.dep_ == "det"), "")
            kind = "a" if article in ("a", "an") else "the" if article else "bare"
            return f"noun_{kind}_clause" if inner else f"noun_{kind}"
    return "be_clause" if clause else "be"


def called(token: Token) -> frozenset[str]:
    """Return what kinds of actor "it" is said to be ("it is a sovereign state"), if any."""
    verb = token.head
    if token.lower_ != "it" or token.dep_ != "nsubj" or verb.lemma_ not in _BEING:
        return frozenset()
    nouns = (c for c in verb.rights if c.dep_ == "attr" and c.pos_ == "NOUN")
    kinds = (NOUN_KINDS.get(noun.lower_, frozenset()) for noun in nouns)
    return next(kinds, frozenset()) & {"state", "organisation"}


def _as_object(token: Token) -> bool:
    """Return whether "it" is that of "let it be known", "find it hard to" or "call it quits"."""
    if token.i == 0:
        return False
    before, after = token.nbor(-1).lemma_, _words(token)
    texts = [word.lower_ for word in after]
    if before == "let":
        return texts[:1] == ["be"] and len(after) > 1 and after[1].lemma_ in _SAYING
    if before == "call":
        return texts[:1] == ["quits"] or texts[:2] == ["a", "day"]
    if before == "do":
        return token.dep_ == "dobj" and not _has_object(after)
    if before not in _JUDGING:
        return False
    while after and (after[0].tag_ in _FILLERS or after[0].lower_ in ("that", "all", "much")):
        after.pop(0)
    if not after or after[0].tag_ not in ("JJ", "JJR", "JJS", "VBN"):
        return False
    opens = len(after) > 1 and after[1].lower_ in _CLAUSE | {"to", "for"}
    return after[0].lower_ in _OPEN or opens


def _as_subject(token: Token) -> bool:
    """Return whether "it" is that of "it seems that", ", it is said," or "it is clear that".

    "It means that" goes on from what was said.
    """
    after, passive = _words(token), False
    while after and (after[0].tag_ in _FILLERS or after[0].lemma_ in _AUXILIARIES):
        passive = passive or after[0].lemma_ == "be"
        after.pop(0)
    if not after:
        return False
    opened = token.i > 0 and token.nbor(-1).lower_ in _OPENERS
    word, rest = after[0], after[1:]
    if word.lemma_ == "matter" and word.pos_ == "VERB":
        return _opens(rest, _CLAUSE)
    if word.lemma_ == "mean" and token.is_sent_start:
        return _opens(rest, {"that"})
    if not passive:
        seems = word.lemma_ in _SEEMING
        return seems and (_opens(rest, {"that"}) or (opened and _closes(rest)))
    if word.lemma_ in _SAYING and word.tag_ == "VBN":
        told = any(t.lower_ == "that" and t.dep_ == "mark" for t in rest)
        return told or (opened and _closes(rest))
    if word.lower_ in ("no", "a", "an", "the") and rest:
        word, rest = rest[0], rest[1:]
    return word.lower_ in _EVIDENT and _opens(rest, _CLAUSE)


def _has_object(after: list[Token]) -> bool:
    """Return whether an object follows "it", so that "it" is to whom something is done."""
    return bool(after) and after[0].tag_ in ("DT", "JJ", "NN", "NNS", "PRP$")


def _words(token: Token) -> list[Token]:
    """Return the tokens after a token, in its sentence, as far as a turn of phrase reaches."""
    return list(token.doc[token.i + 1 : min(token.i + 1 + _REACH, token.sent.end)])


def _opens(rest: list[Token], words: Container[str]) -> bool:
    """Return whether a clause begins, perhaps after an adverb ("it matters little who")."""
    return any(t.lower_ in words for t in rest[:1]) or (
        len(rest) > 1 and rest[0].tag_ == "RB" and rest[1].lower_ in words
    )


def _closes(rest: list[Token]) -> bool:
    """Return whether an inserted clause ends ("it turns out,")."""
    return any(t.text in _CLOSERS for t in rest[:3])
