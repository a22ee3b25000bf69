"""Descriptions of actors: noun phrases such as "the former security chief".

A description is a head noun with its modifiers. What the registry's offices and titles, a
title before a name, an apposition or a predicate say of an actor is kept in the same form as
what a later definite phrase says, so that the two can be compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from kzdash.nlp.spelling import letters

FORMER = frozenset(
    "former ex erstwhile onetime ousted deposed retired disgraced late past then".split()
)
CURRENT = frozenset(
    "current acting incumbent new newly present sitting serving interim today".split()
)
ORDINALS = {"first": 1, "second": 2, "third": 3}
HYPHENS = frozenset({"-", "‐", "‑"})
DEMONSTRATIVES = frozenset({"this", "that"})

_PERSON = """academic academician activist adviser advisor aide ally ambassador analyst architect
    aunt author autocrat banker billionaire blogger boss boy brother bureaucrat businessman
    businesswoman candidate captain chair chairman chairperson chairwoman chancellor chief clergyman
    colleague colonel columnist commander commissar commissioner comrade congressman consul convict
    correspondent counterpart creditor critic daughter dean defector defendant delegate deputy
    detainee dictator diplomat director disciple dissident doctor economist editor elder emir
    engineer entrepreneur envoy executive expert father fellow figure financier foreman founder
    fugitive general girl governor granddaughter grandfather grandmother grandson guest head heir
    hero historian host husband incumbent inspector investigator investor journalist judge khan king
    lady lawmaker lawyer leader lecturer lieutenant magnate man marshal mayor mediator mentor
    midwife minister mogul monarch mother mufti negotiator nephew newcomer niece nurse observer
    officer official oligarch ombudsman opponent organiser owner patriarch patron physician pm poet
    policeman politician pope predecessor premier president prime prince princess prisoner professor
    prosecutor protege protégé protégée pupil rapporteur rector reformer reformist reporter
    representative researcher rival ruler satrap scholar scientist secretary senator sheriff singer
    sister sociologist soldier son stepdaughter stepfather stepmother stepson speaker spokesman
    spokesperson spokeswoman spymaster statesman strategist strongman student successor suitor
    superior surgeon teacher technocrat tenant tutor trader treasurer tsar tycoon uncle veteran
    vice-minister vice-premier vice-president visitor widow wife winner witness woman worker
    writer"""
_STATE = """country giant homeland kingdom motherland nation neighbour neighbor partner power
    republic side state superpower hegemon territory ally creditor lender"""
_ORGANISATION = """administration agency alliance apparatus army assembly association authority
    authorities bank bloc board body broadcaster bureau cabinet centre center chamber channel
    chancellery commission committee company concern congress conglomerate consortium
    contractor corporation council court daily department directorate embassy federation firm
    force foundation fund government group house holding inspectorate institute institution
    junta leadership legislature magazine ministry monopoly movement network newspaper office
    operator opposition organisation organization outlet pact paper parliament party police
    portal presidency producer prosecutor publication regime regulator secretariat senate
    service station subsidiary think-tank treasury tribunal union university utility website
    lender trader trust insurer supplier buyer builder investor union venture watchdog"""
_COMMUNITY = """activists clan community communities crowd crowds demonstrators detainees
    dynasty farmers fighters gunmen herders household insurgents islamists marchers militants
    militia miners minorities minority mob movement members protesters protestors rebels rioters
    strikers villagers workers family relatives"""

#: People of whom a text tells what they themselves saw and did.
BYSTANDERS = frozenset(
    """boy builder butcher carpenter cleaner conscript cook customer detainee driver farmer
    fisherman girl grandmother guard herder herdsman housewife hunter labourer man mechanic
    migrant miner mother motorist nurse oilman oilworker passenger passer-by peasant pensioner
    prisoner protester protestor refugee resident schoolboy schoolgirl schoolteacher seller
    shepherd shopkeeper shopper soldier storekeeper student survivor teacher teenager tenant
    trucker vendor victim villager voter waiter waitress welder witness woman worker
    youth""".split()
)

NOUN_KINDS: dict[str, frozenset[str]] = {}
for _kind, _nouns in (
    ("person", _PERSON),
    ("state", _STATE),
    ("organisation", _ORGANISATION),
    ("community", _COMMUNITY),
):
    for _noun in _nouns.split():
        NOUN_KINDS[_noun] = NOUN_KINDS.get(_noun, frozenset()) | {_kind}

FEMALE = frozenset(
    """woman girl lady wife daughter mother sister widow queen princess niece granddaughter
    aunt grandmother stepdaughter stepmother businesswoman chairwoman spokeswoman congresswoman
    heiress mistress housewife schoolgirl waitress""".split()
)
MALE = frozenset(
    """man boy husband son father brother king prince nephew grandson uncle grandfather
    stepfather stepson businessman chairman fisherman herdsman schoolboy waiter
    spokesman congressman strongman statesman patriarch khan emir tsar pope""".split()
)

KIN = frozenset(
    """son daughter brother sister wife husband father mother nephew niece uncle aunt grandson
    granddaughter grandfather grandmother widow relatives""".split()
)
_IN_LAW = ("-", "in", "-", "law")

_CLASSES = {
    "head": """head chief boss director chair chairman chairwoman chairperson commander leader
        spymaster supremo""",
    "ruler": "president ruler strongman autocrat dictator leader patriarch tsar khan",
    "premier": "premier pm prime",
    "spokesman": "spokesman spokeswoman spokesperson",
    "expert": """analyst expert scholar researcher economist professor academic fellow
        sociologist historian political""",
    "adviser": "adviser advisor aide counsellor",
    "envoy": "envoy ambassador representative emissary",
    "oligarch": """oligarch tycoon magnate billionaire businessman businesswoman entrepreneur
        mogul trader""",
    "politician": "politician lawmaker deputy senator statesman",
    "journalist": "journalist reporter correspondent editor columnist writer author",
    "protester": "protesters protestors demonstrators crowd crowds rioters marchers",
    "country": "country nation republic state",
    "organisation": "organisation organization bloc alliance union pact treaty body grouping group",
    "agency": "agency service committee directorate department bureau body",
    "government": "government cabinet authorities",
    "company": "company firm corporation group concern monopoly holding enterprise operator",
    "outlet": """outlet broadcaster channel station newspaper paper daily website portal radio
        magazine publication""",
    "family": "family clan dynasty relatives household",
    "soldier": "general colonel marshal officer lieutenant major",
}
CLASSES: dict[str, frozenset[str]] = {}
for _name, _nouns in _CLASSES.items():
    for _noun in _nouns.split():
        CLASSES[_noun] = CLASSES.get(_noun, frozenset()) | {_name}

_BODIES = {
    "agency": "agency service committee directorate department bureau inspectorate body",
    "alliance": "alliance bloc union pact treaty commonwealth federation organisation body",
    "army": "army military forces troops",
    "bank": "bank lender",
    "commission": "commission body",
    "company": """company firm corporation concern monopoly holding enterprise operator
        conglomerate consortium subsidiary producer utility supplier contractor insurer trader
        builder venture""",
    "council": "council body",
    "court": "court tribunal body",
    "fund": "fund foundation",
    "government": "government cabinet authorities administration leadership regime junta",
    "ministry": "ministry department",
    "office": "office administration presidency chancellery secretariat",
    "outlet": """outlet broadcaster channel station newspaper paper daily website portal radio
        magazine publication""",
    "opposition": "opposition",
    "parliament": "parliament senate legislature chamber house congress duma assembly body",
    "party": "party movement",
    "police": "police",
    "prosecutors": "prosecutors prosecutor",
    "university": "university college school academy institute",
}
_BODY_SORTS: dict[str, frozenset[str]] = {}
for _name, _nouns in _BODIES.items():
    for _noun in _nouns.split():
        _BODY_SORTS[_noun] = _BODY_SORTS.get(_noun, frozenset()) | {_name}
#: Offices and trades that a person has or has not; anybody may be a leader, a man or an official.
_TRADES = frozenset(
    """academician activist ambassador analyst architect author banker blogger campaigner
    captain chancellor clergyman colonel columnist commissioner congressman consul
    correspondent critic dean deputy dissident doctor economist editor emissary engineer
    envoy expert general governor historian inspector investigator journalist judge lawmaker
    lawyer lecturer marshal mayor minister mufti nurse ombudsman physician poet policeman
    pope premier priest professor prosecutor rapporteur rector reporter representative
    researcher scholar scientist secretary senator sheriff singer sociologist soldier
    speaker spokesman spokesperson spokeswoman surgeon teacher visitor writer""".split()
)
_OFFICIAL = frozenset(
    """agency service committee directorate department bureau inspectorate commission council
    ministry""".split()
)
#: Nouns that name a body only with its sort: "lower house", "secret police".
_OF_A_SORT = frozenset({"house", "police"})
_GENERIC_BODIES = frozenset({"organisation"})
_MAY_BE = frozenset({"agency", "company", "government", "outlet"})

_SAME_WORD = {
    "intelligence": "security", "spy": "security", "secret": "security", "neighbor": "neighbour",
    "organization": "organisation", "advisor": "adviser", "pm": "premier", "protestor": "protester",
    "defence": "defense", "centre": "center", "affair": "affairs", "foreign-policy": "foreign",
}  # fmt: skip
#: Offices whose title ends with "general", and is of none.
_GENERALS = frozenset("prosecutor secretary attorney director consul governor inspector".split())
#: Words of states' names: they describe only where nothing else does ("the republic").
_NAMING = frozenset({"republic"})
_SKIPPED = _NAMING | frozenset("the a an of for and in at to 's s".split())


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of an actor: head noun and modifiers (lower case), of which country, when.

    ``tense`` is "former", "current" or "" (not said); ``country`` an actor id or None.
    """

    head: str
    modifiers: frozenset[str] = frozenset()
    country: str | None = None
    tense: str = ""

    @property
    def classes(self) -> frozenset[str]:
        """Classes of nouns that may stand for the head."""
        return CLASSES.get(self.head, frozenset({self.head}))


