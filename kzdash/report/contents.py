"""What stands in the report: the dashboard's charts, page by page, for one selection."""

from collections.abc import Iterator
from dataclasses import replace

from kzdash.report import comparison, portrait, telling
from kzdash.report.section import Section, noted, together
from kzdash.ui import answers, overview, voices
from kzdash.ui.page import View
from kzdash.ui.voicing import voiced


def sections(view: View) -> Iterator[Section]:
    """Yield the parts of the report on a view; what makes no sense for it is left out, said so."""
    actors = answers.top_actors(view)
    yield comparison.largest(view, actors)
    yield from _overview(view, actors)
    yield from portrait.presented(view)
    if voiced(view) == "together":
        yield voices.own_and_quoted(view)
    if len(view.outlets) == 2:
        yield from comparison.sections(view, (view.outlets[0], view.outlets[1]), actors)
    if len(view.scope.actors) == 1:
        yield from portrait.sections(view, view.scope.actors[0])
    yield from telling.sections(view)
    yield overview.articles(view)
    copies = overview.copies(view)
    if not copies.table.empty:
        yield copies
    yield from _left_out(view)


def _overview(view: View, actors: list[str]) -> Iterator[Section]:
    stance = overview.presented(view, actors, voiced(view))
    yield noted(stance, *together(view))
    if voiced(view) == "together" and not stance.table.empty:
        question = "How, in the outlet's own voice and in quoted speech?"
        yield replace(overview.presented(view, actors, "apart"), question=question)
    yield noted(overview.attention(view, actors), *together(view))


def _left_out(view: View) -> Iterator[Section]:
    said = []
    if len(view.outlets) != 2:
        said.append(
            "Gaps of stance and attention and the distinctive words: they compare two outlets. "
            "Name two with --outlet."
        )
    if len(view.scope.actors) != 1:
        said.append(
            "Epithets, stance over time and company of an actor: they are about one actor. Name "
            "one with --actor."
        )
    if voiced(view) != "together":
        said.append("Own voice beside quoted speech: the selection has one voice only.")
    if said:
        yield Section("What is left out?", help=tuple(said))
