"""Sentiment: how pleasant the words are, by VADER (Hutto and Gilbert 2014).

The compound score (-1..1) of every sentence, and of the clause around every mention.
Sentiment judges words, not what a sentence says of an actor: that is stance.
"""

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

CLAUSE_DEPS = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "csubj", "parataxis"})


@cache
def analyser() -> SentimentIntensityAnalyzer:
    """Return VADER's analyser, built once a process."""
    return SentimentIntensityAnalyzer()


def compound(text: str) -> float | None:
    """Return VADER's compound score of a text, None where it has no letter."""
    if not any(character.isalpha() for character in text):
        return None
    return float(analyser().polarity_scores(text)["compound"])


def clause_head(token: Token) -> Token:
    """Return the head of the smallest clause around a token."""
    while token.head.i != token.i and not _heads_clause(token):
        token = token.head
    return token


def _heads_clause(token: Token) -> bool:
    joined = token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"}
    return token.dep_ in CLAUSE_DEPS or joined


def clauses(sentence: Span) -> dict[int, int]:
    """Return for every token (its index) the clause it stands in (the index of its head)."""
    return {token.i: clause_head(token).i for token in sentence}


def clause_text(sentence: Span, head: int, of: dict[int, int]) -> str:
    """Return the words of one clause of a sentence, in their order."""
    return "".join(token.text_with_ws for token in sentence if of[token.i] == head)


class SentimentScorer:
    """Set ``sentiment`` on sentences and on mentions (their clause's compound).

    A sentence that is one clause is scored once; sentences that are not scored for their
    language (``sentence._.scored``) keep None, as do those without a letter.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Score all sentences and the clauses of all mentions."""
        by_sentence: dict[int, list[Span]] = {}
        for mention in doc.spans.get("mentions", []):
            by_sentence.setdefault(mention.sent.start, []).append(mention)
        for sentence in doc.sents:
            if sentence._.scored:
                self._score(sentence, by_sentence.get(sentence.start, []))
        return doc

    def _score(self, sentence: Span, mentions: list[Span]) -> None:
        sentence._.sentiment = compound(sentence.text)
        if not mentions:
            return
        of = clauses(sentence)
        scores: dict[int, float | None] = {}
        for mention in mentions:
            # a name that the parser cut counts where it begins
            head = of[mention.doc[mention.start : min(mention.end, sentence.end)].root.i]
            if head not in scores:
                scores[head] = compound(clause_text(sentence, head, of))
            mention._.sentiment = scores[head]


@Language.factory("sentiment")
def make_sentiment(nlp: Language, name: str) -> SentimentScorer:
    """Return the component for `Language.add_pipe`."""
    return SentimentScorer()
