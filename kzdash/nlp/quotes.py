"""Quotation marks: which stretches of a text stand between them.

All common marks are paired, paragraph by paragraph: “ ” " « » ‹ › „ ‟ ‚ ‘ ’ '. Apostrophes are told
from single marks by their neighbours. A mark that nobody closes holds to the end of its
paragraph; the quotation goes on in the next one where that opens with a mark again, or where
it closes one that it did not open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

MARKS = re.compile("[“”„‟«»‹›\"‘’‚']")
BREAK = re.compile(r"\n\s*\n\s*")
DOUBLE, GUILLEMET, ANGLE, STRAIGHT, SINGLE, STRAIGHT_SINGLE = "“", "«", "‹", '"', "‘", "'"
FAMILY = {
    "“": DOUBLE, "”": DOUBLE, "„": DOUBLE, "‟": DOUBLE, "«": GUILLEMET, "»": GUILLEMET,
    "‹": ANGLE, "›": ANGLE, '"': STRAIGHT, "‘": SINGLE, "’": SINGLE, "‚": SINGLE,
    "'": STRAIGHT_SINGLE,
}  # fmt: skip
MIXED = frozenset({"”", '"'})
"""Marks that also close a quotation opened with the other kind of double mark."""

SINGLES = frozenset({SINGLE, STRAIGHT_SINGLE})
BEFORE_OPENING = frozenset(" \t\n\u00a0([{—–-/“„«\"‘'…")
MAX_SINGLE = 400


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks.

    Attributes:
        start, end: characters of the text, marks included, end exclusive.
        depth: 0 for an outermost quotation, 1 for one inside it, and so on.
        closed: False where the paragraph ended before a closing mark came.
        continues: True where it goes on from the paragraph before.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True
    continues: bool = False


@dataclass
class _Open:
    family: str
    start: int
    german: bool = False


def quotations(text: str) -> list[Quotation]:
    """Return all quotations of a text in the order of their starts."""
    found: list[Quotation] = []
    pending = False
    for start, end in _paragraphs(text):
        here, pending = _paragraph(text, start, end, pending)
        found += here
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _paragraph(text: str, start: int, end: int, pending: bool) -> tuple[list[Quotation], bool]:
    """Return a paragraph's quotations and whether one is still open at its end."""
    stack: list[_Open] = []
    found: list[Quotation] = []
    for match in MARKS.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if _closes(text, at, mark, stack, end):
            _close(stack, found, mark, at)
        elif _opens(text, at, mark, stack, end):
            stack.append(_Open(FAMILY[mark], at, mark in "„‚"))
        elif pending and not stack and mark in '”»"' and not _reopened(found, start):
            found.append(Quotation(start, at + 1, 0, True, True))
            pending = False
    open_double = [o for o in stack if o.family not in SINGLES]
    if open_double:
        found.append(Quotation(open_double[0].start, end, 0, False))
    found = _nest(found)
    if pending and found and found[0].start == start:
        found[0] = replace(found[0], continues=True)
    return found, bool(open_double)


def _reopened(found: list[Quotation], start: int) -> bool:
    return any(quotation.start == start for quotation in found)


def _nest(found: list[Quotation]) -> list[Quotation]:
    """Sort quotations and set their depths."""
    ends: list[int] = []
    nested = []
    for quotation in sorted(found, key=lambda q: (q.start, -q.end)):
        while ends and ends[-1] <= quotation.start:
            ends.pop()
        nested.append(replace(quotation, depth=len(ends)))
        ends.append(quotation.end)
    return nested


def _before(text: str, at: int) -> str:
    return text[at - 1] if at else " "


def _after(text: str, at: int) -> str:
    return text[at + 1] if at + 1 < len(text) else " "


def _closes(text: str, at: int, mark: str, stack: list[_Open], end: int) -> bool:
    opener = _opener(stack, mark)
    if opener is None or at == opener.start + 1:
        return False
    before, after = _before(text, at), _after(text, at)
    ends_word = not before.isspace() and not after.isalnum()
    if mark in "”»›" or (mark in "«“‘" and opener.german):
        return True
    if mark in "“«‹‘„‚‟":
        return ends_word and mark == "“" and before not in BEFORE_OPENING
    if mark == '"':
        return not (before in BEFORE_OPENING and after.isalnum()) or after.isspace()
    return ends_word and not _is_plural_possessive(text, at, mark, end)


def _opener(stack: list[_Open], mark: str) -> _Open | None:
    """Return what a mark may close: its own kind, else a double mark of another kind."""
    family = FAMILY[mark]
    same = next((o for o in reversed(stack) if o.family == family), None)
    if same is not None or mark not in MIXED:
        return same
    return next((o for o in reversed(stack) if o.family in {DOUBLE, STRAIGHT}), None)


def _opens(text: str, at: int, mark: str, stack: list[_Open], end: int) -> bool:
    before, after = _before(text, at), _after(text, at)
    starts_word = before in BEFORE_OPENING and not after.isspace()
    if mark in "“„‟«‹":
        return not after.isspace()
    if mark in "‘‚":
        return not before.isalnum() and not after.isspace()
    if mark == "'":
        return starts_word and after.isalnum() and _has_closing(text, at, end)
    if mark == "’":
        return False
    return starts_word and (mark == '"' or not stack)


def _close(stack: list[_Open], found: list[Quotation], mark: str, at: int) -> None:
    closed = _opener(stack, mark)
    while stack:
        opener = stack.pop()
        if opener is closed:
            found.append(Quotation(opener.start, at + 1))
            return


def _has_closing(text: str, at: int, end: int) -> bool:
    """Return whether a straight single mark is closed later in its paragraph."""
    limit = min(end, at + MAX_SINGLE)
    later = text.find("'", at + 2, limit)
    while later != -1:
        if not text[later - 1].isspace() and not _after(text, later).isalnum():
            return True
        later = text.find("'", later + 1, limit)
    return False


def _is_plural_possessive(text: str, at: int, mark: str, end: int) -> bool:
    """Return whether a mark after an s is an apostrophe: another one closes later."""
    followed = _after(text, at) == " " and text[at + 2 : at + 3].islower()
    if _before(text, at) != "s" or not followed:
        return False
    rest = text[at + 1 : min(end, at + MAX_SINGLE)]
    later = next(
        (
            m.start()
            for m in re.finditer("[’‘']", rest)
            if m.group() != mark or not rest[m.start() + 1 : m.start() + 2].isalnum()
        ),
        None,
    )
    return later is not None and rest[later] == mark
