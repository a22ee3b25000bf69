"""Framing: which frames does each outlet reach for?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Framing", "Which angles sentences take, as shares of all sentences, by outlet and by actor."
) as view:
    by_outlet = ui.framing.by_outlet(view)
    if by_outlet.table.empty:
        ui.nothing_found(view, missing=ui.framing.MISSING)
    frames = ui.framing.order(by_outlet.table)
    ui.show(view, by_outlet)

    heading = st.empty()
    found = view.store.frame_actors(view.scope)
    actor = ui.framing.choose_actor(view, found)
    ui.show(view, ui.framing.by_actor(view, found, frames, actor), heading=heading)

    heading = st.empty()
    frame = ui.framing.choose_frame(view, frames)
    ui.show(view, ui.framing.cues(view, frame), heading=heading)