def may_be_body(
    said: Description, known: Iterable[Description], nouns: frozenset[str] = frozenset()
) -> bool:
    """Return whether an organisation of which this is known may be called so.

    A court is no ministry, a bank no party: a noun of one sort of body fits one whose names or
    descriptions have a noun of that sort. One of which no sort is known may be a company, an
    outlet, an agency or a government. Modifiers that are nouns ("the tax committee") say of
    what an agency or ministry is. "The police" is not the secret police.
    """
    known = list(known)
    if said.head in _OF_A_SORT:
        return any(d.head == said.head and d.modifiers <= said.modifiers for d in known)
    if said.head in _OFFICIAL and not any(nouns <= {d.head, *d.modifiers} for d in known):
        return False
    if said.head in _GENERIC_BODIES:
        return True
    sorts = _BODY_SORTS.get(said.head)
    if sorts is None:
        return True
    of: set[str] = set()
    for description in known:
        for word in (description.head, *description.modifiers):
            of |= _BODY_SORTS.get(word, frozenset())
    return bool(sorts & (of or _MAY_BE))


def may_be_person(said: Description, known: Iterable[Description]) -> bool:
    """Return whether a person of whom this is known may be called so.

    A president is no governor, a minister no general. One of whom nothing is known may be
    anything.
    """
    known = list(known)
    if said.head not in _TRADES or not known:
        return True
    return any(said.classes & k.classes or said.head in k.modifiers for k in known)


