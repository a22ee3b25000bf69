"""Epithets: the words by which a text characterises an actor.

Three relations: an adjective on the mention's noun ("the obtuse minister"), an apposition
("Abenov, an important oligarch"), and a predicate ("Abenov is no political heavyweight", "they
call him a coward"), also where the mention is a pronoun. Only words that describe or judge
count: offices ("president"), nationalities, times and ordinals do not characterise.
Valence is the mean of VADER's word valences (Hutto and Gilbert 2014) in the head with the words
before it, scaled to -1..1: an "ally in the fight against terrorism" is an ally.
"""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kzdash.nlp.grammar import is_finite
from kzdash.nlp.sentiment import analyser
from kzdash.schema import EpithetRelation

Found = tuple[int, int, EpithetRelation]

MAX_WORDS = 9
VADER_RANGE = 4.0
NEGATED = -0.74
"""What VADER multiplies a negated word's valence with."""

CONTRACTED = frozenset({"n't", "n’t"})
NEGATIONS = CONTRACTED | frozenset(
    "no not never neither nor hardly scarcely barely without cannot less".split()
)
COPULAS = frozenset("be become remain seem appear prove stay look sound".split())
NAMING = frozenset(
    "call consider deem label brand dub term declare name find judge think style proclaim".split()
)
MAKING = frozenset({"make", "render"})
KEEPING = frozenset({"keep", "leave"})
"""Verbs after which an adjective says how somebody is, but a noun what somebody has."""
TURNING = frozenset({"turn", "transform", "degenerate", "grow", "develop"})
AS_VERBS = frozenset(
    "describe regard see portray depict view characterise characterize present paint treat know "
    "dismiss denounce praise hail brand label cast condemn define perceive recognise recognize "
    "picture mock deride".split()
)

RELATIONAL = frozenset(
    "former current new old late ex then acting first second third last next previous own other "
    "same such several many few much more most all both deputy prime foreign interior internal "
    "external national international presidential parliamentary senior junior chief general "
    "federal official regional local central state public political economic financial military "
    "social civil legal eastern western northern southern european asian russian american "
    "chinese kazakh soviet post-soviet eurasian global main only mere very entire whole certain "
    "different various recent future past long-time longtime then-president outgoing incoming "
    "interim honorary permanent special supreme high higher top vice administrative "
    "constitutional diplomatic governmental ministerial ruling said above mentioned "
    "abovementioned following present non another likely able unable unlikely due set available "
    "ready aware concerned interested involved responsible absent alive dead born married based "
    "located situated seated inside outside here there half joint sole "
    "ethnic elder eldest younger youngest so-called latter".split()
)
"""Adjectives that place an actor (office, time, number, country) and do not describe it."""

OFFICES = frozenset(
    "president vice-president minister premier chancellor chief head chairman chairwoman chair "
    "chairperson secretary ambassador spokesman spokeswoman spokesperson director deputy "
    "governor mayor akim official officer general colonel major lieutenant commander envoy "
    "representative adviser advisor analyst expert scientist scholar professor economist "
    "historian lawyer journalist reporter editor senator member speaker prosecutor judge king "
    "emir sheikh sultan leader ministry government department agency committee commission "
    "council party country state republic nation capital city province region company "
    "corporation office administration service organisation organization union alliance bloc "
    "group author writer doctor engineer teacher mr mrs ms sir man woman person people "
    "predecessor successor counterpart colleague candidate incumbent father mother brother "
    "sister son daughter wife husband nephew niece cousin uncle grandson resident citizen "
    "student native sociologist diplomat attaché partner founder owner manager banker "
    "businessman businesswoman politician deputy-chairman accountant agronomist architect "
    "blogger broker clerk columnist commentator consul delegate dentist designer exporter firm "
    "geologist governor-general guard host lecturer merchant musician notary nurse observer "
    "operator orientalist philologist physician physicist poet policeman publisher rector "
    "referent restaurateur retiree schoolteacher surgeon surveyor treasurer watchman worker".split()
)
"""Nouns that say what somebody is in office, trade or kin; with a describing word they count."""

