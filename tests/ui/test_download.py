"""Tables to take away."""

import io
import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

from kzdash.ui.download import as_csv, as_parquet, cell

HEADER = {"filters": "RT, Eurasianet; all dates", "build": "abc"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("=HYPERLINK(1)", "'=HYPERLINK(1)", id="formula"),
        pytest.param("  @SUM(1)", "'  @SUM(1)", id="formula after spaces"),
        pytest.param("\t=1", "'\t=1", id="formula after a tab"),
        pytest.param("-2+3", "'-2+3", id="text that begins with minus"),
        pytest.param("|cmd", "'|cmd", id="pipe"),
        pytest.param("Tokayev", "Tokayev", id="text"),
        pytest.param("a=b", "a=b", id="sign inside"),
        pytest.param(-0.25, -0.25, id="number"),
        pytest.param(None, "", id="undefined"),
        pytest.param(float("nan"), "", id="not a number"),
        pytest.param(["=a", "b"], "'=a; b", id="list"),
    ],
)
def test_cells_are_never_formulas(value, written):
    assert cell(value) == written


def test_csv_reads_back_and_states_what_it_is():
    table = pd.DataFrame({"outlet": ["rt", "=x"], "stance": [-0.25, None], "=n": [1, 2]})
    data = as_csv(table, HEADER).decode("utf-8-sig")
    assert data.splitlines()[:2] == ["# filters: RT; Eurasianet; all dates", "# build: abc"]
    back = pd.read_csv(io.StringIO(data), comment="#")
    assert back.columns.tolist() == ["outlet", "stance", "'=n"]
    assert back["outlet"].tolist() == ["rt", "'=x"]
    assert back["stance"].isna().tolist() == [False, True]


def test_parquet_reads_back_and_states_what_it_is():
    table = pd.DataFrame({"outlet": ["rt"], "stance": [-0.25], "cues": [["grim", "bleak"]]})
    arrow = pq.read_table(io.BytesIO(as_parquet(table, HEADER)))
    assert json.loads(arrow.schema.metadata[b"kzdash"]) == HEADER
    assert arrow.to_pylist() == [{"outlet": "rt", "stance": -0.25, "cues": ["grim", "bleak"]}]
