"""The words that characterise an actor."""

import pytest
from spacy.tokens import Span

from kzdash.nlp.epithets import EpithetFinder


@pytest.fixture(scope="module")
def analyse(parser):
    def run(text: str, name: str):
        doc = parser(text)
        start = text.index(name)
        doc.spans["mentions"] = [doc.char_span(start, start + len(name), label="orda")]
        return EpithetFinder()(doc)

    return run


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        pytest.param("They met the honest banker.", "banker", [("honest", "adjective")],
                     id="adjective"),
        pytest.param("The brutal minister Orda left.", "Orda", [("brutal", "adjective")],
                     id="adjective on the title"),
        pytest.param("Orda, an important oligarch, left.", "Orda",
                     [("important oligarch", "apposition")], id="apposition"),
        pytest.param("Orda is a technocrat.", "Orda", [("technocrat", "predicate")], id="noun"),
        pytest.param("He remains weak.", "He", [("weak", "predicate")], id="pronoun"),
        pytest.param("Orda is hardly a democrat.", "Orda", [("hardly a democrat", "predicate")],
                     id="hardly"),
        pytest.param("Orda is not a clever man.", "Orda", [("not a clever man", "predicate")],
                     id="negation kept"),
        pytest.param("Orda is no political heavyweight.", "Orda",
                     [("no political heavyweight", "predicate")], id="no"),
        pytest.param("They called him a coward.", "him", [("coward", "predicate")], id="called"),
        pytest.param("They described Orda as a tyrant.", "Orda", [("tyrant", "predicate")],
                     id="described as"),
        pytest.param("The former Kazakh president left.", "president", [], id="places only"),
        pytest.param("Orda is the president.", "Orda", [], id="an office"),
        pytest.param("Orda, a notary, left.", "Orda", [], id="a trade"),
        pytest.param("Orda, a corrupt notary, left.", "Orda", [("corrupt notary", "apposition")],
                     id="a trade with a judgement"),
        pytest.param("Orda is able to leave.", "Orda", [], id="able to"),
        pytest.param("They asked whether Orda is weak.", "Orda", [], id="a question"),
        pytest.param("Orda left.", "Orda", [], id="none"),
        pytest.param("Orda wasn’t weak.", "Orda", [("wasn’t weak", "predicate")], id="curly"),
        pytest.param("Orda hasn’t been brutal.", "Orda", [("hasn’t been brutal", "predicate")],
                     id="curly, auxiliary"),
        pytest.param("Orda is no longer powerful.", "Orda", [("no longer powerful", "predicate")],
                     id="no longer"),
        pytest.param("Orda: Slow reform, quick arrests", "Orda", [], id="headline"),
        pytest.param("He praised his superior, Orda.", "Orda", [], id="set off by a comma"),
        pytest.param("Orda is silent about Abenov\n\n", "Orda",
                     [("silent about Abenov", "predicate")], id="before a break"),
        pytest.param("They promised Orda the stars.", "Orda", [], id="a second object"),
        pytest.param("Sarin sent a wreath, Orda a vase.", "Orda", [], id="a verb left out"),
        pytest.param("Is Orda a threat?", "Orda", [], id="asked"),
        pytest.param("Orda is interested.", "Orda", [], id="a place, not a judgement"),
        pytest.param("Orda, the vote that nobody won.", "Orda", [], id="an event"),
        pytest.param("It made Orda a debtor.", "Orda", [("debtor", "predicate")], id="made"),
        pytest.param("The war left him poor and bitter.", "him",
                     [("poor", "predicate"), ("bitter", "predicate")], id="left"),
        pytest.param("It left him a villa.", "him", [], id="left a thing"),
        pytest.param("They work to make Orda great.", "Orda", [], id="a goal"),
        pytest.param("It did not make him honest.", "him", [], id="not made"),
        pytest.param("Orda turned into a tyrant.", "Orda", [("tyrant", "predicate")], id="into"),
        pytest.param("They turned Orda into a pariah.", "Orda", [("pariah", "predicate")],
                     id="turned into"),
        pytest.param("Orda is a man of honour.", "Orda", [("man of honour", "predicate")],
                     id="a man of a quality"),
        pytest.param("Orda is a man of sixty.", "Orda", [], id="a man of an age"),
        pytest.param("Orda is one of the doors through which they fled.", "Orda",
                     [("one of the doors", "predicate")], id="one of"),
        pytest.param("Orda is one of the ministers.", "Orda", [], id="one of an office"),
        pytest.param("Orda is to blame for it.", "Orda", [("to blame", "predicate")], id="blame"),
        pytest.param("Orda is not to blame.", "Orda", [("not to blame", "predicate")],
                     id="not to blame"),
        pytest.param("Orda is their puppet.", "Orda", [("their puppet", "predicate")],
                     id="a judgement with an owner"),
        pytest.param("Orda is their choice.", "Orda", [], id="a noun with an owner"),
        pytest.param("Turkmenistan, secretive as ever, has said nothing at all.", "Turkmenistan",
                     [("secretive as ever", "adjective")], id="an adjective between commas"),
        pytest.param("Orda was a hero and there was no conflict at home.", "Orda",
                     [("hero", "predicate")], id="there is something, after and"),
        pytest.param("The anti-corruption Orda said no.", "Orda", [], id="what a body fights"),
        pytest.param("They give ink to Orda, the best bread to nobody.", "Orda", [],
                     id="a list without its verb"),
        pytest.param("Orda (a coward) left.", "Orda", [("coward", "apposition")], id="bracket"),
    ],
)  # fmt: skip
def test_epithets(analyse, text, name, found):
    doc = analyse(text, name)
    assert [(e.text, e._.relation) for e in doc.spans["epithets"]] == found


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("Orda is honest.", 1, id="positive"),
        pytest.param("Orda is a coward.", -1, id="negative"),
        pytest.param("Orda is not honest.", -1, id="negated"),
        pytest.param("Orda wasn’t weak.", 1, id="negated, curly"),
        pytest.param("Orda is less popular.", -1, id="less"),
        pytest.param("Orda is hardly a hero.", -1, id="hardly"),
        pytest.param("Orda is no less popular.", 1, id="negated twice"),
        pytest.param(
            "Orda is the treacherous head of the Security Committee.", None, id="a word of a name"
        ),
        pytest.param("Orda is a technocrat.", None, id="no word known"),
        pytest.param("Orda is a tireless ally in the war on terror.", None, id="complement"),
        pytest.param("Orda is loyal to the thieves.", 1, id="complement of an adjective"),
        pytest.param("Orda is a man of honour.", 1, id="complement of a head that says little"),
    ],
)
def test_valence(analyse, text, sign):
    doc = analyse(text, "Orda")
    value = doc.spans["epithets"][0]._.valence
    assert value is None if sign is None else -1 <= value <= 1 and value * sign > 0


def test_a_word_of_the_name_is_no_epithet(parser):
    doc = parser("They met the ethnic Ordans.")
    doc.spans["mentions"] = [doc[3:5]]
    doc.spans["mentions"][0]._.kind = "name"
    assert not EpithetFinder()(doc).spans["epithets"]


def test_an_epithet_in_a_longer_one_is_not_counted_again(parser):
    doc = parser("Orda, the powerful husband of his daughter, left.")
    doc.spans["mentions"] = [Span(doc, 0, 1, "orda"), Span(doc, 2, 5, "orda")]
    found = EpithetFinder()(doc).spans["epithets"]
    assert [e.text for e in found] == ["powerful husband of his daughter"]


def test_an_epithet_in_a_quotation_is_quoted(parser):
    doc = parser("“He is a coward,” they said.")
    doc.spans["mentions"] = [doc[1:2]]
    doc.spans["quotes"] = [doc[0:7]]
    doc = EpithetFinder()(doc)
    assert [e._.voice for e in doc.spans["epithets"]] == ["quoted"]


def test_epithets_without_mentions(parser):
    assert list(EpithetFinder()(parser("")).spans["epithets"]) == []