EPITHET_NOUNS = frozenset(
    "dictator strongman tyrant despot autocrat oligarch technocrat loyalist reformist reformer "
    "kleptocrat puppet heavyweight lightweight hardliner liberal nationalist populist traitor "
    "criminal thief crook murderer terrorist extremist hero liberator patriot genius coward "
    "upstart rebel fugitive billionaire millionaire veteran outsider insider opportunist clown "
    "butcher warlord gangster mafia rogue pariah failed satellite vassal".split()
)
"""Nouns that judge or describe where they stand before a name ("dictator Abenov")."""

HOLLOW = frozenset(
    "fact one reason way thing case matter example grounds time day year part kind sort question "
    "result list addition course ex co vice in-law figure number share "
    "referendum election vote visit meeting summit explosion".split()
)
"""Nouns that name no quality of an actor, such as what happens."""

PARTITIVES = frozenset("bit one piece kind sort type part".split())
"""Words after which an of-phrase says what somebody is ("one of the heroes")."""

MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"})
_AGAINST = frozenset({"anti", "counter"})
TAILS = frozenset({"relcl", "advcl", "punct", "cc", "conj", "appos", "acl", "parataxis", "mark"})


def epithets(mention: Span) -> list[Found]:
    """Return the epithets of a mention: first token, token after the last, relation.

    Every span lies in the mention's sentence and has at most ``MAX_WORDS`` tokens.
    """
    root = mention.root
    found = [*_adjectives(root), *_appositions(root), *_predicates(root)]
    if mention._.kind == "name":
        found = [f for f in found if not mention.start <= f[0] < f[1] <= mention.end]
    return [f for f in dict.fromkeys(found) if 0 < f[1] - f[0] <= MAX_WORDS and _says(root.doc, f)]


def _says(doc: Doc, found: Found) -> bool:
    start, end, _ = found
    return end - start > 1 or doc[start].lower_ not in PARTITIVES


def valence(span: Span) -> float | None:
    """Return how positive a phrase's head and the words before it are (-1..1).

    After a head that says little ("a man of honour") its complement counts, but no name in it
    ("the treacherous head of the Security Committee"). None where no word is known.
    """
    lexicon = analyser().lexicon
    judging = _judging(span)
    known = [
        lexicon.get(token.lower_, lexicon.get(token.lemma_.lower()))
        for token in judging
        if token.lower_ not in NEGATIONS and (token.pos_ != "PROPN" or token.i == span.root.i)
    ]
    values = [float(value) for value in known if value is not None]
    if not values:
        return None
    mean = sum(values) / len(values) / VADER_RANGE
    negations = sum(token.lower_ in NEGATIONS for token in judging)
    return mean * NEGATED if negations % 2 else mean


def _judging(span: Span) -> Span:
    """Return a phrase without what a preposition adds to its head, if the head says something."""
    for token in span:
        head = token.head
        if token.dep_ == "prep" and span.start <= head.i < token.i:
            says_little = head.lower_ in OFFICES or head.lower_ in PARTITIVES
            return span if says_little else span[: token.i - span.start]
    return span


def _describes(token: Token) -> bool:
    """Return whether an adjective or noun modifier describes rather than places."""
    if token.pos_ not in {"ADJ", "VERB"} or not token.lower_[0].isalpha():
        return False
    if _is_hyphenated_noun(token) or _says_against_what(token):
        return False
    if token.ent_type_ in {"NORP", "GPE", "DATE", "ORDINAL", "CARDINAL", "ORG"}:
        return False
    if token.lower_ in RELATIONAL:
        return False
    capital = token.text[0].isupper() and not token.is_sent_start
    return not capital or token.lower_ in analyser().lexicon


def _says_against_what(token: Token) -> bool:
    """Return whether a word says what a body works against ("the anti-corruption agency")."""
    start = _whole_word(token.doc, token.i)
    return start < token.i and token.doc[start].lower_ in _AGAINST and token.text.islower()


def _is_hyphenated_noun(token: Token) -> bool:
    """Return whether a token is only a part of a compound such as "ex-chief"."""
    doc, after = token.doc, token.i + 1
    return after < len(doc) and not token.whitespace_ and doc[after].text in {"-", "–"}


