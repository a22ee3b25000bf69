"""Indirect speech: which words report what somebody says or thinks, and who that is.

Read from the parse: complement clauses of reporting verbs ("Abenov says that …"), inserted
attributions (", Abenov believes,"), "according to X", "as X put it", "in X's words", nouns
with a that-clause ("X's claim that …"), and verbs that give somebody a name or a charge
(`kzdash.nlp.calling`). The attribution itself stays in the author's voice.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kzdash.nlp import grammar, verbs
from kzdash.nlp.calling import Caller
from kzdash.nlp.grammar import COMMAS, FINITE, RELATIVES, VERBAL
from kzdash.nlp.sources import UNSPECIFIC, Sources, is_living, is_unspecific
from kzdash.nlp.stretch import Speech

TOLD = frozenset("tell inform assure notify remind warn promise advise".split())
WHEREABOUTS = frozenset("after at before during in near on outside".split())
AUTHORITIES = frozenset(
    "version interlocutors chronicle data figure figures statistics estimate estimates poll polls "
    "survey study".split()
)
ANNOUNCED = 9
TO_WHOM = 6
JOINING = frozenset({"and", "but", "or"})
EDGES = frozenset({",", ".", ";", ":", "–", "—"})


class Reader:
    """Reads the indirect speech of one document.

    Args:
        doc: the parsed document.
        sources: finds who speaks.
    """

    def __init__(self, doc: Doc, sources: Sources) -> None:
        self.doc = doc
        self.sources = sources
        self.quote_of = sources.quote_of
        self.caller = Caller(doc, sources)

    def speeches(self) -> list[Speech]:
        """Return all stretches of indirect speech, in the order of their verbs."""
        found: list[Speech] = []
        for token in self.doc:
            for speech in self._of(token):
                found += self._clipped(speech)
        return found

    def _clipped(self, speech: Speech) -> Iterator[Speech]:
        """Yield a stretch within its verb's quotation and clause, less its own attribution."""
        start, end = self._in_quotation(speech)
        if end <= speech.verb.i:
            start, end = self._left_part(start, end, speech.verb)
        elif start > speech.verb.i:
            end = self._right_end(start, end)
        apart: set[int] = set()
        if speech.source is not None:
            before = speech.source.i < start
            apart = {t.i for t in speech.source.subtree if not before or t.i < start}
        while start < end and (start in apart or self._is_edge(start)):
            start += 1
        while start < end and (end - 1 in apart or self._is_edge(end - 1)):
            end -= 1
        if any(token.pos_ != "CCONJ" for token in self.doc[start:end]):
            yield Speech(start, end, speech.source, speech.verb)

    def _in_quotation(self, speech: Speech) -> tuple[int, int]:
        """Return a stretch cut to the quotation that its verb stands in, if it does."""
        number = self.quote_of[speech.verb.i]
        if number < 0:
            return speech.start, speech.end
        inside = [i for i in range(speech.start, speech.end) if self.quote_of[i] == number]
        return (inside[0], inside[-1] + 1) if inside else (speech.start, speech.start)

    def _left_part(self, start: int, end: int, verb: Token) -> tuple[int, int]:
        """Return what comes before an attribution, from the last colon or semicolon on."""
        if any(self.doc[i].text in {";", ":"} for i in range(max(end - 1, 0), verb.i)):
            return start, start
        breaks = [i for i in range(start, end) if self.doc[i].text in {";", ":"}]
        return (breaks[-1] + 1 if breaks else start), end

    def _right_end(self, start: int, end: int) -> int:
        """Return where a report ends: at a semicolon that no "that" or "and" follows."""
        for i in range(start, end - 1):
            if self.doc[i].text == ";" and self.doc[i + 1].lower_ not in {"that", "and"}:
                return i
        return end

    def _is_edge(self, i: int) -> bool:
        token = self.doc[i]
        return token.is_space or token.text in EDGES

    def _of(self, token: Token) -> Iterator[Speech]:
        lemma = token.lemma_.lower()
        if token.lower_ == "according":
            yield from self._according(token)
        elif token.pos_ in VERBAL and token.dep_ != "aux":
            yield from self._of_verb(token, lemma)
        elif token.pos_ == "NOUN":
            if lemma in verbs.CLAIMS:
                yield from self._claimed(token)
            if token.lower_ in verbs.OPINIONS:
                yield from self._opined(token)
        elif token.text == ":":
            yield from self._announced(token)

    def _of_verb(self, verb: Token, lemma: str) -> Iterator[Speech]:
        if lemma in verbs.REPORTING or lemma == "put":
            yield from self._reported(verb, lemma)
        if lemma in verbs.FINDING:
            yield from self._found(verb)
        if (word := verbs.makes_clear(verb)) is not None:
            yield from self._made_clear(verb, word)
        if lemma == "believe" and verb.sent[0].lower_ == "if":
            yield from self._trusted(verb)
        if lemma in verbs.NAMING:
            yield from self.caller.of(verb)

    def _reported(self, verb: Token, lemma: str) -> Iterator[Speech]:
        source = self.sources.of(verb)
        if not self.sources.can_speak(source, lemma, verb) or grammar.is_unsaid(verb, lemma):
            return
        contents = [c for c in verb.children if c.dep_ == "ccomp" and self._is_content(c, verb)]
        if lemma == "put":
            contents = []
        if any(c.left_edge.i == verb.i + 1 for c in contents):
            contents = [c for c in contents if c.i > verb.i or self.quote_of[c.i] >= 0]
        if lemma in verbs.CALLING and any(c.dep_ == "neg" for c in verb.children):
            contents = [c for c in contents if grammar.has_that(c) or c.pos_ in VERBAL]
        last = verb.i
        for content in contents:
            for speech in self._runs(content, verb, source, verb):
                last = max(last, speech.end)
                yield speech
        while lemma != "put" and (stretch := self._that_clause(last, verb)) is not None:
            yield Speech(*stretch, source, verb)
            last = stretch[1]
        if last > verb.i and self._goes_on(last, verb):
            yield Speech(last + 1, verb.sent.end, source, verb)
        if not contents and last == verb.i and not _raises_question(verb):
            yield from self._inserted(verb, source)

    def _found(self, verb: Token) -> Iterator[Speech]:
        """Yield what somebody who judges has found ("a court found that …")."""
        source = self.sources.of(verb)
        if source is None or source.lemma_.lower() not in verbs.JUDGES:
            return
        for clause in verb.children:
            if clause.dep_ == "ccomp" and grammar.has_that(clause):
                yield from self._runs(clause, verb, source, verb)

    def _made_clear(self, verb: Token, word: Token) -> Iterator[Speech]:
        """Yield what somebody makes clear, or leaves no doubt about."""
        source = self.sources.of(verb)
        said = verbs.shown(verb) or ""
        if not self.sources.can_speak(source, said, verb) or grammar.is_unsaid(verb, said):
            return
        assert source is not None
        first, after = min(source.left_edge.i, verb.i) - 1, word.i + 1
        first -= self.doc[first].lower_ == "as"
        if self.doc[after].lower_ == "to":
            after = next(
                (t.i for t in self.doc[after : after + TO_WHOM] if t.lower_ == "that"), after
            )
        if first > verb.sent.start and self.doc[first].text == "," == self.doc[after].text:
            yield from self._both_sides(verb, source, (first, after))
        elif self.doc[after].lower_ == "that":
            yield Speech(after, self._end_of_that(self.doc[after]), source, verb)
        else:
            clauses = (c for c in word.sent if c.left_edge.i == after and c.pos_ in VERBAL)
            clause = next((c for c in clauses if grammar.is_finite(c)), None)
            if clause is not None:
                yield Speech(after, grammar.end_of_report(clause), source, verb)

    def _that_clause(self, last: int, verb: Token) -> tuple[int, int] | None:
        """Return the next that-clause of a verb that the parse joined to another word.

        After the verb itself a few words may come first ("said in a statement that"), but no
        noun as its object ("read the charge"); after a clause only "and that" or "but that".
        """
        first = last == verb.i
        for token in self.doc[last + 1 if first else last : min(last + 9, verb.sent.end)]:
            if token.text in {";", ":", "."} or (token.i > verb.i and token.tag_ in FINITE):
                return None
            if token.lower_ == "that" and token.dep_ != "det":
                before = self.doc[token.i - 1].lower_ if token.i else ""
                relative = token.tag_ in RELATIVES and token.i > verb.i + 4
                relative = relative and not _opens_report(verb, token)
                joined = before in JOINING
                if relative or (first and joined) or _measures(verb, token):
                    return None
                if first and verb.lemma_.lower() not in TOLD and _has_object(verb, token):
                    return None
                follows = first or joined or before == ","
                return (token.i, self._end_of_that(token)) if follows else None
        return None

    def _goes_on(self, end: int, verb: Token) -> bool:
        """Return whether a colon and a clause follow what is reported: "said that X: he …"."""
        if end + 1 >= verb.sent.end or self.doc[end].text != ":" or self.quote_of[end + 1] >= 0:
            return False
        return any(t.tag_ in FINITE for t in self.doc[end + 1 : verb.sent.end])

    def _end_of_that(self, that: Token) -> int:
        """Return where a that-clause ends: with its verb's words, else with the sentence."""
        head = that.head
        if head.i > that.i and head.pos_ in VERBAL:
            return grammar.end_of_report(head)
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
                source = self.sources.of(token)
            if source is not None and self.sources.can_speak(source, "say", token):
                yield Speech(after, sentence.end, source, token)
                return

    def _teller(self, noun: Token) -> Token | None:
        """Return who tells a version or gives an answer."""
        owner = grammar.owner(noun)
        if owner is not None:
            return owner
        if noun.dep_ == "nsubjpass":
            return grammar.by_phrase(noun.head)
        return self.sources.of(noun.head) if noun.dep_ == "dobj" else None

    def _is_content(self, clause: Token, verb: Token) -> bool:
        """Return whether a complement is what the verb reports, by its form and place."""
        if grammar.asks(clause):
            return False
        left = clause.left_edge.i
        if left > verb.i and _measures(verb, clause.left_edge):
            return False
        if left < verb.i or grammar.has_that(clause):
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
            end = min(grammar.end_of_report(clause), self._next_act(clause))
            inside = {i for i in inside if i < end}
        elif source is not None and clause.right_edge.i < source.left_edge.i < verb.i:
            comma = source.left_edge.i - 1
            if self.doc[comma].text == ",":
                inside |= set(range(clause.right_edge.i, comma))
        low, high = min(inside), max(inside)
        inside |= {i for i in range(low, high) if self.doc[i].is_punct}
        for start, end in grammar.runs(inside - {without.i}, low, high):
            if end - start > 1:
                yield Speech(start, end, source, verb)

    def _next_act(self, clause: Token) -> int:
        """Return where who speaks acts again: "said that the plan was good and accused Y".

        The plan accuses nobody.
        """
        subject = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None and self._is_thing(subject):
            for act in clause.conjuncts:
                alone = not any(c.dep_ in {"nsubj", "nsubjpass", "mark"} for c in act.children)
                speaks = act.tag_ in FINITE and act.lemma_.lower() in verbs.ACTS
                joined = self.doc[act.left_edge.i - 1]
                if act.i > clause.i and alone and speaks and joined.dep_ == "cc":
                    return joined.i
        return clause.right_edge.i + 1

    def _is_thing(self, noun: Token) -> bool:
        """Return whether a noun names nobody who could speak."""
        return noun.pos_ == "NOUN" and not (is_living(noun) or noun.i in self.sources.mention_at)

    def _inserted(self, verb: Token, source: Token | None) -> Iterator[Speech]:
        """Yield what an attribution beside or inside a clause reports."""
        head = verb.head
        if grammar.has_that(verb):
            return
        if verb.lemma_.lower() not in TOLD and any(
            c.dep_ == "dobj" and c.lower_ not in {"it", "us", "me"} for c in verb.children
        ):
            return
        as_clause = grammar.is_as_clause(verb)
        inserted = verb.lemma_.lower() in verbs.INSERTED and (
            verb.dep_ == "parataxis"
            or (verb.dep_ == "ccomp" and head.lemma_.lower() not in verbs.REPORTING)
        )
        joined = head.i != verb.i and head.pos_ in VERBAL | {"NOUN", "ADJ"}
        misread = source is not None and source.dep_ == "appos" and source.i == verb.i - 1
        if (inserted or as_clause) and joined and not misread:
            yield from self._rest(head, verb, source, verb)
            return
        yield from self._comma_final(verb, source)

    def _rest(
        self, head: Token, attribution: Token, source: Token | None, verb: Token
    ) -> Iterator[Speech]:
        """Yield a clause less the attribution's own words.

        Where a quotation follows an attribution directly ("in X's words, “…”"), only the
        quotation is X's.
        """
        whole = {token.i for token in attribution.subtree}
        apart = self._attribution(attribution, whole, source, verb)
        if source is not None and (subject := _misread_subject(head, source)) is not None:
            apart = {i for i in apart if i < subject.left_edge.i - 1}
        quote = None if attribution.dep_ == "parataxis" else self._quote_after(max(apart))
        if quote is not None:
            yield Speech(*quote, source, verb)
            return
        inside = ({token.i for token in head.subtree} | whole) - apart
        inside &= set(range(*self._clause_around(min(apart), max(apart), verb.sent)))
        opposed = grammar.opposing(head)
        if opposed is not None and opposed >= max(apart):
            inside = {i for i in inside if i < opposed}
        if not inside:
            return
        for start, end in grammar.runs(inside, min(inside), max(inside)):
            if end - start > 1 or not self.doc[start].is_punct:
                yield Speech(start, end, source, verb)

    def _clause_around(self, first: int, last: int, sentence: Span) -> tuple[int, int]:
        """Return the clause that an attribution between commas stands in, in tokens.

        "X came, and Y, according to Z, left": from "and" on. "X, who came, according to Z, left":
        the relative clause alone.
        """
        comma, after = first - 1, last + 1
        opened = comma > sentence.start and self.doc[comma].text == ","
        if not opened or all(token.text != "," for token in self.doc[last : after + 1]):
            return sentence.start, sentence.end
        for token in (self.doc[comma - 1], *self.doc[comma - 1].ancestors):
            left = token.left_edge.i
            if token.dep_ == "relcl" and token.i < comma and self.doc[left - 1].text == ",":
                return left, first
        after += self.doc[last].text != ","
        if after < sentence.end and self._opens_clause(self.doc[after]):
            return sentence.start, first
        for i in range(comma - 1, sentence.start + 1, -1):
            if self.doc[i].tag_ in FINITE:
                break
            if self.doc[i].dep_ == "cc" and self.doc[i - 1].text == ",":
                told = any(t.tag_ in FINITE for t in self.doc[sentence.start : i])
                return (i + 1 if told else sentence.start), sentence.end
        return sentence.start, sentence.end

    def _opens_clause(self, coordinator: Token) -> bool:
        """Return whether "and" leads to a clause with a subject of its own."""
        if coordinator.dep_ != "cc":
            return False
        for token in self.doc[coordinator.i + 1 : coordinator.sent.end]:
            if token.dep_ in {"nsubj", "nsubjpass"} or token.tag_ in FINITE:
                return token.tag_ not in FINITE
        return False

    def _attribution(
        self, attribution: Token, whole: set[int], source: Token | None, verb: Token
    ) -> set[int]:
        """Return the tokens of an attribution, without what the parse hung on it wrongly."""
        if source is None or grammar.is_as_clause(attribution):
            return whole
        if attribution is verb and attribution.pos_ in VERBAL:
            first = min(attribution.i, source.left_edge.i)
            return {i for i in whole if i >= first}
        if source.i > attribution.i:
            document = source.lower_ in verbs.DOCUMENTS
            last = source.i if document else source.right_edge.i
            return {i for i in whole if i <= last}
        return whole

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
        if self._leads(verb):
            return
        commas = self._insertion(verb, source)
        if commas is not None:
            yield from self._both_sides(verb, source, commas)
            return
        beside = abs(verb.i - source.i) <= 3 or verb.i - source.right_edge.i in {1, 2}
        marked = first > verb.sent.start + 3 and self.doc[first - 1].text in COMMAS
        if marked and beside and verb.dep_ in {"ROOT", "parataxis", "ccomp", "conj"}:
            when = {t for c in verb.children if c.dep_ == "advcl" for t in c.subtree}
            start = verb.sent.start
            while self.doc[start].is_space:
                start += 1
            if any(t.tag_ in FINITE and t not in when for t in self.doc[start : first - 1]):
                yield Speech(start, first - 1, source, verb)

    def _leads(self, verb: Token) -> bool:
        """Return whether a verb leads to a quotation of its own: "asked about it, X said: “No”"."""
        after = self.doc[verb.i + 1 : verb.i + 4]
        if not after or after[0].text not in {",", ":"}:
            return False
        quoted = [t for t in after if self.quote_of[t.i] != self.quote_of[verb.i] and t.is_alpha]
        return after[0].text == ":" or bool(quoted and quoted[0].is_title)

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

    def _both_sides(self, verb: Token, source: Token, commas: tuple[int, int]) -> Iterator[Speech]:
        sentence = verb.sent
        if not self.doc[commas[0] - 1].tag_.startswith("W"):
            yield Speech(sentence.start, commas[0], source, verb)
        after = commas[1] + 1
        if after >= sentence.end or grammar.tells_otherwise(self.doc[after].head):
            return
        if self.doc[after].dep_ != "cc":
            yield Speech(after, sentence.end, source, verb)

    def _according(self, token: Token) -> Iterator[Speech]:
        to = next((c for c in token.children if c.lower_ == "to"), None)
        if to is None:
            return
        source = next((c for c in to.children if c.dep_ == "pobj"), None)
        source = self._before_comma(to, source)
        clause = grammar.clause_above(token)
        if source is not None and self._is_authority(source) and not self._attributes(clause):
            yield from self._rest(clause, token, source, token)

    def _attributes(self, clause: Token) -> bool:
        """Return whether a clause attributes a quotation before it ("“…,” he said, according")."""
        subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
        if subject is None or clause.lemma_.lower() not in verbs.SPEAKING:
            return False
        before = self.quote_of[clause.sent.start : min(clause.i, subject.left_edge.i)]
        return self.quote_of[clause.i] < 0 and any(number >= 0 for number in before)

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
        if source.i in self.sources.mention_at or is_living(source):
            return not is_unspecific(source)
        if source.pos_ == "NUM" or source.lower_ in AUTHORITIES:
            return not any(child.lower_ in {"our", "my"} for child in source.children)
        return source.lower_ in verbs.DOCUMENTS or source.lemma_.lower() in verbs.CLAIMS

    def _trusted(self, verb: Token) -> Iterator[Speech]:
        """Yield what follows "if one is to believe X," or "if X is to be believed,"."""
        end = verb.sent.end
        before = self.doc[max(verb.i - 3, verb.sent.start) : verb.i].text.lower()
        if not before.endswith((" is to", " are to", "is to be", "are to be")):
            return
        comma = next((t for t in self.doc[verb.i : end] if t.text == ","), None)
        if comma is None:
            return
        source: Token | None = self.doc[comma.i - 1]
        if before.endswith(" be"):
            source = self.sources.of(verb.head)
        if source is not None and self._is_authority(source):
            yield Speech(comma.i + 1, end, source, verb)

    def _opined(self, noun: Token) -> Iterator[Speech]:
        preposition = noun.head
        if noun.dep_ != "pobj" or preposition.lower_ not in {"in", "by", "on"}:
            return
        before = self.doc[preposition.i - 1] if preposition.i else None
        set_off = preposition.is_sent_start or before is None or not before.is_alpha
        if not set_off and preposition.lower_ != "in":
            return
        source = grammar.owner(noun)
        if source is not None and source.lower_ not in {"my", "our", "your", "one"}:
            yield from self._rest(grammar.clause_above(preposition), preposition, source, noun)

    def _claimed(self, noun: Token) -> Iterator[Speech]:
        for clause in noun.children:
            if clause.dep_ not in {"acl", "ccomp"} or not grammar.has_that(clause):
                continue
            source = grammar.owner(noun)
            if source is None and noun.dep_ == "dobj":
                source = self.sources.of(noun.head)
            if source is not None and source.lower_ not in UNSPECIFIC | {"my", "our"}:
                yield from self._runs(clause, noun, source, noun)


