"""The Voices page's parts: speakers, verbs, own voice against quoted, who about whom."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from kzdash import measures
from kzdash.charts import theme
from kzdash.charts import voices as charts
from kzdash.schema import VERB_CLASSES, VOICES
from kzdash.scope import Cell, listing
from kzdash.ui import answers, arrival, navigation, words
from kzdash.ui.chart import ROWS, badges, note
from kzdash.ui.page import View
from kzdash.ui.section import Further, Section
from kzdash.ui.text import escaped, plain

_IGNORED = ("voices", "kinds")
"""Filters of mentions, which do not narrow quotations."""


def speakers(view: View, found: pd.DataFrame) -> Section:
    """Return who speaks in which outlet.

    Args:
        view: the selection.
        found: as from `Store.speakers`.
    """
    question = "Who speaks?"
    named = found[found["speaker"].notna()]
    if named.empty:
        return Section(question, help=("No speaker was found in the selection.",))
    people = theme.ordered(named["speaker"].tolist(), named["quotes"].tolist())[:16]
    table = answers.shares(view, "speaker")
    figure = charts.speakers(
        table,
        people=people,
        outlets=list(view.drawn),
        person_name=view.short,
        outlet_name=view.outlet,
        styles=view.styles,
    )
    return Section(
        question,
        table,
        figure,
        "Who is quoted in which outlet, how often",
        key="speakers",
        findings=(heard(view, found),),
        help=("Direct and indirect speech.", *view.undrawn),
        measures=("voice",),
        ignores=_IGNORED,
        printed=table[table["speaker"].isin(people)],
    )


def heard(view: View, speakers: pd.DataFrame) -> str:
    """Return who is quoted most in each outlet, and how many quotations name nobody, as HTML.

    Args:
        view: the page's view.
        speakers: as from `Store.speakers`.
    """
    unnamed = speakers["speaker"].isna()
    by_outlet = theme.grouped(theme.rows(speakers[~unnamed]), "outlet")
    found = [by_outlet[o] for o in view.outlets if o in by_outlet]
    parts = [_most_heard(view, rows) for rows in found if rows[0].of >= words.ENOUGH]
    if few := [_sized(view, rows[0]) for rows in found if rows[0].of < words.ENOUGH]:
        parts.append(f"too few to compare in {listing(few)}")
    if (more := len(parts) - _TOLD) > 0:
        parts = [*parts[:_TOLD], f"{theme.count(more, 'other outlet')} in the table"]
    head = "Of the actors selected, most heard" if view.scope.actors else "Most heard"
    said = f"{head}: {'; '.join(parts)}."
    if not unnamed.any():
        return said
    missing = f"{speakers.loc[unnamed, 'quotes'].sum():,}"
    return f"{said} No speaker was found for {missing} of {speakers['quotes'].sum():,} quotations."


_TOLD = 4
"""At most so many outlets are told in a sentence."""


def _most_heard(view: View, rows: Sequence[Any]) -> str:
    """Return who is quoted most in one outlet, or that nobody stands out, in words, as HTML."""
    top = words.leaders(rows, lambda row: row.quotes)
    outlet = f"<b>{escaped(view.outlet(top[0].outlet))}</b>"
    quotations = theme.count(top[0].of, "quotation")
    each = "" if len(top) == 1 else " each"
    few = ", descriptive" if min(r.articles for r in top) < theme.FEW else ""
    share = f"({theme.percent(top[0].share)} of {quotations}{each}{few})"
    if named := words.leading([f"<b>{escaped(view.actor(r.speaker))}</b>" for r in top], len(rows)):
        return f"{named} in {outlet} {share}"
    return f"nobody more than others in {outlet}: {len(top)} speakers alike {share}"


def _sized(view: View, row: Any) -> str:
    outlet = f"<b>{escaped(view.outlet(row.outlet))}</b>"
    return f"{outlet} ({theme.count(row.of, 'quotation')})"


def verbs(view: View) -> Section:
    """Return how neutral the reporting verbs are, and each of them as a further table."""
    question = "How is speech introduced?"
    shares, gaps = answers.shares_and_differences(view, "verb_class")
    if shares.empty:
        return Section(question, help=("No reporting verb was found in the selection.",))
    table = answers.in_parts(shares, "verb_class", VERB_CLASSES)
    rows = theme.rows(table)
    found = {row.outlet for row in rows}
    figure = charts.verbs(
        table, outlets=[o for o in view.outlets if o in found], outlet_name=view.outlet
    )
    return Section(
        question, table, figure, key="verbs",
        alt="Share of neutral, doubting and supporting reporting verbs by outlet",
        findings=(doubting(view, rows, theme.rows(gaps)),),
        help=("Neutral: said, told. Doubting: claimed, alleged. Supporting: pointed out, proved.",),
        measures=("verbs",), ignores=_IGNORED,
        further=Further("Every verb: table and downloads", "verbs_all",
                        view.store.verbs(view.scope, ROWS + 1),
                        lambda: view.store.verbs(view.scope)),
    )  # fmt: skip


def doubting(view: View, rows: Sequence[Any], gaps: Sequence[Any]) -> str:
    """Return which outlet doubts most and which least in words, as HTML.

    Where differences are unlikely to be chance, the largest of these is told.

    Args:
        view: the page's view.
        rows: shares of quotations, an outlet a row: ``outlet, doubting, mentions, articles``.
        gaps: their differences.
    """
    rows = words.weighty(rows, 2) or words.weighty(rows)
    if not rows:
        return f"No outlet has {words.ENOUGH} quotations with a reporting verb: too few to compare."
    own = {row.outlet: row for row in rows}
    if not any(row.doubting for row in rows):
        return "No outlet introduces speech with a doubting verb."
    told = [g for g in gaps if g.verb_class == "doubting" and {g.first, g.second} <= own.keys()]
    clear = [gap for gap in told if gap.q < 0.05]
    most = max(rows, key=lambda row: (row.doubting, row.mentions))
    least = max(rows, key=lambda row: (-row.doubting, row.mentions))
    if not told or most.doubting == least.doubting:
        few = " Descriptive." if most.articles < theme.FEW else ""
        every = "" if len(rows) == 1 else " So does every other outlet."
        return f"{_doubts(view, most, theme.percent(most.doubting))}.{every}{few}"
    if clear:
        pairs = [(own[gap.first], own[gap.second]) for gap in clear]
        least, most = max(
            (sorted(pair, key=lambda row: row.doubting) for pair in pairs),
            key=lambda pair: (pair[1].doubting - pair[0].doubting, sum(r.mentions for r in pair)),
        )
    gap = words.between(told, most.outlet, least.outlet)
    apart = words.shares_apart(most.doubting, least.doubting, words.size(gap))
    alike = sum(row.doubting == least.doubting for row in rows) - 1
    others = f" and {theme.count(alike, 'other outlet')}" if alike else ""
    tested = any(pd.notna(gap.q) for gap in told)
    head = "No outlet differs beyond chance; highest: " if tested and not clear else ""
    return (
        f"{head}{_doubts(view, most, apart.high)}, against {apart.low} in "
        f"<b>{escaped(view.outlet(least.outlet))}</b>{others}: {apart.told}. "
        f"{words.certainty(gap)}"
    )


def _doubts(view: View, row: Any, share: str) -> str:
    size = f"{theme.count(row.mentions, 'quotation')} in {theme.count(row.articles, 'article')}"
    whose = " of the actors selected" if view.scope.actors else ""
    return (
        f"<b>{escaped(view.outlet(row.outlet))}</b> introduces {share} of its quotations{whose} "
        f"with a reporting verb ({size}) with one that doubts, as “claimed”"
    )


def own_and_quoted(view: View) -> Section:
    """Return stance in the outlets' own voice beside quoted speech, actor by actor."""
    question = "Do the quoted say what the outlet says?"
    actors = answers.top_actors(view, 12)
    table, gaps = answers.means_and_differences(
        view, ("actor", "voice"), "stance", tuple(actors), paired="voice", between="voice"
    )
    if table.empty:
        return Section(question, help=("No mention of the selection has a stance.",))
    return Section(
        question,
        table,
        charts.own_and_quoted(table, actors=actors, actor_name=view.short),
        "Mean stance toward each actor, own voice beside quoted speech",
        key="own_quoted",
        findings=() if gaps.empty else (largest_gap(view, table, gaps),),
        help=(
            "All outlets of the selection together; the outlet filter shows one alone.",
            words.neutral(table, VOICES, theme.VOICE_NAMES.__getitem__, "voice"),
        ),
        measures=("stance",),
    )


