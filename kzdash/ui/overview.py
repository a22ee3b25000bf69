"""The Overview page's parts: largest differences in words, counts, copies."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from kzdash import periods
from kzdash.charts import overview as charts
from kzdash.charts import theme
from kzdash.scope import Cell
from kzdash.ui import answers, navigation, readable, timeline, voicing, words
from kzdash.ui.chart import badges, note, table_with_downloads
from kzdash.ui.page import OF_MENTIONS, View
from kzdash.ui.section import Section

_STANCE_HELP = (
    "Stance is how a sentence presents the actor, from −1 (criticised, blamed) to +1 (praised, "
    "trusted).",
)
_PRINTED = ("measure", "first", "second", "actor", "difference", "low", "high", "p", "q", "effect",
            "articles_first", "articles_second", "mentions_first", "mentions_second")  # fmt: skip


def differences(view: View, actors: Sequence[str]) -> Section:
    """Return the few largest differences between outlets, in words.

    Of stance those in the outlets' own voice, where the filter has not one voice.
    """
    question = "The largest differences"
    told = voicing.own(view)
    stance, means = answers.means_and_differences(
        told, ("outlet", "actor"), "stance", tuple(actors)
    )
    attention, shares = answers.shares_and_differences(view, "actor", tuple(actors))
    gaps = words.together(means, shares)
    found = words.largest_differences(gaps)
    if found.empty:
        return Section(question, help=(words.NOTHING, *words.untold(gaps)))
    rows = theme.rows(found)
    alone = all(row.articles < 2 and pd.isna(row.low) for row in rows)
    remarks = words.remarks(view, gaps)
    if alone:
        remarks.append("Descriptive: one article on the smaller side of each, so no intervals.")
    sides = {"stance": (told, theme.rows(stance)), "attention": (view, theme.rows(attention))}
    return Section(
        question,
        found,
        key="differences",
        findings=tuple(
            words.difference(sides[r.measure][0], r, sides[r.measure][1], brief=alone) for r in rows
        ),
        help=tuple(remarks),
        printed=found[list(_PRINTED)],
        measures=tuple(words.MEASURES[name] for name in found["measure"].unique()),
    )


def in_columns(view: View, section: Section) -> None:
    """Write out the largest differences, each with a link to its view."""
    badges(view, section.key, section.measures)
    rows, said = theme.rows(section.table), section.findings
    for number, column in enumerate(st.columns(_FIRST)[: len(rows)]):
        with column:
            _difference(view, number, rows[number], said[number])
    if section.help:
        note(" ".join(section.help))
    if len(rows) > _FIRST:
        with st.expander(theme.count(len(rows) - _FIRST, "more difference")):
            for number in range(_FIRST, len(rows)):
                _difference(view, number, rows[number], said[number])


_FIRST = 2
"""So many differences are read at once; a chart then begins on the first screen."""


def _difference(view: View, number: int, row: Any, said: str) -> None:
    with st.container(key=f"difference_{number}", gap=None):
        st.html(f'<p class="kz-finding">{said}</p>')
        st.page_link(
            navigation.OUTLETS.script,
            label=f"Compare in {navigation.OUTLETS.name}",
            query_params={
                **view.scope.to_query(),
                "outlet": [row.first, row.second],
            },
        )


def presented(view: View, actors: Sequence[str], voice: str) -> Section:
    """Return how each outlet presents each actor.

    Args:
        view: the selection, narrowed to the voice where it is one.
        actors: those to draw, top first.
        voice: which voices it has, a key of `kzdash.charts.marks.VOICED`.
    """
    question = "How is each actor presented?"
    keys, chosen = ("outlet", "actor"), tuple(actors)
    if voice == "apart":
        table = answers.means(view, (*keys, "voice"), "stance", chosen, paired="voice")
    else:
        table, _ = answers.means_and_differences(view, keys, "stance", chosen)
    if table.empty:
        return Section(question, help=("No mention of the selection has a stance.",))
    figure = charts.stance(
        table,
        actors=actors,
        styles=view.drawn,
        actor_name=view.short,
        outlet_name=view.outlet,
        voice=voice,
    )
    which = ", own voice and quoted speech in a panel each" if voice == "apart" else ""
    return Section(
        question,
        table,
        figure,
        f"Mean stance of each outlet toward each actor{which}",
        key="stance",
        findings=(words.extremes(view, table, view.actor, "actor"),),
        help=(words.neutral(table, list(view.drawn), view.outlet), *view.undrawn, *_STANCE_HELP),
        measures=("stance",),
    )


def attention(view: View, actors: Sequence[str]) -> Section:
    """Return which share of each outlet's mentions goes to each actor."""
    question = "Who gets the attention?"
    table, _ = answers.shares_and_differences(view, "actor", tuple(actors))
    if table.empty:
        return Section(question, help=("No mention of an actor in the selection.",))
    figure = charts.attention(
        table, actors=actors, styles=view.drawn, actor_name=view.short, outlet_name=view.outlet
    )
    return Section(
        question,
        table,
        figure,
        "Share of each outlet's mentions that goes to each actor",
        key="attention",
        help=(
            "An actor's share of all mentions in the outlet, of any actor.",
            *view.undrawn,
        ),
        measures=("mentions",),
    )


