"""Whether a name is part of a longer one: "Bank of China", "UN Security Council"."""

from kzdash.nlp.descriptions import NOUN_KINDS
from kzdash.nlp.discourse import Discourse
from kzdash.nlp.introductions import MORE_TITLES
from kzdash.nlp.names import NameHit, is_capital
from kzdash.nlp.spelling import letters
from kzdash.registry import Actor

_PERSON_HEADS = frozenset(noun for noun, kinds in NOUN_KINDS.items() if "person" in kinds) | {
    "government",
    "ministry",
    "embassy",
    "ambassador",
    "people",
    "republic",
    "leadership",
}
_INSTITUTES = frozenset(
    """Institute Center Centre Bank Association University Academy Foundation Society School Journal
    Chamber Union Federation Embassy Museum Library College Club Fund""".split()
)
_FIRMS = frozenset(
    """Corporation Corp Company Group Holding Holdings Inc Ltd Limited Railways Airlines
    House""".split()
)
#: States of the United States of one word, without those that are also a capital or a country.
_AMERICAN = frozenset(
    """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii
    Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan
    Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania
    Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming USA DC D.C.""".split()
)
_SLOGANS = frozenset({"Fair", "Free", "Just", "New", "Our", "Strong", "United"})


class LongerNames:
    """The longer names of one document that names of the registry are parts of.

    Args:
        adjectives: adjective of a state (lower case) to its actor id.
    """

    def __init__(self, discourse: Discourse, adjectives: dict[str, str]) -> None:
        self.doc = discourse.doc
        self.discourse = discourse
        self.adjectives = adjectives
        self.adjective_at = discourse.adjectives

    def holds(self, hit: NameHit) -> bool:
        """Return whether a state or city is part of a longer proper name ("Bank of China")."""
        doc = self.doc
        heading = self.discourse.sentences[hit.start] == 0
        if hit.end < len(doc):
            after = doc[hit.end]
            if (
                is_capital(after)
                and after.is_alpha
                and after.i not in self.adjective_at
                and letters(after.text).casefold() not in NOUN_KINDS
                and letters(after.text).casefold() not in MORE_TITLES
                and after.pos_ == "PROPN"
                and not after.is_sent_start
                and doc[hit.end - 1].dep_ == "compound"
                and not heading
                and after.ent_type_ != "PERSON"
            ):
                return True
            if after.text == "," and hit.end + 1 < len(doc) and self._in_america(hit):
                return True
        if self._of_name(hit):
            return True
        return not heading and (self._of_firm_or_slogan(hit) or self._ends_name(hit))

    def _ends_name(self, hit: NameHit) -> bool:
        """Return whether a state is the last word of a body's name ("Forward Borland")."""
        last, before = self.doc[hit.end - 1], self.doc[max(hit.start - 1, 0)]
        joined = before.dep_ == "compound" and before.head.i == last.i and last.ent_iob_ == "I"
        word = letters(before.text).casefold()
        return (
            joined
            and hit.form != "metonym"
            and is_capital(before)
            and before.ent_type_ not in ("", "GPE", "LOC", "NORP")
            and word not in MORE_TITLES
            and word not in NOUN_KINDS
        )

    def _of_firm_or_slogan(self, hit: NameHit) -> bool:
        """Return whether a state opens a firm's name or ends a slogan ("a Fair Borland")."""
        doc, end = self.doc, hit.end
        while end < len(doc) and is_capital(doc[end]) and not doc[end].is_sent_start:
            end += 1
        if end > hit.end and letters(doc[end - 1].text) in _INSTITUTES | _FIRMS:
            return True
        before = doc[hit.start - 1] if hit.start else None
        return before is not None and not before.is_sent_start and before.text in _SLOGANS

    def _in_america(self, hit: NameHit) -> bool:
        """Return whether a city is an American one ("Moscow, Idaho"), unless in a list."""
        return self.doc[hit.end + 1].text in _AMERICAN and self.doc[hit.start - 1].text != ","

    def _of_name(self, hit: NameHit) -> bool:
        doc = self.doc
        index = hit.start - 1
        while index > 0 and doc[index].lower_ in ("the",):
            index -= 1
        if index < 1 or doc[index].lower_ not in ("of", "for"):
            return False
        token = doc[hit.end - 1]
        before = doc[index - 1]
        if letters(before.text) in _INSTITUTES:
            return True
        inside = token.ent_type_ in ("ORG", "WORK_OF_ART", "FAC", "EVENT", "LAW", "PRODUCT")
        return (
            inside
            and before.ent_type_ == token.ent_type_
            and token.ent_iob_ == "I"
            and is_capital(before)
            and letters(before.text).casefold() not in _PERSON_HEADS
        )

    def of_another_state(self, hit: NameHit, actor: Actor) -> bool:
        """Return whether an organisation's name belongs to another one ("UN Security Council")."""
        doc = self.doc
        if actor.country is None or hit.start == 0:
            return False
        before = doc[hit.start - 1]
        if before.text in ("'s", "’s", "'", "’") and hit.start > 1:
            state = self.adjectives.get(letters(doc[hit.start - 2].text).casefold())
            return state is not None and state != actor.country
        state = self.adjective_at.get(before.i) or self.adjectives.get(
            letters(before.text).casefold()
        )
        if state is not None:
            return state != actor.country
        first = doc[hit.start]
        if first.text.isupper() or len(hit.actors) > 1:
            return False
        return (
            is_capital(before)
            and before.is_alpha
            and before.pos_ == "PROPN"
            and before.ent_type_ == "ORG"
            and first.ent_type_ == "ORG"
            and first.ent_iob_ == "I"
            and not before.is_sent_start
            and letters(before.text).casefold() not in _PERSON_HEADS
        )
