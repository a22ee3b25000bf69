"""From a finished run to the shipped model folder: ONNX, calibration, figures.

``python -m training.ship stance RUN --benchmarks DIR`` writes ``data/models/stance``;
``python -m training.ship relation RUN ...`` the relation model. All figures are those of the
int8 network as it ships, run through the same code as in the product.
"""

import argparse
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from kzdash.evaluation import published
from kzdash.nlp.marked_text import Marked
from kzdash.nlp.onnx_model import OnnxModel, probabilities
from kzdash.nlp.relation_model import RelationItem, RelationModel
from kzdash.nlp.stance_model import StanceModel
from kzdash.paths import MODELS
from training import bias, calibration, corpus, files, folds, stance
from training.encoder import SpanClassifier, network
from training.export import export, manifest
from training.measures import confusion, ece, f1, figures, macro_f1
from training.seeds import seeds
from training.stance import LONGEST

#: The layer of the stance network whose mean state the frame model reads.
STATE = 5
#: What is added to the logits of relations when a label is given. Macro-F1 on DSE valid is flat
#: from -0.5 to 0; the middle of that was taken, not its best point.
LEAN = -0.25


def write_network(
    folder: Path,
    model: SpanClassifier,
    base: Path,
    facts: dict,
    whole: Path | None = None,
    state: int | None = None,
) -> None:
    """Write network, tokenizer and a manifest with neutral calibration."""
    folder.mkdir(parents=True, exist_ok=True)
    export(model, folder / "model.onnx", whole=whole, state=state)
    shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    names = ("<s>", "</s>") if "mpnet" in base.name else ("[CLS]", "[SEP]")
    labels = model.head.out_features
    plain = {
        "opening": names[0],
        "closing": names[1],
        "longest": LONGEST,
        "temperature": 1.0,
        "bias": [0.0] * labels,
        "abstain_below": 0.0,
    }
    manifest(folder, plain | facts)


def logits(folder: Path, marks: Callable[[OnnxModel], Sequence[Marked]]) -> np.ndarray:
    """Logits of the shipped network, text by text."""
    model = OnnxModel.load(folder)
    return np.concatenate([model.run(marked) for marked in marks(model)])


def stance_logits(folder: Path, examples: Sequence[corpus.Example]) -> np.ndarray:
    """Logits of the shipped stance network."""
    return logits(folder, lambda m: stance.mark(examples, m.marker))


def ship_stance(options: argparse.Namespace) -> None:
    """Write ``data/models/stance`` but for its card."""
    folder = options.to or MODELS / "stance"
    if not options.again:
        model = network(options.run, options.base, options.layers, 1, 3)
        facts = {"name": options.name, "weights": [1.0] * model.head.out_features}
        write_network(folder, model, options.base, facts, options.whole, STATE)
    sets = stance.dev_sets(options.benchmarks, options.gold, options.held)
    raw = dev_logits(options, folder, sets)
    true = {name: np.array([e.author + 1 for e in sets[name]]) for name in calibration.COUNTS}
    found = calibration.fit({name: raw[name] for name in true}, true)
    facts = read(folder) | {"name": options.name} | found
    manifest(folder, {k: v for k, v in facts.items() if k != "files"})
    shares = {
        name: probabilities(values, found["temperature"], found["bias"])
        for name, values in raw.items()
    }
    whole = StanceModel.load(folder)
    known = json.loads((folder / "figures.json").read_text()) if options.again else {}
    more = {
        "seeds": seeds(options.run, sets) or known.get("seeds", {}),
        "folds": folds.read(options.run.parent) or known.get("folds", {}),
        "name_swap": bias.name_swap(whole),
        "published_best": {
            "name": published.NAME,
            "source": published.SOURCE,
            **{f"test_{part}": value for part, value in published.MACRO_F1.items()},
        },
    }
    model_facts = {"model": about(folder, options.name, whole.version), "calibration": found}
    write_figures(folder, model_facts | figures(sets, shares, found["weights"]) | more)


def dev_logits(
    options: argparse.Namespace, folder: Path, sets: dict[str, list[corpus.Example]]
) -> dict[str, np.ndarray]:
    """Logits of the shipped network on each dev set; with ``--again`` those that the run has.

    Sets that have context are read without it, too (`stance.both_ways`).
    """
    kept = options.run / "logits.npz"
    if options.again and kept.is_file():
        return dict(np.load(kept))
    raw = {
        name: stance_logits(folder, examples) for name, examples in stance.both_ways(sets).items()
    }
    with files.whole(kept) as part, part.open("wb") as file:
        np.savez(file, **raw)
    return raw


def about(folder: Path, name: str, version: str) -> dict[str, object]:
    """Name, version and size of a shipped model."""
    size = (folder / "model.onnx").stat().st_size
    return {"name": name, "version": version, "bytes": size}


def ship_relation(options: argparse.Namespace) -> None:
    """Write ``data/models/relation`` but for its card."""
    folder = options.to or MODELS / "relation"
    model = network(options.run, options.base, options.layers, 2, 5)
    write_network(folder, model, options.base, {"name": options.name})
    pairs = corpus.dse(options.benchmarks / "dse" / "valid.txt")
    raw = logits(folder, lambda m: [m.marker.mark(p.text, [p.a, p.b]) for p in pairs])
    true = np.array([p.label for p in pairs])
    found = calibration.fit_plain(raw, true)
    found["lean"] = round(LEAN / found["temperature"] - found["bias"][1], 4)
    manifest(folder, {k: v for k, v in read(folder).items() if k != "files"} | found)
    whole = RelationModel.load(folder)
    items = whole.predict([RelationItem(p.text, p.a, p.b) for p in pairs])
    shares, guess = np.array(items), np.array([whole.label(p) for p in items])
    counts = confusion(true, guess, 5)
    out = {
        "model": about(folder, options.name, whole.version),
        "calibration": found,
        "valid": {
            "macro_f1": round(macro_f1(true, guess, 5), 4),
            "accuracy": round(float((true == guess).mean()), 4),
            "n": len(true),
            "f1": f1(counts),
            "confusion": counts.astype(int).tolist(),
            "always_neutral": round(macro_f1(true, np.zeros_like(true), 5), 4),
            "most_probable": round(macro_f1(true, shares.argmax(1), 5), 4),
            "ece": ece(true, shares),
        },
    }
    write_figures(folder, out)


def read(folder: Path) -> dict:
    """The manifest of a model folder."""
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def write_figures(folder: Path, out: dict) -> None:
    """Write ``figures.json``."""
    (folder / "figures.json").write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["stance", "relation"])
    parser.add_argument("run", type=Path, help="folder of a finished run")
    parser.add_argument("--benchmarks", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--base", type=Path, default=stance.HERE / "weights" / "minilm")
    parser.add_argument("--layers", type=int)
    parser.add_argument("--held", type=int, default=0)
    parser.add_argument("--name", required=True, help="name shown in the product")
    parser.add_argument(
        "--again", action="store_true", help="calibrate and judge the stance network that is there"
    )
    parser.add_argument("--whole", type=Path, help="write the network in 32 bits here, too")
    parser.add_argument("--to", type=Path, help="folder to write, else the shipped one")
    options = parser.parse_args()
    torch.set_num_threads(1)
    {"stance": ship_stance, "relation": ship_relation}[options.what](options)


if __name__ == "__main__":
    main()
