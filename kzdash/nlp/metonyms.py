"""Capitals and seats: does the name stand for the government, or only for the place?

The grammar decides: a subject, object or possessor acts or is dealt with, while "in", "at" and
"near" name a place, unless somebody visits, is expected or received there. Nouns of places ("the
streets of Moscow") and datelines are places too.
"""

from spacy.tokens import Doc, Token

from kzdash.nlp.datelines import is_dateline_place
from kzdash.nlp.descriptions import NOUN_KINDS
from kzdash.nlp.discourse import governed, span_head

_PLACE_PREPOSITIONS = frozenset(
    "in at near around outside inside through across into throughout beyond above below within "
    "along past beneath off".split()
)
_PLACE_NOUNS = frozenset(
    """airport alley apartment area arena avenue bar boulevard bridge building cafe capital
    cathedral cemetery centre center church cinema city clinic club college conservatory court
    courtyard district downtown flat gallery garden hall headquarters hospital hotel house
    kitchen library market metro mosque mountain museum night office outskirts palace park
    population prison region resident restaurant river road school skyline slum square station
    stadium street studio suburb summit theatre theater time tower town traffic university villa
    weather winter winters zoo hour neighbourhood neighborhood native visitor balcony summer
    spring autumn evening morning afternoon embassy mayor residence""".split()
)
_PLACE_VERBS = frozenset(
    """leave reach flee exit enter bomb shell storm besiege tour circle rename move drive walk
    live arrive land stay fly bear born raise return settle sleep""".split()
)
_TRAVEL_VERBS = _PLACE_VERBS | frozenset("depart head set jet bind".split())
_HOSTING = frozenset("receive expect await welcome invite".split())
_NOTING = frozenset("notice note regard consider understand watch read".split())
_THINGS = frozenset("it that this there which".split())
_PLACES = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "EVENT"})
_SENT = frozenset(
    """aid answer call demand help instruction invitation letter loan message money note order reply
    signal support""".split()
)
_ROUTES = frozenset(
    """aircraft bus car convoy flight highway jet motorway plane railway railroad road route ticket
    train""".split()
)
_ROUTE_WORDS = frozenset({"to", "from", "for", "towards", "toward", "via"})
_IS_PLACE = frozenset("city capital town metropolis place village megalopolis name".split())
_WEATHER = frozenset("chilly cold dry foggy hot icy rainy snowy sunny warm windy".split())
_BUSINESS = frozenset(
    "consultation congress forum inauguration meeting negotiation session summit talk visit".split()
)
_BEFALLING = frozenset("burn fall flood freeze".split())
_FALLING_TO = frozenset({"to", "in", "on", "after", "before"})
_RENAMING = frozenset({"rename", "rechristen"})
_TRUST = frozenset(
    """ally partner friend trust confidence faith belief believe interest enemy rival interlocutor
    lie obstacle protector patron hope disappoint disappointed invest find some many
    few those anyone nobody someone""".split()
)


def acts_as_government(doc: Doc, start: int, end: int) -> bool:
    """Return whether a capital's name stands for its government, by the grammar around it.

    Args:
        doc: a parsed Doc.
        start: first token of the name.
        end: token after its last.
    """
    head = span_head(doc, start, end)
    if is_dateline_place(doc, start, end) or _modifier(head, end):
        return False
    role, governor = governed(head)
    if _renamed(head):
        return False
    if role == "s":
        return not (_called_a_place(governor) or _befalls_a_place(governor))
    if head.dep_ == "attr":
        return not _another_name(governor)
    if role == "p":
        return governor.lemma_.casefold() not in _PLACE_NOUNS and governor.pos_ != "PROPN"
    if role == "o":
        return governor.lemma_ not in _PLACE_VERBS
    if role == "i":
        return _under_preposition(_preposition(head), governor)
    return role == "b" or not _place_before(doc, start)


def _preposition(head: Token) -> Token:
    token = head
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    return token.head


def _under_preposition(preposition: Token, governor: Token) -> bool:
    word, lemma = preposition.lower_, governor.lemma_.casefold()
    if _visited(word, governor) or (word == "in" and _they_there(preposition, governor)):
        return True
    if word in _ROUTE_WORDS and (_of_travel(governor) or _changes_name(governor)):
        return False
    if word in _PLACE_PREPOSITIONS:
        return word == "in" and lemma in _TRUST
    if word == "of":
        return lemma not in _PLACE_NOUNS
    if word == "from":
        sent = preposition.i > 0 and preposition.nbor(-1).lemma_ in _SENT
        return governor.pos_ != "VERB" or sent or lemma in (
            "come", "hear", "receive", "get", "demand", "expect", "borrow", "buy", "take", "win",
            "extract", "distance",
        )  # fmt: skip
    return True


