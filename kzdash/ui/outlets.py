"""The Outlets page's parts: what is known of them, their gaps, their words, their silence."""

import html
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from kzdash import measures
from kzdash.charts import framing, theme
from kzdash.charts import outlets as charts
from kzdash.registry import Outlet
from kzdash.scope import listing
from kzdash.ui import address, answers, language, navigation, voicing, words
from kzdash.ui.chart import note
from kzdash.ui.page import OF_MENTIONS, SIDE_BY_SIDE, View
from kzdash.ui.section import Section
from kzdash.ui.text import escaped, web_address
from kzdash.ui.words import Pair


def choose_pair(view: View) -> Pair | None:
    """Draw the choice of two outlets; None where the build has one only.

    Those with most mentions in the selection come first, those without any last.
    """
    offered = view.outlets
    if len(offered) < 2:
        offered = list(dict.fromkeys([*offered, *view.styles]))
    if len(offered) < 2:
        note("This build has one outlet only; there is nothing to compare.")
        return None
    sizes = view.store.outlet_sizes(view.ignoring(["outlets"]).scope)
    mentions = dict(zip(sizes["outlet"], sizes["mentions"], strict=True))
    offered = sorted(offered, key=lambda o: (o not in view.outlets, -mentions.get(o, 0)))
    left, right = st.columns(2)
    with left:
        first = address.choice("Outlet", "first", offered, name=view.outlet)
    with right:
        rest = [o for o in offered if o != first]
        second = address.choice("compared with", "second", rest, name=view.outlet)
    return first, second


def of_pair(view: View, pair: Pair) -> View:
    """Return a view of two outlets alone."""
    return replace(view, scope=replace(view.scope, outlets=tuple(sorted(pair))))


def comparing(view: View, pair: Pair) -> View:
    """Return a view that holds both outlets, and say so where the filter has one of them only."""
    if set(pair) <= set(view.outlets):
        return view
    note(f"Compared: {listing([view.outlet(o) for o in pair])}, beyond the outlet filter.")
    return of_pair(view, pair)


def facts(view: View) -> None:
    """Show what a reader should know of each outlet, with the sources."""
    with st.expander("Who are these outlets?"):
        st.html(f'<div class="kz-cards">{"".join(_card(view, o) for o in view.outlets)}</div>')
        st.page_link(
            navigation.METHODS.script,
            label="Sources, on the Methods page",
            query_params=view.scope.to_query(),
        )


def _card(view: View, outlet_id: str) -> str:
    return outlet_card(view.registry.outlets.get(outlet_id), view.outlet(outlet_id))


def outlet_card(outlet: Outlet | None, name: str, *, sources: bool = False) -> str:
    """Return the registry's facts about an outlet as HTML.

    Args:
        outlet: the registry's entry, None where it has none.
        name: the display name.
        sources: whether to link to where the facts are from.
    """
    if outlet is None:
        said = "<p>The registry does not know this outlet.</p>"
    else:
        languages = ", ".join(map(language.named, outlet.languages))
        facts = {
            "Type": outlet.type,
            "Country": outlet.country,
            "Owner": outlet.owner,
            "Funding": outlet.funding,
            "Languages": languages,
        }
        said = "".join(
            f"<p><b>{key}:</b> {escaped(value or 'not stated', 300)}</p>"
            for key, value in facts.items()
        )
        said += f"<p>{escaped(outlet.note, 400)}</p>" if outlet.note else ""
        if sources:
            links = [web_address(s) for s in outlet.source]
            said += (
                "<p>Sources: "
                + ", ".join(
                    f'<a href="{html.escape(u, quote=True)}" target="_blank" '
                    f'rel="noopener noreferrer nofollow">{escaped(u, 70)}</a>'
                    for u in links
                    if u
                )
                + "</p>"
            )
    return f'<div class="kz-card"><h3>{escaped(name)}</h3>{said}</div>'


