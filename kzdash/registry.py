"""Outlets, actors, offices and frames: who and what kzdash looks for, from TOML files.

A registry is a folder of `outlets.toml`, `actors.toml`, `offices.toml` and `frames.toml`
(`data/registry/` unless another is given). Every file is validated; an error names the
file, the entry, what was found and what is expected.
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kzdash.errors import RegistryError
from kzdash.paths import REGISTRY, shipped

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=24, strip_whitespace=True)]
ActorKind = Literal["person", "state", "organisation", "community"]


class Entry(BaseModel):
    """Base of all entries: unknown fields are refused, entries are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Outlet(Entry):
    """A news outlet and what a reader should know of it.

    ``aliases`` are other names under which catalogues give it; ``names`` of outlets that are
    themselves actors stand in `actors.toml`. Every fact needs its ``source``.
    """

    id: Id
    name: Text
    aliases: tuple[Text, ...] = ()
    country: Text | None = None
    owner: Text | None = None
    funding: Text | None = None
    type: Text | None = None
    languages: tuple[Text, ...] = ()
    url: Text | None = None
    note: Text | None = None
    source: tuple[Text, ...] = ()
    boilerplate: tuple[Text, ...] = ()


class Actor(Entry):
    """A person, state, organisation or community that acts in politics.

    Persons have ``family`` and ``given`` names in every transliteration that is not made by
    rule; each full name, and each family name that no other actor shares, is a name of the
    actor. ``short`` is the name in common use that stands on an axis ("CSTO"); it is for
    readers alone, so an acronym that names the actor in articles stands in ``aliases`` too.
    ``aliases`` are further full names and acronyms. ``metonyms`` are capitals and
    seats that stand for a government when they act. ``titles`` are descriptions that always
    mean this actor ("the Leader of the Nation"); titles that change hands belong in
    `offices.toml`. ``adjectives`` ("Kazakh") are never mentions by themselves, but help to
    resolve "the Kazakh president". ``nouns`` stand for a state ("the Chinese") or a community; of
    a body they say what it is called once named ("the rights group"). ``members`` lists the
    actors of a family or body; ``kin`` says whose relative a person is
    (``{nazarbayev = "eldest daughter"}``), once for both.
    """

    id: Id
    kind: ActorKind
    name: Text
    short: Short | None = None
    aliases: tuple[Text, ...] = ()
    family: tuple[Text, ...] = ()
    given: tuple[Text, ...] = ()
    gender: Literal["f", "m"] | None = None
    plural: bool = False
    metonyms: tuple[Text, ...] = ()
    titles: tuple[Text, ...] = ()
    nouns: tuple[Text, ...] = ()
    adjectives: tuple[Text, ...] = ()
    country: Id | None = None
    parent: Id | None = None
    members: tuple[Id, ...] = ()
    kin: dict[Id, Text] = Field(default_factory=dict)
    note: Text | None = None
    source: Text | None = None


