"""Tables as they are shown: names, heads, decimals."""

import pandas as pd
import pytest

from kzdash.ui import readable

TABLE = pd.DataFrame(
    {"outlet": ["rt", None], "actor": ["a", "Somebody\u202e"], "voice": ["own", "quoted"],
     "estimate": [0.123456, float("nan")], "n": [3.0, float("nan")], "articles": [3, 4],
     "neutral_low": [0.5, 0.25], "other": [0.5, 0.25], "share of pairs": [0.1, 1.0],
     "value": [0.5, 0.25]}
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
    [
        ("estimate", "estimate", "%+.2f"),
        ("n", "number", "%d"),
        ("articles", "articles", None),
        ("neutral_low", "neutral, 95 % from", "%.1f %%"),
        ("other", "other", "%.1f %%"),
        ("share of pairs", "share of pairs", "%.1f %%"),
        ("value", "value", "%.3f"),
    ],
)
def test_columns_have_readable_heads_and_few_decimals(column, head, form):
    shown = readable.columns(TABLE)[column]
    assert shown["label"] == head
    assert shown.get("type_config", {}).get("format") == form


@pytest.mark.parametrize(
    ("table", "column", "texts"),
    [
        pytest.param({"estimate": [0.7868, -0.3, 0.0]}, "estimate", ["+0.79", "−0.30", "0.00"],
                     id="a mean"),
        pytest.param({"estimate": [0.7868, 0.01583, None], "of": [9, 9, 9]}, "estimate",
                     ["78.7\u00a0%", "1.6\u00a0%", "–"], id="a share"),
        pytest.param({"difference": [-0.016, 0.04]}, "difference", ["−0.016", "+0.040"],
                     id="small differences"),
        pytest.param({"difference": [-0.016, 0.4]}, "difference", ["−0.02", "+0.40"],
                     id="differences"),
        pytest.param({"q": [0.0004, 0.0312, None]}, "q", ["<0.001", "0.031", "–"], id="a rate"),
        pytest.param({"n": [3.0, None]}, "n", ["3", "–"], id="whole numbers"),
        pytest.param({"value": [0.8431, -0.1]}, "value", ["0.843", "−0.100"], id="a fraction"),
        pytest.param({"counted": [True, False]}, "counted", ["True", "False"], id="yes and no"),
        pytest.param({"outlet": ["rt", None]}, "outlet", ["rt", "–"], id="words"),
    ],
)  # fmt: skip
def test_values_are_written_alike(table, column, texts):
    table = pd.DataFrame(table)
    assert [readable.written(table)[column](v) for v in table[column].tolist()] == texts


def test_shares_on_a_page_are_in_percent_and_can_be_sorted():
    shown = readable.on_page(Names(), TABLE)
    assert shown["neutral_low"].tolist() == [50.0, 25.0]
    assert shown["value"].tolist() == TABLE["value"].tolist()
    assert shown["outlet"].tolist()[0] == "RT"


def test_a_difference_stands_before_its_pair():
    table = pd.DataFrame(
        {"actor": ["a"], "first": ["rt"], "second": ["b"], "difference": [0.1], "low": [0.0],
         "high": [0.2], "p": [0.5]}
    )  # fmt: skip
    assert list(readable.values(Names(), table)) == [
        "actor",
        "difference",
        "low",
        "high",
        "first",
        "second",
        "p",
    ]
