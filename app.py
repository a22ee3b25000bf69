"""Overview: what is in the corpus, and where do the outlets differ?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Overview",
    "How do news outlets present the people and states of Kazakhstan's politics? "
    "Every number opens the mentions behind it.",
) as view:
    glance = view.store.glance(view.scope).iloc[0]
    ui.overview.glance(view, glance)
    if not glance["mentions"]:
        ui.nothing_found(view)
    actors = ui.answers.top_actors(view)
    ui.show(view, ui.overview.differences(view, actors), ui.overview.in_columns)

    heading = st.empty()
    told, voice = ui.voicing.choose(view, apart=True)
    ui.show(told, ui.overview.presented(told, actors, voice), heading=heading)

    ui.show(view, ui.overview.attention(view, actors))
    ui.show(view, ui.overview.outlets(view), ui.overview.tabled)
    ui.show(view, ui.overview.articles(view))
    if glance["articles"] <= ui.overview.FEW_ARTICLES:
        ui.show(view, ui.overview.named(view), ui.overview.listed)
    copies = ui.overview.copies(view)
    if not copies.table.empty:
        ui.show(view, copies, ui.overview.listed)
