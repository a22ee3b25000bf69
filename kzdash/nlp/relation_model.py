"""Relation model: who is for or against whom in a sentence, with direction.

An encoder fine-tuned on directed sentiment (Park, Pan and Joo 2021; see
``data/models/relation/README.md``) reads the text once, with both actors between the same
marker tokens; its head reads the two in both orders.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kzdash.nlp.onnx_model import OnnxModel, probabilities
from kzdash.paths import MODELS, shipped

LABELS = ("neutral", "a>b positive", "b>a positive", "a>b negative", "b>a negative")

Probabilities = tuple[float, float, float, float, float]

#: What a pair that cannot be read is said to be: nothing is known, so nothing is claimed.
NO_RELATION: Probabilities = (1.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class RelationItem:
    """Two actors of a text, as spans of characters (``end`` exclusive)."""

    text: str
    a: tuple[int, int]
    b: tuple[int, int]

    def mirrored(self) -> "RelationItem":
        """The same pair the other way round."""
        return RelationItem(self.text, self.b, self.a)


class RelationModel:
    """Gives the probabilities of the five relations of a pair.

    A pair is read in the order of the text, so that swapping ``a`` and ``b`` swaps the
    directions and nothing else.

    Attributes:
        name: shown in the product.
        version: hash over the model's files.
    """

    def __init__(self, network: OnnxModel) -> None:
        self._network = network
        self.name: str = network.manifest["name"]
        self.version: str = network.version
        self._temperature: float = network.manifest["temperature"]
        self._bias: list[float] = network.manifest["bias"]
        self._lean: float = network.manifest["lean"]

    @classmethod
    def load(cls, folder: Path | None = None) -> "RelationModel":
        """Load a model folder, the shipped one if None.

        Raises:
            ModelError: a file is missing or is not the one that the manifest names.
        """
        return cls(OnnxModel.load(folder or shipped(MODELS / "relation")))

    def predict(self, items: Sequence[RelationItem]) -> list[Probabilities]:
        """Return the probabilities of `LABELS` for every item, each run alone.

        A pair whose spans overlap, lie outside the text or are too far apart to be read
        together is `NO_RELATION`.
        """
        known = {item: self._one(item) for item in dict.fromkeys(items)}
        return [known[item] for item in items]

    def label(self, shares: Probabilities) -> int:
        """Return the place in `LABELS` of the label to give where one must be given.

        Relations are rare, so the most probable label is neutral more often than is good for
        finding them: their probabilities count ``exp(lean)`` times, a number of the manifest
        that was chosen for macro-F1 on dev data.
        """
        gain = math.exp(self._lean)
        return max(range(len(LABELS)), key=lambda n: shares[n] * (gain if n else 1))

    def _one(self, item: RelationItem) -> Probabilities:
        if item.a > item.b:
            return mirror(self._one(item.mirrored()))
        try:
            marked = self._network.marker.mark(item.text, [item.a, item.b])
        except ValueError:
            return NO_RELATION
        shares = probabilities(self._network.run(marked), self._temperature, self._bias)[0]
        neutral, ab_pos, ba_pos, ab_neg, ba_neg = (float(share) for share in shares)
        return neutral, ab_pos, ba_pos, ab_neg, ba_neg


def mirror(shares: Probabilities) -> Probabilities:
    """Swap the directions: what was said of (a, b) as said of (b, a)."""
    neutral, ab_pos, ba_pos, ab_neg, ba_neg = shares
    return neutral, ba_pos, ab_pos, ba_neg, ab_neg