def largest_gap(view: View, table: pd.DataFrame, gaps: pd.DataFrame) -> str:
    """Return where own voice and quoted speech differ most in words, as HTML.

    Args:
        view: the page's view.
        table: mean stance by ``actor, voice``.
        gaps: its differences between voices.
    """
    gaps = gaps.assign(measure="stance")
    if words.substantial(gaps).empty:
        return f"No actor has {words.ENOUGH} mentions in both voices: too few to compare."
    found = theme.rows(measures.largest(words.substantial(gaps), 1))
    if not found:
        return "Own voice and quoted speech have the same mean stance."
    top = found[0]
    cells = {row.voice: row for row in theme.rows(table) if row.actor == top.actor}
    own, quoted = cells["own"], cells["quoted"]
    high, low = sorted((own.estimate, quoted.estimate), reverse=True)
    apart = words.means_apart(high, low, words.size(top))
    return (
        f"Largest gap{' beyond chance' if top.counts else ''}: "
        f"<b>{escaped(view.actor(top.actor))}</b>, {theme.signed(own.estimate)} in "
        f"the outlets' own voice ({words.behind(own)}), {theme.signed(quoted.estimate)} in quoted "
        f"speech ({words.behind(quoted)}): {apart.told}. {words.certainty(top)}"
        f"{words.passed_over(top, gaps)}"
    )


