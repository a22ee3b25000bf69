"""Interviews: paragraphs that answer questions, in the words of whoever is asked.

An interview is told by labels ("Q:" and "A:", or the names of those who speak), or by three
paragraphs that ask, each with an answer after it, where the title or the lead says who is
interviewed, or where questions say "you" and answers "I". Explainers with questions for headings
are none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kzdash.nlp.paragraphs import is_break

EXCHANGES = 3
PERSONAL = 2
LONGEST_QUESTION = 80
LABEL = re.compile(r"[^\W\d_a-z][\w.'’&-]*(?: [\w.'’&-]+){0,5}(?=:\s)")
TURN = re.compile(
    r"(?:^|(?<=[.?!…”\"’)]\s))([^\W\d_a-z][\w'’&-]*(?: [\w'’&-]+){0,5})(?=:\s)", re.MULTILINE
)
ASKING = frozenset({"q", "question"})
ANSWERING = frozenset({"a", "answer"})
YOU = frozenset({"you", "your", "yours", "yourself"})
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
CUE = re.compile(
    r"\binterview(?:s|ed|ee)?\b(?! by)|\bconversation with\b|\bQ ?(?:&|and) ?A\b"
    r"|\bwe (?:have )?(?:asked|spoke|spoken|talked|discussed|met|sat)\b"
    r"|\b(?:to|with|tells?|told|for) us\b|\banswer(?:s|ed) (?:our|the) questions\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """A paragraph of an answer: its tokens (end exclusive), and what names who gives it."""

    start: int
    end: int
    speaker: Token | None


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph: its words without its label, and its label."""

    words: Span
    label: Span | None

    @property
    def name(self) -> str:
        """The label in lower case, empty without one."""
        return self.label.text.lower() if self.label is not None else ""

    @property
    def asks(self) -> bool:
        """Whether it ends in a question, and is no more than that."""
        return self.words.text.endswith("?") and len(self.words) <= LONGEST_QUESTION


def answers(doc: Doc, people: Sequence[Span], quote_of: Sequence[int]) -> list[Answer]:
    """Return the answers of a document that is an interview, paragraph by paragraph.

    Args:
        doc: the document; its first paragraph is the title.
        people: the spans that name persons in it.
        quote_of: for every token the number of the quotation it stands in, -1 outside.
    """
    return list(_Interview(doc, people, quote_of).answers()) if "?" in doc.text else []


