"""Calibration: a temperature that is found again, and figures of confidence."""

import numpy as np
import pytest

from kzdash.nlp.onnx_model import probabilities
from training import calibration

SHARES = np.array([[0.95, 0.05, 0.0], [0.45, 0.35, 0.2], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7]])
TRUE = np.array([0, 1, 1, 2])


def drawn(temperature: float, bias: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and labels drawn from their calibrated probabilities."""
    draw = np.random.default_rng(3)
    raw = draw.normal(0, 3, (20_000, len(bias)))
    edges = probabilities(raw, temperature, bias).cumsum(1)
    return raw, (draw.random((len(raw), 1)) > edges).sum(1).clip(max=len(bias) - 1)


@pytest.mark.parametrize("temperature", [0.6, 1.0, 2.5])
def test_fit_finds_temperature_and_biases_again(temperature):
    raw, true = drawn(temperature, [0.0, 0.5, -0.7])
    found = calibration.fit({"own": raw}, {"own": true})
    assert found["temperature"] == pytest.approx(temperature, rel=0.05)
    assert found["bias"] == pytest.approx([0, 0.5, -0.7], abs=0.1)


def test_labels_are_those_of_the_logits_with_little_toward_neutral():
    raw, true = drawn(0.8, [0.0, 0.5, -0.7])
    found = calibration.fit({"own": raw}, {"own": true})
    shares = probabilities(raw, found["temperature"], found["bias"])
    labels = (shares * found["weights"]).argmax(1)
    plain = (raw + np.array([0, calibration.TOWARD_NEUTRAL, 0])).argmax(1)
    assert (labels == plain).mean() > 0.999
    assert (labels != shares.argmax(1)).any()


def test_shares_of_labels_stand_beside_mean_probabilities():
    found = calibration.shares_of(TRUE, SHARES)
    assert found == {"labelled": [0.25, 0.5, 0.25], "expected": [0.4, 0.35, 0.25]}


def test_fit_plain_finds_temperature_and_the_one_bias_again():
    raw, true = drawn(1.5, [0.0, -1.0, -1.0])
    found = calibration.fit_plain(raw, true)
    assert found["temperature"] == pytest.approx(1.5, rel=0.05)
    assert found["bias"] == pytest.approx([0, -1, -1], abs=0.1)
    assert found["bias"][1] == found["bias"][2]


def test_reliability_counts_every_row_once():
    rows = calibration.reliability(TRUE, SHARES)
    assert [(r["low"], r["n"], r["accuracy"]) for r in rows] == [
        (0.4, 1, 0.0),
        (0.7, 1, 1.0),
        (0.8, 1, 1.0),
        (0.9, 1, 1.0),
    ]


def test_reliability_takes_certainty_into_the_last_bin():
    [row] = calibration.reliability(np.array([0]), np.array([[1.0, 0.0, 0.0]]))
    assert (row["low"], row["confidence"]) == (0.9, 1.0)


def test_abstention_keeps_what_is_sure_enough():
    rows = {
        r["threshold"]: (r["kept"], r["accuracy"])
        for r in calibration.abstention(TRUE, SHARES, SHARES.argmax(1))
    }
    assert rows[0.4] == (1.0, 0.75)
    assert rows[0.5] == (0.75, 1.0)
    assert calibration.abstention(TRUE[1:2], SHARES[1:2], TRUE[1:2])[-1]["accuracy"] is None


def test_abstention_asks_for_the_probability_of_the_label():
    rows = calibration.abstention(np.array([2]), np.array([[0.1, 0.48, 0.42]]), np.array([2]))
    assert [(r["threshold"], r["kept"]) for r in rows][:2] == [(0.4, 1.0), (0.5, 0.0)]
