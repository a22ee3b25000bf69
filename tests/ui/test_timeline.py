"""How stance over time is explained."""

import pandas as pd
import pytest

from kzdash.ui import timeline


@pytest.mark.parametrize(
    ("unit", "last", "explained"),
    [
        pytest.param("article", "2024-03-31", True, id="an article of some day of a month"),
        pytest.param("article", "2024-03-01", False, id="an article of a known day"),
        pytest.param("month", "2024-12-31", True, id="articles of some month"),
        pytest.param("year", "2024-12-31", False, id="years, which span all marks alike"),
    ],
)
def test_a_bar_across_is_explained_where_one_is_drawn(unit, last, explained):
    table = pd.DataFrame({"first": ["2024-03-01"], "last": [last]})
    lines = timeline.help_stance(table, unit, undated=0)
    assert any(line.startswith("A bar across") for line in lines) == explained
