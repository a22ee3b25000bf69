"""Writing a result: to a file that is there whole or not at all, or to standard output."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kzdash.errors import KzdashError
from kzdash.replacing import replacing
from kzdash.terminal import bytes_of, output

#: Names of standard output.
STANDARD_OUTPUT = frozenset({"-", "/dev/stdout"})
#: Where the streams of a process stand: what is written there is never put off.
_STREAMS = ("/dev/fd/", "/dev/stderr", "/proc/")


@contextmanager
def writing(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a file to write, or standard output where none (or ``-``) is named.

    A file gets its new content at the end, in one step: until then, and after a fault or an
    interruption, it is as it was. So a command may write over what it reads.

    Raises:
        KzdashError: it cannot be written, or standard output is closed.
    """
    if path is None or str(path) in STANDARD_OUTPUT:
        stream = bytes_of(sys.stdout)
        if stream is None:
            raise KzdashError("standard output", "is closed", "", "Name a file with --out")
        with output():
            yield stream
        return
    try:
        with _direct(path) if _is_stream(path) else _replacing(path) as file:
            yield file
    except OSError as error:
        raise KzdashError(
            str(path), f"cannot be written ({error.strerror})", "", "Choose another place"
        ) from None


def _is_stream(path: Path) -> bool:
    """Return whether a path is a pipe or device (or a folder, which opening it tells)."""
    return str(path).startswith(_STREAMS) or (path.exists() and not path.is_file())


@contextmanager
def _direct(path: Path) -> Iterator[IO[bytes]]:
    with path.open("wb") as file:
        yield file


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Keep what is written in a file without a name, and put it in the place of ``path``."""
    path = path.resolve()
    if path.exists():
        path.open("ab").close()  # fails where it may not be written
    beside = os.access(path.parent, os.W_OK) or not path.exists()
    with tempfile.TemporaryFile(dir=path.parent if beside else None) as file:
        yield file
        file.seek(0)
        if beside:
            with replacing(path) as target:
                shutil.copyfileobj(file, target)
                if path.exists():
                    shutil.copymode(path, target.name)
        else:
            with path.open("wb") as target:
                shutil.copyfileobj(file, target)
