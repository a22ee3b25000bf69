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
from kzdash.schema import ROLES, STANCES, VOICES
from kzdash.scope import Cell, Scope
from kzdash.store import Store
from kzdash.ui import address, answers, navigation, timeline, voicing, words
from kzdash.ui.chart import badges, note
from kzdash.ui.empty import Missing, nothing_found
from kzdash.ui.page import View
from kzdash.ui.section import Further, Section
from kzdash.ui.text import escaped


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
    if not chosen + rest:
        nothing_found(view)
    default = chosen or answers.top_actors(view, 1)
    actor = address.choice(
        "Actor",
        "of",
        chosen + rest,
        default=default[0] if default else None,
        name=view.actor,
        help="This page is about one actor, whatever the filter says.",
    )
    entry = view.registry.actors.get(actor)
    if entry and entry.note:
        note(entry.note)
    narrowed = replace(view, scope=replace(view.scope, actors=(actor,)))
    if narrowed.scope != view.scope and narrowed.concentration:
        note(f"Of this actor: {narrowed.concentration}")
    return narrowed, actor


def presented(view: View) -> Section:
    """Return stance beside sentiment by outlet, own voice and quoted speech apart.

    It speaks of the selection's actor, or of all of them together where there are several.
    """
    question = "How is the actor presented?"
    stance, gaps = answers.means_and_differences(
        view, ("outlet", "voice"), "stance", paired="voice"
    )
    if stance.empty:
        return Section(question, help=("No mention of the selection has a stance.",))
    sentiment = answers.both_voices(view, "sentiment")
    table = pd.concat(
        [stance.assign(measure="stance"), sentiment.assign(measure="sentiment")],
        ignore_index=True,
    )
    one = _one(view)
    figure = charts.stance_and_sentiment(
        table, outlets=_outlets(view, stance), outlet_name=view.outlet, actor=one
    )
    it = "it" if one else "them"
    return Section(
        question,
        table,
        figure,
        key="voices",
        alt="Mean stance and sentiment by outlet, own voice and quoted speech apart",
        findings=voices_told(view, stance, gaps) if one else (),
        help=(
            f"Stance: how the sentences present {_whom(view)}. Sentiment: how pleasant the words "
            f"around {it} are, whoever they are about (VADER). They are two measures, never one "
            "score.",
        ),
        measures=("stance", "sentiment"),
    )


def labels(view: View) -> Section:
    """Return how many mentions are negative, neutral and positive, by outlet and voice."""
    question = "How many mentions are neutral?"
    table = answers.wide(view, ("outlet", "voice"), STANCES)
    if table.empty:
        return Section(question, help=("No mention of the selection has a stance.",))
    pairs = set(zip(table["outlet"], table["voice"], strict=True))
    rows = [(o, v) for o in view.outlets for v in VOICES if (o, v) in pairs]
    return Section(
        question,
        table,
        charts.labels(table, rows=rows, outlet_name=view.outlet, actor=_one(view)),
        "Shares of negative, neutral and positive mentions by outlet and voice",
        key="labels",
        help=("Most mentions in news are neutral; the mean alone would hide how many.",),
        measures=("stance",),
    )


def roles(view: View) -> Section:
    """Return in which share of its mentions the actor acts, is acted on, or neither."""
    question = "Does the actor act, or is it acted on?"
    table = answers.wide(view, ("outlet",), ROLES)
    if table.empty:
        return Section(question, help=("No mention of the selection has a role.",))
    figure = charts.roles(
        table, outlets=_outlets(view, table), outlet_name=view.outlet, actor=_one(view)
    )
    return Section(
        question,
        table,
        figure,
        key="roles",
        alt="Share of mentions in which the actor acts, is acted on, or neither",
        help=(
            *([] if _one(view) else [f"Mentions of {_whom(view)}."]),
            "Acts: subject of an active verb. Is acted on: object, or subject of a passive.",
        ),
        measures=("role",),
    )


def _one(view: View) -> str:
    """Return the selection's actor; empty where it has not one alone."""
    return view.scope.actors[0] if len(view.scope.actors) == 1 else ""


def _whom(view: View) -> str:
    return "the actor" if _one(view) else "the actors of the selection together"


def _outlets(view: View, table: pd.DataFrame) -> list[str]:
    found = set(table["outlet"])
    return [outlet for outlet in view.outlets if outlet in found]


