"""What stands in the report: the dashboard's charts, page by page, for one selection."""

from collections.abc import Iterator
from dataclasses import replace

from kzdash.charts import actor as actor_charts
from kzdash.charts import theme
from kzdash.report import comparison, portrait, telling
from kzdash.report.section import Section, noted, together
from kzdash.schema import ROLES, STANCES
from kzdash.ui import answers, overview, voices
from kzdash.ui.actor import finding, measured
from kzdash.ui.chart import HOLLOW
from kzdash.ui.page import View
from kzdash.ui.voicing import voiced


def sections(view: View) -> Iterator[Section]:
    """Yield the parts of the report on a view; what makes no sense for it is left out, said so."""
    actors = answers.top_actors(view)
    yield comparison.largest(view, actors)
    yield from _overview(view, actors)
    yield from _presented(view)
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


def _presented(view: View) -> Iterator[Section]:
    """Yield stance beside sentiment, the neutral shares and the roles, by outlet."""
    stance, gaps = answers.means_and_differences(
        view, ("outlet", "voice"), "stance", paired="voice"
    )
    both = measured(stance, answers.both_voices(view, "sentiment"))
    outlets = [o for o in view.outlets if o in set(both["outlet"])]
    one = view.scope.actors[0] if len(view.scope.actors) == 1 else ""
    of = "the actor" if one else "the actors of the selection together"
    if outlets:
        yield Section(
            "Is the wording pleasant, and is the presentation favourable?", both,
            actor_charts.stance_and_sentiment(
                both, outlets=outlets, outlet_name=view.outlet, actor=one
            ),
            "Mean stance and sentiment by outlet, own voice and quoted speech apart",
            findings=(finding(view, stance, gaps),) if one else (),
            help=(f"Stance: how the sentences present {of}. Sentiment: how pleasant the words "
                  "around are, whoever they are about (VADER). They are two measures, never one "
                  "score.", HOLLOW),
            measures=("stance", "sentiment"),
        )  # fmt: skip
    labels = answers.wide(view, ("outlet", "voice"), STANCES)
    pairs = set(zip(labels["outlet"], labels["voice"], strict=True))
    rows = [(o, v) for o in view.outlets for v in theme.VOICE_NAMES if (o, v) in pairs]
    if rows:
        yield Section(
            "How many mentions are neutral?", labels,
            actor_charts.labels(labels, rows=rows, outlet_name=view.outlet, actor=one),
            "Shares of negative, neutral and positive mentions by outlet and voice",
            help=("Most mentions in news are neutral; the mean alone would hide how many.", HOLLOW),
            measures=("stance",),
        )  # fmt: skip
    roles = answers.wide(view, ("outlet",), ROLES)
    if not roles.empty:
        yield Section(
            "Who acts, and who is acted on?", roles,
            actor_charts.roles(
                roles, outlets=[o for o in view.outlets if o in set(roles["outlet"])],
                outlet_name=view.outlet, actor=one,
            ),
            "Share of mentions in which the actor acts, is acted on, or neither",
            help=(f"Mentions of {of}.", "Acts: subject of an active verb. Is acted on: object, or "
                  "subject of a passive.", *together(view), HOLLOW),
            measures=("role",),
        )  # fmt: skip


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