def _adjectives(root: Token) -> Iterator[Found]:
    nouns = [root, *(c for c in root.children if c.dep_ in {"compound", "nmod"})]
    if root.dep_ == "appos" and root.head.pos_ == "NOUN" and _adjacent(root.head, root):
        nouns.append(root.head)
    for noun in nouns:
        for child in noun.children:
            if child.dep_ == "amod" and _describes(child) and not _set_off(noun):
                for adjective in _with_conjuncts(child):
                    yield _left(adjective), adjective.i + 1, "adjective"
            elif child.dep_ in {"compound", "nmod"} and _is_epithet_noun(child):
                yield child.i, child.i + 1, "adjective"


def _set_off(noun: Token) -> bool:
    """Return whether a comma parts a name from the words before it ("his superior, Abenov")."""
    start = min([noun.i, *(c.i for c in noun.children if c.dep_ == "compound")])
    return noun.pos_ == "PROPN" and start > 0 and noun.doc[start - 1].text == ","


def _is_epithet_noun(token: Token) -> bool:
    return token.pos_ == "NOUN" and token.lower_ in EPITHET_NOUNS


def _adjacent(noun: Token, name: Token) -> bool:
    return noun.i < name.left_edge.i <= noun.i + 2


def _with_conjuncts(adjective: Token) -> list[Token]:
    return [adjective, *(c for c in adjective.conjuncts if c.i > adjective.i and _describes(c))]


def _left(adjective: Token) -> int:
    """Return the first token of an adjective with its adverbs ("not very clever")."""
    adverbs = [c.i for c in adjective.children if c.dep_ in {"advmod", "neg"} and c.i < adjective.i]
    start = min([*adverbs, adjective.i])
    return _whole_word(adjective.doc, start if adjective.i - start <= 3 else adjective.i)


def _whole_word(doc: Doc, start: int) -> int:
    """Return the first token of a hyphenated word ("self-confident")."""
    while start >= 2 and doc[start - 1].text in {"-", "–"} and not doc[start - 1].whitespace_:
        start -= 2
    return start


def _appositions(root: Token) -> Iterator[Found]:
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN" and _stands_beside(root, child):
            for noun in [child, *(c for c in child.conjuncts if c.pos_ == "NOUN")]:
                start, end = _phrase(noun)
                if _characterises(noun) and not _has_place_of(root, noun):
                    yield start, end, "apposition"


def _has_place_of(root: Token, noun: Token) -> bool:
    """Return whether a noun is a part of a list without its verb ("ink to Orlov, salt to Bell")."""
    before = root.head.lower_ if root.dep_ == "pobj" else None
    return any(c.dep_ == "prep" and c.lower_ == before for c in noun.children)


def _stands_beside(root: Token, noun: Token) -> bool:
    """Return whether an apposition follows its name after a comma, dash, bracket or quote.

    "They promised Orda the moon" has none; what a verb or a colon parts from a name is none.
    """
    between = root.doc[root.i + 1 : noun.left_edge.i]
    mark = noun.left_edge if noun.left_edge.is_punct else between[-1] if len(between) else None
    if mark is None or not mark.is_punct:
        return False
    return all(t.text != ":" and (t.is_punct or root.is_ancestor(t)) for t in between)


def _characterises(noun: Token) -> bool:
    """Return whether a noun phrase describes: more than an office, a kin or a trade."""
    if noun.pos_ != "NOUN" or noun.ent_type_ in MEASURES:
        return False
    if not noun.is_alpha or noun.lemma_.lower() in HOLLOW or _is_hyphenated_noun(noun):
        return False
    if noun.lower_ not in OFFICES and noun.lemma_.lower() not in OFFICES:
        return noun.i == 0 or noun.nbor(-1).text != "-"
    return any(
        (c.dep_ in {"amod", "neg"} and _describes(c))
        or (c.dep_ == "det" and c.lower_ in {"no", "neither"})
        or (noun.lower_ in {"man", "woman"} and _names_a_quality(c))
        for c in noun.children
    )


def _judges(noun: Token) -> bool:
    """Return whether a noun judges by itself or by its adjective ("his puppet", "a loyal son")."""
    described = any(c.dep_ == "amod" and _describes(c) for c in noun.children)
    return described or noun.lower_ in EPITHET_NOUNS


