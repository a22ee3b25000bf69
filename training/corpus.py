"""Read the training data: our own corpus (in the repository), NewsMTSC and DSE (paths).

Every reader gives `Example` or `Pair` rows: a text, where its targets stand, and a
distribution over the labels (soft where two coders differ).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from kzdash.evaluation.dse import read, unmark
from kzdash.nlp.marked_text import contexts

MENTION = re.compile(r"\{([^{}|]+)\|([^{}]*)\}")
FRAMES = re.compile(r"\s*##[\w,]+\s*$")
#: Where the own corpus lies.
OWN = Path(__file__).parent / "own_corpus"
#: Our stance codes of lines of DSE train.
CODES = Path(__file__).parent / "dse_codes.tsv"
#: Those of a second coder, of the lines that are held out.
SECOND = Path(__file__).parent / "dse_second.tsv"
#: Styles that figures are given by, and what in an article's ``style:`` tells them; the first
#: that is found counts.
STYLES = {
    "portrait": ("profile", "balance sheet"),
    "government press": ("government",),
    "broadcaster": ("broadcaster",),
    "exile or opposition": ("exile", "opposition"),
    "European opinion": ("opinion",),
    "Western analysis": ("western",),
    "agency or daily": ("wire", "agency", "foreign daily"),
    "regional or investigative site": ("regional", "investigative", "country report"),
}


@dataclass(frozen=True)
class Example:
    """One mention: ``probs`` over negative, neutral, positive; ``author`` is -1, 0 or 1.

    ``title`` and ``before`` are what its article says before its sentence.
    """

    text: str
    start: int
    end: int
    probs: tuple[float, float, float]
    author: int
    source: str
    article: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    title: str = ""
    before: str = ""


@dataclass(frozen=True)
class Pair:
    """Two mentions in a sentence and their relation, 0 to 4 in the order of DSE."""

    text: str
    a: tuple[int, int]
    b: tuple[int, int]
    label: int


@dataclass(frozen=True)
class Marked:
    """A mention marked in a source file of our own corpus."""

    start: int
    end: int
    fields: tuple[str, ...]


def parse_line(line: str) -> tuple[str, list[Marked]]:
    """Take the markup out of one line of an own-corpus file.

    >>> parse_line("{Aru|aru|name|1|own} spoke. ##diplomacy")
    ('Aru spoke.', [Marked(start=0, end=3, fields=('aru', 'name', '1', 'own'))])
    """
    line = FRAMES.sub("", line.strip())
    text, at, found = "", 0, []
    for match in MENTION.finditer(line):
        text += line[at : match.start()]
        fields = tuple(part.strip() for part in match[2].split("|"))
        found.append(Marked(len(text), len(text) + len(match[1]), fields))
        text += match[1]
        at = match.end()
    return text + line[at:], found


def own_files(folder: Path) -> list[Path]:
    """Every source file of the own corpus, in a fixed order."""
    return sorted(folder.glob("s*/*.txt"))


def style(words: str) -> str:
    """The style that an article's ``style:`` means, one of `STYLES` or ``other``.

    >>> style("great-power international broadcaster, opinion-analysis")
    'broadcaster'
    """
    words = words.lower()
    return next((s for s, signs in STYLES.items() if any(x in words for x in signs)), "other")


@dataclass(frozen=True)
class Sentence:
    """A sentence of an own article: its text without markup, and its mentions."""

    text: str
    marks: list[Marked]


def own_article(path: Path) -> tuple[list[Sentence], str]:
    """Return the sentences of one source file, the title first, and the style of the article."""
    head, _, body = path.read_text(encoding="utf-8").replace("\r\n", "\n").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    lines = [facts.get("title", ""), *(line for line in body.splitlines() if line.strip())]
    return [Sentence(*parse_line(line)) for line in lines], style(facts.get("style", ""))


def second_codes(path: Path) -> dict[str, list[int]]:
    """The second coder's stances of each article, in the order of its mentions.

    One article a line: its name, then ``-``, ``0`` or ``+`` for each mention.
    """
    if not path.is_file():
        return {}
    lines = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return {name: ["-0+".index(code) - 1 for code in codes] for name, codes in lines}


def own(folder: Path, keep: float = 0.85, share: float = 0.7) -> list[Example]:
    """Mentions of the own corpus.

    Where two coders agree the label is certain, where they differ the author has ``share``,
    since the author knew what was meant and the second coder sees evaluation more often than
    readers of real articles do; where only
    the author has coded, the author has ``keep`` (the coders agree on 0.84 of the mentions)
    and the rest lies on the neighbouring labels.
    """
    second = second_codes(folder / "second_coder.txt")
    rows = []
    for path in own_files(folder):
        article = f"{path.parent.name}_{path.stem}"
        sentences, kind = own_article(path)
        known = contexts([sentence.text for sentence in sentences])
        mentions = [
            (sentence.text, mark, context)
            for sentence, context in zip(sentences, known, strict=True)
            for mark in sentence.marks
        ]
        codes = second.get(article, [])
        for n, (text, mark, (title, before)) in enumerate(mentions):
            if len(mark.fields) < 4 or mark.fields[2] not in {"-1", "0", "1"}:
                continue
            author = int(mark.fields[2])
            other = codes[n] if len(codes) == len(mentions) else None
            probs = [0.0, 0.0, 0.0]
            if other is None:
                probs = spread(author, keep)
            else:
                probs[author + 1] += share
                probs[other + 1] += 1 - share
            facts = {
                "style": kind,
                "kind": mark.fields[1],
                "voice": mark.fields[3],
                "actor": mark.fields[0],
                "second": "" if other is None else str(other),
            }
            place = text, mark.start, mark.end
            rows.append(Example(*place, tuple(probs), author, "own", article, facts, title, before))
    return rows


def alone(examples: Sequence[Example]) -> list[Example]:
    """The same mentions without what their articles say before them."""
    return [replace(e, title="", before="") for e in examples]


def fold(folder: Path, number: int, of: int = 5) -> set[str]:
    """Articles of one fold: every ``of``-th of each folder ``sN``, so that all styles take part.

    Only articles that two coders have labelled are ever held out; the others only train.
    """
    groups: dict[str, list[str]] = {}
    for article in sorted(second_codes(folder / "second_coder.txt")):
        groups.setdefault(article.split("_")[0], []).append(article)
    return {a for names in groups.values() for n, a in enumerate(names) if n % of == number}


def spread(author: int, keep: float) -> list[float]:
    """A distribution with ``keep`` on one label and the rest on its neighbours."""
    if author == 0:
        return [(1 - keep) / 2, keep, (1 - keep) / 2]
    probs = [0.0, 1 - keep, 0.0]
    probs[author + 1] = keep
    return probs


def newsmtsc(path: Path) -> list[Example]:
    """Targets of a NewsMTSC file (Hamborg and Donnay 2021); polarity 2, 4, 6."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for target in row["targets"]:
            label = round(target["polarity"] / 2) - 2
            probs = [0.0, 0.0, 0.0]
            probs[label + 1] = 1.0
            text = row["sentence_normalized"]
            rows.append(Example(text, target["from"], target["to"], tuple(probs), label, path.stem))
    return rows


