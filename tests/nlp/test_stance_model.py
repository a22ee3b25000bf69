"""The stance model as it ships: its files, its figures, its cues."""

import json
import shutil
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzdash.errors import ModelError
from kzdash.nlp.stance_model import AROUND, LABELS, StanceItem, StanceModel, StanceScore, shapley
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


def test_what_stands_before_changes_the_score_and_gives_no_cue(model):
    alone = item("She did what she had promised.", "She")
    after = replace(alone, title="A traitor", before="Aru Seitova robbed and betrayed the poor.")
    one, other = model.score([alone, after])
    assert other.stance < one.stance
    assert not {"robbed", "betrayed", "traitor"} & set(model.cues(after))


def test_cues_are_those_of_the_sentence_alone_where_it_has_the_same_label(model):
    alone = item("The lazy and vain minister Aru Seitova failed again.", "Aru Seitova")
    after = replace(alone, title="The fall of a minister", before="She had promised reforms.")
    assert [score.label for score in model.score([alone, after])] == ["negative"] * 2
    assert model.cues(after) == model.cues(alone) != []


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

    def fresh(items):
        # a model that was asked before would answer from memory
        return StanceModel(model._network).score(items)

    together = fresh(items)
    assert together == [fresh([one])[0] for one in items]
    assert fresh(items[::-1])[::-1] == together


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


@pytest.mark.parametrize(
    ("text", "target", "cues"),
    [
        pytest.param(SENTENCE, "she", {"lied"}, id="pronoun"),
        pytest.param("Torgai betrayed the Kurds.", "Torgai", {"betrayed"}, id="one"),
        pytest.param("Oren Valko bravely saved us.", "Oren Valko", {"bravely", "saved"}, id="two"),
        pytest.param(
            "The party humiliated itself with a ridiculous, shameful campaign.",
            "The party",
            {"humiliated", "ridiculous", "shameful"},
            id="words that make up for each other",
        ),
        pytest.param(
            "But against all advice President Temir Asan squandered the fund.",
            "Temir Asan",
            {"squandered"},
            id="no function word and no title",
        ),
        pytest.param(
            "Aru Seitova is a corrupt liar who betrayed her country.",
            "Aru Seitova",
            {"corrupt", "liar", "betrayed"},
            id="words of which any one would do",
        ),
        pytest.param("Aru is corrupt; CORRUPT are her sons too.", "Aru", {"corrupt"}, id="case"),
    ],
)
def test_cues_are_words_of_the_text_beside_the_target(model, text, target, cues):
    found = model.cues(item(text, target))
    assert found
    assert len(found) == len({cue.casefold() for cue in found})
    assert set(found) <= cues


def test_shapley_gives_words_of_which_one_is_enough_the_same_share():
    odds = {frozenset(h): 3.0 * (len({0, 1} - set(h)) > 0) for h in ((), (0,), (1,), (0, 1))}
    assert shapley(2, odds) == pytest.approx([1.5, 1.5])


@given(st.integers(1, 4), st.randoms(use_true_random=False))
def test_shapley_shares_add_up_to_the_loss_of_all(count, draw):
    odds = {
        frozenset(hidden): draw.uniform(-9, 9)
        for many in range(count + 1)
        for hidden in combinations(range(count), many)
    }
    lost = odds[frozenset()] - odds[frozenset(range(count))]
    assert shapley(count, odds).sum() == pytest.approx(lost)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=4))
def test_shapley_of_words_that_add_up_is_what_each_adds(effects):
    odds = {
        frozenset(hidden): sum(effects) - sum(effects[n] for n in hidden)
        for many in range(len(effects) + 1)
        for hidden in combinations(range(len(effects)), many)
    }
    assert shapley(len(effects), odds) == pytest.approx(np.array(effects), abs=1e-9)


