"""The Actor page's parts: the choice of an actor, its words, its time line, its company."""

import html
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from kzdash.charts import actor as charts
from kzdash.charts import theme
from kzdash.scope import Cell, Scope
from kzdash.store import Store
from kzdash.ui import address, answers, navigation, timeline, voicing, words
from kzdash.ui.chart import HOLLOW, badges, chart, note, table_with_downloads
from kzdash.ui.page import Missing, View
from kzdash.ui.text import escaped

HELP = (
    "Stance: how the sentences present the actor. Sentiment: how pleasant the words around it "
    "are, whoever they are about (VADER). They are two measures, never one score.",
    HOLLOW,
)


def _count(store: Store, scope: Scope) -> int:
    return int(store.evidence_count(scope, Cell(scored="stance"))["mentions"].iloc[0])


MISSING = Missing("mention with a stance", "mentions with a stance", _count)
"""What an empty page counts."""


def choose(view: View) -> tuple[View, str]:
    """Draw the choice of an actor, and return it with the view narrowed to it.

    The actors of the filter come first; with none selected, all of them by mentions.
    """
    chosen = list(view.scope.actors)
    rest = [a for a in view.store.actors()["actor"] if a not in chosen]
    default = chosen or answers.top_actors(view, 1)
    actor = address.choice(
        "Actor", "of", chosen + rest, default=default[0] if default else None, name=view.actor,
        help="This page is about one actor, whatever the filter says.",
    )  # fmt: skip
    entry = view.registry.actors.get(actor)
    if entry and entry.note:
        note(entry.note)
    return replace(view, scope=replace(view.scope, actors=(actor,))), actor


def measured(stance: pd.DataFrame, sentiment: pd.DataFrame) -> pd.DataFrame:
    """Return both measures in one table, with a column ``measure``."""
    return pd.concat(
        [stance.assign(measure="stance"), sentiment.assign(measure="sentiment")],
        ignore_index=True,
    )


def finding(view: View, stance: pd.DataFrame, gaps: pd.DataFrame) -> str:
    """Return the outlets' own voice beside quoted speech in words, as HTML.

    Args:
        view: the page's view.
        stance: estimates by ``outlet, voice``.
        gaps: their differences between outlets.
    """
    parts = []
    by_voice = theme.grouped(theme.known(theme.rows(stance)), "voice")
    apart = theme.grouped(theme.rows(gaps), "voice")
    voices = {"own": "In their own voice", "quoted": "In quoted speech"}
    for voice, start in voices.items():
        if view.scope.voices and voice not in view.scope.voices:
            continue
        part = by_voice.get(voice)
        said = _extremes(view, part, apart.get(voice, ())) if part else ""
        parts.append(f"{start}{f': {said}' if said else ' no mention of the actor has a stance.'}")
    return " ".join(parts)


def _extremes(view: View, part: Sequence[Any], gaps: Sequence[Any]) -> str:
    """Return the highest and the lowest outlet of one voice, and how sure they differ."""

    def said(row: Any) -> str:
        outlet = f"<b>{escaped(view.outlet(row.outlet))}</b>"
        return f"{outlet} {theme.signed(row.estimate)} ({words.behind(row)})"

    if len(part) == 1:
        few = " Descriptive." if part[0].articles < theme.FEW else ""
        return f"{said(part[0])}.{few}"
    rows = words.weighty(part, 2)
    if not rows:
        return words.too_few(part, said)
    low, *_, top = sorted(rows, key=lambda row: row.estimate)
    gap = words.between(gaps, top.outlet, low.outlet)
    apart = words.means_apart(top.estimate, low.estimate, words.size(gap))
    solid = all(row.articles >= theme.FEW for row in rows)
    return (
        f"highest {said(top)}, lowest {said(low)}: {apart.told}. {words.certainty(gap)}"
        f"{words.left_out(len(rows), len(part), articles=solid)}"
    )


def epithets(view: View) -> None:
    """Show the words that characterise the actor, an outlet a column."""
    table = view.store.epithets(view.scope)
    if table.empty:
        note("No epithet of this actor was found in the selection.")
        return
    badges(view, "epithets", ["epithets"])
    cards = []
    by_outlet = theme.grouped(theme.rows(table), "outlet")
    for outlet in [o for o in view.outlets if o in by_outlet]:
        listed = "".join(
            f'<li><a href="{_epithet_link(view, r)}" target="_self">{escaped(r.text, 60)}</a> '
            f"<small>{_valence(r.valence)}, {r.count}× in {theme.count(r.articles, 'article')}"
            f"{', quoted' if r.voice == 'quoted' else ''}</small></li>"
            for r in by_outlet[outlet][:14]
        )
        cards.append(
            f'<div class="kz-card"><h3>{escaped(view.outlet(outlet))}</h3><ul>{listed}</ul></div>'
        )
    st.html(f'<div class="kz-cards">{"".join(cards)}</div>')
    note(
        "A word opens its evidence. ▲ pleasant, ▼ unpleasant, ● neither (valence of the words). "
        "Counts of single words: descriptive."
    )
    with st.expander("Table and downloads"):
        table_with_downloads(view.ignoring(["kinds"]), table, "epithets")


def _epithet_link(view: View, row: Any) -> str:
    cell = Cell(what="epithets", outlet=row.outlet, actor=row.actor, text=row.text,
                voice=row.voice)  # fmt: skip
    query = urlencode({**view.scope.to_query(), **cell.to_query()}, doseq=True)
    return html.escape(f"{navigation.EVIDENCE.path}?{query}", quote=True)


def _valence(value: float) -> str:
    if pd.isna(value) or abs(value) < 0.05:
        return "●"
    return "▲" if value > 0 else "▼"


def over_time(view: View, actor: str) -> None:
    """Draw the actor's stance over time, dates as exact as they are known."""
    view, voice = voicing.choose(view)
    table, unit, undated = timeline.stance(view)
    if table.empty:
        note("No article with a date and a score.")
        return
    chart(
        view,
        charts.in_time(
            table, outlet_name=view.outlet, styles=view.styles, actor=actor, voice=voice,
            unit=unit,
        ),
        table, key="time", alt=f"Mean stance toward the actor in each {unit}, by date",
        help=timeline.help_stance(unit, undated), measures=["stance"],
    )  # fmt: skip


def companions(view: View, actor: str) -> None:
    """Draw who is named in the same sentences."""
    table = view.store.co_mentions(view.scope, actor)
    if table.empty:
        note("No other actor is named in the same sentences.")
        return
    others = theme.ordered(table["other"].tolist(), table["together"].tolist())[:12]
    chart(
        view, charts.companions(table, actors=others, actor_name=view.short, actor=actor), table,
        key="companions", alt="Actors named in the same sentences, by number of sentences",
        help=["Counts of sentences. Hatched: fewer than five articles, descriptive."],
    )  # fmt: skip