def _visited(word: str, governor: Token) -> bool:
    """Return whether somebody travels to a capital, or is there, or is expected or noticed."""
    lemma = governor.lemma_.casefold()
    if word == "in":
        return (
            _is_in(governor)
            or lemma == "due"
            or (governor.tag_ == "VBN" and lemma in _HOSTING | _NOTING)
            or (lemma in ("arrive", "land") and _has_person(governor) and _on_business(governor))
        )
    return word in ("to", "from") and lemma in ("fly", "return") and _has_person(governor)


def _on_business(verb: Token) -> bool:
    """Return whether somebody travels for talks or on a visit."""
    reasons = (c for c in verb.subtree if c.dep_ == "pobj" and c.head.lower_ in ("for", "on"))
    return any(reason.lemma_ in _BUSINESS for reason in reasons)


def _is_in(verb: Token) -> bool:
    """Return whether somebody is in a capital, and is not called something there."""
    called = any(c.dep_ in ("attr", "acomp") for c in verb.children)
    return verb.lemma_ == "be" and not called and _has_person(verb)


def _has_person(verb: Token) -> bool:
    """Return whether the subject of a verb is a person, by name, noun or pronoun."""
    return any(
        c.dep_ == "nsubj"
        and (
            (c.pos_ == "PROPN" and c.ent_type_ not in _PLACES)
            or "person" in NOUN_KINDS.get(c.lower_, ())
            or (c.pos_ == "PRON" and c.lower_ not in _THINGS)
        )
        for c in verb.lefts
    )


def _they_there(preposition: Token, verb: Token) -> bool:
    """Return whether a capital's people, never named, do something ("in Velgrad they know")."""
    return any(c.lower_ == "they" and c.i > preposition.i for c in verb.lefts)


def _of_travel(governor: Token) -> bool:
    """Return whether a word speaks of a way or a journey ("left for", "the road to")."""
    lemma = governor.lemma_.casefold()
    if governor.pos_ in ("NOUN", "PROPN"):
        return lemma in _ROUTES
    return lemma in _TRAVEL_VERBS


def _changes_name(governor: Token) -> bool:
    """Return whether a verb speaks of a new name ("its name was changed back to Velgrad")."""
    verb = governor.head if governor.pos_ == "ADV" else governor
    return verb.lemma_ == "change" and any(c.lemma_ == "name" for c in verb.children)


def _called_a_place(governor: Token) -> bool:
    """Return whether a predicate says that a city is a city, or what its weather is like."""
    return governor.lemma_ == "be" and any(
        (c.dep_ == "attr" and c.lemma_ in _IS_PLACE) or (c.dep_ == "acomp" and c.lower_ in _WEATHER)
        for c in governor.children
    )


def _befalls_a_place(verb: Token) -> bool:
    """Return whether a verb tells what happens to a city ("Velgrad fell to the rebels")."""
    more = (c for c in verb.rights if c.dep_ in ("acomp", "prep", "prt", "dobj"))
    return verb.lemma_ in _BEFALLING and all(c.lower_ in _FALLING_TO for c in more)


def _another_name(verb: Token) -> bool:
    """Return whether a predicate is another name of a place ("the capital is Velgrad again")."""
    subjects = (c for c in verb.lefts if c.dep_ == "nsubj")
    return any(c.pos_ == "PROPN" or c.lemma_ in _IS_PLACE for c in subjects)


def _renamed(head: Token) -> bool:
    """Return whether a relative clause says that a city got another name."""
    return any(c.dep_ == "relcl" and c.lemma_ in _RENAMING for c in head.rights)


def _place_before(doc: Doc, start: int) -> bool:
    index = start - 1
    while index >= 0 and doc[index].lower_ in ("the", "downtown", "central"):
        index -= 1
    return index >= 0 and doc[index].lower_ in _PLACE_PREPOSITIONS


def _modifier(head: Token, end: int) -> bool:
    """Return whether a name only modifies the noun after it ("a Washington lawyer")."""
    return (
        head.dep_ in ("compound", "amod", "nmod")
        and head.head.i >= end
        and head.head.pos_ in ("NOUN", "PROPN")
    )
