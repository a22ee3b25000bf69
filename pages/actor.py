"""Actor: how is one actor presented, outlet by outlet?"""

import streamlit as st

from kzdash import ui
from kzdash.charts import actor as charts
from kzdash.schema import ROLES, STANCES, VOICES

with ui.page(
    "Actor",
    "One actor across outlets: how it is presented, in whose voice, in which role, "
    "with which words.",
) as view:
    view, actor = ui.actor.choose(view)
    stance, gaps = ui.answers.means_and_differences(
        view, ("outlet", "voice"), "stance", paired="voice"
    )
    if stance.empty:
        ui.nothing_found(view, ["actors"], ui.actor.MISSING)
    sentiment = ui.answers.both_voices(view, "sentiment")
    outlets = [o for o in view.outlets if o in set(stance["outlet"])]
    drawn = {"outlets": outlets, "outlet_name": view.outlet, "actor": actor}

    st.header("How is the actor presented?")
    ui.finding(ui.actor.finding(view, stance, gaps))
    both = ui.actor.measured(stance, sentiment)
    ui.chart(
        view, charts.stance_and_sentiment(both, **drawn), both, key="voices",
        alt="Mean stance and sentiment by outlet, own voice and quoted speech apart",
        help=ui.actor.HELP, measures=["stance", "sentiment"],
    )  # fmt: skip

    labels = ui.answers.wide(view, ("outlet", "voice"), STANCES)
    rows = [(o, v) for o in outlets for v in VOICES if (o, v) in
            set(zip(labels["outlet"], labels["voice"], strict=True))]  # fmt: skip
    ui.chart(
        view, charts.labels(labels, rows=rows, outlet_name=view.outlet, actor=actor), labels,
        key="labels", alt="Shares of negative, neutral and positive mentions by outlet and voice",
        help=["Most mentions in news are neutral; the mean alone would hide how many.",
              ui.HOLLOW],
        measures=["stance"],
    )  # fmt: skip

    st.header("Does the actor act, or is it acted on?")
    roles = ui.answers.wide(view, ("outlet",), ROLES)
    ui.chart(
        view, charts.roles(roles, **drawn), roles, key="roles",
        alt="Share of mentions in which the actor acts, is acted on, or neither",
        help=["Acts: subject of an active verb. Is acted on: object, or subject of a passive.",
              ui.HOLLOW],
        measures=["role"],
    )  # fmt: skip

    st.header("With which words?")
    ui.actor.epithets(view)

    st.header("How does it change over time?")
    ui.actor.over_time(view, actor)

    st.header("With whom is the actor named?")
    ui.actor.companions(view, actor)
