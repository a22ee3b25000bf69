"""The folder in which a build is made: `.work` inside the output, gone when it is published.

What is worth keeping after an interruption are the parts that were analysed; everything else
is made anew. A part is kept with the hashes of its files, so that one that was damaged since is
noticed and analysed again.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from kzdash.build.parts import Analysed
from kzdash.errors import BuildError
from kzdash.locks import held

NAME = ".work"
FAILED = "failed.json"
HASHES = "part.json"


class Workplace:
    """The working folder of one output.

    Attributes:
        parts: what was analysed, a folder for each part's key.
        pages: what was fetched, so that it need not be fetched again.
        given: the index of what was read.
        staging: the tables that will be published.
    """

    def __init__(self, out: Path) -> None:
        self.folder = out / NAME
        self.parts = self.folder / "parts"
        self.given = self.folder / "given"
        self.pages = self.folder / "pages"
        self.staging = self.folder / "staging"
        self._whole: set[str] = set()

    def prepare(self) -> None:
        """Make the folders; drop all that an earlier build left except parts and pages."""
        for folder in (self.given, self.staging):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        self.parts.mkdir(exist_ok=True)
        for left in self.parts.glob(".*"):
            shutil.rmtree(left)

    def has(self, key: str) -> bool:
        """Return whether a part was analysed; one that was damaged since is removed."""
        part = self.parts / key
        if key in self._whole or not part.is_dir():
            return key in self._whole
        if _is_whole(part):
            self._whole.add(key)
            return True
        shutil.rmtree(part)
        return False

    def write(self, key: str, analysed: Analysed) -> None:
        """Keep what came of a part: whole or not at all, and so that it outlasts a power cut."""
        partial = self.parts / f".{key}"
        partial.mkdir()
        for name, table in analysed.tables.items():
            with (partial / f"{name}.parquet").open("wb") as file:
                pq.write_table(table, file, compression="zstd")
                _flush(file.fileno())
        _write_json(partial / FAILED, analysed.failed)
        _write_json(partial / HASHES, _hashes(partial))
        # A piece of a part may be left from a build that was interrupted.
        shutil.rmtree(self.parts / key, ignore_errors=True)
        partial.rename(self.parts / key)

    def failed(self, key: str) -> list[tuple[str, str]]:
        """Return the articles of a part that cannot be analysed: id and finding."""
        found = json.loads((self.parts / key / FAILED).read_bytes())
        return [(article_id, finding) for article_id, finding in found]

    def remove(self) -> None:
        """Remove the working folder."""
        shutil.rmtree(self.folder)


def _is_whole(part: Path) -> bool:
    """Return whether a part's files are those that were written."""
    try:
        return bool(json.loads((part / HASHES).read_bytes()) == _hashes(part))
    except (OSError, ValueError):
        return False


def _hashes(part: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a part, by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in part.iterdir()
        if path.name != HASHES
    }


def _write_json(path: Path, content: object) -> None:
    with path.open("w", encoding="utf-8") as text:
        json.dump(content, text)
        text.flush()
        _flush(text.fileno())


def _flush(handle: int) -> None:
    os.fsync(handle)


@contextmanager
def only_build(out: Path) -> Iterator[None]:
    """Hold the output folder: one build at a time.

    Raises:
        BuildError: another build is running, or the folder cannot be written.
    """
    with storage(out):
        out.mkdir(parents=True, exist_ok=True)
        if not out.stat().st_mode & 0o222 or not os.access(out, os.W_OK | os.X_OK):
            raise BuildError(
                str(out),
                "is read-only",
                "a folder that can be written",
                "Change its rights or choose another --out",
            )
    with ExitStack() as stack:
        with storage(out):
            try:
                stack.enter_context(held(out))
            except BlockingIOError:
                raise BuildError(
                    str(out),
                    "another build is writing here",
                    "one build at a time",
                    "Wait until it has ended",
                ) from None
        yield


@contextmanager
def storage(out: Path) -> Iterator[None]:
    """Turn the errors of disks into a `BuildError` that says what to do."""
    try:
        yield
    except (OSError, sqlite3.Error, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        said = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise BuildError(
            str(out),
            f"cannot be written ({said})",
            "a folder with room for the build",
            "Make room or choose another --out, then run the same command again; "
            "the build that was there before is as it was",
        ) from error
