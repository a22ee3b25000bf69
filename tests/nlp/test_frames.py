"""Frames: cues, the model's two steps, the choice within an article, the component."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kzdash.errors import ModelError
from kzdash.nlp.frame_model import (
    AROUND,
    FLOOR,
    FrameModel,
    SentenceFacts,
    chosen,
    feature_names,
    feature_row,
    surroundings,
)
from kzdash.nlp.frames import CueIndex, FrameTagger
from kzdash.nlp.onnx_model import read_manifest
from kzdash.nlp.stance_model import StanceModel
from kzdash.paths import MODELS
from kzdash.registry import Cue, Frame, Registry

FRAMES = (
    Frame(
        id="harvest",
        name="Harvest",
        description="Fields.",
        cues=(
            Cue(text="wheat"),
            Cue(text="wheat field"),
            Cue(text="crop", weight=0.5),
            Cue(text="storm", unless=("teacup",)),
            Cue(text="field", with_any=("plough", "harvest")),
            Cue(text="corn-fed hen"),
        ),
    ),
    Frame(id="weather", name="Weather", description="Sky.", cues=(Cue(text="storm"),)),
)


def registry(*frames: Frame) -> Registry:
    return Registry([], [], [], frames)


def model(frames: tuple[str, ...], cue: float = 3.0, bias: float = -2.0) -> FrameModel:
    """A model that knows cues alone and passes the first step's scores through."""
    names, count = feature_names(frames), len(frames)
    sentence = np.zeros((len(names), count))
    sentence[:count] = np.eye(count) * cue
    context = np.hstack([np.zeros((count, len(AROUND))), np.eye(count)])
    return FrameModel(frames, frozenset(), sentence, np.full(count, bias), context, np.zeros(count))


def document(*sentences: str) -> Doc:
    words = [word for sentence in sentences for word in sentence.split()]
    starts = [n == 0 for sentence in sentences for n in range(len(sentence.split()))]
    return Doc(Vocab(), words, sent_starts=starts, lemmas=[word.lower() for word in words])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("wheat prices", [("wheat", "harvest")], id="one word"),
        pytest.param("Wheat Field", [("Wheat Field", "harvest")], id="longest wins"),
        pytest.param("a storm", [("storm", "harvest"), ("storm", "weather")], id="two frames"),
        pytest.param("storm in a teacup", [("storm", "weather")], id="unless"),
        pytest.param("the field", [], id="with_any is missing"),
        pytest.param("plough the field", [("field", "harvest")], id="with_any is there"),
        pytest.param("buckwheat", [], id="whole words only"),
        pytest.param("corn - fed hen", [("corn - fed hen", "harvest")], id="hyphen"),
    ],
)
def test_cues_are_found(sentence: str, expected: list[tuple[str, str]]):
    words = sentence.split()
    found = CueIndex(registry(*FRAMES)).find([word.lower() for word in words])
    assert sorted((" ".join(words[a:b]), frame) for a, b, frame, _ in found) == sorted(expected)


def test_features_have_a_name_each():
    frames = ["harvest", "weather"]
    row = feature_row(SentenceFacts({"weather": 3.0}, powers=2, words=30), frames)
    named = dict(zip(feature_names(frames), row, strict=True))
    assert named["cue of weather"] == 1.0
    assert named["cues of weather"] == 2.5
    assert named["cue of harvest"] == 0.0
    assert named["two great powers"] == 1.0
    assert named["a long sentence"] == 1.0
    assert named["a person"] == 0.0


def test_surroundings_leave_the_sentence_itself_out():
    scores = np.full((5, 1), -30.0)
    scores[2] = 30.0
    around = surroundings(scores)[:, 0]
    assert around[2].tolist() == pytest.approx([0.0] * len(AROUND))
    assert around[3].tolist()[0] == pytest.approx(1.0)
    assert around[1].tolist()[1] == pytest.approx(1.0)
    assert around[0].tolist()[3] == pytest.approx(0.25)


def test_surroundings_fall_with_distance():
    scores = np.full((9, 1), -30.0)
    scores[0] = 30.0
    near = surroundings(scores)[1:, 0, AROUND.index("near")]
    assert (np.diff(near) < 0).all()


@pytest.mark.parametrize(
    ("shares", "taken"),
    [
        pytest.param([[0.9, 0.1], [0.2, 0.1]], [[True, False], [False, False]], id="clear"),
        pytest.param([[0.4, 0.4], [0.4, 0.4]], [[True, True], [True, True]], id="all alike"),
        pytest.param([[0.05, 0.04]], [[False, False]], id="below the floor"),
        pytest.param([[0.99, 0.97], [0.98, 0.3]], [[True, True], [True, False]], id="many"),
    ],
)
def test_chosen_takes_the_probable_frames(shares: list[list[float]], taken: list[list[bool]]):
    odds = np.array(shares) / (1 - np.array(shares))
    assert chosen(np.log(odds)).tolist() == taken