def gold(path: Path) -> list[Example]:
    """Mentions of labelled articles that both coders marked and agree on."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = []
    for article, group in groupby(lines, lambda line: line["article"]):
        sentences = list(group)
        known = contexts([sentence["text"] for sentence in sentences])
        for sentence, (title, before) in zip(sentences, known, strict=True):
            for m in sentence["mentions"]:
                if m["stance"] is None or not m.get("required", True):
                    continue
                facts = {"kind": m["kind"], "voice": m["voice"], "actor": m["actor"]}
                place = sentence["text"], m["start"], m["end"]
                none = (0.0, 0.0, 0.0)
                rows.append(
                    Example(*place, none, m["stance"], "gold", article, facts, title, before)
                )
    return rows


def dse(path: Path) -> list[Pair]:
    """Pairs of a DSE file (Park, Pan and Joo 2021), its brackets taken out.

    Brackets mark the two entities; the line's second and third column tell which is which.
    Lines whose brackets do not hold both are left out.
    """
    items, labels = read(path)
    return [Pair(i.text, i.a, i.b, label) for i, label in zip(items, labels, strict=True)]


def coded(
    path: Path, codes: Path = CODES, second: Path = SECOND, keep: float = 0.9
) -> list[Example]:
    """Actors of a DSE file with the stance that a coder of ours gave them, by the codebook.

    Args:
        path: the DSE file.
        codes: a line of it a line: its number from 1, a tab, a sign for the actor of its second
            and of its third column; where a pronoun or title is coded, too, a tab, its place in
            the text without brackets and its sign, ``start:end:sign``. The signs are ``-``, ``0``,
            ``+``, or ``x`` where no stance can be taken; those are left out.
        second: a second coder's codes of some of these lines, in the same form; they stand in
            ``facts["second"]``, empty where there are none or an ``x``.
        keep: the coder's share of the label; the rest lies on the neighbouring ones.

    Raises:
        ValueError: a line has no two actors in brackets.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    others = signs_of(second)
    rows = []
    for number, signs in signs_of(codes).items():
        marked, p, q, _ = lines[number - 1].split("\t")
        pair = unmark(marked, p, q)
        if pair is None:
            raise ValueError(f"{codes}: line {number} of {path} has no two actors in brackets")
        places = pair.a, pair.b
        for who, sign in signs.items():
            if sign != "x":
                place = who if isinstance(who, tuple) else places[who]
                label = stance(sign)
                probs = tuple(spread(label, keep))
                other = others.get(number, {}).get(who, "x")
                facts = {"second": "" if other == "x" else str(stance(other))}
                rows.append(Example(pair.text, *place, probs, label, "dse", f"dse_{number}", facts))
    return rows


def signs_of(codes: Path) -> dict[int, dict[int | tuple[int, int], str]]:
    """The signs of each line of a DSE file: of its two actors, 0 and 1, and of another's place.

    Empty where there is no such file; the form is that of `coded`.
    """
    if not codes.is_file():
        return {}
    found: dict[int, dict[int | tuple[int, int], str]] = {}
    for row in codes.read_text(encoding="utf-8").splitlines():
        number, signs, *third = row.split("\t")
        found[int(number)] = dict(enumerate(signs))
        for start, end, sign in (one.split(":") for one in third):
            found[int(number)][int(start), int(end)] = sign
    return found


def stance(sign: str) -> int:
    """The stance, -1 to 1, of a sign ``-``, ``0`` or ``+``."""
    return "-0+".index(sign) - 1


def held_line(example: Example, of: int = 6) -> bool:
    """Whether a coded DSE text is held out: every sixth line of the file."""
    return int(example.article.removeprefix("dse_")) % of == 0


def targets(path: Path, count: int) -> list[Example]:
    """One actor of each of the first ``count`` texts of a DSE file, without a label.

    The two actors take turns.
    """
    rows = []
    for n, pair in enumerate({p.text: p for p in dse(path)}.values()):
        start, end = (pair.a, pair.b)[n % 2]
        rows.append(Example(pair.text, start, end, (0.0, 0.0, 0.0), 0, "dse"))
    return rows[:count]
