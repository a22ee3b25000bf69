"""A run: resumed as if it had never stopped, and whole after a stop at any moment."""

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs training/requirements.txt")

from training.fit import Fit, Row, Settings, batches, class_weights, collate, predict  # noqa: E402

SPLIT = [(1.0, 0.0, 0.0), (0.0, 0.5, 0.5)]


@pytest.fixture
def start(make_network, texts):
    """Begins or resumes a run of two epochs and a half in a folder."""

    def make(folder, judge=lambda model: {"score": 0.5}, frozen=1):
        rows = [Row(text, SPLIT[n % 2]) for n, text in enumerate(texts)]
        settings = Settings(epochs=2.5, batch=4, frozen=frozen)
        return Fit(make_network(), rows, settings, judge, folder)

    return make


def stop(*_):
    raise KeyboardInterrupt


def judged(folder):
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [(e["epoch"], e["step"]) for e in map(json.loads, lines) if "score" in e]


def weights(folder):
    return torch.load(folder / "best.pt")


@pytest.mark.parametrize("frozen", [0, 1])
@pytest.mark.parametrize("last", [3, 10, 14, 20])
def test_a_resumed_run_equals_a_whole_one(start, tmp_path, monkeypatch, last, frozen):
    rising = iter(range(1, 9))
    start(tmp_path / "whole", lambda model: {"score": next(rising)}, frozen).run()
    rising = iter(range(1, 9))
    broken = start(tmp_path / "parts", lambda model: {"score": next(rising)}, frozen)
    take = broken._one

    def limited(part):
        if broken.step == last:
            broken._save()
            raise KeyboardInterrupt
        return take(part)

    monkeypatch.setattr(broken, "_one", limited)
    with pytest.raises(KeyboardInterrupt):
        broken.run()
    start(tmp_path / "parts", lambda model: {"score": next(rising)}, frozen).run()
    one, other = weights(tmp_path / "whole"), weights(tmp_path / "parts")
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert judged(tmp_path / "whole") == judged(tmp_path / "parts") == [(1, 10), (2, 20), (3, 25)]
    answers = [np.load(tmp_path / run / "answers.npy") for run in ("whole", "parts")]
    assert np.array_equal(*answers)


def test_an_epoch_stopped_while_it_is_judged_is_judged_on_resuming(start, tmp_path, monkeypatch):
    broken = start(tmp_path, stop)
    epoch = broken._epoch
    monkeypatch.setattr(broken, "_epoch", lambda: (epoch(), broken._save()))
    with pytest.raises(KeyboardInterrupt):
        broken.run()
    start(tmp_path).run()
    assert judged(tmp_path) == [(1, 10), (2, 20), (3, 25)]


def test_the_last_epoch_stopped_while_it_is_judged_still_gives_weights(start, tmp_path):
    broken = start(tmp_path, stop)
    broken.total = 10
    with pytest.raises(KeyboardInterrupt):
        broken.run()
    broken._save()
    again = start(tmp_path)
    again.total = 10
    again.run()
    assert judged(tmp_path) == [(1, 10)]
    assert (tmp_path / "best.pt").is_file()


def test_a_finished_run_is_not_judged_again(start, tmp_path):
    start(tmp_path).run()
    start(tmp_path, stop).run()
    assert len(judged(tmp_path)) == 3


@pytest.mark.parametrize("name", ["frozen.npy", "answers.npy"])
def test_a_stop_while_an_array_is_saved_does_no_harm(start, tmp_path, monkeypatch, name):
    save, wanted = np.save, name.removesuffix(".npy")

    def cut(file, values):
        if wanted in file.name and (wanted == "frozen" or (tmp_path / "answers.npy").exists()):
            file.write(b"half")
            raise KeyboardInterrupt
        save(file, values)

    monkeypatch.setattr(np, "save", cut)
    with pytest.raises(KeyboardInterrupt):
        start(tmp_path).run()
    monkeypatch.setattr(np, "save", save)
    start(tmp_path).run()
    assert judged(tmp_path)[-1] == (3, 25)


def test_output_of_frozen_layers_is_kept_only_while_the_run_lasts(start, tmp_path):
    start(tmp_path).run()
    assert {p.name for p in tmp_path.iterdir()} == {
        "settings.json",
        "log.jsonl",
        "state.pt",
        "answers.npy",
        "best.pt",
    }


def test_batches_hold_every_row_once():
    found = batches([5, 9, 7, 5, 6, 8, 5], 3, seed=1)
    assert sorted(n for part in found for n in part) == list(range(7))
    assert found == batches([5, 9, 7, 5, 6, 8, 5], 3, seed=1)


def test_predict_does_not_depend_on_the_padding(make_network, texts):
    model = make_network()
    alone = np.concatenate([predict(model, [text]) for text in texts])
    assert predict(model, texts) == pytest.approx(alone, abs=1e-5)


def test_collate_weighs_the_tokens_of_a_span_alike(texts):
    _, keep, spans, mask = collate(texts[:4])
    assert spans.sum(-1).flatten().tolist() == pytest.approx([1] * 4)
    assert keep.sum((1, 2)).tolist() == [3] * 4
    assert mask.sum(1).tolist() == [len(text.ids) for text in texts[:4]]


def test_class_weights_are_one_on_average_over_the_rows(texts):
    rows = [Row(texts[0], (0.8, 0.1, 0.1)), Row(texts[1], (0.4, 0.2, 0.4))]
    share = np.array([0.6, 0.15, 0.25])
    found = class_weights(rows, 0.5).numpy()
    assert found @ share == pytest.approx(1)
    assert found.argmax() == share.argmin()
