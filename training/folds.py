"""Figures out of fold: every article with two coders, read by a network that never saw it.

``python -m training.folds`` asks the runs ``training/runs/fold-K`` (trained with ``--held K``)
for their held-out articles, with context and each sentence alone, and writes
``training/runs/folds.json``, which `training.ship` takes into the figures. Labels and
probabilities are given with the calibration of the shipped model, though the networks
are others.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kzdash.nlp.onnx_model import probabilities
from kzdash.nlp.stance_model import labels_of
from kzdash.paths import MODELS
from training import corpus
from training.corpus import Example
from training.files import whole
from training.measures import judged, scores

HERE = Path(__file__).parent
FOLDS = range(5)


def found_runs(folder: Path, zero: Path | None = None) -> dict[int, Path]:
    """The finished runs of the folds, by fold.

    Args:
        folder: where the runs lie.
        zero: a run that held out fold 0, for where there is no ``fold-0``.
    """
    runs = {fold: folder / f"fold-{fold}" for fold in FOLDS}
    if zero is not None and not (runs[0] / "best.pt").is_file():
        runs[0] = zero
    return {fold: run for fold, run in runs.items() if (run / "best.pt").is_file()}


def held_out() -> dict[int, list[Example]]:
    """The mentions of the articles of each fold."""
    own = corpus.own(corpus.OWN)
    articles = {fold: corpus.fold(corpus.OWN, fold) for fold in FOLDS}
    return {fold: [e for e in own if e.article in names] for fold, names in articles.items()}


def logits(
    run: Path, options: argparse.Namespace, sets: Sequence[Sequence[Example]]
) -> list[np.ndarray]:
    """What a run's network says of the mentions of some sets, each (mentions, labels)."""
    import torch

    from training.encoder import network
    from training.fit import predict
    from training.stance import mark, marker

    torch.set_num_threads(options.threads)
    model = network(run, options.base, options.layers, 1, 3)
    by = marker(options.base)
    return [predict(model, mark(examples, by)) for examples in sets]


def summary(
    examples: Mapping[int, Sequence[Example]],
    raw: Mapping[int, np.ndarray],
    calibration: Mapping[str, Any],
    alone: Mapping[int, np.ndarray] | None = None,
) -> dict[str, object]:
    """Figures of each fold and over all.

    Args:
        examples: the held-out mentions, by fold.
        raw: logits (mentions, labels) of the folds that there are.
        calibration: ``temperature``, ``bias`` and ``weights`` (`training.calibration.fit`).
        alone: logits of the same mentions, each sentence read without its context.

    Returns:
        ``each``: a line a fold with ``fold, macro_f1, accuracy, n``; ``mean`` and ``sd`` of
        macro-F1 and accuracy over the folds; ``articles``; ``all``: the figures of
        `measures.judged` over the mentions of all the folds together, and, if given, under
        ``alone`` those of each sentence alone; ``uncalibrated``: its
        first three without temperature and bias, as the logs of the runs give them;
        ``calibration``.
    """
    temperature, bias, weights = (calibration[key] for key in ("temperature", "bias", "weights"))
    shares = {fold: probabilities(raw[fold], temperature, bias) for fold in sorted(raw)}
    each: list[dict] = []
    for fold, given in shares.items():
        true = np.array([e.author + 1 for e in examples[fold]])
        each.append({"fold": fold} | scores(true, labels_of(given, weights)))
    every = [e for fold in shares for e in examples[fold]]
    true = np.array([e.author + 1 for e in every])
    plain = np.concatenate([raw[fold].argmax(1) for fold in shares])
    figures = {key: [line[key] for line in each] for key in ("macro_f1", "accuracy")}
    together = judged(every, np.concatenate(list(shares.values())), weights)
    if alone is not None:
        lone = np.concatenate([probabilities(alone[fold], temperature, bias) for fold in shares])
        together["alone"] = scores(true, labels_of(lone, weights))
    return {
        "each": each,
        "mean": {key: round(float(np.mean(values)), 4) for key, values in figures.items()},
        "sd": {key: round(float(np.std(v, ddof=1)), 4) for key, v in figures.items() if len(v) > 1},
        "articles": len({e.article for e in every}),
        "all": together,
        "uncalibrated": scores(true, plain),
        "calibration": {"temperature": temperature, "bias": bias, "weights": weights},
    }


def read(folder: Path) -> dict:
    """The figures in a folder of runs; empty where there are none."""
    path = folder / "folds.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def main() -> None:
    """Read the command line, ask the runs and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=Path, default=HERE / "runs", help="where the runs lie")
    parser.add_argument("--base", type=Path, default=HERE / "weights" / "mpnet")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--zero", type=Path, help="run to take where there is no fold-0")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--model", type=Path, default=MODELS / "stance", help="whose calibration")
    options = parser.parse_args()
    runs = found_runs(options.runs, options.zero)
    if not runs:
        parser.error(f"no finished run fold-0 to fold-4 in {options.runs}; train them first")
    examples = held_out()
    raw, alone = {}, {}
    for fold, run in runs.items():
        both = [examples[fold], corpus.alone(examples[fold])]
        raw[fold], alone[fold] = logits(run, options, both)
    manifest = json.loads((options.model / "manifest.json").read_text(encoding="utf-8"))
    out = summary(examples, raw, manifest, alone)
    out["runs"] = {fold: run.name for fold, run in runs.items()}
    with whole(options.runs / "folds.json") as part:
        part.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    for line in out["each"]:
        print(*(f"{key} {value}" for key, value in line.items()))
    print("mean", out["mean"], "articles", out["articles"])


if __name__ == "__main__":
    main()
