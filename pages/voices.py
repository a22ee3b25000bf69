"""Voices: who speaks in each outlet, about whom, and how is it introduced?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Voices", "Who is quoted or reported in each outlet, with which verbs, and about whom."
) as view:
    speakers = view.store.speakers(view.scope)
    if speakers.empty and not view.store.glance(view.scope)["mentions"].iloc[0]:
        ui.nothing_found(view)

    st.header("Who speaks?")
    ui.voices.who(view, speakers)

    st.header("How is speech introduced?")
    ui.voices.verbs(view)

    st.header("Do the quoted say what the outlet says?")
    ui.voices.own_and_quoted(view)

    st.header("Who speaks about whom?")
    ui.voices.about(view)
