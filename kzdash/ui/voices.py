"""The Voices page's parts: speakers, verbs, own voice against quoted, who about whom."""

import pandas as pd
import streamlit as st

from kzdash.charts import theme
from kzdash.charts import voices as charts
from kzdash.ui import answers
from kzdash.ui.chart import chart, finding, note, table_with_downloads
from kzdash.ui.page import View
from kzdash.ui.text import escaped, plain

_CLASSES = ["neutral", "doubting", "supporting"]


def who(view: View, speakers: pd.DataFrame) -> None:
    """Draw who speaks in which outlet."""
    named = speakers[speakers["speaker"].notna()]
    if named.empty:
        note("No speaker was found in the selection.")
        return
    people = theme.ordered(named["speaker"].tolist(), named["quotes"].tolist())[:16]
    top = named.groupby("outlet", sort=False).head(1)
    parts = [
        f"<b>{escaped(view.actor(r.speaker))}</b> in <b>{escaped(view.outlet(r.outlet))}</b> "
        f"({theme.percent(r.share)} of {theme.count(r.of, 'quotation')})"
        for r in theme.rows(top)
    ]
    finding("Most heard: " + "; ".join(parts) + ".")
    figure = charts.speakers(
        named, people=people, outlets=view.outlets, person_name=view.short,
        outlet_name=view.outlet, styles=view.styles,
    )  # fmt: skip
    chart(
        view, figure, speakers, key="speakers", alt="Who is quoted in which outlet, how often",
        help=["Direct and indirect speech. Hollow: in fewer than five articles."],
    )  # fmt: skip


def verbs(view: View, speakers: pd.DataFrame) -> None:
    """Draw how neutral the reporting verbs are, and list them."""
    sums = speakers.groupby("outlet")[_CLASSES].sum() if len(speakers) else pd.DataFrame()
    sums = sums[sums.sum(axis=1) > 0] if len(sums) else sums
    if sums.empty:
        note("No reporting verb was found in the selection.")
        return
    total = sums.sum(axis=1)
    table = sums.div(total, axis=0).assign(mentions=total)
    found = view.store.verbs(view.scope)
    units = view.store.speaker_units(view.scope)
    table["articles"] = units[units["speaker"].isna()].groupby("outlet")["articles"].sum()
    table = table.reset_index()
    outlets = [o for o in view.outlets if o in set(table["outlet"])]
    most = theme.highest(table, "doubting")
    if most["doubting"] > 0:
        finding(
            f"<b>{escaped(view.outlet(most['outlet']))}</b> doubts most: "
            f"{theme.percent(most['doubting'])} of "
            f"{theme.sample(most['articles'], most['mentions'], 'quotation')} come with a verb "
            "as “claimed”."
        )
    else:
        finding("No outlet introduces speech with a doubting verb.")
    chart(
        view, charts.verbs(table, outlets=outlets, outlet_name=view.outlet), found, key="verbs",
        alt="Share of neutral, doubting and supporting reporting verbs by outlet",
        help=["Neutral: said, told. Doubting: claimed, alleged. Supporting: pointed out, proved."],
    )  # fmt: skip


def own_and_quoted(view: View) -> None:
    """Draw stance in the outlets' own voice beside quoted speech, actor by actor."""
    actors = answers.top_actors(view, 12)
    table = answers.means(view, ("actor", "voice"), "stance", tuple(actors), paired="voice")
    if table.empty:
        note("No mention of the selection has a stance.")
        return
    wide = table.pivot(index="actor", columns="voice", values="estimate")
    if {"own", "quoted"} <= set(wide.columns) and wide.dropna().size:
        gap = (wide["own"] - wide["quoted"]).dropna()
        actor = str(gap.abs().idxmax())
        finding(
            f"Largest gap: <b>{escaped(view.actor(actor))}</b>, "
            f"{theme.signed(theme.value(wide, actor, 'own'))} in the outlets' own voice, "
            f"{theme.signed(theme.value(wide, actor, 'quoted'))} in quoted speech."
        )
    chart(
        view, charts.own_and_quoted(table, actors=actors, actor_name=view.short), table,
        key="own_quoted", alt="Mean stance toward each actor, own voice beside quoted speech",
        help=["All outlets of the selection together; choose one in the filters to see it alone."],
    )  # fmt: skip


def about(view: View) -> None:
    """Show who speaks about whom, and how the actor comes off."""
    table = view.store.said_about(view.scope)
    if table.empty:
        note("No mention in quoted speech has a known speaker.")
        return
    shown = pd.DataFrame(
        {
            "Speaker": [plain(view.actor(s)) for s in table["speaker"]],
            "about": [plain(view.actor(a)) for a in table["actor"]],
            "in": [plain(view.outlet(o)) for o in table["outlet"]],
            "Mentions": table["mentions"],
            "Articles": table["articles"],
            "Mean stance": table["stance"].round(2),
            "Neutral": (100 * table["neutral"]).round(0),
        }
    )
    st.dataframe(
        shown.head(200), hide_index=True, key="said_about", height=420,
        alt="Who speaks about whom, with the mean stance",
        column_config={
            "Mean stance": st.column_config.NumberColumn(format="%+.2f", help="−1 to +1"),
            "Neutral": st.column_config.NumberColumn(format="%d %%", help="Share of neutral"),
        },
    )  # fmt: skip
    with st.expander("Table and downloads"):
        table_with_downloads(view, table, "said_about_all")
