"""Framing: which frames does each outlet reach for?"""

import streamlit as st

from kzdash import ui
from kzdash.charts import framing

with ui.page(
    "Framing", "Which angles sentences take, as shares of all sentences, by outlet and by actor."
) as view:
    table = ui.answers.shares(view, "frame")
    if table.empty:
        ui.nothing_found(view, missing=ui.framing.MISSING)
    frames = ui.framing.order(table)
    named = {"frame_name": view.frame, "outlet_name": view.outlet, "styles": view.styles}

    st.header("Which frames does each outlet use?")
    ui.finding(ui.framing.leading(view, table))
    ui.chart(
        view, framing.by_outlet(table, frames=frames, **named), table, key="frames",
        alt="Share of each outlet's sentences with each frame",
        help=["A sentence may have several frames or none, so shares do not add up to 100 %.",
              ui.HOLLOW],
        measures=["frames"],
    )  # fmt: skip

    st.header("Which frames surround each actor?")
    ui.framing.by_actor(view, frames)

    st.header("Which words cue a frame?")
    ui.framing.cues(view, frames)
