"""A part of the report: a question, and what answers it."""

from dataclasses import dataclass, field

import pandas as pd

from kzdash.charts.draft import Drawn
from kzdash.ui.page import View


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Attributes:
        question: its heading; plain text.
        table: the numbers; empty where there are none to show.
        figure: the chart of these numbers; None where words or the table say it.
        alt: what the chart shows; plain text.
        findings: in words; HTML made of escaped parts.
        help: how to read it; plain text.
        measures: what it measures (keys of `kzdash.ui.validity.NAMES`), for the badges.
        ignores: filters that do not narrow these numbers (fields of `kzdash.scope.Scope`).
    """

    question: str
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    figure: Drawn | None = None
    alt: str = ""
    findings: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()


def together(view: View) -> tuple[str, ...]:
    """Return the remark that both voices are in some numbers; empty where the filter has one."""
    if len(view.scope.voices) == 1:
        return ()
    return ("Own and quoted voice together; other charts show them apart.",)


def voiced(view: View) -> str:
    """Return which voices a selection has: a key of `kzdash.charts.marks.VOICED`."""
    return view.scope.voices[0] if len(view.scope.voices) == 1 else "together"
