"""Attribution: which quotations are speech, and who speaks them.

A quotation is speech where somebody is found to say it, or where it is a whole sentence; a
short one without its own predicate and without a source is a scare quote or a title. The source
stands after it ("…," said X), around it (X says that "…"), above it in the parse, before it
(X: "…"), in the quotation that it goes on from, or in the sentence that leads to it.
"""

from bisect import bisect_left

from spacy.tokens import Doc, Span, Token

from kzdash.nlp import grammar, verbs
from kzdash.nlp.grammar import FINITE, VERBAL
from kzdash.nlp.paragraphs import is_break
from kzdash.nlp.quotes import Quotation, quotations
from kzdash.nlp.sources import Sources, counted, is_living, is_unspecific
from kzdash.nlp.speakers import NOBODY, Speaker, Speakers
from kzdash.nlp.stretch import Speech

NEAR = 20
BESIDE = 6
TIGHT = 4
SPEECH_WORDS = 5
FRAGMENT_VERBS = verbs.INSERTED | verbs.CALLING
RECENT = 5
LEADING = 3
MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
DASHES = frozenset({"—", "–", "-", "--", "―"})


class Quote:
    """A quotation in tokens: ``start`` and ``end`` with the marks, ``first``/``last`` within."""

    def __init__(self, doc: Doc, quotation: Quotation, start: int, end: int) -> None:
        self.quotation = quotation
        self.start, self.end = start, end
        self.first = start if quotation.continues and not doc[start].is_quote else start + 1
        self.last = end - 1 if quotation.closed else end
        inner = doc[self.first : self.last]
        self.words = sum(token.is_alpha for token in inner)
        self.predicate = any(token.tag_ in FINITE for token in inner)
        self.speaker = NOBODY
        self.verb: Token | None = None
        self.speech = False


def quotes_of(doc: Doc) -> list[Quote]:
    """Return the quotations of a document in tokens."""
    starts = [token.idx for token in doc]
    found = []
    for quotation in quotations(doc.text):
        first = max(bisect_left(starts, quotation.start + 1) - 1, 0)
        last = bisect_left(starts, quotation.end)
        if last - first > 2:
            found.append(Quote(doc, quotation, first, last))
    return found


