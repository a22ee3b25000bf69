"""A build in which every text that a file can supply is markup, script, a link or a formula."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from altered import stamped, with_column

from benchmarks.generate import generate
from kzdash.manifest import TEXTS, Manifest

OUTSIDE = "https://attacker.invalid"
"""Where hostile texts point to; nobody may ask there."""

RUN = "window.ran=(window.ran||0)+1"
"""What hostile scripts do."""

MARKUP = (
    f'"\'><img src=x onerror="{RUN}"><script>{RUN}</script><svg/onload="{RUN}">'
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe><img src="{OUTSIDE}/i.png">'
)
LINK = (
    f'<a href="javascript:{RUN}">a</a> [m](javascript:{RUN}) ![p]({OUTSIDE}/m.png) <{OUTSIDE}/auto>'
    f' {OUTSIDE}/bare <a href="data:text/html,<script>{RUN}</script>">d</a> :red[x] $\\alpha$'
)
FORMULA = '=HYPERLINK("' + OUTSIDE + '","x")'
ADDRESSES = (
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}//https://", f"data:text/html,<script>{RUN}</script>",
    f'https://paper.invalid/" onmouseover="{RUN}" x="', "https://paper.invalid/'><script>",
    "vbscript:x", "file:///etc/passwd", "https://user:secret@paper.invalid/", "//paper.invalid/x",
    "https://paper.invalid/a)[x](javascript:x)", "https://paper.invalid/plain",
)  # fmt: skip

_TEXTS = {
    "articles": ("title", "author", "republished_by", "translated_from", "language"),
    "mentions": ("surface", "speaker", "stance_reason", "cues"),
    "quotes": ("speaker_surface", "verb"),
    "epithets": ("text",),
    "relations": ("verb",),
    "frame_cues": ("cue",),
    "terms": ("lemma",),
    "sentences": ("fragment_start", "fragment_end"),
}


def hostile(folder: Path, mentions: int, seed: int = 5) -> Manifest:
    """Write a hostile build of about so many mentions in a folder; return its manifest."""
    manifest = generate(folder, mentions, seed)
    base = folder / manifest.folder
    for table, columns in _TEXTS.items():
        path = base / f"{table}.parquet"
        data = pq.read_table(path)
        for name in columns:
            data = with_column(data, name, _texts(len(data), data.schema.field(name)))
        if table == "articles":
            data = with_column(
                data, "url", [ADDRESSES[n % len(ADDRESSES)] for n in range(len(data))]
            )
            unknown = [
                "attacker-post" if n % 3 == 0 else o.as_py()
                for n, o in enumerate(data["outlet_id"])
            ]
            data = with_column(data, "outlet_id", unknown)
            ids = [str(one) for one in data["article_id"].to_pylist()]
        pq.write_table(data, path)
    (base / TEXTS).parent.mkdir(exist_ok=True)
    text = "\n\n".join([MARKUP, *[f"{LINK} {MARKUP}"] * 40])
    pq.write_table(pa.table({"article_id": ids, "text": [text] * len(ids)}), base / TEXTS)
    return stamped(
        folder,
        manifest,
        outlets={"attacker-post": f"{MARKUP} {LINK}"},
        stance_method=MARKUP,
        code_version=LINK,
        registry_hash=MARKUP,
        model_hashes={MARKUP: LINK},
        inputs={"accepted": len(ids), "rejected": 2, "skipped": 0},
        rejected=(
            {"place": f"{MARKUP}.md", "reason": f"{LINK}: {MARKUP}"},
            {"place": FORMULA, "reason": FORMULA},
        ),
    )


def _texts(count: int, field: pa.Field) -> list[object]:
    """Return as many hostile values; a lemma must differ from row to row."""
    kinds = (MARKUP, LINK, FORMULA, "@SUM(A1) " + MARKUP, "+1 " + LINK, "-1|x", "\t=1+1")
    values = [
        f"{kinds[n % len(kinds)]} {n % 40 if field.name == 'lemma' else ''}".rstrip()
        for n in range(count)
    ]
    return [[value] for value in values] if pa.types.is_list(field.type) else list(values)
