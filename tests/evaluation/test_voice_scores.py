"""Voice and speakers are scored against labels."""

import pytest

from kzdash.evaluation.voice import VoiceLabel, same_speaker, score_voice

OWN = VoiceLabel("own")


def quoted(speaker: str | None = None) -> VoiceLabel:
    return VoiceLabel("quoted", speaker)


def test_score_voice():
    scores = score_voice(
        [
            (quoted("abenov"), quoted("abenov")),
            (quoted("abenov"), quoted("orda")),
            (quoted("abenov"), OWN),
            (quoted(), quoted("orda")),
            (OWN, quoted("orda")),
            (OWN, OWN),
        ],
        actors={"abenov", "orda"},
    )
    assert (scores.quoted.found, scores.quoted.missed, scores.quoted.spurious) == (3, 1, 1)
    assert scores.quoted.f1 == pytest.approx(0.75)
    assert scores.speaker_accuracy == pytest.approx(0.5)
    assert (scores.wrong_voice, scores.wrong_speaker) == ([2, 4], [1])


def test_nothing_to_score():
    scores = score_voice([])
    assert (scores.quoted.f1, scores.speaker_accuracy) == (None, None)


@pytest.mark.parametrize(
    ("labelled", "predicted", "same"),
    [
        pytest.param("abenov", "abenov", True, id="same id"),
        pytest.param("abenov", None, False, id="nobody"),
        pytest.param("family_lawyer", "his lawyer", True, id="a word in common"),
        pytest.param("observers", "observer", True, id="plural"),
        pytest.param("the press", "the police", False, id="articles do not count"),
        pytest.param("foreign_ministry", "defence_ministry", False, id="two known actors"),
    ],
)
def test_same_speaker(labelled, predicted, same):
    assert same_speaker(labelled, predicted, {"foreign_ministry", "defence_ministry"}) is same
