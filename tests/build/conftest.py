"""Workers import the stand-in for the pipeline by its name, so it stands on the path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
