"""Badges: which measures labels do not support, and what is said of them."""

import pandas as pd
import pytest

from kzdash.ui.stance_figures import PUBLISHED_ON, SETS
from kzdash.ui.validity import (
    COLUMNS,
    NAMES,
    VARIABLE,
    badge,
    badges,
    build_figures,
    is_home,
    labelled_outlets,
    reached,
)


def figures(*rows):
    """Return validation figures of (data, method, metric, value)."""
    full = [
        ("stance", data, method, metric, value, None, None, 10, "")
        for data, method, metric, value in rows
    ]
    return pd.DataFrame(full, columns=COLUMNS)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param([], "Stance: not yet checked against labels", id="nothing"),
        pytest.param([("gold", "VADER", "accuracy", 0.4)], "not yet checked", id="baseline only"),
        pytest.param([("NewsMTSC dev_mt", "kzdash", "macro-F1", 0.8)],
                     "on no labelled article; there 0.80, where 1 is perfect", id="elsewhere, F1"),
        pytest.param([("NewsMTSC dev_mt", "kzdash", "macro-F1", 0.6),
                      ("NewsMTSC dev_mt", "kzdash", "accuracy", 0.8),
                      ("NewsMTSC dev_mt", "always neutral", "accuracy", 0.7)],
                     "there right 80 % of the time, calling everything neutral 70 %",
                     id="elsewhere"),
        pytest.param([("gold", "kzdash", "accuracy", 0.7),
                      ("gold", "always neutral", "accuracy", 0.8)],
                     "single labels are right 70 % of the time, calling everything neutral 80 %",
                     id="below its bar"),
        pytest.param([("gold", "kzdash", "accuracy", 0.701),
                      ("gold", "VADER", "accuracy", 0.704)],
                     "right 70.1 % of the time, “VADER” 70.4 %", id="just below its bar"),
        pytest.param([("gold", "kzdash", "macro-F1", 0.4), ("gold", "VADER", "macro-F1", 0.5)],
                     "agrees with the labels no more than “VADER” does (0.40 against 0.50, 1 is "
                     "perfect)", id="below its bar, F1"),
    ],
)  # fmt: skip
def test_weak_measures_get_a_badge(rows, said):
    assert said in badge("stance", figures(*rows)).text


@pytest.mark.parametrize(("f1", "trusted"), [(0.6, True), (0.2, False)])
def test_means_are_trusted_where_labels_are_told_apart_better_than_by_a_baseline(f1, trusted):
    rows = [
        ("gold", "kzdash", "accuracy", 0.7),
        ("gold", "always neutral", "accuracy", 0.8),
        ("gold", "kzdash", "macro-F1", f1),
        ("gold", "always neutral", "macro-F1", 0.3),
    ]
    assert ("trust no single label" in badge("stance", figures(*rows)).text) is trusted


@pytest.mark.parametrize(
    ("metric", "low", "said"),
    [
        ("accuracy", 0.6, "right 80 % of the time, calling everything neutral 70 %"),
        ("F1", 0.7, "not surely more than calling everything neutral does"),
        ("accuracy", 0.71, None),
    ],
)
def test_a_baseline_within_the_interval_is_not_beaten(metric, low, said):
    rows = figures(("gold", "kzdash", metric, 0.8), ("gold", "always neutral", metric, 0.7))
    found = badge("stance", rows.assign(low=[low, 0.6], high=0.9))
    assert found is None if said is None else said in found.text


def test_a_measure_is_judged_by_what_a_build_shows_where_that_is_known():
    rows = [
        ("DSE valid", "kzdash", "accuracy", 0.8),
        ("DSE valid", "kzdash", "precision, as shown", 0.92),
        ("DSE valid", "kzdash", "recall, as shown", 0.22),
    ]
    assert "22 % are found, and 92 % of those are right" in badge("stance", figures(*rows)).text


@pytest.mark.parametrize(
    ("n", "value", "said"),
    [
        (10, 0.8, None),
        (9, 0.8, "Frames: checked on dam alone; others are in fewer than 10 labelled sentences"),
        (10, 0.5, "Frames: checked on dam alone"),
    ],
)
def test_categories_that_labels_hardly_have_are_not_checked(n, value, said):
    rows = figures(
        ("gold", "kzdash", "micro-F1", 0.8),
        ("gold", "kzdash", "F1, dam", 0.9),
        ("gold", "kzdash", "F1, river", value),
    ).assign(measure="frames", n=[99, 20, n])
    found = badge("frames", rows)
    assert found is None if said is None else found.text.startswith(said)


@pytest.mark.parametrize(("low", "told"), [(-0.5, True), (0.1, False)])
def test_a_mean_that_may_not_follow_the_labels_is_told(low, told):
    rows = figures(
        ("gold", "kzdash", "accuracy", 0.7),
        ("gold", "always neutral", "accuracy", 0.8),
        ("gold", "kzdash", "Pearson r", 0.2),
    ).assign(low=[None, None, low])
    assert ("does not surely follow the labels (r +0.20)" in badge("stance", rows).text) is told


def test_a_measure_that_beats_its_baselines_gets_none():
    rows = [
        ("gold", "kzdash", "macro-F1", 0.8),
        ("gold", "VADER", "macro-F1", 0.4),
        ("five articles", "annotators", "macro-F1", 0.9),
    ]
    assert badge("stance", figures(*rows)) is None


def test_shipped_figures_name_what_has_no_labels():
    said = " ".join(found.text for found in badges(*NAMES))
    for name in ("Roles", "Epithets", "Sentiment"):
        assert f"{name}: not yet checked" in said


def test_a_measure_above_its_baselines_is_given_with_its_sample():
    good = [name for name in NAMES if not badges(name)]
    assert "voice" in good
    assert reached("voice") == "voice (F1 1.00, n = 15)"


@pytest.mark.parametrize(
    ("data", "home"),
    [
        ("labelled articles", True),
        ("labels", True),
        ("NewsMTSC dev_mt", False),
        ("DSE valid", False),
        ("five articles", False),
        *((name, name == SETS["gold"]) for name in SETS.values()),
        *((name, False) for name in PUBLISHED_ON.values()),
    ],
)
def test_data_of_labelled_articles_is_known_by_its_name(data, home):
    assert is_home(data) is home


def test_the_environment_names_other_figures(tmp_path, monkeypatch):
    own = figures(("our own", "kzdash", "accuracy", 0.25))
    own.to_parquet(tmp_path / "own.parquet")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.parquet"))
    assert build_figures()["data"].tolist() == ["our own"]


def test_the_outlets_of_labelled_articles_are_known(tmp_path, monkeypatch):
    rows = [
        ("articles", "gold", "labels", "articles", 1, None, None, 1, outlet)
        for outlet in ("steppe", "alatau")
    ]
    pd.DataFrame(rows, columns=COLUMNS).to_parquet(tmp_path / "own.parquet")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.parquet"))
    assert labelled_outlets() == ["alatau", "steppe"]
