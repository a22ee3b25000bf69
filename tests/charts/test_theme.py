"""Colours, formats and text of all charts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.charts import theme


def test_every_outlet_has_a_colour_and_a_symbol_of_its_own():
    styles = theme.outlet_styles(["rt", "eurasianet", "atlantico", "kz-expert", "b", "a"])
    assert len({s.colour for s in styles.values()}) == len({s.symbol for s in styles.values()}) == 6


def test_known_outlets_keep_their_colours_whatever_else_is_there():
    assert theme.outlet_styles(["rt", "aaa"])["rt"] == theme.outlet_styles(["zzz", "rt"])["rt"]


@given(st.text(max_size=200))
def test_labels_hold_no_markup(text):
    assert not set("<>$") & set(theme.label(text))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.314, "+0.31"), (-0.05, "−0.05"), (0.001, "0.00"), (-0.001, "0.00"), (None, "–")],
)
def test_signed_numbers(value, shown):
    assert theme.signed(value) == shown


def test_small_samples_say_that_they_are_descriptive():
    assert theme.sample(4, 12) == "12 mentions in 4 articles (descriptive)"
    assert theme.sample(5, 1) == "1 mention in 5 articles"


def test_marks_of_small_samples_are_hollow():
    assert (theme.hollow("circle", 4), theme.hollow("circle", 5)) == ("circle-open", "circle")


@pytest.mark.parametrize(("value", "side"), [(-0.9, "negative"), (0.9, "positive"), (0.0, "none")])
def test_stance_colours_keep_their_side(value, side):
    sides = {"negative": theme.PUOR[:4], "positive": theme.PUOR[6:], "none": [theme.NEUTRAL]}
    assert theme.stance_colour(value) in sides[side]


def test_a_dark_figure_holds_the_same_data_and_no_light_colour():
    draft = theme.figure("Title", "unit", 300)
    draft.add_scatter(x=[1, 2], y=[3, None], marker={"color": theme.INK})
    dark = theme.presented(draft.figure(), dark=True)
    text = json.dumps(dark.to_dict())
    assert theme.INK not in text
    assert theme.PAPER not in text
    assert list(dark.to_dict()["data"][0]["x"]) == [1, 2]


def test_a_picture_states_a_long_selection_whole():
    lines = [f"outlets {'and so on ' * 12}; in quoted speech"]
    shown = theme.presented(theme.figure("Title", "subtitle", 300).figure(), lines).to_dict()
    text = shown["layout"]["annotations"][-1]["text"]
    assert "in quoted speech" in text.replace("<br>", " ")
    assert max(len(line) for line in text.split("<br>")) <= 62
