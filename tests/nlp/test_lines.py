import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from kzdash.errors import InputError
from kzdash.nlp.lines import MAX_LINE, reading, score_relations, score_stance
from kzdash.nlp.relation_model import LABELS
from kzdash.nlp.stance_model import StanceScore

GOOD = {"text": "Mamin failed.", "start": 0, "end": 5, "id": 7}
PAIR = {"text": "Mamin blamed Smailov.", "a": [0, 5], "b": [13, 20]}


class Stance:
    abstain_below = 0.5

    def __init__(self):
        self.asked = []

    def score(self, items):
        self.asked += items
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
        **GOOD,
        "stance_label": "negative",
        "stance": -0.6,
        "p_negative": 0.7,
        "p_neutral": 0.2,
        "p_positive": 0.1,
        "sure": True,
    }
    assert errors == []


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        pytest.param({}, ("", ""), id="none"),
        pytest.param({"title": None, "before": None}, ("", ""), id="null"),
        pytest.param({"title": "A fall"}, ("A fall", ""), id="title"),
        pytest.param({"title": "A fall", "before": "He ran."}, ("A fall", "He ran."), id="both"),
    ],
)
def test_the_model_is_given_what_the_article_says_before(given, asked):
    model = Stance()
    run(score_stance, model, GOOD | given)
    assert [(item.title, item.before) for item in model.asked] == [asked]


@pytest.mark.parametrize("name", ["title", "before"])
def test_a_line_whose_context_is_no_text_says_so(name):
    [line], [error] = run(score_stance, Stance(), GOOD | {name: ["He ran."]})
    assert line["stance"] is None
    assert f"'{name}' is not a string" in error


@pytest.mark.parametrize(("threshold", "sure"), [(0.7, True), (0.71, False)])
def test_a_label_is_sure_from_the_threshold_of_the_model(threshold, sure):
    model = Stance()
    model.abstain_below = threshold
    [line], _ = run(score_stance, model, GOOD)
    assert line["sure"] is sure


@pytest.mark.parametrize(
    ("text", "scored"),
    [
        pytest.param("Mamin failed.", True, id="too short to tell"),
        pytest.param("Mamin Smailov Tokayev Nazarbayev", True, id="names"),
        pytest.param("Mamin has failed the people who had voted for him.", True, id="English"),
        pytest.param("Mamin hat das Volk belogen und das Land verraten.", False, id="German"),
        pytest.param("Mamin солгал народу и предал страну.", False, id="Russian"),
        pytest.param("Mamin欺骗了人民背叛了国家。", False, id="Chinese"),
        pytest.param("Mamin lied. " + "Мамин солгал народу. " * 100, False, id="Russian around"),
        pytest.param(
            "Mamin lied to us all. " * 100 + "Мамин солгал народу. " * 100, True, id="English near"
        ),
    ],
)
def test_a_text_of_another_language_is_not_scored(text, scored):
    [line], errors = run(score_stance, Stance(), {"text": text, "start": 0, "end": 5})
    assert (line.get("reason"), line["stance_label"], line["sure"]) == (
        (None, "negative", True) if scored else ("not English", None, None)
    )
    assert errors == []


def test_a_pair_in_another_language_is_not_scored():
    text = "Mamin hat Smailov belogen und das Volk des Landes verraten."
    [line], _ = run(score_relations, Relation(), {"text": text, "a": [0, 5], "b": [10, 17]})
    assert (line["label"], line["p"], line["reason"]) == (None, None, "not English")


@pytest.mark.parametrize(("score", "good"), [(score_stance, GOOD), (score_relations, PAIR)])
def test_an_old_reason_is_removed_where_a_line_is_scored(score, good):
    model = Stance() if score is score_stance else Relation()
    [line], _ = run(score, model, {**good, "reason": "of an earlier run"})
    assert "reason" not in line


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_json_does_not_have_is_null(number):
    text = json.dumps(GOOD)[:-1] + f', "more": [{number}, 0.5]}}'
    [line], _ = run(score_stance, Stance(), text)
    assert line["more"] == [None, 0.5]


def test_a_line_that_is_too_long_keeps_its_place_and_fields():
    long = {**GOOD, "text": "Mamin failed. " + "x" * MAX_LINE}
    lines, [error] = run(score_stance, Stance(), GOOD, long, GOOD)
    assert [line["id"] for line in lines] == [7, 7, 7]
    assert "too long" in lines[1]["reason"]
    assert "too long" in error


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"one\ntwo")))
    with reading(Path("-")) as lines:
        assert list(lines) == ["one\n", "two"]


def test_a_closed_standard_input_is_an_error(monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="standard input: is closed"), reading(Path("-")):
        pytest.fail("was opened")


def test_a_fault_of_the_writer_is_not_the_reader_s(tmp_path):
    (tmp_path / "in.jsonl").write_text("{}")

    def stop():
        with reading(tmp_path / "in.jsonl"):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        stop()


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
def test_a_line_that_is_no_object_keeps_its_place_with_its_number(bad):
    lines, errors = run(score_stance, Stance(), "", bad, GOOD)
    assert [line["stance_label"] for line in lines] == [None, "negative"]
    assert (lines[0]["line"], lines[0]["reason"]) == (2, "not a JSON object")
    assert errors[0].startswith("x.jsonl, line 2")


def test_a_sentence_that_the_model_gives_up_on_says_why():
    [line], errors = run(score_stance, Stance(), {**GOOD, "text": "Mamin 1234"})
    assert (line["stance"], line["reason"], errors) == (None, "no words", [])


@pytest.mark.parametrize("bad", [{**PAIR, "a": [0]}, {**PAIR, "b": [13, 99]}, {**PAIR, "a": "0"}])
def test_a_bad_pair_keeps_its_place_with_a_reason(bad):
    lines, errors = run(score_relations, Relation(), PAIR, bad)
    assert [line["label"] for line in lines] == [LABELS[3], None]
    assert len(errors) == 1


@pytest.mark.parametrize("inside", [0, 1], ids=["the same", "one in the other"])
def test_a_pair_that_overlaps_is_not_scored(inside):
    start, end = PAIR["a"]
    [line], errors = run(score_relations, Relation(), {**PAIR, "b": [start + inside, end]})
    assert (line["label"], line["p"], line["reason"]) == (None, None, "'a' and 'b' overlap")
    assert errors == []


def test_more_lines_than_a_block_come_back_in_order():
    lines, _ = run(score_stance, Stance(), *({**GOOD, "id": n} for n in range(600)))
    assert [line["id"] for line in lines] == list(range(600))


def test_empty_lines_are_skipped():
    assert run(score_stance, Stance(), "", "  ", GOOD)[0][0]["id"] == 7
