"""The parts of pages: built without drawing, so that the report prints what the pages draw."""

from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from altered import altered, with_column

from benchmarks.generate import generate
from kzdash.registry import Registry
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui import (
    actor,
    answers,
    framing,
    navigation,
    outlets,
    overview,
    relations,
    voices,
    words,
)
from kzdash.ui.page import View
from kzdash.ui.section import Section


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("build")
    generate(folder, 1_500, seed=3)
    return Store.open(folder)


def view_of(store, **scope):
    return View(navigation.OVERVIEW, store, Registry.load(), Scope(**scope))


PAIR = ("eurasianet", "rt")
ACTORS = ["tokayev", "putin"]
SECTIONS = {
    "voices": actor.presented,
    "labels": actor.labels,
    "roles": actor.roles,
    "epithets": actor.epithets,
    "time": lambda view: actor.over_time(view, "tokayev"),
    "companions": lambda view: actor.companions(view, "tokayev"),
    "differences": lambda view: overview.differences(view, ACTORS),
    "stance": lambda view: overview.presented(view, ACTORS, "together"),
    "attention": lambda view: overview.attention(view, ACTORS),
    "articles": overview.articles,
    "copies": overview.copies,
    "speakers": lambda view: voices.speakers(view, view.store.speakers(view.scope)),
    "verbs": voices.verbs,
    "own_quoted": voices.own_and_quoted,
    "said_about": voices.about,
    "relations": relations.balance,
    "kinds": relations.kinds,
    "frames": framing.by_outlet,
    "frame_actors": lambda view: framing.by_actor(
        view, view.store.frame_actors(view.scope), ["security"], "tokayev"
    ),
    "cues": lambda view: framing.cues(view, "security"),
    "stance_gap": lambda view: outlets.stance_gap(view, PAIR, ACTORS, view),
    "attention_gap": lambda view: outlets.attention_gap(view, PAIR, ACTORS),
    "frames_two": lambda view: outlets.frame_gap(view, PAIR),
    "words": lambda view: outlets.vocabulary(view, PAIR),
    "left_out": lambda view: outlets.left_out(view, PAIR, ACTORS),
}


@pytest.fixture
def no_drawing(monkeypatch):
    """Let every call that would draw on a page fail."""

    def refuse(*args, **kwargs):
        raise AssertionError("a section draws")

    for name in ("header", "html", "plotly_chart", "dataframe", "page_link", "expander"):
        monkeypatch.setattr(st, name, refuse)


@pytest.mark.parametrize("key", SECTIONS)
def test_a_section_is_built_with_its_numbers_and_draws_nothing(store, no_drawing, key):
    section = SECTIONS[key](view_of(store))
    assert section.key == key.removesuffix("_two")
    assert not section.table.empty
    assert section.help
    assert (section.figure is None) == (not section.alt)


@pytest.mark.parametrize("key", SECTIONS)
def test_a_section_without_numbers_says_so_in_one_sentence(store, no_drawing, key):
    section = SECTIONS[key](view_of(store, end="1950"))
    assert section.table.empty
    assert section.figure is None
    assert len(section.help) == 1


def test_differences_are_marked_as_weak_by_what_they_measure(store, no_drawing, monkeypatch):
    every = words.largest_differences
    assert overview.differences(view_of(store), ACTORS).measures == ("stance", "mentions")
    monkeypatch.setattr(
        words, "largest_differences", lambda gaps: every(gaps[gaps["measure"] == "attention"])
    )
    assert overview.differences(view_of(store), ACTORS).measures == ("mentions",)


@pytest.mark.parametrize(
    "of", [framing.by_outlet, lambda view: outlets.frame_gap(view, PAIR), SECTIONS["frame_actors"]]
)
def test_an_outlet_without_a_frame_has_shares_of_nothing(store, no_drawing, monkeypatch, of):
    units = pd.DataFrame(
        [(PAIR[0], None, 0, 9, 90), (PAIR[0], "security", 0, 6, 30), (PAIR[1], None, 0, 9, 80)],
        columns=["outlet", "frame", "unit", "articles", "count"],
    )
    monkeypatch.setattr(Store, "frame_units", lambda store, scope: units)
    st.cache_data.clear()
    table = of(view_of(store)).table
    st.cache_data.clear()
    shares = dict(zip(table["outlet"], table["estimate"], strict=True))
    assert shares == {PAIR[0]: pytest.approx(1 / 3), PAIR[1]: 0}


def test_a_report_prints_the_whole_table_unless_told_otherwise():
    table = pd.DataFrame({"count": [1, 2]})
    assert len(Section("?", table).in_print) == 2
    assert len(Section("?", table, printed=table.head(1)).in_print) == 1


@pytest.mark.parametrize("voices", [(), ("own",)])
def test_an_outlets_quoted_share_is_of_its_mentions(store, voices):
    table = overview.outlets(view_of(store, voices=voices)).table
    assert ("quoted" in table) == (not voices)
    if not voices:
        sizes = store.outlet_sizes(Scope(voices=("quoted",))).set_index("outlet")["mentions"]
        shares = dict(zip(table["outlet"], table["quoted"] * table["mentions"], strict=True))
        assert shares == pytest.approx(sizes.to_dict())


def test_an_outlet_without_an_article_in_the_selection_is_not_drawn(store):
    days = store.articles(Scope())["published"].dropna().sort_values()
    views = (view_of(store, end=day) for day in days)
    view = next(v for v in views if 0 < len(v.present) < len(v.outlets) and v.scope.end)
    section = overview.presented(view, answers.top_actors(view), "together")
    drawn = {trace["name"] for trace in section.figure.to_dict()["data"]}
    assert drawn == {view.outlet(o) for o in view.present}
    assert set(section.table["outlet"]) <= set(view.present)


@pytest.mark.parametrize("outlets_", [6, 9])
def test_a_chart_has_six_outlets_side_by_side_and_says_so(tmp_path, outlets_):
    ids = [f"outlet-{n}" for n in range(outlets_)]

    def change(articles):
        return with_column(articles, "outlet_id", [ids[i % outlets_] for i in range(len(articles))])

    altered(tmp_path, 900, {"articles": change})
    view = view_of(Store.open(tmp_path))
    section = overview.presented(view, answers.top_actors(view), "together")
    assert len({trace["name"] for trace in section.figure.to_dict()["data"]}) == 6
    assert section.table["outlet"].nunique() == outlets_
    assert any("Drawn: 6 of 9 outlets" in line for line in section.help) == (outlets_ == 9)


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ({}, "No actor of the selection is in both outlets."),
        ({"outlets": ("rt",)}, "No article of Eurasianet is in the selection"),
        ({"end": "2001"}, "No article of Eurasianet and RT is in the selection"),
    ],
)
def test_a_gap_without_actors_says_why(store, scope, said):
    none = (pd.DataFrame(), pd.DataFrame())
    section = outlets._gap(view_of(store, **scope), PAIR, none, "Which?", "stance")
    assert section.help[0].startswith(said)
