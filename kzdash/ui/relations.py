"""The Relations page's parts: balance between actors, kinds by outlet, single relations."""

import html

import pandas as pd
import streamlit as st

from kzdash.charts import relations as charts
from kzdash.charts import theme
from kzdash.schema import RELATION_LABELS
from kzdash.ui import address, cards
from kzdash.ui.chart import chart, finding, note
from kzdash.ui.page import View
from kzdash.ui.text import at_sentence, escaped

_FRIENDLY, _HOSTILE = ("praises", "supports"), ("blames", "attacks")


def balance(view: View, relations: pd.DataFrame) -> None:
    """Draw friendly against hostile relations between the busiest actors."""
    table = _balance(relations)
    total = table["kind"] + table["hostile"]
    sources = theme.ordered(table["source"].tolist(), total.tolist())[:12]
    targets = theme.ordered(table["target"].tolist(), total.tolist())[:7]
    top = theme.highest(table.assign(total=total), "total")
    finding(
        f"Most told: <b>{escaped(view.actor(top['source']))}</b> toward "
        f"<b>{escaped(view.actor(top['target']))}</b>, "
        f"{theme.count(top['kind'], 'time')} friendly, "
        f"{theme.count(top['hostile'], 'time')} hostile, in "
        f"{theme.count(top['articles'], 'article')}"
        f"{' (descriptive)' if top['articles'] < theme.FEW else ''}."
    )
    figure = charts.balance(table, sources=sources, targets=targets, actor_name=view.short)
    chart(
        view, figure, relations, key="relations", wide=True,
        alt="Friendly and hostile relations from the actors on the lines to those on the columns",
        help=["Read a line first: the actor there praises, supports, blames or attacks the one "
              "above. Orange: mostly hostile; purple: mostly friendly. Hollow: fewer than five "
              "articles. The outlet's account, not the fact."],
    )  # fmt: skip


def _balance(relations: pd.DataFrame) -> pd.DataFrame:
    counted = relations.assign(
        kind=relations["count"].where(relations["label"].isin(_FRIENDLY), 0),
        hostile=relations["count"].where(relations["label"].isin(_HOSTILE), 0),
    )
    table = counted.groupby(["source", "target"], as_index=False)[
        ["kind", "hostile", "articles"]
    ].sum()
    return table.astype({"kind": "int64", "hostile": "int64"})


def kinds(view: View, relations: pd.DataFrame) -> None:
    """Draw each outlet's mix of relations, and own voice beside quoted."""
    sums = relations.pivot_table(
        index="outlet", columns="label", values="count", aggfunc="sum", fill_value=0
    ).reindex(columns=list(RELATION_LABELS), fill_value=0)
    total = sums.sum(axis=1)
    table = sums.div(total, axis=0).assign(mentions=total)
    table["articles"] = view.store.relation_articles(view.scope).set_index("outlet")["articles"]
    table["own"] = relations.groupby("outlet")["own"].sum() / total
    table = table.reset_index()
    outlets = [o for o in view.outlets if o in set(table["outlet"])]
    figure = charts.by_outlet(table, outlets=outlets, outlet_name=view.outlet)
    own = "; ".join(f"{view.outlet(r.outlet)} {theme.percent(r.own)}" for r in theme.rows(table))
    chart(
        view, figure, table, key="kinds", alt="Mix of relations told by each outlet",
        help=[f"Told in the outlet's own voice, the rest in quoted speech: {own}."],
    )  # fmt: skip


def sentences(view: View, relations: pd.DataFrame) -> None:
    """List single relations, the surest first, each with the way to read it."""
    kind = address.choice(
        "Relation", "relation", ["all", *RELATION_LABELS], flat=True,
        name=lambda label: label.capitalize(),
    )  # fmt: skip
    found = view.store.relation_evidence(
        view.scope, label=None if kind == "all" else kind, limit=15
    )
    if found.empty:
        note("None in this selection.")
        return
    st.html("".join(_card(view, row) for row in theme.records(found)))
    note(f"The {len(found)} surest of {theme.count(relations['count'].sum(), 'relation')}.")


def _card(view: View, row: dict[str, object]) -> str:
    start, end = cards.value(row["fragment_start"]), cards.value(row["fragment_end"])
    url = at_sentence(row["url"], start, end)
    link = (
        f'<a href="{html.escape(url, quote=True)}" target="_blank" '
        f'rel="noopener noreferrer nofollow">Read at the publisher</a>'
        if url
        else ""
    )
    tone = "positive" if row["label"] in _FRIENDLY else "negative"
    text = cards.value(row["sentence"])
    quote = f"<blockquote>{html.escape(str(text))}</blockquote>" if text else ""
    verb = cards.value(row["verb"])
    day = escaped(cards.value(row["published"]) or "no date")
    return (
        f'<article class="kz-mention {tone}"><p class="kz-head">'
        f"<b>{escaped(view.actor(str(row['source'])))}</b> {escaped(row['label'])} "
        f"<b>{escaped(view.actor(str(row['target'])))}</b>"
        f"{f' (“{escaped(verb, 40)}”)' if verb else ''} · "
        f"{escaped(view.outlet(str(row['outlet'])))} · {day}</p>{quote}"
        f'<p class="kz-facts">{escaped(theme.VOICE_NAMES.get(str(row["voice"]), row["voice"]))}; '
        f"score {theme.percent(float(str(row['score'])))}. {link}</p></article>"
    )
