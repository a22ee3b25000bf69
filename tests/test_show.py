"""A build as JSON: every row of every table, under its article."""

import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent / "build"))

from benchmarks import fakes
from kzdash import show
from kzdash.build import Analysis, build
from kzdash.errors import BuildError
from kzdash.schema import TABLES


@pytest.fixture
def out(tmp_path):
    items = [*fakes.articles(30), fakes.article(77, "Nobody is named here.")]
    build(items, tmp_path, work=Analysis(load=fakes.load))
    return tmp_path


def test_every_row_is_shown_under_its_article(out):
    shown = list(show.articles(out))
    counts = dict.fromkeys(TABLES, 0)
    for article in shown:
        counts["articles"] += 1
        counts["mentions"] += sum(map(len, article["mentions"].values()))
        for table in set(TABLES) - {"articles", "mentions"}:
            counts[table] += len(article[table])
    assert counts == {t: pq.read_metadata(out / f"{t}.parquet").num_rows for t in TABLES}


def test_small_batches_change_nothing(out, monkeypatch):
    whole = list(show.articles(out))
    monkeypatch.setattr(show, "BATCH", 2)
    assert list(show.articles(out)) == whole


def test_offsets_refer_to_the_text_that_is_shown(out):
    for article in show.articles(out):
        for sentence in article["sentences"]:
            assert article["text"][sentence["start"] : sentence["end"]].strip()


def test_an_article_without_mentions_has_none(out):
    [last] = [article for article in show.articles(out) if article["id"] == "a00077"]
    assert last["mentions"] == {}


def test_without_the_private_texts_there_is_no_text(out):
    (out / "private/texts.parquet").unlink()
    assert all("text" not in article for article in show.articles(out))


def test_a_damaged_build_is_not_shown(out):
    path = out / "mentions.parquet"
    path.write_bytes(path.read_bytes()[::-1])
    with pytest.raises(BuildError):
        list(show.articles(out))