def articles(view: View) -> Section:
    """Return when the articles appeared."""
    question = "When did the articles appear?"
    table, unit = timeline.articles(view)
    if table.empty:
        return Section(question, help=("No article in the selection.",))
    figure = charts.articles_in_time(table, outlet_name=view.outlet, styles=view.styles, unit=unit)
    return Section(
        question,
        table,
        figure,
        f"Number of articles of each outlet by {unit}",
        key="articles",
        help=(periods.RULE,),
        ignores=OF_MENTIONS,
    )


def outlets(view: View) -> Section:
    """Return how much each outlet has in the selection, and how much of it is quoted."""
    table = view.store.outlet_sizes(view.scope)
    question = "What is in each outlet?"
    if table.empty:
        return Section(question, help=("No article in the selection that is in English.",))
    if not view.scope.voices:
        quoted = view.store.outlet_sizes(replace(view.scope, voices=("quoted",)))
        of = table["mentions"].where(table["mentions"] > 0)
        table["quoted"] = table["outlet"].map(quoted.set_index("outlet")["mentions"]) / of
    return Section(
        question,
        table,
        key="outlets",
        help=(
            "Articles in English, one of each text. Quoted: share of the mentions that stand in "
            "somebody's words, direct or indirect.",
        ),
    )


FEW_ARTICLES = 12
"""So many articles are listed on the page itself."""


def named(view: View) -> Section:
    """Return which articles a small selection has."""
    table = view.store.articles(view.scope)
    return Section(
        "Which articles are these?",
        table[["outlet", "title", "published", "mentions"]],
        key="named_articles",
    )


def glance(view: View, row: Mapping[str, Any]) -> None:
    """Show the counts of the selection in a line; those of texts open them."""
    narrowed = bool(view.scope.actors or view.scope.voices or view.scope.kinds)
    listed = "".join(
        f"<li>{_opening(view, key, theme.count(row[key], noun), narrowed=narrowed)}</li>"
        for key, noun in _COUNTED.items()
    )
    st.html(f'<ul class="kz-counts" aria-label="In this selection">{listed}</ul>')
    counted = int(view.store.outlet_sizes(view.scope)["articles"].sum())
    if remarks := among(row, counted, narrowed=narrowed):
        note("Among them: " + "; ".join(remarks) + ".")
    if view.untaken:
        note(view.untaken)
    if narrowed:
        note(
            "Articles, outlets and quotations are those of the outlets and dates chosen; the "
            "other filters narrow mentions and actors."
        )


_COUNTED = {
    "articles": "article",
    "outlets": "outlet",
    "mentions": "mention",
    "actors": "actor",
    "quotes": "quotation",
}


def _opening(view: View, key: str, said: str, *, narrowed: bool) -> str:
    """Return a count as HTML, with a link where Evidence lists just what it counts."""
    number, noun = said.split(" ")
    shown = f"<b>{number}</b> {noun}"
    if key not in ("articles", "mentions", "quotes") or (narrowed and key != "mentions"):
        return shown
    query = {**view.scope.to_query(), **Cell(what=None if key == "mentions" else key).to_query()}
    path = f"{navigation.EVIDENCE.path}?{urlencode(query, doseq=True)}"
    return f'<a href="{html.escape(path, quote=True)}" target="_self">{shown}</a>'


def among(row: Mapping[str, Any], counted: int, *, narrowed: bool) -> list[str]:
    """Return what to know of the articles of a selection; plain text.

    Args:
        row: as from `Store.glance`.
        counted: how many of the articles are in English, repeats within an outlet left out.
        narrowed: whether a filter narrows mentions, so that some articles have none of these.
    """
    remarks = []
    if row["unscored"]:
        remarks.append(f"{theme.count(row['unscored'], 'article')} not in English, in no measure")
    if row["copies"]:
        within = row["articles"] - row["unscored"] - counted
        once = f", {within:,} of them within an outlet, where it counts once" if within > 0 else ""
        remarks.append(f"{theme.count(row['copies'], 'copy', 'copies')} of another article{once}")
    silent = counted - row["naming"]
    if silent > 0 and not narrowed:
        remarks.append(f"{theme.count(silent, 'article')} without a mention of an actor")
    if row["undated"]:
        remarks.append(f"{theme.count(row['undated'], 'article')} without a date")
    return remarks


def copies(view: View) -> Section:
    """Return wire copy and duplicates, and which of them count."""
    question = "Which articles repeat another?"
    table = view.store.copies(view.scope)
    if table.empty:
        return Section(question, help=("None in this selection.",))
    columns = ["outlet", "title", "published", "original_outlet", "original_title", "counted"]
    return Section(
        question,
        table[columns],
        key="copies",
        help=(
            "The same text in two outlets is shown and counts in both, for each chose to print "
            "it; a repeat within one outlet is listed and counts once.",
        ),
        ignores=OF_MENTIONS,
    )


def tabled(view: View, section: Section) -> None:
    """Show a section as a table, to take away too."""
    note(" ".join(section.help))
    table_with_downloads(view, section.table, section.key)


def listed(view: View, section: Section) -> None:
    """List articles."""
    if section.help:
        note(" ".join(section.help))
    st.dataframe(
        readable.on_page(view, section.table),
        hide_index=True,
        key=section.key,
        placeholder="–",
        alt=section.question,
        column_config=readable.columns(section.table),
    )
