"""Relations: who praises, supports, blames or attacks whom, as the outlets tell it?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Relations", "Who praises, supports, blames or attacks whom, as each outlet tells it."
) as view:
    balance = ui.relations.balance(view)
    if balance.table.empty:
        ui.nothing_found(view, missing=ui.relations.MISSING)
    ui.show(view, balance)
    ui.show(view, ui.relations.kinds(view))

    st.header("Where is it said?")
    ui.relations.sentences(view)
