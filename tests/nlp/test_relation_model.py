"""The relation model as it ships."""

import pytest

from kzdash.nlp.relation_model import (
    LABELS,
    NO_RELATION,
    RelationItem,
    RelationModel,
    mirror,
)


@pytest.fixture(scope="module")
def model() -> RelationModel:
    return RelationModel.load()


def pair(text: str, a: str, b: str) -> RelationItem:
    i, j = text.index(a), text.index(b)
    return RelationItem(text, (i, i + len(a)), (j, j + len(b)))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param(
            "Senator Seitova accused Governor Valko of lying to the public.",
            "a>b negative",
            id="accuses",
        ),
        pytest.param(
            "Senator Seitova praised Governor Valko for his courage.", "a>b positive", id="praises"
        ),
        pytest.param(
            "Seitova was sharply criticized by Valko in a speech.", "b>a negative", id="passive"
        ),
        pytest.param("Seitova and Valko live in the capital.", "neutral", id="side by side"),
    ],
)
def test_predict_finds_who_is_against_whom(model, text, label):
    [shares] = model.predict([pair(text, "Seitova", "Valko")])
    assert LABELS[shares.index(max(shares))] == label


def test_swapping_the_pair_swaps_the_directions(model):
    one = pair("Seitova accused Valko of lying.", "Seitova", "Valko")
    there, back = model.predict([one, one.mirrored()])
    assert mirror(there) == pytest.approx(back, abs=1e-9)


def test_probabilities_sum_to_one(model):
    [shares] = model.predict([pair("Seitova met Valko.", "Seitova", "Valko")])
    assert sum(shares) == pytest.approx(1, abs=1e-9)


def test_predict_does_not_depend_on_the_other_items(model):
    items = [
        pair("Seitova accused Valko of lying.", "Seitova", "Valko"),
        pair("Valko, whom Seitova had always trusted, stepped down.", "Valko", "Seitova"),
    ]
    assert model.predict(items) == [model.predict([item])[0] for item in items]


def test_spans_that_cut_a_word_are_read_as_the_word(model):
    text = "The Seitovas accused Valko of lying."
    whole = RelationItem(text, (4, 12), (21, 26))
    cut = RelationItem(text, (4, 11), (21, 26))
    assert model.predict([cut]) == model.predict([whole])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param((0, 7), (3, 9), id="overlap"),
        pytest.param((0, 7), (40, 50), id="outside"),
        pytest.param((3, 3), (0, 7), id="empty"),
    ],
)
def test_pairs_that_cannot_be_read_are_no_relation(model, a, b):
    assert model.predict([RelationItem("Seitova met Valko.", a, b)]) == [NO_RELATION]


@pytest.mark.parametrize(
    ("shares", "label"),
    [
        pytest.param((0.9, 0.05, 0.0, 0.05, 0.0), "neutral", id="surely none"),
        pytest.param((0.5, 0.0, 0.05, 0.4, 0.05), "a>b negative", id="close: the rare one"),
        pytest.param((0.1, 0.2, 0.6, 0.1, 0.0), "b>a positive", id="surely one"),
    ],
)
def test_a_label_leans_to_relations_where_it_is_close(model, shares, label):
    assert LABELS[model.label(shares)] == label
