"""The stance and relation measures as plain tools: JSON lines in, scored JSON lines out.

For other people's data: `kzdash stance FILE.jsonl` and `kzdash relation FILE.jsonl`. Each
line comes back with its own fields and the scores beside them. A line that cannot be scored
keeps its place, with nulls and a ``reason``; a line that is no JSON object is reported as an
error and has no line in the output.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from kzdash.errors import InputError
from kzdash.nlp.relation_model import LABELS, RelationItem, RelationModel
from kzdash.nlp.stance_model import StanceItem, StanceModel

BLOCK = 256
DECIMALS = 6
MAX_LINE = 1_000_000
NO_STANCE = dict.fromkeys(("stance_label", "stance", "p_negative", "p_neutral", "p_positive"))
STANCE_FORM = '{"text": ..., "start": ..., "end": ...} with a target inside the text'
RELATION_FORM = '{"text": ..., "a": [start, end], "b": [start, end]}'
NO_RELATION = {"label": None, "p": None}

Line = dict[str, Any]
Report = Callable[[InputError], None]


def score_stance(
    lines: Iterable[str], model: StanceModel, place: str, report: Report
) -> Iterator[Line]:
    """Yield each line with ``stance_label, stance, p_negative, p_neutral, p_positive``.

    Args:
        lines: JSON objects with ``text`` and the target's ``start`` and ``end`` (characters,
            end exclusive).
        model: the stance model.
        place: the file's name, for messages.
        report: called with the error of each line that was not scored.
    """

    def score(block: list[Line]) -> Iterator[Line]:
        items = [StanceItem(line["text"], line["start"], line["end"]) for line in block]
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
                }

    return _run(lines, _stance_fault, score, NO_STANCE, STANCE_FORM, place, report)


def score_relations(
    lines: Iterable[str], model: RelationModel, place: str, report: Report
) -> Iterator[Line]:
    """Yield each line with ``label`` and ``p``, the five probabilities in `LABELS`' order.

    Args:
        lines: JSON objects with ``text`` and the spans ``a`` and ``b`` ([start, end]).
        model: the relation model.
        place: the file's name, for messages.
        report: called with the error of each line that was not scored.
    """

    def score(block: list[Line]) -> Iterator[Line]:
        items = [RelationItem(x["text"], tuple(x["a"]), tuple(x["b"])) for x in block]
        for line, p in zip(block, model.predict(items), strict=True):
            label = LABELS[model.label(p)]
            yield {**line, "label": label, "p": [round(one, DECIMALS) for one in p]}

    return _run(lines, _relation_fault, score, NO_RELATION, RELATION_FORM, place, report)


@contextmanager
def reading(path: Path) -> Iterator[Iterator[str]]:
    """Open a file of JSON lines; bytes that are not UTF-8 make their line faulty, no more.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            yield (line.decode("utf-8-sig", errors="surrogateescape") for line in file)
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read ({error.strerror})", "a file of JSON lines"
        ) from None


def _run(
    lines: Iterable[str],
    fault: Callable[[Line], str | None],
    score: Callable[[list[Line]], Iterator[Line]],
    nothing: Line,
    wanted: str,
    place: str,
    report: Report,
) -> Iterator[Line]:
    numbered = enumerate(lines, 1)
    while block := list(islice(numbered, BLOCK)):
        read: list[tuple[Line, str | None]] = []
        for number, text in block:
            if not text.strip():
                continue
            where = f"{place}, line {number}"
            line = _parse(text)
            wrong = "not a JSON object" if line is None else fault(line)
            if wrong:
                report(InputError(where, wrong, wanted, "Correct the line"))
            if line is not None:
                read.append((line, wrong))
        scored = score([line for line, wrong in read if wrong is None])
        for line, wrong in read:
            yield next(scored) if wrong is None else {**line, **nothing, "reason": wrong}


def _parse(text: str) -> Line | None:
    if len(text) > MAX_LINE:
        return None
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None


def _stance_fault(line: Line) -> str | None:
    return _text_fault(line) or _span_fault(
        line, [line.get("start"), line.get("end")], "the target"
    )


def _relation_fault(line: Line) -> str | None:
    return (
        _text_fault(line)
        or _span_fault(line, line.get("a"), "'a'")
        or _span_fault(line, line.get("b"), "'b'")
    )


def _text_fault(line: Line) -> str | None:
    text = line.get("text")
    if not isinstance(text, str):
        return "'text' is not a string"
    broken = any("\ud800" <= character <= "\udfff" for character in text)
    return "'text' has half a character (a lone surrogate)" if broken else None


def _span_fault(line: Line, span: Any, name: str) -> str | None:
    whole = isinstance(span, list) and len(span) == 2 and all(type(n) is int for n in span)
    if not whole:
        return f"{name} is not two whole numbers"
    start, end = span
    return None if 0 <= start < end <= len(line["text"]) else f"{name} is not inside the text"
