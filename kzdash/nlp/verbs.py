"""Verbs and nouns that report what somebody says or thinks.

The class of a reporting verb says how the writer stands to what is reported (after Thompson and
Ye 1991, "Evaluation in the reporting verbs used in academic papers"): neutral ("said"),
doubting ("claimed"), supporting ("pointed out").
"""

from typing import Literal

from spacy.tokens import Token

VerbClass = Literal["neutral", "doubting", "supporting"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DOUBTING = _words(
    "claim allege purport pretend insist maintain assert contend profess boast brag complain "
    "deny insinuate accuse blame fancy imagine suppose rumour rumor gossip grumble mutter "
    "whine lecture thunder rant fulminate"
)
SUPPORTING = frozenset({"make clear"}) | _words(
    "point note stress underline underscore emphasise emphasize highlight explain "
    "confirm acknowledge admit concede reveal recall remind reaffirm testify "
    "observe agree clarify recognise recognize certify attest affirm"
)
SPEAKING = _words(
    "say tell state add announce declare report inform write reply respond answer retort "
    "comment remark mention suggest propose argue warn caution predict forecast conclude "
    "describe quote cite relate recount assure guarantee promise pledge vow swear threaten "
    "read proclaim pronounce repeat reiterate continue signal hint imply indicate joke quip "
    "tweet post object protest lament sigh shout yell scream cry whisper exclaim summarise "
    "summarize formulate specify opine fret advise tip speculate estimate calculate reckon notify "
    "voice muse utter interject chime venture counter rejoin ironise"
)
"""Neutral verbs of saying and writing."""

THINKING = _words(
    "believe think consider expect hope fear suspect doubt feel assume presume worry "
    "judge hold guess reckon figure trust"
)
"""Neutral verbs of belief; what is believed is in the believer's voice."""

REPORTING = SPEAKING | THINKING | DOUBTING | SUPPORTING

FINDING = _words("find rule")
"""Verbs that report only with a body that judges or looks into something: "a court found that"."""
JUDGES = _words(
    "court tribunal judge jury commission committee inquiry investigation investigator panel audit "
    "auditor report study survey prosecutor ombudsman regulator watchdog mission expert"
)
"""Nouns whose findings are their words."""

ANIMATE = frozenset({"make clear"}) | _words(
    "suggest indicate imply hold feel add point note read write "
    "mean underline underscore highlight judge figure trust confirm reveal recall hint signal "
    "threaten promise guarantee recognise recognize continue observe pretend explain voice relate "
    "maintain swear cry counter post propose fancy hope expect"
)
"""Verbs that report only with a person, body or state as their subject."""

CALLING = _words("call brand label dub term deem name proclaim find consider style christen")
"""Verbs that give somebody a name or quality: "call X Y"."""

AS_CALLING = _words(
    "describe regard portray depict characterise characterize praise denounce hail "
    "condemn brand label paint define mock laud picture"
)
"""Verbs that give a quality with "as": "describe X as Y"."""

QUOTED_CALLING = _words("regard consider find name present paint picture deem style hail define")
"""Verbs that give a quality as somebody's words only where it stands in quotation marks."""

INSERTED = _words(
    "say tell believe think add report note explain claim insist argue recall remark observe "
    "write announce declare assure hint complain maintain suggest warn concede admit stress "
    "state allege assert inform reply predict estimate reckon feel fear hope suspect"
)
"""Verbs of inserted attributions: "…, Abenov said"."""

CHARGING = _words("accuse blame suspect")
"""Verbs that charge somebody with something: "accuse X of Y"."""

NAMING = CALLING | AS_CALLING | CHARGING

WISHES = _words("want wish")
"""Verbs whose complement may be somebody's own words, but that announce none."""

SIGNS = _words("laugh smile nod shrug go open begin start")
"""Verbs that go with somebody's words and are none of saying."""

CITING = _words("quote cite")
"""Verbs whose object speaks: "X cited Y: “…”"."""

JUDGING = _words(
    "thank praise laud hail applaud commend congratulate salute honour honor reward admire forgive "
    "criticise criticize condemn denounce scold berate rebuke reprimand chide lambast slam mock "
    "ridicule punish dismiss sack fire jail imprison sentence sanction"
)
"""Verbs that judge a deed, which is the object's: "thanked X for his help"."""

DEALING = JUDGING | _words("accompany aid assist back help join support")
"""Verbs whose object does what is named next: "helped it in finding", "praised it for finding"."""

APPRAISING = _words(
    "applaud commend condemn criticise criticize denounce deplore hail lambast laud mock praise "
    "ridicule slam welcome"
)
"""Verbs that judge what others do: "welcomed its decision"."""

ACTS = (
    REPORTING
    | NAMING
    | WISHES
    | SIGNS
    | _words(
        "welcome express raise praise condemn denounce urge demand request ask call thank regret "
        "hail reject dismiss criticise criticize deplore defend mock ridicule salute congratulate "
        "invite plead beg order instruct recommend publish title entitle headline print release "
        "send deliver speak talk lecture scold berate chide rebuke reprimand "
        "put sum phrase sing recite chant preach teach instruct coin lambast slam blast "
        "decry bemoan applaud extol laud vaunt tout offer appeal wonder"
    )
)
"""Acts of speech: a quotation among their complements is the subject's utterance."""

DECLINING = _words("decline refuse")
"""Verbs of not speaking: "Y declined to comment"."""

OMITTING = DECLINING | _words("fail forget neglect omit")
"""Verbs of leaving unsaid: "Y forgot to mention that …"."""

OPINIONS = _words(
    "words opinion view judgement judgment estimation assessment phrase telling expression "
    "figures formulation formula interpretation version reckoning conviction admission definition"
)
"""Nouns that attribute a clause: "in X's words", "in the opinion of X"."""

CLAIMS = _words(
    "claim statement suggestion assertion accusation allegation view belief argument remark "
    "opinion warning promise idea fear impression complaint conviction assurance "
    "contention insistence admission prediction announcement declaration denial pledge report "
    "rumour rumor notion charge hint theory thesis finding"
)
"""Nouns whose that-clause is somebody's claim: "X's claim that …"."""

WORDS = _words(
    "remark comment word statement claim charge accusation allegation assertion sentence promise "
    "pledge phrase answer"
)
"""Nouns for words just reported, which somebody comments on: "a claim that Y denied"."""

VERSIONS = _words(
    "version answer objection explanation formula verdict message reply response question advice "
    "diagnosis summary motto slogan"
)
"""Nouns that announce somebody's words before a colon."""

ANNOUNCING = _words(
    "say argue add explain note write reply answer conclude warn insist claim believe think "
    "state declare stress announce object recall admit summarise summarize"
)
"""Verbs that announce somebody's words before a colon."""

DOCUMENTS = _words(
    "statement press-release release communique communiqué report readout document letter article "
    "post tweet message note memo memorandum interview speech decree bulletin website site page "
    "channel account service press headline text telegram annex leaflet brochure announcement "
    "resolution declaration office spokesman spokeswoman spokesperson"
)
"""Nouns that speak for whoever issues them: "Akorda's press release says"."""


OWN_WORKS = _words(
    "brief article paper essay column piece analysis text commentary publication newspaper "
    "magazine author writer correspondent"
)
"""Nouns that after "this" mean the text itself or its author: "this brief argues"."""

STUDIES = _words("survey study poll")
"""Documents named by whose they are: "a survey by X"."""

_CLEAR = {"make": _words("clear plain"), "leave": _words("doubt doubts")}
_BEFORE_CLEAR = _words("it all perfectly quite very absolutely abundantly no little also")


def makes_clear(verb: Token) -> Token | None:
    """Return the last word of "make it clear" and "leave no doubt", None at other verbs."""
    said = _CLEAR.get(verb.lemma_.lower(), frozenset())
    for token in verb.doc[verb.i + 1 : verb.i + 5]:
        if token.lower_ in said:
            return token
        if token.lower_ not in _BEFORE_CLEAR:
            return None
    return None


def shown(token: Token) -> str | None:
    """Return how a word that reports is named in tables, None where it is no word of saying."""
    if token.lower_ == "according":
        return "according to"
    lemma = token.lemma_.lower()
    if makes_clear(token) is not None:
        return "make clear"
    return None if lemma in WISHES | SIGNS else lemma


def verb_class(lemma: str) -> VerbClass:
    """Return how a reporting verb takes what it reports."""
    if lemma in DOUBTING:
        return "doubting"
    return "supporting" if lemma in SUPPORTING else "neutral"
