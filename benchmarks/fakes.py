"""A stand-in for the pipeline: quick, importable by workers, and hostile on request."""

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

from kzdash.build.parts import Analyser
from kzdash.errors import ModelError
from kzdash.schema import Article, ArticleRow, ArticleRows, MentionRow, SentenceRow, TermRow


def article(number: int, text: str = "", **fields: str | None) -> Article:
    """Return an article of an invented outlet; fields may be given."""
    given = {
        "article_id": f"a{number:05d}",
        "outlet_id": "steppe-herald",
        "title": f"Title {number}",
        "text": text
        or f"Title {number}\n\nAru Seitova opened school number {number} in Ekibastuz.",
        "published": "2024-03-15",
        "language": "en",
        "place": f"steppe.jsonl, line {number}",
    }
    return Article(**{**given, **fields})


def articles(count: int) -> list[Article]:
    """Return so many different articles."""
    return [article(number) for number in range(count)]


def rows(one: Article) -> ArticleRows:
    """Return rows of an article: a sentence a paragraph, one mention, its terms."""
    sentences = one.text.split("\n\n")
    words = one.text.split()
    found = one.text.find("Aru Seitova")
    return ArticleRows(
        article=ArticleRow(
            article_id=one.article_id, outlet_id=one.outlet_id, title=one.title,
            author=one.author, published=one.published, published_precision="day", url=one.url,
            republished_by=one.republished_by, language=one.language or "en",
            translated_from=one.translated_from, words=len(words), sentences=len(sentences),
            text_hash="0" * 16, scored=(one.language or "en") == "en",
        ),
        sentences=[
            SentenceRow(
                article_id=one.article_id, sentence_no=n, paragraph_no=n,
                start=one.text.find(sentence), end=one.text.find(sentence) + len(sentence),
                words=len(sentence.split()), fingerprint="0" * 16, sentiment=0.25,
                frames=["economy"] if n else [], fragment_start=None, fragment_end=None,
            )
            for n, sentence in enumerate(sentences)
        ],
        mentions=[
            MentionRow(
                mention_id=f"{one.article_id}:{found}", article_id=one.article_id,
                sentence_no=1, actor_id="aru-seitova", surface="Aru Seitova", kind="name",
                start=found, end=found + 11, sentiment=0.5, stance=0.125, stance_label="neutral",
                p_negative=0.25, p_neutral=0.375, p_positive=0.375, stance_reason=None,
                voice="own", speaker=None, role="agent", cues=["opened"],
            )
        ] if found >= 0 else [],
        terms=[TermRow(one.article_id, w, "NOUN", words.count(w)) for w in sorted(set(words))],
    )  # fmt: skip


def analyse(given: Iterable[Article]) -> Iterator[ArticleRows]:
    """Yield the rows of articles; raise, or kill the process, where the text or title says so."""
    for one in given:
        if "RAISES" in one.text:
            raise ValueError("the text of the article stands in this message")
        if "KILLS" in one.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "KILLS_ONCE" in one.title and not (flag := Path(one.author or "")).exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield rows(one)


def load(registry: Path | None) -> Analyser:
    """Return the stand-in."""
    return analyse


def load_no_model(registry: Path | None) -> Analyser:
    """Fail as where a model is missing."""
    raise ModelError("model.onnx", "is missing", "the file that manifest.json names")


def load_dying(registry: Path | None) -> Analyser:
    """Kill the process that loads it."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def load_broken(registry: Path | None) -> Analyser:
    """Fail as where a library is missing."""
    raise RuntimeError("no such library")
