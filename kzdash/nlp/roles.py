"""Roles: who acts and who is acted on, from the grammar of the sentence.

An actor is agent as the subject of an active verb, in the by-phrase of a passive or of a
nominalisation, or as the possessor of an action noun ("Abenov's visit"); patient as an
object, as the subject of a passive, or as what a transitive action noun applies to ("the
dismissal of Abenov", "Abenov's arrest"); else other. Subjects of copulas do not act: other,
unless an infinitive says what they do ("seems to hesitate"); verbs that may do without a
complement are copulas only with one ("looks tired", not "looks for allies").
"""

from spacy.language import Language
from spacy.tokens import Doc, Token

AGENT, PATIENT, OTHER = "agent", "patient", "other"

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "obj", "iobj"})
SHARED = frozenset({"conj", "appos", "nmod"})
RAISING = frozenset("say expect believe report think know rumour rumor suppose reckon".split())
"""Verbs whose passive subject does what follows: "is said to like"."""
COPULAS = frozenset("be become remain seem".split())
LINKING = frozenset("appear stay look sound feel grow turn get prove fall stand".split())
"""Verbs that are copulas where a complement follows."""
COMPLEMENTS = frozenset({"acomp", "attr", "oprd"})
DIRECTIVES = frozenset(
    "force order ask compel urge tell allow permit oblige instruct command persuade convince "
    "pressure push press prompt invite encourage forbid request require beg advise enable "
    "appoint summon lead cause help let make".split()
)
"""Verbs whose object is told or made to act: it is acted on first."""

DONE_TO = frozenset(
    "dismissal arrest detention appointment removal ouster overthrow imprisonment execution "
    "assassination murder killing poisoning persecution prosecution criticism condemnation "
    "expulsion exile deportation extradition nomination election re-election reelection "
    "replacement demotion promotion humiliation beating torture blackmail containment isolation "
    "occupation invasion annexation destruction dissolution punishment release acquittal "
    "conviction indictment interrogation abduction kidnapping defeat support defence defense "
    "praise rejection recognition discrediting weakening strengthening sacking firing trial "
    "harassment surveillance exclusion liquidation reform sanctioning".split()
)
"""Nouns of actions done to somebody: the possessor or of-phrase is the patient."""

DOING = frozenset(
    "resignation visit decision speech statement announcement departure arrival refusal order "
    "attempt promise pledge claim accusation proposal offer demand request warning threat "
    "victory loss participation involvement action actions reaction response intervention "
    "policy policies strategy plan plans choice move step steps initiative effort efforts "
    "campaign attack attacks assault crackdown rule reign support criticism silence "
    "flight return rise ascent fall retreat withdrawal betrayal struggle fight "
    "ambition ambitions desire intention intentions hope fear belief opinion view views remark "
    "remarks comment comments answer reply call calls appeal appeals meeting trip "
    "negotiation negotiations talk talks concession concessions mistake mistakes error errors "
    "failure failures success crime crimes lie lies deal signature pressure interference".split()
)
"""Nouns of actions that somebody does: the possessor is the agent."""


def role(token: Token) -> str:
    """Return the role of the phrase whose head a token is."""
    found = _role(token)
    return found if found != OTHER else _role_in_modifier(token)


def _role(token: Token) -> str:
    seen = 0
    while token.dep_ in SHARED and token.head.i != token.i and seen < 20:
        token, seen = token.head, seen + 1
    dep = token.dep_
    if dep in SUBJECTS:
        return _subject_role(token)
    if dep in PASSIVE_SUBJECTS and token.head.lemma_ in RAISING and _infinitive(token.head):
        return _raised_role(token.head)
    if dep in PASSIVE_SUBJECTS or dep in OBJECTS:
        return PATIENT if token.pos_ != "ADP" else OTHER
    if dep == "pobj":
        return _prepositional_role(token.head)
    if dep == "poss":
        return _possessor_role(token)
    return OTHER


