"""Where the repository keeps its data."""

from pathlib import Path

from kzdash.errors import KzdashError

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
REGISTRY = DATA / "registry"
ANALYSIS = DATA / "analysis"
MODELS = DATA / "models"


def shipped(path: Path) -> Path:
    """Return a path of the repository, where kzdash runs from one.

    Raises:
        KzdashError: there is no registry beside the code, as where a wheel was installed.
    """
    if not REGISTRY.is_dir():
        raise KzdashError(
            str(DATA),
            "is missing",
            "an editable install of a clone of the repository",
            "In the clone run pip install -e .",
        )
    return path
