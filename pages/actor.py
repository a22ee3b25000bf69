"""Actor: how is one actor presented, outlet by outlet?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Actor",
    "One actor across outlets: how it is presented, in whose voice, in which role, "
    "with which words.",
) as view:
    view, actor = ui.actor.choose(view)
    presented = ui.actor.presented(view)
    if presented.table.empty:
        ui.nothing_found(view, ["actors"], ui.actor.MISSING)
    ui.show(view, presented)
    ui.body(view, ui.actor.labels(view))
    ui.show(view, ui.actor.roles(view))
    ui.show(view, ui.actor.epithets(view), ui.actor.in_cards)

    heading = st.empty()
    told, _ = ui.voicing.choose(view)
    ui.show(told, ui.actor.over_time(told, actor), heading=heading)

    ui.show(view, ui.actor.companions(view, actor))
