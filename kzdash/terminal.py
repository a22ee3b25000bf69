"""What a command shows: its lines, a bar on a terminal, a line for each rejected input."""

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from kzdash.errors import KzdashError
from kzdash.progress import Progress

LONGEST = 2_000
if TYPE_CHECKING:
    from kzdash.corpus.rejection import Note, Rejection

NOTES = 100
"""Notes that are shown."""


def say(line: str) -> None:
    """Print a line to standard output, in UTF-8 whatever the locale; nothing if it is closed.

    Raises:
        KzdashError: it cannot be written.
    """
    if stream := bytes_of(sys.stdout):
        with output():
            stream.write(line.encode("utf-8", "backslashreplace") + b"\n")


def complain(line: str) -> None:
    """Print a line to standard error; where that is closed or full, the line is lost."""
    if stream := bytes_of(sys.stderr):
        try:
            stream.write(line.encode("utf-8", "backslashreplace") + b"\n")
            stream.flush()
        except OSError:
            drop(sys.stderr)


def bytes_of(stream: TextIO | None) -> BinaryIO | None:
    """Return the bytes of a standard stream, or None where it was closed before the start."""
    return stream.buffer if stream else None


def drop(stream: TextIO | None) -> None:
    """Lose what a standard stream still holds, and whatever is written to it from now on."""
    if stream:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def output() -> Iterator[None]:
    """Turn a fault of standard output into a `KzdashError` (but for a reader that has gone)."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        drop(sys.stdout)
        raise KzdashError(
            "standard output", f"cannot be written ({error.strerror})", "", "Choose another place"
        ) from None


def printable(text: str) -> str:
    """Return a text as one line that is safe on a terminal: no control or direction marks."""
    shown = "".join(c if _harmless(c) else c.encode("unicode_escape").decode() for c in text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _harmless(character: str) -> bool:
    return character == " " or unicodedata.category(character)[0] not in "CZ" or character == "\xa0"


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Return how many articles a second are done."""
        return Text(f"{task.speed:.1f} articles/s" if task.speed else "")


class Terminal(Progress):
    """Shows on standard error how a build goes on; a bar only where a terminal shows it.

    Args:
        quiet: whether to name rejected inputs alone.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._quiet = quiet
        self._notes = 0
        shown = self._console.is_terminal and not quiet
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not shown,
        )
        self._task = self._bar.add_task("Reading", total=None)

    def __enter__(self) -> "Terminal":
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        self._bar.stop()

    def read(self, seen: int) -> None:
        """Show how many inputs were read."""
        self._bar.update(self._task, completed=seen)

    def analysed(self, done: int, total: int) -> None:
        """Show how many articles are analysed."""
        self._bar.update(self._task, description="Analysing", completed=done, total=total)

    def writing(self) -> None:
        """Show that the tables are written."""
        self._bar.update(self._task, description="Writing tables")

    def rejected(self, rejection: "Rejection") -> None:
        """Name an input that was not taken."""
        self._line(f"rejected: {rejection}")

    def noted(self, note: "Note") -> None:
        """Name what was noticed of an article that was taken, the first `NOTES` times."""
        self._notes += 1
        if self._quiet or self._notes > NOTES:
            return
        self._line(f"noted: {note}")
        if self._notes == NOTES:
            self._line("noted: further notes stand in manifest.json and in --summary FILE")

    def skipped(self, place: str, earlier: str) -> None:
        """Name an article that was given a second time."""
        self._line(f"skipped: {place}: already given by {earlier}")

    def _line(self, line: str) -> None:
        shown = printable(line)
        if not self._bar.disable:
            self._console.print(Text(shown), soft_wrap=True)
            return
        complain(shown)
