"""What stands in the report: the dashboard's charts, page by page, for one selection."""

from collections.abc import Iterator

from kzdash import periods
from kzdash.charts import actor as actor_charts
from kzdash.charts import overview, theme
from kzdash.report import comparison, portrait, telling
from kzdash.report.section import Section, together
from kzdash.schema import ROLES, STANCES
from kzdash.ui import answers, timeline, voices, words
from kzdash.ui.actor import finding, measured
from kzdash.ui.chart import HOLLOW
from kzdash.ui.page import View
from kzdash.ui.voicing import voiced

ACTORS = 12
"""So many actors are drawn, those with most mentions."""


def sections(view: View) -> Iterator[Section]:
    """Yield the parts of the report on a view; what makes no sense for it is left out, said so."""
    actors = answers.top_actors(view, ACTORS)
    yield from _overview(view, actors)
    yield from _presented(view)
    if voiced(view) == "together":
        yield voices.own_and_quoted(view)
    if len(view.outlets) == 2:
        yield from comparison.sections(view, (view.outlets[0], view.outlets[1]), actors)
    if len(view.scope.actors) == 1:
        yield from portrait.sections(view, view.scope.actors[0])
    yield from telling.sections(view)
    yield from _corpus(view)
    yield from _left_out(view)


def _overview(view: View, actors: list[str]) -> Iterator[Section]:
    chosen = tuple(actors)
    stance, stance_gaps = answers.means_and_differences(view, ("outlet", "actor"), "stance", chosen)
    attention, attention_gaps = answers.shares_and_differences(view, "actor", chosen)
    yield comparison.largest(view, (stance, stance_gaps), (attention, attention_gaps))
    if not stance.empty:
        yield Section(
            "How is each actor presented?", stance,
            overview.stance(
                stance, actors=actors, outlets=view.outlets, actor_name=view.short,
                outlet_name=view.outlet, voice=voiced(view),
            ),
            "Mean stance toward each actor, a panel for each outlet",
            findings=(words.extremes(view, stance, view.actor, "actor"),),
            help=("Stance is how a sentence presents the actor, from −1 (criticised, blamed) to "
                  "+1 (praised, trusted).",
                  *together(view), "Small dots: fewer than 20 mentions.", HOLLOW),
            measures=("stance",),
        )  # fmt: skip
    if voiced(view) == "together" and not stance.empty:
        yield _apart(view, actors)
    if attention["mentions"].any():
        yield Section(
            "Who gets the attention?", attention,
            overview.attention(
                attention, actors=actors, styles=view.styles, actor_name=view.short,
                outlet_name=view.outlet,
            ),
            "Share of each outlet's mentions that goes to each actor",
            help=("An actor's share of all mentions in the outlet, of any actor.",
                  *together(view), HOLLOW),
            measures=("mentions",),
        )  # fmt: skip


def _apart(view: View, actors: list[str]) -> Section:
    keys = ("outlet", "actor", "voice")
    table = answers.means(view, keys, "stance", tuple(actors), paired="voice")
    return Section(
        "How, in the outlet's own voice and in quoted speech?", table,
        overview.stance(table, actors=actors, outlets=view.outlets, actor_name=view.short,
                        outlet_name=view.outlet, voice="apart"),
        "Mean stance toward each actor, a panel for each outlet, own voice above quoted speech",
        findings=(words.extremes(view, table, view.actor, "actor"),),
        help=("Circles: own voice. Diamonds: quoted speech.", HOLLOW), measures=("stance",),
    )  # fmt: skip


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


def _corpus(view: View) -> Iterator[Section]:
    in_time, unit = timeline.articles(view)
    yield Section(
        "When did the articles appear?", in_time,
        overview.articles_in_time(in_time, outlet_name=view.outlet, styles=view.styles,
                                  unit=unit),
        f"Number of articles of each outlet by {unit}", help=(periods.RULE,),
        ignores=("actors", "voices", "kinds"),
    )  # fmt: skip
    copies = view.store.copies(view.scope)
    if not copies.empty:
        columns = ["outlet", "title", "published", "original_outlet", "original_title", "counted"]
        yield Section(
            "Which articles repeat another?", copies[columns],
            help=("The same text in two outlets counts in both, for each chose to print it; a "
                  "repeat within one outlet counts once.",),
            ignores=("actors", "voices", "kinds"),
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
