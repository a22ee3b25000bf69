"""Figures as data: what would be drawn, never pixels."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from kzdash.charts import actor, framing, outlets, overview, relations, theme, voices
from kzdash.charts.marks import headings


def checked(figure):
    """Return a figure as Plotly reads it; an error where it does not know a property."""
    return go.Figure(figure.to_dict())


def marks(figure):
    """Return every mark that opens evidence: its symbol, interval, tooltip and query."""
    found = []
    for trace in checked(figure).data:
        if trace.hoverinfo == "skip" or trace.x is None:
            continue
        for i, x in enumerate(trace.x):
            mark = {"x": x, "y": trace.y[i], "text": trace.hovertext[i]}
            if trace.customdata is not None:
                mark["query"] = trace.customdata[i]
            if trace.type == "scatter" and isinstance(trace.marker.symbol, (list, tuple)):
                mark["symbol"] = trace.marker.symbol[i]
            if trace.error_x and trace.error_x.array is not None:
                minus = trace.error_x.arrayminus or trace.error_x.array
                mark["arms"] = [minus[i], trace.error_x.array[i]]
            found.append(mark)
    return json.loads(json.dumps(found, default=lambda v: round(float(v), 4)))


def test_stance(estimates, name, styles, snapshot):
    figure = overview.stance(
        estimates,
        actors=["a", "b"],
        styles=styles,
        actor_name=name,
        outlet_name=name,
    )
    assert marks(figure) == snapshot


@pytest.mark.parametrize("voice", ["together", "own", "quoted"])
def test_stance_says_whose_voice_it_is(estimates, name, styles, voice):
    figure = overview.stance(
        estimates,
        actors=["a", "b"],
        styles=styles,
        actor_name=name,
        outlet_name=name,
        voice=voice,
    )
    assert overview.marks.VOICED[voice] in checked(figure).layout.title.subtitle.text.replace(
        "<br>", " "
    )


def test_stance_draws_own_voice_and_quoted_speech_in_a_panel_each(estimates, name, styles):
    both = pd.concat([estimates.assign(voice=v) for v in ("own", "quoted")])
    figure = overview.stance(
        both, actors=["a", "b"], styles=styles, actor_name=name, outlet_name=name, voice="apart"
    )
    drawn = checked(figure)
    voices = {
        trace.xaxis: {"cell_voice=own" in query for query in trace.customdata}
        for trace in drawn.data
        if trace.customdata
    }
    assert voices == {"x": {True}, "x2": {False}}
    titles = [drawn.layout.xaxis.title.text, drawn.layout.xaxis2.title.text]
    assert titles == ["Outlet's own voice", "Quoted speech"]
    legend = [trace.name for trace in drawn.data if trace.showlegend is not False]
    assert len(legend) == len(set(legend)) == estimates["outlet"].nunique()


def test_rows_are_taller_where_a_name_takes_two_lines(estimates, styles):
    def drawn(name):
        figure = overview.stance(
            estimates,
            actors=["a", "b"] * 6,
            styles=styles,
            actor_name=lambda _: name,
            outlet_name=str,
        )
        return checked(figure).layout

    plain = drawn("Ada").height
    assert drawn("A" * 30).height == plain
    long = drawn("Regional Antimonopoly Mission Agency")
    assert long.height >= plain + 12 * 4
    assert long.yaxis.ticktext[0] == "Regional<br>Antimonopoly Mission Agency"


def test_attention(estimates, name, styles, snapshot):
    shares = estimates.drop(columns="neutral")
    shares = shares.assign(**{c: estimates[c].abs() for c in ("estimate", "low", "high")})
    figure = overview.attention(
        shares, actors=["a", "b"], actor_name=name, outlet_name=name, styles=styles
    )
    assert marks(figure) == snapshot


def test_articles_in_time_draws_partial_dates_with_a_bar(name, styles, snapshot):
    table = pd.DataFrame(
        {"outlet": ["rt", "rt", "rt"], "period": ["2022-01", "2021", None], "articles": [3, 1, 1]}
    )
    figure = overview.articles_in_time(table, outlet_name=name, styles=styles)
    assert marks(figure) == snapshot


def test_gaps(name, snapshot):
    table = pd.DataFrame(
        {"actor": ["a", "b"], "difference": [0.3, -0.1], "low": [0.1, None], "high": [0.5, None],
         "articles": [9, 1], "mentions": [30, 3], "q": [0.0001, None],
         "neutral_first": [0.6, 1.0], "neutral_second": [0.5, 0.25]}
    )  # fmt: skip
    figure = outlets.gaps(
        table,
        first="rt",
        second="eurasianet",
        actor_name=name,
        outlet_name=name,
        measure="stance",
    )
    assert marks(figure) == snapshot


def test_labels_always_show_the_neutral_share(name):
    table = pd.DataFrame(
        {"outlet": ["rt"], "voice": ["own"], "negative": [0.2], "neutral": [0.7],
         "positive": [0.1], "articles": [6], "mentions": [20],
         **{f"{part}_{end}": [0.1] for part in ("negative", "neutral", "positive")
            for end in ("low", "high")}}
    )  # fmt: skip
    figure = checked(actor.labels(table, rows=[("rt", "own")], outlet_name=name, actor="a"))
    assert {t.name: t.x[0] for t in figure.data} == {
        "negative": 0.2,
        "neutral": 0.7,
        "positive": 0.1,
    }
    assert figure.data[1].customdata[0] == (
        "cell_outlet=rt&cell_voice=own&cell_actor=a&cell_scored=stance"
    )


def test_time_line_draws_the_days_that_a_date_may_mean(name, styles):
    table = pd.DataFrame(
        {"outlet": ["rt", "rt"], "article_id": ["x", "y"], "title": ["T", "U"],
         "first": ["2022-01-05", "2022-02-01"], "last": ["2022-01-05", "2022-02-28"],
         "estimate": [0.1, 0.2], "low": [None, None], "high": [None, None],
         "articles": [1, 1], "mentions": [3, 4]}
    )  # fmt: skip
    figure = actor.in_time(table, outlet_name=name, styles=styles, actor="a")
    line, trace = checked(figure).data
    assert (line.mode, line.x) == ("lines", ("2022-02-01", "2022-02-28", None))
    assert list(trace.marker.symbol) == ["circle-open", "circle-open"]
    assert "no interval: in one article only" in trace.hovertext[0]


def test_charts_over_time_have_a_panel_an_outlet(name, styles):
    table = pd.DataFrame(
        {"outlet": ["rt", "eurasianet", "rt"], "period": ["2022-Q1", "2022-Q2", "2022"],
         "first": ["2022-02-14", "2022-05-16", "2022-01-01"],
         "last": ["2022-02-14", "2022-05-16", "2022-12-31"], "estimate": [0.1, -0.2, 0.0],
         "low": None, "high": None, "articles": [6, 7, 1], "mentions": [9, 8, 1]}
    )  # fmt: skip
    given = {"outlet_name": name, "styles": styles, "unit": "quarter"}
    for figure in (
        actor.in_time(table, actor="a", **given),
        overview.articles_in_time(table, **given),
    ):
        drawn = checked(figure)
        assert [a.text for a in drawn.layout.annotations] == ["<b>Eurasianet</b>", "<b>RT</b>"]
        upper, lower = drawn.layout.yaxis, drawn.layout.yaxis2
        assert upper.domain[0] > lower.domain[1]
        assert upper.range == lower.range
        axes = {"eurasianet": {"y"}, "rt": {"y2"}}
        for trace in drawn.data:
            if trace.customdata:
                outlet = trace.customdata[0].split("cell_outlet=")[1].split("&")[0]
                assert {trace.yaxis} == axes[outlet]
        asked = {
            q.split("cell_period=")[1].split("&")[0] for q in (m["query"] for m in marks(figure))
        }
        assert asked == {"2022-Q1", "2022-Q2", "2022-XX"}


@pytest.mark.parametrize(("end", "reach"), [(0.4, 0.5), (0.6, 1.0)])
def test_stance_over_time_has_one_axis_for_all(name, styles, end, reach):
    table = pd.DataFrame(
        {"outlet": ["rt"], "period": ["2022"], "first": ["2022-07-02"], "last": ["2022-07-02"],
         "estimate": [0.1], "low": [0.0], "high": [end], "articles": [9], "mentions": [30]}
    )  # fmt: skip
    layout = checked(
        actor.in_time(table, outlet_name=name, styles=styles, actor="a", unit="year")
    ).layout
    assert layout.yaxis.tickvals == (-reach, 0, reach)


def test_time_line_of_months_has_intervals(name, styles):
    table = pd.DataFrame(
        {"outlet": ["rt"], "period": ["2022-01"], "first": ["2022-01-16"], "last": ["2022-01-16"],
         "estimate": [0.1], "low": [0.0], "high": [0.3], "articles": [9], "mentions": [30]}
    )  # fmt: skip
    figure = actor.in_time(table, outlet_name=name, styles=styles, actor="a", unit="month")
    trace = checked(figure).data[0]
    assert trace.error_y.array[0] == pytest.approx(0.2)
    assert trace.marker.symbol[0] == "circle"
    assert "cell_period=2022-01" in trace.customdata[0]


def test_relations_stand_against_on_the_left_and_for_on_the_right(name, snapshot):
    table = pd.DataFrame(
        {"source": ["a", "b"], "target": ["b", "a"], "praises": [3, 0], "supports": [0, 1],
         "blames": [1, 0], "attacks": [0, 2], "articles": [6, 2]}
    )  # fmt: skip
    assert marks(relations.pairs(table, actor_name=name)) == snapshot


def test_a_share_of_nothing_is_not_said_to_be_in_one_article(name):
    parts = {p: [v] for p, v in (("neutral", 1.0), ("doubting", 0.0), ("supporting", 0.0))}
    bounds = {f"{p}_{end}": [float("nan")] for p in parts for end in ("low", "high")}
    table = pd.DataFrame({"outlet": ["rt"], "articles": [9], "mentions": [20], **parts, **bounds})
    figure = checked(voices.verbs(table, outlets=["rt"], outlet_name=name))
    texts = [t.hovertext[0] for t in figure.data]
    assert ["none found" in t for t in texts] == [False, True, True]


def test_shares_show_their_interval_where_there_is_room(name):
    table = pd.DataFrame(
        {"outlet": ["rt"], "neutral": [0.7], "doubting": [0.25], "supporting": [0.05],
         "neutral_low": [0.6], "neutral_high": [0.8], "doubting_low": [float("nan")],
         "doubting_high": [float("nan")], "supporting_low": [0.0], "supporting_high": [0.1],
         "articles": [4], "mentions": [20]}
    )  # fmt: skip
    figure = checked(voices.verbs(table, outlets=["rt"], outlet_name=name))
    assert "60–80" in figure.data[0].text[0]
    assert [t.text[0] for t in figure.data[1:]] == ["25\u00a0%", ""]
    assert "no interval: in one article only" in figure.data[1].hovertext[0]
    assert {t.marker.pattern.shape[0] for t in figure.data} == {"/"}


@pytest.mark.parametrize(
    ("draw", "texts"),
    [
        (lambda t, n: voices.verbs(t, outlets=["rt"], outlet_name=n), ["2 of 3", "1 of 3", ""]),
        (lambda t, n: actor.labels(t, rows=[("rt", "own")], outlet_name=n, actor="a"), [""] * 3),
    ],
    ids=["counted", "expected"],
)
def test_shares_of_few_things_are_no_percentages(name, draw, texts):
    shares = {
        "neutral": 2 / 3,
        "doubting": 1 / 3,
        "supporting": 0.0,
        "negative": 0.2,
        "positive": 0.1,
    }
    bounds = {f"{part}_{end}": float("nan") for part in shares for end in ("low", "high")}
    table = pd.DataFrame(
        [{"outlet": "rt", "voice": "own", "articles": 1, "mentions": 3, **shares, **bounds}]
    )
    figure = checked(draw(table, name))
    assert [trace.text[0] for trace in figure.data] == texts
    assert figure.layout.yaxis.ticktext[0].endswith("(3)")


@pytest.mark.parametrize(
    "draw",
    [
        lambda t, n, s: overview.stance(t, actors=[], styles=s, actor_name=n, outlet_name=n),
        lambda t, n, s: overview.attention(t, actors=[], actor_name=n, outlet_name=n, styles=s),
        lambda t, n, s: framing.by_outlet(
            t.assign(frame="f"), frames=[], frame_name=n, outlet_name=n, styles=s
        ),
        lambda t, n, s: voices.own_and_quoted(t.assign(voice="own"), actors=[], actor_name=n),
    ],
)
def test_nothing_to_draw_is_no_error(estimates, name, styles, draw):
    assert checked(draw(estimates.head(0), name, styles)).layout.title.text


def test_names_with_markup_are_shown_as_they_are(estimates, name, styles):
    drawn = overview.attention(
        estimates, actors=["a", "b"], actor_name=name, outlet_name=name, styles=styles
    )
    figure = checked(drawn)
    assert figure.layout.yaxis.ticktext[0] == "Ada &lt;b&gt;"
    assert "Ada &lt;b&gt;" in figure.data[1].hovertext[0]


def axis_of_dates(periods, name, styles):
    table = pd.DataFrame({"outlet": ["rt"] * len(periods), "period": periods, "articles": 1})
    figure = overview.articles_in_time(table, outlet_name=name, styles=styles)
    return checked(figure).layout.xaxis


@pytest.mark.parametrize(
    ("periods", "ends", "step", "form"),
    [
        (["2020-01"], ("2019-12-01", "2020-03-02"), "M1", "%b\n%Y"),
        (["2020"], ("2019-12-01", "2021-01-31"), "M2", "%b\n%Y"),
        (["2020-01", "2021-06"], ("2019-12-01", "2021-07-31"), "M6", "%b\n%Y"),
        (["2018-01", "2022-05"], ("2017-10-12", "2022-12-31"), "M12", "%Y"),
        (["2018-12", "2022-01"], ("2018-01-01", "2022-12-31"), "M12", "%Y"),
        (["0001", "9999"], ("0001-01-01", "9999-12-31"), "M19644", "%Y"),
    ],
)
def test_an_axis_of_time_has_room_and_no_tick_finer_than_a_month(
    name, styles, periods, ends, step, form
):
    axis = axis_of_dates(periods, name, styles)
    assert tuple(axis.range) == ends
    assert (axis.dtick, axis.tickformat) == (step, form)


def test_an_axis_of_years_has_no_months(name, styles):
    table = pd.DataFrame({"outlet": ["rt"], "period": ["2020"], "articles": 1})
    figure = overview.articles_in_time(table, outlet_name=name, styles=styles, unit="year")
    axis = checked(figure).layout.xaxis
    assert (axis.dtick, axis.tickformat) == ("M12", "%Y")


def test_stance_over_time_on_one_day_has_room_around_it(name, styles):
    table = pd.DataFrame(
        {"outlet": ["rt"], "article_id": ["x"], "title": ["T"], "first": ["2020-01-15"],
         "last": ["2020-01-15"], "estimate": [0.1], "low": [None], "high": [None],
         "articles": [1], "mentions": [3]}
    )  # fmt: skip
    axis = checked(actor.in_time(table, outlet_name=name, styles=styles, actor="a")).layout.xaxis
    assert tuple(axis.range) == ("2019-12-15", "2020-02-15")
    assert axis.dtick == "M1"


@pytest.mark.parametrize(
    ("low", "said"), [([0.2, None], "95 % interval"), ([None, None], "no intervals: one article")]
)
def test_a_subtitle_speaks_of_intervals_where_a_mark_has_one(name, styles, low, said):
    table = pd.DataFrame(
        {"outlet": ["rt", "rt"], "actor": ["a", "b"], "estimate": [0.4, 0.1], "low": low,
         "high": low, "articles": [9, 1], "mentions": [30, 4]}
    )  # fmt: skip
    figure = overview.stance(
        table, actors=["a", "b"], styles=styles, actor_name=name, outlet_name=name
    )
    assert said in checked(figure).layout.title.subtitle.text.replace("<br>", " ")


def test_neighbouring_panels_have_room_for_their_ticks(estimates, name, styles):
    both = pd.concat([estimates.assign(voice=v) for v in ("own", "quoted")])
    layout = checked(
        overview.stance(
            both, actors=["a"], styles=styles, actor_name=name, outlet_name=name, voice="apart"
        )
    ).layout
    assert layout.xaxis.ticktext == layout.xaxis2.ticktext == ("−1", "", "0", "", "+1")
    assert layout.xaxis2.domain[0] - layout.xaxis.domain[1] >= 0.1


@pytest.mark.parametrize(
    ("bounds", "written"), [((1.0, 1.0), False), ((0.704, 0.6999), False), ((0.6, 0.8), True)]
)
def test_a_bar_has_no_interval_without_width(name, bounds, written):
    low, high = bounds
    table = pd.DataFrame(
        {"outlet": ["rt"], "neutral": [0.7], "doubting": [0.3], "supporting": [0.0],
         **{f"{p}_{end}": [v] for p in ("neutral", "doubting", "supporting")
            for end, v in (("low", low), ("high", high))},
         "articles": [9], "mentions": [20]}
    )  # fmt: skip
    figure = checked(voices.verbs(table, outlets=["rt"], outlet_name=name))
    assert ("–" in figure.data[0].text[0]) == written


def test_few_companions_are_counted_in_whole_sentences(name):
    table = pd.DataFrame({"other": ["b"], "together": [2], "articles": [1]})
    figure = checked(actor.companions(table, actors=["b"], actor_name=name, actor="a"))
    assert (tuple(figure.layout.xaxis.range), figure.layout.xaxis.dtick) == ((0, 5), 1)
    many = checked(
        actor.companions(table.assign(together=70), actors=["b"], actor_name=name, actor="a")
    )
    assert (many.layout.xaxis.range[1], many.layout.xaxis.dtick) == (pytest.approx(78.4), None)


def test_a_small_gap_of_attention_alone_has_an_axis_of_few_points(name):
    table = pd.DataFrame(
        {"actor": ["a"], "difference": [0.014], "low": [None], "high": [None], "articles": [1],
         "mentions": [9], "q": [None]}
    )  # fmt: skip
    axis = checked(
        outlets.gaps(
            table,
            first="rt",
            second="eurasianet",
            actor_name=name,
            outlet_name=name,
            measure="attention",
        )
    ).layout.xaxis
    assert axis.range == pytest.approx((-0.054, 0.054))
    assert axis.ticktext == ("−4", "−2", "0", "+2", "+4")
    assert "no intervals: one article on one side" in axis.title.text.replace("<br>", " ")


def test_names_above_columns_do_not_meet(name, styles):
    table = pd.DataFrame({"outlet": [], "actor": [], "estimate": [], "mentions": []})
    figure = outlets.absent(
        table,
        actors=["a"],
        outlets=["One Long Name", "b", "c", "d"],
        actor_name=name,
        outlet_name=name,
        styles=styles,
    )
    texts = checked(figure).layout.xaxis.ticktext
    assert [text.count("<br>") for text in texts] == [1, 2, 0, 2]


def test_a_part_of_nothing_leaves_no_line_at_the_end_of_its_bar(name):
    table = pd.DataFrame(
        {"outlet": ["rt"], "neutral": [1.0], "doubting": [0.0], "supporting": [0.0],
         **{f"{p}_{end}": [None] for p in ("neutral", "doubting", "supporting")
            for end in ("low", "high")},
         "articles": [2], "mentions": [20]}
    )  # fmt: skip
    figure = checked(voices.verbs(table, outlets=["rt"], outlet_name=name))
    assert [trace.x[0] for trace in figure.data] == [1.0, None, None]
    assert [bool(trace.customdata[0]) for trace in figure.data] == [True, False, False]
    assert all(trace.marker.line.width[0] for trace in figure.data)  # the legend shows the first


def test_small_gaps_of_stance_are_drawn_small(name):
    table = pd.DataFrame(
        {"actor": ["a"], "difference": [0.04], "low": [None], "high": [None], "articles": [1],
         "mentions": [9], "q": [None], "neutral_first": [0.6], "neutral_second": [0.5]}
    )  # fmt: skip
    layout = checked(
        outlets.gaps(
            table,
            first="rt",
            second="eurasianet",
            actor_name=name,
            outlet_name=name,
            measure="stance",
        )
    ).layout
    assert tuple(layout.xaxis.range) == (-1.08, 1.08)
    assert "no intervals" in layout.xaxis.title.text


def test_words_that_chance_may_give_lie_in_grey(name, styles):
    table = pd.DataFrame(
        {"lemma": ["pact"], "pos": ["NOUN"], "z": [1.2], "log_odds": [0.8], "low": [-0.5],
         "high": [2.1], "count_first": [8], "count_second": [0], "articles_first": [1],
         "articles_second": [0]}
    )  # fmt: skip
    layout = checked(
        outlets.words(table, first="rt", second="eurasianet", outlet_name=name, styles=styles)
    ).layout
    band = layout.shapes[0]
    assert (band.type, band.x0, band.x1) == ("rect", -1.96, 1.96)
    assert [a.text for a in layout.annotations][:2] == ["<b>◂ Eurasianet</b>", "<b>RT ▸</b>"]
    assert not layout.showlegend


def test_a_share_of_nothing_is_a_tick_at_zero_without_evidence(name, styles):
    table = pd.DataFrame(
        {"outlet": ["rt", "eurasianet", "eurasianet"], "frame": ["f", "f", "g"],
         "estimate": [0.25, 0.1, 0.0], "low": [0.1, 0.05, None], "high": [0.4, 0.2, None],
         "articles": [9, 8, 0], "mentions": [50, 120, 0], "of": [200, 1_200, 1_200]}
    )  # fmt: skip
    figure = framing.by_outlet(
        table, frames=["f", "g"], frame_name=name, outlet_name=name, styles=styles
    )
    found = {m["text"].split("<br>")[1]: m for m in marks(figure) if m["x"] == 0}
    assert set(found) == {"0 of 200 sentences", "0 of 1,200 sentences"}
    assert all(m["symbol"] == "line-ns" and not m["query"] for m in found.values())


def test_a_bar_of_few_articles_has_an_outline_of_full_contrast():
    drawn = overview.marks.bar("#d8412f", [4, 5])
    assert drawn["line"]["color"] == ["#d8412f", "#ffffff"]
    assert "opacity" not in drawn


def test_marks_at_zero_stand_whole_in_an_axis_of_shares(estimates, name, styles):
    shares = estimates.drop(columns="neutral").assign(estimate=[0.0, 0.2, 0.4, None])
    figure = overview.attention(
        shares, actors=["a", "b"], actor_name=name, outlet_name=name, styles=styles
    )
    axis = checked(figure).layout.xaxis
    assert axis.range[0] < 0 < 0.4 < axis.range[1]
    assert axis.tickvals[0] == 0


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["The Steppe Post", "RT"], ["The Steppe<br>Post", "RT"]),
        (
            ["One", "Steppe Post Weekly", "Three", "Four"],
            ["One", "Steppe<br>Post Weekly<br> ", "Three", "Four<br> "],
        ),
        (["Unbrokenlongname", "b", "c", "d", "e"], ["Unbrokenl…", "b<br> ", "c", "d<br> ", "e"]),
    ],
)
def test_every_second_heading_of_many_stands_above_its_neighbours(names, said):
    assert headings(names) == said


def many(count):
    """Return one share for each of so many outlets, and their styles."""
    ids = [f"outlet-{n}" for n in range(count)]
    table = pd.DataFrame(
        {"outlet": ids, "actor": "a", "estimate": 0.1, "low": 0.05, "high": 0.2, "articles": 9,
         "mentions": 30}
    )  # fmt: skip
    return table, theme.outlet_styles(ids)


@pytest.mark.parametrize("name_", [lambda o: o, lambda o: f"The Very Long Name of {o}"])
def test_more_outlets_make_lines_and_legend_higher(name_):
    def height(count):
        table, styles = many(count)
        figure = overview.attention(
            table, actors=list("abcdefghij"), styles=styles, actor_name=str, outlet_name=name_
        )
        return checked(figure).layout.height

    assert height(2) < height(6)
    assert height(6) >= 150 + 10 * 6 * 9