@lru_cache(maxsize=16384)
def word_key(word: str) -> str:
    """Return the form under which a description's word is compared."""
    word = word.casefold().replace("’s", "").replace("'s", "")
    return _SAME_WORD.get(word, word)


def from_words(
    text: Iterable[str],
    country: str | None = None,
    tense: str = "",
    adjectives: dict[str, str] | None = None,
) -> Description | None:
    """Return the description that a title's words make ("head of state", "security chief").

    Args:
        text: the words, in order.
        country: whose title it is, if known.
        tense: "former", "current" or "".
        adjectives: word of a state (adjective or name, lower case) to its actor id; these words
            give the country and are no modifiers.
    """
    states = adjectives or {}
    keys = [word_key(word) for word in text]
    keys = [k for k in keys if k and k not in ("'", "’", "-")]
    before, _, _ = _split_of(keys)
    found = [states[k] for k in keys if k in states]
    tense = tense or next(
        ("former" if k in FORMER else "current" for k in keys if k in FORMER | CURRENT), ""
    )
    content = [k for k in before if k not in states and k not in _SKIPPED]
    content = content or [k for k in before if k in _NAMING]
    if not content:
        return None
    if content[-1] == "general" and content[-2:-1] and content[-2] in _GENERALS:
        content = [*content[:-2], "general", content[-2]]
    if content[-2:] == ["opposite", "number"]:
        content = [*content[:-2], "counterpart"]
    head = content[-1]
    skipped = _SKIPPED | FORMER | CURRENT | {"prime"}
    if head == "minister" and "prime" in content:
        head, skipped = "premier", skipped | {"minister"}
    rest = {k for k in keys if k != head and k not in states and k not in skipped}
    if head == "spymaster":
        rest.add("security")
    return Description(head, frozenset(rest), country or (found[0] if found else None), tense)


