"""Targets between marker tokens, and the window around them."""

import pytest
from tokenizers import Tokenizer

from kzdash.nlp.marked_text import Marker, whole_words
from kzdash.paths import MODELS


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODELS / "relation" / "tokenizer.json"))


def marker(tokenizer: Tokenizer, longest: int = 96) -> Marker:
    return Marker(tokenizer, "[CLS]", "[SEP]", longest)


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        pytest.param("the Seitovas met", "Seitova", "Seitovas", id="widened"),
        pytest.param("asked Valko’s aides", "Valko’", "Valko", id="mark at the end"),
        pytest.param("asked  Valko now", " Valko ", "Valko", id="space"),
        pytest.param("he said “—” twice", "“—”", "“—”", id="no letter"),
    ],
)
def test_whole_words(text, cut, whole):
    start = text.index(cut)
    assert text[slice(*whole_words(text, (start, start + len(cut))))] == whole


def test_mark_sets_each_target_between_the_markers(tokenizer):
    marked = marker(tokenizer).mark("Aru met Oren.", [(8, 12), (0, 3)])
    words = [tokenizer.id_to_token(n) for n in marked.ids]
    first, second = (words[slice(*span)] for span in marked.spans)
    assert (first[0], first[-1]) == (second[0], second[-1]) == ("[unused1]", "[unused2]")
    assert (words[0], words[-1]) == ("[CLS]", "[SEP]")


def test_spans_stand_in_the_order_of_the_targets(tokenizer):
    marked = marker(tokenizer).mark("Aru met Oren.", [(8, 12), (0, 3)])
    assert marked.spans[0] > marked.spans[1]


@pytest.mark.parametrize("at", [0, 40, 199])
def test_long_text_keeps_the_target_and_fills_the_window(tokenizer, at):
    words = ["met"] * 200
    words[at] = "Aru"
    text = " ".join(words)
    start = text.index("Aru")
    marked = marker(tokenizer, 30).mark(text, [(start, start + 3)])
    assert len(marked.ids) == 30
    [(first, last)] = marked.spans
    assert (start, start + 1) in [(a, a + 1) for a, _ in marked.pieces[first:last]]


@pytest.mark.parametrize(
    "targets",
    [
        pytest.param([(0, 3), (1, 5)], id="overlap"),
        pytest.param([(0, 99)], id="outside"),
        pytest.param([(2, 2)], id="empty"),
    ],
)
def test_mark_refuses_what_it_cannot_mark(tokenizer, targets):
    with pytest.raises(ValueError, match=r"overlap|inside"):
        marker(tokenizer).mark("Aru met Oren.", targets)
