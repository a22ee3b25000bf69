"""Badges: which measures labels do not support, and what is said of them."""

import pandas as pd
import pytest

from kzdash.ui.validity import COLUMNS, NAMES, badge, badges


def figures(*rows):
    """Return validation figures of (data, method, metric, value)."""
    full = [("stance", data, method, metric, value, None, None, 10, "")
            for data, method, metric, value in rows]  # fmt: skip
    return pd.DataFrame(full, columns=COLUMNS)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param([], "not validated, no labelled data", id="nothing"),
        pytest.param([("gold", "VADER", "accuracy", 0.4)], "no labelled data", id="baseline only"),
        pytest.param([("elsewhere", "kzdash", "macro-F1", 0.8)],
                     "not validated on these outlets; macro-F1 0.80 on elsewhere", id="elsewhere"),
        pytest.param([("gold", "kzdash", "accuracy", 0.7),
                      ("gold", "always neutral", "accuracy", 0.8)],
                     "by accuracy (0.70) no better than “always neutral” (0.80) on labelled "
                     "articles", id="below its bar"),
    ],
)  # fmt: skip
def test_weak_measures_get_a_badge(rows, said):
    assert said in badge("stance", figures(*rows)).text


def test_a_measure_that_beats_its_baselines_gets_none():
    rows = [("gold", "kzdash", "macro-F1", 0.8), ("gold", "VADER", "macro-F1", 0.4),
            ("five articles", "annotators", "macro-F1", 0.9)]  # fmt: skip
    assert badge("stance", figures(*rows)) is None


def test_shipped_figures_name_what_has_no_labels():
    said = " ".join(found.text for found in badges(*NAMES))
    for name in ("Roles", "Epithets", "Sentiment"):
        assert f"{name}: not validated" in said
