"""Dictionary forms that spaCy's rules get wrong."""

import pytest

from kzdash.nlp.lemmas import lemmas


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        pytest.param("She hates him.", "hates", "hate", id="hates"),
        pytest.param("She hoped for peace.", "hoped", "hope", id="hoped"),
        pytest.param("They are waging war.", "waging", "wage", id="waging"),
        pytest.param("She planned it.", "planned", "plan", id="a doubled consonant"),
        pytest.param("Buses came.", "Buses", "bus", id="a hissing end"),
        pytest.param("She showed it.", "showed", "show", id="no consonant to double"),
        pytest.param("She visited us.", "visited", "visit", id="two vowels"),
        pytest.param("They raised taxes.", "taxes", "tax", id="no taxis"),
        pytest.param("State media lied.", "media", "media", id="media"),
    ],
)
def test_lemma(parser, text, word, lemma):
    doc = lemmas(parser(text))
    assert [token.lemma_ for token in doc if token.text == word] == [lemma]
