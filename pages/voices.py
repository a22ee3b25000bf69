"""Voices: who speaks in each outlet, about whom, and how is it introduced?"""

from kzdash import ui

with ui.page(
    "Voices", "Who is quoted or reported in each outlet, with which verbs, and about whom."
) as view:
    speakers = view.store.speakers(view.scope)
    if speakers.empty and not view.store.glance(view.scope)["mentions"].iloc[0]:
        ui.nothing_found(view)

    ui.show(view, ui.voices.speakers(view, speakers))
    ui.show(view, ui.voices.verbs(view))
    ui.show(view, ui.voices.own_and_quoted(view))
    ui.show(view, ui.voices.about(view), ui.voices.lines)
