"""Parts: the articles that are analysed together, and what comes of them.

A part is the unit of work and of restart. Its key stands for its articles and for the whole
pipeline, so a part that was analysed once never needs to be analysed again.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from kzdash.errors import BuildError, KzdashError
from kzdash.schema import TABLES, Article, ArticleRows, to_table

Analyser = Callable[[Iterable[Article]], Iterator[ArticleRows]]
"""Yields the rows of each article, in order."""

KILLS = 3
"""Workers that a part may cost before it is cut up, and an article before it is given up."""

KILLER = f"cannot be analysed (it ended {KILLS} worker processes)"

UNMEASURED = frozenset({"place", "outlet_name", "notes"})
"""What is known of an article and decides no row."""

LARGEST = 64
"""Articles of a part at most; half as many are usual."""


@dataclass(frozen=True)
class Part:
    """Some articles and the key that stands for them."""

    key: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Analysed:
    """What came of a part: its rows by table, and the articles that cannot be analysed.

    ``failed`` holds the id of each such article and what was found.
    """

    tables: dict[str, pa.Table]
    failed: tuple[tuple[str, str], ...] = ()


Work = Callable[[Sequence[Article]], Analysed]
"""What an engine does with the articles of a part; it can be sent to other processes."""


class Engine(Protocol):
    """Where the work runs."""

    def run(self, work: Work, parts: Iterable[Part]) -> Iterator[tuple[Part, Analysed]]:
        """Yield every part, or the pieces it had to be cut into, with what came of it.

        The order is free. No article is lost: one that cannot be analysed is in ``failed``.

        Raises:
            KzdashError: no article could be analysed, as where a model is missing.
        """


class InProcess:
    """The engine that works in this process, one part after the other."""

    def run(self, work: Work, parts: Iterable[Part]) -> Iterator[tuple[Part, Analysed]]:
        """Yield every part with what came of it, in order."""
        for part in parts:
            yield part, work(part.articles)


def measured(registry: Path | None) -> Analyser:
    """Return the analyser that measures with spaCy and the models."""
    from kzdash.nlp.pipeline import analyse, load

    nlp = load(registry)

    def analyser(articles: Iterable[Article]) -> Iterator[ArticleRows]:
        # Forgets the words of a part afterwards, so that memory does not grow.
        with nlp.memory_zone():
            yield from analyse(nlp, articles)

    return analyser


@dataclass(frozen=True)
class Analysis:
    """The work of a build: articles to rows.

    Args:
        registry: a registry folder; the shipped one if None.
        load: returns the analyser for a registry; called once a process.
    """

    registry: Path | None = None
    load: Callable[[Path | None], Analyser] = measured

    def prepare(self) -> None:
        """Load what the analysis needs, once a process."""
        _loaded(self)

    def __call__(self, articles: Sequence[Article]) -> Analysed:
        """Analyse articles; where one fails, each is analysed by itself."""
        analyser = _loaded(self)
        try:
            return analysed(list(analyser(articles)), articles)
        except KzdashError:
            raise
        except Exception as error:
            if len(articles) == 1:
                return failed(articles[0], f"cannot be analysed ({type(error).__name__})")
        return joined([self([article]) for article in articles])


@cache
def _loaded(analysis: Analysis) -> Analyser:
    return analysis.load(analysis.registry)


def analysed(rows: list[ArticleRows], articles: Sequence[Article]) -> Analysed:
    """Return the rows of articles as tables, each in the order of its key."""
    hashes = {article.article_id: input_hash(article) for article in articles}
    rows = [
        replace(row, article=replace(row.article, input_hash=hashes[row.article.article_id]))
        for row in rows
    ]
    by_table = [row.tables() for row in rows]
    return Analysed(
        {
            name: to_table(
                row_type,
                sorted(
                    (row for tables in by_table for row in tables[name]),
                    key=attrgetter(*row_type.key),
                ),
            )
            for name, row_type in TABLES.items()
        }
    )


def failed(article: Article, finding: str) -> Analysed:
    """Return what comes of an article that cannot be analysed."""
    return replace(analysed([], []), failed=((article.article_id, finding),))


def joined(several: list[Analysed]) -> Analysed:
    """Return what came of several articles as one."""
    return Analysed(
        {
            name: pa.concat_tables([one.tables[name] for one in several]).unify_dictionaries()
            for name in TABLES
        },
        tuple(entry for one in several for entry in one.failed),
    )


def answered(ask: Callable[[], Analysed | None]) -> Analysed | KzdashError | None:
    """Return what a worker is asked for, or the error that ends the build."""
    try:
        return ask()
    except KzdashError as error:
        return error
    except Exception as error:
        found = f"cannot work ({type(error).__name__}: {error})"
        return BuildError("workers", " ".join(found.split()), "a whole installation")


def pieces(part: Part) -> list[Part]:
    """Return a part's articles as parts of one article each."""
    return [Part(f"{part.key}-{n:03d}", (article,)) for n, article in enumerate(part.articles)]


def whole(key: str) -> str:
    """Return the key of the part that a part, or a piece of one, belongs to."""
    return key.partition("-")[0]


def input_hash(article: Article) -> str:
    """Return 32 hexadecimal digits that stand for all that was read of an article."""
    said = {name: value for name, value in asdict(article).items() if name not in UNMEASURED}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def part_key(pipeline: str, hashes: Iterable[str]) -> str:
    """Return the key of a part: 32 hexadecimal digits.

    Args:
        pipeline: digest over all that decides what is measured.
        hashes: the input hashes of the articles, in order.
    """
    return hashlib.sha256("\n".join((pipeline, *hashes)).encode()).hexdigest()[:32]


def ends_part(count: int, last: str) -> bool:
    """Return whether a part ends with this article.

    The article's own hash decides, so that an article more or less in the input changes one
    part and not all that follow.

    Args:
        count: articles in the part so far.
        last: input hash of the last of them.
    """
    return count >= LARGEST or int(last[:4], 16) % (LARGEST // 2) == 0
