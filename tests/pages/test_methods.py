"""The Methods page: how well stance is measured, and what it does without figures."""

import json
from dataclasses import replace

import pytest
import streamlit as st

from kzdash.store import Store
from kzdash.ui import stance_figures, validity

CHARTS = {"stance_scores", "stance_kinds", "stance_matrix", "stance_reliability", "stance_styles"}
OWN = {"labelled": "own"}


def texts(at):
    return [element.proto.body for element in at.get("html")]


def charts(at):
    return {c.proto.id.rpartition("-chart_")[2] for c in at.get("plotly_chart")}


@pytest.fixture
def open_methods(open_page):
    """Open the page on the measure stance; no exception, no error box."""

    def open_(**query):
        at = open_page("pages/methods.py", measure="stance", **query)
        assert not at.exception
        assert not [t for t in texts(at) if 'role="alert"' in t]
        return at

    return open_


def test_stance_is_judged_in_words_then_in_charts(open_methods):
    at = open_methods(**OWN)
    assert charts(at) == CHARTS
    said = " ".join(texts(at))
    for words in ("comes from a person", "consistency of the codebook", "kzdash gives",
                  "Where it is bad", "Expected calibration error",
                  "Evidence calls the label unsure", "made of probabilities, not of labels",
                  "Most change", "data/models/stance/README.md"):  # fmt: skip
        assert words in said


@pytest.mark.parametrize("measure", ["mentions", "stance", "voice", "frames", "relations"])
def test_labels_of_language_models_are_never_said_to_be_peoples(open_page, measure):
    at = open_page("pages/methods.py", measure=measure)
    said = " ".join([*texts(at), *(c.proto.spec for c in at.get("plotly_chart"))]).lower()
    for true in (
        "people labelled newsmtsc",
        "that people labelled (newsmtsc",
        "agreement of people",
    ):
        said = said.replace(true, "")
    assert "people" not in said.replace("people and states", "")


def test_the_matrix_and_the_curve_show_the_chosen_data(open_methods):
    at = open_methods(**OWN)
    content = json.loads(stance_figures.FIGURES.read_text(encoding="utf-8"))
    specs = {
        c.proto.id.rpartition("-chart_")[2]: json.loads(c.proto.spec)
        for c in at.get("plotly_chart")
    }
    cells = specs["stance_matrix"]["data"][0]["text"]
    assert [int(c.split(" ")[0].replace(",", "")) for c in cells] == [
        n for line in content["data"]["own"]["confusion"] for n in line
    ]
    curve = specs["stance_reliability"]["data"][0]
    assert curve["y"] == [r["accuracy"] for r in content["reliability"]["own"]]


def test_labelled_data_is_never_said_to_be_the_selection(open_methods):
    at = open_methods(outlet="rt")
    for chart in at.get("plotly_chart"):
        assert "labelled data, whatever the filters" in chart.proto.spec


@pytest.mark.parametrize("value", ["nobody", "<b>", ""])
def test_unknown_data_gives_the_first(open_methods, value):
    at = open_methods(labelled=value)
    assert at.selectbox(key="choice_labelled").value == "gold"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="no file"),
        pytest.param("{", id="not JSON"),
        pytest.param('{"data": {"own": {"macro_f1": 0.5}}}', id="little"),
    ],
)
def test_few_figures_of_the_model_still_give_a_page(open_methods, text, tmp_path, monkeypatch):
    path = tmp_path / "figures.json"
    if text is not None:
        path.write_text(text)
    monkeypatch.setattr(stance_figures, "FIGURES", path)
    assert "stance_scores" in charts(open_methods())


def test_without_any_figures_the_page_says_so(open_methods, tmp_path, monkeypatch):
    monkeypatch.setattr(stance_figures, "FIGURES", tmp_path / "none.json")
    monkeypatch.setattr(validity, "VALIDATION", tmp_path / "none.parquet")
    assert any("Not yet validated" in t for t in texts(open_methods()))


def test_other_measures_keep_their_chart(open_page):
    at = open_page("pages/methods.py", measure="mentions")
    assert charts(at) == {"validation"}


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (["rt", "eurasianet"], "No article of Atlantico Quotidiano and KZ.expert is labelled"),
        (["rt", "eurasianet", "atlantico", "kz-expert"], ""),
        ([], ""),
    ],
    ids=["some", "all", "unknown"],
)
def test_outlets_without_labels_are_named(open_methods, monkeypatch, known, said):
    monkeypatch.setattr(validity, "labelled_outlets", lambda: known)
    found = " ".join(texts(open_methods()))
    assert ("is labelled: what holds there" in found) is bool(said)
    assert said in found


@pytest.mark.parametrize("named", ["rejected", "noted"])
def test_inputs_that_a_build_names_are_listed(open_methods, monkeypatch, named):
    item = {"place": "arts/a.md", "reason": "read as windows-1252"}
    opened = Store.__init__

    def with_one(self, read, manifest, *rest):
        opened(self, read, replace(manifest, **{named: (item,)}), *rest)

    monkeypatch.setattr(Store, "__init__", with_one)
    st.cache_resource.clear()
    tables = [table.value.to_numpy().ravel().tolist() for table in open_methods().dataframe]
    st.cache_resource.clear()
    assert any("arts/a.md" in values for values in tables)
