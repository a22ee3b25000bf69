"""Builds in an object store: a replica on this machine is built and opened, then uploaded.

A store has no renames and no locks, so every build goes into a folder of its own,
``generations/NNNNNN-xxxxxxxx``, and ``manifest.json`` is written last: replacing it is the one
step that makes it the build. Readers download what the manifest names and check it. The
articles' texts stay on this machine.
"""

import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kzdash.errors import BuildError
from kzdash.locks import held
from kzdash.manifest import NAME, Manifest, check
from kzdash.objects import Place, is_address, local_path, place
from kzdash.publish import GENERATIONS, KEPT, holds, publish

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Replica:
    """A build in an object store and its replica.

    Args:
        store: the build's folder in the store.
        folder: the replica, a folder of this machine.
    """

    store: Place
    folder: Path

    @classmethod
    def of(cls, address: str) -> "Replica":
        """Return the replica of an address of a store.

        Raises:
            InputError: the address is refused, or a package is not installed.
        """
        name = hashlib.sha256(address.rstrip("/").encode()).hexdigest()[:16]
        return cls(place(address), _cache() / "builds" / name)

    @contextmanager
    def alone(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the replica: one process at a time writes it.

        Raises:
            BuildError: another process holds it, or the folder cannot be made.
        """
        mark = self.folder.with_suffix(".held")
        with ExitStack() as stack:
            try:
                mark.mkdir(parents=True, exist_ok=True)
                stack.enter_context(held(mark, wait=wait))
            except BlockingIOError:
                raise BuildError(
                    self.store.address,
                    "another build is made here",
                    "one build at a time",
                    "Wait until it has ended",
                ) from None
            except OSError as error:
                raise BuildError(
                    str(mark),
                    f"cannot be made ({error.strerror})",
                    "a folder for replicas",
                    "Let XDG_CACHE_HOME name a folder that can be written",
                ) from error
            yield

    def download(self) -> str | None:
        """Make the replica the newest whole build of the store.

        Returns:
            None, or which build of the store is damaged, where an earlier one was taken.

        Raises:
            BuildError: the store has no whole build, or cannot be read.
        """
        with self._storage("read"):
            try:
                self._take(self.store)
            except BuildError as error:
                for number in reversed(self._numbers()):
                    try:
                        self._take(self._generation(number))
                    except BuildError:
                        continue
                    return f"{error} Taken is the last good build before it."
                raise
        return None

    def upload(self) -> None:
        """Make the replica the build of the store; a build that is there already stays.

        Raises:
            BuildError: the store cannot be written; it holds the build that it held.
        """
        manifest = check(self.folder)
        with self._storage("written"):
            if self._holds(manifest):
                return
            numbers = self._numbers()
            newest = int(numbers[-1][:6]) if numbers else 0
            name = f"{newest + 1:06d}-{manifest.content_hash[:8]}"
            for file in manifest.files:
                self._generation(name).below(file).upload(manifest.paths(self.folder)[file])
            self._generation(name).below(NAME).write(manifest.as_bytes())
            pointing = replace(manifest, folder=f"{GENERATIONS}/{name}")
            self.store.below(NAME).write(pointing.as_bytes())
            for old in [*numbers, name][:-KEPT]:
                self._generation(old).remove()

    def _take(self, source: Place) -> None:
        """Download a build and publish it in the replica, unless it is there.

        Raises:
            BuildError: it is not whole.
        """
        manifest = Manifest.of_bytes(_read(source.below(NAME)))
        staging = self.folder / ".incoming"
        shutil.rmtree(staging, ignore_errors=True)
        if holds(self.folder, manifest):
            return
        staging.mkdir(parents=True)
        base = source.below(manifest.folder) if manifest.folder else source
        for name in manifest.files:
            try:
                base.below(name).download(staging / name)
            except FileNotFoundError:
                continue  # found missing when it is checked
        replace(manifest, folder="").write(staging)
        publish(self.folder, staging)

    def _holds(self, manifest: Manifest) -> bool:
        """Return whether the store has this build, with files of the right sizes."""
        try:
            there = Manifest.of_bytes(_read(self.store.below(NAME)))
        except BuildError:
            return False
        base = self.store.below(there.folder) if there.folder else self.store
        paths = manifest.paths(self.folder)
        return there.same_build(manifest) and all(
            base.below(name).size() == paths[name].stat().st_size for name in manifest.files
        )

    def _numbers(self) -> list[str]:
        """Return the names of the builds that the store keeps, the oldest first."""
        try:
            entries = self.store.below(GENERATIONS).entries()
        except FileNotFoundError:
            return []
        return sorted(name for name, kind in entries if kind == "folder" and name[:6].isdecimal())

    def _generation(self, name: str) -> Place:
        return self.store.below(GENERATIONS).below(name)

    @contextmanager
    def _storage(self, verb: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            said = error.strerror or type(error).__name__
            raise BuildError(
                self.store.address,
                f"cannot be {verb} ({said})",
                "a store that can be reached",
                "Check the address and your rights, then run the same command again",
            ) from error


def local(build: str) -> Path:
    """Return the folder of a build: a path as it is, an address by a checked replica.

    Raises:
        InputError: the address is refused, or a package is not installed.
        BuildError: the store has no whole build, or cannot be read.
    """
    path = local_path(build)
    if not is_address(path):
        return Path(path)
    replica = Replica.of(path)
    with replica.alone(wait=True):
        warning = replica.download()
    if warning:
        log.warning(warning)
    return replica.folder


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kzdash"


def _read(file: Place) -> bytes:
    try:
        return file.read()
    except FileNotFoundError:
        raise BuildError(
            file.address, "no such file", "a build of `kzdash build`", "Correct the address"
        ) from None
