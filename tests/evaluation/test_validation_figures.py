import json
import re
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from kzdash.evaluation.benchmarks import dse_figures, newsmtsc_figures
from kzdash.evaluation.dse import unmark
from kzdash.evaluation.figures import (
    SCHEMA,
    FigureRow,
    all_figures,
    frame_figures,
    mention_figures,
    outlets,
    stance_figures,
    stance_found_figures,
    voice_figures,
    write,
)
from kzdash.evaluation.labels import LabelledArticle
from kzdash.evaluation.mentions import MentionLabel
from kzdash.evaluation.outcomes import FrameOutcome, Outcomes, StanceOutcome, VoiceOutcome
from kzdash.evaluation.run import evaluate
from kzdash.nlp.pipeline import load
from kzdash.nlp.stance_model import StanceScore
from kzdash.schema import Article


def stance(label, p, article="a", actor="x", vader=0):
    score = None if p is None else StanceScore(*p)
    return StanceOutcome.of(article, actor, "name", "own", label, score, vader)


SURE = {-1: (0.8, 0.1, 0.1), 0: (0.1, 0.8, 0.1), 1: (0.1, 0.1, 0.8)}
STANCES = [stance(label, SURE[found]) for label, found in [(-1, -1), (0, 0), (1, 1), (1, 0)]]


def value(rows, method, metric):
    [row] = [row for row in rows if (row.method, row.metric) == (method, metric)]
    return row.value


@pytest.mark.parametrize(
    ("method", "metric", "expected"),
    [
        ("kzdash", "accuracy", 3 / 4),
        ("kzdash", "macro-F1", (1 + 2 / 3 + 2 / 3) / 3),
        ("always neutral", "accuracy", 1 / 4),
        ("VADER", "accuracy", 1 / 4),
        ("kzdash", "macro-F1, names", (1 + 2 / 3 + 2 / 3) / 3),
    ],
)
def test_stance_figures_follow_from_the_outcomes(method, metric, expected):
    rows = list(stance_figures("x", STANCES))
    assert value(rows, method, metric) == pytest.approx(expected)


def test_stance_of_mentions_found_is_of_all_that_are_taken_for_an_actor():
    labels = {"x": 1, "y": 0, "z": -1}
    stances = [stance(n, SURE[n], actor=actor) for actor, n in labels.items() for _ in range(5)]
    scores = {("a", "x"): [0.7, 0.1], ("a", "y"): [0.3], ("a", "z"): [-0.2, 0.2], ("a", "w"): [1]}
    own = [stance(1, SURE[1]), stance(1, SURE[0])]
    found = Outcomes(stances=stances, stances_found=own, scores_found=scores)
    rows = list(stance_found_figures("x", found))
    assert value(rows, "kzdash", "accuracy, mentions found") == 0.5
    r = value(rows, "kzdash", "Pearson r, mentions found")
    assert r == pytest.approx(np.corrcoef([1, 0, -1], [0.4, 0.3, 0.0])[0, 1])


def test_a_stance_that_could_not_be_scored_counts_as_neutral():
    rows = list(stance_figures("x", [stance(0, None), stance(1, None)]))
    assert value(rows, "kzdash", "accuracy") == 0.5


def test_failures_are_counted_by_kind():
    rows = [row for row in stance_figures("x", STANCES) if row.metric == "failures"]
    assert [(row.note, row.value) for row in rows] == [("positive taken for neutral", 1)]


def test_mention_figures_count_optional_labels_neither_way():
    found = Outcomes(
        mentions_labelled=[
            MentionLabel("a", 0, 5, "x", "name"),
            MentionLabel("a", 9, 11, "x", "pronoun", required=False),
        ],
        mentions_found=[MentionLabel("a", 0, 5, "x", "name")],
    )
    rows = list(mention_figures("x", found))
    assert value(rows, "kzdash", "F1") == 1
    assert value(rows, "exact names", "F1") == 0


def test_voice_figures_compare_with_quotation_marks():
    outcomes = [
        VoiceOutcome("a", "quoted", "quoted", True, between_marks=True),
        VoiceOutcome("a", "quoted", "quoted", False, between_marks=False),
        VoiceOutcome("a", "own", "own", None, between_marks=True),
    ]
    rows = list(voice_figures("x", outcomes))
    assert value(rows, "kzdash", "F1") == 1
    assert value(rows, "quotation marks only", "F1") == 0.5
    assert value(rows, "kzdash", "speaker accuracy") == 0.5


def test_frame_figures_ignore_optional_frames():
    outcomes = [
        FrameOutcome(
            "a",
            frozenset({"security"}),
            frozenset({"diplomacy"}),
            frozenset({"security", "diplomacy"}),
        ),
        FrameOutcome("b", frozenset({"security"}), frozenset(), frozenset()),
    ]
    rows = list(frame_figures("x", outcomes))
    assert value(rows, "kzdash", "micro-F1") == pytest.approx(2 / 3)
    assert value(rows, "kzdash", "precision") == 1


