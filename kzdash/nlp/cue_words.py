"""Cue words: which words of a text may be named as the reason of a stance.

Words that carry an evaluation can be; function words, offices, verbs of saying and names
cannot. The list is of closed classes, so a text alone decides: no parser is needed.
"""

import re
from collections.abc import Iterator, Sequence

WORD = re.compile(r"[^\W\d_]{3,}(?:[-’'][^\W\d_]+)*")
#: Negations and the like ("not", "never", "without", "nobody", "few") are not among them:
#: they turn an evaluation round.
FUNCTION_WORDS = frozenset(
    "the and but for nor yet with from into onto upon over under about above across after "
    "afterwards against along already although also among amongst amid amidst another any "
    "anyone anything anyway anywhere are around aside away back because become becomes becoming "
    "became been before behind being below beneath beside besides between beyond both can could "
    "did does doing done down due during each either else elsewhere even ever every everyone "
    "everybody everything everywhere except fact facto first former formerly further had has "
    "have having hence her here hers herself him himself his how however indeed instead its "
    "itself just last later latter lately many may maybe meanwhile might mine more moreover "
    "most mostly much must myself namely nevertheless next now nowadays off often once one only "
    "other others otherwise our ours ourselves out own per perhaps quite rather really recent "
    "recently regarding same second several shall she should simply since some somehow someone "
    "somebody something sometimes somewhere soon still such than that their theirs them "
    "themselves then there thereby therefore these they third this those though through "
    "throughout thus till today together too toward towards two three four five six seven eight "
    "nine ten twelve hundred thousand million billion unless unlike until use used using "
    "usually various very via was were what whatever when whenever where whereas whereby "
    "wherever whether which whichever while who whoever whole whom whose why will within would "
    "you your yours yourself yesterday tomorrow again ago almost always nearly yes like "
    "actually apparently currently course thing things let lets got get gets getting make makes "
    "made making take takes took taken taking give gives put puts set sets seem seems seemed "
    "look looks looked day days week weeks month months year years time times "
    "decade decades".split()
)
SAYING = frozenset(
    "said say says saying told tell tells telling added adds noted notes stated states announced "
    "announces reported reports commented comments spoke speak speaks speaking asked asks called "
    "call calls calling according".split()
)
OFFICES = frozenset(
    "mr mrs miss dame lord lady sir madam doctor professor president presidents vice-president "
    "presidential minister ministers ministerial prime premier deputy deputies vice acting special "
    "secretary chairman chairwoman chairperson chair chief head governor mayor akim senator "
    "speaker ambassador envoy representative spokesman spokeswoman spokesperson officer official "
    "officials chancellor commissioner director general colonel major captain king queen prince "
    "princess sultan emir judge prosecutor".split()
)
_NEVER = FUNCTION_WORDS | SAYING | OFFICES
_OPENING = '.!?:;…“”"«»‘(–—-\n'

Span = tuple[int, int]


def cue_words(text: str, window: Span, named: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Yield the words of a part of a text that may be cues, with their places.

    Args:
        text: any text.
        window: where to look, in characters; a word that it cuts is left out.
        named: spans that are no cues, such as the mentions of actors.
    """
    begin, stop = window
    near = [(start, end) for start, end in named if start < stop and end > begin]
    found = [
        match
        for match in WORD.finditer(text, begin, stop)
        if not (_cut(text, match.start()) or _cut(text, match.end()))
    ]
    headline = 2 * sum(_is_capital(match) for match in found) > len(found)
    titles = _titles(text, found, {start for start, _ in near})
    for match in found:
        start, end = match.span()
        if _bare(match[0]) in _NEVER or match.start() in titles:
            continue
        if _is_capital(match) and not headline and not _opens(text, start):
            continue
        if not any(start < b and end > a for a, b in near):
            yield match[0], (start, end)


def _cut(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalpha() and text[at].isalpha()


def _bare(word: str) -> str:
    return re.sub(r"[’']s$", "", word.casefold())


def _is_capital(match: re.Match[str]) -> bool:
    return match[0][0].isupper()


def _opens(text: str, at: int) -> bool:
    """Return whether a word begins a sentence, and so has its capital from there."""
    before = text[max(0, at - 8) : at].rstrip()
    return not before or before[-1] in _OPENING


def _titles(text: str, words: list[re.Match[str]], names: set[int]) -> set[int]:
    """Return where the capitals begin that lead up to a name ("Special Envoy" of "… Sat").

    One word alone that begins a sentence is none of them ("Corrupt Sat").
    """
    found: set[int] = set()
    follow = set(names)
    for match in reversed(words):
        after = match.end() + 1
        if after in follow and text[match.end()].isspace() and _is_capital(match):
            if after in names and _opens(text, match.start()):
                continue
            found.add(match.start())
            follow.add(match.start())
    return found
