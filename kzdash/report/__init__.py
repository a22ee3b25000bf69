"""A selection as one printable HTML page that needs nothing from outside.

The same charts, findings and numbers as the dashboard's, with notes on method: `contents` says
what stands in it, `page` writes it.
"""

from kzdash.report.contents import sections
from kzdash.report.page import report
from kzdash.ui.section import Section

__all__ = ["Section", "report", "sections"]
