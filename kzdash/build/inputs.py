"""From what a user names (files, folders, addresses) to a build."""

import sys
from collections.abc import Sequence
from pathlib import Path

from kzdash.build.builder import build
from kzdash.build.parts import Engine
from kzdash.build.progress import Progress
from kzdash.build.summary import Summary
from kzdash.build.workplace import Workplace
from kzdash.registry import Registry


def build_inputs(
    inputs: Sequence[str],
    out: Path,
    *,
    registry: Path | None = None,
    engine: Engine | None = None,
    private: bool = True,
    allowed: Sequence[str] = (),
    future: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Read inputs and build their tables; the order of the inputs makes no difference.

    Args:
        inputs: folders, files, zips, http(s) addresses, or ``-`` for standard input.
        out: the folder of the build.
        registry: a registry folder; the shipped one if None.
        engine: where the work runs; in this process if None.
        private: whether to keep the articles' texts beside the tables.
        allowed: private addresses (``HOST:PORT``) that may be fetched.
        future: whether dates after tomorrow are taken.
        progress: hears how it goes on.

    Raises:
        KzdashError: as for `build`.
    """
    from kzdash.corpus import Limits, read
    from kzdash.corpus.fetch import Fetcher

    fetcher = Fetcher(Workplace(out).pages, allowed)
    items = read(
        inputs,
        Registry.load(registry),
        stdin=sys.stdin.buffer,
        fetcher=fetcher,
        limits=Limits(future=future),
    )
    return build(
        items, out, registry=registry, engine=engine, private=private, progress=progress
    )  # fmt: skip
