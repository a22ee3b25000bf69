"""Plotly knows every property that a chart sets: the dashboard itself does not check them."""

import inspect
import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from kzdash.charts import actor, framing, methods, outlets, overview, relations, theme, voices
from kzdash.charts.draft import Draft, Drawn

MODULES = (actor, framing, methods, outlets, overview, relations, voices)
CHARTS = [
    pytest.param(draw, id=f"{module.__name__.rsplit('.', 1)[-1]}.{name}")
    for module in MODULES
    for name, draw in inspect.getmembers(module, inspect.isfunction)
    if draw.__module__ == module.__name__ and inspect.signature(draw).return_annotation is Drawn
    if not name.startswith("_")
]
ESTIMATES = {
    "estimate": [0.4, -0.3], "difference": [0.4, -0.3], "value": [0.4, 0.3], "z": [2.0, -3.0],
    "log_odds": [1.0, -2.0], "low": [0.2, None], "high": [0.6, None], "q": [0.01, None],
    "neutral_first": [0.5, 1.0], "neutral_second": [0.25, 0.0],
}  # fmt: skip
COUNTS = {
    name: [12, 1]
    for name in ("articles", "mentions", "count", "together", "n", "count_first", "count_second",
                 "articles_first", "articles_second", *relations.LABELS)
}  # fmt: skip
SHARES = {
    f"{part}{end}": [0.3, None if end else 0.2]
    for part in (*theme.STANCE, *theme.ROLE_NAMES, *voices.VERB_CLASSES)
    for end in ("", "_low", "_high")
}
BOUNDS = {f"{part}_{end}": [0.1, None] for part in relations.LABELS for end in ("low", "high")}
NAMES = {
    "outlet": ["rt", "eurasianet"], "actor": ["a", "b"],
    "source": ["a", "b"], "target": ["b", "a"], "speaker": ["a", "b"], "frame": ["f", "g"],
    "cue": ["c", "d"], "lemma": ["c", "d"], "pos": ["ADJ", "NOUN"], "voice": ["own", "quoted"],
    "data": ["d", "d"], "metric": ["F1", "accuracy"], "method": ["kzdash", "VADER"],
    "period": ["2022-01", "2021"], "first": ["2022-01-01", "2021-01-01"],
    "last": ["2022-01-31", "2021-12-31"],
}  # fmt: skip
OTHERS = {actor.companions: {"other": ["a", "b"]}}
TABLE = pd.DataFrame({**NAMES, **ESTIMATES, **COUNTS, **SHARES, **BOUNDS})


def arguments(measure, styles):
    """Return something for every argument that a chart may take."""
    given = {f"{kind}_name": str.title for kind in ("actor", "outlet", "frame", "person")}
    return given | {
        "outlets": ["rt", "eurasianet"], "actors": ["a", "b"], "people": ["a", "b"],
        "frames": ["f", "g"], "rows": [("rt", "own"), ("eurasianet", "quoted")], "actor": "a",
        "frame": "f", "first": "rt", "second": "eurasianet", "measure": measure, "styles": styles,
        "unit": "month" if measure == "stance" else "article",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "table"),
    [("stance", TABLE), ("attention", TABLE.assign(article_id="x", title="T"))],
    ids=["stance, months", "attention, articles"],
)
@pytest.mark.parametrize("draw", CHARTS)
def test_plotly_knows_what_a_chart_sets(draw, measure, table, styles):
    taken = inspect.signature(draw).parameters
    given = {k: v for k, v in arguments(measure, styles).items() if k in taken}
    table = table.assign(measure="stance", **OTHERS.get(draw, {}))
    spec = draw(table, **given).to_dict()
    checked = json.loads(go.Figure(spec).to_json())
    assert checked["data"] == json.loads(json.dumps(spec["data"]))
    assert {**checked["layout"], "template": {}} == json.loads(json.dumps(spec["layout"]))


def test_a_property_that_plotly_does_not_know_is_found():
    draft = Draft({})
    draft.add_bar(colour="red")
    with pytest.raises(ValueError, match="colour"):
        go.Figure(draft.figure().to_dict())