def test_chosen_copes_with_no_sentence():
    assert chosen(np.zeros((0, 3))).shape == (0, 3)


def test_floor_is_a_share():
    assert 0 < FLOOR < 1


def test_tagger_sets_frames_and_evidence():
    doc = document("wheat was sold", "it rained", "a storm came")
    tagger = FrameTagger(registry(*FRAMES), model(("harvest", "weather")))
    tagger(doc)
    assert [s._.frames for s in doc.sents] == [["harvest"], [], ["harvest", "weather"]]
    assert [(c.text, c.label_) for c in doc.spans["frames"]] == [
        ("wheat", "harvest"),
        ("storm", "harvest"),
        ("storm", "weather"),
    ]


def test_tagger_takes_an_unlearned_frame_by_its_cues():
    sport = Frame(
        id="sport",
        name="Sport",
        description="Games.",
        cues=(Cue(text="goal"), Cue(text="ball", weight=0.5), Cue(text="net", weight=0.5)),
    )
    doc = document("a goal", "the ball", "ball and net")
    FrameTagger(registry(*FRAMES, sport), model(("harvest", "weather")))(doc)
    assert [s._.frames for s in doc.sents] == [["sport"], [], ["sport"]]
    assert [c.text for c in doc.spans["frames"]] == ["goal", "ball", "net"]


def test_own_cues_are_found_where_the_lemma_is_wrong():
    ice = Frame(id="ice", name="Ice", description="Cold.", cues=(Cue(text="glacier"),))
    doc = document("the glacier")
    doc[1].lemma_ = "glaci"
    FrameTagger(registry(*FRAMES, ice), model(("harvest", "weather")))(doc)
    assert next(doc.sents)._.frames == ["ice"]


def test_tagger_leaves_out_a_frame_that_the_registry_does_not_know():
    doc = document("a storm came")
    FrameTagger(registry(FRAMES[1]), model(("harvest", "weather"), bias=2.0))(doc)
    assert next(doc.sents)._.frames == ["weather"]


def test_tagger_shows_weak_cues_only_without_a_strong_one():
    doc = document("wheat crop", "the crop")
    FrameTagger(registry(FRAMES[0]), model(("harvest",), bias=-0.2))(doc)
    assert [c.text for c in doc.spans["frames"]] == ["wheat", "crop"]


def test_tagger_skips_what_is_not_scored():
    doc = document("wheat was sold", "wheat was bought")
    next(doc.sents)._.scored = False
    FrameTagger(registry(*FRAMES), model(("harvest", "weather")))(doc)
    assert [s._.frames for s in doc.sents] == [None, ["harvest"]]


@pytest.mark.parametrize("words", [[], ["wheat", "grows"]], ids=["empty", "no sentences"])
def test_tagger_copes_with_unparsed_docs(words: list[str]):
    doc = Doc(Vocab(), words)
    FrameTagger(registry(*FRAMES), model(("harvest", "weather")))(doc)
    assert list(doc.spans["frames"]) == []


@pytest.mark.parametrize(
    ("sentence", "frames"),
    [
        pytest.param("Storm and Hale", [], id="names alone"),
        pytest.param("Storm left Hale", ["harvest", "weather"], id="a sentence"),
    ],
)
def test_headings_of_names_have_no_frame(sentence: str, frames: list[str]):
    doc = document("wheat was sold", sentence)
    for token in doc:
        token.pos_ = "PROPN" if token.text[0].isupper() else "VERB"
    FrameTagger(registry(*FRAMES), model(("harvest", "weather")))(doc)
    assert list(doc.sents)[1]._.frames == frames


def test_mentions_change_what_the_model_sees():
    frames = ("weather",)
    known = model(frames, cue=0.0)
    column = feature_names(frames).index("two persons")
    known.sentence[column] = 5.0
    people = Registry.load()
    doc = document("Putin met Tokayev", "Putin met him")
    doc.spans["mentions"] = [
        Span(doc, 0, 1, label="putin"),
        Span(doc, 2, 3, label="tokayev"),
        Span(doc, 3, 4, label="putin"),
    ]
    FrameTagger(Registry([], people.actors.values(), [], [FRAMES[1]]), known)(doc)
    assert [s._.frames for s in doc.sents] == [["weather"], []]


def test_what_the_network_reads_speaks_for_a_frame():
    alone = model(("harvest", "weather"), cue=0.0)
    reading = replace(alone, state=np.array([[0.0, 5.0]]))
    asked: list[str] = []

    def read(text: str) -> np.ndarray:
        asked.append(text)
        return np.array([float("Rain" in text)])

    doc = document("Rain fell", "Nobody came")
    FrameTagger(registry(*FRAMES), reading, read)(doc)
    assert asked == ["Rain fell", "Nobody came"]
    assert [s._.frames for s in doc.sents] == [["weather"], []]
    assert not doc.spans["frames"]


