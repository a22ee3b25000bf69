"""Who acts and who is acted on."""

import pytest
from spacy.tokens import Doc

from kzdash.nlp.roles import RoleFinder


@pytest.fixture(scope="module")
def role_of(parser):
    def run(text: str, name: str) -> str:
        doc: Doc = parser(text)
        start = text.index(name)
        doc.spans["mentions"] = [doc.char_span(start, start + len(name), label="actor")]
        return RoleFinder()(doc).spans["mentions"][0]._.role

    return run


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        pytest.param("Abenov dismissed Orda.", "Abenov", "agent", id="subject"),
        pytest.param("Abenov dismissed Orda.", "Orda", "patient", id="object"),
        pytest.param("Orda was dismissed by Abenov.", "Orda", "patient", id="passive subject"),
        pytest.param("Orda was dismissed by Abenov.", "Abenov", "agent", id="by-phrase"),
        pytest.param("He regrets the dismissal of Orda.", "Orda", "patient", id="dismissal of"),
        pytest.param("He regrets Orda's arrest.", "Orda", "patient", id="possessor of arrest"),
        pytest.param("Abenov's visit was short.", "Abenov", "agent", id="possessor of visit"),
        pytest.param("The resignation of Abenov was news.", "Abenov", "agent", id="resignation of"),
        pytest.param("Abenov and Orda left Taraz.", "Orda", "agent", id="conjunct"),
        pytest.param("Abenov wants to dismiss Orda.", "Abenov", "agent", id="control"),
        pytest.param("Abenov wants to dismiss Orda.", "Orda", "patient", id="controlled object"),
        pytest.param("Abenov forced Orda to resign.", "Orda", "patient", id="made to act"),
        pytest.param("They spoke with Abenov, who left Taraz.", "Abenov", "agent", id="relative"),
        pytest.param("Abenov is a banker.", "Abenov", "other", id="copula"),
        pytest.param("They live near Abenov.", "Abenov", "other", id="place"),
        pytest.param("Abenov looks for allies.", "Abenov", "agent", id="look for"),
        pytest.param("Abenov looks to Taraz for money.", "Abenov", "agent", id="look to"),
        pytest.param("Abenov appears before the court.", "Abenov", "agent", id="appear before"),
        pytest.param("Abenov stands for reform.", "Abenov", "agent", id="stand for"),
        pytest.param("Abenov looks weak.", "Abenov", "other", id="look weak"),
        pytest.param("Abenov looks like a winner.", "Abenov", "other", id="look like"),
        pytest.param("Abenov grew impatient.", "Abenov", "other", id="grow impatient"),
        pytest.param("Abenov seems to hesitate.", "Abenov", "agent", id="seem to act"),
        pytest.param("Abenov is said to like banks.", "Abenov", "agent", id="said to act"),
        pytest.param("Abenov is expected to be a banker.", "Abenov", "other", id="expected to be"),
        pytest.param("Abenov was told to leave.", "Abenov", "patient", id="told to act"),
        pytest.param("Abenov is to visit Taraz.", "Abenov", "agent", id="be to act"),
        pytest.param("Abenov seems to be a banker.", "Abenov", "other", id="seem to be"),
        pytest.param(
            "Abenov appears to have been dismissed.",
            "Abenov",
            "patient",
            id="appear to be dismissed",
        ),
        pytest.param("Abenov had Orda arrested.", "Orda", "patient", id="bare participle"),
        pytest.param("Orda was given a medal by Abenov.", "Abenov", "agent", id="given by"),
        pytest.param("Abenov's criticism of Orda was mild.", "Orda", "patient", id="criticism of"),
        pytest.param(
            "The support of Russia for Orda was vital.",
            "Russia",
            "agent",
            id="support of one for another",
        ),
    ],
)
def test_role(role_of, text, name, role):
    assert role_of(text, name) == role


def test_roles_without_mentions(parser):
    assert "mentions" not in RoleFinder()(parser("Abenov left.")).spans