def _split_of(keys: list[str]) -> tuple[list[str], str, list[str]]:
    for index, key in enumerate(keys):
        if key in ("of", "for", "at", "in", "to") and index:
            return keys[:index], key, keys[index + 1 :]
    return keys, "", []


@dataclass(slots=True)
class Phrase:
    """A noun phrase of a Doc whose head may describe an actor.

    ``start`` and ``end`` bound the tokens; ``determiner`` is lower case or ""; ``possessor`` is
    the token of a possessive ("his", "Tokayev") or None; ``complement`` says that an
    of-phrase restricts the head; ``nouns`` are the description's modifiers that are nouns.
    """

    head: Token
    start: int
    end: int
    determiner: str
    possessor: Token | None
    description: Description
    complement: bool = False
    nouns: frozenset[str] = frozenset()
    kinds: frozenset[str] = field(default_factory=frozenset)


_DETERMINERS = frozenset({"the", "this", "that", "a", "an", "each", "every", "no", "another"})
_PREFIXES = frozenset({"ex", "vice", "co", "deputy"})
_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "punct"})


def phrase_at(head: Token, adjectives: dict[str, str]) -> Phrase | None:
    """Return the noun phrase of a head noun, with its of-phrase, or None for no description."""
    doc = head.doc
    start, determiner, possessor = _left_edge(head)
    if possessor is not None and _names_office(possessor):
        determiner = next((t.lower_ for t in possessor.lefts if t.dep_ == "det"), "")
        possessor = None
    inner_start = start
    if possessor is not None:
        inner_start = max(possessor.right_edge.i + 1, start)
    inner = [t for t in doc[inner_start : head.i + 1] if not t.is_punct and not t.is_space]
    words = [_word(t) for t in inner if t.dep_ != "det" and not _in_compound(t, adjectives)]
    end, complement = _of_phrase(head)
    words += [_word(t) for t in doc[head.i + 1 : end] if not t.is_punct]
    country = None if complement else _shared_country(head, adjectives)
    if possessor is not None:
        country = adjectives.get(word_key(possessor.text))
    description = from_words(words, country=country, adjectives=adjectives)
    if description is None:
        return None
    kinds = NOUN_KINDS.get(description.head) or NOUN_KINDS.get(head.text.casefold(), frozenset())
    parts = [*inner, *doc[head.i + 1 : end]]
    said = {word_key(_word(t)) for t in parts if t.pos_ in ("NOUN", "PROPN")}
    nouns = frozenset(said & description.modifiers)
    return Phrase(head, start, end, determiner, possessor, description, complement, nouns, kinds)


def words_after_of(head: Token) -> frozenset[str]:
    """Return the words of a noun's of-phrase, as descriptions have them."""
    parts = (t for of in head.rights if of.lower_ == "of" for t in of.subtree)
    return frozenset(word_key(t.text) for t in parts)


