"""Calibration: temperature and label biases on dev data, reliability, abstention.

The probabilities are ``softmax(logits / temperature + bias)`` (Guo and others 2017).
Probabilities and labels are fitted apart. A probability says how often an annotator gives the
label, so shares and means of probabilities hold for whole articles; a label that must be given
is the one whose probability times a weight is highest, since the most probable one is neutral
more often than is good for finding praise and blame.
"""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import minimize

from kzdash.nlp.onnx_model import probabilities

#: The threshold below which the card advises to leave a label open.
ABSTAIN_BELOW = 0.5
#: Added to the logit of neutral before a label is taken. The mean of the dev figures is flat from
#: 0 to 0.14; the middle of that was taken. The more, the better real news and the worse NewsMTSC.
TOWARD_NEUTRAL = 0.07
#: What the dev sets count in the fit of the probabilities: each source of text the same.
COUNTS = {"mt": 0.5, "rw": 0.5, "own": 1.0, "news": 1.0}


def fit(raw: Mapping[str, np.ndarray], true: Mapping[str, np.ndarray]) -> dict:
    """Temperature and a bias of each label, by log loss, and the weights of the labels.

    The network was trained with class weights, on more praise and blame than articles have:
    its plain probabilities give twice the labelled share of positive mentions.

    Args:
        raw: logits (mentions, 3) by dev set, a key of `COUNTS`.
        true: labels 0 to 2, likewise.

    Returns:
        ``temperature``; ``bias`` and ``weights``, a number each label, of negative 0 and 1;
        ``abstain_below``.
    """

    def loss(values: np.ndarray) -> float:
        each = [
            COUNTS[n] * log_loss(raw[n], true[n], float(np.exp(values[0])), [0.0, *values[1:]])
            for n in raw
        ]
        return float(np.sum(each))

    best = minimize(loss, np.zeros(3), method="Nelder-Mead").x
    temperature, bias = float(np.exp(best[0])), np.array([0.0, *best[1:]])
    weights = np.exp(np.array([0.0, TOWARD_NEUTRAL, 0.0]) / temperature - bias)
    return {
        "temperature": round(temperature, 4),
        "bias": [round(float(value), 4) for value in bias],
        "weights": [round(float(value), 4) for value in weights],
        "abstain_below": ABSTAIN_BELOW,
    }


def fit_plain(raw: np.ndarray, true: np.ndarray) -> dict:
    """Temperature and one bias for all labels but the first, by log loss.

    The four relations share a bias: with a few dozen of the rarest on the dev split, a bias
    each would fit the split.
    """

    def loss(values: np.ndarray) -> float:
        bias = [0.0] + [float(values[1])] * (raw.shape[1] - 1)
        return log_loss(raw, true, float(np.exp(values[0])), bias)

    best = minimize(loss, np.zeros(2), method="Nelder-Mead").x
    return {
        "temperature": round(float(np.exp(best[0])), 4),
        "bias": [0.0] + [round(float(best[1]), 4)] * (raw.shape[1] - 1),
    }


def log_loss(raw: np.ndarray, true: np.ndarray, temperature: float, bias: list[float]) -> float:
    """Mean negative log probability of the true labels."""
    shares = probabilities(raw, temperature, bias)
    return float(-np.log(shares[range(len(true)), true] + 1e-12).mean())


def shares_of(true: np.ndarray, shares: np.ndarray) -> dict[str, list[float]]:
    """Share of each label among the labels given, and its mean probability."""
    given = np.bincount(true, minlength=shares.shape[1]) / len(true)
    return {
        "labelled": [round(float(value), 4) for value in given],
        "expected": [round(float(value), 4) for value in shares.mean(axis=0)],
    }


def reliability(true: np.ndarray, shares: np.ndarray, bins: int = 10) -> list[dict]:
    """Mean highest probability, and how often that label is right, in bins of the former.

    Empty bins are left out.
    """
    sure, right = shares.max(1), shares.argmax(1) == true
    place = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        {
            "low": b / bins,
            "high": (b + 1) / bins,
            "n": int((place == b).sum()),
            "confidence": round(float(sure[place == b].mean()), 4),
            "accuracy": round(float(right[place == b].mean()), 4),
        }
        for b in range(bins)
        if (place == b).any()
    ]


def abstention(true: np.ndarray, shares: np.ndarray, guess: np.ndarray) -> list[dict]:
    """Share of mentions kept and the accuracy of their labels, by least probability of a label."""
    sure, right = shares[np.arange(len(guess)), guess], guess == true
    out = []
    for threshold in (0.4, 0.5, 0.6, 0.7, 0.8):
        kept = sure >= threshold
        accuracy = round(float(right[kept].mean()), 4) if kept.any() else None
        out.append(
            {"threshold": threshold, "kept": round(float(kept.mean()), 4), "accuracy": accuracy}
        )
    return out
