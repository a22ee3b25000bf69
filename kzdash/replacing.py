"""Replacing a file: it is there whole, as it was or as it is to be, whatever interrupts this."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of another at the end, and outlasts a power cut.

    After a fault the other is as it was, and nothing is left behind. A process that is killed
    leaves the new one, ``.NAME.PID.part``.

    Raises:
        OSError: it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def replace_bytes(path: Path, data: bytes) -> None:
    """Write a file as `replacing` does.

    Raises:
        OSError: it cannot be written.
    """
    with replacing(path) as file:
        file.write(data)
