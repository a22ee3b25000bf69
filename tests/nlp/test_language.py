"""English paragraphs are scored, others are not."""

import pytest

from kzdash.nlp.detection import detect, is_english
from kzdash.nlp.language import LanguageMarker, settle

ENGLISH = "The ministry said that the bridge would be closed for repairs until the spring."
FRENCH = "Le ministère a déclaré que le pont serait fermé pour travaux jusqu'au printemps."
RUSSIAN = "Министерство сообщило, что мост будет закрыт на ремонт до весны."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        (RUSSIAN, "ru"),
        ("", "und"),
        ("1 2 3", "und"),
        ("Il ministero ha detto che il ponte resterà chiuso fino alla primavera.", "it"),
    ],
)
def test_detect(text, code):
    assert detect(text) == code


@pytest.mark.parametrize(
    ("text", "english"),
    [
        pytest.param(ENGLISH, True, id="English"),
        pytest.param(FRENCH, False, id="French"),
        pytest.param(RUSSIAN, False, id="Russian"),
        pytest.param("Фото", False, id="a Cyrillic word"),
        pytest.param("Photo: Abenov", None, id="too short"),
        pytest.param("—", None, id="no letters"),
        pytest.param(
            "La Lettre de l'Orient: Can Borland offer a counterweight?", None, id="after a label"
        ),
        pytest.param(f"The Field: {FRENCH}", False, id="French after a label"),
        pytest.param(
            "Nurbolat Zhaqsybekuly and Gulnaz Orynbasarqyzy met the akim of Qyzylorda, "
            "Beksultan Temirgaliuly, who was with Zhandos and Aigerim.",
            True,
            id="names",
        ),
    ],
)
def test_is_english(text, english):
    assert is_english(text) is english


@pytest.mark.parametrize(
    ("verdicts", "settled"),
    [
        ([], []),
        ([None], [True]),
        ([None, False, None, True], [False, False, False, True]),
    ],
)
def test_settle(verdicts, settled):
    assert settle(verdicts) == settled


def test_paragraphs_are_marked(parser):
    doc = LanguageMarker()(parser(f"{ENGLISH}\n\n{FRENCH}\n\n{ENGLISH} {RUSSIAN}"))
    assert [s._.scored for s in doc.sents if s.text.strip()] == [True, False, True, False]


def test_an_empty_doc_stays(parser):
    assert len(LanguageMarker()(parser(""))) == 0
