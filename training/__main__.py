"""Train both models and write their shipped folders: ``python -m training --benchmarks PATH``.

Every step is one that finished runs skip and stopped runs resume, so the command can be
given again at any time.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from training.folds import FOLDS

HERE = Path(__file__).parent
SEEDS = (1, 2, 3)
ELITE = [f"s{number}" for number in range(25, 32)]
"""The batches of the own corpus that are about an elite, or whose irony needs the whole text."""


def steps(options: argparse.Namespace) -> list[list[str]]:
    """The modules to run, in order, with their arguments.

    Three students of six layers start from the lower half of a teacher of twelve and learn from
    its answers, each sentence alone. From the mean of their weights three more runs go on, which
    read the sentences of articles with what stands before; from the mean of that mean and of the
    three, three more, which read coded sentences of real news, too; and from the mean of these
    three more, which read all articles about an elite. The stance model is the mean of these
    last three.
    """
    plain = ["--benchmarks", str(options.benchmarks)]
    data = [*plain, *(["--gold", str(options.gold)] if options.gold else [])]
    how = ["--threads", str(options.threads), *(["--half"] if options.half else [])]
    runs, base = HERE / "runs", ["--base", str(HERE / "weights" / "mpnet")]
    teacher, relation, alone, context, news, averaged = (
        str(runs / name) for name in ("teacher", "relation", "alone", "context", "news", "stance")
    )
    students, readers, coded, elite = (
        {str(runs / f"{name}-{seed}"): seed for seed in SEEDS}
        for name in ("student", "context", "news", "elite")
    )
    small = [*base, "--layers", "6"]
    whole = ["--frozen", "4", "--rate", "2.5e-5", "--epochs", "1.6"]
    taught = ["--teacher", teacher, "--frozen", "2", "--rate", "4e-5", "--epochs", "1.5"]
    further = ["--context", "0.85", "--frozen", "2", "--epochs", "1"]
    further += ["--rate", "1.6e-5", "--head-rate", "1e-4"]
    mixed = ["--coded", "1", "--most-own", "8000", "--most-newsmtsc", "6000"]
    close = ["--coded", "1", "--most-own", "5000", "--most-newsmtsc", "7000", "--whole", *ELITE]
    six_layers = [*data, *small, *how]
    ship = ["training.ship", "stance", averaged, *data, *small, "--name", "MPNet-6 stance"]
    return [
        ["training.weights"],
        ["training.stance", teacher, *data, *base, *how, *whole],
        *seeded(students, [*six_layers, *taught]),
        ["training.average", alone, *students],
        *seeded(readers, [*six_layers, *further, "--start", alone]),
        ["training.average", context, alone, *readers],
        *seeded(coded, [*six_layers, *further, "--start", context, *mixed]),
        ["training.average", news, *coded],
        *seeded(elite, [*six_layers, *further, "--start", news, *close]),
        ["training.average", averaged, *elite],
        ship,
        *(out_of_fold(runs, six_layers, ship) if options.folds else []),
        ["training.relation", relation, *plain, *how, "--epochs", "3"],
        ["training.ship", "relation", relation, *plain, "--name", "MiniLM-L6 relation"],
        ["training.card"],
    ]


def seeded(runs: dict[str, int], how: list[str]) -> list[list[str]]:
    """The steps that train several runs alike but for their seed."""
    return [["training.stance", run, *how, "--seed", str(seed)] for run, seed in runs.items()]


def out_of_fold(runs: Path, common: list[str], ship: list[str]) -> list[list[str]]:
    """The steps that give figures over all folds of the own corpus, and ship them too.

    For each fold a network from the base alone, since the teacher has seen the folds but the
    first, and from it one that reads context and coded sentences of real news.
    """
    common = [*common, "--frozen", "2", "--epochs", "1"]
    first = ["--rate", "4e-5"]
    second = ["--context", "0.85", "--rate", "2e-5", "--head-rate", "2e-4"]
    second += ["--coded", "1", "--most-own", "5000", "--most-newsmtsc", "3000"]
    trained = []
    for fold in FOLDS:
        held = [*common, "--held", str(fold)]
        begun, ended = str(runs / f"base-fold-{fold}"), str(runs / f"fold-{fold}")
        trained.append(["training.stance", begun, *held, *first])
        trained.append(["training.stance", ended, *held, *second, "--start", begun])
    return [*trained, ["training.folds"], [*ship, "--again"]]


def main() -> None:
    """Read the command line and run the steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--gold", type=Path, help="labelled articles, to report on")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folds", action="store_true", help="judge over all folds as well")
    parser.add_argument("--half", action="store_true", help="compute products in bfloat16")
    options = parser.parse_args()
    for step in steps(options):
        subprocess.run([sys.executable, "-m", *step], check=True)


if __name__ == "__main__":
    main()
