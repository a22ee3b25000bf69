"""Things that several components share and that are dear to load: kept once a process."""

from functools import cache
from pathlib import Path

from kzdash.registry import Registry


@cache
def load_registry(folder: str | None = None) -> Registry:
    """Return the registry of a folder (the shipped one if None), read once a process."""
    return Registry.load(Path(folder) if folder else None)
