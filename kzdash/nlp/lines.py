"""The stance and relation measures as plain tools: JSON lines in, scored JSON lines out.

For other people's data: `kzdash stance FILE.jsonl` and `kzdash relation FILE.jsonl`. Each
line comes back with its own fields and the scores beside them. A line that cannot be scored
keeps its place, with nulls and a ``reason``; of one that is no JSON object comes back its number
(``line``). Blank lines are passed over. Numbers that JSON does not have (NaN, infinities) come
back as null.
"""

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from kzdash.errors import InputError
from kzdash.nlp.detection import NOT_ENGLISH, is_english
from kzdash.nlp.relation_model import LABELS, RelationItem, RelationModel
from kzdash.nlp.stance_model import StanceItem, StanceModel

BLOCK = 256
DECIMALS = 6
MAX_LINE = 1_000_000
#: Characters on each side of the targets that tell the language: more than a network reads.
AROUND = 1000
STANDARD_INPUT = "standard input"
TOO_LONG = f"the line is too long, more than {MAX_LINE:,} characters"
NO_STANCE = dict.fromkeys(
    ("stance_label", "stance", "p_negative", "p_neutral", "p_positive", "sure")
)
STANCE_FORM = (
    '{"text": ..., "start": ..., "end": ...} with a target inside the text, '
    'and strings as "title" and "before" where they are given'
)
#: Fields of a line, both optional, that say what the article says before the text.
CONTEXT = ("title", "before")
RELATION_FORM = '{"text": ..., "a": [start, end], "b": [start, end]}'
OVERLAP = "'a' and 'b' overlap"
NO_RELATION = {"label": None, "p": None}

Line = dict[str, Any]
Report = Callable[[InputError], None]


def score_stance(
    lines: Iterable[str], model: StanceModel, place: str, report: Report
) -> Iterator[Line]:
    """Yield each line with ``stance_label, stance, p_negative, p_neutral, p_positive, sure``.

    ``sure`` is whether the label's probability reaches ``model.abstain_below``.

    Args:
        lines: JSON objects with ``text`` and the target's ``start`` and ``end`` (code points,
            end exclusive); where the text is from an article, its ``title`` and the sentence
            ``before`` the text make the score better.
        model: the stance model.
        place: the file's name, for messages.
        report: called with the error of each line that is not of that form.
    """

    def score(block: list[Line]) -> Iterator[Line]:
        items = [_item(line) for line in block]
        for line, item, found in zip(block, items, model.score(items), strict=True):
            if found is None:
                yield {**line, **NO_STANCE, "reason": model.reason(item)}
            else:
                yield {
                    **line,
                    "stance_label": found.label,
                    "stance": round(found.stance, DECIMALS),
                    "p_negative": round(found.p_negative, DECIMALS),
                    "p_neutral": round(found.p_neutral, DECIMALS),
                    "p_positive": round(found.p_positive, DECIMALS),
                    "sure": found.confidence >= model.abstain_below,
                }

    form = _Form(STANCE_FORM, _stance_spans, NO_STANCE, CONTEXT)
    return _run(lines, form, score, place, report)


def _item(line: Line) -> StanceItem:
    said = (line.get(name) or "" for name in CONTEXT)
    return StanceItem(line["text"], line["start"], line["end"], (), *said)


def score_relations(
    lines: Iterable[str], model: RelationModel, place: str, report: Report
) -> Iterator[Line]:
    """Yield each line with ``label`` and ``p``, the five probabilities in `LABELS`' order.

    Args:
        lines: JSON objects with ``text`` and the spans ``a`` and ``b`` ([start, end], code
            points, end exclusive).
        model: the relation model.
        place: the file's name, for messages.
        report: called with the error of each line that is not of that form.
    """

    def score(block: list[Line]) -> Iterator[Line]:
        items = [RelationItem(x["text"], tuple(x["a"]), tuple(x["b"])) for x in block]
        for line, p in zip(block, model.predict(items), strict=True):
            label = LABELS[model.label(p)]
            yield {**line, "label": label, "p": [round(one, DECIMALS) for one in p]}

    form = _Form(RELATION_FORM, _relation_spans, NO_RELATION)
    return _run(lines, form, score, place, report)


