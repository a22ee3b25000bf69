"""Whose words the paragraphs of an interview are."""

import pytest
from spacy.tokens import Doc

from kzdash.nlp.attribution import quotes_of
from kzdash.nlp.interviews import answers

LEAD = "An interview with Aidos Abenov\n\nThe historian Aidos Abenov left Orda in May."
TALK = (
    "What happened in Orda?\n\nTwo things happened.\n\nWas it a revolt?\n\nI would not say so.\n\n"
    "And the miners?\n\nThey were paid late. They went home."
)
LABELLED = "Q: Is Orda safe?\n\nA: It is not. It never was."
NAMED = "Steppe Ledger: Is Orda safe?\n\nAbenov: It is not.\n\nIt never was."
EXPLAINER = (
    "What happened in Orda?\n\nTwo things happened.\n\nWas it a revolt?\n\nNot quite.\n\n"
    "And the miners?\n\nThey were paid late."
)
BETWEEN_TWO = (
    "Why did you leave Orda?\n\nNobody paid me.\n\nWas it a revolt?\n\nI would not say so.\n\n"
    "And the miners?\n\nThey went home."
)


@pytest.fixture(scope="module")
def said(parser):
    """Return the answers of a text, each with the name of who gives it."""

    def run(text: str) -> list[tuple[str, str | None]]:
        doc: Doc = parser(text)
        quote_of = [-1] * len(doc)
        for number, quote in enumerate(quotes_of(doc)):
            quote_of[quote.start : quote.end] = [number] * (quote.end - quote.start)
        people = [entity for entity in doc.ents if entity.label_ == "PERSON"]
        return [
            (doc[a.start : a.end].text, a.speaker.text if a.speaker is not None else None)
            for a in answers(doc, people, quote_of)
        ]

    return run


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="empty text"),
        pytest.param(
            f"{LEAD}\n\n{TALK}",
            ["Two things happened.", "I would not say so.", "They were paid late. They went home."],
            id="questions and answers",
        ),
        pytest.param(f"{LEAD}\n\n{LABELLED}", ["It is not. It never was."], id="Q and A"),
        pytest.param(f"{LEAD}\n\n{NAMED}", ["It is not.", "It never was."], id="names"),
        pytest.param(
            f"{LEAD} Steppe Ledger: Is Orda safe? Abenov: It is not. It never was. Steppe Ledger: "
            "And the miners? Abenov: They went home.",
            ["It is not. It never was.", "They went home."],
            id="names in one paragraph",
        ),
        *(
            pytest.param(
                f"{LEAD}\n\n{NAMED}".replace("Steppe Ledger", outlet),
                ["It is not.", "It never was."],
                id=outlet,
            )
            for outlet in (
                "La Voix de l'Est",
                "The Centre of Analysis",
                "Steppe radio",
                "La Lettre de l’Asie",
            )
        ),
        pytest.param(
            f"{LEAD}\n\nSteppe Ledger: Is Orda safe?\n\nAbenov: It is not.\n\n"
            "Steppe Ledger: It once was.\n\nAbenov: It never was.\n\n"
            "Steppe Ledger: You admire it.\n\nAbenov: I do.",
            ["It is not.", "It never was.", "I do."],
            id="an outlet that says more than it asks",
        ),
    ],
)
def test_answers_are_those_of_who_is_interviewed(said, text, found):
    assert said(text) == [(answer, "Abenov") for answer in found]


def test_a_paragraph_that_names_who_is_interviewed_is_no_answer(said):
    found = said(f"{LEAD}\n\n{TALK}\n\nAbenov lives in Taraz.")
    assert [answer for answer, _ in found][-1] == "They were paid late. They went home."


def test_each_name_has_its_own_answers(said):
    lead = "A conversation with Aidos Abenov and Berik Serikov"
    text = f"{lead}\n\nQ: Who rules?\n\nAbenov: Nobody.\n\nSerikov: We do.\n\nAbenov: Yes."
    assert [name for _, name in said(text)] == ["Abenov", "Serikov", "Abenov"]


def test_an_unnamed_person_who_is_addressed_answers(said):
    assert said(f"Far from home\n\nA miner speaks.\n\n{BETWEEN_TWO}") == [
        ("Nobody paid me.", None),
        ("I would not say so.", None),
        ("They went home.", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Orda, explained\n\nA guide.\n\n{EXPLAINER}", id="an explainer"),
        pytest.param(f"{LEAD}\n\nWhat next?\n\nNobody knows.", id="one question for a heading"),
        pytest.param(
            f"The interview\n\nAidos Abenov gave an interview.\n\n{EXPLAINER}",
            id="an explainer of an interview",
        ),
        pytest.param(
            f"{LEAD}\n\n{EXPLAINER} “I was there,” said a man.", id="an explainer with quotations"
        ),
        pytest.param(
            "Before you go\n\nA guide.\n\nWhere do you sleep?\n\nIn a tent.\n\nWhat do you eat?"
            "\n\nBread.\n\nMay I swim?\n\nNobody does.",
            id="questions of the readers",
        ),
        pytest.param("Notes\n\nOrda: Is it safe?\n\nTaraz: It is.", id="places with colons"),
        pytest.param("Orda\n\nWho rules Orda? I do not know. Do you?", id="rhetorical questions"),
    ],
)
def test_articles_that_ask_are_no_interviews(said, text):
    assert said(text) == []
