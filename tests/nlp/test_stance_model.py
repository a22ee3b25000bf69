"""The stance model as it ships: its files, its figures, its cues."""

import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzdash.errors import ModelError
from kzdash.nlp.stance_model import LABELS, StanceItem, StanceModel
from kzdash.paths import MODELS

SENTENCE = "Minister Aru Seitova praised the brave doctors, but she lied to Oren Valko."


@pytest.fixture(scope="module")
def model() -> StanceModel:
    return StanceModel.load()


def item(text: str, target: str) -> StanceItem:
    start = text.index(target)
    return StanceItem(text, start, start + len(target))


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        pytest.param(
            "Aru Seitova is a corrupt liar who betrayed her country.",
            "Aru Seitova",
            "negative",
            id="blamed",
        ),
        pytest.param(
            "Oren Valko is an honest, capable and widely trusted reformer.",
            "Oren Valko",
            "positive",
            id="praised",
        ),
        pytest.param(
            "Aru Seitova met Oren Valko in the capital on Monday.",
            "Oren Valko",
            "neutral",
            id="reported",
        ),
    ],
)
def test_score_gives_the_label_of_a_clear_sentence(model, text, target, label):
    [score] = model.score([item(text, target)])
    assert score.label == label


def test_score_is_about_the_target_and_not_the_sentence(model):
    text = "The cruel regime of Oren Valko jailed the courageous doctor Aru Seitova."
    valko, seitova = model.score([item(text, "Oren Valko"), item(text, "Aru Seitova")])
    assert valko.stance < seitova.stance


def test_probabilities_sum_to_one(model):
    [score] = model.score([item(SENTENCE, "Aru Seitova")])
    total = score.p_negative + score.p_neutral + score.p_positive
    assert total == pytest.approx(1, abs=1e-9)
    assert score.label in LABELS


def test_score_does_not_depend_on_the_other_items(model):
    items = [
        item(SENTENCE, target) for target in ("Aru Seitova", "doctors", "she", "Oren Valko")
    ] + [item("Oren Valko won.", "Oren Valko"), item(SENTENCE + " " + SENTENCE, "doctors")]
    together = model.score(items)
    assert together == [model.score([one])[0] for one in items]
    assert model.score(items[::-1])[::-1] == together


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        pytest.param(StanceItem("Aru Seitova", 0, 11), "no words", id="only the target"),
        pytest.param(StanceItem("Aru: 12 %, 14.", 0, 3), "no words", id="figures"),
        pytest.param(StanceItem("", 0, 0), "not inside", id="empty text"),
        pytest.param(StanceItem("Aru spoke.", 4, 30), "not inside", id="span past the end"),
        pytest.param(StanceItem("Aru spoke.", 3, 3), "not inside", id="empty span"),
        pytest.param(StanceItem("said " + "Aru " * 900, 5, 3600), "too long", id="long target"),
    ],
)
def test_what_cannot_be_scored_is_none_with_a_reason(model, one, reason):
    assert model.score([one]) == [None]
    assert reason in model.reason(one)
    assert model.cues(one) == []


def test_long_text_is_read_around_the_target(model):
    filler = "The committee met again on Tuesday. " * 200
    core = "Aru Seitova is a corrupt liar who betrayed her country."
    [score] = model.score([item(filler + core + filler, "Aru Seitova")])
    assert score.label == "negative"


def test_space_and_marks_around_a_target_do_not_count(model):
    text = "The court believes “Aru Seitova”, who lied."
    start = text.index("Aru")
    loose = StanceItem(text, start - 1, start + 12)
    assert model.score([loose]) == model.score([StanceItem(text, start, start + 11)])


@settings(max_examples=25, deadline=None)
@given(text=st.text(min_size=1, max_size=60), data=st.data())
def test_any_text_is_scored_or_has_a_reason(model, text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    one = StanceItem(text, start, end)
    [score] = model.score([one])
    assert (score is None) == (model.reason(one) is not None)


def test_cues_are_the_words_that_carry_the_judgement(model):
    text = "In the morning paper Aru Seitova is called a corrupt politician."
    assert "corrupt" in model.cues(item(text, "Aru Seitova"))


def test_cues_are_words_of_the_text_beside_the_target(model):
    one = item(SENTENCE, "she")
    cues = model.cues(one, limit=2)
    assert len(cues) <= 2
    assert all(cue in SENTENCE and cue != "she" for cue in cues)


def test_name_and_version_are_of_the_files(model):
    manifest = json.loads((MODELS / "stance" / "manifest.json").read_text(encoding="utf-8"))
    assert model.name == manifest["name"]
    assert model.version == StanceModel.load().version


def test_load_refuses_a_changed_file(tmp_path):
    folder = tmp_path / "stance"
    shutil.copytree(MODELS / "stance", folder)
    with (folder / "tokenizer.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(ModelError, match="SHA-256"):
        StanceModel.load(folder)


def test_load_names_a_missing_file(tmp_path):
    with pytest.raises(ModelError, match="manifest"):
        StanceModel.load(tmp_path)
