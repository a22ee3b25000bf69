"""Train the frame model: ``python -m training.frames.train [--gold FILE] [--cache FILE]``.

Writes ``data/models/frames/model.json`` and ``figures.json``. The first step learns from all
articles, by the second coder's labels or else the author's; the second step, which settles how
many frames an article has, from the second coder's alone, on the first step's held-out scores.
The figures come from held-out articles that the second coder labelled: five folds over articles,
every batch of the own corpus in each. Labelled articles given with ``--gold`` are only scored,
never trained on.
"""

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kzdash.nlp.frame_model import AROUND, NEVER, chosen, feature_names, feature_row, surroundings
from kzdash.nlp.frames import CueIndex
from kzdash.nlp.onnx_model import read_manifest
from kzdash.paths import MODELS
from kzdash.registry import Registry
from training.frames.corpus import (
    LabelledArticle,
    facts,
    gold_articles,
    own_articles,
    parsed,
    states,
)

Array = NDArray[np.float64]
FOLDS = 5
POWERS = ("russia", "china", "united_states", "eu")
SENTENCE_PENALTY, CONTEXT_PENALTY = 6.0, 1.0
#: Of the states, of which there are many: held-out F1 is flat from 300 to 3000.
STATE_PENALTY = 3000.0


class Table:
    """Features and labels of all sentences of some articles.

    Args:
        articles: their sentences.
        registry: whose cues and actors are features.
        read: the sentences' states, standardised as in training; so that one penalty serves all
            features, they are scaled.
    """

    def __init__(self, articles: list[LabelledArticle], registry: Registry, read: Array) -> None:
        index, powers = CueIndex(registry), frozenset(POWERS)
        self.frames = list(registry.frames)
        rows = [row for article in articles for row in article.rows]
        self.article = np.repeat(range(len(articles)), [len(a.rows) for a in articles])
        known = [fact for a in articles for fact in facts(a, index, registry, powers)]
        plain = np.array([feature_row(fact, self.frames) for fact in known])
        self.x = np.hstack([plain, read * np.sqrt(SENTENCE_PENALTY / STATE_PENALTY)])
        self.heading = np.array([fact.heading for fact in known])
        self.y = np.array([[f in (row.labels or ()) for f in self.frames] for row in rows])
        self.labelled = np.array([row.labels is not None for row in rows])
        self.coded = np.array([row.second is not None for row in rows])
        self.optional = np.array([[f in row.optional for f in self.frames] for row in rows])
        self.author = np.array([[f in (row.author or ()) for f in self.frames] for row in rows])
        self.has_author = np.array([row.author is not None for row in rows])
        self.folds = self._folds(articles)

    def _folds(self, articles: list[LabelledArticle]) -> NDArray[np.int64]:
        seen: dict[str, int] = {}
        fold = []
        for article in articles:
            fold.append(seen.setdefault(article.group, 0) % FOLDS)
            seen[article.group] += 1
        return np.array(fold)[self.article]


@dataclass(frozen=True)
class Scale:
    """How states are standardised: their mean and standard deviation in training (width)."""

    mean: Array
    spread: Array

    @classmethod
    def of(cls, read: Array) -> "Scale":
        """Return the scale of some states (sentences, width)."""
        return cls(read.mean(axis=0), read.std(axis=0) + 1e-6)

    def __call__(self, read: Array) -> Array:
        """Return states standardised."""
        standard: Array = (read - self.mean) / self.spread
        return standard

    def plain(self, weights: Array, bias: Array) -> tuple[Array, Array]:
        """Return weights and biases for plain states, from those for a `Table`'s."""
        of_state = weights * np.sqrt(SENTENCE_PENALTY / STATE_PENALTY) / self.spread[:, None]
        return of_state, bias - self.mean @ of_state


