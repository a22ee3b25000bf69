"""Frame model: how strongly a sentence, in its article, speaks for each learned frame.

Two steps of logistic regression. The first reads one sentence: which cues of the registry it
holds, for which frame, which kinds of actors it names, and how the stance network reads it
(its mean state), for what needs no cue word. The second adds the article around it, because a
story keeps its frame: the sentences before and after, the neighbourhood, the rest of the
article and the title, as the first step saw them. All weights are in one readable file,
`data/models/frames/model.json`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzdash.errors import ModelError
from kzdash.paths import MODELS, shipped

Array = NDArray[np.float64]

#: Cue weights of a frame count up to these sums, as two features.
CAPS = (1.0, 2.5)
#: Distance in sentences over which the neighbourhood's weight falls to 1/e.
REACH = 3.0
#: Tokens above and below which a sentence is long or short.
LONG, SHORT = 25, 10
#: Least probability of a frame that a sentence takes.
FLOOR = 0.2
#: Log-odds of a frame in a heading of names.
NEVER = -10.0
#: What the second step knows of the article around a sentence, for one frame.
AROUND = ("before", "after", "near", "article", "title")


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """What the model knows of one sentence.

    Attributes:
        cues: frame to the sum of the weights of its cues found in the sentence.
        powers: great powers mentioned (distinct actors).
        states: other states mentioned.
        persons: persons mentioned.
        bodies: organisations and communities mentioned.
        pronouns: mentions that are pronouns.
        demonyms: adjectives of nationality, religion or party.
        words: tokens.
        title: whether it is the article's title.
        heading: whether it is a section heading of names alone, which has no frame.
    """

    cues: dict[str, float]
    powers: int = 0
    states: int = 0
    persons: int = 0
    bodies: int = 0
    pronouns: int = 0
    demonyms: int = 0
    words: int = 0
    title: bool = False
    heading: bool = False


def actor_features(facts: SentenceFacts) -> dict[str, float]:
    """Return the features of a sentence other than its cues, each 0 or 1."""
    present = {
        "a great power": facts.powers >= 1,
        "two great powers": facts.powers >= 2,
        "another state": facts.states >= 1,
        "two states": facts.powers + facts.states >= 2,
        "three states": facts.powers + facts.states >= 3,
        "a person": facts.persons >= 1,
        "two persons": facts.persons >= 2,
        "three persons": facts.persons >= 3,
        "a body": facts.bodies >= 1,
        "two bodies": facts.bodies >= 2,
        "a pronoun": facts.pronouns >= 1,
        "a demonym": facts.demonyms >= 1,
        "two demonyms": facts.demonyms >= 2,
        "a long sentence": facts.words > LONG,
        "a short sentence": facts.words < SHORT,
        "the title": facts.title,
        "no cue": not facts.cues,
        "no actor": not (facts.powers or facts.states or facts.persons or facts.bodies),
    }
    return {name: float(value) for name, value in present.items()}


def feature_names(frames: Sequence[str]) -> list[str]:
    """Return the names of all features of a sentence, in the order of `feature_row`."""
    cues = [f"{name} {frame}" for name in ("cue of", "cues of") for frame in frames]
    return cues + list(actor_features(SentenceFacts({})))


def feature_row(facts: SentenceFacts, frames: Sequence[str]) -> list[float]:
    """Return a sentence as numbers."""
    cues = [min(cap, facts.cues.get(frame, 0.0)) for cap in CAPS for frame in frames]
    return cues + list(actor_features(facts).values())


def surroundings(scores: Array) -> Array:
    """Return how the rest of the article speaks for each frame.

    Args:
        scores: log-odds (sentences, frames) of the first step, the title first.

    Returns:
        Shares of 0 to 1 (sentences, frames, `AROUND`).
    """
    shares = 1 / (1 + np.exp(-scores))
    count = len(shares)
    none = np.zeros_like(shares[:1])
    others = (shares.sum(axis=0, keepdims=True) - shares) / max(1, count - 1)
    return np.stack(
        [
            np.vstack([none, shares[:-1]]),
            np.vstack([shares[1:], none]),
            _near(shares),
            others,
            np.repeat(shares[:1], count, axis=0),
        ],
        axis=2,
    )


def _near(shares: Array) -> Array:
    """Return the mean of the sentences on both sides, weighted by nearness; linear time."""
    fall = float(np.exp(-1 / REACH))
    back = _decayed(shares, fall)
    ahead = _decayed(shares[::-1], fall)[::-1]
    weight = _decayed(np.ones((len(shares), 1)), fall)
    weight = weight + weight[::-1]
    near: Array = (back + ahead) / np.maximum(weight, 1e-9)
    return near


def _decayed(shares: Array, fall: float) -> Array:
    sums = np.zeros_like(shares)
    for n in range(1, len(shares)):
        sums[n] = fall * (sums[n - 1] + shares[n - 1])
    return sums


def chosen(scores: Array) -> NDArray[np.bool_]:
    """Return which frames the sentences of one article take.

    The most probable frames of the article are taken, as many as make the expected F1
    highest (Lewis 1995; Ye et al. 2012), so that an article with few clear frames is not
    filled up with unclear ones. A frame less probable than `FLOOR` is never taken.

    Args:
        scores: log-odds (sentences, frames).
    """
    shares = 1 / (1 + np.exp(-scores))
    if not shares.size:
        return np.zeros(shares.shape, dtype=bool)
    ranked = np.sort(shares, axis=None)[::-1]
    expected = 2 * np.cumsum(ranked) / (np.arange(1, ranked.size + 1) + ranked.sum())
    taken: NDArray[np.bool_] = shares >= max(FLOOR, float(ranked[int(np.argmax(expected))]))
    return taken


@dataclass(frozen=True)
class FrameModel:
    """Weights of both steps.

    Attributes:
        frames: the learned frames, in the order of all columns.
        powers: actors that count as great powers.
        sentence: weights (features, frames) of the first step.
        state: its weights (width, frames) of the stance network's mean state; no rows where the
            model goes without.
        sentence_bias: log-odds of each frame where nothing speaks for or against it.
        context: weights (frames, `AROUND` and then all frames' scores) of the second step.
        context_bias: as ``sentence_bias``, for the second step.
    """

    frames: tuple[str, ...]
    powers: frozenset[str]
    sentence: Array
    sentence_bias: Array
    context: Array
    context_bias: Array
    state: Array = field(default_factory=lambda: np.zeros((0, 0)))

    @classmethod
    def load(cls, folder: Path | None = None) -> "FrameModel":
        """Load a model folder, the shipped one if None.

        Raises:
            ModelError: ``model.json`` is missing or does not hold what it must.
        """
        path = (folder or shipped(MODELS / "frames")) / "model.json"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls._from(data)
        except FileNotFoundError:
            raise ModelError(
                str(path), "is missing", "the frame model", "Get the folder from the repository"
            ) from None
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                str(path), f"cannot be read ({error!r})", "weights as its README describes"
            ) from None

    @classmethod
    def _from(cls, data: dict[str, Any]) -> "FrameModel":
        frames = tuple(data["frames"])
        names = feature_names(frames)
        columns = [*AROUND, *(f"score of {frame}" for frame in frames)]
        sentence, context = data["sentence"], data["context"]
        return cls(
            frames,
            frozenset(data["powers"]),
            np.array([[sentence[frame][name] for frame in frames] for name in names]),
            np.array([sentence[frame]["bias"] for frame in frames]),
            np.array([[context[frame][name] for name in columns] for frame in frames]),
            np.array([context[frame]["bias"] for frame in frames]),
            np.array([data["state"][frame] for frame in frames]).T,
        )

    def scores(self, sentences: Sequence[SentenceFacts], states: Array | None = None) -> Array:
        """Return log-odds (sentences, frames) for the sentences of one article in order.

        Args:
            sentences: what is known of them.
            states: how the stance network reads them (sentences, width), for a model with
                weights of it.
        """
        if not sentences:
            return np.zeros((0, len(self.frames)))
        rows = np.array([feature_row(facts, self.frames) for facts in sentences])
        headings = [n for n, facts in enumerate(sentences) if facts.heading]
        alone = rows @ self.sentence + self.sentence_bias
        if states is not None:
            alone = alone + states @ self.state
        alone[headings] = NEVER
        around = surroundings(alone)
        split = len(AROUND)
        score: Array = (
            np.einsum("nfa,fa->nf", around, self.context[:, :split])
            + alone @ self.context[:, split:].T
            + self.context_bias
        )
        score[headings] = NEVER
        return score
