"""Evidence: which mentions are behind a number, and where can they be read?"""

import streamlit as st

from kzdash import ui

with ui.page(
    "Evidence", "What is behind a number: who, where, how presented, why, and where to read it."
) as view:
    mention = ui.address.one("open")
    if mention and ui.evidence.open_mention(view, mention):
        ui.finish(view)
        st.stop()

    cell = ui.evidence.chosen_cell(view)
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    with left:
        order = ui.address.choice(
            "Order",
            "order",
            ui.evidence.orders(cell),
            name=ui.evidence.ORDER_NAMES.__getitem__,
            help="In random order the first ones are a fair sample. The same link repeats it.",
        )
    with middle:
        cell = ui.evidence.choose_label(cell)
    seed = ui.evidence.shuffle(right, order)

    total, articles, noun = ui.evidence.count(view, cell)
    if not total:
        ui.evidence.nothing(view, cell)
    if said := ui.evidence.headline(view, cell, total, noun):
        ui.finding(said)
    page = ui.evidence.pager(total)
    ui.note(ui.evidence.shown(page, total, articles, noun))
    if cell.what in ("sentences", "cues") or cell.frame:
        ui.note(ui.evidence.ABOUT_FRAMES)
    if not view.store.has_texts:
        ui.note(
            "The sentences are not shown: the articles belong to their publishers, and this copy "
            "of the dashboard holds facts about them only. Each link opens the sentence there."
        )
    rows = ui.evidence.ask(view, cell, order, seed, page.first, page.size)
    ui.evidence.listing(view, rows, cell)
    ui.evidence.page_buttons(page)
    with st.expander("Table and downloads"):
        ui.table_with_downloads(
            view,
            ui.evidence.for_table(rows),
            "evidence",
            whole=lambda: ui.evidence.for_table(ui.evidence.ask(view, cell, order, seed, 0, 500)),
        )
        st.caption(f"The page above; the downloads hold the first {min(total, 500)} {noun}s.")
