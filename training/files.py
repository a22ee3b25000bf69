"""Files that are there whole or not at all, so that a stopped run can go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a name beside ``path`` to write to; it takes the place of ``path`` when all is there.

    >>> with whole(Path("notes.txt")) as part:  # doctest: +SKIP
    ...     part.write_text("all of it")
    """
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def save_array(path: Path, values: np.ndarray) -> None:
    """Write an array as ``.npy``, whole or not at all."""
    with whole(path) as part, part.open("wb") as file:
        np.save(file, values)
