"""A teacher: a finished run whose network a smaller one starts from and learns from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from kzdash.nlp.marked_text import Marked
from training.encoder import SpanClassifier, network
from training.fit import Row, class_weights, predict


@dataclass(frozen=True)
class Teacher:
    """A finished run of a whole encoder.

    Attributes:
        run: its folder, with ``best.pt`` and ``answers.npy``.
        base: its base weights.
        rows: what it was trained on, in its order.
        half: whether to ask it in bfloat16.
    """

    run: Path
    base: Path
    rows: Sequence[Row]
    half: bool

    def start(self, student: SpanClassifier) -> None:
        """Give a student the teacher's lowest layers and its head."""
        taught = torch.load(self.run / "best.pt")
        student.load_state_dict({name: taught[name] for name in student.state_dict()})

    def lessons(self, rows: Sequence[Row], texts: Sequence[Marked], trust: float) -> list[Row]:
        """Rows for a student: labelled ones, the teacher mixed in, then those it alone labels.

        What the teacher was trained on it has answered while training, before it took the
        step; what it has not seen it is asked now.

        Args:
            rows: labelled rows.
            texts: texts that nobody has labelled.
            trust: the teacher's share in the labels of ``rows``, 0 to 1.
        """
        known = self.answered()
        new = [m for m in (*(r.marked for r in rows), *texts) if m not in known]
        known |= zip(new, self.asked(new), strict=True)
        mixed = [
            replace(r, probs=tuple((1 - trust) * np.array(r.probs) + trust * known[r.marked]))
            for r in rows
        ]
        return mixed + [Row(text, tuple(known[text])) for text in texts]

    def answered(self) -> dict[Marked, np.ndarray]:
        """Probabilities of those of its own rows that it met, as it saw them in training."""
        logits = np.load(self.run / "answers.npy")
        found = zip(self.rows, logits.any(1), self._opinions(logits), strict=True)
        return {row.marked: shares for row, met, shares in found if met}

    def asked(self, texts: Sequence[Marked]) -> np.ndarray:
        """Probabilities of other texts (texts, labels)."""
        model = network(self.run, self.base, None, 1, 3)
        return self._opinions(predict(model, texts, half=self.half))

    def _opinions(self, logits: np.ndarray) -> np.ndarray:
        """Probabilities as if classes had weighed the same: weights put rare ones too high."""
        plain = torch.from_numpy(logits) - class_weights(self.rows, 0.5).log()
        return plain.softmax(-1).double().numpy()
