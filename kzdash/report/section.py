"""What the report says of a section beside what its page says."""

from dataclasses import replace

from kzdash.ui.page import View
from kzdash.ui.section import Section

__all__ = ["Section", "noted", "together"]


def noted(section: Section, *lines: str) -> Section:
    """Return a section with further lines of help; one without numbers as it is."""
    return section if section.table.empty else replace(section, help=(*section.help, *lines))


def together(view: View) -> tuple[str, ...]:
    """Return the remark that both voices are in some numbers; empty where the filter has one."""
    if len(view.scope.voices) == 1:
        return ()
    return ("Own and quoted voice together; other charts show them apart.",)
