"""Make a realistic build of any size without analysing a text.

Rows follow the schema and hang together: offsets rise within an article, a sentence's frames
have their cues, p's sum to one, each outlet has leanings of its own that the measures should
find. Nothing in it says anything about the real outlets and actors whose ids it borrows.

    python -m benchmarks.generate --mentions 1000000 --out data/builds/million
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from kzdash import __version__
from kzdash.content import content_hash
from kzdash.manifest import Manifest, describe_files
from kzdash.parquet import write_table
from kzdash.publish import publish
from kzdash.registry import Registry
from kzdash.schema import (
    EPITHET_RELATIONS,
    KINDS,
    RELATION_LABELS,
    ROLES,
    STANCES,
    TABLES,
    VERB_CLASSES,
    VOICES,
    arrow_schema,
)

MENTIONS_PER_ARTICLE = 22.5
SENTENCES_PER_ARTICLE = 24
TERMS_PER_ARTICLE = 110
VOCABULARY = 12_000
CAST = 9
OUTLET_SHARES = (0.4, 0.3, 0.2, 0.1)

Columns = dict[str, Any]


def generate(
    folder: Path, mentions: int, seed: int = 0, registry: Registry | None = None
) -> Manifest:
    """Write a build of about so many mentions and publish it in a folder.

    Args:
        folder: becomes the build.
        mentions: how many; articles, sentences and the rest follow in realistic proportion.
        seed: the same seed gives the same build.
        registry: outlets, actors and frames to name; the shipped one if None.

    Returns:
        The build's manifest.
    """
    registry = registry or Registry.load()
    folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix="staging-", dir=folder))
    for name, columns in tables(mentions, seed, registry).items():
        table = pa.table(columns, schema=arrow_schema(TABLES[name]))
        write_table(table, staging / f"{name}.parquet")
    files, texts = describe_files(staging)
    rows = {name.removesuffix(".parquet"): file.rows for name, file in files.items()}
    Manifest(
        content_hash=content_hash(staging),
        files=files,
        texts=texts,
        code_version=__version__,
        registry_hash=registry.digest,
        stance_method="drawn at random",
        inputs={"accepted": rows["articles"], "rejected": 0, "skipped": 0},
        counts=rows,
    ).write(staging)
    return publish(folder, staging)


def tables(mentions: int, seed: int, registry: Registry) -> dict[str, Columns]:
    """Return the columns of every table, by table."""
    rng = np.random.default_rng(seed)
    made = _Made(rng, mentions, registry)
    return {
        "articles": made.articles(),
        "sentences": made.sentences(),
        "mentions": made.mentions(),
        "quotes": made.quotes(),
        "epithets": made.epithets(),
        "relations": made.relations(),
        "frame_cues": made.frame_cues(),
        "terms": made.terms(),
    }


class _Made:
    """What the tables share: the articles, their sentences, and who is in them."""

    def __init__(self, rng: np.random.Generator, mentions: int, registry: Registry) -> None:
        self.rng = rng
        self.outlet_ids = list(registry.outlets)[: len(OUTLET_SHARES)]
        self.actor_ids = list(registry.actors)
        self.frame_ids = list(registry.frames)
        self.n = max(5, round(mentions / MENTIONS_PER_ARTICLE))
        self.total = mentions
        shares = np.array(OUTLET_SHARES[: len(self.outlet_ids)])
        self.outlet = rng.choice(len(self.outlet_ids), self.n, p=shares / shares.sum())
        self.outlet[: len(self.outlet_ids)] = np.arange(len(self.outlet_ids))
        self.ids = np.array([f"{self.outlet_ids[o]}-{i:07d}" for i, o in enumerate(self.outlet)])
        order = np.argsort(self.ids)
        self.ids, self.outlet = self.ids[order], self.outlet[order]
        self.lengths = 6 + rng.poisson(SENTENCES_PER_ARTICLE - 6, self.n)
        self.article_of_sentence = np.repeat(np.arange(self.n), self.lengths)
        self.first = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.number = np.arange(self.lengths.sum()) - self.first[self.article_of_sentence]
        self.words = 5 + rng.poisson(16, len(self.number))
        ends = np.cumsum(self.words * 6 + 2)
        starts = ends - (self.words * 6 + 2)
        offset = starts[self.first][self.article_of_sentence]
        self.starts, self.ends = starts - offset, ends - offset - 2
        popularity = 1 / (np.arange(len(self.actor_ids)) + 2.0)
        own = rng.dirichlet(popularity / popularity.sum() * 60 + 0.05, len(self.outlet_ids))
        self.attention = own.cumsum(axis=1)
        self.leaning = rng.normal(0, 0.7, (len(self.outlet_ids), len(self.actor_ids)))
        self.cast = self._cast()
        self.frames = self._frames()
        share = np.array([0.5, 0.3, 0.2, 0.4])[self.outlet[self.article_of_sentence]]
        self.quoted = rng.random(len(share)) < share
        self.sentiment = self._sentiment(len(self.number))

    def _cast(self) -> np.ndarray:
        """Return the few actors that each article is about: articles x CAST."""
        drawn = self.rng.random((self.n, CAST))
        rows = np.empty((self.n, CAST), dtype=np.int64)
        for outlet in range(len(self.outlet_ids)):
            here = self.outlet == outlet
            rows[here] = np.searchsorted(self.attention[outlet], drawn[here])
        return np.minimum(rows, len(self.actor_ids) - 1)

    def _actors(self, articles: np.ndarray) -> np.ndarray:
        place = np.minimum(self.rng.geometric(0.3, len(articles)) - 1, CAST - 1)
        chosen: np.ndarray = self.cast[articles, place]
        return chosen

    def _frames(self) -> np.ndarray:
        base = self.rng.uniform(0.03, 0.2, len(self.frame_ids))
        tilt = self.rng.normal(0, 0.35, (len(self.outlet_ids), len(self.frame_ids)))
        odds = base / (1 - base) * np.exp(tilt)
        chance: np.ndarray = (odds / (1 + odds))[self.outlet[self.article_of_sentence]]
        drawn: np.ndarray = self.rng.random(chance.shape) < chance
        return drawn

    def _pick(self, names: Sequence[str], size: int, p: Sequence[float] | None = None) -> Any:
        codes = self.rng.choice(len(names), size, p=p).astype(np.int32)
        return pa.DictionaryArray.from_arrays(codes, list(names))

    def _ids(self, articles: np.ndarray) -> Any:
        return pa.DictionaryArray.from_arrays(articles.astype(np.int32), self.ids.tolist())

    def articles(self) -> Columns:
        day = np.datetime64("2018-01-01") + self.rng.integers(0, 2_200, self.n)
        precision = self.rng.choice(3, self.n, p=[0.9, 0.07, 0.03])
        cut = np.array([10, 7, 4])[precision]
        published = [str(d)[:c] for d, c in zip(day, cut, strict=True)]
        undated = self.rng.random(self.n) < 0.004
        undated[:5] = False
        names = [self.outlet_ids[o] for o in self.outlet]
        repeats = (self.rng.random(self.n) < 0.01) & (np.arange(self.n) > 5)
        source = self.rng.integers(0, 5, self.n)
        return {
            "article_id": self._ids(np.arange(self.n)),
            "outlet_id": pa.array(names).dictionary_encode(),
            "title": [f"Invented title of article {i}" for i in range(self.n)],
            "author": [f"Author {i}" if i % 3 else None for i in self.rng.integers(0, 60, self.n)],
            "published": [None if u else p for u, p in zip(undated, published, strict=True)],
            "published_precision": pa.array(
                [
                    None if u else ("day", "month", "year")[c]
                    for u, c in zip(undated, precision, strict=True)
                ],
                pa.string(),
            ).dictionary_encode(),
            "url": [f"https://{o}.example/{i}" for i, o in enumerate(names)],
            "republished_by": [None] * self.n,
            "language": self._pick(["en"], self.n),
            "translated_from": self._pick(["ru", "kk"], self.n).filter(pa.array([True] * self.n)),
            "words": np.add.reduceat(self.words, self.first).astype(np.int32),
            "sentences": self.lengths.astype(np.int32),
            "text_hash": [f"{value:016x}" for value in self.rng.integers(0, 2**63, self.n)],
            "duplicate_of": [
                str(self.ids[s]) if r else None for s, r in zip(source, repeats, strict=True)
            ],
            "scored": [True] * self.n,
            "input_hash": [""] * self.n,
        }

    def sentences(self) -> Columns:
        n = len(self.number)
        cued = np.split(np.nonzero(self.frames)[1], np.cumsum(self.frames.sum(axis=1))[:-1])
        long = self.words >= 18
        return {
            "article_id": self._ids(self.article_of_sentence),
            "sentence_no": self.number.astype(np.int32),
            "paragraph_no": ((self.number + 2) // 3).astype(np.int32),
            "start": self.starts.astype(np.int32),
            "end": self.ends.astype(np.int32),
            "words": self.words.astype(np.int32),
            "fingerprint": [f"{value:016x}" for value in self.rng.integers(0, 2**63, n)],
            "sentiment": self.sentiment,
            "frames": [[self.frame_ids[f] for f in row] for row in cued],
            "fragment_start": self._fragment(long),
            "fragment_end": self._fragment(long),
        }

    def _fragment(self, long: np.ndarray) -> list[str | None]:
        words = self.rng.integers(0, VOCABULARY, (len(long), 3)).tolist()
        return [
            f"word{a} word{b} word{c}" if there else None
            for there, (a, b, c) in zip(long, words, strict=True)
        ]

    def _sentiment(self, n: int) -> np.ndarray:
        score = np.round(np.tanh(self.rng.normal(0, 0.5, n)), 4)
        score[self.rng.random(n) < 0.4] = 0
        return np.asarray(score, dtype=np.float32)

    def _rows(self, n: int, length: int) -> tuple[np.ndarray, Columns]:
        """Return sentences drawn for rows of a table, and where their rows stand."""
        sentence = np.sort(self.rng.integers(0, len(self.number), n))
        rank = np.arange(n) - np.searchsorted(sentence, sentence)
        start = self.starts[sentence] + rank * (length + 1)
        return sentence, {
            "article_id": self._ids(self.article_of_sentence[sentence]),
            "sentence_no": self.number[sentence].astype(np.int32),
            "start": start.astype(np.int32),
            "end": (start + length).astype(np.int32),
        }

    def _actor_column(self, codes: np.ndarray) -> Any:
        return pa.DictionaryArray.from_arrays(codes.astype(np.int32), self.actor_ids)

    def mentions(self) -> Columns:
        n = self.total
        sentence, columns = self._rows(n, 8)
        article = self.article_of_sentence[sentence]
        outlet = self.outlet[article]
        actor = self._actors(article)
        lean = self.leaning[outlet, actor] + self.rng.normal(0, 0.8, self.n)[article]
        odds = np.exp(np.stack([-lean, np.full(n, 1.2), lean]) + self.rng.normal(0, 0.7, (3, n)))
        # A sentence presents an actor in one way, however often it mentions it.
        _, first, same = np.unique(
            sentence * len(self.actor_ids) + actor, return_index=True, return_inverse=True
        )
        p = np.round(odds / odds.sum(axis=0), 4)[:, first][:, same]
        p[1] = np.round(1 - p[0] - p[2], 4)
        unscored = self.rng.random(n) < 0.01
        quoted = self.quoted[sentence]
        label = pa.DictionaryArray.from_arrays(
            pa.array(p.argmax(axis=0).astype(np.int32), mask=unscored), list(STANCES)
        )
        speaker = pa.array(self._actors(article).astype(np.int32), mask=~quoted)
        cues = self.rng.integers(0, 60, len(self.number))[sentence]
        return columns | {
            "mention_id": [
                f"{a}:{s}-{e}"
                for a, s, e in zip(self.ids[article], columns["start"], columns["end"], strict=True)
            ],
            "actor_id": self._actor_column(actor),
            "surface": pa.DictionaryArray.from_arrays(
                (actor * 3 + self.rng.integers(0, 3, n)).astype(np.int32),
                [f"{a} {form}" for a in self.actor_ids for form in "xyz"],
            ),
            "kind": self._pick(KINDS, n, [0.6, 0.08, 0.17, 0.15]),
            "sentiment": np.where(
                self.rng.random(n) < 0.7, self.sentiment[sentence], self._sentiment(n)
            ),
            "stance": pa.array((p[2] - p[0]).astype(np.float32), mask=unscored),
            "stance_label": label,
            "p_negative": pa.array(p[0].astype(np.float32), mask=unscored),
            "p_neutral": pa.array(p[1].astype(np.float32), mask=unscored),
            "p_positive": pa.array(p[2].astype(np.float32), mask=unscored),
            "stance_reason": pa.DictionaryArray.from_arrays(
                pa.array(np.zeros(n, np.int32), mask=~unscored), ["not_english"]
            ),
            "voice": pa.DictionaryArray.from_arrays(quoted.astype(np.int32), list(VOICES)),
            "speaker": pa.DictionaryArray.from_arrays(speaker, self.actor_ids),
            "role": self._pick(ROLES, n, [0.35, 0.25, 0.4]),
            "cues": [[f"cue{c}"] if c < 30 else [] for c in cues.tolist()],
        }

    def quotes(self) -> Columns:
        n = self.total // 8
        sentence, columns = self._rows(n, 40)
        speaker = self._actors(self.article_of_sentence[sentence])
        known = self.rng.random(n) < 0.7
        verbs = [f"verb{i}" for i in range(30)]
        verb = self.rng.integers(0, 30, n)
        return columns | {
            "speaker_actor": pa.DictionaryArray.from_arrays(
                pa.array(speaker.astype(np.int32), mask=~known), self.actor_ids
            ),
            "speaker_surface": self._pick([f"Speaker {i}" for i in range(200)], n),
            "verb": pa.DictionaryArray.from_arrays(verb.astype(np.int32), verbs),
            "verb_class": pa.DictionaryArray.from_arrays(
                (verb % 3).astype(np.int32), list(VERB_CLASSES)
            ),
            "direct": self.rng.random(n) < 0.5,
        }

    def epithets(self) -> Columns:
        n = self.total // 15
        sentence, columns = self._rows(n, 8)
        return columns | {
            "actor_id": self._actor_column(self._actors(self.article_of_sentence[sentence])),
            "text": self._pick([f"epithet{i}" for i in range(500)], n),
            "relation": self._pick(EPITHET_RELATIONS, n),
            "valence": self._sentiment(n),
            "voice": self._pick(VOICES, n, [0.6, 0.4]),
        }

    def relations(self) -> Columns:
        n = self.total // 12
        sentence, columns = self._rows(n, 20)
        article = self.article_of_sentence[sentence]
        source, target = self._actors(article), self._actors(article)
        target = np.where(source == target, (target + 1) % len(self.actor_ids), target)
        return columns | {
            "source_actor": self._actor_column(source),
            "target_actor": self._actor_column(target),
            "verb": self._pick([f"verb{i}" for i in range(80)], n),
            "label": self._pick(RELATION_LABELS, n),
            "score": np.round(self.rng.uniform(0.4, 1, n), 4).astype(np.float32),
            "voice": self._pick(VOICES, n, [0.7, 0.3]),
        }

    def frame_cues(self) -> Columns:
        sentence, frame = np.nonzero(self.frames)
        start = self.starts[sentence] + frame * 9
        cues = [f"{f} cue {i}" for f in self.frame_ids for i in range(20)]
        cue = frame * 20 + self.rng.integers(0, 20, len(frame))
        return {
            "article_id": self._ids(self.article_of_sentence[sentence]),
            "sentence_no": self.number[sentence].astype(np.int32),
            "frame": pa.DictionaryArray.from_arrays(frame.astype(np.int32), self.frame_ids),
            "cue": pa.DictionaryArray.from_arrays(cue.astype(np.int32), cues),
            "start": start.astype(np.int32),
            "end": (start + 8).astype(np.int32),
        }

    def terms(self) -> Columns:
        n = self.n * TERMS_PER_ARTICLE
        article = np.repeat(np.arange(self.n), TERMS_PER_ARTICLE)
        shift = self.outlet[article] * 37
        lemma = (np.exp(self.rng.random(n) * np.log(VOCABULARY)).astype(np.int64) + shift) % (
            VOCABULARY
        )
        pair, count = np.unique(article * VOCABULARY + lemma, return_counts=True)
        names = sorted(f"lemma{i}" for i in range(VOCABULARY))
        return {
            "article_id": self._ids(pair // VOCABULARY),
            "lemma": pa.DictionaryArray.from_arrays((pair % VOCABULARY).astype(np.int32), names),
            "pos": pa.DictionaryArray.from_arrays(
                (pair % VOCABULARY % 4).astype(np.int32), ["ADJ", "ADV", "NOUN", "VERB"]
            ),
            "count": count.astype(np.int32),
        }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Make a build of so many invented mentions.")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    generate(given.out, given.mentions, given.seed)


if __name__ == "__main__":
    main()
