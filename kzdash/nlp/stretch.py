"""A reported-speech span: text that is attributed to somebody, not said by the author."""

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(frozen=True)
class Speech:
    """A span of reported speech, with its source and the cue that attributes it.

    Attributes:
        start, end: tokens, end exclusive.
        source: the head of the phrase that names the speaker, None if nobody is named.
        verb: the word that reports: a verb, a noun such as "claim", or "according".
    """

    start: int
    end: int
    source: Token | None
    verb: Token
