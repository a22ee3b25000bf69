"""Score mentions on the own corpus and on labelled articles.

    python -m training.mentions.score [own] [folds] [--gold LABELS.jsonl --catalogue TEXTS.csv]

"own" takes the shipped weights, which have seen s1 to s10 of the own corpus; "folds" trains the
ranker on three quarters and scores the last, four times. The texts lie beside their catalogue.
"""

import argparse
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from spacy.language import Language

from kzdash.evaluation.mentions import MentionLabel, MentionScores, score_mentions
from kzdash.nlp.antecedents import Ranker
from kzdash.nlp.mentions import MentionFinder
from kzdash.nlp.resources import load_registry
from training.mentions.labelled import LabelledDoc, gold_articles, own_articles, parser
from training.mentions.train import learn

Reader = Callable[[Language], Iterator[LabelledDoc]]


def cached(what: str, folder: Path | None, read: Reader = own_articles) -> list[LabelledDoc]:
    """Return labelled Docs, parsed once if a folder for them is given."""
    path = folder / f"{what}.pickle" if folder else None
    if path is not None and path.exists():
        return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]
    articles = list(read(parser()))
    if path is not None:
        path.write_bytes(pickle.dumps(articles))
    return articles


def predict(finder: MentionFinder, article: LabelledDoc) -> list[MentionLabel]:
    """Return the mentions found in an article."""
    doc = article.doc
    return [
        MentionLabel(
            article.article,
            doc[m.start].idx,
            doc[m.end - 1].idx + len(doc[m.end - 1]),
            m.actor,
            m.kind,
        )
        for m in finder.find(doc, article.published)
    ]


def run(articles: list[LabelledDoc], ranker: Ranker | None) -> MentionScores:
    """Score articles, each with its own registry or the shipped one."""
    predicted, labelled = [], []
    shipped = None
    for article in articles:
        if article.registry is None:
            shipped = shipped or MentionFinder(load_registry(), ranker)
            finder = shipped
        else:
            finder = MentionFinder(article.registry, ranker)
        known = finder.registry.actors
        predicted += predict(finder, article)
        labelled += [m for m in article.labels if m.actor in known]
    return score_mentions(predicted, labelled)


def folds(articles: list[LabelledDoc], count: int = 4, most: int = 4) -> MentionScores:
    """Score every article with a ranker trained on the others' folds."""
    predicted, labelled = [], []
    for number in range(min(count, most)):
        train = [a for i, a in enumerate(articles) if i % count != number]
        ranker = Ranker(learn(train))
        for article in articles[number::count]:
            assert article.registry is not None
            predicted += predict(MentionFinder(article.registry, ranker), article)
            labelled += [m for m in article.labels if m.actor in article.registry.actors]
    return score_mentions(predicted, labelled)


def show(scores: MentionScores) -> str:
    """Return the scores as a table."""
    rows = [("all", scores.overall), *scores.kinds.items()]
    return "\n".join(
        f"{name:9} P {s.precision or 0:.3f}  R {s.recall or 0:.3f}  F1 {s.f1 or 0:.3f}"
        f"  ({s.found} found, {s.missed} missed, {s.spurious} spurious)"
        for name, s in rows
    )


def errors(articles: list[LabelledDoc], scores: MentionScores, kinds: set[str]) -> str:
    """Return every error in its context."""
    texts = {a.article: a.doc.text for a in articles}
    lines = []
    for sign, group in (("-", scores.missed), ("+", scores.spurious)):
        for m in sorted(group, key=lambda m: (m.article, m.start)):
            if m.kind in kinds:
                text = texts[m.article]
                left = text[max(0, m.start - 110) : m.start].replace("\n", " ")
                right = text[m.end : m.end + 50].replace("\n", " ")
                lines.append(
                    f"{sign} {m.article[:14]} {m.kind[:5]:5} {m.actor:18} {left}"
                    f"[{text[m.start : m.end]}]{right}"
                )
    return "\n".join(lines)


def main() -> None:
    """Run the scores that the arguments name."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", nargs="*", default=["own"], help="own, folds")
    arguments.add_argument("--gold", type=Path, help="labelled articles, to score as well")
    arguments.add_argument("--catalogue", type=Path, help="their dates and texts")
    arguments.add_argument("--errors", default="", help="kinds whose errors are shown: name,title")
    arguments.add_argument("--cache", type=Path)
    arguments.add_argument("--most", type=int, default=4, help="how many folds to score")
    given = arguments.parse_args()
    gold = partial(gold_articles, labels=given.gold, catalogue_file=given.catalogue)
    for what in [*(["gold"] if given.gold else []), *given.what]:
        articles = cached(what, given.cache, gold) if what == "gold" else cached("own", given.cache)
        scores = folds(articles, most=given.most) if what == "folds" else run(articles, None)
        sys.stdout.write(f"{what}\n{show(scores)}\n")
        if given.errors:
            sys.stdout.write(errors(articles, scores, set(given.errors.split(","))) + "\n")


if __name__ == "__main__":
    main()