def stance_gap(view: View, pair: Pair, actors: Sequence[str], told: View) -> Section:
    """Return the difference in stance for each actor that both outlets mention.

    Args:
        view: the selection of both outlets.
        pair: both; differences are first minus second.
        actors: those to compare.
        told: the same selection, perhaps of one voice alone.
    """
    found = gaps(view, pair, actors, told)["stance"]
    return _gap(told, pair, found, "Who is presented differently?", "stance")


def attention_gap(view: View, pair: Pair, actors: Sequence[str]) -> Section:
    """Return the difference in attention for each actor that either outlet mentions."""
    found = gaps(view, pair, actors, voicing.own(view))["attention"]
    return _gap(view, pair, found, "Who gets more attention?", "attention")


def gaps(view: View, pair: Pair, actors: Sequence[str], told: View) -> dict[str, words.Found]:
    """Return how two outlets differ in each actor, by measure, as the Overview of both does.

    Args:
        view: the selection of both outlets.
        pair: both; differences are first minus second.
        actors: those to compare.
        told: the same selection, for stance perhaps of one voice alone.

    Returns:
        Estimates, and their differences from the largest surplus of the first outlet down, for
        "stance" and "attention". The false-discovery rate is controlled over both.
    """
    chosen = tuple(actors)
    stance, means = answers.means_and_differences(
        told, ("outlet", "actor"), "stance", chosen, pairs=(pair,)
    )
    attention, shares = answers.shares_and_differences(view, "actor", chosen, (pair,))
    both = words.together(means, shares).sort_values("difference", ascending=False)
    parts = ((name, both[both["measure"] == name]) for name in ("stance", "attention"))
    values = {"stance": stance, "attention": attention}
    return {name: (values[name], part.reset_index(drop=True)) for name, part in parts}


def _nothing_shared(view: View, pair: Pair) -> str:
    """Return why two outlets have no actor in common."""
    silent = [view.outlet(outlet) for outlet in pair if outlet not in view.present]
    if silent:
        return f"No article of {listing(silent)} is in the selection: there is nothing to compare."
    return "No actor of the selection is in both outlets."


def _gap(view: View, pair: Pair, found: words.Found, question: str, measure: str) -> Section:
    values, table = found
    if table.empty:
        return Section(question, help=(_nothing_shared(view, pair),))
    drawn = charts.gaps(
        table,
        first=pair[0],
        second=pair[1],
        actor_name=view.short,
        outlet_name=view.outlet,
        measure=measure,
        voice=voicing.voiced(view) if measure == "stance" else None,
    )
    compared = values[values["actor"].isin(table["actor"])]
    neutral = [words.neutral(compared, pair, view.outlet)] if measure == "stance" else []
    return Section(
        question,
        table.drop(columns="measure"),
        drawn,
        f"Difference in {measure} between the two outlets, for each actor",
        key=f"{measure}_gap",
        findings=(gap_words(view, values, table),),
        help=(*neutral, _GAP_HELP),
        measures=("stance" if measure == "stance" else "mentions",),
        printed=table[list(_PRINTED)],
    )


_GAP_HELP = (
    "Grey: may be chance, or too few articles to test. Not grey: unlikely to be chance "
    "(false-discovery rate below 5 % over stance and attention together, Benjamini and Hochberg). "
    "Hollow: fewer than five articles on one side."
)
_PRINTED = ("actor", "difference", "low", "high", "p", "q", "effect", "articles_first",
            "articles_second", "mentions_first", "mentions_second")  # fmt: skip


def gap_words(view: View, values: pd.DataFrame, table: pd.DataFrame) -> str:
    """Return how many differences count and which is the largest in words, as HTML.

    Args:
        view: the page's view.
        values: the estimates behind the differences.
        table: differences of two outlets in one ``measure``, which is there as a column.
    """
    key = "frame" if "frame" in table else "actor"
    tested = theme.known(theme.rows(table), "q")
    clear = [row for row in tested if row.q < 0.05]
    if not tested:
        head = f"Descriptive only: one side has fewer than five articles for every {key}."
    elif not clear:
        head = "No difference here can be told from chance."
    else:
        head = f"{_which(len(clear), len(table))} unlikely to be chance."
    if table["measure"].iloc[0] == "stance" and not tested:
        return f"{head} So few tell no difference in stance."
    if words.substantial(table).empty:
        counted = "sentences" if key == "frame" else "mentions"
        few = f"Too few {counted} to compare: one outlet has fewer than {words.ENOUGH}."
        return f"{head} {few}"
    found = theme.rows(measures.largest(words.telling(table), 1))
    if not found:
        return f"{head} None is different at all."
    top = found[0]
    brief = not tested and bool(pd.isna(top.low))
    said = words.difference(view, top, theme.rows(values), brief=brief)
    which = "Largest: "
    if top.counts:
        which = "Largest of them: " if len(clear) > 1 else ""
    return f"{head} {which}{said}{words.passed_over(top, table)}"