def _subject_role(token: Token) -> str:
    verb = token.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return OTHER
    if _links(verb):
        return _raised_role(verb)
    if _is_passive(verb):
        return PATIENT
    controlled = verb.dep_ in {"ccomp", "xcomp"} and verb.head.lemma_ in DIRECTIVES
    if controlled and not _is_finite(verb):
        return PATIENT
    return AGENT


def _links(verb: Token) -> bool:
    """Return whether a verb is a copula, of itself or by what follows it."""
    if verb.lemma_ in COPULAS or (verb.lemma_ in LINKING and _infinitive(verb) is not None):
        return True
    return verb.lemma_ in LINKING and any(
        child.dep_ in COMPLEMENTS or (child.dep_ == "prep" and child.lower_ in {"like", "as"})
        for child in verb.children
    )


def _infinitive(verb: Token) -> Token | None:
    """Return what the subject of a copula is said to do ("seems to hesitate")."""
    below = (c for c in verb.rights if c.dep_ == "xcomp" and c.tag_ in {"VB", "VBN"})
    return next((c for c in below if any(w.lower_ == "to" for w in c.lefts)), None)


def _raised_role(copula: Token) -> str:
    deed = _infinitive(copula)
    if deed is None or _links(deed):
        return OTHER
    return PATIENT if _is_passive(deed) else AGENT


def _is_passive(verb: Token) -> bool:
    auxiliaries = {child.dep_ for child in verb.children} & {"aux", "auxpass"}
    return "auxpass" in auxiliaries or (verb.tag_ == "VBN" and not auxiliaries)


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    return any(
        c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        for c in verb.children
    )


def _prepositional_role(preposition: Token) -> str:
    word, head = preposition.lower_, preposition.head
    if preposition.dep_ == "agent":
        return AGENT
    if word == "by":
        noun = head.pos_ == "NOUN" and head.lemma_.lower() in DONE_TO | DOING
        participle = head.tag_ == "VBN" and head.dep_ in {"acl", "relcl", "ROOT", "amod"}
        given = head.dep_ == "dobj" and _is_passive(head.head)
        return AGENT if noun or participle or given else OTHER
    if word == "of" and head.pos_ in {"NOUN", "PROPN"}:
        return _of_role(head)
    return OTHER


def _of_role(noun: Token) -> str:
    lemma = noun.lemma_.lower()
    if lemma in DONE_TO and not (lemma in DOING and _has_target(noun)):
        return PATIENT
    return AGENT if lemma in DOING or noun.lower_ in DOING else OTHER


def _possessor_role(token: Token) -> str:
    noun = token.head
    lemma = noun.lemma_.lower()
    if lemma in DONE_TO:
        of = any(c.dep_ == "prep" and c.lower_ in {"of", "for"} for c in noun.children)
        return AGENT if of or lemma in DOING else PATIENT
    return AGENT if lemma in DOING or noun.lower_ in DOING else OTHER


def _has_target(noun: Token) -> bool:
    """Return whether another phrase says to whom an act is done ("the support of X for Y")."""
    return any(child.dep_ == "prep" and child.lower_ == "for" for child in noun.children)


def _role_in_modifier(token: Token) -> str:
    """Return the role in a relative clause or participle ("Abenov, who fled, …")."""
    for child in token.children:
        if child.dep_ == "relcl":
            for word in child.children:
                if word.tag_ in {"WP", "WDT"}:
                    return _role(word)
        if child.dep_ == "acl" and child.tag_ == "VBN":
            return PATIENT
    return OTHER


class RoleFinder:
    """Set ``role`` (agent, patient, other) on every mention."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the role of every mention of the document."""
        for mention in doc.spans.get("mentions", []):
            mention._.role = role(mention.root)
        return doc


@Language.factory("roles")
def make_roles(nlp: Language, name: str) -> RoleFinder:
    """Return the component for `Language.add_pipe`."""
    return RoleFinder()
