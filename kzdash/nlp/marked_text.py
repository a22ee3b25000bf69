"""Marked text: token ids of a text with its targets set between marker tokens.

Shared by the stance and the relation model, and by their training, so that a model sees at
work exactly what it saw in training. Nothing here depends on spaCy or on a network.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

Span = tuple[int, int]

#: Most tokens of the title, and of the sentence before, that are read with a text.
TITLE_TOKENS = 24
BEFORE_TOKENS = 40
#: Characters of either that are looked at: far more than so many tokens have.
CONTEXT = 2000


@dataclass(frozen=True)
class Marked:
    """Token ids of one text, and where its marked spans stand.

    Attributes:
        ids: token ids with the opening and closing token of the model.
        spans: first and last-plus-one position of each marked span, markers included.
        pieces: start and end, in characters of the text, of each token; (0, 0) for
            tokens that stand for no text.
    """

    ids: tuple[int, ...]
    spans: tuple[Span, ...]
    pieces: tuple[Span, ...]


def whole_words(text: str, span: Span) -> Span:
    """Widen a span to the letters and digits it cuts, and drop space and marks at its ends.

    >>> whole_words("the United States said", (4, 16))
    (4, 17)
    >>> whole_words("asked Kasich’s aides", (6, 13))
    (6, 12)
    """
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if start == end:
        return span
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def contexts(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Return title and sentence before of each sentence of an article, the title first.

    >>> contexts(["A title", "One.", "Two.", "Three."])
    [('', ''), ('A title', ''), ('A title', 'One.'), ('A title', 'Two.')]
    """
    return [(texts[0] if n else "", texts[n - 1] if n > 1 else "") for n in range(len(texts))]


class Marker:
    """Set targets between marker tokens and cut long texts to a window around them.

    Args:
        tokenizer: a WordPiece tokenizer whose vocabulary has ``[unused1]`` and ``[unused2]``.
        opening: name of the token every text starts with, such as ``[CLS]`` or ``<s>``.
        closing: name of the token every text ends with.
        longest: most tokens of one text, markers included.

    Attributes:
        hidden: id of the token that stands for a word taken out.
    """

    def __init__(self, tokenizer: Tokenizer, opening: str, closing: str, longest: int) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._longest = longest
        self._opening, self._closing = self._id(opening), self._id(closing)
        self.hidden = self._id("[MASK]" if opening == "[CLS]" else "<mask>")
        self._marks = [self._id(f"[unused{n}]") for n in (1, 2)]

    def _id(self, token: str) -> int:
        found: int | None = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the tokenizer has no token {token!r}")
        return found

    def mark(self, text: str, targets: Sequence[Span]) -> Marked:
        """Tokenise a text with its one or two targets marked, all with the same tokens.

        Args:
            text: any text; only a window around the targets is kept where it is long.
            targets: spans in characters, ``end`` exclusive, that do not overlap.

        Raises:
            ValueError: a target lies outside the text, is empty, or meets another.
        """
        spans = [self._checked(text, span) for span in targets]
        order = sorted(range(len(spans)), key=lambda n: spans[n])
        ids: list[int] = []
        pieces: list[Span] = []
        places: list[Span] = [(0, 0)] * len(spans)
        at = 0
        for n in order:
            start, end = spans[n]
            if start < at:
                raise ValueError(f"the targets {targets} overlap")
            self._add(text, at, start, ids, pieces)
            first = len(ids)
            ids.append(self._marks[0])
            pieces.append((0, 0))
            self._add(text, start, end, ids, pieces)
            ids.append(self._marks[1])
            pieces.append((0, 0))
            places[n] = (first, len(ids))
            at = end
        self._add(text, at, len(text), ids, pieces)
        return self._window(ids, pieces, places)

    def plain(self, text: str) -> Marked:
        """Tokenise a text without targets; of a long one its beginning is kept."""
        ids: list[int] = []
        pieces: list[Span] = []
        self._add(text, 0, len(text), ids, pieces)
        room = self._longest - 2
        return Marked(
            ids=(self._opening, *ids[:room], self._closing),
            spans=(),
            pieces=((0, 0), *pieces[:room], (0, 0)),
        )

    def after(self, marked: Marked, title: str, before: str) -> Marked:
        """Put what an article says before a text in front of it: its title, the sentence before.

        Args:
            marked: the text.
            title: only its first `TITLE_TOKENS` are kept.
            before: only its last `BEFORE_TOKENS` are kept.
        """
        first = self._ids(title[:CONTEXT])[:TITLE_TOKENS]
        last = self._ids(before[-CONTEXT:])[-BEFORE_TOKENS:]
        front = [n for part in (first, last) if part for n in (*part, self._closing)]
        return Marked(
            ids=(marked.ids[0], *front, *marked.ids[1:]),
            spans=tuple((a + len(front), b + len(front)) for a, b in marked.spans),
            pieces=(marked.pieces[0], *[(0, 0)] * len(front), *marked.pieces[1:]),
        )

    def _ids(self, text: str) -> list[int]:
        found: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return found

    def _checked(self, text: str, span: Span) -> Span:
        start, end = span
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} is not inside a text of {len(text)} characters")
        return whole_words(text, span)

    def _add(self, text: str, start: int, end: int, ids: list[int], pieces: list[Span]) -> None:
        if start >= end:
            return
        found = self._tokenizer.encode(text[start:end], add_special_tokens=False)
        ids.extend(found.ids)
        pieces.extend((start + a, start + b) for a, b in found.offsets)

    def _window(self, ids: list[int], pieces: list[Span], places: list[Span]) -> Marked:
        """Keep the targets and as much on both sides of them as fits."""
        room = self._longest - 2
        first, last = min(p[0] for p in places), max(p[1] for p in places)
        if last - first > room:
            raise ValueError(f"the targets span more than {room} tokens")
        spare = room - (last - first)
        left = min(first, max(spare // 2, spare - (len(ids) - last)))
        begin = first - left
        stop = min(len(ids), begin + room)
        return Marked(
            ids=(self._opening, *ids[begin:stop], self._closing),
            spans=tuple((a - begin + 1, b - begin + 1) for a, b in places),
            pieces=((0, 0), *pieces[begin:stop], (0, 0)),
        )
