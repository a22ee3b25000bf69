"""The Overview page's parts: largest differences in words, counts, copies."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from kzdash.charts import overview as charts
from kzdash.charts import theme
from kzdash.ui import answers, navigation, readable, voicing, words
from kzdash.ui.chart import badges, chart, finding, note
from kzdash.ui.page import View

STANCE_HELP = (
    "Stance is how a sentence presents the actor, from −1 (criticised, blamed) to +1 (praised, "
    "trusted). How many mentions are neutral stands in the tooltips and in the table.",
    "Small dots: fewer than 20 mentions. Hollow: fewer than five articles, descriptive. "
    "No line: in one article only, no interval.",
)


def differences(view: View, stance: words.Found, attention: words.Found) -> None:
    """Write out the few largest differences between outlets, each with a link to its view.

    Args:
        view: the page's view.
        stance: estimates by ``outlet, actor``, and their differences.
        attention: likewise.
    """
    gaps = words.together(stance[1], attention[1])
    rows = theme.rows(words.largest_differences(gaps))
    if not rows:
        note(words.NOTHING)
        return
    badges(view, "differences", words.MEASURES)
    alone = all(row.articles < 2 and pd.isna(row.low) for row in rows)
    remarks = words.remarks(view, gaps)
    if alone:
        remarks.append("Descriptive: one article on the smaller side of each, so no intervals.")
    if remarks:
        note(" ".join(remarks))
    values = {"stance": theme.rows(stance[0]), "attention": theme.rows(attention[0])}
    said = [words.difference(view, r, values[r.measure], brief=alone) for r in rows]
    for number, column in enumerate(st.columns(_FIRST)[: len(rows)]):
        with column:
            _difference(view, number, rows[number], said[number])
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
            navigation.OUTLETS.script, label=f"Compare in {navigation.OUTLETS.name}",
            query_params={
                **view.scope.to_query(), "outlet": [row.first, row.second],
            },
        )  # fmt: skip


def presented(view: View, actors: list[str], together: pd.DataFrame) -> None:
    """Draw how each outlet presents each actor.

    Args:
        view: the page's view.
        actors: those to draw, top first.
        together: the mean stance of the selection by outlet and actor.
    """
    told, voice = voicing.choose(view, apart=True)
    keys: tuple[str, ...] = ("outlet", "actor")
    if voice == "apart":
        table = answers.means(view, (*keys, "voice"), "stance", tuple(actors), paired="voice")
    elif told is view:
        table = together
    else:
        table = answers.means(told, keys, "stance", tuple(actors))
    finding(words.extremes(view, table, view.actor, "actor"))
    figure = charts.stance(
        table, actors=actors, outlets=view.outlets, actor_name=view.short,
        outlet_name=view.outlet, voice=voice,
    )  # fmt: skip
    chart(
        told, figure, table, key="stance",
        alt="Mean stance toward each actor, a panel for each outlet",
        help=STANCE_HELP, measures=["stance"],
    )  # fmt: skip


def glance(view: View, row: Mapping[str, Any]) -> None:
    """Show the counts of the selection in a line."""
    nouns = {"articles": "article", "outlets": "outlet", "mentions": "mention",
             "actors": "actor", "quotes": "quotation"}  # fmt: skip
    facts = (theme.count(row[key], noun).split(" ") for key, noun in nouns.items())
    listed = "".join(f"<li><b>{number}</b> {noun}</li>" for number, noun in facts)
    st.html(f'<ul class="kz-counts" aria-label="In this selection">{listed}</ul>')
    narrowed = bool(view.scope.actors or view.scope.voices or view.scope.kinds)
    counted = int(view.store.outlet_sizes(view.scope)["articles"].sum())
    if remarks := among(row, counted, narrowed=narrowed):
        note("Among them: " + "; ".join(remarks) + ".")
    if narrowed:
        note("Articles, outlets and quotations are those of the outlets and dates chosen; the "
             "other filters narrow mentions and actors.")  # fmt: skip


def among(row: Mapping[str, Any], counted: int, *, narrowed: bool) -> list[str]:
    """Return what to know of the articles of a selection; plain text.

    Args:
        row: as from `Store.glance`.
        counted: how many of the articles are scored, repeats within an outlet left out.
        narrowed: whether a filter narrows mentions, so that some articles have none of these.
    """
    remarks = []
    if row["unscored"]:
        remarks.append(f"{theme.count(row['unscored'], 'article')} not in English, not scored")
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


def copies(view: View) -> None:
    """List wire copy and duplicates, and say which of them count."""
    table = view.store.copies(view.scope)
    if table.empty:
        return
    st.header("Which articles repeat another?")
    note(
        "The same text in two outlets is shown and counts in both, for each chose to print it; "
        "a repeat within one outlet is listed and counts once."
    )
    shown = table[["outlet", "title", "published", "original_outlet", "original_title", "counted"]]
    st.dataframe(
        readable.values(view, shown), hide_index=True, key="copies", placeholder="–",
        alt="Articles that repeat another", column_config=readable.columns(shown),
    )  # fmt: skip
