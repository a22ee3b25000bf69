"""Front matter: a strict reader of the small part of YAML that article heads need.

Every value stays text: ``NO``, ``012`` and ``12:30`` are read as written; a plain ``~`` or
``null`` is no value. Read are plain and quoted scalars, lists of scalars, block scalars (``|``
and ``>``) and comments. Refused, with the line, are duplicate keys, tags, anchors, aliases,
merge keys and a head without an end. Nested maps are skipped. Time is linear in the length of
the head.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kzdash.corpus.characters import shown
from kzdash.errors import InputError

_DOUBLE = r'"(?:[^"\\]|\\.)*"'
_SINGLE = r"'(?:[^']|'')*'"
_KEY = re.compile(rf"({_DOUBLE}|{_SINGLE}|[^\s:\"'][^:]{{0,200}})\s*:(?:\s+(.*))?")
_ITEM = re.compile(rf"\s*({_DOUBLE}|{_SINGLE}|[^,]*)\s*(?:,|$)")
_BLOCK = re.compile(r"([|>])([+-]?\d?|\d[+-])(?:\s+#.*)?")
_FOLDED = re.compile(r"\n+")
_COMMENT = re.compile(r"\s#.*$")
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.S)
_ESCAPES = {
    "0": "", "a": "", "b": "", "t": "\t", "n": "\n", "v": "\n", "f": "\n", "r": "\n", "e": "",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\n", "_": " ", "L": "\n", "P": "\n",
}  # fmt: skip
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
_LARGEST_HEAD = 100_000
_QUOTE_IT = "Write the value in quotation marks"


@dataclass(frozen=True)
class Head:
    """A front matter's pairs, in order, and the text after it."""

    pairs: list[tuple[str, object]]
    body: str


def has_head(text: str) -> bool:
    """Return whether a text begins with a front matter fence."""
    return text[:200].lstrip("\n \t").split("\n", 1)[0].rstrip() == "---"


def parse(text: str, place: str) -> Head:
    """Return the front matter of a text (line ends LF) and its body.

    Raises:
        InputError: the head has no end, or a line is outside the part of YAML that is read.
    """
    start = text.index("---")
    lines, body = _cut(text, start, place)
    first = text.count("\n", 0, start) + 2
    reader = _Reader(lines, first, place)
    return Head(list(reader.pairs()), body)


def dump(fields: dict[str, str], body: str) -> str:
    """Return a text with front matter that `parse` reads back as it was."""
    quoted = (f"{name}: {_quoted(value)}\n" for name, value in fields.items())
    return f"---\n{''.join(quoted)}---\n\n{body}\n"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _cut(text: str, start: int, place: str) -> tuple[list[str], str]:
    """Return the lines of the head and the text after it."""
    at = text.find("\n", start)
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M).search(text, at) if at >= 0 else None
    if end is None:
        raise InputError(
            f"{place}, line {text.count(chr(10), 0, start) + 1}",
            "the front matter has no end",
            "a line '---' after the fields",
            "Add the line",
        )
    if end.start() - at > _LARGEST_HEAD:
        raise InputError(
            place,
            f"the front matter has {end.start() - at:,} characters",
            f"at most {_LARGEST_HEAD:,}",
            "Move the text below the line '---'",
        )
    return text[at + 1 : end.start()].split("\n"), text[end.end() :]


