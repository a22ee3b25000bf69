"""Calibration: a temperature that is found again, and figures of confidence."""

import numpy as np
import pytest

from kzdash.nlp.onnx_model import probabilities
from training import calibration
from training.corpus import Example

SHARES = np.array([[0.95, 0.05, 0.0], [0.45, 0.35, 0.2], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7]])
TRUE = np.array([0, 1, 1, 2])


def drawn(temperature: float, bias: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and labels drawn from their calibrated probabilities."""
    draw = np.random.default_rng(3)
    raw = draw.normal(0, 3, (20_000, len(bias)))
    edges = probabilities(raw, temperature, bias).cumsum(1)
    return raw, (draw.random((len(raw), 1)) > edges).sum(1).clip(max=len(bias) - 1)


@pytest.mark.parametrize("temperature", [0.6, 1.0, 2.5])
def test_fit_finds_the_temperature_again(temperature):
    raw, true = drawn(temperature, calibration.SHIFT)
    examples = [Example("", 0, 0, (0, 1, 0), int(t) - 1, "own") for t in true]
    found = calibration.fit([raw], [examples])
    assert found["temperature"] == pytest.approx(temperature, rel=0.05)
    assert found["bias"] == calibration.SHIFT


def test_fit_plain_finds_temperature_and_the_one_bias_again():
    raw, true = drawn(1.5, [0.0, -1.0, -1.0])
    found = calibration.fit_plain(raw, true)
    assert found["temperature"] == pytest.approx(1.5, rel=0.05)
    assert found["bias"] == pytest.approx([0, -1, -1], abs=0.1)
    assert found["bias"][1] == found["bias"][2]


def test_reliability_counts_every_row_once():
    rows = calibration.reliability(TRUE, SHARES)
    assert [(r["low"], r["n"], r["accuracy"]) for r in rows] == [
        (0.4, 1, 0.0), (0.7, 1, 1.0), (0.8, 1, 1.0), (0.9, 1, 1.0),
    ]  # fmt: skip


def test_reliability_takes_certainty_into_the_last_bin():
    [row] = calibration.reliability(np.array([0]), np.array([[1.0, 0.0, 0.0]]))
    assert (row["low"], row["confidence"]) == (0.9, 1.0)


def test_abstention_keeps_what_is_sure_enough():
    rows = {
        r["threshold"]: (r["kept"], r["accuracy"]) for r in calibration.abstention(TRUE, SHARES)
    }
    assert rows[0.4] == (1.0, 0.75)
    assert rows[0.5] == (0.75, 1.0)
    assert calibration.abstention(TRUE[1:2], SHARES[1:2])[-1]["accuracy"] is None
