"""Dev figures of runs that differ in their seed: how much chance there is in them."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np


def seeds(run: Path, sets: Iterable[str]) -> dict[str, dict[str, float | int]]:
    """Mean and standard deviation of macro-F1 over the runs that a run is the mean of.

    Where a mean takes part in the mean, its own runs count, each once.

    Args:
        run: a folder that `training.average` wrote; its runs lie beside it.
        sets: names of dev sets.

    Returns:
        by set: ``mean``, ``sd`` (of a sample), ``runs``; empty where the run is no mean of
        several, or one of them has no log any more.
    """
    logs = [one / "log.jsonl" for one in dict.fromkeys(trained(run))]
    if len(logs) < 2 or not all(log.is_file() for log in logs):
        return {}
    every = [kept(log) for log in logs]
    out: dict[str, dict[str, float | int]] = {}
    for name in sets:
        values = [figures[name] for figures in every if name in figures]
        if len(values) == len(every):
            mean, sd = float(np.mean(values)), float(np.std(values, ddof=1))
            out[name] = {"mean": round(mean, 4), "sd": round(sd, 4), "runs": len(values)}
    return out


def trained(run: Path) -> list[Path]:
    """The runs whose weights are in a run, itself where it is no mean."""
    path = run / "settings.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    parts = [run.parent / name for name in settings.get("mean_of", [])]
    return [one for part in parts for one in trained(part)] or [run]


def kept(log: Path) -> dict[str, float]:
    """Dev figures of the epoch whose weights a run kept: the first with the best score."""
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return max((line for line in lines if "score" in line), key=lambda line: line["score"])