def _names_a_quality(preposition: Token) -> bool:
    """Return whether an of-phrase says of what sort somebody is: not of what age or place."""
    things = (c for c in preposition.children if c.dep_ == "pobj")
    return preposition.lower_ == "of" and any(
        c.pos_ == "NOUN" and c.ent_type_ not in MEASURES and c.lower_ not in HOLLOW for c in things
    )


def _phrase(head: Token) -> tuple[int, int]:
    """Return a head with its modifiers and of-phrases, without clauses and conjuncts."""
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.i < head.i and child.dep_ not in TAILS and child.dep_ != "nsubj":
            start = min(start, child.left_edge.i)
    for child in head.children:
        if child.i < head.i or child.dep_ in TAILS:
            continue
        if child.dep_ != "prep" or child.i != end:
            break
        edge = _clause_free_edge(child)
        if edge - start > MAX_WORDS:
            break
        end = edge
    doc = head.doc
    while start < head.i and (doc[start].is_quote or doc[start].lower_ in {"a", "an", "the"}):
        start += 1
    return start, end


def _clause_free_edge(preposition: Token) -> int:
    end = preposition.i + 1
    clauses = {t.left_edge.i for t in preposition.subtree if t.dep_ in {"relcl", "acl", "advcl"}}
    for token in preposition.subtree:
        clause = token.i in clauses or token.tag_ in {"WP", "WDT"}
        if clause or token.is_punct or token.is_space or token.dep_ == "cc":
            break
        end = token.i + 1
    return end


def _predicates(root: Token) -> Iterator[Found]:
    verb, subject = root.head, root.dep_
    if subject in {"nsubj", "nsubjpass"} and not _hypothetical(verb) and not _asked(root, verb):
        for copula in _copulas(verb):
            yield from _complements(copula, {"attr", "acomp", "oprd"})
            yield from _to_blame(copula)
        if verb.dep_ in {"advcl", "ccomp", "relcl"} and verb.pos_ == "ADJ":
            yield from _between_commas(verb)
        if verb.dep_ == "ccomp":
            yield from _small_clause(verb)
    naming = verb.lemma_.lower()
    if subject in {"dobj", "nsubjpass"}:
        if naming in NAMING | MAKING | KEEPING:
            yield from _complements(verb, {"oprd", "attr", "acomp"})
        if naming in AS_VERBS:
            yield from _under(verb, "as")
    if subject in {"nsubj", "dobj", "nsubjpass"} and naming in TURNING and not _negation(verb):
        yield from _under(verb, "into")


def _between_commas(adjective: Token) -> Iterator[Found]:
    start = _left(adjective)
    if adjective.doc[start - 1].text == "," and _is_predicate(adjective):
        yield start, _phrase(adjective)[1], "adjective"


def _copulas(verb: Token) -> Iterator[Token]:
    """Yield a clause's copula: the verb, its conjuncts, or "be" under "seems to be"."""
    for token in [verb, *(c for c in verb.conjuncts if _shares_subject(c))]:
        if token.lemma_.lower() in COPULAS:
            yield token
            for child in token.children:
                if child.dep_ == "xcomp" and child.lemma_ == "be":
                    yield child


def _to_blame(copula: Token) -> Iterator[Found]:
    for child in copula.children:
        if child.dep_ == "xcomp" and child.lower_ == "blame" and child.nbor(-1).lower_ == "to":
            negation = _negation(copula) or _negation(child)
            yield _negation_start(negation) if negation else child.i - 1, child.i + 1, "predicate"


def _shares_subject(verb: Token) -> bool:
    return not any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in verb.children)


def _hypothetical(verb: Token) -> bool:
    """Return whether a clause is a condition, an indirect question or about what "there" is."""
    return any(
        child.dep_ == "expl"
        or (child.dep_ == "mark" and child.lower_ in {"if", "whether", "unless"})
        for child in verb.children
    )


def _asked(subject: Token, verb: Token) -> bool:
    """Return whether a question puts the verb before its subject ("Is Orda a threat?")."""
    return verb.i < subject.i and subject.sent.text.rstrip('"”’» \n').endswith("?")


def _complements(verb: Token, deps: set[str]) -> Iterator[Found]:
    negation = _negation(verb)
    for child in verb.children:
        if child.dep_ not in deps or child.i < verb.i:
            continue
        if child.pos_ == "NOUN" and verb.lemma_.lower() in KEEPING:
            continue
        for head in _coordinated(child):
            if _is_predicate(head):
                start, end = _phrase(head)
                if negation is not None and head is child and start - negation.i <= 4:
                    start = _negation_start(negation)
                yield start, end, "predicate"


