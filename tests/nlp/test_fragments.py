"""Text fragments: a few words at each end that lead a browser to the sentence."""

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.nlp import fragments

MIDDLE = " ".join(f"word{n}" for n in range(14))
SENTENCE = f"The council met again {MIDDLE} in the old hall."


def ends(before, sentence, after=""):
    text = f"{before}{sentence}{after}"
    return fragments.ends(text, len(before), len(before) + len(sentence))


def test_a_sentence_is_named_by_three_words_at_each_end():
    assert ends("A title\n\n", SENTENCE) == ("The council met", "the old hall.")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("The council met. ", "", ("The council met again", "the old hall."),
                     id="a start that stands earlier grows"),
        pytest.param("the COUNCIL  met. ", "", ("The council met again", "the old hall."),
                     id="case and spaces do not tell places apart"),
        pytest.param("The council meter. ", "", ("The council met", "the old hall."),
                     id="part of a word is no place"),
        pytest.param("The council met again word0 here. ", "", (None, None),
                     id="more than a third is not given"),
        pytest.param("", " In the old hall.", ("The council met", "the old hall."),
                     id="an end that stands later is no matter"),
    ],
)  # fmt: skip
def test_the_start_leads_to_its_sentence(before, after, expected):
    assert ends(before, SENTENCE, after) == expected


def test_an_end_that_stands_earlier_in_the_sentence_leads_nowhere():
    assert ends("", f"Far off from the old hall. rather {MIDDLE} in the old hall.") == (None, None)


def test_quotation_marks_are_left_out():
    assert ends("", f"“The council met again {MIDDLE} in the old hall.”") == (
        "The council met",
        "the old hall.",
    )


def test_short_sentences_have_none():
    assert ends("", "The council met again in the old hall.") == (None, None)


@given(
    st.lists(st.sampled_from("the a met hall old new".split()), min_size=18, max_size=40),
    st.lists(st.sampled_from("the a met hall old new".split()), max_size=30),
)
def test_what_is_given_leads_to_the_sentence_and_is_a_small_part(words, before):
    text = " ".join([*before, *words])
    start = len(text) - len(" ".join(words))
    first, last = fragments.ends(text, start, len(text))
    if first is not None:
        place = re.search(rf"(?<!\w){first}(?!\w)", text)
        assert place.start() >= start
        assert text.index(last, place.end()) + len(last) == len(text)
        assert len(f"{first} {last}".split()) <= len(words) / 3


def test_the_example_holds():
    assert doctest.testmod(fragments).failed == 0
