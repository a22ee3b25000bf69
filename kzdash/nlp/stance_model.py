"""Stance model: how a sentence presents one target, as calibrated probabilities.

An encoder fine-tuned for targeted stance (see ``data/models/stance/README.md``) reads the
text with the target between marker tokens. Every text is run alone, so a figure never
depends on what else was scored with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kzdash.nlp.marked_text import Marked
from kzdash.nlp.onnx_model import Array, OnnxModel, probabilities
from kzdash.paths import MODELS

LABELS = ("negative", "neutral", "positive")
WORD = re.compile(r"[^\W\d_]{3,}(?:[-’'][^\W\d_]+)*")
#: A word is a cue if the label loses at least this much probability without it.
CUE_EFFECT = 0.05
#: Words tried as cues: those that the target attends to most.
CUES_TRIED = 6
#: Texts whose outputs are kept; an article has fewer mentions.
REMEMBERED = 512
#: Words that carry no evaluation of their own.
FUNCTION_WORDS = frozenset(
    "the and for with from into onto over under about after before during between among this "
    "that these those there here which who whom whose what when where while than then too very "
    "was were are been being has have had having does did doing will would shall should may "
    "might must can could its his her hers their theirs our ours your yours they them she him "
    "himself herself itself themselves one two three also each every any all both such some "
    "said says say told mr mrs ms".split()
)


@dataclass(frozen=True)
class StanceItem:
    """A target in a text.

    Attributes:
        text: a sentence (longer texts are read in a window around the target).
        start: first character of the target.
        end: one past its last character.
        others: spans of the text's other mentions; their words are never cues.
        context: what stands before the text; the present model does not use it.
    """

    text: str
    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()
    context: str = ""


@dataclass(frozen=True)
class StanceScore:
    """Calibrated probabilities of the three labels; they sum to 1."""

    p_negative: float
    p_neutral: float
    p_positive: float

    @property
    def stance(self) -> float:
        """``p_positive - p_negative``, from -1 to 1."""
        return self.p_positive - self.p_negative

    @property
    def label(self) -> str:
        """The most probable label: ``negative``, ``neutral`` or ``positive``."""
        shares = (self.p_negative, self.p_neutral, self.p_positive)
        return LABELS[shares.index(max(shares))]

    @property
    def confidence(self) -> float:
        """Probability of the most probable label."""
        return max(self.p_negative, self.p_neutral, self.p_positive)


class StanceModel:
    """Scores targets in texts.

    Attributes:
        name: shown in the product.
        version: hash over the model's files.
        abstain_below: confidence under which the card advises to leave a label open.

    Example:
        >>> model = StanceModel.load()
        >>> [score] = model.score([StanceItem("Aru Seitova lied to the court.", 0, 11)])
        >>> score.label
        'negative'
    """

    def __init__(self, network: OnnxModel) -> None:
        self._network = network
        manifest = network.manifest
        self.name: str = manifest["name"]
        self.version: str = network.version
        self.abstain_below: float = manifest["abstain_below"]
        self._temperature: float = manifest["temperature"]
        self._bias: list[float] = manifest["bias"]
        # A text that was scored is often asked for its cues next.
        self._outputs = lru_cache(maxsize=REMEMBERED)(network.outputs)

    @classmethod
    def load(cls, folder: Path | None = None) -> "StanceModel":
        """Load a model folder, the shipped one if None.

        Raises:
            ModelError: a file is missing or is not the one that the manifest names.
        """
        return cls(OnnxModel.load(folder or MODELS / "stance"))

    def score(self, items: Sequence[StanceItem]) -> list[StanceScore | None]:
        """Score every item; None where `reason` says why it cannot be scored.

        Items with the same text and target are computed once, short ones first.
        """
        keys = {(item.text, item.start, item.end): item for item in items}
        known = {
            key: self._one(item)
            for key, item in sorted(keys.items(), key=lambda pair: len(pair[1].text))
        }
        return [known[item.text, item.start, item.end] for item in items]

    def reason(self, item: StanceItem) -> str | None:
        """Return why an item cannot be scored, or None if it can."""
        if not 0 <= item.start < item.end <= len(item.text):
            return "the target is not inside the text"
        rest = item.text[: item.start] + " " + item.text[item.end :]
        if not any(character.isalpha() for character in rest):
            return "no words beside the target"
        try:
            self._mark(item)
        except ValueError:
            return "the target is too long"
        return None

    def cues(self, item: StanceItem, limit: int = 3) -> list[str]:
        """Return the single words that moved the score, strongest first.

        The words that the target attends to most are hidden one at a time (occlusion); those
        without which the label loses at least `CUE_EFFECT` are cues. Function words, numbers
        and the target itself are never cues.
        """
        if self.reason(item) is not None:
            return []
        marked = self._mark(item)
        logits, attention = self._outputs(marked)
        words = candidates(item, marked, attention[0])
        if not words:
            return []
        whole = probabilities(logits, self._temperature, self._bias)[0]
        label = int(whole.argmax())
        ids = np.tile(np.array(marked.ids, dtype=np.int64), (len(words), 1))
        for row, (_, places) in zip(ids, words, strict=True):
            row[places] = self._network.marker.hidden
        hidden = self._network.run(marked, ids)
        lost = whole[label] - probabilities(hidden, self._temperature, self._bias)[:, label]
        ranked = sorted(zip(lost, words, strict=True), key=lambda pair: -pair[0])
        found = [word for loss, (word, _) in ranked if loss >= CUE_EFFECT]
        return list(dict.fromkeys(found))[:limit]

    def _one(self, item: StanceItem) -> StanceScore | None:
        if self.reason(item) is not None:
            return None
        logits, _ = self._outputs(self._mark(item))
        [shares] = probabilities(logits, self._temperature, self._bias)
        return StanceScore(*(float(share) for share in shares))

    def _mark(self, item: StanceItem) -> Marked:
        return self._network.marker.mark(item.text, [(item.start, item.end)])


def candidates(item: StanceItem, marked: Marked, attention: Array) -> list[tuple[str, list[int]]]:
    """Words worth hiding, with the places of their tokens: the most attended first.

    Args:
        item: the text and its target.
        marked: the same as tokens.
        attention: how much the target attends to each token.
    """
    found = []
    named = ((item.start, item.end), *item.others)
    for match in WORD.finditer(item.text):
        start, end = match.span()
        if match[0].lower() in FUNCTION_WORDS or any(start < b and end > a for a, b in named):
            continue
        places = [n for n, (a, b) in enumerate(marked.pieces) if start <= a < b <= end]
        if places:
            found.append((float(attention[places].sum()), match[0], places))
    found.sort(key=lambda entry: -entry[0])
    return [(word, places) for _, word, places in found[:CUES_TRIED]]
