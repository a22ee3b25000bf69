"""The Outlets page's parts: what is known of them, their gaps, their words, their silence."""

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from kzdash.charts import framing, theme
from kzdash.charts import outlets as charts
from kzdash.registry import Outlet
from kzdash.ui import address, answers, language, navigation, voicing, words
from kzdash.ui.chart import HOLLOW, chart, finding, note
from kzdash.ui.page import View
from kzdash.ui.text import escaped, web_address

Pair = tuple[str, str]
Name = Callable[[str], str]


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


def comparing(view: View, pair: Pair) -> View:
    """Return a view that holds both outlets, where the filter has one of them only."""
    if set(pair) <= set(view.outlets):
        return view
    return replace(view, scope=replace(view.scope, outlets=tuple(sorted(pair))))


def facts(view: View) -> None:
    """Show what a reader should know of each outlet, with the sources."""
    with st.expander("Who are these outlets?"):
        st.html(f'<div class="kz-cards">{"".join(_card(view, o) for o in view.outlets)}</div>')
        st.page_link(navigation.METHODS.script, label="Sources, on the Methods page",
                     query_params=view.scope.to_query())  # fmt: skip


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
        facts = {"Type": outlet.type, "Country": outlet.country, "Owner": outlet.owner,
                 "Funding": outlet.funding, "Languages": languages}  # fmt: skip
        said = "".join(
            f"<p><b>{key}:</b> {escaped(value or 'not stated', 300)}</p>"
            for key, value in facts.items()
        )
        said += f"<p>{escaped(outlet.note, 400)}</p>" if outlet.note else ""
        if sources:
            links = [web_address(s) for s in outlet.source]
            said += "<p>Sources: " + ", ".join(
                f'<a href="{html.escape(u, quote=True)}" target="_blank" '
                f'rel="noopener noreferrer nofollow">{escaped(u, 70)}</a>'
                for u in links
                if u
            ) + "</p>"  # fmt: skip
    return f'<div class="kz-card"><h3>{escaped(name)}</h3>{said}</div>'


def stance_gap(view: View, pair: Pair, actors: list[str]) -> None:
    """Draw the difference in stance for each actor that both outlets mention."""
    view, voice = voicing.choose(view)
    table = answers.mean_differences(view, ("outlet", "actor"), "stance", tuple(actors), (pair,))
    _gap(view, pair, table, "stance", voice)


def attention_gap(view: View, pair: Pair, actors: list[str]) -> None:
    """Draw the difference in attention for each actor that either outlet mentions."""
    table = answers.share_differences(view, "actor", tuple(actors), (pair,))
    _gap(view, pair, table, "attention")


def _gap(
    view: View, pair: Pair, table: pd.DataFrame, measure: str, voice: str | None = None
) -> None:
    table = table.sort_values("difference", ascending=False, ignore_index=True)
    if table.empty:
        note("No actor of the selection is in both outlets.")
        return
    finding(gap_words(view, table, pair, "actor", view.actor, points=measure == "attention"))
    drawn = charts.gaps(
        table, first=pair[0], second=pair[1], actor_name=view.short, outlet_name=view.outlet,
        measure=measure, voice=voice,
    )  # fmt: skip
    chart(
        view, drawn, table, key=f"{measure}_gap",
        alt=f"Difference in {measure} between the two outlets, for each actor",
        help=["Black: unlikely to be chance (false-discovery rate below 5 %, Benjamini and "
              "Hochberg). Grey: may be chance. Hollow: fewer than five articles on one side."],
        measures=["stance" if measure == "stance" else "mentions"],
    )  # fmt: skip


def gap_words(
    view: View, table: pd.DataFrame, pair: Pair, key: str, name: Name, *, points: bool
) -> str:
    """Return how many differences count and which is the largest in words, as HTML."""
    rows = theme.rows(table)
    tested = theme.known(rows, "q")
    clear = [row for row in tested if row.q < 0.05]
    if not tested:
        head = f"Descriptive only: one side has fewer than five articles for every {key}."
    elif not clear:
        head = "No difference here can be told from chance."
    else:
        head = f"{len(clear)} of {len(rows)} differences are unlikely to be chance."
    top = max(words.weighty(rows), key=lambda row: abs(row.difference))
    noun = "sentence" if key == "frame" else "mention"
    form = _points if points else theme.signed
    return (
        f"{head} Largest: <b>{escaped(name(getattr(top, key)))}</b>, {form(top.difference)} in "
        f"<b>{escaped(view.outlet(pair[0]))}</b> against <b>{escaped(view.outlet(pair[1]))}</b> "
        f"({theme.count(top.mentions, noun)} in both, {theme.count(top.articles, 'article')} on "
        f"the smaller side); {theme.interval(top.low, top.high, form)}."
    )


def _points(share: float | None) -> str:
    return f"{theme.signed(100 * (share or 0), 1)} points"


