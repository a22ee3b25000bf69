from dataclasses import dataclass, field

import pytest

from kzdash.nlp.detection import NOT_ENGLISH
from kzdash.nlp.stance import StanceScorer, items
from kzdash.nlp.stance_model import StanceScore

TEXT = "Mamin left. The angry crowd blamed Smailov, and Mamin smiled."


@dataclass
class FakeModel:
    """Calls every target negative whose sentence has 'blamed', gives up on 'left'."""

    asked: list = field(default_factory=list)
    explained: list = field(default_factory=list)

    def score(self, items):
        self.asked += items
        return [None if "left" in item.text else StanceScore(0.8, 0.15, 0.05) for item in items]

    def reason(self, item):
        return "too long"

    def shared_cues(self, items, limit=3):
        self.explained.append([item.text[item.start : item.end] for item in items])
        return ["blamed"]


def scored(parser, text=TEXT, english=True):
    doc = parser(text)
    doc.spans["mentions"] = [
        doc.char_span(start, start + len(name), label=name.lower())
        for name, start in [("Mamin", 0), ("Smailov", 35), ("Mamin", 48)]
    ]
    for sentence in doc.sents:
        sentence._.scored = english
    model = FakeModel()
    StanceScorer(model)(doc)
    return list(doc.spans["mentions"]), model


def test_the_model_is_asked_about_each_mention_in_its_sentence(parser):
    _, model = scored(parser)
    assert [item.text[item.start : item.end] for item in model.asked] == [
        "Mamin",
        "Smailov",
        "Mamin",
    ]


def test_the_other_mentions_are_named_to_the_model(parser):
    _, model = scored(parser)
    item = model.asked[1]
    assert [item.text[start:end] for start, end in item.others] == ["Mamin"]


def test_the_model_is_told_the_title_and_the_sentence_before(parser):
    doc = parser("A fall\n\nHe ran. She hid. They sang. Mamin left.")
    doc.spans["mentions"] = [doc.char_span(36, 41, label="mamin")]
    for sentence in doc.sents:
        sentence._.scored = True
    model = FakeModel()
    StanceScorer(model)(doc)
    [item] = model.asked
    assert (item.title, item.before, item.text) == ("A fall", "They sang.", "Mamin left.")


def test_a_score_gives_stance_and_cues(parser):
    mention = scored(parser)[0][1]
    assert mention._.stance.label == "negative"
    assert mention._.stance.stance == pytest.approx(-0.75)
    assert mention._.cues == ["blamed"]


def test_a_sentence_that_cannot_be_scored_has_a_reason(parser):
    mention = scored(parser)[0][0]
    assert (mention._.stance, mention._.stance_reason) == (None, "too long")


def test_a_sentence_that_is_not_english_is_not_asked_about(parser):
    mentions, model = scored(parser, english=False)
    assert model.asked == []
    assert {m._.stance_reason for m in mentions} == {NOT_ENGLISH}


def test_a_document_without_mentions_asks_nothing(parser):
    model = FakeModel()
    StanceScorer(model)(parser("Nothing here."))
    assert model.asked == []


@dataclass
class ByPlace(FakeModel):
    """Calls targets at the start of a text positive, others negative."""

    first: StanceScore = field(default_factory=lambda: StanceScore(0.0, 0.2, 0.8))

    def score(self, items):
        return [self.first if item.start == 0 else StanceScore(0.6, 0.4, 0.0) for item in items]


@pytest.mark.parametrize(
    ("names", "voices", "stances"),
    [
        pytest.param(("mamin", "mamin"), ("own", "own"), (0.1, 0.1), id="one actor, one voice"),
        pytest.param(("mamin", "mamin"), ("own", "quoted"), (0.8, -0.6), id="two voices"),
        pytest.param(("mamin", "smailov"), ("own", "own"), (0.8, -0.6), id="two actors"),
    ],
)
def test_mentions_of_one_actor_in_one_voice_share_a_stance(parser, names, voices, stances):
    mentions, _ = shared(parser, names, voices)
    assert [m._.stance.stance for m in mentions] == pytest.approx(stances)


def test_mentions_that_share_a_stance_share_the_cues_of_their_mean(parser):
    mentions, model = shared(parser, ("mamin", "mamin"), ("own", "own"))
    assert model.explained == [["Mamin", "he"]]
    assert [m._.cues for m in mentions] == [["blamed"], ["blamed"]]


def test_a_mean_that_is_neutral_has_no_cues(parser):
    milder = ByPlace(first=StanceScore(0.0, 0.6, 0.4))
    mentions, model = shared(parser, ("mamin", "mamin"), ("own", "own"), milder)
    assert {m._.stance.label for m in mentions} == {"neutral"}
    assert model.explained == []
    assert [m._.cues for m in mentions] == [None, None]


def test_a_mention_that_leaves_its_sentence_is_cut(parser):
    doc = parser("The old ministry\n\nof Justice failed.")
    doc.spans["mentions"] = [doc.char_span(8, 28, label="ministry")]
    sentence, *_ = doc.sents
    [item] = items(sentence, list(doc.spans["mentions"]))
    assert item.text[item.start : item.end] == "ministry"
    assert (item.start, item.end) == (8, 16)


def shared(parser, names, voices, model=None):
    doc = parser("Mamin knew that he had lost.")
    places = [(0, 5), (16, 18)]
    mentions = [
        doc.char_span(*place, label=name) for place, name in zip(places, names, strict=True)
    ]
    doc.spans["mentions"] = mentions
    for sentence in doc.sents:
        sentence._.scored = True
    for mention, voice in zip(mentions, voices, strict=True):
        mention._.voice = voice
    model = model or ByPlace()
    StanceScorer(model)(doc)
    return mentions, model
