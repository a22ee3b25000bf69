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
    words,
)
from kzdash.ui.chart import HOLLOW, chart, finding, note, table_with_downloads
from kzdash.ui.page import View, finish, nothing_found, page

__all__ = [
    "HOLLOW",
    "View",
    "actor",
    "address",
    "answers",
    "cards",
    "chart",
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
    "table_with_downloads",
    "text",
    "voices",
    "words",
]