def _negation(verb: Token) -> Token | None:
    """Return what negates a verb: "not", "n't" however it was parsed, the "no" of "no longer"."""
    doc = verb.doc
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in NEGATIONS):
            return child
        if child.lower_ == "longer" and child.i and doc[child.i - 1].lower_ == "no":
            return doc[child.i - 1]
    words = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    after = (doc[word.i + 1] for word in words if word.i + 1 < len(doc))
    return next((token for token in after if token.lower_ in CONTRACTED), None)


def _negation_start(negation: Token) -> int:
    contracted = negation.i > 0 and not negation.doc[negation.i - 1].whitespace_
    return negation.i - 1 if contracted and negation.lower_ in CONTRACTED else negation.i


def _coordinated(head: Token) -> list[Token]:
    return [head, *(c for c in head.conjuncts if c.i > head.i and c.pos_ == head.pos_)]


def _is_predicate(head: Token) -> bool:
    if head.pos_ == "NOUN":
        owned = any(c.dep_ == "poss" for c in head.children)
        return _characterises(head) and (not owned or _judges(head))
    if head.lower_ == "one":
        return any(
            _is_predicate(c) for of in head.children if of.lower_ == "of" for c in of.children
        )
    if head.pos_ == "ADJ":
        clausal = any(c.dep_ in {"xcomp", "ccomp"} for c in head.children)
        return _describes(head) and not clausal
    return head.tag_ in {"VBN", "VBG"} and head.lower_ in analyser().lexicon


def _small_clause(verb: Token) -> Iterator[Found]:
    """Yield the predicate of "made him a debtor", parsed as a clause without a verb."""
    above, lemma = verb.head, verb.head.lemma_.lower()
    made = MAKING | KEEPING if verb.pos_ == "ADJ" else MAKING
    given = lemma in NAMING or (lemma in made and is_finite(above))
    named = given and verb.pos_ in {"ADJ", "NOUN"}
    if named and not _negation(above) and not _hypothetical(verb):
        for head in _coordinated(verb):
            if _is_predicate(head):
                yield (*_phrase(head), "predicate")


def _under(verb: Token, preposition: str) -> Iterator[Found]:
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == preposition:
            for head in child.children:
                if head.i > child.i and (head.pos_ == "NOUN" or head.pos_ == "ADJ"):
                    for each in _coordinated(head):
                        if _is_predicate(each):
                            yield (*_phrase(each), "predicate")


def _part(key: tuple[int, int, str], keys: Iterable[tuple[int, int, str]]) -> bool:
    """Return whether an epithet is part of a longer one of the same actor."""
    start, end, actor = key
    return any(
        other != key and other[2] == actor and other[0] <= start and end <= other[1]
        for other in keys
    )


class EpithetFinder:
    """Set ``doc.spans["epithets"]`` with relation, valence and voice of every epithet."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the epithets of all mentions of the document."""
        found: dict[tuple[int, int, str], Span] = {}
        quoted = sorted((q.start, q.end) for q in doc.spans.get("quotes", []))
        for mention in doc.spans.get("mentions", []):
            for start, end, relation in epithets(mention):
                key = (start, end, mention.label_)
                if key not in found:
                    found[key] = self._span(doc, key, relation, mention, quoted)
        doc.spans["epithets"] = [found[key] for key in sorted(found) if not _part(key, found)]
        return doc

    @staticmethod
    def _span(
        doc: Doc,
        key: tuple[int, int, str],
        relation: EpithetRelation,
        mention: Span,
        quoted: list[tuple[int, int]],
    ) -> Span:
        start, end, actor = key
        span = Span(doc, start, end, label=actor)
        head = span.root.i
        inside = any(s <= head < e for s, e in quoted)
        span._.relation = relation
        span._.valence = valence(span)
        span._.voice = "quoted" if inside else mention._.voice
        return span


@Language.factory("epithets")
def make_epithets(nlp: Language, name: str) -> EpithetFinder:
    """Return the component for `Language.add_pipe`."""
    return EpithetFinder()
