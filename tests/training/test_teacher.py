"""A teacher: what a student takes over from it and learns from it."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs training/requirements.txt")

from training import teacher as module  # noqa: E402
from training.fit import Row, predict  # noqa: E402
from training.teacher import Teacher  # noqa: E402


@pytest.fixture
def teacher(make_network, texts, tmp_path, monkeypatch):
    """A finished run that was trained on ten texts and has met eight of them."""
    network = make_network(seed=5)
    torch.save(network.state_dict(), tmp_path / "best.pt")
    rows = [Row(text, (0.5, 0.25, 0.25)) for text in texts[:10]]
    answers = np.zeros((10, 3), np.float32)
    answers[:8] = predict(network, texts[:8]) + 1
    np.save(tmp_path / "answers.npy", answers)
    monkeypatch.setattr(module, "network", lambda run, *_: network)
    return Teacher(tmp_path, tmp_path, rows, half=False)


def test_a_student_starts_from_the_lowest_layers_and_the_head(teacher, make_network):
    student = make_network(seed=6, layers=1)
    teacher.start(student)
    taught = torch.load(teacher.run / "best.pt")
    assert all(torch.equal(value, taught[name]) for name, value in student.state_dict().items())


def test_answers_are_those_of_the_rows_that_were_met(teacher, texts):
    assert set(teacher.answered()) == set(texts[:8])


def test_opinions_take_the_weights_of_the_classes_out(teacher):
    weights = torch.tensor([[0.0, 0.0, 0.0]])
    [shares] = teacher._opinions(weights.numpy())
    assert shares.sum() == pytest.approx(1)
    assert shares[0] / shares[1] == pytest.approx((0.5 / 0.25) ** 0.5, rel=1e-5)


@pytest.mark.parametrize("trust", [0.0, 0.5, 1.0])
def test_lessons_mix_the_labels_with_what_the_teacher_says(teacher, texts, trust):
    labelled = [Row(text, (1.0, 0.0, 0.0)) for text in texts[6:12]]
    found = teacher.lessons(labelled, texts[20:23], trust)
    assert [row.marked for row in found] == [*texts[6:12], *texts[20:23]]
    opinions = teacher.answered() | dict(zip(texts[8:23], teacher.asked(texts[8:23]), strict=True))
    for row in found[:6]:
        wanted = (1 - trust) * np.array([1, 0, 0]) + trust * opinions[row.marked]
        assert row.probs == pytest.approx(tuple(wanted), abs=1e-5)
    for row in found[6:]:
        assert row.probs == pytest.approx(tuple(opinions[row.marked]), abs=1e-5)
