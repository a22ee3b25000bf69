"""Tables as they are shown: names, heads, decimals."""

import pandas as pd
import pytest

from kzdash.ui import readable

TABLE = pd.DataFrame(
    {"outlet": ["rt", None], "actor": ["a", "Somebody\u202e"], "voice": ["own", "quoted"],
     "estimate": [0.123456, float("nan")], "n": [3.0, float("nan")], "articles": [3, 4],
     "neutral_low": [0.5, 0.25], "other": [0.5, 0.25]}
)  # fmt: skip


class Names:
    """A view that knows one outlet and one actor."""

    def outlet(self, key: str) -> str:
        return {"rt": "RT"}.get(key, key)

    def actor(self, key: str) -> str:
        return {"a": "Ada"}.get(key, key)

    frame = actor


def test_ids_are_shown_as_names_and_the_table_stays():
    before = TABLE.copy()
    shown = readable.values(Names(), TABLE)
    assert shown["outlet"].tolist()[0] == "RT"
    assert pd.isna(shown["outlet"].tolist()[1])
    assert shown["actor"].tolist() == ["Ada", "Somebody"]
    assert shown["voice"].tolist() == ["outlet's own voice", "quoted speech"]
    assert shown["other"].tolist() == [0.5, 0.25]
    pd.testing.assert_frame_equal(TABLE, before)


@pytest.mark.parametrize(
    ("column", "head", "form"),
    [("estimate", "estimate", "%.3f"), ("n", "number", "%d"), ("articles", "articles", None),
     ("neutral_low", "neutral, 95 % from", "%.3f"), ("other", "other", "%.3f")],
)  # fmt: skip
def test_columns_have_readable_heads_and_few_decimals(column, head, form):
    shown = readable.columns(TABLE)[column]
    assert shown["label"] == head
    assert shown.get("type_config", {}).get("format") == form
