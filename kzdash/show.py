"""A build as JSON: one object an article, with all that was found in it."""

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from io import BufferedReader
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from kzdash.manifest import TEXTS, Manifest, damaged, missing
from kzdash.publish import open_build
from kzdash.schema import TABLES

BATCH = 5_000
NESTED = tuple(name for name in TABLES if name != "articles")

Row = dict[str, Any]


def articles(folder: Path) -> Iterator[Row]:
    """Yield every article of a build, in the order of their ids.

    Each has the columns of the articles table (``article_id`` as ``id``, ``outlet_id`` as
    ``outlet``, ``published`` as ``date``), ``text`` where the private texts are there, and
    lists of rows ``sentences``, ``quotes``, ``epithets``, ``relations``, ``frame_cues`` and
    ``terms``. ``mentions`` are by actor id. Offsets count characters of ``text``. Memory does
    not grow with the build.

    Raises:
        BuildError: the folder holds no build that is whole.
    """
    with ExitStack() as opened:
        files = open_build(folder, _open).read
        for file in files.values():
            opened.enter_context(file)
        yield from _articles({name: pq.ParquetFile(file) for name, file in files.items()})


def _articles(files: dict[str, pq.ParquetFile]) -> Iterator[Row]:
    """Yield articles from files that are all in the order of the articles' ids."""
    nested = {name: _by_article(files[f"{name}.parquet"]) for name in NESTED}
    if TEXTS in files:
        nested["text"] = _by_article(files[TEXTS])
    waiting = {name: next(groups, None) for name, groups in nested.items()}
    for row in _rows(files["articles.parquet"]):
        found: dict[str, list[Row]] = {}
        for name, group in waiting.items():
            if group and group[0] == row["article_id"]:
                found[name] = group[1]
                waiting[name] = next(nested[name], None)
        yield _article(row, found)


def in_short(article: Row) -> str:
    """Return one line about an article: date, outlet, title, words, mentions."""
    mentions = sum(len(found) for found in article["mentions"].values())
    date = article["date"] or "no date"
    return (
        f"{date:10}  {article['outlet']}  {article['title']}  "
        f"({article['words']} words, {mentions} mentions of {len(article['mentions'])} actors)"
    )


def _open(folder: Path, manifest: Manifest) -> dict[str, BufferedReader]:
    """Open a build's files and check what was opened: it stays, whatever is published."""
    files: dict[str, BufferedReader] = {}
    with ExitStack() as opened:
        for name, path in manifest.paths(folder).items():
            files[name] = opened.enter_context(_handle(name, path))
            digest = hashlib.file_digest(files[name], "sha256")
            if digest.hexdigest() != manifest.expected(name).sha256:
                raise damaged(name)
            files[name].seek(0)
        opened.pop_all()
    return files


def _handle(name: str, path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except OSError:
        raise missing(name) from None


def _article(row: Row, found: dict[str, list[Row]]) -> Row:
    lists = {name: [_plain(one) for one in found.get(name, [])] for name in NESTED}
    mentions: dict[str, list[Row]] = {}
    for mention in lists.pop("mentions"):
        mentions.setdefault(mention.pop("actor_id"), []).append(mention)
    names = {"article_id": "id", "outlet_id": "outlet", "published": "date"}
    article = {names.get(name, name): value for name, value in row.items()}
    # The number of sentences gives way to the sentences themselves.
    article |= {"sentences": lists.pop("sentences"), "mentions": mentions, **lists}
    if "text" in found:
        article["text"] = found["text"][0]["text"]
    return article


def _plain(row: Row) -> Row:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in row.items()
        if name != "article_id"
    }


def _rows(file: pq.ParquetFile) -> Iterator[Row]:
    for batch in file.iter_batches(BATCH):
        yield from batch.to_pylist()


def _by_article(file: pq.ParquetFile) -> Iterator[tuple[str, list[Row]]]:
    for article_id, rows in itertools.groupby(_rows(file), key=lambda row: str(row["article_id"])):
        yield article_id, list(rows)
