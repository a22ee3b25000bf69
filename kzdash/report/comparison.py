"""How the outlets of a selection differ: in words, and two of them in charts."""

from collections.abc import Iterator, Sequence

import pandas as pd

from kzdash.charts import outlets as charts
from kzdash.charts import theme
from kzdash.report.section import Section, together, voiced
from kzdash.ui import answers, words
from kzdash.ui.chart import HOLLOW
from kzdash.ui.outlets import GAP_HELP, gap_words, gaps
from kzdash.ui.page import View
from kzdash.ui.text import escaped

Pair = tuple[str, str]

_GAP = ("actor", "difference", "low", "high", "p", "q", "effect", "articles_first",
        "articles_second", "mentions_first", "mentions_second")  # fmt: skip
_UNTOUCHED = ("actors", "voices", "kinds")
"""Filters of mentions, which do not narrow the words of articles."""


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
    found = gaps(view, pair, actors, view)
    for measure, question in (
        ("stance", "Whom do the two outlets present differently?"),
        ("attention", "To whom does one of them attend more?"),
    ):
        values, table = found[measure]
        if table.empty:
            yield Section(question, help=("No actor of the selection is in both outlets.",))
            continue
        yield Section(
            question, table[list(_GAP)],
            charts.gaps(table, first=pair[0], second=pair[1], actor_name=view.short,
                        outlet_name=view.outlet, measure=measure, voice=voiced(view)),
            f"Difference in {measure} between the two outlets, for each actor",
            findings=(gap_words(view, values, table),),
            help=(f"{view.outlet(pair[0])} minus {view.outlet(pair[1])}.", GAP_HELP,
                  f"Effect: {table['effect_name'].iloc[0]}.", *together(view)),
            measures=("stance" if measure == "stance" else "mentions",),
        )  # fmt: skip
    yield _vocabulary(view, pair)


def _vocabulary(view: View, pair: Pair) -> Section:
    question = "Which words set them apart?"
    table = answers.vocabulary(view, pair)
    if table.empty:
        return Section(question, help=("One of the outlets has no words in the selection.",))
    return Section(
        question, table,
        charts.words(table, first=pair[0], second=pair[1], outlet_name=view.outlet,
                     styles=view.styles),
        "Words most distinctive of either outlet",
        help=("Beside a mark: how often in the one and in the other. A word's topic counts too: "
              "what an article is about decides its words as much as its stance.",
              "A word's interval takes its uses as independent, which makes it too narrow.",
              HOLLOW),
        ignores=_UNTOUCHED,
    )  # fmt: skip
