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
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kzdash.evaluation.mentions import MentionLabel
from kzdash.nlp.antecedents import Choice, Ranker
from kzdash.nlp.discourse import Entity
from kzdash.nlp.mentions import MentionFinder
from kzdash.registry import Registry
from training.mentions.labelled import LabelledDoc

_PENALTY = 2.0
# What grammar says beforehand: the weights are drawn towards these instead of to nothing, so that
# constructions that are rare in the own corpus keep their rule.
_PRIOR = {
    "pronoun": {
        "conjunct_possessor": 5.0, "object_beside_subject": -1.5, "reflexive_adjacent": 5.0,
        "reflexive_subject": 4.0,
        "subject_of_p": 2.0, "subject_of_predicate": -3.0, "nearest_subject": 0.5,
        "previous_subject_s": 0.5, "main_previous_subject": 1.0, "later": 0.5,
        "later_main": 1.5, "later_part": 8.0, "impersonal": 2.0,
        "matrix_s": 1.3, "chain0": 0.5, "d0": 1.0, "d1": 0.5, "d2": -0.5, "d3": -1.0,
        "speaker": -1.0, "quote_same": 0.5,
    },
    "title": {
        "fit_head": 1.0, "fit_class": 0.5, "fit_modifiers": 1.0, "fit_unmatched": -0.7,
        "fit_other_country": -3.0, "fit_country": 1.0, "country_other": -3.0, "country_same": 0.5,
        "home": 0.7, "tense_former_current": -1.5, "tense_none_former": -0.7,
        "tense_former_former": 0.7,
        "fit_only": 0.7, "fit_best": 0.3,
        "demonstrative": 0.3, "rank0": 0.3, "unsupported_modifiers": -0.5,
    },
}  # fmt: skip
# Features whose weight is the prior's: too rare in the own corpus, or not like real articles there
# (its registries know no countries of people).
_FIXED = re.compile(
    "conjunct_possessor|object_beside_subject|matrix_s$|reflexive_|subject_of_p$|"
    "subject_of_predicate|later|home|country_|fit_country|fit_other_country"
)


@dataclass
class Example:
    """One choice: features of every candidate, and which candidates are right."""

    type: str
    features: list[dict[str, float]]
    right: list[bool]


def learn(articles: list[LabelledDoc], rounds: int = 1) -> dict[str, dict[str, float]]:
    """Return weights learned in rounds.

    The first reads with the labelled antecedents, further ones with those that the weights of
    the round before choose, so that training sees the errors that reading makes (Ross,
    Gordon and Bagnell 2011).
    """
    examples = collect(articles)
    weights = fit(examples)
    for _ in range(rounds):
        examples += collect(articles, ranker=Ranker(weights))
        weights = fit(examples)
    return weights


def collect(
    articles: list[LabelledDoc], hidden: int = 1, ranker: Ranker | None = None
) -> list[Example]:
    """Return the choices of all articles, with some people hidden in further readings."""
    examples: list[Example] = []
    chance = random.Random(7)
    for article in articles:
        assert article.registry is not None
        examples += _read(article, article.registry, ranker)
        for _ in range(hidden):
            kept = [
                a
                for a in article.registry.actors.values()
                if a.kind != "person" or chance.random() > 0.3
            ]
            ids = {a.id for a in kept}
            offices = [
                o for o in article.registry.offices.values() if {t.actor for t in o.holders} <= ids
            ]
            examples += _read(article, Registry([], kept, offices, []), ranker)
    return examples


class _Teacher:
    """Decides every choice of one article as it is labelled, and keeps it as an example."""

    def __init__(self, article: LabelledDoc, registry: Registry, ranker: Ranker | None) -> None:
        self.doc = article.doc
        self.actors = registry.actors
        self.ranker = ranker
        self.examples: list[Example] = []
        self.labels: dict[int, MentionLabel] = {}
        for label in article.labels:
            for at in range(label.start, label.end):
                if at not in self.labels or label.kind in ("pronoun", "title"):
                    self.labels[at] = label

    def actor_of(self, entity: Entity | None) -> str | None:
        """Return the actor of an entity, for one outside the registry by its labels."""
        if entity is None or entity.actor is not None:
            return entity.actor if entity else None
        for reference in entity.references[:3]:
            label = self.labels.get(self.doc[reference.head].idx)
            if label is not None:
                return label.actor
        return None

    def __call__(self, choice: Choice) -> Entity | None:
        label = self.labels.get(choice.anaphor.token.idx)
        if choice.anaphor.phrase is not None and label and label.kind not in ("title", "pronoun"):
            return None
        actor = label.actor if label else None
        meant = [self.actor_of(e) for e in choice.entities]
        found = actor is None or actor in meant
        right = [
            a == actor if found else e is None for a, e in zip(meant, choice.entities, strict=True)
        ]
        if any(right) and not all(right) and (found or actor not in self.actors):
            self.examples.append(Example(choice.anaphor.type, choice.features, right))
        if self.ranker is not None:
            return self.ranker.best(choice)
        chosen = [e for e, r in zip(choice.entities, right, strict=True) if r and e is not None]
        return chosen[0] if chosen and actor is not None else None


def _read(article: LabelledDoc, registry: Registry, ranker: Ranker | None) -> list[Example]:
    teacher = _Teacher(article, registry, ranker)
    MentionFinder(registry, Ranker({})).find(article.doc, article.published, teacher)
    return teacher.examples


def fit(examples: list[Example], penalty: float = _PENALTY) -> dict[str, dict[str, float]]:
    """Return the weights of every type of anaphor."""
    types = sorted({e.type for e in examples})
    weights = {t: _fit_type([e for e in examples if e.type == t], penalty, t) for t in types}
    for missing in {"he", "she", "it", "they", "title"} - set(types):
        weights[missing] = {"nobody": 1.0}
    both = [e for e in examples if e.type in ("he", "she")]
    if both:
        weights["he"] = weights["she"] = _fit_type(both, penalty, "he")
    return weights


def _fit_type(examples: list[Example], penalty: float, type_: str) -> dict[str, float]:
    given = _PRIOR["title" if type_ == "title" else "pronoun"]
    names = sorted({n for e in examples for f in e.features for n in f} | set(given))
    prior = np.array([given.get(n, 0.0) for n in names])
    weight = penalty * np.array([100.0 if _FIXED.match(n) else 1.0 for n in names])
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
        value = float((whole - part).sum() + (weight * (w - prior)) @ (w - prior) / 2)
        return value, matrix.T @ (p - q) + weight * (w - prior)

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 120})
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
    weights = learn(cached("own", given.cache))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(
        json.dumps({"version": 1, "weights": weights}, indent=1, sort_keys=True) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
