"""A Doc's annotations as table rows: the only place where annotations become rows."""

import hashlib
from collections.abc import Iterator
from typing import TypeVar

from spacy.tokens import Doc, Span

from kzdash.fingerprints import fingerprint
from kzdash.nlp import fragments
from kzdash.nlp.detection import detect
from kzdash.nlp.extensions import Relation
from kzdash.nlp.paragraphs import is_break
from kzdash.schema import (
    Article,
    ArticleRow,
    ArticleRows,
    EpithetRow,
    FrameCueRow,
    MentionRow,
    QuoteRow,
    RelationRow,
    SentenceRow,
    TermRow,
)

DECIMALS = 4
PRECISION = {4: "year", 7: "month", 10: "day"}
SHORT_TEXT = 120

T = TypeVar("T")


def article_rows(doc: Doc) -> ArticleRows:
    """Return all rows of an analysed article.

    Args:
        doc: the pipeline's output, with ``doc._.article`` set.
    """
    article: Article = doc._.article
    sentences = list(_sentences(doc))
    number = {sentence.start: n for n, (sentence, _) in enumerate(sentences)}
    rows = [_sentence(article, n, paragraph, s) for n, (s, paragraph) in enumerate(sentences)]

    def place(span: Span) -> tuple[str, int]:
        return article.article_id, number.get(span.sent.start, 0)

    return ArticleRows(
        article=_article(article, rows, any(s._.scored for s, _ in sentences)),
        sentences=rows,
        mentions=[_mention(*place(m), m) for m in doc.spans.get("mentions", [])],
        quotes=_unique([_quote(*place(q), q) for q in doc.spans.get("quotes", [])]),
        epithets=_unique([_epithet(*place(e), e) for e in doc.spans.get("epithets", [])]),
        relations=_unique([_relation(*place(r.evidence), r) for r in doc._.relations or []]),
        frame_cues=_unique([_cue(*place(c), c) for c in doc.spans.get("frames", [])]),
        terms=[
            TermRow(article.article_id, lemma, pos, count)
            for (lemma, pos), count in sorted((doc._.terms or {}).items())
        ],
    )


def _unique(rows: list[T]) -> list[T]:
    return list(dict.fromkeys(rows))


def _sentences(doc: Doc) -> Iterator[tuple[Span, int]]:
    paragraph = 0
    for sentence in doc.sents:
        if sentence.text.strip():
            yield sentence, paragraph
        paragraph += sum(is_break(token.text) for token in sentence if token.is_space)


def _words(span: Span) -> list[str]:
    return [word for word in span.text.split() if any(c.isalnum() for c in word)]


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _article(article: Article, sentences: list[SentenceRow], scored: bool) -> ArticleRow:
    published = article.published
    return ArticleRow(
        article_id=article.article_id,
        outlet_id=article.outlet_id,
        title=article.title,
        author=article.author,
        published=published,
        published_precision=PRECISION[len(published)] if published else None,
        url=article.url,
        republished_by=article.republished_by,
        language=article.language or detect(article.text),
        translated_from=article.translated_from,
        words=sum(sentence.words for sentence in sentences),
        sentences=len(sentences),
        text_hash=hashlib.sha256(article.text.encode()).hexdigest()[:16],
        scored=scored,
    )


def _sentence(article: Article, number: int, paragraph: int, sentence: Span) -> SentenceRow:
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    end = start + len(text.strip())
    first, last = fragments.ends(article.text, start, end)
    return SentenceRow(
        article_id=article.article_id,
        sentence_no=number,
        paragraph_no=paragraph,
        start=start,
        end=end,
        words=len(_words(sentence)),
        fingerprint=fingerprint(text),
        sentiment=_number(sentence._.sentiment),
        frames=sorted(sentence._.frames or []),
        fragment_start=first,
        fragment_end=last,
    )


def _mention(article_id: str, sentence_no: int, mention: Span) -> MentionRow:
    score = mention._.stance
    return MentionRow(
        mention_id=f"{article_id}:{mention.start_char}-{mention.end_char}",
        article_id=article_id,
        sentence_no=sentence_no,
        actor_id=mention.label_,
        surface=mention.text[:SHORT_TEXT],
        kind=mention._.kind,
        start=mention.start_char,
        end=mention.end_char,
        sentiment=_number(mention._.sentiment),
        stance=_number(score.stance) if score else None,
        stance_label=score.label if score else None,
        p_negative=_number(score.p_negative) if score else None,
        p_neutral=_number(score.p_neutral) if score else None,
        p_positive=_number(score.p_positive) if score else None,
        stance_reason=mention._.stance_reason,
        voice=mention._.voice,
        speaker=mention._.speaker,
        role=mention._.role,
        cues=list(mention._.cues or []),
    )


def _quote(article_id: str, sentence_no: int, quote: Span) -> QuoteRow:
    return QuoteRow(
        article_id=article_id,
        start=quote.start_char,
        end=quote.end_char,
        sentence_no=sentence_no,
        speaker_actor=quote._.speaker_actor,
        speaker_surface=quote._.speaker_surface,
        verb=quote._.verb,
        verb_class=quote._.verb_class,
        direct=quote.label_ == "direct",
    )


def _epithet(article_id: str, sentence_no: int, epithet: Span) -> EpithetRow:
    return EpithetRow(
        article_id=article_id,
        sentence_no=sentence_no,
        actor_id=epithet.label_,
        text=epithet.text[:SHORT_TEXT],
        relation=epithet._.relation,
        valence=_number(epithet._.valence),
        voice=epithet._.voice,
        start=epithet.start_char,
        end=epithet.end_char,
    )


def _relation(article_id: str, sentence_no: int, relation: Relation) -> RelationRow:
    evidence = relation.evidence
    return RelationRow(
        article_id=article_id,
        sentence_no=sentence_no,
        source_actor=relation.source,
        target_actor=relation.target,
        verb=evidence.root.lemma_[:SHORT_TEXT],
        label=relation.label,
        score=round(relation.score, DECIMALS),
        voice=relation.voice,
        start=evidence.start_char,
        end=evidence.end_char,
    )


def _cue(article_id: str, sentence_no: int, cue: Span) -> FrameCueRow:
    return FrameCueRow(
        article_id=article_id,
        sentence_no=sentence_no,
        frame=cue.label_,
        cue=cue.text.lower()[:SHORT_TEXT],
        start=cue.start_char,
        end=cue.end_char,
    )
