"""The Relations page's parts: balance between actors, kinds by outlet, single relations."""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from kzdash.charts import relations as charts
from kzdash.charts import theme
from kzdash.schema import RELATION_LABELS
from kzdash.scope import Cell, Scope
from kzdash.store import Store
from kzdash.ui import address, answers, navigation, passages, words
from kzdash.ui.chart import note
from kzdash.ui.empty import Missing
from kzdash.ui.page import View
from kzdash.ui.section import Section
from kzdash.ui.text import escaped

_FRIENDLY, _HOSTILE = ("praises", "supports"), ("blames", "attacks")
_PAIRS = 16


def _count(store: Store, scope: Scope) -> int:
    return int(store.passage_count(scope, Cell(what="relations"))["passages"].iloc[0])


MISSING = Missing("relation", "relations", _count)
"""What an empty page counts."""


def balance(view: View) -> Section:
    """Return how often the busiest pairs of actors are found for and against each other."""
    table = view.store.relation_pairs(view.scope)
    question = "Who is for or against whom?"
    if table.empty:
        return Section(question, help=("No relation was found in the selection.",))
    more = f"The {_PAIRS} commonest of {len(table):,} pairs; the table has all."
    return Section(
        question,
        table,
        charts.pairs(table.head(_PAIRS), actor_name=view.short),
        "How often one actor is shown for or against another, a line a pair",
        key="relations",
        findings=(most_told(view, theme.rows(table)),),
        help=(
            "The actor before the arrow praises, supports, blames or attacks the one after it. "
            "The outlets' account, not the fact.",
            *([more] if len(table) > _PAIRS else []),
        ),
        measures=("relations",),
        ignores=("kinds",),
    )


def most_told(view: View, pairs: Sequence[Any]) -> str:
    """Return the pair found most, or that none stands out, in words, as HTML."""
    if all(pair.articles < theme.FEW for pair in pairs):
        found = theme.count(sum(_told(pair, RELATION_LABELS) for pair in pairs), "relation")
        of = theme.count(len(pairs), "pair")
        return (
            f"{found} found, of {of}, none in five articles: too few to compare; read them below."
        )
    top = words.leaders(pairs, lambda pair: _told(pair, RELATION_LABELS))
    times = theme.count(_told(top[0], RELATION_LABELS), "time")
    if named := words.leading([_one_pair(view, pair) for pair in top], len(pairs)):
        return f"Found most{'' if len(top) == 1 else f', {times} each'}: {named}."
    return f"No pair stands out: {len(top)} are found {times} each."


def _one_pair(view: View, pair: Any) -> str:
    few = ", descriptive" if pair.articles < theme.FEW else ""
    ways = ((_told(pair, _FRIENDLY), "for"), (_told(pair, _HOSTILE), "against"))
    told = [f"{theme.count(number, 'time')} {way}" for number, way in ways if number]
    return (
        f"<b>{escaped(view.actor(pair.source))}</b> toward "
        f"<b>{escaped(view.actor(pair.target))}</b> ({', '.join(told)}; in "
        f"{theme.count(pair.articles, 'article')}{few})"
    )


def _told(pair: Any, labels: Iterable[str]) -> int:
    return sum(getattr(pair, label) for label in labels)


def kinds(view: View) -> Section:
    """Return each outlet's mix of relations, and how many are in its own voice."""
    question = "Which kinds of relation does each outlet tell?"
    table = answers.wide_shares(view, "label", RELATION_LABELS)
    if table.empty:
        return Section(question, help=("No relation was found in the selection.",))
    voices = theme.rows(view.store.relation_voices(view.scope))
    table["own"] = table["outlet"].map({row.outlet: row.own / row.count for row in voices})
    outlets = [o for o in view.outlets if o in set(table["outlet"])]
    own = [f"{view.outlet(row.outlet)} {row.own} of {row.count}" for row in voices]
    said = f"In the outlet's own voice, the rest in quoted speech: {'; '.join(own)}."
    return Section(
        question,
        table,
        charts.by_outlet(table, outlets=outlets, outlet_name=view.outlet),
        "Mix of the relations found in each outlet",
        key="kinds",
        help=() if view.scope.voices else (said,),
        measures=("relations",),
        ignores=("kinds",),
    )


def sentences(view: View) -> None:
    """List single relations, the surest first, each with the way to read it."""
    kind = address.choice(
        "Relation",
        "relation",
        ["all", *RELATION_LABELS],
        flat=True,
        name=lambda label: label.capitalize(),
    )
    cell = Cell(what="relations", relation=None if kind == "all" else kind)
    total = int(view.store.passage_count(view.scope, cell)["passages"].iloc[0])
    if not total:
        note("None in this selection.")
        return
    found = view.store.relation_evidence(view.scope, label=cell.relation, limit=15)
    st.html("".join(passages.card(view, row, "relations") for row in theme.records(found)))
    note(f"The {len(found)} surest of {theme.count(total, 'relation')}.")
    st.page_link(
        navigation.EVIDENCE.script,
        label="All of them in Evidence",
        query_params={**view.scope.to_query(), **cell.to_query()},
    )