def _which(some: int, of: int) -> str:
    """Return which differences of how many, with the verb."""
    if of == 1:
        return "The one difference is"
    return f"{some} of {of} differences {'is' if some == 1 else 'are'}"


def frame_gap(view: View, pair: Pair) -> Section:
    """Return the frame profiles of the two outlets, and how they differ."""
    question = "Which frames differ?"
    shares, gaps = answers.shares_and_differences(view, "frame", pairs=(pair,))
    table = shares[shares["outlet"].isin(pair)]
    table = table[table.groupby("frame")["mentions"].transform("sum") > 0]
    if table.empty:
        return Section(question, help=("No sentence of these outlets has a cue of a frame.",))
    frames = theme.ordered(table["frame"].tolist(), table["estimate"].tolist())
    styles = {outlet: view.styles[outlet] for outlet in pair}
    drawn = framing.by_outlet(
        table, frames=frames, frame_name=view.frame, outlet_name=view.outlet, styles=styles
    )
    said = () if gaps.empty else (gap_words(view, shares, gaps.assign(measure="frames")),)
    return Section(
        question,
        _with_gaps(table, gaps),
        drawn,
        "Share of sentences with each frame, two outlets",
        key="frames",
        findings=said,
        help=(
            f"The table has the differences: {view.outlet(pair[0])} minus {view.outlet(pair[1])}.",
        ),
        measures=("frames",),
    )


_GAPS = {
    "difference": "difference",
    "low": "difference_low",
    "high": "difference_high",
    "q": "q",
    "effect": "effect",
    "effect_name": "effect_name",
}
_NUMBERS = [name for name in _GAPS.values() if name != "effect_name"]