def _names_office(possessor: Token) -> bool:
    """Return whether a possessive is part of a body's name ("the Prosecutor General's Office")."""
    title = from_words([t.text for t in possessor.subtree if t.is_alpha])
    return title is not None and title.head == "prosecutor" and possessor.head.lower_ == "office"


def _in_compound(token: Token, adjectives: dict[str, str]) -> bool:
    """Return whether a state's word opens a compound adjective ("the Russia-friendly president").

    It says nothing of whose the noun is.
    """
    return word_key(token.text) in adjectives and opens_compound(token.doc, token.i + 1)


def glued(doc: Doc, hyphen: int) -> bool:
    """Return whether a token is a hyphen between two words without spaces."""
    if not 0 < hyphen < len(doc) - 1 or doc[hyphen].text not in HYPHENS:
        return False
    spaced = doc[hyphen - 1].whitespace_ or doc[hyphen].whitespace_
    return not spaced and bool(letters(doc[hyphen - 1].text) and letters(doc[hyphen + 1].text))


def opens_compound(doc: Doc, end: int) -> bool:
    """Return whether a hyphen binds the words before ``end`` to a common word after it."""
    return glued(doc, end) and letters(doc[end + 1].text)[:1].islower()


def _shared_country(head: Token, adjectives: dict[str, str]) -> str | None:
    """Return the state of an of-phrase after a conjunct ("the government and people of X")."""
    for conjunct in head.rights:
        if conjunct.dep_ == "conj":
            for preposition in conjunct.rights:
                if preposition.lower_ == "of":
                    names = (c for c in preposition.children if c.dep_ == "pobj")
                    return next((adjectives.get(word_key(c.text)) for c in names), None)
    return None


def _word(token: Token) -> str:
    text = letters(token.text)
    if token.tag_ == "NNS" and text.casefold() not in NOUN_KINDS:
        return token.lemma_
    return text


def _left_edge(head: Token) -> tuple[int, str, Token | None]:
    start, determiner, possessor = head.i, "", None
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _LEFT:
            break
        if child.dep_ == "punct" and child.text not in ("-", "‐", "“", '"', "”"):
            break
        if _opens_clause(child, head):
            return start, "", None
        start = child.left_edge.i
        if child.dep_ == "det":
            determiner = child.text.casefold()
        elif child.dep_ == "poss":
            possessor = child
    if determiner or possessor is not None:
        return start, determiner, possessor
    return _left_words(head, start)


def _opens_clause(token: Token, head: Token) -> bool:
    """Return whether "that" opens a clause and is no determiner ("something that rulers fear")."""
    return token.lower_ == "that" and (token.tag_ != "DT" or head.tag_ in ("NNS", "NNPS"))


def _left_words(head: Token, start: int) -> tuple[int, str, Token | None]:
    """Look for a determiner by the words alone, where the parse has lost it."""
    doc = head.doc
    if doc[start].lower_ in _DETERMINERS:
        return start, doc[start].lower_, None
    index = start
    while index > 0 and start - index < 6:
        token = doc[index - 1]
        if token.lower_ in _DETERMINERS and not _opens_clause(token, head):
            return index - 1, token.lower_, None
        if token.tag_ == "PRP$":
            return index - 1, "", token
        if token.lower_ in ("'s", "’s") and index > 1 and doc[index - 2].is_alpha:
            return index, "", doc[index - 2]
        compound = token.lower_ in _PREFIXES or token.text in ("-", "‐", "‑")
        if not compound and token.tag_ not in ("JJ", "RB", "VBN", "JJS"):
            break
        index -= 1
    if start > 1 and doc[start - 1].text in ("-", "‐", "‑") and doc[start - 2].lower_ in _PREFIXES:
        start -= 2
    return start, "", None


def _of_phrase(head: Token) -> tuple[int, bool]:
    index = head.i + 1
    doc = head.doc
    if tuple(token.lower_ for token in doc[index : index + len(_IN_LAW)]) == _IN_LAW:
        index += len(_IN_LAW)
    if index >= len(doc) or doc[index].lower_ != "of":
        return index, False
    for child in doc[index].children:
        if child.dep_ == "pobj":
            return child.i + 1, True
    return index, False
