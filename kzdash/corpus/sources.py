"""Sources: one named stream of bytes, from a folder, a zip, the standard input or the web."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from kzdash.corpus.limits import Limits
from kzdash.errors import InputError

KINDS = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown",
    ".txt": "text", ".text": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "table", ".tsv": "table", ".tab": "table",
    ".zip": "zip",
}  # fmt: skip
"""The kind of input that each ending of a file name stands for."""

CATALOGUES = frozenset({"catalogue.csv", "catalog.csv"})
_NO_ARTICLES = frozenset({"readme", "license", "licence", "changelog"})
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


FOREIGN = frozenset(
    {".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".xls", ".xlsx", ".ods", ".ppt", ".pptx"}
)


@dataclass(frozen=True)
class Source:
    """One stream of bytes.

    Args:
        place: how messages call it.
        name: its path inside the folder or zip, with slashes.
        open: opens the stream from its start.
    """

    place: str
    name: str
    open: Callable[[], BinaryIO]

    @property
    def kind(self) -> str | None:
        """Return the kind that the name's ending stands for, or None."""
        return KINDS.get(PurePosixPath(self.name).suffix.lower())

    @property
    def is_foreign(self) -> bool:
        """Return whether the name's ending stands for a document that is not read (PDF, DOCX)."""
        return PurePosixPath(self.name).suffix.lower() in FOREIGN

    @property
    def folder(self) -> str:
        """Return the folder part of the name, empty at the top."""
        parent = str(PurePosixPath(self.name).parent)
        return "" if parent == "." else parent

    def read(self, largest: int) -> bytes:
        """Return all bytes.

        Raises:
            InputError: there are more than `largest`, or reading fails.
        """
        try:
            with self.open() as stream:
                data = stream.read(largest + 1)
        except OSError as error:
            raise unreadable(self.place, error) from None
        if len(data) > largest:
            raise InputError(
                self.place,
                f"more than {largest:,} bytes",
                f"at most {largest:,}",
                "Split the file, or give it as JSONL",
            )
        return data


def unreadable(place: str, error: OSError) -> InputError:
    """Return the error for a file that cannot be read."""
    reason = (error.strerror or type(error).__name__).lower()
    return InputError(place, f"cannot be read ({reason})", "a readable file", "Check its rights")


def is_no_article(name: str) -> bool:
    """Return whether a file of this name is not meant as an article (hidden, README, system)."""
    path = PurePosixPath(name)
    if any(part.startswith(".") or part.casefold() in _SYSTEM for part in path.parts):
        return True
    return path.name.casefold() in CATALOGUES or path.name.split(".")[0].casefold() in _NO_ARTICLES


def largest_of(kind: str, limits: Limits) -> int:
    """Return how many bytes a file of this kind may have when it is read whole."""
    return limits.page if kind == "html" else limits.file
