"""The actors of a selection: how they are presented, and of one alone what only one has."""

from collections.abc import Iterator
from dataclasses import replace

from kzdash.report.section import Section, noted, together
from kzdash.ui import actor
from kzdash.ui.page import View


def presented(view: View) -> Iterator[Section]:
    """Yield stance beside sentiment, the neutral shares and the roles, by outlet."""
    question = "Is the wording pleasant, and is the presentation favourable?"
    yield replace(actor.presented(view), question=question)
    yield actor.labels(view)
    roles = replace(actor.roles(view), question="Who acts, and who is acted on?")
    yield noted(roles, *together(view))


def sections(view: View, one: str) -> Iterator[Section]:
    """Yield what is told of one actor alone.

    Args:
        view: the selection, of that actor.
        one: its id.
    """
    epithets = actor.epithets(view)
    yield noted(
        replace(epithets, question="With which words is the actor characterised?"),
        f"The commonest of each outlet; {len(epithets.table):,} in all. Valence: how pleasant the "
        "word is (−1 to +1; – where the word has none).",
    )
    in_time = actor.over_time(view, one)
    question = "How does the presentation change over time?"
    yield noted(replace(in_time, question=question), *together(view))
    yield actor.companions(view, one)
