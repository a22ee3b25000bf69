"""The home state of an article: the one that it is about, whose president is "the president"."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from kzdash.nlp.discourse import Discourse, Named
from kzdash.registry import Registry

#: So many sentences, the title's among them, open a text and count twice.
_OPENING = 3
#: What comes second may have so large a share of what the first has.
_RIVAL = 0.9
#: What a sentence of the state counts that the registry is about.
_FOCUS = 1.5
#: The title's state has at least so large a share of it.
_TITLE = 0.8


def focus_of(registry: Registry) -> str | None:
    """Return the state that a registry is about: the one of most of its people and bodies."""
    states = Counter(a.country for a in registry.actors.values() if a.country is not None)
    ranked = states.most_common(2)
    alone = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if alone else None


def home_of(named: Iterable[Named], discourse: Discourse, focus: str | None = None) -> str | None:
    """Return the state that a text is about, None where two are spoken of as much.

    It is the state that most sentences speak of, by its name, capital, adjective, people or
    bodies. One that alone stands in the title is it also where another is spoken of a little
    more.

    Args:
        named: every name of the text, capitals that are mere places too.
        discourse: of the text; its adjectives of states are known.
        focus: a state that the text is likely about, whose sentences count `_FOCUS` times.
    """
    sentences = _sentences(named, discourse)
    counts = {
        state: sum(2 if number < _OPENING else 1 for number in numbers)
        * (_FOCUS if state == focus else 1)
        for state, numbers in sentences.items()
    }
    ranked = sorted(counts, key=lambda state: -counts[state])
    titled = [state for state in ranked if 0 in sentences[state]]
    if len(titled) == 1 and counts[titled[0]] >= _TITLE * counts[ranked[0]]:
        return titled[0]
    if len(ranked) > 1 and counts[ranked[1]] > _RIVAL * counts[ranked[0]]:
        return None
    return ranked[0] if ranked else None


def _sentences(named: Iterable[Named], discourse: Discourse) -> dict[str, set[int]]:
    """Return the numbers of the sentences that speak of each state."""
    found: dict[str, set[int]] = defaultdict(set)
    for at, state in discourse.adjectives.items():
        found[state].add(discourse.sentences[at])
    for name in named:
        if name.entity.country is not None:
            found[name.entity.country].add(discourse.sentences[name.start])
    return found
