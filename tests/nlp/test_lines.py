import json

import pytest

from kzdash.nlp.lines import score_relations, score_stance
from kzdash.nlp.relation_model import LABELS
from kzdash.nlp.stance_model import StanceScore

GOOD = {"text": "Mamin failed.", "start": 0, "end": 5, "id": 7}
PAIR = {"text": "Mamin blamed Smailov.", "a": [0, 5], "b": [13, 20]}


class Stance:
    def score(self, items):
        return [None if "1" in item.text else StanceScore(0.7, 0.2, 0.1) for item in items]

    def reason(self, item):
        return "no words"


class Relation:
    def predict(self, items):
        return [(0.1, 0.1, 0.1, 0.6, 0.1) for _ in items]

    def label(self, shares):
        return 3


def run(score, model, *lines):
    errors = []
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return list(score(texts, model, "x.jsonl", errors.append)), [str(error) for error in errors]


def test_a_line_keeps_its_fields_and_gains_the_stance():
    [line], errors = run(score_stance, Stance(), GOOD)
    assert line == {
        **GOOD, "stance_label": "negative", "stance": -0.6,
        "p_negative": 0.7, "p_neutral": 0.2, "p_positive": 0.1,
    }  # fmt: skip
    assert errors == []


def test_a_relation_line_gains_label_and_probabilities():
    [line], _ = run(score_relations, Relation(), PAIR)
    assert (line["label"], line["p"]) == (LABELS[3], [0.1, 0.1, 0.1, 0.6, 0.1])


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({**GOOD, "text": 3}, id="text is a number"),
        pytest.param({**GOOD, "text": "\ud800 failed"}, id="lone surrogate"),
        pytest.param({**GOOD, "end": 99}, id="target outside"),
        pytest.param({**GOOD, "start": 5}, id="empty target"),
        pytest.param({**GOOD, "start": "0"}, id="offset is text"),
        pytest.param({**GOOD, "start": False}, id="offset is a truth value"),
        pytest.param({"text": "Mamin"}, id="no target"),
    ],
)
def test_a_bad_line_keeps_its_place_with_a_reason(bad):
    lines, errors = run(score_stance, Stance(), GOOD, bad, GOOD)
    assert [line["stance_label"] for line in lines] == ["negative", None, "negative"]
    assert lines[1]["reason"]
    assert errors[0].startswith("x.jsonl, line 2")


@pytest.mark.parametrize("bad", ["{", "[1]", "null", "[" * 100_000])
def test_a_line_that_is_no_object_is_reported_and_left_out(bad):
    lines, errors = run(score_stance, Stance(), bad, GOOD)
    assert len(lines) == 1
    assert errors[0].startswith("x.jsonl, line 1")


def test_a_sentence_that_the_model_gives_up_on_says_why():
    [line], errors = run(score_stance, Stance(), {**GOOD, "text": "Mamin 1234"})
    assert (line["stance"], line["reason"], errors) == (None, "no words", [])


@pytest.mark.parametrize("bad", [{**PAIR, "a": [0]}, {**PAIR, "b": [13, 99]}, {**PAIR, "a": "0"}])
def test_a_bad_pair_keeps_its_place_with_a_reason(bad):
    lines, errors = run(score_relations, Relation(), PAIR, bad)
    assert [line["label"] for line in lines] == [LABELS[3], None]
    assert len(errors) == 1


def test_more_lines_than_a_block_come_back_in_order():
    lines, _ = run(score_stance, Stance(), *({**GOOD, "id": n} for n in range(600)))
    assert [line["id"] for line in lines] == list(range(600))


def test_empty_lines_are_skipped():
    assert run(score_stance, Stance(), "", "  ", GOOD)[0][0]["id"] == 7
