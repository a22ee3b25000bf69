"""The Voices page's parts: speakers, verbs, own voice against quoted, who about whom."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from kzdash.charts import theme
from kzdash.charts import voices as charts
from kzdash.scope import Cell
from kzdash.ui import answers, arrival, navigation, words
from kzdash.ui.chart import HOLLOW, ROWS, badges, chart, finding, note, table_with_downloads
from kzdash.ui.page import View
from kzdash.ui.text import escaped, plain

_CLASSES = ("neutral", "doubting", "supporting")
_IGNORED = ("voices", "kinds")
"""Filters of mentions, which do not narrow quotations."""


def who(view: View, speakers: pd.DataFrame) -> None:
    """Draw who speaks in which outlet."""
    named = speakers[speakers["speaker"].notna()]
    if named.empty:
        note("No speaker was found in the selection.")
        return
    people = theme.ordered(named["speaker"].tolist(), named["quotes"].tolist())[:16]
    by_outlet = theme.grouped(theme.rows(named), "outlet")
    parts = [most_heard(view, by_outlet[o]) for o in view.outlets if o in by_outlet]
    finding("Most heard: " + "; ".join(parts) + ".")
    table = answers.shares(view, "speaker")
    figure = charts.speakers(
        table, people=people, outlets=view.outlets, person_name=view.short,
        outlet_name=view.outlet, styles=view.styles,
    )  # fmt: skip
    chart(
        view, figure, table, key="speakers", alt="Who is quoted in which outlet, how often",
        help=["Direct and indirect speech. Hollow: in fewer than five articles."],
        measures=["voice"], ignores=_IGNORED,
    )  # fmt: skip


def most_heard(view: View, rows: Sequence[Any]) -> str:
    """Return who is quoted most in one outlet, or that nobody stands out, in words, as HTML."""
    top = words.leaders(rows, lambda row: row.quotes)
    outlet = f"<b>{escaped(view.outlet(top[0].outlet))}</b>"
    each = "" if len(top) == 1 else " each"
    few = ", descriptive" if min(r.articles for r in top) < theme.FEW else ""
    share = f"({theme.percent(top[0].share)} of {theme.count(top[0].of, 'quotation')}{each}{few})"
    if named := words.leading([f"<b>{escaped(view.actor(r.speaker))}</b>" for r in top], len(rows)):
        return f"{named} in {outlet} {share}"
    return f"nobody more than others in {outlet}: {len(top)} speakers alike {share}"


def verbs(view: View) -> None:
    """Draw how neutral the reporting verbs are, and list them."""
    shares, gaps = answers.shares_and_differences(view, "verb_class")
    if shares.empty:
        note("No reporting verb was found in the selection.")
        return
    table = answers.in_parts(shares, "verb_class", _CLASSES)
    by_outlet = {row.outlet: row for row in theme.rows(table)}
    outlets = [o for o in view.outlets if o in by_outlet]
    finding(doubting(view, list(by_outlet.values()), theme.rows(gaps)))
    chart(
        view, charts.verbs(table, outlets=outlets, outlet_name=view.outlet), table, key="verbs",
        alt="Share of neutral, doubting and supporting reporting verbs by outlet",
        help=["Neutral: said, told. Doubting: claimed, alleged. Supporting: pointed out, proved.",
              HOLLOW],
        measures=["verbs"], ignores=_IGNORED,
    )  # fmt: skip
    with st.expander("Every verb: table and downloads"):
        table_with_downloads(
            view.ignoring(_IGNORED), view.store.verbs(view.scope, ROWS + 1), "verbs_all",
            whole=lambda: view.store.verbs(view.scope),
        )  # fmt: skip


def doubting(view: View, rows: Sequence[Any], gaps: Sequence[Any]) -> str:
    """Return which outlet doubts most and which least in words, as HTML."""
    solid = [row for row in rows if row.articles >= theme.FEW]
    rows = solid if len(solid) > 1 else rows
    most = max(rows, key=lambda row: row.doubting)
    least = min(rows, key=lambda row: row.doubting)
    if most.doubting == 0:
        return "No outlet introduces speech with a doubting verb."
    gap = words.between(
        (row for row in gaps if row.verb_class == "doubting"), most.outlet, least.outlet
    )
    size = f"{theme.count(most.mentions, 'quotation')} in {theme.count(most.articles, 'article')}"
    said = f"of its quotations with a reporting verb ({size}) come with one as “claimed”"
    if gap is None:
        few = " Descriptive." if most.articles < theme.FEW else ""
        name = escaped(view.outlet(most.outlet))
        return f"<b>{name}</b>: {theme.percent(most.doubting)} {said}.{few}"
    apart = words.shares_apart(most.doubting, least.doubting, words.size(gap))
    return (
        f"<b>{escaped(view.outlet(most.outlet))}</b> doubts most: {apart.high} {said}, {apart.low} "
        f"in <b>{escaped(view.outlet(least.outlet))}</b>: {apart.told}. {words.certainty(gap)}"
    )


def own_and_quoted(view: View) -> None:
    """Draw stance in the outlets' own voice beside quoted speech, actor by actor."""
    actors = answers.top_actors(view, 12)
    table, gaps = answers.means_and_differences(
        view, ("actor", "voice"), "stance", tuple(actors), paired="voice", between="voice"
    )
    if table.empty:
        note("No mention of the selection has a stance.")
        return
    if not gaps.empty:
        finding(largest_gap(view, theme.rows(table), theme.rows(gaps)))
    chart(
        view, charts.own_and_quoted(table, actors=actors, actor_name=view.short), table,
        key="own_quoted", alt="Mean stance toward each actor, own voice beside quoted speech",
        help=["All outlets of the selection together; choose one in the filters to see it alone.",
              HOLLOW],
        measures=["stance"],
    )  # fmt: skip


