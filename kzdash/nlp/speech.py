"""Indirect speech: which words report what somebody says or thinks, and who that is.

Read from the parse: complement clauses of reporting verbs ("Abenov says that …"), inserted
attributions (", Abenov believes,"), "according to X", "as X put it", "in X's words", nouns
with a that-clause ("X's claim that …"), and verbs that give somebody a name or a charge
("calls X a traitor", "accuses X of …"). The attribution itself stays in the author's voice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kzdash.nlp import verbs

SUBJECTS = frozenset({"nsubj", "csubj"})
VERBAL = frozenset({"VERB", "AUX"})
RELATIVES = frozenset({"WP", "WDT"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
UNSPECIFIC = frozenset(
    "i we us me you one it this that what there these those which everything nothing something "
    "nobody none few anybody anyone whoever someone somebody everybody everyone little much "
    "it".split()
)
TOLD = frozenset("tell inform assure notify remind warn promise advise".split())
LIVING_ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
LIVING_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "men", "women", "ant", "ers", "ors",
                  "ists", "ians", "ants", "ic", "ics")  # fmt: skip
LIVING = frozenset(
    "he she they who source sources people family families critics friends official officials "
    "colleague colleagues diplomat diplomats aide aides mps elite elites opponents "
    "persons person relative participants participant witnesses eyewitness eyewitnesses insiders "
    "interlocutor interlocutors pupil pupils teachers politicians scientists scholars economists "
    "public media press government ministry regime authorities opposition delegates relatives "
    "lawyer counsel neighbours neighbors elders realists sceptics skeptics party police residents "
    "scholar analysts experts expert spouse wife husband son daughter father mother side camp "
    "majority some many most others both chief head premier president king judge witness".split()
)
COMMAS = frozenset({",", "—", "–"})
CLIMB = 12
ANNOUNCED = 9


@dataclass(frozen=True)
class Speech:
    """Words that are somebody's, not the author's.

    Attributes:
        start, end: tokens, end exclusive.
        source: the head of the phrase that names the speaker, None if nobody is named.
        verb: the reporting verb or noun.
        direct: whether it stands in quotation marks.
    """

    start: int
    end: int
    source: Token | None
    verb: Token | None
    direct: bool = False


class Reader:
    """Reads the indirect speech of one document.

    Args:
        doc: parsed, with ``doc.spans["mentions"]`` where the mentions are known.
        quote_of: for every token the number of the quotation it stands in, -1 outside.
    """

    def __init__(self, doc: Doc, quote_of: list[int]) -> None:
        self.doc = doc
        self.quote_of = quote_of
        self.mention_at: dict[int, Span] = {
            token.i: mention for mention in doc.spans.get("mentions", []) for token in mention
        }

    def speeches(self) -> list[Speech]:
        """Return all stretches of indirect speech, in the order of their verbs."""
        found: list[Speech] = []
        for token in self.doc:
            for speech in self._of(token):
                found += self._clipped(speech)
        return found

    def _clipped(self, speech: Speech) -> Iterator[Speech]:
        """Yield a stretch within its verb's quotation and clause, less its own attribution."""
        verb = speech.verb
        if verb is None:
            return
        start, end = speech.start, speech.end
        if self._quoted(verb):
            inside = [i for i in range(start, end) if self.quote_of[i] == self.quote_of[verb.i]]
            if not inside:
                return
            start, end = inside[0], inside[-1] + 1
        apart = set() if speech.source is None else {t.i for t in speech.source.subtree}
        if speech.source is not None and speech.source.i < start:
            apart = {i for i in apart if i < start}
        if end <= verb.i:
            if any(self.doc[i].text in {";", ":"} for i in range(end - 1, verb.i)):
                return
            breaks = [i for i in range(start, end) if self.doc[i].text in {";", ":"}]
            start = breaks[-1] + 1 if breaks else start
        elif start > verb.i:
            for i in range(start, end - 1):
                if self.doc[i].text == ";" and self.doc[i + 1].lower_ not in {"that", "and"}:
                    end = i
                    break
        while start < end and (start in apart or self._is_edge(start)):
            start += 1
        while start < end and (end - 1 in apart or self._is_edge(end - 1)):
            end -= 1
        if end > start:
            yield Speech(start, end, speech.source, verb, speech.direct)

    def _is_edge(self, i: int) -> bool:
        token = self.doc[i]
        return token.is_space or token.text in {",", ".", ";", ":", "–", "—"}

    def _of(self, token: Token) -> Iterator[Speech]:
        lemma = token.lemma_.lower()
        if token.lower_ == "according":
            yield from self._according(token)
        elif token.pos_ in VERBAL and token.dep_ != "aux":
            if lemma in verbs.REPORTING or lemma == "put":
                yield from self._reported(token, lemma)
            if lemma in verbs.CALLING or lemma in verbs.AS_CALLING or lemma in verbs.CHARGING:
                yield from self._called(token, lemma)
        elif token.pos_ == "NOUN":
            if lemma in verbs.CLAIMS:
                yield from self._claimed(token)
            if token.lower_ in verbs.OPINIONS:
                yield from self._opined(token)
        elif token.text == ":":
            yield from self._announced(token)

    def source(self, verb: Token, steps: int = 0) -> Token | None:
        """Return the head of the phrase that names who speaks, as the parse gives it."""
        if steps > CLIMB:
            return None
        passive = None
        for child in verb.children:
            if child.dep_ in SUBJECTS and (child.i < verb.i or self._is_inverted(verb, child)):
                return self._antecedent(child, verb)
            if child.dep_ == "nsubjpass":
                passive = child
        agent = self._by_phrase(verb) if verb.tag_ == "VBN" else None
        if agent is not None or passive is not None:
            return agent or (passive if steps else None)
        shared = self._shared(verb, steps)
        if shared is not None and not steps and not _agrees(verb, shared):
            shared = self._singular_subject(verb)
        return shared or (self._neighbour(verb) if not steps else None)

    def _is_inverted(self, verb: Token, subject: Token) -> bool:
        """Return whether a subject stands after its verb: "…," said X."""
        before = verb.doc[verb.i - 1] if verb.i else None
        marked = before is None or before.is_punct or before.is_space
        marked = marked or before is None or before.dep_ in {"aux", "cc"}
        speaker = subject.i in self.mention_at or is_living(subject)
        return speaker and verb.tag_ in FINITE and marked

    def _singular_subject(self, verb: Token) -> Token | None:
        """Return the sentence's first subject in the singular: the parse joined the verb wrongly."""
        sentence = verb.sent
        if sentence.root.tag_ in {"NN", "NNP"}:
            return sentence.root
        for token in sentence:
            if token.i >= verb.i:
                return None
            if token.dep_ in SUBJECTS and _agrees(verb, token) and token.tag_ not in RELATIVES:
                return token
        return None

    def _shared(self, verb: Token, steps: int) -> Token | None:
        """Return the subject that a verb shares with the one it depends on."""
        head = verb.head
        if verb.dep_ == "conj" and head.pos_ in VERBAL:
            return self.source(self._matrix(verb), steps + 1)
        if verb.dep_ in {"xcomp", "pcomp", "advcl", "prep"} and head.i != verb.i:
            return self.source(self._verb_above(head), steps + 1)
        if verb.dep_ == "relcl":
            return head
        if verb.dep_ == "acl":
            return head if verb.tag_ == "VBG" or self._has_content(verb) else None
        for child in verb.children:
            if child.dep_ == "ccomp" and child.i < verb.i:
                return next((c for c in child.children if c.dep_ in SUBJECTS), None)
        return None

    @staticmethod
    def _matrix(verb: Token) -> Token:
        """Return the verb whose subject a coordinated verb shares.

        "X denied that Y came and accused Z": what reports after a complement goes with the
        verb of the complement's head, unless "that" is repeated.
        """
        first = verb.head
        while first.dep_ == "conj" and first.head.pos_ in VERBAL:
            first = first.head
        reports = verb.lemma_.lower() in verbs.REPORTING | verbs.CHARGING | verbs.CALLING
        above = first.head
        if (
            reports and not _has_that(verb) and first.dep_ == "ccomp"
            and above.lemma_.lower() in verbs.REPORTING and above.tag_ == verb.tag_
        ):  # fmt: skip
            return above
        return verb.head

    def _has_content(self, verb: Token) -> bool:
        return verb.lemma_.lower() not in verbs.CALLING and any(
            c.dep_ == "ccomp" and c.i > verb.i for c in verb.children
        )

    def _neighbour(self, verb: Token) -> Token | None:
        """Return the noun just before a finite verb to which the parse gave no subject."""
        if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}:
            return None
        i = verb.i - 1
        while i >= 0 and self.doc[i].pos_ in {"AUX", "ADV", "PART"}:
            i -= 1
        if i < 0 or self.quote_of[i] != self.quote_of[verb.i]:
            return None
        token = self.doc[i]
        if token.i in self.mention_at:
            return self.mention_at[token.i].root
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and is_living(token):
            return token
        return None

    @staticmethod
    def _verb_above(token: Token) -> Token:
        for _ in range(CLIMB):
            if token.pos_ in VERBAL or token.head.i == token.i:
                break
            token = token.head
        return token

    @staticmethod
    def _by_phrase(verb: Token) -> Token | None:
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                return next((c for c in child.children if c.dep_ == "pobj"), None)
        return None

    @staticmethod
    def _antecedent(subject: Token, verb: Token) -> Token | None:
        if subject.tag_ not in RELATIVES and subject.lower_ != "that":
            return subject
        before = subject.i - 1
        while before > 0 and subject.doc[before].text in {",", ")"}:
            before -= 1
        if verb.dep_ != "relcl" and subject.doc[before].pos_ in {"PROPN", "NOUN"}:
            return subject.doc[before]
        for _ in range(CLIMB):
            if verb.dep_ == "relcl":
                return verb.head
            if verb.dep_ != "conj":
                return None
            verb = verb.head
        return None

    def speaks(self, source: Token | None, lemma: str, verb: Token) -> bool:
        """Return whether a source can be the speaker that a reporting verb names."""
        if source is None or any(c.dep_ == "det" and c.lower_ == "no" for c in source.children):
            return False
        if source.i in self.mention_at:
            return self.mention_at[source.i][0].lower_ not in {"i", "we"} or self._quoted(verb)
        if source.lower_ in UNSPECIFIC:
            return source.lower_ in {"i", "we"} and self._quoted(verb)
        if source.lower_ == "they":
            return self._quoted(verb)
        if lemma in verbs.THINKING and not is_living(source):
            return False
        speaks = is_living(source) or source.lower_ in verbs.DOCUMENTS
        return lemma not in verbs.ANIMATE or speaks

    def _quoted(self, token: Token) -> bool:
        return self.quote_of[token.i] >= 0

    def _reported(self, verb: Token, lemma: str) -> Iterator[Speech]:
        source = self.source(verb)
        if not self.speaks(source, lemma, verb) or _is_unsaid(verb, lemma):
            return
        contents = [c for c in verb.children if c.dep_ == "ccomp" and self._is_content(c, verb)]
        if lemma == "put":
            contents = []
        last = verb.i
        for content in contents:
            for speech in self._runs(content, verb, source, verb):
                last = max(last, speech.end)
                yield speech
        while lemma != "put" and (stretch := self._that_clause(last, verb)) is not None:
            yield Speech(*stretch, source, verb)
            last = stretch[1]
        if not contents and last == verb.i:
            yield from self._inserted(verb, source)

    def _that_clause(self, last: int, verb: Token) -> tuple[int, int] | None:
        """Return the next that-clause of a verb that the parse joined to another word.

        After the verb itself a few words may come first ("said in a statement that"); after a
        clause only "and that" or "but that".
        """
        first = last == verb.i
        for token in self.doc[last + 1 if first else last : min(last + 9, verb.sent.end)]:
            if token.text in {";", ":", "."} or (token.i > verb.i and token.tag_ in FINITE):
                return None
            if token.lower_ == "that" and token.dep_ != "det":
                joined = token.i and self.doc[token.i - 1].lower_ in {"and", "but", "or", ","}
                if token.tag_ in RELATIVES and token.i > verb.i + 4:
                    return None
                return (token.i, self._end_of_that(token)) if first or joined else None
        return None

    def _end_of_that(self, that: Token) -> int:
        """Return where a that-clause ends: with its verb's words, else with the sentence."""
        head = that.head
        if head.i > that.i and head.pos_ in VERBAL:
            return _end_of_report(head)
        sentence = that.sent
        for token in self.doc[that.i : sentence.end]:
            if token.text == ";" or token.is_space:
                return token.i
        return sentence.end

    def _announced(self, colon: Token) -> Iterator[Speech]:
        """Yield what follows a colon after a reporting verb or a noun of speech."""
        sentence = colon.sent
        after = colon.i + 1
        if after >= sentence.end or self.quote_of[colon.i] >= 0 or self.quote_of[after] >= 0:
            return
        clause = self.doc[sentence.start : colon.i]
        if not any(t.tag_ in FINITE for t in self.doc[after : sentence.end]):
            return
        for token in reversed(clause[-ANNOUNCED:]):
            if token.text == "," or token.lower_ in {"as", "if", "though"}:
                return
            source = None
            if token.pos_ == "NOUN" and token.lemma_.lower() in verbs.CLAIMS | verbs.VERSIONS:
                source = self._teller(token)
            elif token.pos_ in VERBAL and token.lemma_.lower() in verbs.ANNOUNCING:
                source = self.source(token)
            if source is not None and self.speaks(source, "say", token):
                yield Speech(after, sentence.end, source, token)
                return

    def _teller(self, noun: Token) -> Token | None:
        """Return who tells a version or gives an answer."""
        owner = self._owner(noun)
        if owner is not None:
            return owner
        if noun.dep_ == "nsubjpass":
            return self._by_phrase(noun.head)
        return self.source(noun.head) if noun.dep_ == "dobj" else None

    def _is_content(self, clause: Token, verb: Token) -> bool:
        """Return whether a complement is what the verb reports, by its form and place."""
        if _asks(clause):
            return False
        left = clause.left_edge.i
        if left < verb.i or _has_that(clause):
            return True
        while self.doc[left].is_punct and left < clause.i and self.quote_of[left] < 0:
            left += 1
        if verb.lemma_.lower() in {"fear", "trust", "feel"} and any(
            c.dep_ == "nsubj" and c.lower_ in {"him", "her", "them"} for c in clause.children
        ):
            return False
        between = self.doc[verb.i + 1 : left]
        return not any(t.text == "," or t.dep_ == "cc" for t in between)

    def _runs(
        self, clause: Token, without: Token, source: Token | None, verb: Token
    ) -> Iterator[Speech]:
        """Yield the stretches of a clause, less the attribution that stands inside it."""
        inside = {token.i for token in clause.subtree}
        if clause.i > verb.i:
            end = _end_of_report(clause)
            inside = {i for i in inside if i < end}
        elif source is not None and clause.right_edge.i < source.left_edge.i < verb.i:
            comma = source.left_edge.i - 1
            if self.doc[comma].text == ",":
                inside |= set(range(clause.right_edge.i, comma))
        low, high = min(inside), max(inside)
        start = None
        for i in range(low, high + 2):
            belongs = i <= high and (i in inside or self.doc[i].is_punct) and i != without.i
            if belongs and start is None:
                start = i
            elif not belongs and start is not None:
                if i - start > 1:
                    yield Speech(start, i, source, verb)
                start = None

    def _inserted(self, verb: Token, source: Token | None) -> Iterator[Speech]:
        """Yield what an attribution beside or inside a clause reports."""
        head = verb.head
        if verb.lemma_.lower() not in TOLD and any(
            c.dep_ == "dobj" and c.lower_ not in {"it", "us", "me"} for c in verb.children
        ):
            return
        as_clause = _is_as_clause(verb)
        inserted = verb.lemma_.lower() in verbs.INSERTED and (
            verb.dep_ == "parataxis"
            or (verb.dep_ == "ccomp" and head.lemma_.lower() not in verbs.REPORTING)
        )
        joined = head.i != verb.i and head.pos_ in VERBAL | {"NOUN", "ADJ"}
        if (inserted or as_clause) and joined:
            yield from self._rest(head, verb, source, verb)
            return
        yield from self._comma_final(verb, source)

    def _rest(
        self, head: Token, attribution: Token, source: Token | None, verb: Token
    ) -> Iterator[Speech]:
        """Yield a clause less the attribution's own words."""
        whole = {token.i for token in attribution.subtree}
        apart = whole
        if attribution is verb and attribution.pos_ in VERBAL and source is not None:
            first = min(attribution.i, source.left_edge.i)
            apart = whole if _is_as_clause(attribution) else {i for i in whole if i >= first}
        elif source is not None and source.i > attribution.i:
            document = source.lower_ in verbs.DOCUMENTS
            last = source.i if document else source.right_edge.i
            apart = {i for i in whole if i <= last}
        inside = ({token.i for token in head.subtree} | whole) - apart
        quote = None if attribution.dep_ == "parataxis" else self._quote_after(max(apart))
        if quote is not None:
            yield Speech(*quote, source, verb)
            return
        if not inside:
            return
        start = None
        for i in range(min(inside), max(inside) + 2):
            belongs = i in inside
            if belongs and start is None:
                start = i
            elif not belongs and start is not None:
                if i - start > 1 or not self.doc[start].is_punct:
                    yield Speech(start, i, source, verb)
                start = None

    def _quote_after(self, last: int) -> tuple[int, int] | None:
        """Return the quotation that directly follows an attribution, in tokens."""
        start = last + 1
        while start < len(self.doc) and self.doc[start].text in {",", ":"}:
            start += 1
        if start >= len(self.doc) or self.quote_of[start] < 0 or self.quote_of[last] >= 0:
            return None
        end = start
        while end < len(self.doc) and self.quote_of[end] >= 0:
            end += 1
        return start, end

    def _comma_final(self, verb: Token, source: Token | None) -> Iterator[Speech]:
        """Yield the clause before ", X said" where the parse did not join them."""
        if source is None or source.sent.start != verb.sent.start:
            return
        first = min(verb.i, source.left_edge.i)
        if verb.lemma_.lower() not in verbs.INSERTED or any(
            c.dep_ == "prep" and c.lower_ in {"of", "about", "for"} for c in verb.children
        ):
            return
        if self._is_medial(verb, source):
            yield from self._both_sides(verb, source)
            return
        beside = abs(verb.i - source.i) <= 3 or verb.i - source.right_edge.i in {1, 2}
        marked = first > verb.sent.start + 3 and self.doc[first - 1].text in {",", "—", "–"}
        if marked and beside and verb.dep_ in {"ROOT", "parataxis", "ccomp", "conj"}:
            start = verb.sent.start
            while self.doc[start].is_space:
                start += 1
            if any(t.tag_ in FINITE for t in self.doc[start : first - 1]):
                yield Speech(start, first - 1, source, verb)

    def _is_medial(self, verb: Token, source: Token) -> bool:
        """Return whether "…, X says, …" is inserted between commas."""
        return self._insertion(verb, source) is not None

    def _insertion(self, verb: Token, source: Token) -> tuple[int, int] | None:
        """Return the commas around "X said on Monday" or "said X of Y" inside a sentence."""
        doc = self.doc
        straight = 0 < verb.i - source.right_edge.i <= 2
        inverted = 0 < source.left_edge.i - verb.i <= 1
        first = (source.left_edge.i if straight else verb.i) - 1
        if not (straight or inverted) or first < verb.sent.start or doc[first].text not in COMMAS:
            return None
        last = (verb.i if straight else source.right_edge.i) + 1
        for i in range(last, min(last + 5 if straight else last + 1, verb.sent.end)):
            if doc[i].text in COMMAS:
                return first, i
        return None

    def _both_sides(self, verb: Token, source: Token) -> Iterator[Speech]:
        commas = self._insertion(verb, source)
        if commas is None:
            return
        sentence = verb.sent
        yield Speech(sentence.start, commas[0], source, verb)
        after = commas[1] + 1
        if after < sentence.end and self.doc[after].dep_ != "cc":
            yield Speech(after, sentence.end, source, verb)

    def _called(self, verb: Token, lemma: str) -> Iterator[Speech]:
        source = self.source(verb)
        if source is None or not self.speaks(source, lemma, verb):
            return
        if source.i not in self.mention_at and not is_living(source):
            return
        quoted = self._called_in_marks(verb)
        if quoted is not None:
            yield Speech(*quoted, source, verb)
            return
        target = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        if lemma == "blame" and target is not None and target.dep_ == "dobj":
            on = [c.right_edge.i for c in verb.children if c.lower_ == "on"]
            yield Speech(target.left_edge.i, max([target.right_edge.i, *on]) + 1, source, verb)
            return
        if target is None or target.i == getattr(source, "i", -1) or self._is_avoided(verb):
            return
        if target.lower_.endswith(("self", "selves")):
            return
        for child in [*verb.children, *(c for c in target.children if lemma in verbs.CHARGING)]:
            if child.i > verb.i and self._gives_quality(child, lemma):
                after = target.i > verb.i
                start = min(target.left_edge.i, child.left_edge.i) if after else child.left_edge.i
                end = self._quote_end(start, max(child.right_edge.i, target.right_edge.i) + 1)
                if lemma in verbs.QUOTED_CALLING and end is None:
                    return
                end = end or max(child.right_edge.i, target.right_edge.i) + 1
                yield Speech(start, end, source, verb)
                if not after and target.tag_ not in RELATIVES:
                    yield Speech(target.left_edge.i, target.i + 1, source, verb)
                return

    @staticmethod
    def _is_avoided(verb: Token) -> bool:
        """Return whether somebody stops short of a word, or does without it."""
        before = verb.head
        return verb.dep_ == "pcomp" and (
            before.lower_ == "without" or before.head.lower_ == "short" or before.lower_ == "from"
        )

    def _called_in_marks(self, verb: Token) -> tuple[int, int] | None:
        """Return "X “a traitor”" after a verb such as call, where only a noun phrase is between."""
        for i in range(verb.i + 1, min(verb.i + 10, verb.sent.end)):
            token = self.doc[i]
            if self.quote_of[i] != self.quote_of[verb.i]:
                if self.quote_of[i] < 0 or i == verb.i + 1:
                    return None
                end = self._quote_end(i, i + 1)
                return (verb.i + 1, end) if end is not None else None
            if token.pos_ == "VERB" or token.tag_ in FINITE or token.text in {";", ":"}:
                return None
        return None

    def _quote_end(self, start: int, end: int) -> int | None:
        """Return where the first quotation that starts in a stretch ends, None without one."""
        number = self.quote_of[start - 1] if start else -1
        for i in range(start, min(end, len(self.doc))):
            if self.quote_of[i] not in {number, -1}:
                inner = self.quote_of[i]
                while i < len(self.doc) and self.quote_of[i] >= inner:
                    i += 1
                return i
        return None

    @staticmethod
    def _gives_quality(child: Token, lemma: str) -> bool:
        if child.dep_ in {"oprd", "attr"}:
            return lemma in verbs.CALLING
        after = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
        if child.lower_ == "as" and after in {"well", "soon", "long", "far"}:
            return False
        if child.lower_ == "as" or any(c.lower_ == "as" and c.i < child.i for c in child.children):
            return lemma in verbs.AS_CALLING
        return lemma in verbs.CHARGING and child.dep_ == "prep" and child.lower_ in {"of", "for"}

    def _according(self, token: Token) -> Iterator[Speech]:
        to = next((c for c in token.children if c.lower_ == "to"), None)
        if to is None:
            return
        source = next((c for c in to.children if c.dep_ == "pobj"), None)
        source = self._before_comma(to, source)
        if source is not None and self._is_authority(source):
            yield from self._rest(self._clause(token), token, source, token)

    def _before_comma(self, to: Token, source: Token | None) -> Token | None:
        """Return the noun after "according to" that ends before the first comma."""
        if source is None:
            return None
        for token in self.doc[to.i + 1 : source.i]:
            if token.text == "," and self.doc[token.i - 1].pos_ in {"NOUN", "PROPN"}:
                return self.doc[token.i - 1]
        return source

    def _is_authority(self, source: Token) -> bool:
        """Return whether "according to" names somebody, or what somebody published."""
        if source.i in self.mention_at or is_living(source):
            return source.lower_ not in UNSPECIFIC
        if source.pos_ == "NUM" or source.lower_ in {"version", "interlocutors", "chronicle"}:
            return True
        return source.lower_ in verbs.DOCUMENTS or source.lemma_.lower() in verbs.CLAIMS

    def _clause(self, token: Token) -> Token:
        head = self._verb_above(token.head)
        while head.dep_ in {"xcomp", "auxpass", "aux"}:
            head = head.head
        return head

    def _opined(self, noun: Token) -> Iterator[Speech]:
        preposition = noun.head
        if noun.dep_ != "pobj" or preposition.lower_ not in {"in", "by", "on"}:
            return
        before = self.doc[preposition.i - 1] if preposition.i else None
        set_off = preposition.is_sent_start or before is None or not before.is_alpha
        if not set_off and preposition.lower_ != "in":
            return
        source = self._owner(noun)
        if source is not None and source.lower_ not in {"my", "our", "your", "one"}:
            yield from self._rest(self._clause(preposition), preposition, source, noun)

    @staticmethod
    def _owner(noun: Token) -> Token | None:
        """Return whose word a noun is: its possessor or of-phrase."""
        for child in noun.children:
            if child.dep_ == "poss":
                return child
        for child in noun.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"of", "by", "from"}:
                return next((c for c in child.children if c.dep_ == "pobj"), None)
        return None

    def _claimed(self, noun: Token) -> Iterator[Speech]:
        for clause in noun.children:
            if clause.dep_ not in {"acl", "ccomp"} or not _has_that(clause):
                continue
            source = self._owner(noun)
            if source is None and noun.dep_ == "dobj":
                source = self.source(noun.head)
            if source is not None and source.lower_ not in UNSPECIFIC | {"my", "our"}:
                yield from self._runs(clause, noun, source, noun)


