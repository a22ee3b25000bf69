"""The mean of the weights of several runs that started from the same network.

``python -m training.average OUT RUN RUN ...`` writes ``OUT/best.pt``. Runs that differ in seed
and data, and began from one set of weights, lie close together; the mean of their weights is
often better than each, at no cost (Wortsman et al. 2022, "Model soups").
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.files import whole


def mean(runs: Sequence[Path]) -> dict[str, Tensor]:
    """The mean weights of some finished runs; those that are no fractions are the first's."""
    every = [torch.load(run / "best.pt") for run in runs]
    return {
        name: torch.stack([one[name] for one in every]).mean(0)
        if first.is_floating_point()
        else first
        for name, first in every[0].items()
    }


def main() -> None:
    """Read the command line and write the mean."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="folder to write")
    parser.add_argument("runs", type=Path, nargs="+", help="folders of finished runs")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with whole(options.out / "best.pt") as part:
        torch.save(mean(options.runs), part)
    names = [run.name for run in options.runs]
    (options.out / "settings.json").write_text(json.dumps({"mean_of": names}, indent=1))


if __name__ == "__main__":
    main()
