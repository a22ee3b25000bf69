"""One actor of a selection: its epithets, its stance over time, its company."""

from collections.abc import Iterator

from kzdash.charts import actor as charts
from kzdash.charts import theme
from kzdash.report.section import Section, together
from kzdash.ui import timeline
from kzdash.ui.page import View
from kzdash.ui.voicing import voiced

_EPITHETS, _OTHERS = 14, 12


def sections(view: View, actor: str) -> Iterator[Section]:
    """Yield what is told of one actor alone.

    Args:
        view: the selection, of that actor.
        actor: its id.
    """
    yield _epithets(view)
    yield _over_time(view, actor)
    yield _companions(view, actor)


def _epithets(view: View) -> Section:
    question = "With which words is the actor characterised?"
    table = view.store.epithets(view.scope)
    if table.empty:
        return Section(question, help=("No epithet of this actor was found.",))
    shown = table.groupby("outlet", sort=False, observed=True).head(_EPITHETS)
    columns = ["outlet", "text", "relation", "voice", "count", "articles", "valence"]
    return Section(
        question, shown.sort_values("outlet", kind="stable")[columns],
        help=(f"The {_EPITHETS} commonest of each outlet; {len(table):,} in all. Valence: how "
              "pleasant the word is (−1 to +1; – where the word has none). Counts of single "
              "words: descriptive.",),
        measures=("epithets",), ignores=("kinds",),
    )  # fmt: skip


def _over_time(view: View, actor: str) -> Section:
    question = "How does the presentation change over time?"
    table, unit, undated = timeline.stance(view)
    if table.empty:
        return Section(question, help=("No article with a date and a score.",))
    kept = [c for c in ("outlet", "period", "published", "title", "estimate", "low", "high",
                        "articles", "mentions") if c in table]  # fmt: skip
    return Section(
        question, table[kept],
        charts.in_time(table, outlet_name=view.outlet, styles=view.styles, actor=actor,
                       voice=voiced(view), unit=unit),
        f"Mean stance toward the actor in each {unit}, by date",
        help=(*timeline.help_stance(unit, undated), *together(view)), measures=("stance",),
    )  # fmt: skip


def _companions(view: View, actor: str) -> Section:
    question = "With whom is the actor named?"
    table = view.store.co_mentions(view.scope, actor)
    if table.empty:
        return Section(question, help=("No other actor is named in the same sentences.",))
    others = theme.ordered(table["other"].tolist(), table["together"].tolist())[:_OTHERS]
    return Section(
        question,
        table[table["other"].isin(others)],
        charts.companions(table, actors=others, actor_name=view.short, actor=actor),
        "Actors named in the same sentences, by number of sentences",
        help=("Counts of sentences. Hatched: fewer than five articles, descriptive.",),
    )
