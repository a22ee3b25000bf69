"""Embedded posts: paragraphs that were written for a social network, not for the article.

A post is told by its hashtags and handles ("#Steppe", "@name") or by its signature
("— Name (@name) March 3"); prose that only mentions a handle is not one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kzdash.nlp.paragraphs import is_break

TAG = re.compile(r"(?<![\w.])[#@]\w{2,}")
SIGNATURE = re.compile(r"[—–-]\s*(?=[^\W\d_][^—–(]{1,60}\(@\w+\))")
LONGEST = 90


@dataclass(frozen=True)
class Post:
    """An embedded post: its tokens (end exclusive) and the name that signs it, if any."""

    start: int
    end: int
    signature: Token | None


def posts(doc: Doc) -> Iterator[Post]:
    """Yield the embedded posts of a document."""
    if "@" not in doc.text and "#" not in doc.text:
        return
    start = 0
    for token in doc:
        if is_break(token.text):
            yield from _post(doc, start, token.i)
            start = token.i + 1
    yield from _post(doc, start, len(doc))


def _post(doc: Doc, start: int, end: int) -> Iterator[Post]:
    if not 0 < end - start <= LONGEST or start == 0:
        return
    text = doc[start:end].text
    if not TAG.search(text):
        return
    signature = SIGNATURE.search(text)
    if signature is None:
        if _is_prose(doc, start, end):
            return
        yield Post(start, end, None)
        return
    at = doc[start].idx + signature.end()
    name = next(i for i in range(start, end) if doc[i].idx + len(doc[i]) > at)
    last = next((i for i in range(start, name) if doc[i].idx >= at - len(signature.group())), name)
    if last > start:
        yield Post(start, last, _head(doc, name, end))


def _is_prose(doc: Doc, start: int, end: int) -> bool:
    """Return whether a paragraph speaks of posts or hashtags rather than being one."""
    about = {"hashtag", "hashtags", "tweeted", "twitter", "posted", "wrote", "account"}
    return any(doc[i].lower_ in about for i in range(start, end))


def _head(doc: Doc, name: int, end: int) -> Token:
    """Return the last word of a name before the bracket: the head of the phrase."""
    last = name
    while last + 1 < end and doc[last + 1].text != "(":
        last += 1
    return doc[last]
