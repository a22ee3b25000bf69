"""Quotation marks are paired, whatever their kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.nlp.quotes import quotations


def texts(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="empty text"),
        pytest.param("He said: “No.”", ["“No.”"], id="curly"),
        pytest.param('"No," he said. "Yes."', ['"No,"', '"Yes."'], id="straight"),
        pytest.param("«No», he said.", ["«No»"], id="guillemets"),
        pytest.param("Er sagte „nein“ und ging.", ["„nein“"], id="German"),
        pytest.param("”No”, he said.", ["”No”"], id="Swedish"),
        pytest.param("He said ‘no’ again.", ["‘no’"], id="single curly"),
        pytest.param("He said 'no way' again.", ["'no way'"], id="single straight"),
        pytest.param('"No,” he said.', ['"No,”'], id="opened straight, closed curly"),
        pytest.param("It’s Abenov’s and the miners’ word.", [], id="apostrophes"),
        pytest.param("the miners' pay and Abenov's", [], id="straight apostrophes"),
        pytest.param("“It’s ‘over’,” he said.", ["“It’s ‘over’,”", "‘over’"], id="nested kinds"),
        pytest.param("“One “two” three.”", ["“One “two” three.”", "“two”"], id="nested same kind"),
        pytest.param("“One.\n\nTwo.", ["“One."], id="unclosed ends with its paragraph"),
        pytest.param("“One.\n\nTwo”. Three.", ["“One.", "Two”"], id="closed a paragraph later"),
    ],
)
def test_quotations_pairs_marks(text, found):
    assert texts(text) == found


def test_a_reopened_quotation_continues():
    found = quotations("“One.\n\n“Two.\n\n“Three,” he said. “Four.”")
    assert [(q.closed, q.continues) for q in found] == [
        (False, False),
        (False, True),
        (True, True),
        (True, False),
    ]


@given(st.text(alphabet="ab \n“”\"'‘’«»„.,", max_size=60))
def test_quotations_lie_in_the_text_and_are_sorted(text):
    found = quotations(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert found == sorted(found, key=lambda q: (q.start, -q.end))
