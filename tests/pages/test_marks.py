"""From every mark of every chart to its evidence: there is some, and as much as the mark says."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from kzdash.scope import Cell, Scope
from kzdash.store import Store
from kzdash.ui.navigation import PAGES

PARTS = {"roles", "verbs", "kinds"}
"""Charts whose marks are shares of the number in the tooltip."""
OWN = {"stance", "stance_gap", "time"}
"""Charts of the outlets' own voice where nothing else is chosen."""
SCRIPTS = [page.script for page in PAGES if page.name not in ("Evidence", "Methods")]
NARROW = Scope(outlets=("rt", "eurasianet"), voices=("own",), start="2019-06")
_NOTHING = re.compile(r"<br>0 of [\d,]+ \w+$")
"""The tooltip of a share of nothing, which has no evidence."""
_NUMBER = re.compile(r"([\d,]+) (?:mention|sentence|quotation|time|article)s?\b")


def marks(at):
    """Yield every mark of a page that can be clicked: its chart, query and tooltip."""
    for chart in at.get("plotly_chart"):
        name = re.sub(r".*chart_", "", chart.proto.id)
        for trace in json.loads(chart.proto.spec or chart.proto.figure.spec)["data"]:
            queries, texts = trace.get("customdata"), trace.get("hovertext")
            if trace.get("hoverinfo") == "skip" or not trace.get("x"):
                continue
            assert queries, f"{name} has marks without evidence"
            yield from ((name, query, text) for query, text in zip(queries, texts, strict=True))


def evidence(store, scope, query):
    values = parse_qs(query)
    scope = Scope.from_query({**scope.to_query(), **values})
    cell = Cell.from_query(values)
    if cell.what:
        return int(store.passage_count(scope, cell)["passages"].iloc[0])
    return int(store.evidence_count(scope, cell)["mentions"].iloc[0])


@pytest.mark.parametrize(
    ("script", "scope"),
    [pytest.param(script, Scope(), id=script) for script in SCRIPTS]
    + [pytest.param(s, NARROW, id=f"{s}, narrowed") for s in SCRIPTS[1:4]],
)
def test_every_mark_opens_as_much_evidence_as_it_states(open_page, small_build, script, scope):
    store = Store.open(small_build)
    found = list(marks(open_page(script, **scope.to_query())))
    assert found
    for name, query, text in found:
        held = replace(scope, voices=("own",)) if name in OWN and not scope.voices else scope
        assert bool(query) != bool(_NOTHING.search(text)), (name, text)
        if not query:
            continue
        stated = int(_NUMBER.search(text)[1].replace(",", ""))
        count = evidence(store, held, query)
        share = 0 if re.search(r"<br>0\s% ", text) else 1
        assert count >= share, (name, query, text)
        if name not in PARTS and name != "words":
            assert count == stated, (name, query, text)
