"""Small tables, names and styles for the charts."""

import pandas as pd
import pytest

from kzdash.charts import theme

NAMES = {"rt": "RT", "eurasianet": "Eurasianet", "a": "Ada <b>", "b": "Bo"}


@pytest.fixture
def name():
    """An id in words."""
    return lambda key: NAMES.get(key, key)


@pytest.fixture
def styles():
    return theme.outlet_styles(["rt", "eurasianet"])


@pytest.fixture
def estimates():
    """A solid cell, a small one, one of a single article, and one without a value."""
    return pd.DataFrame(
        {
            "outlet": ["rt", "rt", "eurasianet", "eurasianet"],
            "actor": ["a", "b", "a", "b"],
            "estimate": [0.4, -0.3, 0.1, None],
            "low": [0.2, -0.6, None, None],
            "high": [0.6, 0.1, None, None],
            "articles": [12, 3, 1, 2],
            "mentions": [40, 9, 2, 2],
            "neutral": [0.58, 0.7, 1.0, None],
        }
    )
