"""JSON: one article a line (JSONL), or one file with an object or a list of objects."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from kzdash.corpus import lines
from kzdash.corpus.decoding import decode
from kzdash.corpus.limits import Limits
from kzdash.corpus.records import Number, Record, canonical
from kzdash.corpus.rejection import Rejection
from kzdash.corpus.sources import Source
from kzdash.errors import InputError

_REMEDY = "Correct or delete the line"


class _Object(list[tuple[str, Any]]):
    """A JSON object as its pairs, so that a key given twice is seen."""


def records(source: Source, limits: Limits) -> Iterator[Record | Rejection]:
    """Yield the record, or the rejection, of each line that is not blank."""
    for line in lines.of(source, limits):
        place = f"{source.place}, line {line.number}"
        if line.fault:
            yield Rejection.of(line.fault)
        elif line.text.strip():
            try:
                yield _record(_parsed(line.text, place), place, line.notes)
            except InputError as error:
                yield Rejection.of(error)


def file_records(source: Source, limits: Limits) -> Iterator[Record | Rejection]:
    """Yield the records of a JSON file: one object, or a list of objects."""
    decoded = decode(source.read(limits.file), source.place)
    text, notes = decoded.text, (decoded.note,) if decoded.note else ()
    try:
        parsed = _parsed(text, source.place)
    except InputError as error:
        if "\n" in text.strip() and text.lstrip().startswith("{"):
            yield from records(source, limits)
            return
        raise error from None
    if not isinstance(parsed, list) or isinstance(parsed, _Object):
        yield _record(parsed, source.place, notes)
        return
    for number, item in enumerate(parsed, 1):
        try:
            yield _record(item, f"{source.place}, item {number}", notes)
        except InputError as error:
            yield Rejection.of(error)


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_Object,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        finding = f"not JSON ({error.msg} at character {error.pos + 1})"
        raise InputError(place, finding, "one JSON object", _REMEDY) from None
    except RecursionError:
        raise InputError(place, "nested too deeply", "a flat JSON object", _REMEDY) from None
    except ValueError as error:
        raise InputError(place, f"not JSON ({error})", "one JSON object", _REMEDY) from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _record(parsed: Any, place: str, notes: tuple[str, ...]) -> Record:
    if not isinstance(parsed, _Object):
        raise InputError(
            place, "JSON that is no object", "an object with outlet, title, date and text", _REMEDY
        )
    pairs = ((key, dict(v) if isinstance(v, _Object) else v) for key, v in parsed)
    return Record(canonical(pairs, place), place, notes=notes)