def _with_gaps(table: pd.DataFrame, gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the frames' shares of two outlets with the differences beside them."""
    found = {row.frame: row for row in theme.rows(gaps)}
    rows = [found.get(frame) for frame in table["frame"]]
    beside: dict[str, Any] = {
        name: [getattr(row, column, None) for row in rows] for column, name in _GAPS.items()
    }
    shown = table.assign(**beside)
    return shown.astype(dict.fromkeys(_NUMBERS, "float64"))  # where there are none, all are None


def vocabulary(view: View, pair: Pair) -> Section:
    """Return the words that set the two outlets apart."""
    question = "Which words set them apart?"
    table = answers.vocabulary(view, pair)
    if table.empty:
        return Section(question, help=("One of the outlets has no words in the selection.",))
    plain = view.ignoring(OF_MENTIONS).scope
    appeared = view.store.articles_over_time(plain).groupby("outlet")["articles"].sum()
    articles = min(int(appeared.get(outlet, 0)) for outlet in pair)
    drawn = charts.words(
        table, first=pair[0], second=pair[1], outlet_name=view.outlet, styles=view.styles
    )
    hint = "Beside a mark: how often in the one and in the other. A word's topic counts too: "
    return Section(
        question, table, drawn, "Words most distinctive of either outlet", key="words",
        findings=(typical(view, theme.rows(table), pair),),
        help=(hint + "what an article is about decides its words as much as its stance.",
              "Grey: z below 1.96, as chance often gives; of so many words some pass it by chance.",
              "Hollow: the word stands in fewer than five articles. A word's interval takes its "
              "uses as independent, which makes it too narrow.",
              *(["One outlet has few articles: this describes them, not the outlet."]
                if articles < theme.FEW else [])),
        ignores=OF_MENTIONS,
    )  # fmt: skip


def typical(view: View, rows: Sequence[Any], pair: Pair) -> str:
    """Return the word most typical of either outlet in words, as HTML.

    Args:
        view: the page's view.
        rows: ``lemma, z`` (positive: of the first outlet), ``count_first, count_second``.
        pair: both outlets.
    """
    names = [f"<b>{escaped(view.outlet(outlet))}</b>" for outlet in pair]
    ranked = sorted(rows, key=lambda row: -abs(row.z))
    if abs(ranked[0].z) < charts.CHANCE:
        toward = names[0] if ranked[0].z > 0 else names[1]
        return f"No word differs beyond chance; strongest lean: {_counted(ranked[0])} in {toward}."
    tops = (next((r for r in ranked if (r.z > 0) == more), None) for more in (True, False))
    said = [
        f"{name} {_counted(top)}"
        if top and abs(top.z) >= charts.CHANCE
        else f"{name} no word beyond chance"
        for name, top in zip(names, tops, strict=True)
    ]
    return f"Most typical: in {said[0]}; in {said[1]}."


def _counted(row: Any) -> str:
    """Return a word with how often both outlets use it."""
    return f"<b>{escaped(row.lemma)}</b> ({row.count_first} : {row.count_second})"


def left_out(view: View, compared: Sequence[str], actors: list[str]) -> Section:
    """Return who of the most mentioned actors is missing in which outlet.

    Args:
        view: a selection that holds these outlets.
        compared: the outlets that are compared, which come first: two, or all.
        actors: those whom they together mention most.
    """
    question = "Who is not named?"
    outlets = [o for o in dict.fromkeys([*compared, *view.outlets]) if o in view.present]
    if len(outlets) < 2 or not actors:
        alone = "One outlet alone is read in this selection: nothing shows whom it does not name."
        return Section(question, help=(alone,))
    table = answers.shares(view, "actor", tuple(actors))
    sizes = view.store.outlet_sizes(view.ignoring(OF_MENTIONS).scope)
    large = set(sizes["outlet"][sizes["articles"] >= theme.FEW])
    whom = "the two outlets compared" if len(compared) == 2 else "the outlets together"
    drawn = charts.absent(
        table,
        actors=actors,
        outlets=outlets[:SIDE_BY_SIDE],
        actor_name=view.short,
        outlet_name=view.outlet,
        styles=view.styles,
    )
    return Section(
        question, table, drawn, "Number of mentions of each actor by outlet", key="left_out",
        findings=(missing(view, table, [o for o in outlets if o in large], actors[:10]),),
        help=(f"Counts of mentions of the actors whom {whom} mention most; shares and intervals "
              "are in the tooltips. kzdash misses some mentions: search the articles before you "
              "say that an outlet never names somebody.", *view.undrawn),
    )  # fmt: skip


def missing(view: View, table: pd.DataFrame, outlets: list[str], actors: list[str]) -> str:
    """Return which of some actors are missing in which outlet in words, as HTML.

    Args:
        view: the page's view.
        table: ``outlet, actor``, a row where the outlet mentions the actor.
        outlets: those with articles enough to tell it of, the compared first.
        actors: those to look for.
    """
    if not outlets:
        return "No outlet has five articles here; whom so few leave out says nothing of it."
    named = set(zip(table["outlet"], table["actor"], strict=True))
    absent = [
        f"{view.actor(actor)} in {view.outlet(outlet)}"
        for outlet in outlets
        for actor in actors
        if (outlet, actor) not in named
    ]
    if absent:
        narrowed = view.scope.voices or view.scope.kinds or view.scope.start or view.scope.end
        head = "Not in this selection" if narrowed else "No mention found"
        more = f"; and {len(absent) - 4} more." if len(absent) > 4 else "."
        return f"{head}: {escaped('; '.join(absent[:4]), 400)}{more}"
    every = "Every outlet of five articles or more names"
    if len(actors) == 1:
        return f"{every} <b>{escaped(view.actor(actors[0]))}</b>."
    return f"{every} each of the {len(actors)} most mentioned actors."
