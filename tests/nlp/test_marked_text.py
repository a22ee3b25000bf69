"""Targets between marker tokens, and the window around them."""

import pytest
from tokenizers import Tokenizer

from kzdash.nlp.marked_text import (
    BEFORE_TOKENS,
    TITLE_TOKENS,
    Marker,
    whole_words,
)
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


@pytest.mark.parametrize(("words", "length"), [(0, 2), (3, 5), (200, 30)])
def test_a_text_without_targets_is_read_from_its_beginning(tokenizer, words, length):
    marked = marker(tokenizer, 30).plain(" ".join(["met"] * words))
    names = [tokenizer.id_to_token(n) for n in marked.ids]
    assert names == ["[CLS]", *["met"] * (length - 2), "[SEP]"]
    assert marked.spans == ()
    assert len(marked.pieces) == length


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


@pytest.mark.parametrize(
    ("title", "before", "words"),
    [
        pytest.param("", "", "[CLS]", id="nothing before"),
        pytest.param("A fall", "", "[CLS] a fall [SEP]", id="title"),
        pytest.param("", "He ran.", "[CLS] he ran . [SEP]", id="sentences"),
        pytest.param("A fall", "He ran.", "[CLS] a fall [SEP] he ran . [SEP]", id="both"),
    ],
)
def test_what_stands_before_goes_in_front(tokenizer, title, before, words):
    by = marker(tokenizer)
    alone = by.mark("Aru met Oren.", [(8, 12)])
    whole = by.after(alone, title, before)
    front = [tokenizer.id_to_token(n) for n in whole.ids[: len(words.split())]]
    assert front == words.split()
    assert whole.ids[len(front) :] == alone.ids[1:]


@pytest.mark.parametrize(("title", "before"), [("", ""), ("A fall", "He ran. She hid.")])
def test_spans_and_pieces_are_of_the_text_alone(tokenizer, title, before):
    by = marker(tokenizer)
    alone = by.mark("Aru met Oren.", [(8, 12)])
    whole = by.after(alone, title, before)
    [span], [other] = whole.spans, alone.spans
    assert whole.ids[slice(*span)] == alone.ids[slice(*other)]
    assert [p for p in whole.pieces if p[1]] == [p for p in alone.pieces if p[1]]
    assert len(whole.pieces) == len(whole.ids)


def test_of_long_contexts_the_first_of_the_title_and_the_last_of_the_sentences_stay(tokenizer):
    by = marker(tokenizer)
    alone = by.mark("Aru met Oren.", [(8, 12)])
    title, before = (" ".join(f"{word}{n}" for n in range(5000)) for word in "ab")
    whole = by.after(alone, title, before)
    assert len(whole.ids) == len(alone.ids) + TITLE_TOKENS + 1 + BEFORE_TOKENS + 1
    words = [tokenizer.id_to_token(n) for n in whole.ids]
    assert words[1] == "a"
    assert "".join(words[: -len(alone.ids)]).replace("##", "").endswith("b4999")
