"""A build's manifest: what a folder of tables holds, and whether it still holds that.

A build is a folder with `manifest.json` and the tables beside it. The manifest is the one
pointer to a build: it names every file with its SHA-256, so whoever reads the bytes that it
names has one build whole or an error. How builds replace each other is in `docs/builds.md`
and `kzdash.publish`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from kzdash.errors import BuildError
from kzdash.replacing import replace_bytes
from kzdash.schema import SCHEMA_VERSION, TABLES

NAME = "manifest.json"
TEXTS = "private/texts.parquet"
"""The articles' texts, where they are on this machine: columns article_id, text."""

INCOMING = "generations/incoming"
"""Where a build's files are while it takes the place of the one before it."""

_FOLDER = re.compile(rf"(?:{INCOMING}|generations/[0-9]{{6}}-[0-9a-f]{{8}})?")

REBUILD = "Run `kzdash build` again"


@dataclass(frozen=True)
class File:
    """One file of a build: its SHA-256 (hexadecimal) and number of rows."""

    sha256: str
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What a build holds and what it was made from.

    Args:
        content_hash: of the rows of all tables in key order (`kzdash.content.content_hash`).
        files: by path within the build, as `mentions.parquet`.
        texts: the private texts; None where the build has none. The file may be missing.
        schema_version: of the tables.
        code_version: of kzdash.
        registry_hash: SHA-256 over the registry's files.
        model_hashes: SHA-256 (or version) of every model, by name.
        pipeline: digest over all that decides what is measured: code, models, registry.
        stance_method: which stance measure labelled the mentions, in words.
        inputs: number of articles given, by how it went: accepted, rejected, skipped.
        counts: further counts to show, as duplicates or articles not scored.
        rejected: place and reason of every rejected input; places are relative to the inputs.
        noted: place and note, where something was noticed of an article that was taken.
        outlets: names of the outlets that the registry does not know, by id, as given.
        folder: where the files are, relative to the manifest: empty but while a build is
            being published, and in an object store.
    """

    content_hash: str
    files: Mapping[str, File]
    texts: File | None = None
    schema_version: int = SCHEMA_VERSION
    code_version: str = ""
    registry_hash: str = ""
    model_hashes: Mapping[str, str] = field(default_factory=dict)
    pipeline: str = ""
    stance_method: str = ""
    inputs: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    rejected: tuple[Mapping[str, str], ...] = ()
    noted: tuple[Mapping[str, str], ...] = ()
    outlets: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into a folder: at once or not at all."""
        replace_bytes(folder / NAME, self.as_bytes())

    def as_bytes(self) -> bytes:
        """Return the content of `manifest.json`."""
        content = asdict(self)
        content["seal"] = _seal(content)
        return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode()

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read a folder's `manifest.json`.

        Raises:
            BuildError: it is missing, damaged, or of another schema version.
        """
        try:
            data = (folder / NAME).read_bytes()
        except FileNotFoundError:
            raise BuildError(NAME, "no such file", "a build of `kzdash build`", REBUILD) from None
        except OSError as error:
            raise BuildError(NAME, "cannot be read", "a whole manifest", REBUILD) from error
        return cls.of_bytes(data)

    @classmethod
    def of_bytes(cls, data: bytes) -> "Manifest":
        """Return the manifest that is the content of a `manifest.json`.

        Raises:
            BuildError: it is damaged, or of another schema version.
        """
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            raise BuildError(NAME, "cannot be read", "a whole manifest", REBUILD) from None
        if not isinstance(content, dict):
            raise BuildError(NAME, "is not a manifest", "a JSON object", REBUILD)
        version = content.get("schema_version")
        if version != SCHEMA_VERSION:
            raise BuildError(
                NAME, f"tables of schema version {version!r}"[:80], str(SCHEMA_VERSION), REBUILD
            )
        if content.pop("seal", None) != _seal(content):
            raise BuildError(NAME, "is damaged", "what was written", REBUILD)
        return cls(**_fields(content))

    def paths(self, folder: Path) -> dict[str, Path]:
        """Return where each file is (texts only where they are there), by its name."""
        base = folder / self.folder
        found = {name: base / name for name in self.files}
        if self.texts is not None and (base / TEXTS).is_file():
            found[TEXTS] = base / TEXTS
        return found

    def expected(self, name: str) -> File:
        """Return what the manifest says of a file."""
        return self.texts if name == TEXTS and self.texts else self.files[name]

    def same_build(self, other: "Manifest") -> bool:
        """Return whether both describe the same build, wherever its files are."""
        one, two = asdict(self), asdict(other)
        return {**one, "folder": ""} == {**two, "folder": ""}


def describe_files(folder: Path) -> tuple[dict[str, File], File | None]:
    """Return what a manifest must say of the tables (and texts) in a folder.

    Raises:
        BuildError: a table is missing or is not Parquet.
    """
    files = {f"{table}.parquet": _describe(folder / f"{table}.parquet") for table in TABLES}
    texts = folder / TEXTS
    return files, _describe(texts) if texts.is_file() else None


def check(folder: Path) -> Manifest:
    """Check every file of a build against its manifest.

    Returns:
        The manifest.

    Raises:
        BuildError: names the first file that is missing, damaged or of another build.
    """
    manifest = Manifest.read(folder)
    for name, path in manifest.paths(folder).items():
        digest = hashlib.sha256()
        try:
            for chunk in _chunks(path):
                digest.update(chunk)
        except OSError:
            raise missing(name) from None
        if digest.hexdigest() != manifest.expected(name).sha256:
            raise damaged(name)
    return manifest


def read_bytes(folder: Path, manifest: Manifest, name: str) -> bytes:
    """Return the bytes of a build's file, which are exactly those that the manifest names.

    Raises:
        BuildError: the file is missing, damaged or of another build.
    """
    path = manifest.paths(folder).get(name)
    try:
        data = path.read_bytes() if path else b""
    except OSError:
        raise missing(name) from None
    if hashlib.sha256(data).hexdigest() != manifest.expected(name).sha256:
        raise damaged(name)
    return data


def missing(name: str) -> BuildError:
    """Return the error for a file that a manifest names and that is not there."""
    return BuildError(name, "no such file", "every file that manifest.json names", REBUILD)


def damaged(name: str) -> BuildError:
    """Return the error for a file that is not the one that its manifest names."""
    return BuildError(
        name, "is damaged or of another build", "the SHA-256 in manifest.json", REBUILD
    )


def _describe(path: Path) -> File:
    digest = hashlib.sha256()
    try:
        for chunk in _chunks(path):
            digest.update(chunk)
        rows = pq.read_metadata(path).num_rows
    except OSError:
        raise missing(path.name) from None
    except Exception as error:
        raise BuildError(path.name, f"cannot be read ({error})", "a Parquet file") from error
    return File(digest.hexdigest(), rows)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            yield chunk


def _seal(content: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in content.items() if name != "seal"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _fields(content: dict[str, Any]) -> dict[str, Any]:
    known = {f.name for f in fields(Manifest)}
    tables = {f"{table}.parquet" for table in TABLES}
    try:
        if set(content["files"]) != tables or not _FOLDER.fullmatch(content["folder"]):
            raise KeyError
        files = {name: File(**file) for name, file in content["files"].items()}
        texts = File(**content["texts"]) if content["texts"] else None
        rest = {name: value for name, value in content.items() if name in known}
        named = {name: tuple(content.get(name, ())) for name in ("rejected", "noted")}
        return {**rest, "files": files, "texts": texts, **named}
    except (KeyError, TypeError, AttributeError):
        raise BuildError(NAME, "is incomplete", "all fields of a manifest", REBUILD) from None
