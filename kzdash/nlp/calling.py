"""Attribution of judgements: verbs by which a source names, describes or charges somebody.

"X calls Y a traitor", "X described Y as weak", "Y was branded a coward by X", "X accuses Y of
theft", "X blamed Y": the judgement and its target are attributed to X.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kzdash.nlp import grammar, verbs
from kzdash.nlp.grammar import FINITE, RELATIVES
from kzdash.nlp.sources import Sources, is_living
from kzdash.nlp.stretch import Speech

REACH = 10


class Caller:
    """Finds the attributed judgements of one document.

    Args:
        doc: the parsed document.
        sources: finds the source of a judgement.
    """

    def __init__(self, doc: Doc, sources: Sources) -> None:
        self.doc = doc
        self.sources = sources
        self.quote_of = sources.quote_of

    def of(self, verb: Token) -> Iterator[Speech]:
        """Yield the spans that a verb of judgement attributes to its source."""
        lemma = verb.lemma_.lower()
        source = self.sources.of(verb)
        if source is None or not self.sources.can_speak(source, lemma, verb):
            return
        if grammar.is_unsaid(verb, lemma):
            return
        if source.i not in self.sources.mention_at and not is_living(source):
            return
        quoted = self._called_in_marks(verb)
        if quoted is not None:
            yield Speech(*quoted, source, verb)
            return
        target = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        if target is None:
            return
        if lemma == "blame" and target.dep_ == "dobj":
            on = [c.right_edge.i for c in verb.children if c.lower_ == "on"]
            yield Speech(target.left_edge.i, max([target.right_edge.i, *on]) + 1, source, verb)
        elif target.i != source.i and not self._is_avoided(verb):
            yield from self._given(verb, source, target)

    def _given(self, verb: Token, source: Token, target: Token) -> Iterator[Speech]:
        """Yield the target with the quality or charge that it is given."""
        lemma = verb.lemma_.lower()
        if target.lower_.endswith(("self", "selves")):
            return
        charged = target.children if lemma in verbs.CHARGING else ()
        quality = next(
            (
                c
                for c in (*verb.children, *charged)
                if c.i > verb.i and self._gives_quality(c, lemma)
            ),
            None,
        )
        if quality is None:
            return
        after = target.i > verb.i
        start = min(target.left_edge.i, quality.left_edge.i) if after else quality.left_edge.i
        whole = max(quality.right_edge.i, target.right_edge.i) + 1
        end = self._quote_end(start, whole)
        if end is None and lemma in verbs.QUOTED_CALLING:
            return
        yield Speech(start, end or whole, source, verb)
        if not after and target.tag_ not in RELATIVES:
            yield Speech(target.left_edge.i, target.i + 1, source, verb)

    @staticmethod
    def _is_avoided(verb: Token) -> bool:
        """Return whether somebody stops short of a word, or does without it."""
        before = verb.head
        return verb.dep_ == "pcomp" and (
            before.lower_ == "without" or before.head.lower_ == "short" or before.lower_ == "from"
        )

    def _called_in_marks(self, verb: Token) -> tuple[int, int] | None:
        """Return "X “a traitor”" after "call", where only a noun phrase stands between."""
        for i in range(verb.i + 1, min(verb.i + REACH, verb.sent.end)):
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
