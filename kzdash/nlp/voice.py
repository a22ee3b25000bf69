"""Voice: whose words are these, the outlet's own or somebody else's?

Direct quotations come from `kzdash.nlp.quotes` and `kzdash.nlp.attribution`, indirect speech from
`kzdash.nlp.speech`, embedded posts from `kzdash.nlp.posts`, answers in interviews from
`kzdash.nlp.interviews`. Where they are nested, the innermost source speaks; a source that is
named inside its own speech ("…, X says, …") stays the author's.
"""

from collections.abc import Sequence
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kzdash.nlp import verbs
from kzdash.nlp.attribution import Attributor, Quote, quotes_of
from kzdash.nlp.interviews import answers
from kzdash.nlp.paragraphs import is_break
from kzdash.nlp.posts import Post, posts
from kzdash.nlp.resources import load_registry
from kzdash.nlp.sources import Sources
from kzdash.nlp.speakers import NOBODY, Speaker, Speakers
from kzdash.nlp.speech import Reader
from kzdash.nlp.stretch import Speech
from kzdash.registry import Registry

T = TypeVar("T", Speech, Span)


class VoiceFinder:
    """Find direct and indirect speech and set the voice and speaker of every mention.

    Args:
        registry: gives actors their names, for sources such as "Abenov's lawyer".
    """

    def __init__(self, registry: Registry | None = None) -> None:
        self.registry = registry

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["quotes"]`` and the mentions' ``voice`` and ``speaker``."""
        doc.spans["quotes"] = []
        if doc.has_annotation("DEP"):
            _Voice(doc, self.registry).annotate()
        return doc