class Tenure(Entry):
    """Who held an office from a day (inclusive) to a day (exclusive; open if absent)."""

    actor: Id
    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether the office was held on that day."""
        return self.start <= day and (self.end is None or day < self.end)


class Office(Entry):
    """A dated office: its titles mean whoever held it when the article appeared.

    ``titles`` are written without article ("president", "head of state"); ``of`` is the actor
    (state or organisation) whose office it is: "the president of Kazakhstan", "the Kazakh
    president".
    """

    id: Id
    titles: tuple[Text, ...]
    of: Id
    holders: tuple[Tenure, ...] = Field(min_length=1)
    source: Text | None = None

    def holder(self, day: date) -> str | None:
        """Return the actor that held the office on a day, or None."""
        return next((t.actor for t in self.holders if t.covers(day)), None)


class Cue(Entry):
    """A frame's cue: a lemma or phrase of lemmas, with its weight and context conditions.

    ``unless`` and ``with_any`` are lemmas elsewhere in the sentence that forbid or demand it.
    """

    text: Text
    weight: float = Field(default=1.0, gt=0, le=10)
    unless: tuple[Text, ...] = ()
    with_any: tuple[Text, ...] = ()


class Frame(Entry):
    """A frame: how a story may be told, with the cues that mark it."""

    id: Id
    name: Text
    description: Text
    cues: tuple[Cue, ...]


E_ = TypeVar("E_", bound=Entry)


class Registry:
    """All entries of a registry folder, by id.

    Args:
        outlets, actors, offices, frames: entries in the order of their files.
        digest: SHA-256 over the files, which a build's manifest names.
    """

    def __init__(
        self,
        outlets: Iterable[Outlet],
        actors: Iterable[Actor],
        offices: Iterable[Office],
        frames: Iterable[Frame],
        digest: "hashlib._Hash | None" = None,
    ) -> None:
        self.outlets = {o.id: o for o in outlets}
        self.actors = {a.id: a for a in actors}
        self.offices = {o.id: o for o in offices}
        self.frames = {f.id: f for f in frames}
        self.digest = digest.hexdigest() if digest else ""
        self._given: Mapping[str, str] = {}
        self._check_references()

    @classmethod
    def load(cls, folder: Path | None = None) -> "Registry":
        """Read and validate a registry folder.

        Raises:
            RegistryError: a file is missing, is not TOML, or an entry is not valid.
            KzdashError: none is given and none lies beside the code.
        """
        folder = folder or shipped(REGISTRY)
        digest = hashlib.sha256()
        return cls(
            _read(folder / "outlets.toml", "outlet", Outlet, digest),
            _read(folder / "actors.toml", "actor", Actor, digest),
            _read(folder / "offices.toml", "office", Office, digest),
            _read(folder / "frames.toml", "frame", Frame, digest),
            digest,
        )

    @cached_property
    def outlet_names(self) -> dict[str, str]:
        """Every id, name and alias of an outlet, case-folded, with the outlet's id."""
        return {
            name.casefold(): outlet.id
            for outlet in self.outlets.values()
            for name in (outlet.id, outlet.name, *outlet.aliases)
        }

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Return actors' names for an axis, by id; those that have none are left out.

        It is the short form of the entry, or a person's family name that nobody else has.
        """
        families = Counter(a.family[0] for a in self.actors.values() if a.family)
        return {
            a.id: a.short or a.family[0]
            for a in self.actors.values()
            if a.short or (a.kind == "person" and a.family and families[a.family[0]] == 1)
        }

    def actor_name(self, actor_id: str) -> str:
        """Return an actor's display name, or the id (or speaker's name) itself if unknown."""
        actor = self.actors.get(actor_id)
        return actor.name if actor else actor_id

    def outlet_name(self, outlet_id: str) -> str:
        """Return an outlet's display name: here, as its articles give it, or the id itself."""
        outlet = self.outlets.get(outlet_id)
        return outlet.name if outlet else self._given.get(outlet_id, outlet_id)

    def naming(self, outlets: Mapping[str, str]) -> "Registry":
        """Return this registry with the names of outlets that it does not know.

        Args:
            outlets: the names by id, as a build's manifest has them.
        """
        named = copy(self)
        named._given = outlets
        return named

    def _check_references(self) -> None:
        taken: dict[str, str] = {}
        for actor in self.actors.values():
            if actor.short and taken.setdefault(actor.short, actor.id) != actor.id:
                raise RegistryError(
                    f"actors.toml, actor '{actor.id}'",
                    f"'short' is '{actor.short}', as of '{taken[actor.short]}'",
                    "a short form of its own",
                )
            for other in (actor.country, actor.parent, *actor.members, *actor.kin):
                self._check_actor(other, f"actors.toml, actor '{actor.id}'")
        for office in self.offices.values():
            place = f"offices.toml, office '{office.id}'"
            self._check_actor(office.of, place)
            for tenure in office.holders:
                self._check_actor(tenure.actor, place)
                if tenure.end and tenure.end < tenure.start:
                    raise RegistryError(
                        place, f"'{tenure.actor}' ends before it starts", "end after start"
                    )

    def _check_actor(self, actor_id: str | None, place: str) -> None:
        if actor_id is not None and actor_id not in self.actors:
            raise RegistryError(
                place,
                f"'{actor_id}' is not an actor",
                "an id of actors.toml",
                "Add the actor or correct the id",
            )


def _read(path: Path, key: str, entry: type[E_], digest: Any) -> list[E_]:
    try:
        data = path.read_bytes()
        content = tomllib.loads(data.decode("utf-8"))
    except FileNotFoundError:
        raise RegistryError(str(path), "no such file", "a registry file") from None
    except OSError as error:
        found = f"cannot be read ({error.strerror})"
        raise RegistryError(str(path), found, "a registry file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(str(path), f"not valid TOML ({error})", "TOML in UTF-8") from None
    digest.update(data)
    unknown = set(content) - {key}
    if unknown:
        raise RegistryError(
            path.name, f"unknown table '{sorted(unknown)[0]}'", f"[[{key}]] entries"
        )
    return _entries(path.name, key, entry, content.get(key, []))


def _entry_error(where: str, entry: type[Entry], error: ValidationError) -> RegistryError:
    """Return the first error of an entry."""
    first = error.errors()[0]
    name = ".".join(map(str, first["loc"]))
    if first["type"] == "missing":
        return RegistryError(where, f"'{name}' is missing", "every required field", "Add it")
    if first["type"] == "extra_forbidden":
        known = f"one of {', '.join(entry.model_fields)}" if len(first["loc"]) == 1 else ""
        return RegistryError(where, f"unknown field '{name}'", known, "Correct or delete it")
    wanted = first["msg"].removeprefix("Input should be ")
    return RegistryError(
        where, f"'{name}' is {repr(first['input'])[:80]}", wanted, "Correct the entry"
    )


def _entries(place: str, key: str, entry: type[E_], raw: list[dict[str, Any]]) -> list[E_]:
    if not (isinstance(raw, list) and all(isinstance(fields, dict) for fields in raw)):
        raise RegistryError(place, f"'{key}' is not a list of tables", f"[[{key}]] entries")
    entries: dict[str, E_] = {}
    for number, fields in enumerate(raw, 1):
        where = f"{place}, {key} {number} ('{fields.get('id', 'no id')}')"
        try:
            made = entry.model_validate(fields)
        except ValidationError as error:
            raise _entry_error(where, entry, error) from None
        made_id: str = made.id  # type: ignore[attr-defined]
        if made_id in entries:
            raise RegistryError(where, f"a second entry has the id '{made_id}'", "unique ids")
        entries[made_id] = made
    return list(entries.values())