def voices_told(view: View, stance: pd.DataFrame, gaps: pd.DataFrame) -> tuple[str, ...]:
    """Return the outlets' own voice, then quoted speech, in words, as HTML.

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
    return tuple(parts)


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
    counted = "articles" if all(row.articles >= theme.FEW for row in rows) else "mentions"
    return (
        f"highest {said(top)}, lowest {said(low)}: {apart.told}. {words.certainty(gap)}"
        f"{words.left_out(len(rows), len(part), counted)}"
    )


def epithets(view: View) -> Section:
    """Return the words that characterise the actor."""
    question = "With which words?"
    table = view.store.epithets(view.scope)
    if table.empty:
        return Section(question, help=("No epithet of this actor was found in the selection.",))
    printed = table.groupby("outlet", sort=False, observed=True).head(_EPITHETS)
    columns = ["outlet", "text", "relation", "voice", "count", "articles", "valence"]
    return Section(
        question,
        table,
        key="epithets",
        help=("Counts of single words: descriptive.",),
        hints=(
            "A word opens its evidence. ▲ pleasant, ▼ unpleasant, ● neither (valence of the "
            "words).",
        ),
        measures=("epithets",),
        ignores=("kinds",),
        printed=printed.sort_values("outlet", kind="stable")[columns],
        further=Further("Table and downloads", "epithets", table),
    )


_EPITHETS = 14
"""So many words of each outlet are read at once, the commonest."""


def in_cards(view: View, section: Section) -> None:
    """Show the words that characterise the actor, an outlet a column."""
    badges(view, section.key, section.measures)
    cards = []
    by_outlet = theme.grouped(theme.rows(section.table), "outlet")
    for outlet in [o for o in view.outlets if o in by_outlet]:
        listed = "".join(
            f'<li><a href="{_epithet_link(view, r)}" target="_self">{escaped(r.text, 60)}</a> '
            f"<small>{_valence(r.valence)}, {r.count}× in {theme.count(r.articles, 'article')}"
            f"{', quoted' if r.voice == 'quoted' else ''}</small></li>"
            for r in by_outlet[outlet][:_EPITHETS]
        )
        cards.append(
            f'<div class="kz-card"><h3>{escaped(view.outlet(outlet))}</h3><ul>{listed}</ul></div>'
        )
    st.html(f'<div class="kz-cards">{"".join(cards)}</div>')
    note(" ".join([*section.hints, *section.help]))


def _epithet_link(view: View, row: Any) -> str:
    cell = Cell(what="epithets", outlet=row.outlet, actor=row.actor, text=row.text, voice=row.voice)
    query = urlencode({**view.scope.to_query(), **cell.to_query()}, doseq=True)
    return html.escape(f"{navigation.EVIDENCE.path}?{query}", quote=True)


def _valence(value: float) -> str:
    if pd.isna(value) or abs(value) < 0.05:
        return "●"
    return "▲" if value > 0 else "▼"


def over_time(view: View, actor: str) -> Section:
    """Return the actor's stance over time, dates as exact as they are known.

    Args:
        view: the selection, of that actor and perhaps of one voice.
        actor: its id.
    """
    question = "How does it change over time?"
    table, unit, undated = timeline.stance(view)
    if table.empty:
        return Section(question, help=("No article with a date and a score.",))
    figure = charts.in_time(
        table,
        outlet_name=view.outlet,
        styles=view.styles,
        actor=actor,
        voice=voicing.voiced(view),
        unit=unit,
    )
    printed = [c for c in ("outlet", "period", "published", "title", "estimate", "low", "high",
                           "articles", "mentions") if c in table]  # fmt: skip
    return Section(
        question,
        table,
        figure,
        f"Mean stance toward the actor in each {unit}, by date",
        key="time",
        help=tuple(timeline.help_stance(table, unit, undated)),
        measures=("stance",),
        printed=table[printed],
    )


def companions(view: View, actor: str) -> Section:
    """Return who is named in the same sentences."""
    question = "With whom is the actor named?"
    table = view.store.co_mentions(view.scope, actor)
    if table.empty:
        return Section(question, help=("No other actor is named in the same sentences.",))
    others = theme.ordered(table["other"].tolist(), table["together"].tolist())[:12]
    return Section(
        question,
        table,
        charts.companions(table, actors=others, actor_name=view.short, actor=actor),
        "Actors named in the same sentences, by number of sentences",
        key="companions",
        help=("Counts of sentences.",),
        printed=table[table["other"].isin(others)],
    )