def largest_gap(view: View, rows: Sequence[Any], gaps: Sequence[Any]) -> str:
    """Return where own voice and quoted speech differ most in words, as HTML.

    Actors with five articles or more in both voices go first, then those with five mentions
    or more in both.
    """
    cells = {(row.actor, row.voice): row for row in rows}

    def smaller(gap: Any) -> float:
        return min(float(cells[gap.actor, voice].mentions) for voice in ("own", "quoted"))

    top = max(words.weighty(gaps, smaller), key=lambda gap: abs(gap.difference))
    own, quoted = cells[top.actor, "own"], cells[top.actor, "quoted"]
    high, low = sorted((own.estimate, quoted.estimate), reverse=True)
    apart = words.means_apart(high, low, words.size(top))
    return (
        f"Largest gap: <b>{escaped(view.actor(top.actor))}</b>, {theme.signed(own.estimate)} in "
        f"the outlets' own voice ({words.behind(own)}), {theme.signed(quoted.estimate)} in quoted "
        f"speech ({words.behind(quoted)}): {apart.told}. {words.certainty(top)}"
    )


def about(view: View) -> None:
    """Show who speaks about whom, and how the actor comes off; a line opens its evidence."""
    table = answers.said_about(view)
    if table.empty:
        note("No mention in quoted speech has a known speaker.")
        return
    table = table.sort_values("mentions", ascending=False, kind="stable", ignore_index=True)
    badges(view, "said_about", ["stance"])
    shown = pd.DataFrame(
        {
            "Speaker": [plain(view.actor(s)) for s in table["speaker"]],
            "about": [plain(view.actor(a)) for a in table["actor"]],
            "in": [plain(view.outlet(o)) for o in table["outlet"]],
            "Mean stance": table["estimate"].round(2),
            "95 % interval": [
                "one article" if pd.isna(r.low)
                else f"{theme.signed(r.low)} to {theme.signed(r.high)}"
                + (" (descriptive)" if r.articles < theme.FEW else "")
                for r in theme.rows(table)
            ],
            "Neutral": (100 * table["neutral"]).round(0),
            "Mentions": table["mentions"],
            "Articles": table["articles"],
        }
    )  # fmt: skip
    state = st.dataframe(
        shown, hide_index=True, key="said_about", height=min(420, 38 + 35 * len(shown)),
        alt="Who speaks about whom, with the mean stance",
        on_select="rerun", selection_mode="single-row",
        column_config={
            "Mean stance": st.column_config.NumberColumn(format="%+.2f", help="−1 to +1"),
            "Neutral": st.column_config.NumberColumn(format="%d %%", help="Share of neutral"),
        },
    )  # fmt: skip
    note(
        "Choose a line for its mentions. The commonest pairs with a scored mention; below five "
        "articles descriptive, with one article no interval."
    )
    chosen = [n for n in state["selection"]["rows"] if n < len(table)]
    if chosen:
        row = table.iloc[chosen[0]]
        cell = Cell(outlet=row["outlet"], speaker=row["speaker"], actor=row["actor"],
                    voice="quoted", scored="stance")  # fmt: skip
        arrival.go(navigation.EVIDENCE.script, {**view.scope.to_query(), **cell.to_query()})
    with st.expander("Table and downloads"):
        table_with_downloads(view, table, "said_about_all")
