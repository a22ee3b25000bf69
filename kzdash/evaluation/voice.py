"""Predicted voice and speaker against labelled ones.

Voice is scored on mentions that were both labelled and found, as F1 of ``quoted``; the speaker as
accuracy over the labelled quoted mentions that were predicted quoted too and whose label names
a speaker.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kzdash.evaluation.mentions import Score

QUOTED = "quoted"
MIN_LETTERS = 3
STEM = 6
EMPTY_WORDS = frozenset("the and for from with former his her its their".split())


@dataclass(frozen=True, slots=True)
class VoiceLabel:
    """The voice of one mention; ``speaker`` is an actor id or a short name, or None."""

    voice: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class VoiceScores:
    """How well voice and speakers were found.

    ``speakers_right`` of ``speakers`` quoted mentions have the labelled speaker;
    ``wrong_voice`` and ``wrong_speaker`` are the positions of the pairs that went wrong.
    """

    quoted: Score
    speakers_right: int
    speakers: int
    wrong_voice: list[int] = field(default_factory=list)
    wrong_speaker: list[int] = field(default_factory=list)

    @property
    def speaker_accuracy(self) -> float | None:
        """Share of speakers that are right; None where there are none."""
        return self.speakers_right / self.speakers if self.speakers else None


def score_voice(
    pairs: Iterable[tuple[VoiceLabel, VoiceLabel]], actors: Collection[str] = ()
) -> VoiceScores:
    """Score predicted voices against labelled ones.

    Args:
        pairs: for every mention its label and its prediction.
        actors: known actor ids; where the labelled speaker is one, only that id is right.
    """
    found = missed = spurious = right = speakers = 0
    wrong_voice: list[int] = []
    wrong_speaker: list[int] = []
    for number, (label, predicted) in enumerate(pairs):
        if (label.voice == QUOTED) != (predicted.voice == QUOTED):
            wrong_voice.append(number)
            missed += label.voice == QUOTED
            spurious += predicted.voice == QUOTED
        elif label.voice == QUOTED:
            found += 1
            if label.speaker is not None:
                speakers += 1
                if same_speaker(label.speaker, predicted.speaker, actors):
                    right += 1
                else:
                    wrong_speaker.append(number)
    return VoiceScores(
        Score(found, missed, spurious), right, speakers, wrong_voice, wrong_speaker
    )


def same_speaker(labelled: str, predicted: str | None, actors: Collection[str] = ()) -> bool:
    """Return whether two names of a speaker mean the same.

    Ids of known actors must be equal; other names need one word (by its first letters) in
    common, so that the label "family_lawyer" and the surface "his lawyer" agree.
    """
    if predicted is None:
        return False
    if labelled == predicted:
        return True
    if labelled in actors and predicted in actors:
        return False
    return bool(_stems(labelled) & _stems(predicted))


def _stems(name: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", name.lower())
    return {w[:STEM] for w in words if len(w) >= MIN_LETTERS and w not in EMPTY_WORDS}
