"""A model folder: its manifest, its files checked, its tokenizer and its ONNX session.

The models run on onnxruntime and tokenizers alone, from files in the repository; nothing is
fetched.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kzdash.errors import ModelError
from kzdash.nlp.marked_text import Marked, Marker

Array = NDArray[np.float64]


@dataclass(frozen=True)
class OnnxModel:
    """A loaded model.

    Attributes:
        manifest: name, tokens, calibration and file hashes, as in ``manifest.json``.
        version: hash of the manifest, which holds the hashes of all files.
        marker: sets targets between marker tokens.
        session: the network, on one thread, so that figures and speed do not depend on the
            machine's load.
    """

    manifest: dict[str, Any]
    version: str
    marker: Marker
    session: onnxruntime.InferenceSession

    @classmethod
    def load(cls, folder: Path) -> "OnnxModel":
        """Load a model folder.

        Raises:
            ModelError: a file is missing or is not the one that the manifest names.
        """
        manifest = read_manifest(folder)
        version = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()[:12]
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        marker = Marker(tokenizer, manifest["opening"], manifest["closing"], manifest["longest"])
        return cls(manifest, version, marker, open_session(folder / "model.onnx"))

    def run(self, marked: Marked, ids: NDArray[np.int64] | None = None) -> Array:
        """Return the logits (texts, labels) of a text or of variants of it.

        Args:
            marked: the text.
            ids: token ids (variants, tokens) to put in place of the text's own.
        """
        return self.outputs(marked, ids)[0]

    def outputs(self, marked: Marked, ids: NDArray[np.int64] | None = None) -> tuple[Array, Array]:
        """Return the logits and how much each target attends to each token."""
        if ids is None:
            ids = np.array([marked.ids], dtype=np.int64)
        keep, spans = selection(marked)
        inputs = {
            "ids": ids,
            "keep": np.repeat(keep, len(ids), axis=0),
            "spans": np.repeat(spans, len(ids), axis=0),
        }
        logits, attention = self.session.run(["logits", "attention"], inputs)
        return logits.astype(np.float64), attention.astype(np.float64)

    def state(self, text: str) -> Array:
        """Return the network's mean state (width) over a text, whoever it is about.

        Only a network that was exported with that output has it.
        """
        marked = replace(self.marker.plain(text), spans=((0, 1),))  # the graph wants a span
        keep, spans = selection(marked)
        inputs = {"ids": np.array([marked.ids], dtype=np.int64), "keep": keep, "spans": spans}
        state: Array = self.session.run(["state"], inputs)[0][0].astype(np.float64)
        return state


def selection(marked: Marked) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The tokens whose last state is needed, and how they weigh in the mean of each span.

    Returns:
        ``keep`` (1, kept, tokens), a 1 a row, for the first token and those of the spans;
        ``spans`` (1, spans, kept), each row summing to 1.
    """
    places = [0, *(n for start, end in marked.spans for n in range(start, end))]
    keep = np.zeros((1, len(places), len(marked.ids)), dtype=np.float32)
    keep[0, range(len(places)), places] = 1
    spans = np.zeros((1, len(marked.spans), len(places)), dtype=np.float32)
    at = 1
    for n, (start, end) in enumerate(marked.spans):
        spans[0, n, at : at + end - start] = 1 / (end - start)
        at += end - start
    return keep, spans


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read ``manifest.json`` and check every file it names.

    Raises:
        ModelError: the manifest or a file is missing, or a file has another hash.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise ModelError(
            str(path),
            "is missing",
            "a model folder with manifest.json",
            "Get the folder from the repository again",
        )
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name, expected in manifest["files"].items():
        check_file(folder / name, expected)
    return manifest


def check_file(path: Path, expected: str) -> None:
    """Compare a file with its SHA-256.

    Raises:
        ModelError: the file is missing or differs.
    """
    remedy = "Get the file from the repository again"
    if not path.is_file():
        raise ModelError(str(path), "is missing", "the file that manifest.json names", remedy)
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise ModelError(
            str(path), f"has SHA-256 {found[:12]}…", f"{expected[:12]}… of manifest.json", remedy
        )


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """Open a network on one thread, without memory kept between runs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def probabilities(logits: Array, temperature: float, bias: list[float]) -> Array:
    """Calibrated probabilities: the softmax of ``logits / temperature + bias``.

    >>> probabilities(np.array([[0.0, 0.0]]), 1.0, [0.0, 0.0]).tolist()
    [[0.5, 0.5]]
    """
    scaled = logits / temperature + np.array(bias)
    scaled -= scaled.max(axis=-1, keepdims=True)
    raised = np.exp(scaled)
    shares: Array = raised / raised.sum(axis=-1, keepdims=True)
    return shares
