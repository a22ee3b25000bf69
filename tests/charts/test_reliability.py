"""Charts of how far a model can be relied on, as data."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from kzdash.charts import reliability

SCORES = pd.DataFrame(
    {
        "data": ["our <b>", "our <b>", "news test (another split)"],
        "method": ["stance model", "VADER", "published best"],
        "macro_f1": [0.6, 0.3, 0.8],
        "low": [0.5, None, None],
        "high": [0.7, None, None],
        "n": [200.0, 200.0, None],
    }
)
MATRIX = pd.DataFrame(
    [
        (a, b, n, n / 8)
        for a in ("negative", "neutral", "positive")
        for b, n in (("negative", 5), ("neutral", 2), ("positive", 1))
    ],
    columns=["label", "predicted", "n", "share"],
)
CURVE = pd.DataFrame(
    [(0.4, 0.5, 0.45, 1.0, 1.0), (0.5, 0.6, 0.55, 0.4, 30.0), (0.9, 1.0, 0.95, 0.97, 90.0)],
    columns=["low", "high", "confidence", "accuracy", "n"],
)
DRAWN = {
    "scores": (lambda table: reliability.scores(table, title="T", subtitle="S"), SCORES),
    "matrix": (reliability.matrix, MATRIX),
    "curve": (reliability.curve, CURVE),
}


@pytest.mark.parametrize("draw", DRAWN)
@pytest.mark.parametrize("rows", [99, 0])
def test_plotly_knows_what_a_chart_sets(draw, rows):
    function, table = DRAWN[draw]
    spec = function(table.head(rows)).to_dict()
    checked = json.loads(go.Figure(spec).to_json())
    assert checked["data"] == json.loads(json.dumps(spec["data"]))


def test_a_line_is_data_and_a_mark_a_method():
    spec = reliability.scores(SCORES, title="T", subtitle="S").to_dict()
    marks = {t["name"]: (t["x"], t["y"], t["marker"]["symbol"]) for t in spec["data"]}
    assert marks == {
        "stance model": ([0.6], [0], ["circle"]),
        "VADER": ([0.3], [0], ["x"]),
        "published best": ([0.8], [1], ["square"]),
    }
    assert spec["layout"]["yaxis"]["ticktext"][0] == "our &lt;b&gt;"
    texts = [t["hovertext"][0] for t in spec["data"]]
    assert "macro-F1 0.60 (95 % interval 0.50 to 0.70)<br>200 mentions" in texts[0]
    assert texts[2].endswith("macro-F1 0.80")


@pytest.mark.parametrize("kind", [float, object])
def test_a_figure_of_few_mentions_is_hollow(kind):
    table = SCORES.assign(n=pd.Series([49.0, 50.0, None], dtype=kind))
    spec = reliability.scores(table, title="T", subtitle="S").to_dict()
    assert [t["marker"]["symbol"] for t in spec["data"]] == [["circle-open"], ["x"], ["square"]]
    assert spec["layout"]["meta"]["reading"] == "Hollow: under 50 mentions."


def test_the_matrix_has_the_labels_as_lines_and_the_models_as_columns():
    spec = reliability.matrix(MATRIX).to_dict()
    [cells] = spec["data"]
    assert (cells["x"][1], cells["y"][1], cells["text"][1]) == (1, 0, "2 (25\u00a0%)")
    right = [i for i, symbol in enumerate(cells["marker"]["symbol"]) if symbol == "square"]
    assert right == [0, 4, 8]
    assert "model" in spec["layout"]["xaxis"]["ticktext"][0]
    assert "labelled" in spec["layout"]["yaxis"]["ticktext"][0]


@pytest.mark.parametrize(("share", "text"), [(None, "0 (–)"), (0.0, "0 (0\u00a0%)")])
def test_a_label_that_was_never_given_has_no_mark(share, text):
    [cells] = reliability.matrix(MATRIX.assign(n=0, share=share)).to_dict()["data"]
    assert set(cells["text"]) == {text}
    assert set(cells["marker"]["size"]) == {0}


def test_each_method_has_a_mark_of_its_own():
    drawn = [(style.colour, style.symbol) for style in reliability.METHODS.values()]
    assert len(set(drawn)) == len(drawn)


def test_the_curve_stands_against_the_diagonal_with_the_mentions_at_its_marks():
    spec = reliability.curve(CURVE).to_dict()
    _, dots = spec["data"]
    assert (dots["x"], dots["y"]) == ([0.45, 0.55, 0.95], [1.0, 0.4, 0.97])
    assert dots["text"] == ["1", "30", "90"]
    [diagonal] = spec["layout"]["shapes"]
    assert [diagonal[k] for k in ("x0", "y0", "x1", "y1")] == [0, 0, 1, 1]


def test_a_bin_of_few_mentions_is_hollow_and_not_joined_to_the_line():
    line, dots = reliability.curve(CURVE).to_dict()["data"]
    assert (line["x"], line["y"]) == ([0.55, 0.95], [0.4, 0.97])
    assert dots["marker"]["symbol"] == ["circle-open", "circle", "circle"]
