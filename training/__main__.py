"""Train both models and write their shipped folders: ``python -m training --benchmarks PATH``.

Every step is one that finished runs skip and stopped runs resume, so the command can be
given again at any time.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def steps(benchmarks: Path, gold: Path | None, threads: int) -> list[list[str]]:
    """The modules to run, in order, with their arguments.

    Each network is trained in two cycles, the second of which goes on from the weights of the
    first with the rate raised again; a run that has its epochs behind it ends at once.
    """
    data = ["--benchmarks", str(benchmarks), *(["--gold", str(gold)] if gold else [])]
    plain = data[:2]
    runs, base = HERE / "runs", ["--base", str(HERE / "weights" / "mpnet"), "--layers", "6"]
    few = ["--threads", str(threads)]
    chosen = [*base, "--frozen", "2", "--rate", "4e-5", *few]
    run = str(runs / "stance")
    names = ["--name", "MPNet-6 stance"], ["--name", "MiniLM-L6 relation"]
    return [
        ["training.weights"],
        ["training.stance", run, *data, *chosen, "--epochs", "1.25", "--share", "0.5"],
        ["training.stance", run, *data, *chosen, "--epochs", "2.2", "--share", "0.7"],
        ["training.ship", "stance", run, *data, *base, *names[0]],
        ["training.relation", str(runs / "relation"), *plain, *few, "--epochs", "2"],
        ["training.relation", str(runs / "relation"), *plain, *few, "--epochs", "3"],
        ["training.ship", "relation", str(runs / "relation"), *plain, *names[1]],
        ["training.card"],
    ]


def main() -> None:
    """Read the command line and run the steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--gold", type=Path, help="labelled articles, to report on")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    for step in steps(options.benchmarks, options.gold, options.threads):
        subprocess.run([sys.executable, "-m", *step], check=True)


if __name__ == "__main__":
    main()
