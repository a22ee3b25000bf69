"""Names of the registry's actors in a text, and names of people and bodies outside it.

One pass over the tokens looks up every name in a dictionary of folded spellings
(`kzdash.nlp.spelling`). What stands around a name then decides whose it is: a family name after
another given name is another person's, a state inside a company's name is not the state, a
name bound into a compound ("Kremlin-backed") is an adjective.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc, Token

from kzdash.nlp.spelling import letters, translit_key
from kzdash.registry import Actor, Registry

Form = Literal["full", "family", "given", "name", "metonym", "adjective", "noun", "title"]

_JOINERS = frozenset({"-", "‐", "‑", "–", ".", "'", "’", "ʼ", "&", "'s", "’s"})
_LONGEST = 12
#: Letters of an initial.
_INITIAL = 2


@dataclass(slots=True)
class NameHit:
    """Tokens ``start`` to ``end`` spell a name; ``actors`` are whose it can be."""

    start: int
    end: int
    actors: tuple[str, ...]
    form: Form


@dataclass
class _Table:
    forms: dict[str, list[tuple[str, Form]]] = field(default_factory=dict)
    capitals: dict[str, int] = field(default_factory=dict)
    small: dict[str, int] = field(default_factory=dict)
    prefixes: set[str] = field(default_factory=set)
    joints: dict[str, set[int]] = field(default_factory=dict)

    def add(self, parts: Sequence[str], actor: str, form: Form, capitals: int, small: int) -> None:
        key = "".join(parts)
        self.joints.setdefault(key, set()).update(accumulate(map(len, parts)))
        self.capitals[key] = min(capitals, self.capitals.get(key, capitals))
        self.small[key] = max(small, self.small.get(key, 0))
        if key and (actor, form) not in self.forms.setdefault(key, []):
            self.forms[key].append((actor, form))
            self.prefixes.update(key[:end] for end in range(1, len(key) + 1))


def words(text: str) -> list[str]:
    """Return the letters of a name's words; hyphens and spaces are the same."""
    parts = text.replace("-", " ").replace("‑", " ").replace("–", " ").split()
    return [word for word in (letters(part) for part in parts) if word]


def is_capital(token: Token) -> bool:
    """Return whether a token begins with a capital letter (hash and at signs aside)."""
    return letters(token.text)[:1].isupper()


def is_acronym(word: str) -> bool:
    """Return whether a name is written in capitals, as an acronym is."""
    return len(word) <= 6 and word.isupper()


