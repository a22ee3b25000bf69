"""Train the ranker of antecedents on the own corpus; write its weights.

    python -m training.mentions.train [--out data/models/mentions/weights.json]

For every pronoun and definite description the candidates that mean the labelled actor (or nobody
and nothing of the registry, where nothing is labelled) should win: a log-linear model over
the candidates of one choice, fitted by L-BFGS with an L2 penalty. Training reads each article
with the labelled antecedents, once with the whole registry and again with some people hidden,
who then are outsiders.
"""

import argparse
import json
import random
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kzdash.nlp.antecedents import Choice, Ranker
from kzdash.nlp.discourse import Entity
from kzdash.nlp.mentions import MentionFinder
from kzdash.registry import Registry
from training.mentions.labelled import LabelledDoc

_PENALTY = 0.5


@dataclass
class Example:
    """One choice: features of every candidate, and which candidates are right."""

    type: str
    features: list[dict[str, float]]
    right: list[bool]


def collect(articles: list[LabelledDoc], hidden: int = 1) -> list[Example]:
    """Return the choices of all articles, with some people hidden in further readings."""
    examples: list[Example] = []
    chance = random.Random(7)
    for article in articles:
        assert article.registry is not None
        examples += _read(article, article.registry)
        for _ in range(hidden):
            kept = [
                a for a in article.registry.actors.values()
                if a.kind != "person" or chance.random() > 0.3
            ]
            ids = {a.id for a in kept}
            offices = [
                o for o in article.registry.offices.values()
                if {t.actor for t in o.holders} <= ids
            ]
            examples += _read(article, Registry([], kept, offices, []))
    return examples


def _read(article: LabelledDoc, registry: Registry) -> list[Example]:
    labels = {}
    for label in article.labels:
        for at in range(label.start, label.end):
            if at not in labels or label.kind in ("pronoun", "title"):
                labels[at] = label
    examples: list[Example] = []

    def decide(choice: Choice) -> Entity | None:
        token = choice.anaphor.token
        label = labels.get(token.idx)
        actor = label.actor if label and label.actor in registry.actors else None
        if choice.anaphor.phrase is not None and label and label.kind not in ("title", "pronoun"):
            return None
        if label is not None and actor is None:
            right = [e is None or e.actor is None for e in choice.entities]
        else:
            right = [(e.actor if e else None) == actor for e in choice.entities]
        if any(right) and not all(right):
            examples.append(Example(choice.anaphor.type, choice.features, right))
        chosen = [e for e, r in zip(choice.entities, right, strict=True) if r and e is not None]
        return chosen[0] if chosen and actor is not None else None

    MentionFinder(registry, Ranker({})).find(article.doc, article.published, decide)
    return examples


def fit(examples: list[Example], penalty: float = _PENALTY) -> dict[str, dict[str, float]]:
    """Return the weights of every type of anaphor."""
    types = sorted({e.type for e in examples})
    weights = {t: _fit_type([e for e in examples if e.type == t], penalty) for t in types}
    for missing in {"he", "she", "it", "they", "title"} - set(types):
        weights[missing] = {"nobody": 1.0}
    he, she = [e for e in examples if e.type == "he"], [e for e in examples if e.type == "she"]
    if he and she:
        both = _fit_type(_renamed(he) + _renamed(she), penalty)
        weights["he"] = weights["she"] = both
    return weights


def _renamed(examples: list[Example]) -> list[Example]:
    renamed = []
    for example in examples:
        features = [
            {k.replace("_he", "").replace("_she", ""): v for k, v in f.items()}
            for f in example.features
        ]
        renamed.append(replace(example, features=features))
    return renamed


def _fit_type(examples: list[Example], penalty: float) -> dict[str, float]:
    names = sorted({n for e in examples for f in e.features for n in f})
    columns = {n: i for i, n in enumerate(names)}
    rows, cols, values, groups, right = [], [], [], [], []
    row = 0
    for number, example in enumerate(examples):
        for features, good in zip(example.features, example.right, strict=True):
            for name, value in features.items():
                rows.append(row)
                cols.append(columns[name])
                values.append(value)
            groups.append(number)
            right.append(good)
            row += 1
    matrix = csr_matrix((values, (rows, cols)), shape=(row, len(names)))
    group, good = np.array(groups), np.array(right)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ w
        whole, p = _softmax(scores, group, np.ones_like(good))
        part, q = _softmax(scores, group, good)
        value = float((whole - part).sum() + penalty * (w @ w) / 2)
        return value, matrix.T @ (p - q) + penalty * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B",
                     options={"maxiter": 300})  # fmt: skip
    return {n: round(float(x), 4) for n, x in zip(names, found.x, strict=True) if abs(x) > 1e-3}


def _softmax(
    scores: NDArray[np.float64], group: NDArray[np.int64], allowed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    top = np.full(group.max() + 1, -np.inf)
    np.maximum.at(top, group[allowed], scores[allowed]) if allowed.dtype == bool else (
        np.maximum.at(top, group, scores)
    )
    mass = np.exp(scores - top[group]) * allowed
    total = np.bincount(group, weights=mass)
    return top + np.log(total), mass / total[group]


def main() -> None:
    """Train on the whole own corpus and write the weights."""
    from training.mentions.score import cached

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, default=Path("data/models/mentions/weights.json"))
    arguments.add_argument("--cache", type=Path)
    given = arguments.parse_args()
    examples = collect(cached("own", given.cache))
    weights = fit(examples)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(
        json.dumps({"version": 1, "weights": weights}, indent=1, sort_keys=True) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