@contextmanager
def reading(path: Path) -> Iterator[Iterator[str]]:
    """Open a file of JSON lines, standard input for ``-``.

    Bytes that are not UTF-8 make their line faulty, no more.

    Raises:
        InputError: the file cannot be read.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError(STANDARD_INPUT, "is closed", "JSON lines", "Name a file")
        yield _decoded(sys.stdin.buffer, STANDARD_INPUT)
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise _unreadable(str(path), error) from None
    with file:
        yield _decoded(file, str(path))


def _decoded(file: BinaryIO, place: str) -> Iterator[str]:
    try:
        for line in file:
            yield line.decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise _unreadable(place, error) from None


def _unreadable(place: str, error: OSError) -> InputError:
    return InputError(place, f"cannot be read ({error.strerror})", "a file of JSON lines")


@dataclass(frozen=True)
class _Form:
    """What lines have to look like.

    Attributes:
        wanted: the form in words, for messages.
        spans: gives a line's spans with their names; of any type, since they are unchecked.
        nothing: the fields of a line that cannot be scored.
        also: names of texts that a line may have besides.
    """

    wanted: str
    spans: Callable[[Line], dict[str, Any]]
    nothing: Line
    also: tuple[str, ...] = ()

    def fault(self, line: Line) -> str | None:
        """Return why a line is not of this form, None if it is."""
        spans = self.spans(line).items()
        faults = (_span_fault(line, span, name) for name, span in spans)
        also = (_text_fault(line, name) for name in self.also if line.get(name) is not None)
        every = chain([_text_fault(line, "text")], faults, also)
        return next((fault for fault in every if fault), None)

    def unscored(self, line: Line) -> str | None:
        """Return why a line of this form cannot be scored, None if it can.

        A text that is too short to tell its language is read as English, as a build does.
        """
        spans = list(self.spans(line).values())
        if len(spans) > 1 and max(start for start, _ in spans) < min(end for _, end in spans):
            return OVERLAP
        ends = [end for span in spans for end in span]
        stretch = line["text"][max(0, min(ends) - AROUND) : max(ends) + AROUND]
        return NOT_ENGLISH if is_english(stretch) is False else None


def _run(
    lines: Iterable[str],
    form: _Form,
    score: Callable[[list[Line]], Iterator[Line]],
    place: str,
    report: Report,
) -> Iterator[Line]:
    numbered = enumerate(lines, 1)
    while block := list(islice(numbered, BLOCK)):
        read: list[tuple[Line, str | None]] = []
        for number, text in block:
            if not text.strip():
                continue
            parsed = _parse(text)
            line = {"line": number} if parsed is None else parsed
            wrong = "not a JSON object" if parsed is None else _fault(text, line, form)
            if wrong:
                where = f"{place}, line {number}"
                report(InputError(where, wrong, form.wanted, "Correct the line"))
            else:
                wrong = form.unscored(line)
            line.pop("reason", None)
            read.append((line, wrong))
        scored = score([line for line, wrong in read if wrong is None])
        for line, wrong in read:
            yield next(scored) if wrong is None else {**line, **form.nothing, "reason": wrong}


def _parse(text: str) -> Line | None:
    try:
        line = json.loads(text, parse_float=_finite, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None


def _finite(written: str) -> float | None:
    number = float(written)
    return number if math.isfinite(number) else None


def _fault(text: str, line: Line, form: _Form) -> str | None:
    return TOO_LONG if len(text) > MAX_LINE else form.fault(line)


def _stance_spans(line: Line) -> dict[str, Any]:
    return {"the target": [line.get("start"), line.get("end")]}


def _relation_spans(line: Line) -> dict[str, Any]:
    return {"'a'": line.get("a"), "'b'": line.get("b")}


def _text_fault(line: Line, name: str) -> str | None:
    text = line.get(name)
    if not isinstance(text, str):
        return f"'{name}' is not a string"
    broken = any("\ud800" <= character <= "\udfff" for character in text)
    return f"'{name}' has half a character (a lone surrogate)" if broken else None


def _span_fault(line: Line, span: Any, name: str) -> str | None:
    whole = isinstance(span, list) and len(span) == 2 and all(type(n) is int for n in span)
    if not whole:
        return f"{name} is not two whole numbers"
    start, end = span
    return None if 0 <= start < end <= len(line["text"]) else f"{name} is not inside the text"
