"""The stance model's figures as tables, and the verdict, from whole, old, new and odd files."""

import json

import pandas as pd
import pytest

from kzdash.ui import stance_figures as figures
from kzdash.ui import validity
from kzdash.ui.stance import together
from kzdash.ui.verdict import WHOLE, Pipeline, calibration, verdict

SCORE = {"macro_f1": 0.5, "accuracy": 0.7, "n": 100}
CONTENT = {
    "calibration": {"abstain_below": 0.4},
    "data": {
        "own": {**SCORE, "interval": [0.4, 0.6], "second_coder": {**SCORE, "macro_f1": 0.8},
                "by_kind": {"title": {**SCORE, "vader": SCORE}, "name": SCORE, "odd": SCORE}},
        "gold": {**SCORE, "ece": 0.05, "confusion": [[3, 4, 1], [0, 9, 0], [0, 0, 0]]},
        "mt": {**SCORE, "vader": {**SCORE, "macro_f1": 0.3}},
    },
    "reliability": {"gold": [{"low": 0.4, "high": 0.5, "n": 3, "confidence": 0.45,
                              "accuracy": 0.6}, {"low": 0.5}]},
    "abstention": {"gold": [{"threshold": 0.4, "kept": 0.9, "accuracy": 0.8}]},
    "published_best": {"test_mt": 0.825},
}  # fmt: skip
BUILD = pd.DataFrame(
    [
        ("stance", "gold_dev", method, metric, value, None, None, n, 2, "")
        for method, metric, value, n in [
            ("kzdash", "macro-F1", 0.55, 242), ("kzdash", "accuracy", 0.7, 242),
            ("always neutral", "macro-F1", 0.29, 242), ("always neutral", "accuracy", 0.8, 242),
            ("kzdash", "macro-F1, titles", 0.27, 40), ("kzdash", "Pearson r", 0.02, 17),
            ("kzdash", "expected calibration error", 0.09, 238),
        ]
    ] + [("stance", "NewsMTSC dev_mt", "kzdash", "macro-F1", 0.5, 0.45, 0.55, 100, 30, ""),
         ("stance", "NewsMTSC test_mt (another split)", "published best (GRU-TSC)", "macro-F1",
          0.825, None, None, 0, 0, "")],
    columns=[*validity.COLUMNS[:-1], "articles", "note"],
)  # fmt: skip
ODD = [
    pytest.param({}, id="nothing"),
    pytest.param({"data": [], "reliability": 3, "name_swap": None, "seeds": "x", "folds": 7},
                 id="other types"),
    pytest.param({"data": {"own": None, "gold": {"macro_f1": "high", "confusion": [[1], 2]},
                           "mt": {"macro_f1": float("nan")}},
                  "reliability": {"gold": [1, {"low": None}]}, "abstention": {"gold": {}},
                  "name_swap": {"states": 1}, "seeds": {"own": []}, "folds": [{"fold": None}, 3]},
                 id="odd values"),
    pytest.param({"data": {"gold": {"macro_f1": 0.5, "interval": "wide", "by_kind": {"name": 1},
                                    "confusion": [[1, 2, 3], [1, 2, "x"], [1, 2, 3]]}}},
                 id="odd parts"),
]  # fmt: skip


@pytest.mark.parametrize("content", ODD)
def test_odd_figures_give_fewer_rows_and_no_error(content):
    tables = [
        figures.groups(content, "gold", "by_kind", figures.KINDS),
        figures.matrix(content, "gold"), figures.reliability(content, "gold"),
        figures.abstention(content, "gold"), figures.name_swap(content), figures.seeds(content),
        figures.folds(content),
    ]  # fmt: skip
    assert [len(table) for table in tables] == [0] * len(tables)
    assert all(isinstance(line, str) for line in verdict(content, Pipeline(BUILD.head(0))))


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"data": ' + "[" * 10_000, "\ufeff"])
def test_a_file_that_cannot_be_read_is_empty(text, tmp_path, monkeypatch):
    path = tmp_path / "figures.json"
    path.write_text(text)
    monkeypatch.setattr(figures, "FIGURES", path)
    assert figures.read() == {}
    monkeypatch.setattr(figures, "FIGURES", tmp_path / "none.json")
    assert figures.read() == {}


def test_a_published_test_figure_has_a_line_of_its_own():
    table = together(Pipeline(BUILD), CONTENT)
    theirs = table[table["method"] == "published best"]
    assert set(theirs["data"]) == {"NewsMTSC test, several targets (published best, another split)"}
    assert not set(theirs["data"]) & set(table[table["method"] == "stance model"]["data"])


def test_scores_of_the_pipeline_come_first_and_stand_once():
    table = together(Pipeline(BUILD), CONTENT)
    assert table["data"].iloc[0] == WHOLE
    assert not table.duplicated(["data", "method"]).any()
    dev = table[(table["data"] == figures.SETS["mt"]) & (table["method"] == "stance model")]
    assert dev["low"].tolist() == [0.45]


def test_groups_come_in_order_after_all_mentions():
    table = figures.groups(CONTENT, "own", "by_kind", figures.KINDS)
    assert list(dict.fromkeys(table["data"])) == ["all mentions", "names", "titles", "odd"]
    assert table[table["data"] == "titles"]["method"].tolist() == ["stance model", "VADER"]