class _Voice:
    """The working state for one document."""

    def __init__(self, doc: Doc, registry: Registry | None = None) -> None:
        self.doc = doc
        self.quotes = quotes_of(doc)
        self.quote_of = [-1] * len(doc)
        for number, quote in enumerate(self.quotes):
            for i in range(quote.start, min(quote.end, len(doc))):
                self.quote_of[i] = number
        self.sources = Sources(doc, self.quote_of)
        self.reader = Reader(doc, self.sources)
        self.speakers = Speakers(doc, self.sources.mention_at, registry)
        self.paragraph_of = _paragraph_numbers(doc)
        self.attributor = Attributor(
            doc, self.quotes, self.sources, self.speakers, self.paragraph_of
        )

    def annotate(self) -> None:
        """Write quotes and voices to the document."""
        indirect = self.reader.speeches()
        self.indirect_in = self._by_paragraph(indirect)
        self.inserted = {
            s.source.i for s in indirect if s.source is not None and s.verb.dep_ != "ccomp"
        }
        self.attributor.attribute(self.indirect_in)
        spans = [self._direct_span(q) for q in self.quotes if q.speech]
        known: set[tuple[int, int]] = {(s.start, s.end) for s in spans}
        for speech in indirect:
            if (speech.start, speech.end) not in known and not self._is_direct(speech):
                known.add((speech.start, speech.end))
                spans.append(self._indirect_span(speech))
        spans += self._posts(known)
        answered = self._answers(known)
        self._give_headline(spans, answered)
        spans += answered
        spans.sort(key=lambda s: (s.start, -s.end))
        self.doc.spans["quotes"] = spans
        self._voice_mentions(spans)

    def _by_paragraph(self, stretches: Sequence[T]) -> dict[int, list[T]]:
        """Return stretches (speech or spans) by the paragraph in which they start."""
        groups: dict[int, list[T]] = {}
        for stretch in stretches:
            groups.setdefault(self.paragraph_of[stretch.start], []).append(stretch)
        return groups

    def _is_direct(self, speech: Speech) -> bool:
        """Return whether a stretch only repeats what a quotation already gives."""
        number = self.quote_of[speech.start]
        if number < 0:
            return False
        quote = self.quotes[number]
        inside = quote.start <= speech.start and speech.end <= quote.end
        return inside and quote.speech and not quote.start <= speech.verb.i < quote.end

    def _voice_mentions(self, spans: list[Span]) -> None:
        by_paragraph = self._by_paragraph(spans)
        for mention in self.doc.spans.get("mentions", []):
            at = mention.root.i
            near = by_paragraph.get(self.paragraph_of[at], [])
            around = [s for s in near if s.start <= at < s.end]
            if at in self.inserted:
                own = mention.label_
                around = [s for s in around if s.label_ == "direct" or s._.speaker_actor != own]
            if around:
                inner = min(around, key=lambda s: s.end - s.start)
                mention._.voice = "quoted"
                mention._.speaker = inner._.speaker_actor or inner._.speaker_surface
            else:
                mention._.voice = "own"

    def _posts(self, known: set[tuple[int, int]]) -> list[Span]:
        """Return the embedded posts, each in the voice of who signs or was last to speak."""
        spans = []
        for post in posts(self.doc):
            if any(self.quote_of[i] >= 0 for i in range(post.start, post.end)):
                continue
            speaker = self._poster(post)
            if speaker.name and (post.start, post.end) not in known:
                span = Span(self.doc, post.start, post.end, label="direct")
                spans.append(_described(span, speaker, None))
        return spans

    def _answers(self, known: set[tuple[int, int]]) -> list[Span]:
        """Return the answers of an interview, each in the voice of who gives it."""
        spans = []
        for answer in answers(self.doc, self.speakers.named_people(), self.quote_of):
            if (answer.start, answer.end) not in known:
                span = Span(self.doc, answer.start, answer.end, label="direct")
                spans.append(_described(span, self.speakers.resolve(answer.speaker), None))
        return spans

    def _give_headline(self, spans: list[Span], answered: list[Span]) -> None:
        """Give the words that an interview has for its title to the one who is interviewed."""
        speakers = {(a._.speaker_actor, a._.speaker_surface) for a in answered}
        if len(speakers) != 1:
            return
        actor, surface = speakers.pop()
        for span in spans:
            unsigned = not (span._.speaker_actor or span._.speaker_surface)
            if unsigned and span.label_ == "direct" and self.paragraph_of[span.start] == 0:
                span._.speaker_actor, span._.speaker_surface = actor, surface

    def _poster(self, post: Post) -> Speaker:
        if post.signature is not None:
            return self.speakers.resolve(post.signature)
        before = self.paragraph_of[post.start] - 1
        said = [s for s in self.indirect_in.get(before, []) if s.source is not None]
        if said:
            return self._speaker(max(said, key=lambda s: s.verb.i))
        last = next((q for q in reversed(self.quotes) if q.end <= post.start), None)
        if last is not None and last.speech and self.paragraph_of[last.start] == before:
            return last.speaker
        return NOBODY

    def _direct_span(self, quote: Quote) -> Span:
        span = Span(self.doc, quote.start, quote.end, label="direct")
        return _described(span, quote.speaker, quote.verb)

    def _indirect_span(self, speech: Speech) -> Span:
        span = Span(self.doc, speech.start, speech.end, label="indirect")
        return _described(span, self._speaker(speech), speech.verb)

    def _speaker(self, speech: Speech) -> Speaker:
        return self.speakers.resolve(speech.source, self._enclosing(speech.source))

    def _enclosing(self, token: Token | None) -> Speaker | None:
        if token is None or self.quote_of[token.i] < 0:
            return None
        return self.quotes[self.quote_of[token.i]].speaker


def _described(span: Span, speaker: Speaker, verb: Token | None) -> Span:
    span._.speaker_actor = speaker.actor
    span._.speaker_surface = speaker.surface
    shown = verbs.shown(verb) if verb is not None else None
    if shown is not None:
        span._.verb = shown
        span._.verb_class = verbs.verb_class(span._.verb)
    return span


def _paragraph_numbers(doc: Doc) -> list[int]:
    numbers, number = [], 0
    for token in doc:
        numbers.append(number)
        number += is_break(token.text)
    return numbers


@Language.factory("voice", default_config={"registry": None})
def make_voice(nlp: Language, name: str, registry: str | None) -> VoiceFinder:
    """Return the component for `Language.add_pipe`."""
    return VoiceFinder(load_registry(registry))
