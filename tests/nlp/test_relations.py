import pytest

from kzdash.nlp.relations import Linker, RelationFinder
from kzdash.registry import Actor

NEUTRAL = (0.9, 0.025, 0.025, 0.025, 0.025)
ACTORS = {
    "mamin": Actor(id="mamin", kind="person", name="Mamin", country="russia"),
    "russia": Actor(id="russia", kind="state", name="Russia"),
}


class FakeModel:
    """Gives every pair the same five probabilities and keeps what it was asked."""

    def __init__(self, p=(0.05, 0.05, 0.05, 0.8, 0.05)):
        self.p = p
        self.asked = []

    def predict(self, items):
        self.asked += items
        return [self.p for _ in items]


def marked(parser, text, *names):
    doc = parser(text)
    spans = []
    for name in names:
        start = text.index(name)
        spans.append(doc.char_span(start, start + len(name), label=name.lower()))
    doc.spans["mentions"] = sorted(spans, key=lambda span: span.start)
    return doc


@pytest.mark.parametrize(
    ("text", "names", "linked"),
    [
        pytest.param("Mamin accused Smailov.", ("Mamin", "Smailov"), True, id="object"),
        pytest.param("Mamin was praised by Smailov.", ("Mamin", "Smailov"), True, id="passive"),
        pytest.param("Mamin said Smailov had lied.", ("Mamin", "Smailov"), True, id="clause"),
        pytest.param("Mamin and Smailov met.", ("Mamin", "Smailov"), False, id="joined"),
        pytest.param("Mamin is a friend of Smailov.", ("Mamin", "Smailov"), False, id="copula"),
        pytest.param("Mamin fears angering Smailov.", ("Mamin", "Smailov"), False, id="no act"),
        pytest.param(
            "A cousin of the driver of Mamin greeted Smailov.",
            ("Mamin", "Smailov"),
            False,
            id="not the subject",
        ),
        pytest.param(
            "Mamin wrote to the heads of the boards of the banks of the region of Smailov.",
            ("Mamin", "Smailov"),
            False,
            id="far apart",
        ),
        pytest.param(
            "Mamin attacked the plan, and Lavrov criticised Smailov.",
            ("Mamin", "Smailov"),
            False,
            id="another clause",
        ),
        pytest.param(
            "Mamin attacked the plan and criticised Smailov.",
            ("Mamin", "Smailov"),
            True,
            id="a verb of the same subject",
        ),
        pytest.param("Mamin said Russia lied.", ("Mamin", "Russia"), False, id="the own state"),
        pytest.param(
            "Mamin dismissed claims that Russia lied.",
            ("Mamin", "Russia"),
            False,
            id="claims of the own state",
        ),
        pytest.param("Smailov said Russia lied.", ("Smailov", "Russia"), True, id="a state"),
        pytest.param("Mamin betrayed Russia.", ("Mamin", "Russia"), True, id="an act on a state"),
        pytest.param(
            "Mamin said the mayor had helped Smailov.",
            ("Mamin", "Smailov"),
            False,
            id="another helped",
        ),
        pytest.param(
            "Mamin said: “I trusted Smailov.”", ("Mamin", "Smailov"), True, id="the own trust"
        ),
        pytest.param(
            "Mamin said that Smailov had praised the mayor.",
            ("Mamin", "Smailov"),
            False,
            id="the other's praise",
        ),
        pytest.param(
            "Mamin thanked the mayor for sending doctors to Smailov.",
            ("Mamin", "Smailov"),
            False,
            id="thanked another",
        ),
        pytest.param(
            "Mamin blamed the crisis on Smailov.", ("Mamin", "Smailov"), True, id="blamed on"
        ),
        pytest.param(
            "Mamin praised the courage of Smailov.", ("Mamin", "Smailov"), True, id="of the other"
        ),
        pytest.param(
            "Mamin condemned the arrest of Smailov.", ("Mamin", "Smailov"), False, id="a victim"
        ),
        pytest.param(
            "Mamin condemned Smailov's arrest.", ("Mamin", "Smailov"), False, id="an owned victim"
        ),
        pytest.param(
            "Mamin condemned the attack on Smailov.", ("Mamin", "Smailov"), False, id="attacked"
        ),
        pytest.param(
            "Mamin condemned Smailov's attack.", ("Mamin", "Smailov"), True, id="an attacker"
        ),
        pytest.param(
            "Mamin condemned the speech of Smailov.", ("Mamin", "Smailov"), True, id="no harm"
        ),
        pytest.param(
            "Mamin lifted the sanctions against Russia in May.",
            ("Mamin", "Russia"),
            False,
            id="harm ended",
        ),
        pytest.param(
            "Mamin removed Smailov from office.", ("Mamin", "Smailov"), True, id="no harm ended"
        ),
        pytest.param(
            "Mamin voiced doubts, a remark that Smailov brushed off.",
            ("Mamin", "Smailov"),
            False,
            id="a clause that describes",
        ),
        pytest.param(
            "In talks on Russia and China nothing moved.", ("Russia", "China"), False, id="no link"
        ),
        *(
            pytest.param(text, ("Mamin", "Smailov"), False, id=text)
            for text in (
                "Mamin did not praise Smailov.",
                "Mamin has never supported Smailov.",
                "Mamin denied betraying Smailov.",
                "Mamin refused to thank Smailov.",
                "Mamin remains an ally of Smailov.",
            )
        ),
    ],
)
def test_pairs_are_linked_by_a_predicate(parser, text, names, linked):
    doc = marked(parser, text, *names)
    assert bool(list(Linker(list(doc.spans["mentions"]), ACTORS).candidates())) == linked


