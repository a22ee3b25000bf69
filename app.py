"""Overview: what is in the corpus, and where do the outlets differ?"""

import streamlit as st

from kzdash import periods, ui
from kzdash.charts import overview

with ui.page(
    "Overview",
    "How do news outlets present the people and states of Kazakhstan's politics? "
    "Every number opens the mentions behind it.",
) as view:
    glance = view.store.glance(view.scope).iloc[0]
    if not glance["mentions"]:
        ui.nothing_found(view)
    actors = ui.answers.top_actors(view)
    named = {"actor_name": view.short, "outlet_name": view.outlet}
    stance, stance_gaps = ui.answers.means_and_differences(
        view, ("outlet", "actor"), "stance", tuple(actors)
    )
    attention, attention_gaps = ui.answers.shares_and_differences(view, "actor", tuple(actors))

    ui.overview.glance(view, glance)
    st.header("The largest differences")
    ui.overview.differences(view, (stance, stance_gaps), (attention, attention_gaps))

    st.header("How is each actor presented?")
    ui.overview.presented(view, actors, stance)

    st.header("Who gets the attention?")
    ui.chart(
        view, overview.attention(attention, actors=actors, styles=view.styles, **named), attention,
        key="attention", alt="Share of each outlet's mentions that goes to each actor",
        help=["An actor's share of all mentions in the outlet, of any actor.", ui.HOLLOW],
        measures=["mentions"],
    )  # fmt: skip

    st.header("When did the articles appear?")
    in_time, unit = ui.timeline.articles(view)
    ui.chart(
        view,
        overview.articles_in_time(
            in_time, outlet_name=view.outlet, styles=view.styles, unit=unit
        ),
        in_time, key="articles", alt=f"Number of articles of each outlet by {unit}",
        help=[periods.RULE],
        ignores=["actors", "voices", "kinds"],
    )  # fmt: skip
    ui.overview.copies(view)