def test_the_matrix_has_shares_of_its_lines():
    table = figures.matrix(CONTENT, "gold")
    assert table["n"].tolist() == [3, 4, 1, 0, 9, 0, 0, 0, 0]
    assert table["share"].tolist()[:3] == [3 / 8, 4 / 8, 1 / 8]
    assert table["share"].isna().tolist()[6:] == [True] * 3


def test_incomplete_lines_of_the_curve_are_left_out():
    assert figures.reliability(CONTENT, "gold")["n"].tolist() == [3]


@pytest.mark.parametrize(
    ("entry", "row"),
    [
        pytest.param({"mean_change": 0.1, "max_change": 0.9, "flips": 0.01},
                     {"mean_change": 0.1, "greatest_change": 0.9, "opposed": 0.01}, id="old form"),
        pytest.param({"mean": 0.1, "greatest": 0.9, "changed": 0.2, "opposed": 0.0,
                      "limit": {"mean": 0.15, "opposed": 0.12}, "kept": True},
                     {"mean_change": 0.1, "greatest_change": 0.9, "label_changes": 0.2,
                      "opposed": 0.0, "limit": "mean 0.15, opposed 0.12", "kept": "yes"},
                     id="new form"),
        pytest.param({"mean": 0.1, "limit": 0.05, "kept": False},
                     {"mean_change": 0.1, "limit": "mean 0.05", "kept": "no"}, id="one limit"),
    ],
)  # fmt: skip
def test_name_swap_reads_old_and_new_figures(entry, row):
    [found] = figures.name_swap({"name_swap": {"states": entry}}).to_dict("records")
    assert found == {"group": "states", **row}


@pytest.mark.parametrize(
    ("seeds", "row"),
    [
        ({"mean": 0.5, "sd": 0.01, "runs": 3}, (0.5, 0.01, 3)),
        ({"mean": 0.5, "sd": 0.01, "runs": [0.5, 0.49, 0.51]}, (0.5, 0.01, 3)),
        ({"macro_f1": {"mean": 0.5, "sd": 0.01}, "runs": 3}, (0.5, 0.01, 3)),
    ],
)
def test_seeds(seeds, row):
    [found] = figures.seeds({"seeds": {"own": seeds}}).itertuples(index=False)
    assert found == (figures.SETS["own"], *row)


FOLDS = [{"fold": 0, "macro_f1": 0.6, "accuracy": 0.7, "n": 9}, {"fold": 1, "macro_f1": 0.7}]


@pytest.mark.parametrize(
    ("folds", "mean"),
    [
        (FOLDS, 0.65), ({"folds": FOLDS, "mean": 0.66}, 0.66),
        ({"list": FOLDS, "mean": {"macro_f1": 0.66}}, 0.66), ([*FOLDS, {"mean": 0.66}], 0.66),
    ],
)  # fmt: skip
def test_folds(folds, mean):
    assert figures.folds({"folds": folds})["fold"].tolist() == ["0", "1"]
    assert figures.folds_mean({"folds": folds}) == pytest.approx(mean)


def test_figures_over_all_folds_are_a_data_set():
    every = {**SCORE, "by_style": {"portrait": SCORE}, "confusion": [[1, 0, 0]] * 3}
    content = {"folds": {"each": FOLDS, "mean": {"macro_f1": 0.65}, "all": every}}
    assert figures.names(content) == ["folds"]
    assert figures.scores(content)["macro_f1"].tolist() == [0.5]
    assert figures.groups(content, "folds", "by_style", {})["data"].tolist()[1:] == ["portrait"]
    assert len(figures.matrix(content, "folds")) == 9
    [alone] = figures.scores({"folds": FOLDS}).to_dict("records")
    assert (alone["data"], alone["macro_f1"]) == (figures.SETS["folds"], pytest.approx(0.65))


def test_the_verdict_says_where_a_simple_baseline_is_more_often_right():
    said = verdict(CONTENT, Pipeline(BUILD))
    assert (
        "2 labelled articles of the outlets, 242 mentions, the label is right for 70\u00a0%"
        in said[0]
    )
    assert "which is more often right (80\u00a0%)" in said[0]
    text = " ".join(said)
    for words in ("of 8 negative mentions it finds 3", "macro-F1 of 0.27 (n = 40)",
                  "hardly follows", "where a second coder reaches 0.80"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(("ece", "words"), [(0.05, "0.090, worse than 0.050"),
                                            (0.1, "0.090, no worse than 0.100")])  # fmt: skip
def test_calibration_of_the_pipeline_is_read_and_compared(ece, words):
    content = {"data": {"gold": {"ece": ece}}}
    assert words in calibration(content, Pipeline(BUILD))


@pytest.mark.parametrize(
    ("manifest", "content", "least"),
    [
        ({"abstain_below": 0.45}, CONTENT, 0.45), ({}, CONTENT, 0.4), ({}, {}, None),
        ({"abstain_below": "x"}, {}, None),
    ],
)  # fmt: skip
def test_the_threshold_is_the_manifests_else_of_the_figures(
    manifest, content, least, tmp_path, monkeypatch
):
    for name, thing in (("MANIFEST", manifest), ("FIGURES", content)):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(thing))
        monkeypatch.setattr(figures, name, path)
    assert figures.threshold() == least
