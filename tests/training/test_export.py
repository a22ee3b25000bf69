"""The network as a file: the same answers in int8, and a manifest that the product reads."""

import json
from argparse import Namespace

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

torch = pytest.importorskip("torch", reason="needs training/requirements.txt")
onnx = pytest.importorskip("onnx", reason="needs training/requirements.txt")

from kzdash.nlp.onnx_model import OnnxModel, open_session, selection  # noqa: E402
from training import ship  # noqa: E402
from training.corpus import Example  # noqa: E402
from training.export import export, quantise_embeddings  # noqa: E402
from training.fit import predict  # noqa: E402

WORDS = "[PAD] [CLS] [SEP] [MASK] [UNK] [unused1] [unused2] Aru Oren met praised blamed .".split()


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A folder of base weights that holds a tokenizer alone."""
    folder = tmp_path_factory.mktemp("minilm")
    words = WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]")
    tokenizer = Tokenizer(words)
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def test_the_file_answers_as_the_network_does(make_network, texts, tmp_path):
    model = make_network()
    export(model, tmp_path / "small.onnx", whole=tmp_path / "whole.onnx")
    wanted = predict(model, texts[:6])
    for name, close in (("whole.onnx", 1e-5), ("small.onnx", 0.05)):
        session = open_session(tmp_path / name)
        found = []
        for text in texts[:6]:
            keep, spans = selection(text)
            inputs = {"ids": np.array([text.ids]), "keep": keep, "spans": spans}
            logits, attention = session.run(["logits", "attention"], inputs)
            found.append(logits[0])
            assert attention.sum() == pytest.approx(1, abs=0.05)
        assert np.array(found) == pytest.approx(wanted, abs=close)


def test_the_mean_state_of_a_layer_is_an_output(make_network, texts, tmp_path):
    network = make_network(1)
    export(network, tmp_path / "model.onnx", state=1)
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"))
    assert [o.name for o in session.get_outputs()] == ["logits", "attention", "state"]
    ids = np.array([[1, 2, 3, 4]])
    keep = np.zeros((1, 1, 4), np.float32)
    keep[0, 0, 0] = 1
    inputs = {"ids": ids, "keep": keep, "spans": np.ones((1, 1, 1), np.float32)}
    [state] = session.run(["state"], inputs)
    assert state.shape == (1, network.encoder.width)


def test_large_tables_become_int8_with_a_scale_a_row():
    table = np.array([[1.0, -0.5], [100.0, 3.0], [0.0, 0.0]], np.float32)
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", ["table", "ids"], ["out"], axis=0)],
        "lookup",
        [onnx.helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, [None])],
        [onnx.helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, [None, 2])],
        [onnx.numpy_helper.from_array(table, "table")],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)])
    model.ir_version = 8
    quantise_embeddings(model, least=1)
    assert {t.data_type for t in model.graph.initializer if t.name == "table_int8"} == {3}
    session = onnxruntime.InferenceSession(model.SerializeToString())
    [found] = session.run(None, {"ids": np.arange(3)})
    assert (np.abs(found - table) <= np.abs(table).max(1, keepdims=True) / 253).all()


def test_a_written_folder_is_one_that_the_product_loads(make_network, base, tmp_path):
    ship.write_network(tmp_path / "stance", make_network(), base, {"name": "tiny"})
    model = OnnxModel.load(tmp_path / "stance")
    assert (model.manifest["name"], model.manifest["temperature"]) == ("tiny", 1.0)
    marked = model.marker.mark("Aru praised Oren .", [(0, 3)])
    assert model.run(marked).shape == (1, 3)


def test_dev_logits_are_kept_for_another_time(make_network, base, tmp_path):
    folder, run = tmp_path / "stance", tmp_path / "run"
    ship.write_network(folder, make_network(), base, {"name": "tiny"})
    run.mkdir()
    sets = {"own": [Example("Aru met Oren .", 0, 3, (0, 1, 0), 0, "own")]}
    options = Namespace(run=run, again=False)
    first = ship.dev_logits(options, folder, sets)
    (folder / "model.onnx").unlink()
    again = ship.dev_logits(Namespace(run=run, again=True), folder, sets)
    assert np.array_equal(first["own"], again["own"])


def test_figures_are_written_as_json(tmp_path):
    ship.write_figures(tmp_path, {"data": {"own": 1}})
    text = (tmp_path / "figures.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"data": {"own": 1}}
