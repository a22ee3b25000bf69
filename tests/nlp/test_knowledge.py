"""Knowledge: offices and bodies of the registry at a date."""

from datetime import date

import pytest

from kzdash.nlp.descriptions import Description, from_words
from kzdash.nlp.knowledge import Knowledge, period_of
from kzdash.registry import Actor, Office, Registry, Tenure

_ACTORS = (
    Actor(id="alaria", kind="state", name="Alaria", adjectives=("Alarian",)),
    *(
        Actor(id=name, kind="person", name=f"A {name.title()}", family=(name.title(),),
              country="alaria")
        for name in ("first", "second", "third")
    ),
    Actor(id="league", kind="organisation", name="League of Steppes", aliases=("LOS",)),
    Actor(id="court", kind="organisation", name="League Court", parent="league"),
    Actor(id="ministry", kind="organisation", name="Ministry of Foreign Affairs of Alaria",
          aliases=("Alarian Foreign Ministry",), country="alaria"),
)  # fmt: skip
_PRESIDENT = Office(
    id="president",
    titles=("president",),
    of="alaria",
    holders=(
        Tenure(actor="first", start=date(1990, 1, 1), end=date(2000, 5, 1)),
        Tenure(actor="second", start=date(2000, 5, 1), end=date(2010, 5, 1)),
        Tenure(actor="third", start=date(2010, 5, 1)),
    ),
)
_JUDGE = Office(
    id="judge",
    titles=("chief judge",),
    of="court",
    holders=(Tenure(actor="first", start=date(2011, 1, 1)),),
)


@pytest.fixture(scope="module")
def knowledge():
    return Knowledge(Registry([], _ACTORS, [_PRESIDENT, _JUDGE], []))


def test_an_office_of_no_state_is_that_of_the_body_on_top(knowledge):
    said = from_words("LOS chief judge".split(), adjectives=knowledge.states)
    held = knowledge.holders(said, None, period_of("2015"))
    assert (said.country, held) == ("league", [("first", "league")])
    assert "league" in knowledge.places


@pytest.mark.parametrize(
    ("published", "period"),
    [
        (None, None),
        ("2022", (date(2022, 1, 1), date(2022, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-02-03", (date(2024, 2, 3), date(2024, 2, 3))),
    ],
)
def test_period_of(published, period):
    assert period_of(published) == period


@pytest.mark.parametrize(
    ("tense", "ordinal", "published", "holders"),
    [
        pytest.param("", None, "2005-01-01", ["second"], id="holder of the day"),
        pytest.param("current", None, "2015", ["third"], id="holder of the year"),
        pytest.param("", None, "2000-05", ["second", "first"], id="both of the month"),
        pytest.param("former", None, "2015-01-01", ["second", "first"], id="latest former first"),
        pytest.param("former", None, "1995-01-01", [], id="nobody yet"),
        pytest.param("", 1, "2015-01-01", ["first"], id="the first of all"),
        pytest.param("", 9, "2015-01-01", [], id="more than there were"),
        pytest.param("", None, None, ["third"], id="no date"),
    ],
)
def test_holders(knowledge, tense, ordinal, published, holders):
    said = Description("president", tense=tense)

    found = knowledge.holders(said, ordinal, period_of(published))

    assert [actor for actor, _ in found] == holders


@pytest.mark.parametrize(
    ("actor", "successor", "published", "expected"),
    [
        ("first", True, "2015", "second"),
        ("third", False, "2015", "second"),
        ("third", True, "2015", None),
        ("first", False, "2015", None),
        ("ministry", True, "2015", None),
    ],
)
def test_next_to(knowledge, actor, successor, published, expected):
    assert knowledge.next_to(actor, successor, period_of(published)) == expected


def test_bodies_by_the_words_of_their_name(knowledge):
    assert knowledge.bodies(Description("ministry", frozenset({"foreign"}))) == [
        ("ministry", "alaria")
    ]
    assert knowledge.bodies(Description("ministry")) == []


@pytest.mark.parametrize(
    ("title", "head", "modifiers", "tense"),
    [
        ("head of state", "head", {"state"}, ""),
        ("former prime minister", "premier", set(), "former"),
        ("acting security chief", "chief", {"security"}, "current"),
        ("spymaster", "spymaster", {"security"}, ""),
        ("deputy prosecutor general", "prosecutor", {"deputy", "general"}, ""),
    ],
)
def test_from_words(title, head, modifiers, tense):
    assert from_words(title.split()) == Description(head, frozenset(modifiers), None, tense)


def test_from_words_of_nothing():
    assert from_words([]) is None
