"""The mean of the weights of several runs."""

import json
import sys

import pytest

torch = pytest.importorskip("torch", reason="needs training/requirements.txt")

from training import average  # noqa: E402


@pytest.fixture
def runs(tmp_path):
    """Two finished runs with a weight, and a count that is no fraction."""
    for name, value in (("one", 1.0), ("two", 4.0)):
        (tmp_path / name).mkdir()
        weights = {"w": torch.full((2,), value), "count": torch.tensor(int(value))}
        torch.save(weights, tmp_path / name / "best.pt")
    return [tmp_path / "one", tmp_path / "two"]


def test_mean_averages_fractions_and_takes_the_rest_from_the_first(runs):
    found = average.mean(runs)
    assert found["w"].tolist() == [2.5, 2.5]
    assert found["count"].item() == 1


def test_the_mean_is_written_as_a_run_that_names_its_runs(runs, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["average", str(tmp_path / "mean"), *map(str, runs)])
    average.main()
    assert torch.load(tmp_path / "mean" / "best.pt")["w"].tolist() == [2.5, 2.5]
    settings = json.loads((tmp_path / "mean" / "settings.json").read_text(encoding="utf-8"))
    assert settings == {"mean_of": ["one", "two"]}
