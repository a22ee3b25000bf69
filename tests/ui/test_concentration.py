"""The remark that one article holds most of an outlet's mentions."""

from types import SimpleNamespace

import pandas as pd
import pytest

from kzdash.scope import Scope
from kzdash.ui import concentration

ONE = (
    "One article holds 62\xa0% of the mentions in Daily: its shares and means rest mostly on that "
    "article."
)
TWO = (
    "One article each holds 70\xa0% of the mentions in Post and 50\xa0% of those in Daily: their "
    "shares and means rest mostly on it."
)
FIVE = (
    "One article each holds 90\xa0% of the mentions in A, 80\xa0% of those in B, 70\xa0% of those "
    "in C and half or more in 2 other outlets: their shares and means rest mostly on it."
)


def said(*rows):
    table = pd.DataFrame(rows, columns=["outlet", "articles", "mentions", "fullest"])
    store = SimpleNamespace(fullest_articles=lambda scope: table)
    return concentration.said(store, Scope(), str.title)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        pytest.param([("daily", 9, 100, 62), ("post", 9, 100, 49)], ONE, id="one outlet"),
        pytest.param([("daily", 3, 10, 5), ("post", 8, 10, 7)], TWO, id="the largest share first"),
        pytest.param(
            [(o, 5, 10, n) for o, n in zip("abcde", (9, 8, 7, 6, 5), strict=True)], FIVE, id="many"
        ),
        pytest.param([("daily", 9, 100, 49)], "", id="less than half"),
        pytest.param([("daily", 1, 9, 9), ("post", 2, 9, 7)], "", id="of two one always has half"),
        pytest.param([], "", id="no mention"),
    ],
)
def test_an_outlet_that_rests_on_one_article_is_named(rows, text):
    assert said(*rows) == text
