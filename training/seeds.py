"""Dev figures of runs that differ in their seed: how much chance there is in them."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np


def seeds(run: Path, sets: Iterable[str]) -> dict[str, dict[str, float | int]]:
    """Mean and standard deviation of macro-F1 over the runs that a run is the mean of.

    Where the network that they started from takes part in the mean, itself a mean, it is left out.

    Args:
        run: a folder that `training.average` wrote; its runs lie beside it.
        sets: names of dev sets.

    Returns:
        by set: ``mean``, ``sd`` (of a sample), ``runs``; empty where the run is no mean of
        several, or one of them has no log any more.
    """
    runs = [run.parent / name for name in averaged(run)]
    logs = [one / "log.jsonl" for one in runs if not averaged(one)]
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


def averaged(run: Path) -> list[str]:
    """Names of the runs that a run is the mean of; none where it is a run of its own."""
    path = run / "settings.json"
    if not path.is_file():
        return []
    return json.loads(path.read_text(encoding="utf-8")).get("mean_of", [])


def kept(log: Path) -> dict[str, float]:
    """Dev figures of the epoch whose weights a run kept: the first with the best score."""
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return max((line for line in lines if "score" in line), key=lambda line: line["score"])