class NameIndex:
    """Every spelling of every actor's names, ready to be found in a Doc."""

    def __init__(self, registry: Registry) -> None:
        self.actors = registry.actors
        self._exact = _Table()
        self._folded = _Table()
        self._lower_starts: set[str] = set()
        self._acronyms: set[str] = set()
        for actor in registry.actors.values():
            self._add_actor(actor)
        self._add_families(registry.actors)

    def _add_actor(self, actor: Actor) -> None:
        person = actor.kind == "person"
        for name in (actor.name, *actor.aliases):
            self._add(name, actor.id, "full" if person and len(words(name)) > 1 else "name")
        for city in actor.metonyms:
            self._add(city, actor.id, "metonym")
        state = actor.kind == "state"
        for adjective in (*actor.adjectives, *(actor.nouns if state else ())):
            self._add(adjective, actor.id, "adjective")
        for title in actor.titles:
            self._add(title, actor.id, "title")
        for noun in actor.nouns if actor.kind == "community" else ():
            self._add(noun, actor.id, "noun")
        if person:
            self._add_person(actor)

    def _add_person(self, actor: Actor) -> None:
        for family in actor.family:
            self._add(family, actor.id, "family")
            for given in actor.given:
                self._add(f"{given} {family}", actor.id, "full")
                self._add(f"{family} {given}", actor.id, "full")
        for given in actor.given:
            self._add(given, actor.id, "given")

    def _add_families(self, actors: dict[str, Actor]) -> None:
        for family in (a for a in actors.values() if a.kind == "community" and a.members):
            for member in (actors[m] for m in family.members):
                for name in member.family if member.kind == "person" else ():
                    for pattern in ("{}s", "{} family", "{} clan", "family of {}", "clan of {}"):
                        self._add(pattern.format(name), family.id, "name")

    def _add(self, name: str, actor: str, form: Form) -> None:
        parts = words(name)
        if parts and parts[0] in ("the", "The"):
            parts = parts[1:]
        if not parts:
            return
        joined = "".join(parts)
        key = joined.casefold()
        if not parts[0][:1].isupper() or form in ("title", "noun"):
            self._lower_starts.add(parts[0].casefold()[:3])
        if len(parts) == 1 and is_acronym(joined):
            self._acronyms.add(key)
        capitals = 0 if form in ("title", "noun") else sum(part[:1].isupper() for part in parts)
        small = sum(part in STOP_WORDS for part in parts)
        self._exact.add([part.casefold() for part in parts], actor, form, capitals, small)
        if len(key) > 4 and key not in self._acronyms and form in _BY_RULE:
            self._folded.add([translit_key(p) for p in parts], actor, form, capitals, small)
            self._folded.add([translit_key(joined)], actor, form, min(capitals, 1), small)

    def find(self, doc: Doc) -> list[NameHit]:
        """Return the longest name at every place, in text order, never overlapping."""
        hits: list[NameHit] = []
        start = 0
        while start < len(doc):
            hit = self._match(doc, start)
            if hit is None:
                start += 1
            else:
                hits.append(hit)
                start = hit.end
        return hits

    def _match(self, doc: Doc, start: int) -> NameHit | None:
        first = letters(doc[start].text)
        if not first:
            return None
        capital = first[:1].isupper()
        if not capital and first[:3].casefold() not in self._lower_starts:
            return None
        exact = self._longest(self._exact, doc, start, str.casefold)
        found = exact and self._allowed(doc, start, exact[0], exact[1])
        if capital and (not found or found.form == "given"):
            folded = self._longest(self._folded, doc, start, translit_key)
            if folded and not (found and found.end >= folded[0]):
                found = self._allowed(doc, start, folded[0], folded[1]) or found
        return found or None

    def _longest(
        self, table: _Table, doc: Doc, start: int, fold: Callable[[str], str]
    ) -> tuple[int, list[tuple[str, Form]]] | None:
        key, best, capitals, small = "", None, 0, 0
        apart: set[int] = set()
        for index in range(start, min(start + _LONGEST, len(doc))):
            token = doc[index]
            word = letters(token.text)
            if not word:
                if _joins(token) and key:
                    continue
                break
            if key and (word[0].islower() or len(key) == 1):
                apart.add(len(key))
            key += fold(word)
            if key not in table.prefixes:
                break
            capitals += word[0].isupper()
            small += word in STOP_WORDS
            if key not in table.forms or small > table.small[key]:
                continue  # "Kulibayev a …" does not spell "Kulibayeva"
            if not apart <= table.joints[key]:
                continue  # "I ran" does not spell "Iran"
            if capitals >= table.capitals[key] or not token.is_alpha:
                best = (index + 1, table.forms[key])
        return best

    def _allowed(
        self, doc: Doc, start: int, end: int, forms: list[tuple[str, Form]]
    ) -> NameHit | None:
        text = [letters(doc[i].text) for i in range(start, end)]
        joined = "".join(text)
        kept = [(a, f) for a, f in forms if self._case_fits(f, joined, text[0])]
        if not kept:
            return None
        form = min((f for _, f in kept), key=_FORM_RANK.__getitem__)
        return NameHit(start, end, tuple(a for a, f in kept if f == form), form)

    def _case_fits(self, form: Form, joined: str, first: str) -> bool:
        if form in ("title", "noun"):
            return True
        if joined.casefold() in self._acronyms:
            return joined.isupper() or (len(joined) > 3 and joined.istitle())
        return first[:1].isupper() or first[:3].casefold() in self._lower_starts


_BY_RULE: frozenset[str] = frozenset({"full", "family", "given", "name", "metonym"})
_FORM_RANK: dict[str, int] = {
    form: rank
    for rank, form in enumerate(
        ("full", "name", "family", "metonym", "title", "given", "noun", "adjective")
    )
}


def _joins(token: Token) -> bool:
    if token.is_space:
        return token.text.count("\n") < 2
    if token.text == ".":
        return after_initial(token)
    return token.text in _JOINERS


def after_initial(stop: Token) -> bool:
    """Return whether a full stop follows an initial ("Kh."): after a word it ends a sentence."""
    return stop.i > 0 and len(letters(stop.nbor(-1).text)) <= _INITIAL