def test_cues_are_no_more_than_asked_for(model):
    text = "The party humiliated itself with a ridiculous, shameful campaign."
    assert len(model.cues(item(text, "The party"), limit=1)) == 1


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Oren Valko bravely defended the miners.", "Oren Valko"),
        ("The akim boasted about a bridge that collapsed within a week.", "The akim"),
        ("Aigul Senova hardly ever keeps her word.", "Aigul Senova"),
    ],
)
def test_without_a_cue_the_label_is_less_likely(model, text, target):
    [before] = model.score([item(text, target)])
    cues = model.cues(item(text, target))
    assert cues
    for cue in cues:
        [after] = model.score([item(text.replace(f" {cue}", ""), target)])
        away = np.sign(before.stance) * (before.stance - after.stance)
        assert away > 0.05


@pytest.mark.parametrize(
    ("shares", "weights", "label"),
    [
        pytest.param((0.1, 0.55, 0.35), (1.0, 1.0, 1.0), "neutral", id="plain"),
        pytest.param((0.1, 0.55, 0.35), (1.0, 0.7, 1.6), "positive", id="rare labels count more"),
        pytest.param((0.42, 0.21, 0.37), (1.0, 0.7, 1.6), "negative", id="the likelier pole"),
        pytest.param((0.3, 0.42, 0.28), (1.0, 0.7, 1.6), "negative", id="of two rare ones, too"),
        pytest.param((0.2, 0.6, 0.2), (1.0, 0.7, 1.6), "neutral", id="neither pole"),
    ],
)
def test_the_label_is_the_likelier_pole_or_neutral_by_weight(shares, weights, label):
    score = StanceScore(*shares, weights)
    assert score.label == label
    assert score.confidence == shares[LABELS.index(label)]


def test_scores_have_the_weights_of_the_manifest(model):
    manifest = json.loads((MODELS / "stance" / "manifest.json").read_text(encoding="utf-8"))
    [score] = model.score([item("Aru Seitova lied to the court.", "Aru Seitova")])
    assert list(score.weights) == manifest["weights"]


class Weighing:
    """The first target of a text is positive by "lovely", another more negative by "awful"."""

    manifest = {  # noqa: RUF012
        "name": "",
        "abstain_below": 0.5,
        "temperature": 1.0,
        "bias": [0.0, 0.0, 0.0],
        "weights": [1.0, 1.0, 1.0],
    }
    version = ""

    def __init__(self, network):
        self.marker = network.marker

    def outputs(self, marked, ids=None):
        ids = np.array([marked.ids]) if ids is None else ids
        first = marked.spans[0][0] == 1
        word, label, weight = ("lovely", 2, 2) if first else ("awful", 0, 5)
        [read] = self.marker.mark(f"{word} it", [(len(word) + 1, len(word) + 3)]).ids[1:2]
        logits = np.zeros((len(ids), 3))
        logits[:, label] = weight * (ids == read).any(axis=1)
        return logits, np.ones((1, len(marked.ids)))

    def run(self, marked, ids):
        return self.outputs(marked, ids)[0]


def test_shared_cues_explain_the_label_of_the_mean(model):
    weighing = StanceModel(Weighing(model._network))
    text = "Aru has a lovely house but she is awful."
    first, second = item(text, "Aru"), item(text, "she")
    assert weighing.cues(first) == ["lovely"]
    assert weighing.shared_cues([first, second]) == ["awful"]


def test_a_giant_text_is_read_and_explained_around_its_target(model):
    long, giant = (
        item(
            "The committee met on Tuesday. " * many + "Oren Valko bravely defended the miners.",
            "Oren Valko",
        )
        for many in (50, AROUND)
    )
    assert model.cues(giant) == model.cues(long) != []
    assert model.score([giant]) == model.score([long])


def test_the_state_of_a_text_is_its_own(model):
    texts = ["The crowd came.", "Nobody wrote about it.", ""]
    states = [model.state(text) for text in texts]
    assert {len(state) for state in states} == {len(states[0])}
    assert all(np.isfinite(state).all() for state in states)
    assert np.array_equal(model.state(texts[0]), states[0])
    assert not np.allclose(states[0], states[1])


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
