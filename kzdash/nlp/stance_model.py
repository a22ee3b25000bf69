"""Stance model: how a sentence presents one target, as calibrated probabilities.

An encoder fine-tuned for targeted stance (see ``data/models/stance/README.md``) reads the
text with the target between marker tokens, behind the title and the sentence before it where
they are given. Every text is run by itself, so a figure never depends on what else was scored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, combinations, permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kzdash.labels import STANCES
from kzdash.nlp.cue_words import cue_words
from kzdash.nlp.marked_text import Marked, Span
from kzdash.nlp.onnx_model import Array, OnnxModel, probabilities
from kzdash.paths import MODELS, shipped

#: A word and its places in a text.
Word = tuple[str, tuple[Span, ...]]

LABELS = STANCES
#: Words tried as cues: those that the target attends to most.
CUES_TRIED = 4
#: Least effect of a cue on the log-odds of the label against the other two. (In probability it
#: could not be told, which hardly moves in the clearest sentences.)
CUE_EFFECT = 0.6
#: ... and least share of the strongest word's effect.
CUE_SHARE = 0.4
#: Words make up for each other where all of them matter so many times as much as each by itself
MADE_UP = 1.75
#: ... and at least so much, in log-odds.
MADE_UP_LEAST = 2
#: Texts whose outputs are kept; an article has fewer mentions.
REMEMBERED = 512
#: Characters kept on each side of a target, far more than the network reads.
AROUND = 4000


@dataclass(frozen=True)
class StanceItem:
    """A target in a text.

    Attributes:
        text: a sentence (longer texts are read in a window around the target).
        start: first character of the target.
        end: one past its last character.
        others: spans of the text's other mentions; their words are never cues.
        title: title of the article that the text is from, if it is from one.
        before: the sentence before the text.
    """

    text: str
    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()
    title: str = ""
    before: str = ""


@dataclass(frozen=True)
class StanceScore:
    """Calibrated probabilities of the three labels; they sum to 1.

    Attributes:
        p_negative: how likely it is that an annotator calls the mention negative.
        p_neutral: likewise.
        p_positive: likewise.
        weights: what the probabilities count where one label must be given.
    """

    p_negative: float
    p_neutral: float
    p_positive: float
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0)

    @property
    def stance(self) -> float:
        """``p_positive - p_negative``, from -1 to 1."""
        return self.p_positive - self.p_negative

    @property
    def label(self) -> str:
        """The label to give: ``negative``, ``neutral`` or ``positive``.

        Praise and blame are rare, so the most probable label is neutral more often than is good
        for finding them: see `labels_of`.
        """
        return LABELS[int(labels_of(np.array([self._shares]), self.weights)[0])]

    @property
    def confidence(self) -> float:
        """Probability of the label; where another one is more probable, below 0.5."""
        return self._shares[LABELS.index(self.label)]

    @property
    def _shares(self) -> tuple[float, float, float]:
        return self.p_negative, self.p_neutral, self.p_positive


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
        self._weights: tuple[float, float, float] = tuple(manifest["weights"])
        # A text that was scored is often asked for its cues next.
        self._outputs = lru_cache(maxsize=REMEMBERED)(network.outputs)

    @classmethod
    def load(cls, folder: Path | None = None) -> "StanceModel":
        """Load a model folder, the shipped one if None.

        Raises:
            ModelError: a file is missing or is not the one that the manifest names.
        """
        return cls(OnnxModel.load(folder or shipped(MODELS / "stance")))

    def score(self, items: Sequence[StanceItem]) -> list[StanceScore | None]:
        """Score every item; None where `reason` says why it cannot be scored.

        Items that are alike but for their others are computed once, short ones first.
        """
        alike = [replace(item, others=()) for item in items]
        known = {item: self._one(item) for item in sorted(set(alike), key=lambda x: len(x.text))}
        return [known[item] for item in alike]

    def state(self, text: str) -> Array:
        """Return how the network reads a text, whoever it is about: its mean state (width)."""
        return self._network.state(text)

    def reason(self, item: StanceItem) -> str | None:
        """Return why an item cannot be scored, or None if it can."""
        if not 0 <= item.start < item.end <= len(item.text):
            return "the target is not inside the text"
        begin, stop = near(item)
        rest = item.text[begin : item.start] + " " + item.text[item.end : stop]
        if not any(character.isalpha() for character in rest):
            return "no words beside the target"
        try:
            self._mark(item)
        except ValueError:
            return "the target is too long"
        return None

    def cues(self, item: StanceItem, limit: int = 3) -> list[str]:
        """Return the words that moved the score, strongest first; see `shared_cues`."""
        return self.shared_cues([item], limit)

    def shared_cues(self, items: Sequence[StanceItem], limit: int = 3) -> list[str]:
        """Return the single words that moved the mean score of some targets, strongest first.

        The words that the targets attend to most are hidden (see `_effects`); a cue is one
        without which the label of the mean is less likely, by `CUE_EFFECT`. Function words,
        numbers, names, titles and the targets are never cues.

        Args:
            items: targets in one text.
            limit: most words returned.
        """
        marked = self._explained([item for item in items if self.reason(item) is None])
        words = self._tried(marked)
        if not words:
            return []
        effects = self._effects(list(marked.values()), words)
        enough = max(CUE_EFFECT, CUE_SHARE * float(effects.max()))
        order = np.argsort(-effects, kind="stable")[:limit]
        return [words[n][0] for n in order if effects[n] >= enough]

    def _explained(self, items: Sequence[StanceItem]) -> dict[StanceItem, Marked]:
        """Return the tokens that cues are looked for in, for each of some targets in one text.

        Where the text alone gives the same label its words are the reason, and what stands
        before it, which has no cues, would only cost time.
        """
        whole = {item: self._mark(item) for item in items}
        alone = {item: self._mark(replace(item, title="", before="")) for item in items}
        same = not items or self._label(whole.values()) == self._label(alone.values())
        return alone if same else whole

    def _label(self, texts: Iterable[Marked]) -> int:
        """Return the label of the texts' mean."""
        return self._label_of(self._mean(texts))

    def _label_of(self, shares: Array) -> int:
        """Return the place in `LABELS` of the label of some probabilities (1, labels)."""
        return int(labels_of(shares, self._weights)[0])

    def _mean(self, texts: Iterable[Marked]) -> Array:
        """Return the mean probabilities (1, labels) of some texts."""
        shares: Array = np.mean([self._shares(self._outputs(text)[0]) for text in texts], axis=0)
        return shares

    def _effects(self, texts: list[Marked], words: list[Word]) -> Array:
        """Return how much each word raises the log-odds of the label of the texts' mean.

        That is what they lose without the word. Where the words make up for each other, as in
        "a corrupt liar", hiding one may change nothing, and it is their share in what all of
        them do together (see `shapley`).
        """
        whole = self._mean(texts)
        label = self._label_of(whole)
        known = float(log_odds(whole, label)[0])
        odds = self._odds(texts, [*([word] for word in words), words], label)
        lost, all_lost = known - odds[:-1], known - float(odds[-1])
        if all_lost <= max(MADE_UP_LEAST, MADE_UP * float(lost.sum())):
            return lost
        choices = list(chain(*(combinations(range(len(words)), n) for n in range(len(words) + 1))))
        odds = self._odds(texts, [[words[n] for n in hidden] for hidden in choices], label)
        return shapley(len(words), dict(zip(map(frozenset, choices), odds.tolist(), strict=True)))

    def _tried(self, marked: dict[StanceItem, Marked]) -> list[Word]:
        """Return the words worth hiding: those that the targets attend to most.

        Of words that differ in case alone, the first is tried, with all their places.
        """
        weights: dict[str, float] = {}
        spans: dict[str, dict[Span, str]] = {}
        for item, one in marked.items():
            attention = self._outputs(one)[1][0]
            for word, span in candidates(item, one):
                key = word.casefold()
                weights[key] = weights.get(key, 0) + float(attention[places(one, span)].sum())
                spans.setdefault(key, {})[span] = word
        best = sorted(weights, key=lambda key: -weights[key])[:CUES_TRIED]
        return [(next(iter(spans[key].values())), tuple(spans[key])) for key in best]

    def _odds(self, texts: list[Marked], hidden: list[list[Word]], label: int) -> Array:
        """Return the label's log-odds in the mean of texts, for each choice of hidden words."""
        shares = [self._without(text, hidden) for text in texts]
        return log_odds(np.mean(shares, axis=0), label)

    def _without(self, marked: Marked, hidden: list[list[Word]]) -> Array:
        """Return the probabilities (choices, labels) with each choice of words hidden."""
        ids = np.tile(np.array(marked.ids, dtype=np.int64), (len(hidden), 1))
        for row, words in zip(ids, hidden, strict=True):
            for _, spans in words:
                for span in spans:
                    row[places(marked, span)] = self._network.marker.hidden
        # a word that the text has not, or not near its target, makes no new text
        distinct, which = np.unique(ids, axis=0, return_inverse=True)
        return self._shares(self._network.run(marked, distinct))[which.reshape(-1)]

    def _shares(self, logits: Array) -> Array:
        return probabilities(logits, self._temperature, self._bias)

    def _one(self, item: StanceItem) -> StanceScore | None:
        if self.reason(item) is not None:
            return None
        [shares] = self._shares(self._outputs(self._mark(item))[0])
        negative, neutral, positive = (float(share) for share in shares)
        return StanceScore(negative, neutral, positive, self._weights)

    def _mark(self, item: StanceItem) -> Marked:
        """Return the tokens of what is near the target, with their places in the whole text."""
        begin, stop = near(item)
        target = (item.start - begin, item.end - begin)
        marker = self._network.marker
        marked = marker.mark(item.text[begin:stop], [target])
        pieces = ((a + begin, b + begin) if b else (a, b) for a, b in marked.pieces)
        return marker.after(replace(marked, pieces=tuple(pieces)), item.title, item.before)


