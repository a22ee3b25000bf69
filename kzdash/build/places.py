"""Places as they may be published: without the folders of this machine and without keys."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from kzdash.corpus.characters import shown
from kzdash.errors import InputError
from kzdash.objects import local_path

_WEB = ("http://", "https://")
_CUT = 60
"""Of a longer folder at least so many characters stand before the "…" of a shortened place."""

_TAIL = 100
"""And behind it at most so many."""

_KEY = re.compile(r"(?<=://)[^/\s'@]*@")


class Places:
    """Makes places relative to what was given.

    Args:
        inputs: what the user named. `/home/me/texts` makes `/home/me/texts/a.md` `texts/a.md`.
    """

    def __init__(self, inputs: Iterable[str] = ()) -> None:
        folders = {folder for name in inputs for folder in _folders(name)}
        found = [
            part for folder in sorted(folders, key=len, reverse=True) for part in _parts(folder)
        ]
        start = r"(?<![^\s'(])"
        self._folder = re.compile(f"{start}(?:{'|'.join(found)})" if found else r"(?!)")

    def shared(self, text: str) -> str:
        """Return a text that names places, without the folders that hold the inputs."""
        relative = self._folder.sub(lambda found: "…" if "…" in found[0] else "", text)
        return _KEY.sub("", relative)


def _folders(name: str) -> Iterator[str]:
    """Yield the folder that holds an input, as places may begin with it."""
    if name.startswith(_WEB):
        return
    yield _folder(name)
    with suppress(InputError):
        yield _folder(local_path(name))


def _folder(name: str) -> str:
    before, slash, _ = name.rstrip("/").rpartition("/")
    return before + slash


def _parts(folder: str) -> Iterator[str]:
    """Yield patterns of a folder: whole, and with its middle left out, as in a long place."""
    whole = shown(folder, 10 * len(folder))
    if whole:
        yield re.escape(whole)
    if len(whole) > _CUT:
        ends = "|".join(re.escape(whole[-length:]) for length in range(_TAIL, 0, -1))
        yield f"{re.escape(whole[:_CUT])}[^…']*…(?:{ends})?"
