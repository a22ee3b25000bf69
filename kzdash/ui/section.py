"""A part of a page: built once, then drawn on the page and printed in the report."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kzdash.charts.draft import Drawn
from kzdash.ui.chart import chart, finding, note, table_with_downloads
from kzdash.ui.page import View


@dataclass(frozen=True)
class Further:
    """One more table of a section, behind a button of its page; a report goes without.

    Attributes:
        title: what the button says.
        key: the table's name on the page.
        table: what is shown.
        whole: gives what to download, where that is more.
    """

    title: str
    key: str
    table: pd.DataFrame
    whole: Callable[[], pd.DataFrame] | None = None


@dataclass(frozen=True)
class Section:
    """A question, and what answers it.

    Attributes:
        question: its heading; plain text.
        table: the numbers; empty where there are none, and ``help`` then says so.
        figure: the chart of these numbers; None where words or the table say it.
        alt: what the chart shows; plain text.
        key: its name on the page: lower case, unique.
        findings: in words; HTML made of escaped parts.
        help: how to read it; plain text.
        hints: what can be done with it on a page; plain text, goes before ``help``.
        measures: what it measures (keys of `kzdash.ui.validity.NAMES`), for the badges.
        ignores: filters that do not narrow these numbers (fields of `kzdash.scope.Scope`).
        printed: what of the table a report prints; None for all of it.
        further: one more table for the page.
    """

    question: str
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    figure: Drawn | None = None
    alt: str = ""
    key: str = ""
    findings: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    printed: pd.DataFrame | None = None
    further: Further | None = None

    @property
    def in_print(self) -> pd.DataFrame:
        """The numbers that a report prints."""
        return self.table if self.printed is None else self.printed


Draw = Callable[[View, Section], None]


def show(
    view: View, section: Section, draw: Draw | None = None, heading: DeltaGenerator | None = None
) -> None:
    """Draw a section under its heading.

    Args:
        view: the page's view, narrowed as the section's numbers are.
        section: what to draw.
        draw: draws one that has numbers, where it is not a chart.
        heading: the place of the heading, where a choice stands between both.
    """
    (heading or st).header(section.question)
    body(view, section, draw)


def body(view: View, section: Section, draw: Draw | None = None) -> None:
    """Draw what stands below a section's heading; arguments as for `show`."""
    if section.table.empty:
        note(" ".join(section.help))
        return
    (draw or _chart)(view, section)
    if more := section.further:
        with st.expander(more.title):
            said = view.ignoring(section.ignores)
            table_with_downloads(said, more.table, more.key, whole=more.whole)


def _chart(view: View, section: Section) -> None:
    for said in section.findings:
        finding(said)
    if section.figure is not None:
        chart(
            view,
            section.figure,
            section.table,
            key=section.key,
            alt=section.alt,
            help=[*section.hints, *section.help],
            measures=section.measures,
            ignores=section.ignores,
        )
