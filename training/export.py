"""Write a trained network as int8 ONNX with its tokenizer and a manifest.

Weights are quantised per channel; embeddings per row, since a few rare tokens would
otherwise set the scale for all. The graph takes no mask: at work a batch holds one length.
"""

import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.encoder import SpanClassifier


class Exported(nn.Module):
    """The network as it ships: logits, and how much the spans attend to each token."""

    def __init__(self, model: SpanClassifier) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, keep: Tensor, spans: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (batch, labels) and the last layer's attention (batch, tokens)."""
        seen: list[Tensor] = []
        logits = self.model.pool(self.model.encoder(ids, None, keep, seen), spans)
        return logits, (spans @ seen[-1].mean(1)).sum(1)


def export(
    model: SpanClassifier,
    path: Path,
    *,
    reduced: bool = True,
    whole: Path | None = None,
    state: int | None = None,
) -> None:
    """Write a network as int8 ONNX: ``ids, keep, spans`` in, ``logits, attention`` out.

    Args:
        model: the network.
        path: the file to write.
        reduced: 7-bit weights, which give the same figures on processors with and without
            VNNI instructions (8-bit products overflow on the latter).
        whole: where to write the network in 32 bits as well, to compare with.
        state: the layer, from 1, whose mean state is an output, too; None for no such output.
    """
    model = model.eval()
    model.encoder.layers[-1].freeze_parts()
    count = model.head.in_features // model.encoder.width - 1
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Exported(model).eval(),
            (torch.ones(2, 17, dtype=torch.long), torch.rand(2, 7, 17), torch.rand(2, count, 7)),
            plain,
            input_names=["ids", "keep", "spans"],
            output_names=["logits", "attention"],
            dynamic_axes={
                "ids": {0: "batch", 1: "tokens"},
                "keep": {0: "batch", 1: "kept", 2: "tokens"},
                "spans": {0: "batch", 2: "kept"},
            },
            opset_version=17,
            dynamo=False,
        )
        if whole:
            shutil.copyfile(plain, whole)
        folded, small = Path(folder) / "folded.onnx", Path(folder) / "small.onnx"
        fold_constants(plain, folded)
        quantize_dynamic(
            folded,
            small,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=reduced,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
        graph = onnx.load(small)
        quantise_embeddings(graph)
        if state is not None:
            add_state(graph, state)
        onnx.save(graph, path)


def add_state(graph: onnx.ModelProto, layer: int) -> None:
    """Add the output ``state`` (batch, width): the mean of a layer's states over all tokens.

    Args:
        graph: two layer normalisations a layer, after one of the embeddings.
        layer: its number, from 1.
    """
    norms = [node for node in graph.graph.node if node.op_type == "LayerNormalization"]
    states = norms[2 * layer].output[0]
    graph.graph.node.append(
        helper.make_node("ReduceMean", [states], ["state"], axes=[1], keepdims=0)
    )
    graph.graph.output.append(
        helper.make_tensor_value_info("state", TensorProto.FLOAT, ["batch", "width"])
    )


def fold_constants(source: Path, target: Path) -> None:
    """Compute what is constant, such as the parts of a weight that two products share."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


def quantise_embeddings(graph: onnx.ModelProto, least: int = 100_000) -> None:
    """Store every large table that a ``Gather`` reads as int8 with a scale per row."""
    tables = {t.name: t for t in graph.graph.initializer}
    nodes = []
    for node in graph.graph.node:
        table = tables.get(node.input[0]) if node.op_type == "Gather" else None
        if table is None or np.prod(table.dims) < least or len(table.dims) != 2:
            nodes.append(node)
            continue
        values = numpy_helper.to_array(table).astype(np.float32)
        scale = np.maximum(np.abs(values).max(1, keepdims=True), 1e-8) / 127
        whole = np.round(values / scale).astype(np.int8)
        name, out = table.name, node.output[0]
        graph.graph.initializer.remove(table)
        graph.graph.initializer.extend(
            [
                numpy_helper.from_array(whole, name + "_int8"),
                numpy_helper.from_array(scale.astype(np.float32), name + "_scale"),
            ]
        )
        nodes += [
            helper.make_node("Gather", [name + "_int8", node.input[1]], [out + "_int8"], axis=0),
            helper.make_node("Gather", [name + "_scale", node.input[1]], [out + "_s"], axis=0),
            helper.make_node("Cast", [out + "_int8"], [out + "_f"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [out + "_f", out + "_s"], [out]),
        ]
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)


def manifest(folder: Path, facts: dict[str, object]) -> None:
    """Write ``manifest.json``: facts of the model and the SHA-256 of its files."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix == ".onnx" or path.name == "tokenizer.json"
    }
    text = json.dumps(facts | {"files": files}, indent=1, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