def fit(x: Array, y: NDArray[np.bool_], penalty: float) -> tuple[Array, Array]:
    """Fit one L2-regularised logistic regression a column of ``y``, all at once.

    Returns:
        Weights (features, columns) and biases (columns).
    """
    wide = np.hstack([x, np.ones((len(x), 1))]).astype(np.float32)
    goal = y.astype(np.float32)
    shape = (wide.shape[1], y.shape[1])

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(shape).astype(np.float32)
        z = wide @ weights
        slope = wide.T @ (1 / (1 + np.exp(-z)) - goal)
        slope[:-1] += penalty * weights[:-1]
        value = np.logaddexp(0, z).sum() - (goal * z).sum()
        value += 0.5 * penalty * (weights[:-1] ** 2).sum()
        return float(value), slope.ravel().astype(np.float64)

    found = minimize(
        loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    weights = found.x.reshape(shape)
    return weights[:-1], weights[-1]


def around(scores: Array, article: NDArray[np.int64]) -> Array:
    """`surroundings` of every sentence, article by article."""
    return np.vstack([surroundings(scores[article == n]) for n in np.unique(article)])


def fit_context(near: Array, scores: Array, y: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Fit the second step, one frame at a time: weights (frames, columns) and biases."""
    fits = [
        fit(np.hstack([near[:, n], scores]), y[:, [n]], CONTEXT_PENALTY) for n in range(y.shape[1])
    ]
    return np.hstack([weights for weights, _ in fits]).T, np.concatenate([b for _, b in fits])


def apply_context(near: Array, scores: Array, weights: Array, bias: Array) -> Array:
    """Return the second step's log-odds."""
    split = len(AROUND)
    total: Array = (
        np.einsum("nfa,fa->nf", near, weights[:, :split]) + scores @ weights[:, split:].T + bias
    )
    return total


def held_out(table: Table) -> tuple[Array, Array]:
    """Return both steps' scores of every sentence, from models that never saw its article."""
    first = np.zeros(table.y.shape)
    for n in range(FOLDS):
        out = table.folds == n
        seen = ~out & table.labelled
        weights, bias = fit(table.x[seen], table.y[seen], SENTENCE_PENALTY)
        first[out] = table.x[out] @ weights + bias
    first[table.heading] = NEVER
    near = around(first, table.article)
    second = np.zeros(table.y.shape)
    for n in range(FOLDS):
        out = table.folds == n
        seen = ~out & table.coded
        weights, bias = fit_context(near[seen], first[seen], table.y[seen])
        second[out] = apply_context(near[out], first[out], weights, bias)
    second[table.heading] = NEVER
    return first, second


def counts(
    given: NDArray[np.bool_], right: NDArray[np.bool_], optional: NDArray[np.bool_]
) -> Array:
    """Hits, false alarms and misses of each frame; optional frames are right either way."""
    return np.array(
        [
            (given & right).sum(axis=0),
            (given & ~right & ~optional).sum(axis=0),
            (~given & right).sum(axis=0),
        ],
        dtype=float,
    )


def rates(hits: float, alarms: float, misses: float) -> dict[str, float]:
    """Precision, recall and F1."""
    return {
        "precision": round(hits / max(1.0, hits + alarms), 3),
        "recall": round(hits / max(1.0, hits + misses), 3),
        "f1": round(2 * hits / max(1.0, 2 * hits + alarms + misses), 3),
    }


def figures(
    given: NDArray[np.bool_], table: Table, rows: NDArray[np.bool_] | None = None
) -> dict[str, object]:
    """Micro-averaged rates and those of each frame, of what the second coder labelled.

    Args:
        given: frames (sentences, frames) to judge.
        table: their sentences.
        rows: which of them count, all that are coded if None.
    """
    rows = table.coded if rows is None else rows
    right = table.y[rows]
    found = counts(given[rows], right, table.optional[rows])
    return {
        "articles": len(np.unique(table.article[rows])),
        "sentences": len(right),
        "micro": rates(*found.sum(axis=1)),
        "frames": {
            frame: rates(*found[:, n]) | {"labelled": int(right[:, n].sum())}
            for n, frame in enumerate(table.frames)
        },
    }


def decided(scores: Array, table: Table) -> NDArray[np.bool_]:
    """`chosen` of every sentence, article by article."""
    return np.vstack([chosen(scores[table.article == n]) for n in np.unique(table.article)])


def named(columns: list[str], weights: Array, bias: float) -> dict[str, float]:
    """Return one frame's weights by name."""
    values = {"bias": bias} | dict(zip(columns, weights, strict=True))
    return {name: round(float(value), 3) for name, value in values.items()}


def main() -> None:
    """Train, measure and write the model."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gold", type=Path, help="labelled articles to score only")
    options.add_argument("--cache", type=Path, help="where to keep the parsed sentences")
    options.add_argument("--dry", action="store_true", help="measure, write nothing")
    given = options.parse_args()
    registry = Registry.load()
    own = parsed(own_articles(), given.cache)
    gold = parsed(gold_articles(given.gold), given.cache) if given.gold else []
    read = states(own, given.cache)
    scale = Scale.of(read)
    table = Table(own, registry, scale(read))
    first, second = held_out(table)
    seen, coded = table.labelled, table.coded
    weights, bias = fit(table.x[seen], table.y[seen], SENTENCE_PENALTY)
    near = around(first, table.article)
    context, context_bias = fit_context(near[coded], first[coded], table.y[coded])
    cues_only = table.x[:, len(table.frames) : 2 * len(table.frames)] >= 1
    report: dict[str, object] = {
        "held-out articles": figures(decided(second, table), table),
        "held-out articles, sentence alone": figures(decided(first, table), table),
        "held-out articles, cues alone": figures(cues_only, table),
        "agreement of the two coders": coders(table),
    }
    if gold:
        dev = Table(gold, registry, scale(states(gold, given.cache)))
        alone = dev.x @ weights + bias
        alone[dev.heading] = NEVER
        scores = apply_context(around(alone, dev.article), alone, context, context_bias)
        scores[dev.heading] = NEVER
        report["development articles"] = figures(decided(scores, dev), dev)
        dev_cues = dev.x[:, len(dev.frames) : 2 * len(dev.frames)] >= 1
        report["development articles, cues alone"] = figures(dev_cues, dev)
    names = feature_names(table.frames)
    by_name, of_state, bias = weights[: len(names)], *scale.plain(weights[len(names) :], bias)
    model = {
        "frames": table.frames,
        "powers": list(POWERS),
        "network": read_manifest(MODELS / "stance")["files"]["model.onnx"],
        "sentence": {
            frame: named(names, by_name[:, n], bias[n]) for n, frame in enumerate(table.frames)
        },
        "state": {
            frame: [round(float(value), 4) for value in of_state[:, n]]
            for n, frame in enumerate(table.frames)
        },
        "context": {
            frame: named(
                [*AROUND, *(f"score of {f}" for f in table.frames)], context[n], context_bias[n]
            )
            for n, frame in enumerate(table.frames)
        },
    }
    if not given.dry:
        folder = MODELS / "frames"
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "model.json", model)
        write(folder / "figures.json", report)
    summary = {name: part["micro"] for name, part in report.items() if isinstance(part, dict)}
    print(json.dumps(summary, indent=1))


def coders(table: Table) -> dict[str, object]:
    """How far the author's labels, taken as a system's, agree with the second coder's."""
    return figures(table.author, table, table.has_author & table.coded)


def write(path: Path, data: dict[str, object]) -> None:
    """Write JSON that reads well and differs only where a figure does; a list is one line."""
    text = json.dumps(data, indent=1)
    text = re.sub(r"\[[^][{}]*]", lambda found: " ".join(found[0].split()), text)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