class _Interview:
    """The working state for one document."""

    def __init__(self, doc: Doc, people: Sequence[Span], quote_of: Sequence[int]) -> None:
        self.doc = doc
        self.quote_of = quote_of
        self.people = sorted(people)
        self.first_named = {p[-1].lower_: p.root for p in reversed(self.people)}
        self.actors = {mention.start for mention in doc.spans.get("mentions", [])}
        self.paragraphs = list(_paragraphs(doc))
        self.labels = self._labels()
        self.turns = [
            n for n, p in enumerate(self.paragraphs) if n and (p.asks or p.name in self.labels)
        ]

    def answers(self) -> Iterator[Answer]:
        """Yield the answers, none where the document is no interview."""
        alternates = self._alternates()
        if not (self.labels or alternates):
            return
        interviewers = self._interviewers()
        answering, asked = False, self._asked()
        speaker = asked
        for paragraph in self.paragraphs[self.turns[0] :]:
            if paragraph.name in self.labels:
                answering = paragraph.name not in interviewers
                speaker = asked if paragraph.name in ANSWERING else self._labelled(paragraph)
            elif paragraph.asks and alternates:
                answering, speaker = True, asked
                continue
            elif _tells_of(paragraph, speaker):
                answering = False
            if answering:
                yield Answer(paragraph.words.start, paragraph.words.end, speaker)

    def _labels(self) -> set[str]:
        """Return the labels of those who speak, none unless one answers what another asks."""
        labelled = [p.label for p in self.paragraphs if p.label is not None]
        counts = Counter(label.text.lower() for label in labelled)
        family_names = self._family_names()
        known = ASKING | ANSWERING
        labels = {
            name
            for name, count in counts.items()
            if count > 1 or name in known or name.split()[-1] in family_names
        }
        asking = {
            p.name
            for p, after in pairwise(self.paragraphs)
            if p.asks and p.label is not None and p.name != after.name and after.name in labels
        }
        return labels | asking if asking else set()

    def _alternates(self) -> bool:
        """Return whether questions and answers alternate, as between two who talk."""
        exchanges = [
            (p, after) for p, after in pairwise(self.paragraphs[1:]) if p.asks and not after.asks
        ]
        if len(exchanges) < EXCHANGES:
            return False
        addressed = sum(self._says(p, YOU) for p, _ in exchanges)
        told = sum(self._says(after, FIRST) for _, after in exchanges)
        if self._cue() is not None:
            return bool(self.labels or addressed or told)
        return addressed > 0 and told >= PERSONAL

    def _says(self, paragraph: _Paragraph, words: frozenset[str]) -> bool:
        """Return whether one of some words stands in a paragraph, outside quotations."""
        return any(t.lower_ in words and self.quote_of[t.i] < 0 for t in paragraph.words)

    def _lead(self) -> Span:
        """Return what stands before the first question: the title and the lead."""
        return self.doc[: self.paragraphs[self.turns[0]].words.start]

    def _cue(self) -> int | None:
        """Return the token before which the title or the lead says that somebody is asked."""
        lead = self._lead()
        cue = CUE.search(lead.text)
        return sum(t.idx < cue.end() for t in lead) if cue is not None else None

    def _asked(self) -> Token | None:
        """Return who is interviewed, as the title or the lead names him."""
        lead = self._lead()
        people = [person for person in self.people if person.end <= lead.end]
        cue = self._cue()
        if cue is None:
            names = {person.root.lower_ for person in people}
            return people[0].root if len(names) == 1 else None
        sentence_end = self.doc[cue].sent.end
        after = [p for p in people if p.start >= cue]
        before = [p for p in people if p.start < cue]
        if after and (after[0].start < sentence_end or not before):
            return after[0].root
        return before[-1].root if before else None

    def _labelled(self, paragraph: _Paragraph) -> Token | None:
        """Return whom a label names, where he is first named."""
        if paragraph.label is None:
            return None
        last = paragraph.label[-1]
        return self.first_named.get(last.lower_, last)

    def _interviewers(self) -> set[str]:
        """Return the labels of those who ask for the outlet: most of what they say are questions.

        Of a label that names no person one question is enough. A known actor who asks speaks
        for himself.
        """
        labelled = [(p, p.label.start) for p in self.paragraphs if p.label is not None]
        said = Counter(p.name for p, _ in labelled)
        asked = Counter(p.name for p, _ in labelled if p.asks)
        actors = {p.name for p, start in labelled if start in self.actors}
        people = self._family_names()
        asking = {name for name in asked if name.split()[-1] not in people}
        asking |= {name for name in said if 2 * asked[name] > said[name]}
        return asking - actors | ASKING

    def _family_names(self) -> set[str]:
        """Return the last words of people's names outside the labels."""
        at = {p.label.start for p in self.paragraphs if p.label is not None}
        return {person[-1].lower_ for person in self.people if person.start not in at}


def _tells_of(paragraph: _Paragraph, speaker: Token | None) -> bool:
    """Return whether a paragraph names who speaks, so that the author has the word again."""
    return (
        speaker is not None
        and speaker.pos_ == "PROPN"
        and any(token.text == speaker.text for token in paragraph.words)
    )


def _paragraphs(doc: Doc) -> Iterator[_Paragraph]:
    turns = _turns(doc)
    start = 0
    for token in doc:
        ends = token.i == len(doc) - 1 or token.i + 1 in turns
        if is_break(token.text) or ends:
            end = token.i + (not token.is_space)
            if end > start:
                yield _paragraph(doc, start, end)
            start = token.i + 1


def _turns(doc: Doc) -> set[int]:
    """Return where a label that comes again opens a sentence, in a text without paragraphs."""
    found = list(TURN.finditer(doc.text))
    counts = Counter(match[1] for match in found)
    places = {match.start(1) for match in found if counts[match[1]] > 1}
    return {token.i for token in doc if token.idx in places}


def _paragraph(doc: Doc, start: int, end: int) -> _Paragraph:
    label = LABEL.match(doc[start:end].text)
    if label is not None:
        last = next(i for i in range(start, end) if doc[i].idx >= doc[start].idx + label.end())
        if start < last < end - 1 and doc[last].text == ":":
            return _Paragraph(doc[last + 1 : end], doc[start:last])
    return _Paragraph(doc[start:end], None)
