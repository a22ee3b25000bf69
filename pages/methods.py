"""Methods: how is each number measured, how well, and where is it from?"""

from kzdash import ui

with ui.page(
    "Methods", "How each number is measured, how well, what it cannot say, and where it is from."
) as view:
    ui.methods.contents()
    ui.methods.heading("agreement")
    ui.methods.validation(view)

    ui.methods.heading("measures")
    ui.methods.measures(view)

    ui.methods.heading("statistics")
    ui.methods.statistics()

    ui.methods.heading("limits")
    ui.methods.limits()

    ui.methods.heading("outlets")
    ui.methods.outlets(view)

    ui.methods.heading("provenance")
    ui.methods.provenance(view)
