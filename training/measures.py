"""Figures of a model on labelled examples; nothing here needs a network."""

from collections.abc import Mapping, Sequence

import numpy as np

from kzdash.evaluation import agreement
from kzdash.nlp.stance_model import labels_of
from training import calibration, corpus


def confusion(true: np.ndarray, guess: np.ndarray, labels: int = 3) -> np.ndarray:
    """Counts (labels, labels): a row for each label given, a column for each by the model."""
    return agreement.confusion(zip(true.tolist(), guess.tolist(), strict=True), labels)


def macro_f1(true: np.ndarray, guess: np.ndarray, labels: int = 3) -> float:
    """Unweighted mean of the F1 of each label."""
    return float(agreement.macro_f1(confusion(true, guess, labels)[None])[0])


def scores(true: np.ndarray, guess: np.ndarray) -> dict[str, float | int]:
    """Macro-F1, accuracy, count."""
    return {
        "macro_f1": round(macro_f1(true, guess), 4),
        "accuracy": round(float((true == guess).mean()), 4),
        "n": len(true),
    }


def by_group(
    examples: Sequence[corpus.Example],
    true: np.ndarray,
    guess: np.ndarray,
    fact: str,
    beside: Mapping[str, np.ndarray] | None = None,
) -> dict[str, dict]:
    """Scores by a fact of the examples, such as the kind of mention.

    Args:
        examples: one a row.
        true: labels of the author or annotator, 0 to 2.
        guess: labels of the model.
        fact: the name of the fact.
        beside: labels of other methods, whose scores stand in each group under their names.
    """
    groups = sorted({e.facts[fact] for e in examples})
    chosen = {g: np.array([e.facts[fact] == g for e in examples]) for g in groups}
    others = beside or {}
    return {
        g: scores(true[mask], guess[mask])
        | {name: scores(true[mask], other[mask]) for name, other in others.items()}
        for g, mask in chosen.items()
    }


def f1(counts: np.ndarray) -> list[float]:
    """F1 of each label of a confusion matrix; 0 where it is neither given nor found."""
    found = counts.diagonal()
    missed, spurious = counts.sum(axis=1) - found, counts.sum(axis=0) - found
    values = agreement.f1(np.stack([found, missed, spurious], axis=1))
    return [round(float(value), 4) for value in np.nan_to_num(values)]


def ece(true: np.ndarray, shares: np.ndarray) -> float:
    """Expected calibration error over ten bins of confidence."""
    return round(agreement.expected_calibration_error(shares, true), 4)


def intervals(
    examples: Sequence[corpus.Example], true: np.ndarray, guess: np.ndarray, draws: int = 1000
) -> list[float]:
    """95 % interval of macro-F1 from a bootstrap over articles."""
    rng = np.random.default_rng(1)
    names = sorted({e.article for e in examples})
    rows = [np.array([n for n, e in enumerate(examples) if e.article == a]) for a in names]
    each = np.stack([confusion(true[some], guess[some]) for some in rows])
    drawn = [each[rng.integers(0, len(each), len(each))].sum(axis=0) for _ in range(draws)]
    found = agreement.macro_f1(np.stack(drawn))
    return [round(float(q), 4) for q in np.quantile(found, [0.025, 0.975])]


def actor_means(
    examples: Sequence[corpus.Example], stances: np.ndarray, least: int = 5
) -> dict[str, float | int]:
    """Correlation of an actor's mean stance in an article with the author's labels."""
    cells: dict[tuple[str, str], list[int]] = {}
    for n, e in enumerate(examples):
        cells.setdefault((e.article, e.facts["actor"]), []).append(n)
    kept = [rows for rows in cells.values() if len(rows) >= least]
    ours = [stances[rows].mean() for rows in kept]
    theirs = [np.mean([examples[n].author for n in rows]) for rows in kept]
    return {"pearson_r": round(float(np.corrcoef(ours, theirs)[0, 1]), 4), "actors": len(kept)}


def vader(examples: Sequence[corpus.Example]) -> np.ndarray:
    """Labels of VADER on the whole text, with its usual thresholds."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    values = [analyser.polarity_scores(e.text)["compound"] for e in examples]
    return np.array([2 if v >= 0.05 else 0 if v <= -0.05 else 1 for v in values])


def judged(
    examples: Sequence[corpus.Example], shares: np.ndarray, weights: Sequence[float]
) -> dict[str, object]:
    """All figures of one data set; labels are given by weighed probabilities."""
    true, guess = np.array([e.author + 1 for e in examples]), labels_of(shares, weights)
    out: dict[str, object] = scores(true, guess)
    out["confusion"] = confusion(true, guess).astype(int).tolist()
    out["ece"] = ece(true, shares)
    out["shares"] = calibration.shares_of(true, shares)
    beside = {"always_neutral": np.ones_like(true), "vader": vader(examples)}
    out |= {name: scores(true, other) for name, other in beside.items()}
    if examples[0].article:
        out["interval"] = intervals(examples, true, guess)
    if "kind" in examples[0].facts:
        out["by_kind"] = by_group(examples, true, guess, "kind", beside)
        out["by_voice"] = by_group(examples, true, guess, "voice", beside)
        out["actor_means"] = actor_means(examples, shares[:, 2] - shares[:, 0])
    both = np.array([e.facts.get("second", "") != "" for e in examples])
    if both.any():
        other = np.array([int(e.facts.get("second") or 0) + 1 for e in examples])
        out["second_coder"] = scores(true[both], other[both])
        agreed = both & (true == other)
        out["where_coders_agree"] = scores(true[agreed], guess[agreed])
    if "style" in examples[0].facts:
        out["by_style"] = by_group(examples, true, guess, "style", beside)
    return out


def figures(
    sets: Mapping[str, Sequence[corpus.Example]],
    shares: Mapping[str, np.ndarray],
    weights: Sequence[float],
) -> dict[str, dict]:
    """Figures of all data sets: ``data``, ``reliability`` and ``abstention``, each by set.

    Args:
        sets: the mentions, by set.
        shares: their probabilities (mentions, labels), by set; of ``NAME_alone`` those that are
            given without context, whose scores stand in ``data`` of ``NAME`` as ``alone``.
        weights: of the labels, where one is given.
    """
    true = {name: np.array([e.author + 1 for e in sets[name]]) for name in sets}
    guess = {name: labels_of(values, weights) for name, values in shares.items()}
    data = {name: judged(sets[name], shares[name], weights) for name in sets}
    for name in sets:
        if f"{name}_alone" in shares:
            data[name]["alone"] = scores(true[name], guess[f"{name}_alone"])
    return {
        "data": data,
        "reliability": {n: calibration.reliability(true[n], shares[n]) for n in sets},
        "abstention": {n: calibration.abstention(true[n], shares[n], guess[n]) for n in sets},
    }
