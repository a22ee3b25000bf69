"""How the outlets of a selection differ: in words, and two of them in charts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from kzdash.charts import theme
from kzdash.report.section import Section, noted, together
from kzdash.ui import outlets, words
from kzdash.ui.page import View
from kzdash.ui.text import escaped

Pair = tuple[str, str]

_GAP = ("actor", "difference", "low", "high", "p", "q", "effect", "articles_first",
        "articles_second", "mentions_first", "mentions_second")  # fmt: skip


def largest(view: View, stance: words.Found, attention: words.Found) -> Section:
    """Return the largest differences between the outlets, in words and numbers.

    Args:
        view: the selection.
        stance: estimates by ``outlet, actor``, and their differences.
        attention: likewise.
    """
    both = words.together(stance[1], attention[1])
    found = words.largest_differences(both)
    question = "Where do the outlets differ most?"
    if found.empty:
        return Section(question, help=(words.NOTHING,))
    values = {"stance": theme.rows(stance[0]), "attention": theme.rows(attention[0])}
    said = tuple(
        f"{words.difference(view, row, values[row.measure])}{_effect(row)}"
        for row in theme.rows(found)
    )
    columns = ["measure", "first", "second", *_GAP]
    return Section(
        question, found[columns], findings=said,
        help=("The false-discovery rate q is controlled over the differences of all actors drawn "
              "below, of stance and attention together.", *words.remarks(view, both)),
        measures=words.MEASURES,
    )  # fmt: skip


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