def near(item: StanceItem) -> Span:
    """Return the part of the text that may be read: whole words, `AROUND` on each side."""
    begin = max(0, item.start - AROUND)
    stop = min(len(item.text), item.end + AROUND)
    if begin:
        begin = item.text.find(" ", begin, item.start) + 1 or begin
    if stop < len(item.text):
        found = item.text.rfind(" ", item.end, stop)
        stop = found if found >= 0 else stop
    return begin, stop


def labels_of(shares: Array, weights: Sequence[float]) -> NDArray[np.int64]:
    """Return the place in `LABELS` of each text's label, from probabilities (texts, labels).

    It is the more probable of negative and positive where its probability times its weight is
    above that of neutral, else neutral.
    """
    weighed = shares * np.asarray(weights)
    pole = np.where(shares[:, 2] > shares[:, 0], 2, 0)
    return np.where(weighed[np.arange(len(shares)), pole] > weighed[:, 1], pole, 1)


def log_odds(shares: Array, label: int) -> Array:
    """Return the log-odds (texts) of one label against the others, from (texts, labels)."""
    odds: Array = np.log(shares[:, label]) - np.log1p(-shares[:, label])
    return odds


def shapley(count: int, odds: Mapping[frozenset[int], float]) -> Array:
    """Return how much of the loss is due to each of some words (Shapley 1953).

    It is what the odds lose as the word is hidden, in the mean of all orders in which they can be
    hidden one after the other; the shares add up to the loss of hiding all.

    Args:
        count: how many words.
        odds: the log-odds that are left, for each choice of hidden words.
    """
    orders = list(permutations(range(count)))
    shares = np.zeros(count)
    for order in orders:
        for place, word in enumerate(order):
            hidden = frozenset(order[:place])
            shares[word] += odds[hidden] - odds[hidden | {word}]
    return shares / len(orders)


def candidates(item: StanceItem, marked: Marked) -> list[tuple[str, Span]]:
    """Words that may be cues among those that the network reads, with their places."""
    read = [piece for piece in marked.pieces if piece[1]]
    window = (min(start for start, _ in read), max(end for _, end in read))
    return list(cue_words(item.text, window, ((item.start, item.end), *item.others)))


def places(marked: Marked, span: Span) -> list[int]:
    """Return which tokens stand for a part of the text."""
    start, end = span
    return [n for n, (a, b) in enumerate(marked.pieces) if start <= a < b <= end]
