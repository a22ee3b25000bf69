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
    ],
)
def test_role(role_of, text, name, role):
    assert role_of(text, name) == role


def test_roles_without_mentions(parser):
    assert "mentions" not in RoleFinder()(parser("Abenov left.")).spans
