"""How a build takes the place of the one before it, and how a build is opened.

Readers never see half a build: `manifest.json` is replaced in one step, and they take only
bytes whose SHA-256 it names. The steps are in `docs/builds.md`.
"""

import logging
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from kzdash.errors import BuildError
from kzdash.manifest import INCOMING, NAME, TEXTS, Manifest, check

GENERATIONS = "generations"
KEPT = 3
"""Builds that stay in a folder: the present one and those before it."""

_TRIES = 100
_PAUSE = 0.05

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened(Generic[T]):
    """A build that was opened: where, what was read, and a warning when it is not the newest."""

    folder: Path
    manifest: Manifest
    read: T
    warning: str | None = None


def publish(folder: Path, staging: Path) -> Manifest:
    """Make the build in `staging` (tables and manifest) the one of `folder`.

    The staging folder must be on the same file system, best inside `folder`; it is gone
    afterwards. The build before it is kept in `generations/`. Whatever interrupts this, the
    folder holds the old build or the new one; the next call clears what was left.

    Returns:
        The manifest of the build that the folder now holds.

    Raises:
        BuildError: the staged build is not whole; the folder is as it was.
    """
    fresh = check(staging)
    folder.mkdir(parents=True, exist_ok=True)
    recover(folder)
    if holds(folder, fresh):
        shutil.rmtree(staging)
        return fresh
    for path in staging.rglob("*"):
        _sync(path)
    (folder / GENERATIONS).mkdir(exist_ok=True)
    _archive(folder)
    staging.rename(folder / INCOMING)
    _sync(folder / GENERATIONS)
    replace(fresh, folder=INCOMING).write(folder)
    recover(folder)
    return fresh


def recover(folder: Path) -> None:
    """Finish or undo what an interrupted `publish` left, and drop builds too old to keep."""
    for left in (
        *folder.glob(".*.tmp"),
        *folder.glob(".*.part"),
        *folder.glob(f"{GENERATIONS}/.*"),
        *folder.glob("private/.*.tmp"),
    ):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    _settle(folder)
    shutil.rmtree(folder / INCOMING, ignore_errors=True)
    for old in generations(folder)[KEPT - 1 :]:
        shutil.rmtree(old)
    if (folder / GENERATIONS).is_dir() and not any((folder / GENERATIONS).iterdir()):
        (folder / GENERATIONS).rmdir()


def generations(folder: Path) -> list[Path]:
    """Return the earlier builds that a folder keeps, the newest first."""
    return sorted(
        (path for path in (folder / GENERATIONS).glob("[0-9]*") if path.is_dir()), reverse=True
    )


def open_build(folder: Path, read: Callable[[Path, Manifest], T]) -> Opened[T]:
    """Read a folder's build, or the newest earlier one where it is damaged.

    Args:
        folder: a build.
        read: reads what it needs of a folder with that manifest, by `manifest.read_bytes`;
            called again when the build is replaced while it reads.

    Returns:
        What was read; with a warning where an earlier build had to be opened.

    Raises:
        BuildError: names what is damaged; no earlier build is whole.
    """
    try:
        return _open(folder, read)
    except BuildError as error:
        for earlier in generations(folder):
            try:
                opened = _open(earlier, read)
            except BuildError:
                continue
            warning = f"{error} Shown is the last good build before it."
            log.warning(warning)
            return replace(opened, warning=warning)
        raise


def open_checked(folder: Path) -> Opened[Manifest]:
    """Check a folder's build as `manifest.check` does, falling back like `open_build`."""
    return open_build(folder, lambda base, manifest: check(base) and manifest)


def _open(folder: Path, read: Callable[[Path, Manifest], T]) -> Opened[T]:
    for _ in range(_TRIES):
        mark = _mark(folder)
        manifest = Manifest.read(folder)
        try:
            return Opened(folder, manifest, read(folder, manifest))
        except BuildError:
            if _mark(folder) == mark:
                raise  # nothing was published meanwhile: it is damaged
            time.sleep(_PAUSE)
    raise BuildError(folder.name, "is replaced all the time", "a build that stays", "Try again")


def _mark(folder: Path) -> tuple[int, ...]:
    """Return what tells one writing of a manifest from the next, even of an equal one."""
    try:
        found = (folder / NAME).stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size


def holds(folder: Path, manifest: Manifest) -> bool:
    """Return whether a folder has this build, whole."""
    try:
        return check(folder).same_build(manifest)
    except BuildError:
        return False


def _archive(folder: Path) -> None:
    """Keep the folder's present build, if it is whole, as the newest of its generations."""
    try:
        present = check(folder)
    except BuildError:
        return
    kept = generations(folder)
    if kept and holds(kept[0], present):
        return
    number = int(kept[0].name.partition("-")[0]) + 1 if kept else 1
    target = folder / GENERATIONS / f"{number:06d}"
    partial = target.with_name(f".{target.name}")
    for name, path in present.paths(folder).items():
        (partial / name).parent.mkdir(parents=True, exist_ok=True)
        _link(path, partial / name)
    present.write(partial)
    partial.rename(target)


def _settle(folder: Path) -> None:
    """Put the files of a build that is being published beside its manifest.

    Raises:
        BuildError: the manifest is there and cannot be read: it may name what is published.
    """
    try:
        manifest = Manifest.read(folder)
    except BuildError as error:
        if isinstance(error.__cause__, OSError):
            raise
        return
    paths = manifest.paths(folder)
    if not manifest.folder or not all(path.exists() for path in paths.values()):
        return
    for name, path in paths.items():
        place = folder / name
        if place.exists() and place.samefile(path):
            # Renaming one link of a file to another link of it does nothing.
            continue
        place.parent.mkdir(exist_ok=True)
        temporary = place.with_name(f".{place.name}.tmp")
        temporary.unlink(missing_ok=True)
        _link(path, temporary)
        temporary.replace(place)
    if manifest.texts is None:
        (folder / TEXTS).unlink(missing_ok=True)
    _sync(folder)
    replace(manifest, folder="").write(folder)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
        _sync(target)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
