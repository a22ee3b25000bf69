"""Train the relation model: ``python -m training.relation RUN --benchmarks DIR``."""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from kzdash.nlp.marked_text import Marked, Marker
from training import corpus
from training.encoder import MIRROR, Encoder, SpanClassifier
from training.fit import Fit, Row, Settings, predict
from training.measures import macro_f1
from training.stance import HERE, marker


def mark(pairs: Sequence[corpus.Pair], by: Marker) -> list[Marked]:
    """Mark both actors of every pair."""
    return [by.mark(p.text, [p.a, p.b]) for p in pairs]


def mirrored(pair: corpus.Pair) -> corpus.Pair:
    """The same pair the other way round, with its label."""
    return corpus.Pair(pair.text, pair.b, pair.a, MIRROR[pair.label])


def chosen(pairs: Sequence[corpus.Pair], neutral: int, seed: int) -> list[corpus.Pair]:
    """Training pairs: at most ``neutral`` of the neutral ones, and all others.

    Which actor is ``a`` is drawn at random, so that both directions weigh the same.
    """
    rng = random.Random(seed)
    some = [p for p in pairs if p.label == 0]
    rng.shuffle(some)
    rest = [p for p in pairs if p.label != 0]
    return [p if rng.random() < 0.5 else mirrored(p) for p in some[:neutral] + rest]


def figures(
    model: SpanClassifier, pairs: Sequence[corpus.Pair], marked: Sequence[Marked], half: bool
) -> dict[str, float]:
    """Macro-F1 over the five classes, as ``score``."""
    true = np.array([p.label for p in pairs])
    return {"score": macro_f1(true, predict(model, marked, half=half).argmax(1), 5)}


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder of the run")
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=HERE / "weights" / "minilm")
    parser.add_argument("--neutral", type=int, default=9000)
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--half", action="store_true", help="compute products in bfloat16")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    by = marker(options.base)
    pairs = corpus.dse(options.benchmarks / "dse" / "train.txt")
    some = chosen(pairs, options.neutral, options.seed)
    rows = []
    for pair, marked in zip(some, mark(some, by), strict=True):
        probs = [0.0] * 5
        probs[pair.label] = 1.0
        rows.append(Row(marked, tuple(probs)))
    valid = corpus.dse(options.benchmarks / "dse" / "valid.txt")
    held = mark(valid, by)
    model = SpanClassifier(Encoder.load(options.base), 2, 5)
    settings = Settings(
        epochs=options.epochs, frozen=options.frozen, seed=options.seed, half=options.half
    )
    Fit(model, rows, settings, lambda m: figures(m, valid, held, options.half), options.run).run()


if __name__ == "__main__":
    main()
