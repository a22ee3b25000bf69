"""Train a stance model: ``python -m training.stance RUN --benchmarks DIR ...``."""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from kzdash.nlp.marked_text import Marked, Marker
from training import corpus
from training.encoder import Encoder, SpanClassifier
from training.fit import Fit, Row, Settings, predict
from training.measures import macro_f1
from training.teacher import Teacher

HERE = Path(__file__).parent
LONGEST = 96


def marker(base: Path, longest: int = LONGEST) -> Marker:
    """The marker of a base model."""
    mpnet = "mpnet" in base.name
    names = ("<s>", "</s>") if mpnet else ("[CLS]", "[SEP]")
    return Marker(Tokenizer.from_file(str(base / "tokenizer.json")), *names, longest)


def mark(examples: Sequence[corpus.Example], by: Marker) -> list[Marked]:
    """Mark the target of every example, what its article says before it in front."""
    return [by.after(by.mark(e.text, [(e.start, e.end)]), e.title, e.before) for e in examples]


def dev_sets(benchmarks: Path, gold: Path | None, held: int) -> dict[str, list[corpus.Example]]:
    """The sets a run is judged on; none of them is trained on."""
    own = corpus.own(corpus.OWN)
    out_articles = corpus.fold(corpus.OWN, held)
    sets = {
        "mt": corpus.newsmtsc(benchmarks / "newsmtsc" / "dev_mt.jsonl"),
        "rw": corpus.newsmtsc(benchmarks / "newsmtsc" / "dev_rw.jsonl"),
        "own": [e for e in own if e.article in out_articles],
        "news": [e for e in corpus.coded(benchmarks / "dse" / "train.txt") if corpus.held_line(e)],
    }
    if gold is not None and gold.is_file():
        sets["gold"] = corpus.gold(gold)
    return {name: examples for name, examples in sets.items() if examples}


def train_set(options: argparse.Namespace, run: Path) -> list[corpus.Example]:
    """NewsMTSC train, own articles and coded DSE texts, as many as asked, without what is held."""
    newsmtsc = corpus.newsmtsc(options.benchmarks / "newsmtsc" / "train.jsonl")
    own, draw = own_set(options, run), random.Random(options.seed)
    whole = {e.article for e in own if e.article.split("_")[0] in options.whole}
    return [
        *some(newsmtsc, options.most_newsmtsc, draw),
        *[e for e in own if e.article in whole],
        *some([e for e in own if e.article not in whole], options.most_own, draw),
        *coded_set(options) * options.coded,
    ]


def own_set(options: argparse.Namespace, run: Path) -> list[corpus.Example]:
    """The own corpus without its held-out fold (-1: holds out none).

    The articles are listed in the run's ``articles.txt`` when it starts, so that a run that
    is resumed goes on with the same rows.
    """
    own = corpus.own(corpus.OWN, share=options.share)
    names = run / "articles.txt"
    if not names.is_file():
        run.mkdir(parents=True, exist_ok=True)
        names.write_text("\n".join(sorted({e.article for e in own})), encoding="utf-8")
    known = set(names.read_text(encoding="utf-8").split())
    kept = known - corpus.fold(corpus.OWN, options.held)
    return [e for e in own if e.article in kept]


def coded_set(options: argparse.Namespace) -> list[corpus.Example]:
    """The coded DSE texts that are not held out; none where none are to be read."""
    coded = corpus.coded(options.benchmarks / "dse" / "train.txt") if options.coded else []
    return [e for e in coded if not corpus.held_line(e)]


def some(rows: list[corpus.Example], most: int, draw: random.Random) -> list[corpus.Example]:
    """At most so many rows by lot, all where ``most`` is 0."""
    return draw.sample(rows, min(most, len(rows))) if most else rows


def both_ways(sets: dict[str, list[corpus.Example]]) -> dict[str, list[corpus.Example]]:
    """The sets and, as ``NAME_alone``, those that have context without it."""
    lone = {name: corpus.alone(examples) for name, examples in sets.items()}
    return sets | {f"{n}_alone": lone[n] for n in sets if lone[n] != sets[n]}


def figures(
    model: SpanClassifier, sets: dict[str, list[corpus.Example]], by: Marker, half: bool
) -> dict:
    """Macro-F1 (and accuracy on gold) of each set; ``score`` is the mean without gold.

    Sets with context are judged without it, too, as ``own_alone`` and ``gold_alone``.
    """
    out: dict[str, float] = {}
    for name, examples in both_ways(sets).items():
        guess = predict(model, mark(examples, by), half=half).argmax(1)
        true = np.array([e.author + 1 for e in examples])
        out[name] = macro_f1(true, guess)
        if name == "gold":
            out["gold_accuracy"] = float((true == guess).mean())
    out["score"] = float(np.mean([out[name] for name in sets if name != "gold"]))
    return out


def some_context(
    examples: Sequence[corpus.Example], share: float, seed: int
) -> list[corpus.Example]:
    """Leave their context to about a share of the examples, so that a network can do without."""
    draw = random.Random(seed)
    return [e if draw.random() < share else corpus.alone([e])[0] for e in examples]


def rows_of(options: argparse.Namespace, run: Path, by: Marker) -> list[Row]:
    """Training rows of a run."""
    examples = train_set(options, run)
    examples = some_context(examples, options.context, options.seed)
    return [Row(m, e.probs) for e, m in zip(examples, mark(examples, by), strict=True)]


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder of the run")
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--base", type=Path, default=HERE / "weights" / "minilm")
    parser.add_argument("--layers", type=int)
    parser.add_argument("--held", type=int, default=0, help="held-out fold, -1 for none")
    parser.add_argument("--share", type=float, default=0.7, help="the author's, where two differ")
    parser.add_argument(
        "--context", type=float, default=0, help="share of own mentions read with context"
    )
    parser.add_argument("--most-own", type=int, default=0, help="own mentions drawn, 0 for all")
    parser.add_argument(
        "--whole", nargs="*", default=[], help="own batches (s25 ...) read whole, drawn or not"
    )
    parser.add_argument("--most-newsmtsc", type=int, default=0, help="targets drawn, 0 for all")
    parser.add_argument("--coded", type=int, default=0, help="times that coded DSE texts are read")
    parser.add_argument("--start", type=Path, help="finished run whose weights to go on from")
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--teacher", type=Path, help="finished run of all layers to learn from")
    parser.add_argument("--trust", type=float, default=0.5, help="the teacher's, in the labels")
    parser.add_argument("--unlabelled", type=int, default=2500, help="texts it alone labels")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--half", action="store_true", help="compute products in bfloat16")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    by = marker(options.base)
    rows = rows_of(options, options.run, by)
    sets = dev_sets(options.benchmarks, options.gold, options.held)
    if not options.context:
        sets = {name: corpus.alone(examples) for name, examples in sets.items()}
    model = SpanClassifier(Encoder.load(options.base, options.layers), 1, 3)
    if options.start:
        model.load_state_dict(torch.load(options.start / "best.pt"))
    if options.teacher:
        old = rows_of(options, options.teacher, by)
        teacher = Teacher(options.teacher, options.base, old, options.half)
        teacher.start(model)
        texts = corpus.targets(options.benchmarks / "dse" / "train.txt", options.unlabelled)
        rows = teacher.lessons(rows, mark(texts, by), options.trust)
    settings = Settings(
        epochs=options.epochs,
        rate=options.rate,
        head_rate=options.head_rate,
        frozen=options.frozen,
        seed=options.seed,
        half=options.half,
    )
    Fit(model, rows, settings, lambda m: figures(m, sets, by, options.half), options.run).run()


if __name__ == "__main__":
    main()
