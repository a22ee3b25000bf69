"""The selection that a page shows: outlets, actors, dates, voices and kinds of mention.

A scope stands in the address of a page, so it is read from strings that anyone may have
written: what is not valid is dropped, never an error.
"""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from kzdash import periods
from kzdash.errors import InputError
from kzdash.registry import Registry
from kzdash.schema import KINDS, RELATION_LABELS, ROLES, STANCES, VERB_CLASSES, VOICES

MAX_VALUES = 60
"""Most outlets or actors that one address may select."""

_ID = re.compile(r"[^\W_][\w .'’-]{0,63}")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_CHOICES = {"voice": VOICES, "kind": KINDS}
_WORDS = {
    "own": "in the outlet's own voice",
    "quoted": "in quoted speech",
    "name": "names",
    "metonym": "metonyms",
    "title": "titles",
    "pronoun": "pronouns",
}


def first_day(published: str) -> date | None:
    """Return the first day that an ISO date (YYYY, YYYY-MM or YYYY-MM-DD) may mean.

    Returns None for anything that is not such a date.
    """
    parts = _parts(published)
    return parts and date(parts[0], parts[1] or 1, parts[2] or 1)


def last_day(published: str) -> date | None:
    """Return the last day that an ISO date (YYYY, YYYY-MM or YYYY-MM-DD) may mean."""
    parts = _parts(published)
    if parts is None:
        return None
    year, month, day = parts
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Scope:
    """What is selected; an empty tuple or None selects everything.

    Args:
        outlets: outlet ids.
        actors: actor ids.
        start: first day, as YYYY, YYYY-MM or YYYY-MM-DD.
        end: last day (inclusive), likewise. An article is in scope when the time that its
            published date may mean overlaps the time from ``start`` to ``end``; an article
            without a date is in scope only when neither is set.
        voices: `own`, `quoted`.
        kinds: `name`, `metonym`, `title`, `pronoun`.
    """

    outlets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    voices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: Mapping[str, str | Sequence[str]]) -> "Scope":
        """Return the scope that an address's parameters give.

        Parameters are `outlet`, `actor`, `voice` and `kind` (repeated, or one value with
        commas), `from` and `to`. Values that are not valid are dropped; so are both dates
        when they stand in the wrong order, and a voice or kind filter that selects all.
        """
        start, end = (_valid_date(query.get(name)) for name in ("from", "to"))
        if start and end and (first_day(start) or date.min) > (last_day(end) or date.max):
            start = end = None
        return cls(
            outlets=_ids(query.get("outlet")),
            actors=_ids(query.get("actor")),
            start=start,
            end=end,
            voices=_choices(query.get("voice"), VOICES),
            kinds=_choices(query.get("kind"), KINDS),
        )

    @classmethod
    def not_read(cls, query: Mapping[str, str | Sequence[str]]) -> list[str]:
        """Return the values of an address's parameters that `from_query` drops as not valid.

        Those of a filter that selects all are not among them; ids that no build may know are.
        """
        scope = cls.from_query(query)
        kept = {"from": scope.start, "to": scope.end}
        wrong = [
            t for n in ("outlet", "actor") for t in _strings(query.get(n)) if not _ID.fullmatch(t)
        ]
        wrong += [t for n in kept for t in _strings(query.get(n)) if t != kept[n]]
        for name, allowed in _CHOICES.items():
            wrong += [text for text in _strings(query.get(name)) if text not in allowed]
        return [text for text in dict.fromkeys(wrong) if text]

    @classmethod
    def from_options(cls, query: Mapping[str, str | Sequence[str]]) -> "Scope":
        """Return the scope that a command's options give, each as `from_query` reads it.

        Raises:
            InputError: a value is not valid.
        """
        for name, allowed in _CHOICES.items():
            for value in query.get(name) or ():
                if value not in allowed:
                    raise InputError(f"--{name}", f"'{value}'", f"one of {', '.join(allowed)}")
        for name in ("from", "to"):
            day = query.get(name)
            if day and not _valid_date(day):
                raise InputError(f"--{name}", f"'{day}'", "YYYY, YYYY-MM or YYYY-MM-DD")
        scope = cls.from_query(query)
        if query.get("from") and not scope.start:
            raise InputError("--from", "it is after --to", "the earlier date first")
        return scope

    def to_query(self) -> dict[str, list[str]]:
        """Return the address parameters that restore this scope, without empty ones."""
        values = {
            "outlet": list(self.outlets),
            "actor": list(self.actors),
            "from": [self.start] if self.start else [],
            "to": [self.end] if self.end else [],
            "voice": list(self.voices),
            "kind": list(self.kinds),
        }
        return {name: value for name, value in values.items() if value}

    @property
    def first(self) -> date | None:
        """The first day selected."""
        return first_day(self.start) if self.start else None

    @property
    def last(self) -> date | None:
        """The last day selected."""
        return last_day(self.end) if self.end else None

    def describe(self, registry: Registry) -> str:
        """Return the selection in words, as in "RT and Eurasianet; Tokayev; since 2022"."""
        parts = [
            listing([registry.outlet_name(o) for o in self.outlets]) or "all outlets",
            listing([registry.actor_name(a) for a in self.actors]) or "all actors",
            self._describe_dates(),
        ]
        if self.voices:
            parts.append(listing([_WORDS[v] for v in self.voices]))
        if self.kinds:
            parts.append("only " + listing([_WORDS[k] for k in self.kinds]))
        return "; ".join(parts)

    def _describe_dates(self) -> str:
        match self.start, self.end:
            case None, None:
                return "all dates"
            case start, None:
                return f"since {start}"
            case None, end:
                return f"until {end}"
            case start, end:
                return f"in {start}" if start == end else f"{start} to {end}"


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    match = _DATE.fullmatch(text)
    if match is None or not text.isascii():
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return (year, month, day) if year else None