def test_shipped_model_knows_the_shipped_frames(registry: Registry):
    shipped = FrameModel.load()
    assert set(shipped.frames) == set(registry.frames)
    assert shipped.powers <= set(registry.actors)


def test_shipped_model_was_trained_on_the_shipped_network():
    data = json.loads((MODELS / "frames" / "model.json").read_text(encoding="utf-8"))
    assert data["network"] == read_manifest(MODELS / "stance")["files"]["model.onnx"]
    width = len(StanceModel.load().state("The crowd came to the square."))
    assert {len(weights) for weights in data["state"].values()} == {width}


def test_missing_model_is_named(tmp_path: Path):
    with pytest.raises(ModelError, match=r"model\.json: is missing"):
        FrameModel.load(tmp_path)


def test_broken_model_is_named(tmp_path: Path):
    (tmp_path / "model.json").write_text(json.dumps({"frames": ["a"]}), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        FrameModel.load(tmp_path)


def test_scores_of_no_sentence():
    assert FrameModel.load().scores([]).shape[0] == 0


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("The two ministers met for talks and signed a partnership agreement.", "diplomacy"),
        ("Gunmen attacked the border post and soldiers returned fire.", "security"),
        ("The court jailed the activist after a trial behind closed doors.", "rights_democracy"),
        ("The company will export oil and gas through a new pipeline.", "economy_resources"),
        (
            "The president dismissed the prime minister and appointed a loyalist.",
            "elite_power_struggle",
        ),
        (
            "State television kept silent and the press service hid the report.",
            "information_control",
        ),
    ],
)
def test_plain_sentences_take_their_frame(
    parser: Language, registry: Registry, text: str, frame: str
):
    tagged = FrameTagger(registry)(parser(text))
    assert frame in next(tagged.sents)._.frames


def test_cue_spans_quote_their_sentence(parser: Language, registry: Registry):
    doc = FrameTagger(registry)(
        parser("Talks begin.\n\nThe envoy left.  Troops crossed the border; oil rose.")
    )
    for cue in doc.spans["frames"]:
        assert cue.label_ in cue.sent._.frames
        assert doc.text[cue.start_char : cue.end_char] == cue.text


def test_a_long_document_is_tagged_evenly(registry: Registry):
    doc = document(*["troops crossed the border"] * 600)
    FrameTagger(registry)(doc)
    assert len({tuple(s._.frames) for s in list(doc.sents)[10:-10]}) == 1


def test_factory_makes_the_tagger(parser: Language):
    assert isinstance(parser.create_pipe("frames"), FrameTagger)


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        pytest.param("We told the Alatau Field about wheat.", ["wheat"], id="an outlet"),
        pytest.param("We flew to Field of Palms.", [], id="a place"),
        pytest.param("We asked the Field Ministry.", ["field"], id="a body"),
        pytest.param("We asked Field Minister Orlov.", ["field"], id="an office"),
        pytest.param("We ploughed the field.", ["field"], id="no name"),
    ],
)
def test_proper_names_give_no_cues(text, cues):
    words = text.removesuffix(".").split()
    parts = ["PROPN" if n and word[:1].isupper() else "X" for n, word in enumerate(words)]
    doc = Doc(
        Vocab(),
        ["Hm", ".", *words],
        pos=["X", "X", *parts],
        lemmas=["hm", ".", *map(str.lower, words)],
        sent_starts=[n in (0, 2) for n in range(len(words) + 2)],
    )
    cue = Frame(
        id="land", name="Land", description="Land.", cues=(Cue(text="field"), Cue(text="wheat"))
    )
    FrameTagger(registry(cue), model(()))(doc)
    assert [span.text.lower() for span in doc.spans["frames"]] == cues


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        pytest.param("A crop rotted.", ["crop"], id="a word"),
        pytest.param("A cash-crop rotted.", [], id="the end of a compound"),
        pytest.param("A crop-top fitted.", [], id="the start of a compound"),
        pytest.param("A pre-crop loan came.", ["crop"], id="after a prefix"),
        pytest.param("A wheat-crop failed.", ["wheat"], id="a strong cue"),
        pytest.param("A crop - or two - rotted.", ["crop"], id="a dash"),
    ],
)
def test_weak_cues_are_words_of_their_own(parser: Language, text: str, cues: list[str]):
    tagged = FrameTagger(registry(FRAMES[0]), model(("harvest",), bias=3.0))(parser(text))
    assert [span.text for span in tagged.spans["frames"]] == cues
