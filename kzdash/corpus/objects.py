"""Objects: the files of an object store as sources, in the order of a folder's."""

from collections.abc import Iterator

from kzdash.corpus.characters import shown
from kzdash.corpus.limits import Limits
from kzdash.corpus.rejection import Rejection
from kzdash.corpus.sources import CATALOGUES, Source, unreadable
from kzdash.objects import Place


def sources(folder: Place, limits: Limits) -> Iterator[Source | Rejection]:
    """Yield the files below a folder of a store, sorted by name, a catalogue first.

    Hidden files and folders (names that begin with a dot) are passed over.
    """
    waiting: list[tuple[str, int]] = [("", 0)]
    while waiting:
        inside, depth = waiting.pop()
        here = folder.below(inside) if inside else folder
        try:
            entries = [entry for entry in here.entries() if not entry[0].startswith(".")]
        except OSError as error:
            yield Rejection.of(unreadable(_named(here), error))
            continue
        deeper: list[tuple[str, int]] = []
        for name, kind in sorted(entries, key=lambda e: (e[0].casefold() not in CATALOGUES, e)):
            path = f"{inside}/{name}" if inside else name
            if kind == "file":
                yield file(folder.below(path), path)
            elif depth < limits.depth:
                deeper.append((path, depth + 1))
            else:
                yield Rejection(
                    _named(folder.below(path)),
                    "a folder too deep",
                    "regular files and folders",
                    "Move or copy the file",
                )
        waiting += reversed(deeper)


def file(place: Place, name: str) -> Source:
    """Return a file of a store as a source."""
    return Source(_named(place), name, place.open)


def _named(place: Place) -> str:
    return shown(place.address, 200)
