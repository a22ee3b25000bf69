"""Builds: articles become the tables that the dashboard reads.

What is given is read once and spooled; parts of it are analysed by an engine; the rows are
merged into one set of sorted tables and published whole. A build that is interrupted goes on
where it stopped; one that is made again analyses only what is new or changed. See
`docs/builds.md` and `docs/scale.md`.
"""

from kzdash.build.builder import build
from kzdash.build.inputs import build_inputs
from kzdash.build.parts import Analysed, Analysis, InProcess, Part
from kzdash.build.summary import Summary
from kzdash.progress import Progress

__all__ = [
    "Analysed",
    "Analysis",
    "InProcess",
    "Part",
    "Progress",
    "Summary",
    "build",
    "build_inputs",
]
