"""A build whose every text is hostile: nothing of it becomes markup, a link or a formula."""

import dataclasses
import json
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.generate import generate
from kzdash.manifest import TEXTS, Manifest, describe_files
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui.navigation import PAGES

MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
LINK = '<a href="javascript:alert(3)">x</a>'


@pytest.fixture(scope="module")
def hostile_build(tmp_path_factory):
    """A random build with hostile titles, surfaces, cues, speakers, verbs, addresses, texts."""
    folder = tmp_path_factory.mktemp("hostile")
    manifest = generate(folder, 600, seed=5)
    columns = {
        "articles": {"title": MARKUP, "author": LINK, "url": "javascript:alert(4)",
                     "republished_by": MARKUP},
        "mentions": {"surface": LINK, "speaker": MARKUP, "stance_reason": MARKUP},
        "epithets": {"text": "=HYPERLINK(1)" + MARKUP},
        "quotes": {"speaker_surface": MARKUP, "verb": LINK},
        "relations": {"verb": MARKUP},
        "frame_cues": {"cue": LINK},
        "terms": {"lemma": None},
    }  # fmt: skip
    base = folder / manifest.folder
    for table, values in columns.items():
        path = base / f"{table}.parquet"
        data = pq.read_table(path)
        for name, value in values.items():
            if value is None:
                continue
            place = data.schema.get_field_index(name)
            column = pa.array([value] * len(data), pa.string()).cast(data.schema.field(name).type)
            data = data.set_column(place, data.schema.field(name), column)
        pq.write_table(data, path)
    ids = pq.read_table(base / "articles.parquet")["article_id"].to_pylist()
    (base / "private").mkdir(exist_ok=True)
    ids = [str(i) for i in ids]
    texts = pa.table({"article_id": ids, "text": [(MARKUP + " ") * 400] * len(ids)})
    pq.write_table(texts, base / TEXTS)
    files, private = describe_files(base)
    dataclasses.replace(manifest, files=files, texts=private).write(folder)
    assert Manifest.read(folder).texts
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_hostile_text_stays_text(hostile_build, open_page, monkeypatch, page):
    monkeypatch.setenv("KZDASH_BUILD", str(hostile_build))
    at = open_page(page.script)
    assert not at.exception
    bodies = [element.proto.body for element in at.get("html")]
    assert not [b for b in bodies if 'role="alert"' in b]
    for body in bodies:
        assert not re.search(r"<(script|img|iframe)\b", body.replace("<style>", ""))
        assert "javascript:" not in re.findall(r'href="([^"]*)', body)
    for chart in at.get("plotly_chart"):
        spec = json.dumps(json.loads(chart.proto.spec or chart.proto.figure.spec)["data"])
        assert "<script" not in spec
        assert "<a " not in spec
        assert "<img" not in spec


def test_hostile_article_in_the_reader(hostile_build, open_page, monkeypatch):
    monkeypatch.setenv("KZDASH_BUILD", str(hostile_build))
    mention = Store.open(hostile_build).evidence(Scope(), limit=1).iloc[0]["mention_id"]
    at = open_page("pages/evidence.py", open=mention)
    bodies = [element.proto.body for element in at.get("html")]
    article = next(b for b in bodies if "kz-article" in b)
    assert "<mark" in article
    assert "<script" not in article
    assert "<img" not in article