class Attributor:
    """Attributes the quotations of one document.

    Args:
        doc: the parsed document.
        quotes: its quotations; ``speech, speaker, verb`` are set on them.
        sources, speakers: find and resolve sources.
        paragraph_of: the number of the paragraph for each token.
    """

    def __init__(
        self,
        doc: Doc,
        quotes: list[Quote],
        sources: Sources,
        speakers: Speakers,
        paragraph_of: list[int],
    ) -> None:
        self.doc = doc
        self.quotes = quotes
        self.sources = sources
        self.speakers = speakers
        self.paragraph_of = paragraph_of
        self.quote_of = sources.quote_of
        self.mention_at = sources.mention_at
        self.indirect: dict[int, list[Speech]] = {}

    def attribute(self, indirect: dict[int, list[Speech]]) -> None:
        """Decide for every quotation whether it is speech, and whose.

        Args:
            indirect: the document's indirect speech by paragraph.
        """
        self.indirect = indirect
        for number, quote in enumerate(self.quotes):
            self._attribute(number, quote)

    def _attribute(self, number: int, quote: Quote) -> None:
        """Decide whether a quotation is speech, and whose."""
        quote.speech = True
        resumed = self._resumed(number, quote)
        if resumed is not None:
            quote.speaker, quote.verb = resumed.speaker, resumed.verb
            return
        around = (self._around, self._after)
        first, second = reversed(around) if quote.predicate else around
        for find in (self._signed, first, second, self._above, self._before, self._quoted_from):
            source, verb = find(quote)
            if source is not None:
                quote.verb = verb
                quote.speaker = self.speakers.resolve(source, self._outer(number))
                return
        carried = self._carried(number, quote)
        if carried is not None:
            quote.speaker = carried.speaker
            return
        full = quote.predicate and quote.words >= SPEECH_WORDS
        quote.speech = full and self._stands_alone(quote)

    def _outer(self, number: int) -> Speaker | None:
        quote = self.quotes[number]
        if quote.quotation.depth:
            for other in reversed(self.quotes[:number]):
                if other.end >= quote.end:
                    return other.speaker
        return None

    def _signed(self, quote: Quote) -> tuple[Token | None, Token | None]:
        """Return who signs a quoted post: "…" — Name (@handle)."""
        i = quote.end
        if i + 1 < len(self.doc) and self.doc[i].text in DASHES:
            after = self.doc[i + 1]
            mention = self.mention_at.get(after.i)
            named = mention is not None or after.ent_type_ == "PERSON" or after.pos_ == "PROPN"
            if named and not self._reporting_within(i + 1, i + 6):
                return (mention.root if mention is not None else after), None
        return None, None

    def _reporting_within(self, start: int, end: int) -> bool:
        return any(t.pos_ in VERBAL for t in self.doc[start : min(end, len(self.doc))])

    def _after(self, quote: Quote) -> tuple[Token | None, Token | None]:
        """Return the attribution that follows a quotation: "…," said X."""
        i, doc = quote.end, self.doc
        ending = doc[quote.last - 1].text if quote.last > quote.first else ""
        marked = ending in {",", "?", "!", "…", "...", "."}
        while i < len(doc) and (doc[i].text in DASHES or doc[i].text == ","):
            marked, i = True, i + 1
            ending = ","
        if not marked or not quote.quotation.closed or i >= len(doc) or doc[i].is_space:
            return None, None
        if ending == "." and not (doc[i].text.islower() and doc[i].pos_ in VERBAL | {"PRON"}):
            return None, None
        reach = NEAR if ending == "," else BESIDE
        for token in doc[i : min(i + reach, len(doc))]:
            if token.text in {".", "?", "!", ";", ":"} or is_break(token.text):
                break
            adds = token.dep_ == "advcl" and token.tag_ == "VBG"
            if token.dep_ == "cc" and not quote.predicate:
                break
            if self.quote_of[token.i] >= 0 or (adds and token.lemma_ in verbs.REPORTING):
                break
            if self._is_act(token) or (token.i == i and self._is_noun_for_verb(token)):
                source = self._outside_source(token)
                lemma = token.lemma_.lower()
                act = lemma in verbs.ACTS if quote.predicate else lemma in FRAGMENT_VERBS
                if source is not None and (act or (quote.predicate and token.i - i < TIGHT)):
                    return source, token
        return None, None

    @staticmethod
    def _is_act(token: Token) -> bool:
        """Return whether a word after a quotation may say who speaks it.

        So does a verb that the tagger takes for a noun with a subject ("…,” one of them claims).
        """
        if token.pos_ in VERBAL:
            return token.dep_ not in {"aux", "auxpass", "relcl"}
        subject = any(c.dep_ == "nsubj" and c.i < token.i for c in token.children)
        return subject and token.tag_ == "NNS" and token.lemma_.lower() in verbs.REPORTING

    def _is_noun_for_verb(self, token: Token) -> bool:
        """Return whether the tagger takes a verb right after a quotation for a noun.

        Who speaks comes next ("…,” jokes a deputy").
        """
        speaks = token.tag_ == "NNS" and token.lemma_.lower() in verbs.REPORTING
        return speaks and token.i + 1 < len(self.doc) and self._opens_noun(self.doc[token.i + 1])

    def _opens_noun(self, token: Token) -> bool:
        return token.i in self.mention_at or token.pos_ == "PROPN" or token.dep_ in ("det", "poss")

    def _outside_source(self, verb: Token) -> Token | None:
        source = self.sources.of(verb)
        if source is None or self.quote_of[source.i] != self.quote_of[verb.i]:
            source = self._beside(verb)
        if source is not None and source.lower_ == "it" and source.i not in self.mention_at:
            source = self._document_before(source.sent)
        return source if self._names(source) else None

    def _document_before(self, sentence: Span) -> Token | None:
        """Return the document of the sentence before, which "it says" goes on from."""
        before = self.doc[sentence.start - 1].sent if sentence.start else ()
        return next((token for token in before if token.lower_ in verbs.DOCUMENTS), None)

    def _names(self, source: Token | None) -> bool:
        """Return whether a token can name who speaks a quotation."""
        if source is None:
            return False
        if source.i in self.mention_at:
            return True
        if is_unspecific(source):
            return False
        return is_living(source) or source.lower_ in verbs.DOCUMENTS

    def _beside(self, verb: Token) -> Token | None:
        """Return the noun next to a verb where the parse gives it no subject.

        After a participle stands what it tells of ("…,” recalling that Abenov …").
        """
        reach = 1 if verb.tag_ == "VBG" else BESIDE
        after = range(verb.i + 1, min(verb.i + reach, len(self.doc)))
        for i in (verb.i - 1, *after):
            if i < 0 or self.quote_of[i] != self.quote_of[verb.i] or self.doc[i].is_punct:
                if i < verb.i:
                    continue
                return None
            token: Token = self.doc[i]
            if token.dep_ == "poss" or token.lower_ in {"me", "us", "him", "her", "them"}:
                continue
            if i in self.mention_at:
                return self.mention_at[i].root
            named = token.ent_type_ == "PERSON" or token.lower_ in {"he", "she", "they"}
            noun = token.pos_ == "NOUN" or counted(token) is not None
            if named or (noun and is_living(token)):
                return token
        return None

    def _around(self, quote: Quote) -> tuple[Token | None, Token | None]:
        """Return who speaks the indirect speech that a quotation is part of."""
        near = self.indirect.get(self.paragraph_of[quote.start], [])
        inner = [
            s
            for s in near
            if s.start <= quote.first
            and s.end >= quote.last
            and not quote.start <= s.verb.i < quote.end
        ]
        if not inner:
            return None, None
        speech = min(inner, key=lambda s: s.end - s.start)
        return speech.source, speech.verb

    def _above(self, quote: Quote) -> tuple[Token | None, Token | None]:
        """Return the subject of the speech act that a quotation is a complement of."""
        inside = range(quote.start, quote.end)
        for token in self.doc[quote.first : quote.last]:
            if token.head.i in inside:
                continue
            head = token.head
            for _ in range(6):
                if head.pos_ in VERBAL and head.lemma_.lower() in verbs.ACTS - verbs.SIGNS:
                    source = self.sources.of(head)
                    if source is not None and source.i not in inside and self._names(source):
                        return source, head
                if head.head.i == head.i or (head.dep_ in {"advcl", "relcl"}):
                    break
                head = head.head
            break
        return None, None

    def _before(self, quote: Quote) -> tuple[Token | None, Token | None]:
        """Return the attribution that leads to a quotation: X said: "…"."""
        doc, i = self.doc, quote.start - 1
        while i >= 0 and doc[i].is_space:
            i -= 1
        if i < 0 or self.paragraph_of[i] < self.paragraph_of[quote.start] - 1:
            return None, None
        dash = doc[i].text in DASHES and self.paragraph_of[i] != self.paragraph_of[quote.start]
        colon = dash or doc[i].text == ":"
        low = max(doc[i].sent.start, i - 2 * NEAR if colon else i - 6)
        for token in reversed(doc[low : i + 1]):
            act = token.pos_ in VERBAL and token.lemma_.lower() in verbs.ACTS - verbs.WISHES
            if act and self.quote_of[token.i] == -1:
                source = self.sources.of(token)
                if source is not None and self.quote_of[source.i] == -1 and self._names(source):
                    return source, token
        if not colon:
            return None, None
        for speech in self.indirect.get(self.paragraph_of[i], []):
            if doc[i].sent.start <= speech.start < i <= speech.end:
                return speech.source, speech.verb
        return self._subject_of_sentence(doc[i].sent, i)

    def _quoted_from(self, quote: Quote) -> tuple[Token | None, Token | None]:
        """Return whose words a quotation of its own paragraph gives, from what leads to it.

        "Let us quote X's statement.", "The press release has a curious passage. Here it is."
        """
        i = quote.start - 1
        while i >= 0 and self.doc[i].is_space:
            i -= 1
        opens = i >= 0 and self.paragraph_of[i] == self.paragraph_of[quote.start] - 1
        if not (opens and quote.predicate and self._stands_alone(quote)):
            return None, None
        followed = quote.end < len(self.doc) and self.doc[quote.end].text == ","
        if quote.quotation.continues or followed:
            return None, None
        for _ in range(LEADING):
            sentence = self.doc[i].sent
            found = self._issuer_in(sentence)
            if found[0] is not None:
                return found
            i = sentence.start - 1
            if i < 0:
                break
        return None, None

    def _issuer_in(self, sentence: Span) -> tuple[Token | None, Token | None]:
        """Return who issued the document, or did the act of speech, that a sentence names."""
        for token in sentence:
            document = token.lower_ in verbs.DOCUMENTS and token.pos_ in {"NOUN", "PROPN"}
            if document and self.speakers.issuer(token) is not None:
                return token, None
            if token.lemma_.lower() in verbs.CITING and token.pos_ == "VERB":
                for child in token.subtree:
                    if child.i > token.i and child.i in self.mention_at:
                        return child, token
        for token in sentence:
            main = token.pos_ in VERBAL and token.dep_ in MAIN and grammar.is_finite(token)
            if main and token.lemma_.lower() in verbs.REPORTING:
                source = self.sources.of(token)
                if source is not None and source.i in self.mention_at:
                    return source, token
        return None, None

    def _subject_of_sentence(self, sentence: Span, end: int) -> tuple[Token | None, Token | None]:
        for token in sentence:
            if token.i < end and token.dep_ == "nsubj" and token.i in self.mention_at:
                return token, None
        return None, None

    def _carried(self, number: int, quote: Quote) -> Quote | None:
        """Return the quotation that this one goes on from."""
        if number == 0 or not quote.predicate:
            return None
        recent = self.quotes[max(0, number - RECENT) : number]
        if quote.quotation.continues:
            recent = [q for q in recent if q.quotation.depth == 0]
        before = next((q for q in reversed(recent) if q.speech), None)
        if before is None or before.speaker is NOBODY or before.end > quote.start:
            return None
        gap = self.paragraph_of[quote.start] - self.paragraph_of[before.end - 1]
        if quote.quotation.continues and gap <= 1:
            return before
        near = gap == 0 or (gap == 1 and quote.start - before.end <= NEAR)
        return before if near and self._stands_alone(quote) else None

    def _resumed(self, number: int, quote: Quote) -> Quote | None:
        """Return the quotation that goes on after its attribution: "…," said X, "…"."""
        before = self.quotes[number - 1] if number else None
        if before is None or not before.speech or before.verb is None or not quote.predicate:
            return None
        between = self.doc[before.end : quote.start]
        attributed = before.end <= before.verb.i < quote.start and len(between) <= 2 * NEAR
        broken = any(t.text == "." or is_break(t.text) for t in between)
        broken = broken or any(t.text == ";" for t in between[:-1])
        verbal = [t for t in between if t.pos_ in VERBAL and t.tag_ in FINITE]
        verbal = [t for t in verbal if t.dep_ != "relcl" and t.head.dep_ != "relcl"]
        return before if attributed and not broken and len(verbal) <= 1 else None

    def _stands_alone(self, quote: Quote) -> bool:
        """Return whether a quotation is a sentence of its own, or follows a colon."""
        start = self.doc[quote.start].sent.start
        while start < quote.start and (self.doc[start].is_space or self.doc[start].is_quote):
            start += 1
        if start >= quote.start:
            return True
        i = quote.start - 1
        return self.doc[i].text in {":", ".", "?", "!"} or self.doc[i].is_space
