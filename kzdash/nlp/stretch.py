"""A stretch of text that is somebody's words, not the author's."""

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(frozen=True)
class Speech:
    """Words that are somebody's, not the author's.

    Attributes:
        start, end: tokens, end exclusive.
        source: the head of the phrase that names the speaker, None if nobody is named.
        verb: the word that reports: a verb, a noun such as "claim", or "according".
    """

    start: int
    end: int
    source: Token | None
    verb: Token
