"""Evidence: which mentions are behind a number, and where can they be read?"""

import streamlit as st

from kzdash import ui
from kzdash.store import ORDERS

with ui.page(
    "Evidence", "Every mention behind a number: who, where, how presented, and where to read it."
) as view:
    mention = ui.address.one("open")
    if mention and ui.evidence.open_mention(view, mention):
        ui.finish(view)
        st.stop()

    cell = ui.evidence.chosen_cell(view)
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    with left:
        order = ui.address.choice(
            "Order", "order", list(ORDERS), name=ui.evidence.ORDER_NAMES.__getitem__,
            help="In random order the first mentions are a fair sample. The same link repeats it.",
        )  # fmt: skip
    with middle:
        cell = ui.evidence.choose_label(cell)
    seed = ui.evidence.shuffle(right, order)

    size = view.store.evidence_count(view.scope, cell).iloc[0]
    if not size["mentions"]:
        ui.nothing_found(view)
    page = ui.evidence.pager(int(size["mentions"]))
    ui.note(
        f"{size['mentions']:,} mentions in {size['articles']:,} articles; "
        f"shown: {page.first + 1:,} to {min(page.first + page.size, size['mentions']):,}."
    )
    if not view.store.has_texts:
        ui.note(
            "The sentences are not shown: the articles belong to their publishers, and this copy "
            "of the dashboard holds facts about them only. Each link opens the sentence there."
        )
    rows = view.store.evidence(
        view.scope, cell, order=order, seed=seed, offset=page.first, limit=page.size
    )
    ui.evidence.listing(view, rows)
    ui.evidence.page_buttons(page)
    with st.expander("Table and downloads"):
        table = view.store.evidence(view.scope, cell, order=order, seed=seed, limit=500)
        ui.table_with_downloads(view, table.drop(columns="sentence"), "evidence")
        st.caption("At most 500 mentions, in the order above.")
