"""Folders: their files as sources, sorted by path; what is no regular file is refused."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from kzdash.corpus.characters import shown
from kzdash.corpus.limits import Limits
from kzdash.corpus.rejection import Rejection
from kzdash.corpus.sources import CATALOGUES, Source, unreadable

_KINDS = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


def sources(folder: Path, limits: Limits) -> Iterator[Source | Rejection]:
    """Yield the files below a folder, sorted by name, a catalogue first; links are not followed.

    Hidden files and folders (names that begin with a dot) are passed over.
    """
    waiting: list[tuple[str, int]] = [("", 0)]
    while waiting:
        inside, depth = waiting.pop()
        try:
            entries = _entries(folder / inside)
        except OSError as error:
            yield Rejection.of(unreadable(_place(folder, inside), error))
            continue
        deeper: list[tuple[str, int]] = []
        for name in entries:
            path = f"{inside}/{name}" if inside else name
            kind = _kind(folder / path)
            if kind == "folder" and depth < limits.depth:
                deeper.append((path, depth + 1))
            elif kind == "file":
                yield file(folder / path, path, _place(folder, path))
            else:
                finding = "a folder too deep" if kind == "folder" else kind
                yield Rejection(
                    _place(folder, path),
                    finding,
                    "regular files and folders",
                    "Move or copy the file",
                )
        waiting += reversed(deeper)


def file(path: Path, name: str, place: str) -> Source:
    """Return a file as a source; pipes and devices are never opened."""
    return Source(place, name, lambda: _open(path))


def kind_of(path: Path) -> str:
    """Return "file", "folder", or what else stands at a path (a link counts as its target)."""
    return _named(path.stat().st_mode)


def _entries(folder: Path) -> list[str]:
    with os.scandir(folder) as found:
        names = [entry.name for entry in found if not entry.name.startswith(".")]
    return sorted(names, key=lambda name: (name.casefold() not in CATALOGUES, name))


def _kind(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return "a file that has gone"
    return _named(mode)


def _named(mode: int) -> str:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return next((kind for test, kind in _KINDS if test(mode)), "no regular file")


def _open(path: Path) -> BinaryIO:
    """Open a regular file; a pipe put in its place does not block."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    return cast(BinaryIO, os.fdopen(handle, "rb"))


def _place(folder: Path, inside: str) -> str:
    return shown(str(folder / inside), 200)
