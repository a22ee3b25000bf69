"""From what a user names (files, folders, addresses) to a build."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kzdash.build.builder import build
from kzdash.build.parts import Engine
from kzdash.build.places import Places
from kzdash.build.summary import Summary
from kzdash.build.workplace import Workplace
from kzdash.errors import BuildError, InputError
from kzdash.objects import is_address, local_path
from kzdash.progress import Progress
from kzdash.registry import Registry
from kzdash.replica import Replica


def build_inputs(
    inputs: Sequence[str],
    out: str | Path,
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
        inputs: folders, files, zips, http(s) addresses, addresses of an object store, or
            ``-`` for standard input.
        out: the folder of the build, or its address in an object store; the build is then made
            in a replica on this machine (`kzdash.replica`) and uploaded.
        registry: a registry folder; the shipped one if None.
        engine: where the work runs; in this process if None.
        private: whether to keep the articles' texts beside the tables.
        allowed: private addresses (``HOST:PORT``) that may be fetched.
        future: whether dates after tomorrow are taken.
        progress: hears how it goes on.

    Raises:
        KzdashError: as for `build`, or the output is one of the inputs.
    """
    given = _Given(inputs, registry, engine, private, allowed, future, progress)
    path = local_path(str(out))
    if not is_address(path):
        _apart(inputs, Path(path))
        return given.build(Path(path))
    replica = Replica.of(path)
    with replica.alone():
        with suppress(BuildError):
            replica.download()  # so that what it holds need not be analysed again
        summary = given.build(replica.folder)
        if summary.accepted:
            replica.upload()
    return summary


def _apart(inputs: Sequence[str], out: Path) -> None:
    """Refuse a build in the very folder of the articles, whose files it would stand among.

    Raises:
        InputError: the output is one of the inputs.
    """
    same = [one for one in inputs if one != "-" and Path(one).resolve() == out.resolve()]
    if same and out.is_dir():
        raise InputError(
            "--out",
            f"'{out}' is the folder of the articles",
            "a folder of its own",
            "Choose another folder, as --out data/builds/latest",
        )


@dataclass(frozen=True)
class _Given:
    """What `build_inputs` was given, but for the place of the build."""

    inputs: Sequence[str]
    registry: Path | None
    engine: Engine | None
    private: bool
    allowed: Sequence[str]
    future: bool
    progress: Progress | None

    def build(self, out: Path) -> Summary:
        from kzdash.corpus import Limits, read
        from kzdash.corpus.fetch import Fetcher

        items = read(
            self.inputs,
            Registry.load(self.registry),
            stdin=getattr(sys.stdin, "buffer", None),  # None where it is closed
            fetcher=Fetcher(Workplace(out).pages, self.allowed),
            limits=Limits(future=self.future),
        )
        return build(
            items,
            out,
            registry=self.registry,
            engine=self.engine,
            private=self.private,
            progress=self.progress,
            places=Places(self.inputs),
        )
