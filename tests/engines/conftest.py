"""The stand-in for the pipeline is that of the builds' tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "build"))