def frame_gap(view: View, pair: Pair) -> None:
    """Draw the frame profiles of the two outlets, and say how they differ."""
    shares, gaps = answers.shares_and_differences(view, "frame", pairs=(pair,))
    table = shares[shares["outlet"].isin(pair) & (shares["mentions"] > 0)]
    if table.empty:
        note("No sentence of these outlets has a cue of a frame.")
        return
    gaps = gaps.sort_values("difference", ascending=False, ignore_index=True)
    if not gaps.empty:
        finding(gap_words(view, gaps, pair, "frame", view.frame, points=True))
    frames = theme.ordered(table["frame"].tolist(), table["estimate"].tolist())
    styles = {outlet: view.styles[outlet] for outlet in pair}
    drawn = framing.by_outlet(
        table, frames=frames, frame_name=view.frame, outlet_name=view.outlet, styles=styles
    )
    chart(
        view, drawn, _with_gaps(table, gaps), key="frames",
        alt="Share of sentences with each frame, two outlets",
        help=[f"The table has the differences: {view.outlet(pair[0])} minus "
              f"{view.outlet(pair[1])}.", HOLLOW],
        measures=["frames"],
    )  # fmt: skip


_GAPS = {"difference": "difference", "low": "difference_low", "high": "difference_high",
         "q": "q", "effect": "effect", "effect_name": "effect_name"}  # fmt: skip


def _with_gaps(table: pd.DataFrame, gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the frames' shares of two outlets with the differences beside them."""
    found = {row.frame: row for row in theme.rows(gaps)}
    rows = [found.get(frame) for frame in table["frame"]]
    beside: dict[str, Any] = {
        name: [getattr(row, column, None) for row in rows] for column, name in _GAPS.items()
    }
    return table.assign(**beside)


def vocabulary(view: View, pair: Pair) -> None:
    """Draw the words that set the two outlets apart."""
    table = answers.vocabulary(view, pair)
    if table.empty:
        note("One of the outlets has no words in the selection.")
        return
    plain = view.ignoring(["actors", "voices", "kinds"]).scope
    articles = min(
        int(view.store.glance(replace(plain, outlets=(o,)))["articles"].iloc[0]) for o in pair
    )
    drawn = charts.words(
        table, first=pair[0], second=pair[1], outlet_name=view.outlet, styles=view.styles
    )
    finding(typical(view, theme.rows(table), pair))
    hint = "Beside a mark: how often in the one and in the other. A word's topic counts too: "
    chart(
        view, drawn, table, key="words", alt="Words most distinctive of either outlet",
        help=[hint + "what an article is about decides its words as much as its stance.",
              "Grey: z below 1.96, as chance often gives; of so many words some pass it by chance.",
              "Hollow: the word stands in fewer than five articles. A word's interval takes its "
              "uses as independent, which makes it too narrow."]
        + (["One outlet has few articles: this describes them, not the outlet."]
           if articles < theme.FEW else []),
        ignores=["actors", "voices", "kinds"],
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
        f"{name} {_counted(top)}" if top and abs(top.z) >= charts.CHANCE
        else f"{name} no word beyond chance"
        for name, top in zip(names, tops, strict=True)
    ]  # fmt: skip
    return f"Most typical: in {said[0]}; in {said[1]}."


def _counted(row: Any) -> str:
    """Return a word with how often both outlets use it."""
    return f"<b>{escaped(row.lemma)}</b> ({row.count_first} : {row.count_second})"


def left_out(view: View, actors: list[str]) -> None:
    """Draw who of the most mentioned actors is missing in which outlet."""
    table = answers.shares(view, "actor", tuple(actors))
    read = set(view.store.outlet_sizes(view.scope)["outlet"])
    outlets = [outlet for outlet in view.outlets if outlet in read]
    finding(_left_out(view, table, outlets, actors[:10]))
    drawn = charts.absent(
        table, actors=actors, outlets=outlets, actor_name=view.short,
        outlet_name=view.outlet, styles=view.styles,
    )  # fmt: skip
    chart(
        view, drawn, table, key="left_out", alt="Number of mentions of each actor by outlet",
        help=["Counts of mentions; their shares and intervals are in the tooltips.", HOLLOW],
    )  # fmt: skip


def _left_out(view: View, table: pd.DataFrame, outlets: list[str], actors: list[str]) -> str:
    """Return which of some actors are missing in which outlet in words, as HTML."""
    named = set(zip(table["outlet"], table["actor"], strict=True))
    missing = [
        f"{view.actor(actor)} in {view.outlet(outlet)}"
        for outlet in outlets
        for actor in actors
        if (outlet, actor) not in named
    ]
    if missing:
        narrowed = view.scope.voices or view.scope.kinds or view.scope.start or view.scope.end
        head = "Not in this selection" if narrowed else "Never named"
        more = f"; and {len(missing) - 4} more." if len(missing) > 4 else "."
        return f"{head}: {escaped('; '.join(missing[:4]), 400)}{more}"
    if len(actors) == 1:
        said = f"<b>{escaped(view.actor(actors[0]))}</b>"
    else:
        said = f"each of the {len(actors)} most mentioned actors"
    return (
        f"{'Every outlet' if len(outlets) > 1 else escaped(view.outlet(outlets[0]))} names {said}."
    )
