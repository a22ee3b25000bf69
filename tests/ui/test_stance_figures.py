"""The stance model's figures as tables, and the verdict."""

import json

import pandas as pd
import pytest

from kzdash.charts.reliability import METHODS
from kzdash.ui import stance_figures as figures
from kzdash.ui import validity
from kzdash.ui.stance import together
from kzdash.ui.verdict import WHOLE, Pipeline, calibration, verdict

SCORE = {"macro_f1": 0.5, "accuracy": 0.7, "n": 100}
FOLDS = [
    {"fold": 0, "macro_f1": 0.6, "accuracy": 0.7, "n": 9},
    {"fold": 1, "macro_f1": 0.7, "accuracy": 0.8, "n": 8},
]
CONTENT = {
    "data": {
        "own": {**SCORE, "interval": [0.4, 0.6], "second_coder": {**SCORE, "macro_f1": 0.8},
                "by_kind": {"title": {**SCORE, "vader": SCORE}, "name": SCORE, "odd": SCORE}},
        "gold": {**SCORE, "ece": 0.05, "confusion": [[3, 4, 1], [0, 9, 0], [0, 0, 0]],
                 "shares": {"labelled": [0.4, 0.5, 0.1], "expected": [0.3, 0.5, 0.2]}},
        "mt": {**SCORE, "vader": {**SCORE, "macro_f1": 0.3}},
    },
    "reliability": {"gold": [{"low": 0.4, "high": 0.5, "n": 3, "confidence": 0.45,
                              "accuracy": 0.6}]},
    "abstention": {"gold": [{"threshold": 0.4, "kept": 0.9, "accuracy": 0.8}]},
    "published_best": {"test_mt": 0.825},
    "seeds": {"own": {"mean": 0.5, "sd": 0.01, "runs": 3}},
    "folds": {"each": FOLDS, "all": {**SCORE, "by_style": {"portrait": SCORE},
                                     "second_coder": {**SCORE, "macro_f1": 0.8},
                                     "confusion": [[1, 0, 0]] * 3}},
    "name_swap": {"states": {"mean": 0.1, "greatest": 0.9, "changed": 0.2, "opposed": 0.0,
                             "limit": {"mean": 0.15, "opposed": 0.12}, "kept": True,
                             "mean_by_name": {"Aland": 0.1, "Bland": -0.2}}},
}  # fmt: skip
BUILD = pd.DataFrame(
    [
        ("stance", "labelled articles", method, metric, value, None, None, n, 2, "")
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


def test_without_figures_tables_are_empty():
    tables = [
        figures.scores({}),
        figures.groups({}, "gold", "by_kind", figures.KINDS),
        figures.matrix({}, "gold"),
        figures.reliability({}, "gold"),
        figures.abstention({}, "gold"),
        figures.shares({}, "gold"),
        figures.name_swap({}),
        figures.seeds({}),
        figures.folds({}),
    ]
    assert [len(table) for table in tables] == [0] * len(tables)
    assert verdict({}, Pipeline(BUILD.head(0))) == []


@pytest.mark.parametrize("text", ["", "{", "\ufeff"])
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


def test_the_curve_and_what_is_left_open_are_read_by_data_set():
    assert figures.reliability(CONTENT, "gold")["n"].tolist() == [3]
    assert figures.abstention(CONTENT, "gold")["kept"].tolist() == [0.9]
    assert figures.reliability(CONTENT, "own").empty


def test_shares_of_labels_stand_beside_mean_probabilities():
    table = figures.shares(CONTENT, "gold").set_index("label")
    assert table.loc["positive"].to_dict() == {"labelled": 0.1, "expected": 0.2}


def test_name_swap_says_in_words_what_must_not_be_exceeded():
    [found] = figures.name_swap(CONTENT).to_dict("records")
    assert found == {
        "group": "states",
        "mean_change": 0.1,
        "greatest_change": 0.9,
        "label_changes": 0.2,
        "opposed": 0.0,
        "limit": "mean 0.15, opposed 0.12",
        "kept": "yes",
    }
    assert figures.name_means(CONTENT, "states") == {"Aland": 0.1, "Bland": -0.2}


def test_seeds_and_folds():
    [found] = figures.seeds(CONTENT).itertuples(index=False)
    assert found == (figures.SETS["own"], 0.5, 0.01, 3)
    assert figures.folds(CONTENT)["macro_f1"].tolist() == [0.6, 0.7]


def test_figures_over_all_folds_are_a_data_set():
    assert "folds" in figures.names(CONTENT)
    assert figures.groups(CONTENT, "folds", "by_style", {})["data"].tolist()[-1] == "portrait"
    assert len(figures.matrix(CONTENT, "folds")) == 9


def test_the_verdict_says_where_a_simple_baseline_is_more_often_right():
    said = verdict(CONTENT, Pipeline(BUILD))
    assert "2 labelled articles, 242 mentions, kzdash gives 70\u00a0%" in said[0]
    assert "which agrees more often (80\u00a0%)" in said[0]
    text = " ".join(said)
    for words in (
        "of 8 negative mentions, each asked about alone, it finds 3",
        "macro-F1 of 0.27 (n = 40)",
        "hardly follows",
        "(a second language model 0.80)",
    ):
        assert words in text


def test_the_verdict_tells_of_the_mentions_that_a_build_finds():
    own = {"measure": "stance", "data": "labelled articles", "method": "kzdash", "note": ""}
    rows = [
        {**own, "metric": f"{metric}, mentions found", "value": value, "low": low, "high": 0.9,
         "n": n}
        for metric, value, low, n in (
            ("accuracy", 0.61, 0.5, 190), ("macro-F1", 0.52, 0.4, 190), ("Pearson r", 0.8, 0.3, 9)
        )
    ]  # fmt: skip
    text = " ".join(verdict(CONTENT, Pipeline(pd.concat([BUILD, pd.DataFrame(rows)]))))
    assert "of the 190 that it does, 61\u00a0% get the annotators' label" in text
    assert "follows the labels (correlation +0.80 over 9 actors" in text


@pytest.mark.parametrize(
    ("ece", "words"), [(0.05, "0.090, worse than 0.050"), (0.1, "0.090, no worse than 0.100")]
)
def test_calibration_of_the_pipeline_is_read_and_compared(ece, words):
    content = {"data": {"gold": {"ece": ece}}}
    assert words in calibration(content, Pipeline(BUILD))


@pytest.mark.parametrize("least", [0.45, None])
def test_the_threshold_is_the_manifests(least, tmp_path, monkeypatch):
    path = tmp_path / "manifest.json"
    if least is not None:
        path.write_text(json.dumps({"abstain_below": least}))
    monkeypatch.setattr(figures, "MANIFEST", path)
    assert figures.threshold() == least


def test_every_method_has_a_mark():
    named = {figures.MODEL, figures.ALONE, figures.NEUTRAL, figures.VADER}
    assert set(METHODS) == named | {figures.CODER, figures.PUBLISHED}


@pytest.mark.parametrize(
    ("news", "said"),
    [
        ({**SCORE, "always_neutral": {**SCORE, "accuracy": 0.6}}, True),
        (SCORE, False),
        ({}, False),
    ],
    ids=["with its baseline", "without one", "not measured"],
)
def test_the_verdict_sets_real_news_beside_always_neutral(news, said):
    content = {**CONTENT, "data": {**CONTENT["data"], "news": news}}
    text = " ".join(verdict(content, Pipeline(BUILD)))
    assert (
        "70 % of them right, where always neutral has 60 %" in text.replace("\xa0", " ")
    ) == said