def _is_as_clause(verb: Token) -> bool:
    return verb.dep_ == "advcl" and any(
        c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in verb.children
    )


def _agrees(verb: Token, subject: Token) -> bool:
    """Return whether a verb's number allows a subject ("says" has no plural one)."""
    singular = verb.tag_ == "VBZ"
    return not (singular and (subject.tag_ in {"NNS", "NNPS"} or subject.lower_ == "they"))


def _end_of_report(clause: Token) -> int:
    """Return where a complement ends: at ", and" with a clause that does not repeat "that"."""
    doc = clause.doc
    for verb in clause.conjuncts:
        if verb.i < clause.i or verb.tag_ not in FINITE and not _has_finite_aux(verb):
            continue
        start = verb.left_edge.i
        cc = start - 1
        if cc > 1 and doc[cc].dep_ == "cc" and doc[cc - 1].text == "," and not _has_that(verb):
            return cc - 1
    return clause.right_edge.i + 1


def _has_finite_aux(verb: Token) -> bool:
    return any(c.dep_ in {"aux", "auxpass"} and c.tag_ in FINITE for c in verb.children)


def _is_unsaid(verb: Token, lemma: str) -> bool:
    """Return whether a verb of saying is denied or only demanded ("did not say that …")."""
    if lemma in verbs.THINKING:
        return False
    return any(
        c.dep_ == "neg" or (c.dep_ == "aux" and c.lower_ in {"should", "must", "ought"})
        for c in verb.children
    )


def is_living(token: Token) -> bool:
    """Return whether a noun names somebody who can speak (person, body or state)."""
    lower = token.lower_
    if token.ent_type_ in LIVING_ENTITIES or token.pos_ == "PROPN" or lower in LIVING:
        return True
    return token.pos_ == "NOUN" and lower.endswith(LIVING_ENDINGS)


def _has_that(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _asks(clause: Token) -> bool:
    """Return whether a complement is an indirect question: nothing is claimed."""
    first = clause.left_edge
    return first.lower_ in {"whether", "if"} or first.tag_ in {"WP", "WDT", "WRB", "WP$"}
