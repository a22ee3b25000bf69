"""Labelled articles: what annotators say stands in a text, to hold the measures against.

A label file has one sentence a line (JSON): ``article, n`` (0 = title), ``text``, ``mentions``
(``actor, start, end`` within the sentence, ``kind, stance, voice, speaker, required``),
``frames``, ``frames_optional``, and where known ``paragraph, outlet, date``. What is null was
judged by nobody: a mention's stance, voice or speaker, a sentence's frames.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from kzdash.corpus.characters import shown
from kzdash.errors import InputError
from kzdash.registry import Registry
from kzdash.schema import KINDS, VOICES, Article

SAME_TITLE = 0.9
SENTENCE_END = tuple(".!?…”\"'»’)")


@dataclass(frozen=True, slots=True)
class LabelledMention:
    """One labelled mention; ``start`` and ``end`` count characters of the article's text.

    ``stance`` is -1, 0, 1, or None where annotators disagreed or did not judge it; ``voice``
    is None where they did not.
    """

    start: int
    end: int
    actor: str
    kind: str
    stance: int | None
    voice: str | None
    speaker: str | None
    required: bool


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One sentence with its frames; optional frames are right with or without.

    ``frames`` is None where nobody judged them.
    """

    start: int
    end: int
    frames: frozenset[str] | None
    optional: frozenset[str]
    mentions: tuple[LabelledMention, ...]


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article as the pipeline takes it, with its labels."""

    article: Article
    sentences: tuple[LabelledSentence, ...]

    @property
    def mentions(self) -> list[LabelledMention]:
        """All mentions in text order."""
        return [mention for sentence in self.sentences for mention in sentence.mentions]


def refuse(error: InputError) -> None:
    """Raise the error of a line."""
    raise error


def read_labels(
    path: Path,
    catalogue: Path | None = None,
    registry: Registry | None = None,
    report: Callable[[InputError], None] = refuse,
) -> list[LabelledArticle]:
    """Read a label file; the lines of an article may stand in any order.

    Args:
        path: a file of JSON lines.
        catalogue: a CSV file with ``title, outlet, published``, for articles whose lines do
            not name outlet and date; titles are matched loosely.
        registry: has every actor and frame that a line may name; any may be named if None.
        report: called with the error of each line that is not a labelled sentence, or is a
            sentence's second; the line is left out.

    Raises:
        InputError: the file or the catalogue is not there, or as `report` raises.
    """
    for needed in (path, *([catalogue] if catalogue else [])):
        if not needed.is_file():
            raise InputError(str(needed), "no such file", "a file of labels or a catalogue")
    known = _catalogue(catalogue) if catalogue else []
    grouped: dict[str, dict[int, dict[str, Any]]] = {}
    for place, line in _lines(path, registry, report):
        lines = grouped.setdefault(str(line["article"]), {})
        if line["n"] in lines:
            report(
                InputError(
                    place,
                    "its sentence stands in an earlier line too",
                    "one line a sentence",
                    "Put the mentions of both into one line",
                )
            )
        else:
            lines[line["n"]] = line
    return [
        _article(path, name, [lines[n] for n in sorted(lines)], known)
        for name, lines in grouped.items()
    ]


def _lines(
    path: Path, registry: Registry | None, report: Callable[[InputError], None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each good line's place and what it holds."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            place = f"{path.name}, line {number}"
            try:
                read = _read(line, place)
                if registry:
                    _check_ids(read, registry, place)
            except InputError as error:
                report(error)
            else:
                yield place, read


def _read(line: bytes, place: str) -> dict[str, Any]:
    """Return what a line holds.

    Raises:
        InputError: it is not a labelled sentence.
    """
    try:
        read: dict[str, Any] = json.loads(line.decode("utf-8-sig"))
        _check(read)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError(
            place,
            f"not a labelled sentence ({error})",
            "JSON with article, n, text, mentions as in docs/labels.md",
            "Correct or delete the line",
        ) from None
    if read["text"] is None:
        raise InputError(
            f"{place}, text",
            "null: the line does not hold its sentence",
            "the sentence as it stands in the article",
            "Copy it from there: start and end count its characters",
        )
    return read


def _check_ids(line: dict[str, Any], registry: Registry, place: str) -> None:
    """Find an actor or frame that the registry does not have: every measure would miss it.

    Raises:
        InputError: there is one.
    """
    frames = [*(line.get("frames") or ()), *(line.get("frames_optional") or ())]
    named = [("actor", mention["actor"]) for mention in line["mentions"]]
    for kind, given in [*named, *(("frame", frame) for frame in frames)]:
        if given not in (registry.actors if kind == "actor" else registry.frames):
            raise InputError(
                place,
                f"{kind} {shown(given, 60)} is not in the registry",
                f"an id of {kind}s.toml",
                "Correct it or give --registry",
            )


def _check(line: dict[str, Any]) -> None:
    """Find what no labelled sentence has (its text may be missing).

    Raises:
        ValueError, TypeError, KeyError: there is such a thing.
    """
    if not {"article", "n", "text", "mentions"} <= set(line):
        raise ValueError("a field is missing")
    if not isinstance(line["n"], int) or not isinstance(line["text"], str | None):
        raise ValueError("n is no number or text no text")
    for name in ("frames", "frames_optional"):
        if not all(isinstance(frame, str) for frame in line.get(name) or []):
            raise ValueError(f"{name} are no list of ids")
    for mention in line["mentions"]:
        fault = _fault(mention, line["text"])
        if fault:
            raise ValueError(f"a mention's {fault}")


def _fault(mention: dict[str, Any], text: str | None) -> str | None:
    start, end = mention["start"], mention["end"]
    if not 0 <= start < end or (text is not None and end > len(text)):
        return f"start and end ({start}, {end}) are not in the text"
    if not isinstance(mention["actor"], str) or mention["kind"] not in KINDS:
        return "actor is no id, or its kind unknown"
    if mention["stance"] not in (-1, 0, 1, None) or mention["voice"] not in (*VOICES, None):
        return "stance or voice is unknown"
    return None


def _catalogue(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _article(
    path: Path, name: str, lines: list[dict[str, Any]], known: list[dict[str, str]]
) -> LabelledArticle:
    text, starts = _join(lines)
    title = str(lines[0]["text"])
    entry = max(known, key=lambda one: _likeness(one["title"], title), default=None)
    if entry is not None and _likeness(entry["title"], title) < SAME_TITLE:
        entry = None
    first = lines[0]
    return LabelledArticle(
        article=Article(
            article_id=name,
            outlet_id=str(first.get("outlet") or (entry or {}).get("outlet") or "unknown"),
            title=title,
            text=text,
            published=first.get("date") or (entry or {}).get("published") or None,
            place=f"{path.name}, {name}",
        ),
        sentences=tuple(_sentence(line, start) for line, start in zip(lines, starts, strict=True)),
    )


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def _join(lines: Iterable[dict[str, Any]]) -> tuple[str, list[int]]:
    text, starts, before = "", [], None
    for line in lines:
        if before is not None:
            text += "\n\n" if _new_paragraph(before, line) else " "
        starts.append(len(text))
        text += line["text"]
        before = line
    return text, starts


def _new_paragraph(before: dict[str, Any], line: dict[str, Any]) -> bool:
    if before["n"] == 0:
        return True
    if "paragraph" in line:
        return bool(before.get("paragraph") != line["paragraph"])
    return not all(str(one["text"]).rstrip().endswith(SENTENCE_END) for one in (before, line))


def _sentence(line: dict[str, Any], start: int) -> LabelledSentence:
    return LabelledSentence(
        start=start,
        end=start + len(line["text"]),
        frames=None if line.get("frames") is None else frozenset(line["frames"]),
        optional=frozenset(line.get("frames_optional") or ()),
        mentions=tuple(_mention(mention, start) for mention in line["mentions"]),
    )


def _mention(mention: dict[str, Any], start: int) -> LabelledMention:
    return LabelledMention(
        start=start + mention["start"],
        end=start + mention["end"],
        actor=mention["actor"],
        kind=mention["kind"],
        stance=mention["stance"],
        voice=mention["voice"],
        speaker=mention.get("speaker"),
        required=mention.get("required", True),
    )
