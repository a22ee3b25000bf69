"""Lines of a large file, decoded, one after the other, without holding the file in memory."""

import codecs
import io
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from kzdash.corpus.characters import has_lone_surrogate
from kzdash.corpus.decoding import check_is_text, encoding_of
from kzdash.corpus.limits import Limits
from kzdash.corpus.sources import Source, unreadable
from kzdash.errors import InputError

_CHUNK = 1 << 20
_SAMPLE = 4 << 20


@dataclass(frozen=True)
class Line:
    """One line without its end; ``fault`` says why its text cannot be used.

    ``encoding`` is the one it was read in.
    """

    number: int
    text: str
    fault: InputError | None = None
    encoding: str = "utf-8"

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what is to be said of the encoding: nothing where it is UTF-8."""
        return () if self.encoding == "utf-8" else (f"read as {self.encoding}",)


def of(source: Source, limits: Limits) -> Generator[Line, None, None]:
    """Yield the lines of a source (ends LF, CR, CRLF).

    The encoding is found over the whole file. In a file that is UTF-8 but for some lines,
    those lines come with a fault and the others as they are.

    Raises:
        InputError: the file cannot be read, or is no text.
    """
    try:
        with source.open() as stream:
            encoding = _encoding(stream, source.place)
        with source.open() as stream:
            yield from _decoded(stream, encoding, source.place, limits.line)
    except OSError as error:
        raise unreadable(source.place, error) from None


def _encoding(stream: BinaryIO, place: str) -> str:
    head = stream.read(_CHUNK)
    check_is_text(head[:16], place)
    guess = encoding_of(head[:4], place) if head[:4] and _has_mark(head) else None
    if guess:
        return guess
    wide = encoding_of(head[:4096].replace(b"\xff", b"?"), place) if b"\0" in head[:4096] else ""
    if wide.startswith("utf-16"):
        return wide
    return _utf8_or_legacy(stream, head, place)


def _has_mark(head: bytes) -> bool:
    return head.startswith(
        (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
    )


def _utf8_or_legacy(stream: BinaryIO, head: bytes, place: str) -> str:
    """Return UTF-8 where most high bytes are UTF-8, else the legacy encoding of the file."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = head
    while chunk:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            break
        chunk = stream.read(_CHUNK)
    else:
        return "utf-8"
    sample = chunk + stream.read(_SAMPLE)
    lines = [line for line in sample.splitlines() if not line.isascii()]
    try:
        return encoding_of(b"\n".join(lines), place)
    except InputError:
        return "utf-8"


def _decoded(stream: BinaryIO, encoding: str, place: str, longest: int) -> Iterator[Line]:
    errors = "surrogateescape" if encoding == "utf-8" else "surrogatepass"
    if not encoding.startswith("utf"):
        errors = "strict"
    number = 0
    try:
        with io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline=None) as text:
            while raw := text.readline(longest + 1):
                number += 1
                yield replace(_line(raw, number, text, place, longest), encoding=encoding)
    except UnicodeDecodeError as error:
        fault = InputError(
            f"{place}, line {number + 1}",
            f"bytes that are not {encoding.upper()}",
            "text in UTF-8",
            "Save the file as UTF-8",
        )
        fault.__cause__ = error
        yield Line(number + 1, "", fault)
    except ValueError as error:
        raise InputError(place, f"cannot be read ({error})", "a readable file") from None


def _line(raw: str, number: int, text: io.TextIOWrapper, place: str, longest: int) -> Line:
    where = f"{place}, line {number}"
    if len(raw) > longest and not raw.endswith("\n"):
        while rest := text.readline(_CHUNK):
            if rest.endswith("\n"):
                break
        return Line(
            number,
            "",
            InputError(
                where,
                f"a line of more than {longest:,} characters",
                f"at most {longest:,}",
                "Split the line",
            ),
        )
    line = raw.removesuffix("\n")
    if number == 1:
        line = line.removeprefix("\ufeff")
    if has_lone_surrogate(line):
        return Line(
            number,
            line,
            InputError(
                where,
                "bytes that are not text in the file's encoding",
                "text in UTF-8",
                "Save the file as UTF-8",
            ),
        )
    return Line(number, line)