class _Reader:
    """Read the lines of one head, from the first to the last."""

    def __init__(self, lines: list[str], first: int, place: str) -> None:
        self._lines = lines
        self._first = first
        self._place = place
        self._at = 0

    def pairs(self) -> Iterator[tuple[str, object]]:
        seen: set[str] = set()
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip() or line.lstrip().startswith("#"):
                self._at += 1
                continue
            if line[0] in " \t":
                raise self._error("an indented line without a key", "a line 'field: value'")
            key, rest = self._key(line)
            if key.casefold() in seen:
                raise self._error(
                    f"'{shown(key)}' is given twice", "each field once", "Delete one of them"
                )
            seen.add(key.casefold())
            self._at += 1
            yield key, self._value(rest)

    def _key(self, line: str) -> tuple[str, str]:
        if line.startswith("<<"):
            raise self._error("a merge key (<<)", "a field's name", "Write the fields out")
        if line[0] in "&*!%@`?{[|>":
            raise self._error(
                f"'{shown(line, 30)}' is YAML that is not read here", "a line 'field: value'"
            )
        match = _KEY.fullmatch(line.rstrip()) if len(line) <= _LARGEST_HEAD else None
        if match is None:
            raise self._error(f"'{shown(line, 40)}' is no field", "a line 'field: value'")
        key = match[1]
        if key[0] in "\"'":
            key = self._scalar(key)
        return key.strip(), (match[2] or "").strip()

    def _value(self, rest: str) -> object:
        number = self._at
        if rest.startswith("#"):
            rest = ""
        if block := _BLOCK.fullmatch(rest):
            return self._block_scalar(folded=block[1] == ">")
        if rest.startswith("["):
            return self._flow_list(rest)
        if rest[:1] in "&*!" and rest:
            raise self._error(
                f"'{shown(rest, 30)}' is a tag, anchor or alias", "plain text", _QUOTE_IT, number
            )
        if rest[:1] in "{%@`|>" and rest:
            raise self._error(
                f"'{shown(rest, 30)}' is YAML that is not read here",
                "plain text",
                _QUOTE_IT,
                number,
            )
        if not rest:
            return self._below()
        if rest[0] in "\"'":
            return self._scalar(self._quoted(rest))
        plain = self._plain(rest)
        return None if plain in _NOTHING else plain

    def _plain(self, rest: str) -> str:
        """Return a plain scalar, with its indented continuation lines."""
        parts = [_COMMENT.sub("", f" {rest}").strip()]
        while (line := self._peek()) is not None and line[:1] in (" ", "\t") and line.strip():
            parts.append(_COMMENT.sub("", line).strip())
            self._at += 1
        return " ".join(p for p in parts if p)

    def _quoted(self, rest: str) -> str:
        """Return a quoted scalar with its quotes, over as many lines as it takes."""
        quote = rest[0]
        parts = [rest]
        number = self._at
        while not _is_closed("".join(parts[-1:]), quote, first=len(parts) == 1):
            line = self._peek()
            if line is None:
                raise self._error(
                    "a quotation mark is not closed", f"a closing {quote}", "Close it", number
                )
            parts.append(line.strip())
            self._at += 1
        parts[-1] = _without_comment(parts[-1], quote, first=len(parts) == 1)
        return " ".join(parts)

    def _scalar(self, text: str) -> str:
        """Return the text of a scalar; quotes are taken off."""
        if len(text) >= 2 and text[0] == text[-1] == "'":
            inner = text[1:-1]
            if "'" in inner.replace("''", ""):
                raise self._stray(text, self._at)
            return inner.replace("''", "'")
        if len(text) >= 2 and text[0] == text[-1] == '"':
            return _ESCAPE.sub(self._escape, text[1:-1])
        if text[:1] in "\"'" and text:
            raise self._stray(text, self._at)
        return text

    def _stray(self, text: str, number: int) -> InputError:
        return self._error(
            f"text stands after a closing quotation mark in {shown(text, 40)}",
            "one quoted value",
            "Quote the whole value",
            number,
        )

    def _escape(self, match: re.Match[str]) -> str:
        code = match[1]
        if code[0] in "xuU" and len(code) > 1:
            point = int(code[1:], 16)
            if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
                raise self._error(
                    f"'\\{code}' is no character", "a character", "Correct it", self._at
                )
            return chr(point)
        if code not in _ESCAPES:
            raise self._error(
                f"'\\{shown(code)}' is no escape",
                '\\n, \\t, \\" or \\\\',
                "Use single quotation marks",
                self._at,
            )
        return _ESCAPES[code]

    def _block_scalar(self, *, folded: bool) -> str:
        lines: list[str] = []
        while (line := self._peek()) is not None and (not line.strip() or line[0] in " \t"):
            lines.append(line.rstrip())
            self._at += 1
        indent = min((len(x) - len(x.lstrip()) for x in lines if x), default=0)
        text = "\n".join(x[indent:] for x in lines).strip("\n")
        return _FOLDED.sub(lambda m: m[0][1:] or " ", text) if folded else text

    def _flow_list(self, rest: str) -> list[str]:
        number = self._at
        lines = [_COMMENT.sub("", rest).rstrip()]
        length = len(rest)
        while not lines[-1].endswith("]"):
            line = self._peek()
            if line is None or length > _LARGEST_HEAD:
                raise self._error("a list is not closed", "a closing ]", "Close it", number)
            lines.append(_COMMENT.sub("", f" {line}").strip())
            length += len(line) + 1
            self._at += 1
        inner = " ".join(lines)[1:-1]
        items = _ITEM.findall(inner)
        return [self._item(item.strip()) for item in items if item.strip()]

    def _below(self) -> object:
        """Return what stands below a key without a value: a list, a map (skipped) or nothing."""
        items: list[str] = []
        is_list = False
        while (line := self._peek()) is not None:
            text = line.strip()
            if not text or text.startswith("#"):
                self._at += 1
                continue
            if not (line[0] in " \t" or text.startswith("- ") or text == "-"):
                break
            self._at += 1
            if text.startswith("- ") or text == "-":
                is_list = True
                items.append(self._item(text[1:].strip()))
            elif text.startswith("<<") or re.match(r"[^:]*:\s*[&*!]", text):
                raise self._error(
                    "a merge key, tag, anchor or alias",
                    "plain text",
                    "Write the value out",
                    self._at,
                )
            elif not is_list and ":" not in text:
                items.append(text)
        if is_list:
            return items
        return " ".join(items) or None

    def _item(self, text: str) -> str:
        if text[:1] in "&*!{[" and text:
            raise self._error(f"'{shown(text, 30)}' in a list", "plain text", _QUOTE_IT, self._at)
        if text[:1] in "\"'" and text:
            return self._scalar(_without_comment(text, text[0], first=True))
        return _COMMENT.sub("", f" {text}").strip()

    def _peek(self) -> str | None:
        return self._lines[self._at] if self._at < len(self._lines) else None

    def _error(
        self,
        finding: str,
        expectation: str,
        remedy: str = "Correct the line",
        number: int | None = None,
    ) -> InputError:
        line = self._first + (self._at if number is None else number - 1)
        return InputError(f"{self._place}, line {line}", finding, expectation, remedy)


def _is_closed(line: str, quote: str, *, first: bool) -> bool:
    return _closing(line, quote, 1 if first else 0) is not None


def _closing(line: str, quote: str, start: int) -> int | None:
    """Return where a quoted scalar ends in a line, or None."""
    at = start
    while at < len(line):
        escapes = quote == '"' and line[at] == "\\"
        if escapes or (quote == "'" and line[at : at + 2] == "''"):
            at += 2
        elif line[at] == quote:
            return at
        else:
            at += 1
    return None


def _without_comment(line: str, quote: str, *, first: bool) -> str:
    end = _closing(line, quote, 1 if first else 0)
    if end is not None and re.fullmatch(r"\s*(?:#.*)?", line[end + 1 :]):
        return line[: end + 1]
    return line
