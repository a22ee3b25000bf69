"""From inputs to a build: what stands around the process makes no difference."""

import sys

import pytest

from benchmarks import fakes
from kzdash.build import Analysis, build_inputs

ARTICLE = """---
outlet: Steppe Herald
title: The bridge
date: 2024-03-15
---
Aru Seitova opened a bridge in Semei. Nobody had asked for it.
"""


@pytest.fixture
def closed(monkeypatch):
    """Close the standard input, and let builds take the stand-in for the pipeline."""
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(
        "kzdash.build.builder.Analysis", lambda registry: Analysis(registry, fakes.load)
    )


def test_a_closed_standard_input_is_no_hindrance(closed, tmp_path):
    (tmp_path / "a.md").write_text(ARTICLE)
    summary = build_inputs([str(tmp_path / "a.md")], tmp_path / "out")
    assert (summary.accepted, summary.rejected) == (1, ())


def test_a_closed_standard_input_that_is_wanted_is_rejected(closed, tmp_path):
    (tmp_path / "a.md").write_text(ARTICLE)
    summary = build_inputs([str(tmp_path / "a.md"), "-"], tmp_path / "out")
    assert [str(one) for one in summary.rejected] == [
        "standard input: there is none, expected bytes. Give a file."
    ]