def _misread_subject(verb: Token, source: Token) -> Token | None:
    """Return the subject of a clause that the parse takes for the source's apposition.

    "According to Abenov, Borlov “wants peace”": only the quotation mark parts it from its verb.
    """
    if any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        return None
    for noun in source.rights:
        after = verb.doc[noun.right_edge.i + 1 : verb.i]
        beside = all(t.is_quote or t.dep_ in {"aux", "auxpass", "neg", "advmod"} for t in after)
        opened = verb.doc[noun.left_edge.i - 1].text == ","
        if noun.dep_ == "appos" and opened and noun.right_edge.i < verb.i and beside:
            return noun
    return None


def _has_object(verb: Token, that: Token) -> bool:
    """Return whether a verb's object is a noun before "that", but no claim ("reports that …")."""
    return any(
        c.dep_ == "dobj"
        and c.i < that.i
        and (c.pos_ in {"NOUN", "PROPN"} or c.lower_ in UNSPECIFIC)
        and (c.lemma_.lower() not in verbs.CLAIMS or grammar.owner(c) is not None)
        for c in verb.children
    )


def _opens_report(verb: Token, that: Token) -> bool:
    """Return whether "that" opens what somebody is told somewhere or at some time.

    "Told reporters in the capital that X had won", but not "informed them of the plan that X had".
    """
    place = next((t for t in reversed(verb.doc[verb.i : that.i]) if t.dep_ == "prep"), None)
    somewhere = place is not None and place.lower_ in WHEREABOUTS
    return somewhere and verb.lemma_.lower() in TOLD and that.nbor().pos_ in {"PROPN", "DET"}


def _raises_question(verb: Token) -> bool:
    """Return whether what a verb reports follows it as a question ("she explains why …")."""
    return any(c.dep_ == "ccomp" and c.i > verb.i and grammar.asks(c) for c in verb.children)


def _measures(verb: Token, that: Token) -> bool:
    """Return whether a that-clause says to what degree: "so quickly that …"."""
    return any(token.lower_ in {"so", "such"} for token in verb.doc[verb.i + 1 : that.i])