def test_the_outlets_of_labelled_articles_are_counted():
    of = ["steppe", "alatau", "steppe"]
    articles = [
        LabelledArticle(Article(f"a{n}", outlet, "T", "x"), ()) for n, outlet in enumerate(of)
    ]
    found = [(row.measure, row.note, row.value) for row in outlets("gold", articles)]
    assert found == [("articles", "alatau", 1), ("articles", "steppe", 2)]


def test_figures_survive_parquet(tmp_path):
    rows = all_figures("x", Outcomes(stances=STANCES))
    write(rows, tmp_path / "v.parquet")
    table = pq.read_table(tmp_path / "v.parquet")
    assert table.schema.equals(SCHEMA)
    assert table.num_rows == len(rows)


@pytest.mark.parametrize(
    ("marked", "first", "second"),
    [
        ("[Mamin] blamed [Smailov].", "Mamin", "Smailov"),
        ("[Mamin] blamed [Smailov].", "Smailov", "Mamin"),
        ("The [cabin]et fell on [Mamin] ([sic]).", "cabin", "Mamin"),
    ],
)
def test_entities_are_found_between_their_brackets(marked, first, second):
    item = unmark(marked, first, second)
    assert [item.text[slice(*place)] for place in (item.a, item.b)] == [first, second]
    assert f"[{first}]" not in item.text


@pytest.mark.parametrize("first", ["Mami", "cabinet", "Smailov"])
def test_a_sentence_without_both_marks_is_left_out(first):
    assert unmark("[Mamin] blamed [Smailov].", first, "Smailov") is None


@pytest.mark.parametrize(
    ("low", "high", "value", "shown"),
    [
        pytest.param(0.5, 0.75, 0.625, ["0.625", "0.500 to 0.750", "n = 12"], id="interval"),
        pytest.param(None, None, 0.625, ["0.625", "n = 12"], id="no interval"),
        pytest.param(None, None, None, ["–", "n = 12"], id="no value"),
    ],
)
def test_a_figure_reads_as_a_line(low, high, value, shown):
    row = FigureRow("stance", "labels", "kzdash", "accuracy", value, low, high, 12, 2)
    cells = [cell for cell in re.split(r" {2,}", str(row)) if cell]
    assert cells == ["stance", "labels", "kzdash", "accuracy", *shown]


class SureModel:
    """A stance model that finds everything positive."""

    def score(self, items):
        return [StanceScore(0.0, 0.1, 0.9) for _ in items]


@pytest.mark.parametrize(
    ("stem", "beside"),
    [
        pytest.param("dev_mt", "NewsMTSC test_mt (another split)", id="our dev, their test"),
        pytest.param("test_rw", "NewsMTSC test_rw", id="both on test"),
        pytest.param("train", None, id="nothing published"),
    ],
)
def test_a_published_figure_stands_beside_ours_on_the_same_split_alone(tmp_path, stem, beside):
    line = {"sentence_normalized": "Ada won.", "targets": [{"from": 0, "to": 3, "polarity": 6}]}
    file = tmp_path / f"{stem}.jsonl"
    file.write_text(json.dumps(line))
    rows = newsmtsc_figures(file, SureModel())
    assert {r.data for r in rows if r.method == "kzdash"} == {f"NewsMTSC {stem}"}
    found = [r.data for r in rows if "published" in r.method]
    assert found == ([beside] if beside else [])


class LikelyModel:
    """Finds "a against b" everywhere."""

    def predict(self, items):
        return [(0.1, 0.0, 0.0, 0.9, 0.0)] * len(items)

    def label(self, p):
        return 3


def test_relations_as_shown_need_a_link_of_syntax(tmp_path):
    file = tmp_path / "valid.txt"
    lines = [
        ("[Mamin] attacked [Smailov].", 3),
        ("[Mamin] attacked [Smailov].", 0),
        ("[Mamin] did not attack [Smailov].", 0),
        ("As [Mamin] spoke, rain fell on [Smailov].", 3),
    ]
    file.write_text("".join(f"{text}\tMamin\tSmailov\t{n}\n" for text, n in lines))

    rows = dse_figures(file, LikelyModel(), load())

    shown = {row.metric: row.value for row in rows if "as shown" in row.metric}
    assert shown == {"precision, as shown": 0.5, "recall, as shown": 0.5}


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["gold.jsonl"], {"labelled articles"}),
        (["a.jsonl", "b.jsonl"], {"labelled articles (a.jsonl)", "labelled articles (b.jsonl)"}),
    ],
)
def test_the_figures_of_several_label_files_stand_apart(tmp_path, monkeypatch, files, names):
    monkeypatch.chdir(tmp_path)
    line = {"article": "a", "n": 0, "text": "Tokayev waits", "mentions": [], "frames": None}
    for name in files:
        Path(name).write_text(json.dumps(line) + "\n")
    rows = evaluate([Path(name) for name in files])
    assert {r.data for r in rows if r.method == "kzdash"} == names
