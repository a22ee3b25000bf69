"""Where the repository keeps its data."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
REGISTRY = DATA / "registry"
ANALYSIS = DATA / "analysis"
MODELS = DATA / "models"
