"""Lines to paragraphs: hard-wrapped lines are joined, subheads stand alone.

Three layouts are told apart: paragraphs between blank lines; one paragraph a line; and lines
wrapped at a width, with or without blank lines. In wrapped text without blank lines a
paragraph ends where a line ends a sentence although the next word would have fitted, and a
short line without a full stop before a new beginning is a subhead.
"""

import re
from collections.abc import Callable
from itertools import pairwise

_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_WIDEST = 120
_LONG_BLOCK = 15
_PARAGRAPH_LINE = 250

Predicate = Callable[[str], bool]


def _never(line: str) -> bool:
    return False


def split(text: str, alone: Predicate = _never, closes: Predicate = _never) -> list[str]:
    """Return the paragraphs of a text, each on one line.

    Args:
        text: lines separated by LF.
        alone: says of a line that it is a paragraph by itself (a dateline), which helps where
            no blank line says so.
        closes: says of a line that it ends its paragraph whatever follows (a photo credit).
    """
    blocks = _blocks(text)
    width = _wrapped_width(blocks)
    paragraphs: list[str] = []
    for block in blocks:
        if width and (len(blocks) == 1 or len(block) > _LONG_BLOCK):
            paragraphs += _unwrapped(block, width, alone, closes)
        elif width or not _line_is_paragraph(block, len(blocks)):
            paragraphs.append(_joined(block))
        else:
            paragraphs += block
    return paragraphs


def _blocks(text: str) -> list[list[str]]:
    """Return the runs of lines between blank lines."""
    blocks: list[list[str]] = [[]]
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrapped_width(blocks: list[list[str]]) -> int:
    """Return the width at which lines were wrapped, or 0 where they were not.

    Lines are wrapped where at least three in ten go on in lower case on the next line.
    """
    pairs = [pair for block in blocks for pair in pairwise(block)]
    running = sum(_runs_on(line, following) for line, following in pairs)
    if not pairs or running < 0.3 * len(pairs):
        return 0
    lengths = sorted(len(line) for line, _ in pairs)
    width = lengths[int(len(lengths) * 0.9)]
    return width if width <= _WIDEST else 0


def _runs_on(line: str, following: str) -> bool:
    return not _ENDS.search(line) and following[0].islower()


def _line_is_paragraph(block: list[str], blocks: int) -> bool:
    if blocks == 1 or len(block) > _LONG_BLOCK:
        return True
    return sorted(map(len, block))[len(block) // 2] > _PARAGRAPH_LINE


def _joined(lines: list[str]) -> str:
    """Join lines; a hyphen at a line's end stays, without a space after it."""
    text = lines[0]
    for line in lines[1:]:
        tight = text.endswith("-") and text[-2:-1].isalpha() and line[0].islower()
        text += line if tight else f" {line}"
    return text


def _unwrapped(lines: list[str], width: int, alone: Predicate, closes: Predicate) -> list[str]:
    """Return the paragraphs of wrapped lines that no blank line separates."""
    short_starts = _has_short_starts(lines, width)
    paragraphs: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        if paragraphs[-1] and alone(line):
            paragraphs.append([])
        paragraphs[-1].append(line)
        rest = lines[number + 1 : number + 2]
        closed = alone(line) or closes(line)
        if rest and (closed or _breaks(paragraphs[-1], rest[0], width, short_starts)):
            paragraphs.append([])
    return [_joined(paragraph) for paragraph in paragraphs if paragraph]


def _breaks(paragraph: list[str], following: str, width: int, short_starts: bool) -> bool:
    """Return whether a paragraph ends before the following line."""
    line = paragraph[-1]
    new_start = short_starts and _fits(following, "", width * 3 // 4)
    if _ENDS.search(line):
        return _fits(line, following, width) or new_start
    if following[0].islower() or not _fits(line, following, width):
        return False
    subhead = sum(map(len, paragraph)) <= width
    if short_starts:
        return subhead and new_start and not _ENDS.search(following)
    return subhead and len(line) < width * 3 // 4 and line[-1] not in ",;:-–—"


def _fits(line: str, following: str, width: int) -> bool:
    """Return whether the next line's first word would have fitted on a line."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) <= width


def _has_short_starts(lines: list[str], width: int) -> bool:
    """Return whether paragraphs start with a short line (an old export habit)."""
    short = sum(
        _runs_on(line, following) and _fits(line, following, width * 3 // 4)
        for line, following in pairwise(lines)
    )
    return short >= 3 and short * 20 >= len(lines)
