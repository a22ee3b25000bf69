"""Outlets: where do two outlets differ, and what does each leave out?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Outlets", "Two outlets side by side: whom they attend to, how they present them, their words."
) as view:
    ui.outlets.facts(view)
    pair = ui.outlets.choose_pair(view)
    if pair is None or not ui.answers.top_actors(view, 1):
        ui.nothing_found(view)
    whole, both = ui.outlets.comparing(view, pair), ui.outlets.of_pair(view, pair)
    actors = ui.answers.top_actors(both)

    st.header("Who is presented differently?")
    ui.outlets.stance_gap(both, pair, actors)

    st.header("Who gets more attention?")
    ui.outlets.attention_gap(both, pair, actors)

    st.header("Which frames differ?")
    ui.outlets.frame_gap(both, pair)

    st.header("Which words set them apart?")
    ui.outlets.vocabulary(whole, pair)

    st.header("Who is left out?")
    ui.outlets.left_out(whole, pair, actors)
