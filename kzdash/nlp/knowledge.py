"""What the registry says of its actors, as descriptions on the day of an article."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kzdash.nlp.descriptions import Description, from_words, word_key
from kzdash.nlp.names import words
from kzdash.registry import Actor, Office, Registry

Period = tuple[date, date]


def period_of(published: str | None) -> Period | None:
    """Return the first and last day that a date of year, month or day precision can mean."""
    if not published:
        return None
    year, month, day = ([int(part) for part in published[:10].split("-")] + [0, 0])[:3]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


@dataclass(frozen=True, slots=True)
class _Held:
    office: Office
    descriptions: tuple[Description, ...]


# Regions by which news calls a state ("the Central Asian nation").
REGIONS: dict[frozenset[str], frozenset[str]] = {
    frozenset(words.split()): frozenset(states.split())
    for words, states in (
        ("central asian", "kazakhstan uzbekistan kyrgyzstan tajikistan turkmenistan"),
        ("south caucasus", "armenia azerbaijan georgia"),
        ("caucasus", "armenia azerbaijan georgia"),
        ("baltic", "estonia latvia lithuania"),
        ("ex soviet", "kazakhstan uzbekistan kyrgyzstan tajikistan turkmenistan armenia azerbaijan "
         "georgia belarus ukraine moldova russia"),
        ("soviet", "kazakhstan uzbekistan kyrgyzstan tajikistan turkmenistan armenia azerbaijan "
         "georgia belarus ukraine moldova russia"),
        ("eastern european", "ukraine belarus moldova poland"),
        ("landlocked", "kazakhstan uzbekistan kyrgyzstan tajikistan turkmenistan armenia belarus "
         "afghanistan mongolia"),
    )
}  # fmt: skip


class Knowledge:
    """Descriptions of every actor, and the actors that a description may mean."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.actors = registry.actors
        self._offices: dict[str, list[_Held]] = {}
        self._static: dict[str, list[Description]] = {}
        self._titled: dict[str, list[tuple[Office, Description]]] = {}
        self._office_words: set[str] = set()
        self._bodies: dict[str, list[tuple[str, Description]]] = {}
        self._body_words: set[str] = set()
        self._kin: dict[str, list[tuple[str, Description]]] = {}
        for office in registry.offices.values():
            self._add_office(office)
        for actor in registry.actors.values():
            self._add_actor(actor)

    @cached_property
    def places(self) -> frozenset[str]:
        """The states, and the bodies of no state that have an office."""
        return frozenset(self.states.values())

    @cached_property
    def states(self) -> dict[str, str]:
        """Words for states, lower case (names, adjectives, capitals), with the actor's id.

        So are bodies of no state that have an office ("the UN chief").
        """
        bodies = {self._of_state(o) for o in self.registry.offices.values()}
        found: dict[str, str] = {}
        for actor in self.actors.values():
            if actor.kind == "state" or actor.id in bodies:
                for name in (actor.name, *actor.aliases, *actor.adjectives, *actor.metonyms):
                    if len(words(name)) == 1:
                        found.setdefault(word_key(words(name)[0]), actor.id)
        return found

    def _place(self, body: Actor) -> str:
        """Return the state that a body belongs to, or the body of no state."""
        if body.kind == "state" or body.country:
            return body.country or body.id
        return self._place(self.actors[body.parent]) if body.parent else body.id

    def _add_office(self, office: Office) -> None:
        country = self._of_state(office)
        said = []
        for title in office.titles:
            made = from_words(_said(title), country, adjectives=self.states)
            if made is not None:
                said.append(made)
                self._titled.setdefault(_office_head(made.head), []).append((office, made))
                self._office_words |= made.modifiers
        held = _Held(office, tuple(said))
        for actor in {tenure.actor for tenure in office.holders}:
            self._offices.setdefault(actor, []).append(held)

    def _add_actor(self, actor: Actor) -> None:
        names: Iterable[str] = (*actor.titles, *actor.nouns)
        if actor.kind != "person":
            names = (*names, actor.name, *actor.aliases)
        country = actor.id if actor.kind == "state" else actor.country
        said = {
            made
            for name in names
            if len(words(name)) > 1 or name.islower()
            if (made := from_words(_said(name), country, adjectives=self.states))
        }
        self._static[actor.id] = list(said)
        for description in said if actor.kind in ("organisation", "state") else ():
            self._bodies.setdefault(description.head, []).append((actor.id, description))
            self._body_words |= description.modifiers
        for other, text in actor.kin.items():
            self._add_kin(actor, self.actors[other], text)

    def _add_kin(self, actor: Actor, other: Actor, text: str) -> None:
        said = from_words(words(text))
        if said is None:
            return
        self._kin.setdefault(other.id, []).append((actor.id, said))
        if said.head in _KIN_OF and other.gender is not None:
            back = _KIN_OF[said.head][other.gender == "f"]
            returned = Description(back, said.modifiers & _IN_LAW)
            self._kin.setdefault(actor.id, []).append((other.id, returned))

    def of(self, actor: str, period: Period | None) -> list[Description]:
        """Return what is known of an actor at the time of an article."""
        found = list(self._static.get(actor, ()))
        for held in self._offices.get(actor, ()):
            tense = _tense(held.office, actor, period)
            if tense is not None:
                found += [
                    Description(d.head, d.modifiers, d.country, tense) for d in held.descriptions
                ]
        return found

    def holders(
        self,
        said: Description,
        ordinal: int | None,
        period: Period | None,
        nouns: frozenset[str] = frozenset(),
    ) -> list[tuple[str, str | None]]:
        """Return who holds (or held, if so said) the office that a description names.

        Adjectives that are in no office's title ("powerful") do not count, other nouns forbid it
        ("the opposition leader").

        Args:
            said: what the phrase says; "former" and a country in it must fit.
            nouns: its modifiers that are nouns.
            ordinal: 1 for "the first president", and so on.
            period: when the article appeared.

        Returns:
            Actor and country of the office, the latest holder of each office first.
        """
        wanted = said.modifiers & (self._office_words | _RANKS | nouns)
        found: list[tuple[str, str | None]] = []
        for office, described in self._titled.get(_office_head(said.head), ()):
            if said.country is not None and described.country != said.country:
                continue
            if described.modifiers != wanted:
                continue
            for actor in _held_by(office, said.tense, ordinal, period):
                if (actor, described.country) not in found:
                    found.append((actor, described.country))
        return found

    def next_to(self, actor: str, successor: bool, period: Period | None) -> str | None:
        """Return who followed (or preceded) an actor in the office held last."""
        held_last = []
        for held in self._offices.get(actor, ()):
            holders = sorted(held.office.holders, key=lambda t: t.start)
            for index, tenure in enumerate(holders):
                if tenure.actor == actor and (period is None or tenure.start <= period[1]):
                    first = "president" in held.office.titles
                    held_last.append((first, tenure.start, index, holders))
        if not held_last:
            return None
        _, _, index, holders = max(held_last, key=lambda h: h[:2])
        index += 1 if successor else -1
        return holders[index].actor if 0 <= index < len(holders) else None

    def counterparts(self, of: str, others: Iterable[str], period: Period | None) -> list[str]:
        """Return who of some others has the office that a person has, each in his own state.

        Who has nobody's office but leads a state has whoever leads the other one.
        """
        own = self._titles_of(of, period)
        shared = {
            other: len(own & self._titles_of(other, period)) for other in others if other != of
        }
        most = max(shared.values(), default=0)
        if most:
            return [other for other, count in shared.items() if count == most]
        leading = self.leads(of, period) is not None
        return [other for other in shared if leading and self.leads(other, period) is not None]

    def in_office(self, country: str, period: Period | None) -> list[str]:
        """Return who holds an office of a state, in the order of the registry's offices."""
        offices = (o for o in self.registry.offices.values() if country == self._of_state(o))
        return list(dict.fromkeys(a for o in offices for a in _held_by(o, "", None, period)))

    def _of_state(self, office: Office) -> str:
        return self._place(self.actors[office.of])

    def _titles_of(self, actor: str, period: Period | None) -> set[tuple[str, frozenset[str]]]:
        """Return the titles of the offices that a person holds."""
        return {
            (description.head, description.modifiers)
            for held in self._offices.get(actor, ())
            if _tense(held.office, actor, period) in ("current", "")
            for description in held.descriptions
        }

    def relatives(self, of: str, said: Description) -> list[str]:
        """Return whom "daughter", "eldest daughter" or "father-in-law" of a person can mean."""
        born = {_BIRTH[word] for word in said.modifiers if word in _BIRTH}
        return [
            actor
            for actor, known in self._kin.get(of, ())
            if known.head == said.head
            and known.modifiers & _IN_LAW == said.modifiers & _IN_LAW
            and born <= {_BIRTH.get(word) for word in known.modifiers}
        ]

    def all_relatives(self, said: Description) -> set[str]:
        """Return whom "nephew" or "eldest daughter" can mean, whoever's it is."""
        return {relative for actor in self._kin for relative in self.relatives(actor, said)}

    def leads(self, actor: str, period: Period | None) -> str | None:
        """Return the state that a person leads at the time, None for others."""
        for held in self._offices.get(actor, ()):
            leading = not _LEADING.isdisjoint(held.office.titles)
            if leading and _tense(held.office, actor, period) in ("current", ""):
                of = self.actors[held.office.of]
                return of.id if of.kind == "state" else None
        return None

    def bodies(
        self, said: Description, nouns: frozenset[str] = frozenset()
    ) -> list[tuple[str, str | None]]:
        """Return the organisations and states whose body a description names exactly.

        "The government" names every government, "the foreign ministry" every foreign ministry;
        adjectives that are in no body's name do not count, other nouns forbid it ("the city
        government").

        Returns:
            Actor and its country.
        """
        wanted = said.modifiers & (self._body_words | nouns)
        found: list[tuple[str, str | None]] = []
        if said.country is None and said.head in _VAGUE_BODIES and not wanted:
            return found
        for head in _BODY_HEADS.get(said.head, (said.head,)):
            for actor, described in self._bodies.get(head, ()):
                if described.modifiers != wanted or (actor, described.country) in found:
                    continue
                if said.country is None or described.country == said.country:
                    found.append((actor, described.country))
        return found