def _strings(value: str | Sequence[str] | None) -> Iterable[str]:
    if value is None:
        return []
    texts = [value] if isinstance(value, str) else value
    return [part.strip() for text in texts[:MAX_VALUES] for part in str(text)[:8000].split(",")]


def _ids(value: str | Sequence[str] | None) -> tuple[str, ...]:
    valid = dict.fromkeys(text for text in _strings(value) if _ID.fullmatch(text))
    return tuple(sorted(valid)[:MAX_VALUES])


def _choices(value: str | Sequence[str] | None, allowed: Sequence[str]) -> tuple[str, ...]:
    given = set(_strings(value))
    chosen = tuple(choice for choice in allowed if choice in given)
    return () if len(chosen) == len(allowed) else chosen


def _valid_date(value: str | Sequence[str] | None) -> str | None:
    return next((text for text in _strings(value) if _parts(text)), None)


def listing(words: Sequence[str]) -> str:
    """Return words as in a sentence, with commas and “and”."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


@dataclass(frozen=True)
class Cell:
    """A mark of a chart, whose evidence is wanted: what narrows a scope further.

    Args:
        what: which rows are the evidence, one of `EVIDENCE`; None for mentions.
        outlet, actor: ids; also narrow what the scope selects. Of a relation, `actor` is the
            one that praises, supports, blames or attacks.
        voice, kind, role, label: of the mention; `label` is its stance label.
        frame: the mention's sentence has this frame.
        speaker: who says it (actor id or name).
        period: of publication, as `kzdash.periods.evidence` gives it.
        article: article id.
        scored: `stance` or `sentiment`: only mentions that have one.
        cue: a word that moved the stance score, or that cued the frame.
        other: another actor that the same sentence mentions.
        target: the other actor of a relation; `relation` is its label.
        verb_class: of the verb that reports a quotation.
        text: an epithet.
        word: a lemma that the article uses; `pos` its part of speech.
    """

    what: str | None = None
    outlet: str | None = None
    actor: str | None = None
    voice: str | None = None
    kind: str | None = None
    role: str | None = None
    label: str | None = None
    frame: str | None = None
    speaker: str | None = None
    period: str | None = None
    article: str | None = None
    scored: str | None = None
    cue: str | None = None
    other: str | None = None
    target: str | None = None
    relation: str | None = None
    verb_class: str | None = None
    text: str | None = None
    word: str | None = None
    pos: str | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str | Sequence[str]]) -> "Cell":
        """Return the cell that an address's parameters (`cell_outlet`, …) give."""
        given = {f.name: _cell_value(query.get(f"cell_{f.name}")) for f in fields(cls)}
        for name, allowed in _CELL_CHOICES.items():
            if given[name] not in allowed:
                given[name] = None
        if given["period"] and not periods.valid(given["period"]):
            given["period"] = None
        return cls(**given)

    def to_query(self) -> dict[str, list[str]]:
        """Return the address parameters that restore this cell."""
        values = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {f"cell_{name}": [value] for name, value in values if value is not None}

    def describe(self, registry: Registry) -> str:
        """Return the cell in words; empty when it narrows nothing."""
        names = {
            "outlet": registry.outlet_name,
            "actor": registry.actor_name,
            "other": registry.actor_name,
            "speaker": registry.actor_name,
            "target": registry.actor_name,
            "period": periods.named,
            "pos": _part_of_speech,
        }
        parts = []
        for f in fields(self):
            value = getattr(self, f.name)
            if value is not None and f.name != "what":
                frame = registry.frames.get(value) if f.name == "frame" else None
                said = frame.name if frame else names.get(f.name, str)(value)
                words = _WORDS[value] if f.name == "voice" else None
                parts.append(words or f"{_CELL_WORDS.get(f.name, f.name)} {said}")
        return ", ".join(parts)


EVIDENCE = ("sentences", "quotes", "relations", "epithets", "cues", "articles")
"""What evidence there is beside mentions."""

_CELL_CHOICES = {
    "what": EVIDENCE,
    "voice": VOICES,
    "kind": KINDS,
    "role": ROLES,
    "label": STANCES,
    "relation": RELATION_LABELS,
    "verb_class": VERB_CLASSES,
    "scored": ("stance", "sentiment"),
}
_CELL_WORDS = {"label": "stance", "other": "together with", "period": "published", "cue": "cue",
               "target": "toward", "verb_class": "reporting verb", "text": "epithet",
               "pos": "used as", "scored": "with a"}  # fmt: skip
_POS_WORDS = {"NOUN": "a noun", "VERB": "a verb", "ADJ": "an adjective", "ADV": "an adverb"}


def _part_of_speech(pos: str) -> str:
    return _POS_WORDS.get(pos, pos)


def _cell_value(value: str | Sequence[str] | None) -> str | None:
    text = value if isinstance(value, str) else (str(value[0]) if value else "")
    text = "".join(c for c in text[:_CELL_LENGTH] if c.isprintable()).strip()
    return text or None


_CELL_LENGTH = 200

EVERYTHING = Cell()
"""The cell that narrows nothing."""
