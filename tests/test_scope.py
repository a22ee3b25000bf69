"""The scope: read from addresses that anyone may have written."""

import re
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.errors import InputError
from kzdash.registry import Actor, Outlet, Registry
from kzdash.scope import MAX_VALUES, Cell, Scope, first_day, last_day

NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True)
DATES = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(str)


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        pytest.param("2022", date(2022, 1, 1), date(2022, 12, 31), id="year"),
        pytest.param("2024-02", date(2024, 2, 1), date(2024, 2, 29), id="month of a leap year"),
        pytest.param("2022-01-05", date(2022, 1, 5), date(2022, 1, 5), id="day"),
        pytest.param("2022-13", None, None, id="no such month"),
        pytest.param("2022-00", None, None, id="month zero"),
        pytest.param("0000", None, None, id="year zero"),
        pytest.param("٢٠٢٢", None, None, id="digits of another script"),
        pytest.param("5 January", None, None, id="words"),
    ],
)
def test_days_of_partial_dates(published, first, last):
    assert (first_day(published), last_day(published)) == (first, last)


@pytest.mark.parametrize(
    ("query", "scope"),
    [
        pytest.param({}, Scope(), id="nothing"),
        pytest.param({"outlet": "b,a,a"}, Scope(outlets=("a", "b")), id="commas, twice the same"),
        pytest.param({"actor": ["b", "a"]}, Scope(actors=("a", "b")), id="repeated parameter"),
        pytest.param({"actor": "<script>"}, Scope(), id="markup"),
        pytest.param({"actor": "'; drop table x--"}, Scope(), id="sql"),
        pytest.param({"actor": "a" * 70}, Scope(), id="too long"),
        pytest.param({"voice": "quoted"}, Scope(voices=("quoted",)), id="voice"),
        pytest.param({"voice": "quoted,own"}, Scope(), id="all voices are no filter"),
        pytest.param({"voice": "loud"}, Scope(), id="unknown voice"),
        pytest.param({"kind": "name,x"}, Scope(kinds=("name",)), id="one known kind"),
        pytest.param(
            {"from": "2022-01", "to": "2022"},
            Scope(start="2022-01", end="2022"),
            id="partial dates",
        ),
        pytest.param({"from": "2022-99"}, Scope(), id="no such date"),
        pytest.param({"from": "2023", "to": "2022"}, Scope(), id="dates in the wrong order"),
        pytest.param({"page": "3"}, Scope(), id="unknown parameter"),
    ],
)
def test_from_query(query, scope):
    assert Scope.from_query(query) == scope


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"voice": "quoted,own", "kind": "name"}, [], id="all voices"),
        pytest.param({"voice": "loud", "kind": "name,x"}, ["loud", "x"], id="choices"),
        pytest.param({"from": "2022-99", "to": "2022"}, ["2022-99"], id="no such date"),
        pytest.param({"from": "2023", "to": "2022"}, ["2023", "2022"], id="wrong order"),
        pytest.param({"actor": "<script>", "outlet": "b"}, ["<script>"], id="markup"),
    ],
)
def test_what_is_not_read(query, wrong):
    assert Scope.not_read(query) == wrong


def test_from_query_limits_the_number_of_values():
    many = [f"a{i}" for i in range(10_000)]
    assert len(Scope.from_query({"actor": ",".join(many)}).actors) == MAX_VALUES


@given(st.dictionaries(st.text(max_size=8), st.text() | st.lists(st.text(), max_size=5)))
def test_from_query_never_fails(query):
    hash(Scope.from_query(query))
    assert Scope.not_read(Scope.from_query(query).to_query()) == []


@given(
    st.lists(NAMES, max_size=5),
    st.lists(NAMES, max_size=5),
    DATES,
    DATES,
    st.sampled_from([(), ("own",), ("quoted",)]),
)
def test_a_scope_survives_its_address(outlets, actors, one, other, voices):
    scope = Scope(
        outlets=tuple(sorted(set(outlets))),
        actors=tuple(sorted(set(actors))),
        start=min(one, other),
        end=max(one, other),
        voices=voices,
    )
    assert Scope.from_query(parse_qs(urlencode(scope.to_query(), doseq=True))) == scope


@pytest.fixture
def registry():
    return Registry(
        [Outlet(id="daily", name="Steppe Daily"), Outlet(id="post", name="River Post")],
        [Actor(id="asanov", kind="person", name="Bolat Asanov")],
        [],
        [],
    )


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(), "all outlets; all actors; all dates"),
        (
            Scope(outlets=("daily", "post"), start="2022"),
            "Steppe Daily and River Post; all actors; since 2022",
        ),
        (
            Scope(actors=("asanov", "nobody"), start="2022", end="2023-05"),
            "all outlets; Bolat Asanov and nobody; 2022 to 2023-05",
        ),
        (
            Scope(voices=("own",), kinds=("name", "title"), end="2020"),
            "all outlets; all actors; until 2020; in the outlet's own voice; only names and titles",
        ),
    ],
)
def test_describe(registry, scope, words):
    assert scope.describe(registry) == words


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"voice": ["loud"]}, "--voice: 'loud', expected one of own, quoted"),
        ({"kind": ["name", "x"]}, "--kind: 'x'"),
        ({"from": "banana"}, "--from: 'banana'"),
        ({"from": "2024", "to": "2020"}, "--from: it is after --to"),
    ],
)
def test_options_that_are_not_valid_are_refused(query, message):
    with pytest.raises(InputError, match=re.escape(message)):
        Scope.from_options(query)


def test_valid_options_are_taken_as_from_an_address():
    query = {"outlet": ["rt"], "voice": ["own"], "from": "2020-01", "to": "2021"}
    assert Scope.from_options(query) == Scope.from_query(query)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(), ""),
        (Cell(voice="quoted", label="negative"), "in quoted speech, stance negative"),
        (Cell(word="steppe", pos="NOUN"), "word steppe, used as a noun"),
        (Cell(word="steppe", pos="X"), "word steppe, used as X"),
    ],
)
def test_a_cell_in_words(cell, words):
    assert cell.describe(Registry.load()) == words
