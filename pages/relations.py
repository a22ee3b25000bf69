"""Relations: who praises, supports, blames or attacks whom, as the outlets tell it?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Relations", "Who praises, supports, blames or attacks whom, as each outlet tells it."
) as view:
    voices = view.store.relation_voices(view.scope)
    if voices.empty:
        ui.nothing_found(view, missing=ui.relations.MISSING)

    st.header("Who is for or against whom?")
    ui.relations.balance(view)

    st.header("Which kinds of relation does each outlet tell?")
    ui.relations.kinds(view, voices)

    st.header("Where is it said?")
    ui.relations.sentences(view)
