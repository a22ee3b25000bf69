"""Outlets: where do two outlets differ, and what does each leave out?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Outlets", "Two outlets side by side: whom they attend to, how they present them, their words."
) as view:
    ui.outlets.facts(view)
    pair = ui.outlets.choose_pair(view)
    if not ui.answers.top_actors(view, 1):
        ui.nothing_found(view)
    if pair is None:
        ui.finish(view)
        st.stop()
    whole, both = ui.outlets.comparing(view, pair), ui.outlets.of_pair(view, pair)
    actors = ui.answers.top_actors(both)

    heading = st.empty()
    told, _ = ui.voicing.choose(both)
    ui.show(told, ui.outlets.stance_gap(both, pair, actors, told), heading=heading)
    ui.show(both, ui.outlets.attention_gap(both, pair, actors))
    ui.show(both, ui.outlets.frame_gap(both, pair))
    ui.show(whole, ui.outlets.vocabulary(whole, pair))
    ui.show(whole, ui.outlets.left_out(whole, pair, actors))
