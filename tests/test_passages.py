"""Evidence beside mentions: each kind counted again with pandas from the same tables."""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from benchmarks.generate import generate
from kzdash.scope import EVIDENCE, Cell, Scope
from kzdash.store import MAX_PAGE, PASSAGE_ORDERS, Store

TABLE = {"quotes": "quotes", "relations": "relations", "epithets": "epithets", "cues": "frame_cues"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("passages") / "build"
    generate(folder, 2_000, seed=7)
    return folder


@pytest.fixture(scope="module")
def store(folder):
    return Store.open(folder)


@pytest.fixture(scope="module")
def read(folder):
    articles = pq.read_table(folder / "articles.parquet").to_pandas().astype({"article_id": "str"})
    outlet = articles.set_index("article_id")["outlet_id"].astype("str")
    repeated = articles["duplicate_of"].map(outlet) == articles["outlet_id"].astype("str")
    left = set(articles["article_id"][~repeated])

    def read_(table):
        frame = pq.read_table(folder / f"{table}.parquet").to_pandas()
        frame = frame[frame["article_id"].astype("str").isin(left)]
        return frame.assign(outlet=frame["article_id"].astype("str").map(outlet))

    return read_


def count(store, scope=None, **cell):
    return int(store.passage_count(scope or Scope(), Cell(**cell))["passages"].iloc[0])


@pytest.mark.parametrize(("what", "table"), TABLE.items())
def test_all_of_a_kind(store, read, what, table):
    assert count(store, what=what) == len(read(table))


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        (Cell(what="quotes", verb_class="doubting"), "verb_class"),
        (Cell(what="quotes", outlet="rt"), "outlet"),
        (Cell(what="relations", actor="tokayev"), "source_actor"),
        (Cell(what="relations", target="tokayev"), "target_actor"),
        (Cell(what="relations", relation="blames"), "label"),
        (Cell(what="epithets", actor="tokayev"), "actor_id"),
        (Cell(what="epithets", voice="quoted"), "voice"),
        (Cell(what="cues", frame="security"), "frame"),
    ],
    ids=lambda c: c if isinstance(c, str) else c.what,
)
def test_a_cell_narrows(store, read, cell, column):
    wanted = next(v for k, v in vars(cell).items() if k != "what" and v)
    rows = read(TABLE[cell.what])
    expected = int((rows[column].astype("str") == wanted).sum())
    assert expected
    assert int(store.passage_count(Scope(), cell)["passages"].iloc[0]) == expected


def test_sentences_of_a_frame_and_an_actor(store, read):
    sentences, mentions = read("sentences"), read("mentions")
    framed = sentences[[("security" in list(f)) for f in sentences["frames"]]]
    assert count(store, what="sentences", frame="security") == len(framed)
    with_actor = mentions[mentions["actor_id"].astype("str") == "tokayev"]
    keys = {
        (a, n) for a, n in zip(with_actor["article_id"], with_actor["sentence_no"], strict=True)
    }
    both = [k for k in zip(framed["article_id"], framed["sentence_no"], strict=True) if k in keys]
    assert count(store, what="sentences", frame="security", actor="tokayev") == len(both)


def test_articles_of_a_word(store, read):
    terms = read("terms").astype({"lemma": "str", "pos": "str"})
    lemma, pos = terms.groupby(["lemma", "pos"]).size().idxmax()
    expected = int(((terms["lemma"] == lemma) & (terms["pos"] == pos)).sum())
    assert count(store, what="articles", word=lemma, pos=pos) == expected


@pytest.mark.parametrize("order", PASSAGE_ORDERS)
@pytest.mark.parametrize("what", EVIDENCE)
def test_pages_cover_all_once_in_every_order(store, what, order):
    cell = Cell(what=what)
    total = count(store, what=what)
    parts = [
        store.passages(Scope(), cell, order=order, seed=3, offset=n, limit=MAX_PAGE)
        for n in range(0, total, MAX_PAGE)
    ]
    rows = pd.concat(parts)
    assert len(rows) == total
    assert rows["article_id"].notna().all()


def test_a_frame_is_shown_with_its_cues_and_their_places(store):
    rows = store.passages(Scope(), Cell(what="cues"), limit=50)
    for row in rows.itertuples():
        assert (row.frame, row.cue, row.start, row.end) in [
            (c["frame"], c["cue"], c["start"], c["end"]) for c in row.frame_cues
        ]
