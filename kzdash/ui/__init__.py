"""The parts of a page: its frame, its filters, charts with what is behind them, evidence."""

from kzdash.ui import (
    actor,
    address,
    answers,
    cards,
    evidence,
    filters,
    framing,
    methods,
    navigation,
    outlets,
    overview,
    relations,
    text,
    voices,
    voicing,
    words,
)
from kzdash.ui.chart import finding, note, table_with_downloads
from kzdash.ui.empty import nothing_found
from kzdash.ui.page import View, finish, page
from kzdash.ui.section import body, show

__all__ = [
    "View",
    "actor",
    "address",
    "answers",
    "body",
    "cards",
    "evidence",
    "filters",
    "finding",
    "finish",
    "framing",
    "methods",
    "navigation",
    "note",
    "nothing_found",
    "outlets",
    "overview",
    "page",
    "relations",
    "show",
    "table_with_downloads",
    "text",
    "voices",
    "voicing",
    "words",
]
