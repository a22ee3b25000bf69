"""How the outlets of a selection differ: in words, and two of them in charts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from kzdash.charts import theme
from kzdash.report.section import Section, noted, together
from kzdash.ui import outlets, overview
from kzdash.ui.page import View
from kzdash.ui.text import escaped

Pair = tuple[str, str]


def largest(view: View, actors: Sequence[str]) -> Section:
    """Return the largest differences between the outlets, with the size of their effects."""
    section = replace(
        overview.differences(view, actors), question="Where do the outlets differ most?"
    )
    found = zip(section.findings, theme.rows(section.table), strict=True)
    section = replace(section, findings=tuple(f"{said}{_effect(row)}" for said, row in found))
    return noted(
        section,
        "The false-discovery rate q is controlled over the differences of all actors drawn below, "
        "of stance and attention together.",
    )


def _effect(row: object) -> str:
    size, name = getattr(row, "effect", None), getattr(row, "effect_name", "")
    return "" if size is None or pd.isna(size) else f" {escaped(name)} {abs(size):.2f}."


def sections(view: View, pair: Pair, actors: Sequence[str]) -> Iterator[Section]:
    """Yield the gaps between two outlets and the words that set them apart.

    Args:
        view: the selection of both outlets.
        pair: both.
        actors: those to compare.
    """
    stance = outlets.stance_gap(view, pair, actors, view)
    yield _gap(view, pair, stance, "Whom do the two outlets present differently?")
    attention = outlets.attention_gap(view, pair, actors)
    yield _gap(view, pair, attention, "To whom does one of them attend more?")
    yield outlets.vocabulary(view, pair)


def _gap(view: View, pair: Pair, section: Section, question: str) -> Section:
    section = replace(section, question=question)
    if section.table.empty:
        return section
    return noted(
        section, f"{view.outlet(pair[0])} minus {view.outlet(pair[1])}.",
        f"Effect: {section.table['effect_name'].iloc[0]}.", *together(view),
    )  # fmt: skip