def test_a_pronoun_speaks_for_whom_it_means(parser):
    doc = marked(parser, "Mamin said he trusted Smailov.", "Mamin", "Smailov")
    he = doc.char_span(11, 13, label="mamin")
    doc.spans["mentions"] = [doc.spans["mentions"][0], he, doc.spans["mentions"][1]]
    assert len(list(Linker(list(doc.spans["mentions"]), ACTORS).candidates())) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Mamin wants Smailov to thank her.", "wants", id="the other's own act"),
        pytest.param("Mamin wants to thank Smailov.", "thank", id="an act on the other"),
        pytest.param("Mamin left the hall and then attacked Smailov.", "attacked", id="joined"),
        pytest.param("Mamin attacked Smailov and then left the hall.", "attacked", id="first"),
    ],
)
def test_the_word_that_tells_is_no_act_of_the_other(parser, text, told):
    doc = marked(parser, text, "Mamin", "Smailov")
    found = Linker(list(doc.spans["mentions"]), ACTORS).candidates()
    assert [link.predicate.text for link in found] == [told]


@pytest.mark.parametrize(
    ("text", "p", "expected"),
    [
        pytest.param(
            "Mamin accused Smailov.", (0.05, 0.05, 0.05, 0.8, 0.05), ("mamin", "smailov", "blames"),
            id="blames",
        ),
        pytest.param(
            "Mamin undermined Smailov.", (0.05, 0.05, 0.05, 0.8, 0.05),
            ("mamin", "smailov", "attacks"), id="attacks",
        ),
        pytest.param(
            "Mamin was praised by Smailov.", (0.05, 0.05, 0.8, 0.05, 0.05),
            ("smailov", "mamin", "praises"), id="direction",
        ),
        pytest.param(
            "Mamin helped Smailov.", (0.05, 0.8, 0.05, 0.05, 0.05),
            ("mamin", "smailov", "supports"),
            id="supports",
        ),
    ],
)  # fmt: skip
def test_model_and_verb_give_the_relation(parser, text, p, expected):
    doc = RelationFinder(ACTORS, FakeModel(p))(marked(parser, text, "Mamin", "Smailov"))
    found = [(r.source, r.target, r.label) for r in doc._.relations]
    assert found == [expected]


def test_a_relation_is_in_the_voice_of_who_acts(parser):
    doc = marked(parser, "Mamin accused Smailov.", "Mamin", "Smailov")
    doc.spans["mentions"][1]._.voice = "quoted"
    assert [r.voice for r in RelationFinder(ACTORS, FakeModel())(doc)._.relations] == ["own"]


def test_a_neutral_pair_is_no_relation(parser):
    doc = RelationFinder(ACTORS, FakeModel(NEUTRAL))(
        marked(parser, "Mamin met Smailov.", "Mamin", "Smailov")
    )
    assert doc._.relations == []


def test_the_evidence_is_the_linking_verb(parser):
    doc = RelationFinder(ACTORS, FakeModel())(
        marked(parser, "Mamin accused Smailov.", "Mamin", "Smailov")
    )
    assert doc._.relations[0].evidence.text == "accused"


def test_the_model_is_asked_with_the_places_of_both(parser):
    model = FakeModel()
    RelationFinder(ACTORS, model)(
        marked(parser, "It rained. Mamin accused Smailov.", "Mamin", "Smailov")
    )
    item = model.asked[0]
    assert [item.text[slice(*place)] for place in (item.a, item.b)] == ["Mamin", "Smailov"]


def test_one_actor_has_no_relation_to_itself(parser):
    doc = marked(parser, "Mamin praised Mamin's plan.", "Mamin")
    doc.spans["mentions"] = [doc[0:1], doc[2:3]]
    assert list(Linker(list(doc.spans["mentions"]), ACTORS).candidates()) == []
