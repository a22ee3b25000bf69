"""Methods: how is each number measured, how well, and where is it from?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Methods", "How each number is measured, how well, what it cannot say, and where it is from."
) as view:
    st.header("How well do the measures agree with labels?")
    ui.methods.validation(view)

    st.header("How does each measure work?")
    ui.methods.measures(view)

    st.header("How are the numbers made?")
    ui.methods.statistics()

    st.header("What can the numbers not say?")
    ui.methods.limits()

    st.header("Who are the outlets?")
    ui.methods.outlets(view)

    st.header("Where are the tables from?")
    ui.methods.provenance(view)