def about(view: View) -> Section:
    """Return who speaks about whom, and how the actor comes off."""
    question = "Who speaks about whom?"
    table = answers.said_about(view)
    if table.empty:
        return Section(question, help=("No mention in quoted speech has a known speaker.",))
    table = table.sort_values("mentions", ascending=False, kind="stable", ignore_index=True)
    return Section(
        question,
        table,
        key="said_about",
        help=(
            "The commonest pairs with a scored mention; below five articles descriptive, with "
            "one article no interval.",
        ),
        hints=("Choose a line for its mentions.",),
        measures=("stance",),
        further=Further("Table and downloads", "said_about_all", table),
    )


def lines(view: View, section: Section) -> None:
    """Draw who speaks about whom; a line opens its evidence."""
    table = section.table
    badges(view, section.key, section.measures)
    shown = pd.DataFrame(
        {
            "Speaker": [plain(view.short(s)) for s in table["speaker"]],
            "about": [plain(view.short(a)) for a in table["actor"]],
            "Mean stance": [theme.signed(value) for value in table["estimate"]],
            "in": [plain(view.outlet(o)) for o in table["outlet"]],
            "95 % interval": [
                "one article"
                if pd.isna(r.low)
                else f"{theme.signed(r.low)} to {theme.signed(r.high)}"
                + (" (descriptive)" if r.articles < theme.FEW else "")
                for r in theme.rows(table)
            ],
            "Neutral": (100 * table["neutral"]).round(0),
            "Mentions": table["mentions"],
            "Articles": table["articles"],
        }
    )
    state = st.dataframe(
        shown,
        hide_index=True,
        key=section.key,
        height=min(420, 38 + 35 * len(shown)),
        alt="Who speaks about whom, with the mean stance",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Mean stance": st.column_config.TextColumn(help="−1 to +1"),
            "Neutral": st.column_config.NumberColumn(format="%d %%", help="Share of neutral"),
        },
    )
    note(" ".join([*section.hints, *section.help]))
    chosen = [n for n in state["selection"]["rows"] if n < len(table)]
    if chosen:
        row = table.iloc[chosen[0]]
        cell = Cell(
            outlet=row["outlet"],
            speaker=row["speaker"],
            actor=row["actor"],
            voice="quoted",
            scored="stance",
        )
        arrival.go(navigation.EVIDENCE.script, {**view.scope.to_query(), **cell.to_query()})