def _said(name: str) -> list[str]:
    """Return a name's words as a phrase of a text has them: compounds are several."""
    return name.replace("-", " ").split()


def _tense(office: Office, actor: str, period: Period | None) -> str | None:
    tenures = [t for t in office.holders if t.actor == actor]
    if period is None:
        return "" if any(t.end is None for t in tenures) else "former"
    first, last = period
    if any(t.start <= last and (t.end is None or first <= t.end) for t in tenures):
        return "current"
    return "former" if any(t.end is not None and t.end <= last for t in tenures) else None


def _office_head(head: str) -> str:
    return _HEADS.get(head, head)


RULERS = frozenset({"strongman", "ruler", "autocrat", "dictator", "leader"})
"""Words for a president that are no title."""
_IN_LAW = frozenset({"law"})
_BIRTH = {
    **dict.fromkeys(("eldest", "elder", "oldest", "older"), "first"),
    **dict.fromkeys(("youngest", "younger"), "last"),
    **dict.fromkeys(("middle", "second"), "middle"),
}
_KIN_OF = {
    **dict.fromkeys(("son", "daughter"), ("father", "mother")),
    **dict.fromkeys(("brother", "sister"), ("brother", "sister")),
    **dict.fromkeys(("husband", "wife"), ("husband", "wife")),
    **dict.fromkeys(("nephew", "niece"), ("uncle", "aunt")),
    **dict.fromkeys(("grandson", "granddaughter"), ("grandfather", "grandmother")),
}
"""What a man and a woman are to their son, brother and so on."""
_LEADING = frozenset({"president", "prime minister", "chancellor", "king", "emir"})
"""Titles of whose government a state's is."""
_HEADS = {
    **dict.fromkeys(RULERS, "president"),
    **dict.fromkeys(
        ("chairman", "chair", "chairwoman", "chairperson", "boss", "director", "chief"), "head"
    ),
}


def _held_by(office: Office, tense: str, ordinal: int | None, period: Period | None) -> list[str]:
    holders = sorted(office.holders, key=lambda t: t.start)
    if ordinal is not None:
        order = list(dict.fromkeys(t.actor for t in holders))
        return order[ordinal - 1 : ordinal]
    tenses = [(t.actor, _tense(office, t.actor, period)) for t in reversed(holders)]
    wanted = "former" if tense == "former" else "current"
    if period is None and tense != "former":
        return [t.actor for t in holders if t.end is None]
    if wanted == "former":
        last = period[1] if period else None
        return [
            a
            for a in dict.fromkeys(a for a, _ in tenses)
            if any(
                t.actor == a and t.end is not None and (last is None or t.end <= last)
                for t in holders
            )
        ]
    return list(dict.fromkeys(a for a, t in tenses if t == wanted))


_RANKS = frozenset("deputy vice assistant associate designate elect honorary regional".split())
_BODY_HEADS = dict.fromkeys(
    ("government", "cabinet", "authorities"), ("government", "cabinet", "authorities")
)
_VAGUE_BODIES = frozenset(
    "police army military prosecutors forces services troops party company bank court".split()
)
