"""Colours, formats and text of all charts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.charts import theme


def test_every_outlet_has_a_colour_and_a_symbol_of_its_own():
    styles = theme.outlet_styles(["rt", "eurasianet", "atlantico", "kz-expert", "b", "a"])
    assert len({s.colour for s in styles.values()}) == len({s.symbol for s in styles.values()}) == 6


def test_64_outlets_differ_in_colour_or_symbol():
    styles = theme.outlet_styles([f"outlet-{n:02}" for n in range(64)])
    assert len({(s.colour, s.symbol) for s in styles.values()}) == 64


def test_quotation_marks_stand_as_they_are_in_labels():
    assert theme.label("\"Tengri\" & 'Steppe'") == "\"Tengri\" &amp; 'Steppe'"


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


def test_no_percent_sign_stands_alone_on_a_line():
    assert theme.percent(0.257) == "26\u00a0%"


@pytest.mark.parametrize(
    ("value", "shown"), [(0.104, "+10"), (-0.05, "−5"), (0.001, "0"), (None, "–")]
)
def test_percentage_points(value, shown):
    assert theme.points(value) == shown


@pytest.mark.parametrize(
    ("low", "high", "form", "texts"),
    [
        (0, 1, theme.percent, ["0 %", "25 %", "50 %", "75 %", "100 %"]),
        (0, 0.93, theme.percent, ["0 %", "25 %", "50 %", "75 %"]),
        (0, 0.009, theme.percent, ["0 %", "0.5 %"]),
        (-0.004, 0.001, theme.points, ["−0.4", "−0.3", "−0.2", "−0.1", "0", "+0.1"]),
        (0, 0.34, theme.percent, ["0 %", "10 %", "20 %", "30 %"]),
        (-0.12, 0.12, theme.points, ["−10", "−5", "0", "+5", "+10"]),
        (0, 0, theme.percent, ["0 %"]),
    ],
)
def test_ticks_are_written_as_other_numbers(low, high, form, texts):
    shown = theme.ticks(low, high, form)
    assert [text.replace("\u00a0", " ") for text in shown["ticktext"]] == texts


def test_the_extent_of_a_figure_holds_its_intervals_and_zero():
    draft = theme.figure("Title", "unit", 300)
    draft.add_scatter(x=[None], y=[None])
    draft.add_scatter(x=[0.2, float("nan")], error_x={"array": [0.3, 0], "arrayminus": [0.1, 0]})
    assert theme.extent(draft) == (0.0, 0.5)


@pytest.mark.parametrize(("value", "shown"), [(0.0, "0"), (-0.5, "−0.5"), (2.0, "+2")])
def test_ticks_with_a_sign(value, shown):
    assert theme.signed_tick(value) == shown


MARKS = {
    *theme.STANCE.values(),
    *theme.PUOR[:3],
    *theme.PUOR[7:],
    *theme.ROLE_COLOURS.values(),
    *theme.VERB_COLOURS.values(),
    theme.INK,
    theme.MUTED,
    theme.ZERO,
    *(s.colour for s in theme.outlet_styles([*"abcdefgh", *theme._FIXED]).values()),
}


def luminance(colour):
    """Return the relative luminance of a colour as "#rrggbb" (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("colour", sorted(MARKS))
def test_every_mark_stands_out_from_the_paper(colour, dark):
    paper = theme.on_paper(theme.PAPER, dark)
    assert contrast(theme.on_paper(colour, dark), paper) >= 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_outlet_looks_like_another_or_like_a_class(dark):
    outlets = [s.colour for s in theme.outlet_styles([*"abcdefgh", *theme._FIXED]).values()]
    others = {*theme.STANCE.values(), *theme.ROLE_COLOURS.values(), theme.INK, theme.MUTED}
    shown = [theme.on_paper(colour, dark) for colour in (*outlets, *others)]
    assert len(set(shown)) == len(shown)


def test_a_subtitle_is_broken_into_lines_that_a_phone_shows():
    plain, long = (theme.figure("Title", text, 300).layout for text in ("unit", "unit " * 20))
    lines = long["title"]["subtitle"]["text"].split("<br>")
    assert max(map(len, lines)) <= 60
    assert long["height"] > plain["height"]
    assert long["margin"]["t"] > plain["margin"]["t"]


def test_a_long_title_of_an_axis_gets_a_second_line_and_room():
    draft = theme.figure("Title", "unit", 300)
    before = theme.presented(draft.figure()).to_dict()["layout"]
    draft.update_xaxes(title={"text": "Difference (scale of −2 to +2), 95 % interval"})
    shown = theme.presented(draft.figure()).to_dict()["layout"]
    assert max(map(len, shown["xaxis"]["title"]["text"].split("<br>"))) <= 36
    assert shown["height"] - before["height"] == shown["margin"]["b"] - before["margin"]["b"] > 0


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (
            {"marker": {"symbol": ["circle", "circle-open"]}},
            "Hollow: under five articles, descriptive",
        ),
        (
            {"marker": {"symbol": ["circle-open"]}, "error_x": {"arrayminus": [0.0]}},
            "Hollow: under five articles, descriptive; no line: one or none",
        ),
        (
            {"marker": {"pattern": {"shape": ["", "/"]}}},
            "Hatched: under five articles, descriptive",
        ),
        ({"marker": {"symbol": ["circle"]}, "error_x": {"arrayminus": [0.1]}}, ""),
    ],
)
def test_a_picture_says_how_to_read_small_samples(trace, said):
    draft = theme.figure("Title", "unit", 300)
    draft.data.append(trace)
    assert theme.reading(draft.figure().to_dict()) == said
    draft.update_layout(meta={"reading": "Hollow: unsure."})
    assert theme.reading(draft.figure().to_dict()) == "Hollow: unsure."


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
