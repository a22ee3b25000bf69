"""How fast is the shipped stance model beside a plain MiniLM-L6 int8, and what memory it takes.

``python -m benchmarks.stance_speed`` (needs ``training/requirements.txt``). Both networks
read the same texts, one at a time on one core, in turns; the plain one is a MiniLM-L6 of the
same export with random weights, which take as long as trained ones. Seconds depend on the
machine, the ratio hardly does.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kzdash.nlp.stance_model import StanceItem, StanceModel
from kzdash.paths import MODELS

MINILM = {
    "model_type": "bert",
    "vocab_size": 30527,
    "hidden_size": 384,
    "num_attention_heads": 12,
    "num_hidden_layers": 6,
    "intermediate_size": 1536,
    "max_position_embeddings": 512,
    "layer_norm_eps": 1e-12,
}
CLAUSES = (
    "Aru Seitova spoke in the capital",
    "after the ministry had refused to publish its report",
    "although few of her colleagues believed the figures",
    "and the chamber voted on the gas agreement late in the evening",
    "while the opposition walked out of the hall in protest",
)
MEMORY = """
import resource
from kzdash.nlp.stance_model import StanceItem, StanceModel
model = StanceModel.load()
model.score([StanceItem("Aru Seitova spoke in the capital.", 0, 11)])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def texts(first: int, count: int) -> list[StanceItem]:
    """Sentences of one to five clauses about one target, all different.

    Each pass needs others (``first``), for a model remembers what it has read.
    """
    rows = []
    for n in range(first, first + count):
        clauses = CLAUSES[: 1 + n % len(CLAUSES)]
        rows.append(StanceItem(f"{', '.join(clauses)} on day {n}.", 0, 11))
    return rows


def plain(folder: Path) -> StanceModel:
    """Write and load an untrained MiniLM-L6."""
    from training.encoder import Encoder, SpanClassifier
    from training.export import export, manifest

    export(SpanClassifier(Encoder(MINILM), 1, 3), folder / "model.onnx")
    shipped = json.loads((MODELS / "stance" / "manifest.json").read_text(encoding="utf-8"))
    tokenizer = (MODELS / "stance" / "tokenizer.json").read_text(encoding="utf-8")
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    manifest(folder, {k: v for k, v in shipped.items() if k != "files"})
    return StanceModel.load(folder)


def seconds(model: StanceModel, items: list[StanceItem]) -> float:
    """Processor seconds for one pass."""
    start = time.process_time()
    model.score(items)
    return time.process_time() - start


def main() -> None:
    """Measure and write one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    # first, since a child starts with the peak of its parent
    used = subprocess.run(
        [sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True
    )
    passes = [texts(n * options.texts, options.texts) for n in range(options.repeats)]
    shipped = StanceModel.load()
    with tempfile.TemporaryDirectory() as folder:
        base = plain(Path(folder))
        pairs = [(seconds(shipped, items), seconds(base, items)) for items in passes]
    unit = 1 if sys.platform == "darwin" else 1024
    out = {
        "ms_per_text": round(1000 * statistics.median(a for a, _ in pairs) / options.texts, 2),
        "ms_per_text_minilm": round(
            1000 * statistics.median(b for _, b in pairs) / options.texts, 2
        ),
        "ratio": round(statistics.median(a / b for a, b in pairs), 2),
        "ratios": [round(a / b, 2) for a, b in pairs],
        "peak_memory_mb": round(int(used.stdout) * unit / 1e6),
    }
    sys.stdout.write(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
