"""Findings in words: rounded alike, ties named as ties, doubt stated."""

import itertools
from types import SimpleNamespace

import pandas as pd
import pytest

from kzdash.charts import theme
from kzdash.registry import Registry
from kzdash.scope import Scope
from kzdash.ui import actor, framing, outlets, overview, relations, voices, words

NONE = float("nan")


def plain(text):
    """Return a text with ordinary spaces."""
    return text.replace("\xa0", " ")


@pytest.fixture
def view():
    def name(key):
        return key.title()

    return SimpleNamespace(
        actor=name,
        short=name,
        outlet=name,
        frame=name,
        outlets=["daily", "post"],
        scope=Scope(),
        registry=Registry.load(),
    )


def gap(measure, first, second, **more):
    row = {"actor": "ada", "measure": measure, "first": "daily", "second": "post",
           "difference": first - second, "low": NONE, "high": NONE, "articles": 9,
           "q": 0.2}  # fmt: skip
    values = [
        SimpleNamespace(actor="ada", outlet=o, estimate=e, mentions=8, articles=2, of=90)
        for o, e in (("daily", first), ("post", second))
    ]
    return SimpleNamespace(**{**row, **more}), values


@pytest.mark.parametrize(
    ("measure", "shares", "said"),
    [
        ("attention", (0.1162, 0.0248), "11.6 % of the mentions in <b>Daily</b> (8 of 90), 2.5 % "
         "in <b>Post</b> (8 of 90): 9.1 percentage points more. "),
        ("attention", (0.0, 0.0651), "6.5 % of the mentions in <b>Post</b> (8 of 90), 0 % in "
         "<b>Daily</b> (8 of 90): 6.5 percentage points more. "),
        ("attention", (0.3449, 0.0251), "34 % of the mentions in <b>Daily</b> (8 of 90), 3 % "
         "in <b>Post</b> (8 of 90): 32 percentage points more (rounded). "),
        ("attention", (0.1049, 0.0949), "10.5 % of the mentions in <b>Daily</b> (8 of 90), 9.5 % "
         "in <b>Post</b> (8 of 90): 1.0 percentage point more. "),
        ("attention", (0.3441, 0.0341), "34 % of the mentions in <b>Daily</b> (8 of 90), 3 % in "
         "<b>Post</b> (8 of 90): 31 percentage points more. "),
        ("stance", (0.404, -0.314), "<b>Ada</b> is presented more favourably in <b>Daily</b> "
         "(+0.40; 8 mentions, 2 articles) than in <b>Post</b> (−0.31; 8 mentions, 2 articles), "
         "own and quoted voice together: difference 0.72 (rounded). "),
        ("stance", (0.06, 0.054), "<b>Ada</b> is presented more favourably in <b>Daily</b> "
         "(+0.06; 8 mentions, 2 articles) than in <b>Post</b> (+0.05; 8 mentions, 2 articles), "
         "own and quoted voice together: difference 0.01. "),
    ],
)  # fmt: skip
def test_numbers_of_one_sentence_agree(view, measure, shares, said):
    assert said in plain(words.difference(view, *gap(measure, *shares)))


@pytest.mark.parametrize(
    ("voices", "said"),
    [
        (("own",), "each in its own voice"),
        (("quoted",), "in quoted speech"),
        ((), "own and quoted voice together"),
    ],
)
def test_a_difference_in_stance_says_in_whose_voice(view, voices, said):
    view.scope = Scope(voices=voices)
    told = plain(words.difference(view, *gap("stance", 0.4, -0.3)))
    assert f"8 mentions, 2 articles), {said}: difference 0.70." in told


def test_frames_differ_in_shares_of_sentences(view):
    row, values = gap("frames", 0.3, 0.1, frame="aid")
    for value in values:
        value.frame = "aid"
    said = plain(words.difference(view, row, values))
    assert said.startswith("<b>Aid</b> is in 30 % of the sentences in <b>Daily</b> (8 of 90), 10 %")


def test_a_turned_difference_turns_its_interval(view):
    said = plain(words.difference(view, *gap("attention", 0.1, 0.3, low=-0.3, high=-0.1)))
    assert "30 % of the mentions in <b>Post</b> (8 of 90), 10 % in <b>Daily</b>" in said
    assert "95 % interval +10 to +30" in said


@pytest.mark.parametrize(
    ("articles", "q", "said"),
    [
        (9, 0.0, "Unlikely to be chance (q &lt; 0.001)."),
        (9, 0.012, "(q = 0.012)"),
        (9, 0.3, "May be chance (q = 0.300)."),
        (1, NONE, "Descriptive: 1 article on the smaller side, so no interval."),
    ],
)
def test_certainty(articles, q, said):
    assert said in plain(words.certainty(SimpleNamespace(articles=articles, q=q)))


@pytest.mark.parametrize(
    ("names", "of", "said"),
    [
        (["a"], 1, "a"),
        (["a"], 9, "a"),
        (["a", "b"], 9, "a and b"),
        (["a", "b", "c"], 9, "a, b and c"),
        (list("abcd"), 9, ""),
        (["a", "b"], 2, ""),
    ],
)
def test_who_shares_the_first_place(names, of, said):
    assert words.leading(names, of) == said


def pair(source, told):
    return {"source": source, "target": "z", "praises": told, "supports": 0, "blames": 0,
            "attacks": 0, "articles": 6}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([3, 1], "Found most: <b>A</b> toward <b>Z</b> (3 times for; in 6 articles)"),
        ([2, 2, 1], "Found most, 2 times each: <b>A</b> toward"),
        ([1] * 5, "No pair stands out: 5 are"),
    ],
)
def test_pairs_that_tie_are_no_winners(view, told, said):
    pairs = [SimpleNamespace(**pair("abcde"[i], n)) for i, n in enumerate(told)]
    assert said in plain(relations.most_told(view, pairs))


def test_relations_in_few_articles_are_counted_alone(view):
    few = [SimpleNamespace(**{**pair(name, 2), "articles": 4}) for name in "ab"]
    said = relations.most_told(view, few)
    assert said.startswith("4 relations found, of 2 pairs, none in five articles")


@pytest.mark.parametrize(
    ("quotes", "said"),
    [
        ([4, 1], "<b>A</b> in <b>Daily</b> (25 % of 16 quotations)"),
        ([4, 4, 1], "<b>A</b> and <b>B</b> in <b>Daily</b> (25 % of 16 quotations each)"),
        ([4, 4], "nobody more than others in <b>Daily</b>: 2 speakers alike"),
    ],
)
def test_speakers_that_tie_are_no_winners(view, quotes, said):
    assert said in plain(voices.heard(view, speakers(16, quotes)))


def speakers(of, quotes, names="abc"):
    rows = [
        {"speaker": name, "outlet": "daily", "quotes": n, "share": n / of, "of": of, "articles": 7}
        for name, n in zip(names, quotes, strict=False)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("of", "names", "said"),
    [
        (
            1300,
            ["a", "b", None],
            "(46 % of 1,300 quotations). No speaker was found for 600 of 1,300 quotations.",
        ),
        (1300, ["a", "b"], "(46 % of 1,300 quotations)."),
        (4, ["a", "b", None], "Most heard: too few to compare in <b>Daily</b> (4 quotations). No"),
    ],
)
def test_who_is_heard_says_how_many_have_no_speaker(view, of, names, said):
    text = plain(voices.heard(view, speakers(of, [600, 100, 600], names)))
    assert said in text
    assert ("No speaker" in text) == (None in names)


def test_outlets_with_too_few_quotations_are_named_together(view):
    few = [speakers(of, [of]).assign(outlet=outlet) for of, outlet in ((4, "daily"), (1, "post"))]
    said = plain(voices.heard(view, pd.concat(few)))
    assert said == (
        "Most heard: too few to compare in <b>Daily</b> (4 quotations) and <b>Post</b> "
        "(1 quotation)."
    )


def test_only_the_actors_selected_are_compared_in_who_is_heard(view):
    view.scope = Scope(actors=("a",))
    said = voices.heard(view, speakers(16, [4]))
    assert said.startswith("Of the actors selected, most heard: <b>A</b> in <b>Daily</b>")


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0.2, 0.1], "F (20 %)"),
        ([0.2, 0.2, 0.1], "F and G (20 % each)"),
        ([0.1, 0.1], "none, 2 alike (10 % each)"),
    ],
)
def test_frames_that_tie_are_no_winners(view, shares, said):
    table = pd.DataFrame({"outlet": "daily", "frame": list("fgh")[: len(shares)],
                          "estimate": shares, "articles": 8, "of": 100,
                          "mentions": [round(100 * s) for s in shares]})  # fmt: skip
    assert f"<b>Daily</b>: {said}" in plain(framing.leading(view, table))
    rows = [
        SimpleNamespace(frame=f, sentences=round(100 * s), everywhere=100, articles=8)
        for f, s in zip("fgh", shares, strict=False)
    ]
    assert f"<b>Ada</b>: {said}" in plain(framing._leading(view, {"ada": rows}))


@pytest.mark.parametrize(
    ("of", "said"),
    [(40, "none in 40 sentences."), (4, "too few to compare (at most 0 of 4 sentences with a")],
)
def test_an_outlet_without_a_frame_has_no_leading_one(view, of, said):
    table = pd.DataFrame({"outlet": "daily", "frame": ["f", "g"], "estimate": 0.0, "articles": 0,
                          "of": of, "mentions": 0})  # fmt: skip
    assert f"<b>Daily</b>: {said}" in plain(framing.leading(view, table))


def test_a_frame_in_few_articles_leads_descriptively(view):
    table = pd.DataFrame({"outlet": ["daily"], "frame": ["f"], "estimate": [0.2],
                          "articles": [1], "mentions": [8], "of": [40]})  # fmt: skip
    assert "(20 %, descriptive)" in plain(framing.leading(view, table))


def apart(one, other, **more):
    low, high = one - other - 0.1, one - other + 0.1
    row = {"first": "daily", "second": "post", "difference": one - other, "low": low,
           "high": high, "articles": 9, "q": 0.01}  # fmt: skip
    return SimpleNamespace(**{**row, **more})


def of_voices(**sides):
    """Return means by actor and voice, and their differences: {actor: (own, quoted, more)}."""
    means = [{"actor": a, "voice": v, "estimate": e, "mentions": more.get("mentions", 20),
              "articles": more.get("articles", 9)}
             for a, (own, quoted, more) in sides.items()
             for v, e in (("own", own), ("quoted", quoted))]  # fmt: skip
    pair = {"first": "own", "second": "quoted"}
    gaps = [{**vars(apart(own, quoted)), **pair, "actor": a, "mentions_first": 99,
             "mentions_second": more.get("mentions", 20), "articles": more.get("articles", 9),
             "q": more.get("q", NONE)}
            for a, (own, quoted, more) in sides.items()]  # fmt: skip
    return pd.DataFrame(means), pd.DataFrame(gaps)


@pytest.mark.parametrize(
    ("bo", "said"),
    [
        (
            {"articles": 1},
            "Largest gap: <b>Ada</b>, −0.20 in the outlets' own voice (20 mentions, 9 "
            "articles), +0.30 in quoted speech (20 mentions, 9 articles): difference 0.50; 95 % "
            "interval +0.40 to +0.60. May be chance (q = 0.300). Marks of fewer than 5 articles "
            "are drawn, not told.",
        ),
        ({"q": 0.01}, "Largest gap beyond chance: <b>Bo</b>, +0.90"),
        ({"mentions": 4, "articles": 4}, "Largest gap: <b>Ada</b>"),
        ({"q": 0.2}, "Largest gap: <b>Bo</b>"),
    ],
)
def test_the_largest_gap_of_voices_prefers_enough_articles_and_states_its_doubt(view, bo, said):
    text = plain(
        voices.largest_gap(view, *of_voices(ada=(-0.2, 0.3, {"q": 0.3}), bo=(0.9, -0.9, bo)))
    )
    assert text.startswith(said)
    assert text.endswith("are drawn, not told.") == ("<b>Ada</b>" in said)


def test_voices_of_few_mentions_make_no_largest_gap(view):
    few = of_voices(ada=(0.5, -0.5, {"mentions": 1, "articles": 1}))
    assert "No actor has 5 mentions in both voices" in voices.largest_gap(view, *few)
    thin = {"mentions": 4, "articles": 2}
    said = voices.largest_gap(view, *of_voices(ada=(0.5, -0.5, thin), bo=(0.1, 0, {"articles": 2})))
    assert said.endswith("Marks of fewer than 5 mentions are drawn, not told.")


def doubt(**shares):
    """Return shares of doubting verbs by outlet, (share, quotations), and their differences."""
    rows = [
        SimpleNamespace(outlet=o, doubting=d, articles=9, mentions=n)
        for o, (d, n) in shares.items()
    ]
    pairs = itertools.combinations(rows, 2)
    return rows, [
        apart(a.doubting, b.doubting, first=a.outlet, second=b.outlet, verb_class="doubting")
        for a, b in pairs
    ]


def test_the_doubting_outlets_differ_with_an_interval(view):
    rows, gaps = doubt(daily=(0.1, 40), post=(0.3, 40))
    said = plain(voices.doubting(view, rows, [*gaps, apart(0.9, 0.7, verb_class="neutral")]))
    assert said.startswith("<b>Post</b> introduces 30 % of its quotations with a reporting verb")
    assert "(40 quotations in 9 articles) with one that doubts" in said
    assert (
        "10 % in <b>Daily</b>: 20 percentage points more; 95 % interval +10 to +30. Unlikely"
        in said
    )
    assert plain(voices.doubting(view, rows[1:], [])).startswith("<b>Post</b> introduces 30 %")


def test_doubt_is_of_the_quotations_of_the_actors_selected(view):
    view.scope = Scope(actors=("ada",))
    said = plain(voices.doubting(view, *doubt(daily=(0.1, 40), post=(0.3, 40))))
    assert "30 % of its quotations of the actors selected with a reporting verb" in said


@pytest.mark.parametrize(
    ("q", "articles", "head", "tail"),
    [
        (
            0.5,
            9,
            "No outlet differs beyond chance; highest: <b>Post</b> introduces 30 %",
            "May be chance (q = 0.500).",
        ),
        (NONE, 2, "<b>Post</b> introduces 30 %", "Descriptive: 2 articles on the smaller side."),
    ],
)
def test_doubt_that_chance_may_give_ranks_nobody(view, q, articles, head, tail):
    rows, gaps = doubt(daily=(0.1, 40), post=(0.3, 40))
    gaps[0].q, gaps[0].articles = q, articles
    said = plain(voices.doubting(view, rows, gaps))
    assert said.startswith(head)
    assert said.endswith(tail)


def test_the_doubt_unlikely_to_be_chance_is_told_before_a_larger_one(view):
    rows, gaps = doubt(daily=(0.1, 400), post=(0.3, 400), star=(0.5, 6))
    gaps[1].q = gaps[2].q = 0.4
    assert plain(voices.doubting(view, rows, gaps)).startswith("<b>Post</b> introduces 30 %")


@pytest.mark.parametrize(
    ("shares", "said"),
    [({"daily": (0.0, 6), "post": (0.3, 40), "star": (0.0, 50)},
      "against 0 % in <b>Star</b> and 1 other outlet: 30 percentage points more"),
     ({"daily": (0.3, 6), "post": (0.3, 40)}, "<b>Post</b> introduces 30 %"),
     ({"daily": (0.0, 6), "post": (0.0, 40)}, "No outlet introduces speech with a doubting verb."),
     ({"daily": (0.5, 40), "post": (0.1, 40), "star": (1.0, 1)}, "<b>Daily</b> introduces 50 %")],
)  # fmt: skip
def test_doubt_alike_names_the_outlet_of_most_quotations(view, shares, said):
    rows, gaps = doubt(**shares)
    for row in rows:
        row.articles = 9 if row.mentions > 5 else 1
    assert said in plain(voices.doubting(view, rows, gaps))


def test_few_quotations_make_no_doubt(view):
    rows, gaps = doubt(daily=(0.0, 4), post=(0.5, 2))
    for row in rows:
        row.articles = 1
    assert "too few to compare" in voices.doubting(view, rows, gaps)


@pytest.mark.parametrize(
    ("articles", "mentions", "lowest"),
    [
        ((9, 9, 1), (20, 20, 20), "<b>Post</b> +0.10 (20 mentions, 9 articles): difference 0.30; "),
        ((9, 1, 1), (20, 20, 20), "<b>Star</b> −0.50 (20 mentions, 1 article): difference 0.90; "),
        ((1, 1, 1), (20, 20, 4), "<b>Post</b> +0.10 (20 mentions, 1 article): difference 0.30; "),
    ],
)
def test_highest_and_lowest_outlet_differ_with_an_interval(view, articles, mentions, lowest):
    cells = zip(("daily", "post", "star"), (0.4, 0.1, -0.5), articles, mentions, strict=True)
    part = [SimpleNamespace(outlet=o, estimate=e, articles=n, mentions=m) for o, e, n, m in cells]
    gaps = [apart(0.4, 0.1), apart(0.4, -0.5, second="star")]
    said = actor._extremes(view, part, gaps)
    assert said.startswith("highest <b>Daily</b> +0.40 (20 mentions, ")
    assert f", lowest {lowest}" in said
    omitted = "Post" in lowest
    assert ("Marks of fewer than 5 " in said) == omitted
    alone = actor._extremes(view, part[:1], [])
    assert alone.startswith("<b>Daily</b> +0.40 (20 mentions, ")
    assert ("Descriptive." in alone) == (articles[0] < 5)


@pytest.mark.parametrize(
    ("mentions", "said"),
    [((1, 4), "too few mentions to compare: <b>B</b> +0.40 (4 mentions, 1 article); <b>A</b> +0.40 "
      "(1 mention, 1 article)."),
     ((20, 4), "too few mentions to compare: <b>A</b> +0.40 (20 mentions, 1 article); <b>B</b>"),
     ((1, 2, 3, 4, 4), "(4 mentions, 1 article); <b>C</b> +0.40 (3 mentions, 1 article); and 2 "
      "more.")],
)  # fmt: skip
def test_outlets_of_few_mentions_are_not_ranked(view, mentions, said):
    part = [
        SimpleNamespace(outlet=o, estimate=0.4, articles=1, mentions=n)
        for o, n in zip("abcde", mentions, strict=False)
    ]
    assert said in actor._extremes(view, part, [])


def test_outlets_alike_are_highest_and_lowest_without_a_difference(view):
    part = [
        SimpleNamespace(outlet=o, estimate=0.0, articles=9, mentions=9) for o in ("daily", "post")
    ]
    said = plain(actor._extremes(view, part, [apart(0.0, 0.0, q=1.0)]))
    assert "lowest <b>Daily</b>" in said
    assert "difference 0.00" in said


@pytest.mark.parametrize(
    ("articles", "mentions", "said"),
    [((9, 1), (9, 40), "Only one value of 5 articles or more: <b>A</b> in <b>Daily</b> +0.40 (9 "
      "mentions, 9 articles)."),
     ((1, 1), (4, 6), "Only one value of 5 mentions or more: <b>B</b> in <b>Daily</b> −0.30 (6 "
      "mentions, 1 article). Descriptive: fewer than five articles."),
     ((1, 1), (7, 6), "Highest: <b>A</b> in <b>Daily</b> +0.40 (7 mentions, 1 article). Lowest: "
      "<b>B</b> in <b>Daily</b> −0.30 (6 mentions, 1 article)."),
     ((1, 1), (4, 1), "These are too few mentions to compare: <b>A</b> in <b>Daily</b> +0.40 (4 "
      "mentions, 1 article); <b>B</b> in <b>Daily</b> −0.30 (1 mention, 1 article).")],
)  # fmt: skip
def test_extremes_rest_on_the_larger_samples_and_say_theirs(view, articles, mentions, said):
    table = pd.DataFrame({"outlet": "daily", "actor": ["a", "b"], "estimate": [0.4, -0.3],
                          "articles": articles, "mentions": mentions})  # fmt: skip
    assert plain(words.extremes(view, table, view.actor, "actor")).startswith(said)


def test_one_value_alone_and_values_alike_are_no_extremes(view):
    table = pd.DataFrame(
        {"outlet": ["daily", "post"], "actor": "a", "estimate": 0.0, "articles": 9, "mentions": 9}
    )
    one = words.extremes(view, table.head(1), view.actor, "actor")
    assert one.startswith("Only one value: <b>A</b> in <b>Daily</b>")
    both = words.extremes(view, table, view.actor, "actor")
    assert both.startswith("All are alike, as <b>A</b> in <b>Daily</b>")


NEUTRAL = pd.DataFrame(
    [
        ("daily", "own", 0.5, 3),
        ("daily", "own", 0.9, 1),
        ("daily", "quoted", 0.2, 4),
        ("post", "own", 1.0, 2),
    ],
    columns=["outlet", "voice", "neutral", "mentions"],
)


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        (NEUTRAL.drop(columns="voice"), "outlet", "Daily 40 %; Post 100 %"),
        (
            NEUTRAL,
            "outlet",
            "Daily 60 % in its own voice, 20 % in quoted speech; Post 100 % in its own voice",
        ),
        (NEUTRAL, "voice", "Own 73 %; Quoted 20 %"),
    ],
)
def test_neutral_shares_are_those_of_the_mentions_drawn(view, table, key, said):
    values = ["none", *table[key].unique()]
    told = plain(words.neutral(table, values, view.outlet, key))
    assert told == f"Neutral by the model's probabilities, of the mentions in the chart: {said}."


def test_a_brief_difference_leaves_out_what_all_share(view):
    said = plain(words.difference(view, *gap("stance", 0.4, -0.3, articles=1), brief=True))
    assert said.endswith("together: difference 0.70.")


def differing(*rows, **more):
    """Return differences of one outlet pair: (actor, difference, smaller side's mentions)."""
    columns = {"first": "daily", "second": "post", "low": NONE, "high": NONE, "p": NONE,
               "q": NONE, "articles": 1, "of_first": 90, "of_second": 90, **more}  # fmt: skip
    found = [
        {"actor": a, "difference": d, "mentions_first": 99, "mentions_second": n, **columns}
        for a, d, n in rows
    ]
    names = ["actor", "difference", "mentions_first", "mentions_second", *columns]
    return pd.DataFrame(found, columns=names)


@pytest.mark.parametrize(
    ("rows", "actors"),
    [
        ([("ada", 0.9, 9), ("ada", 0.8, 9), ("bo", 0.7, 9)], ["ada", "ada", "bo"]),
        ([("ada", 0.9 - n / 50, 9) for n in range(5)] + [("bo", 0.7, 9)], ["ada"] * 3 + ["bo"]),
        ([("ada", 0.9 - n / 50, 9) for n in range(5)] + [("bo", 0.5, 9)], ["ada"] * 4),
        ([("ada", 0.9, 4), ("bo", 0.7, 5)], ["bo"]),
        ([("ada", 0.9, 1)], []),
        ([], []),
    ],
)
def test_the_largest_differences_vary_and_rest_on_enough_mentions(rows, actors):
    gaps = words.together(differing(*rows, articles=9), differing())
    assert words.largest_differences(gaps)["actor"].tolist() == actors


def test_the_largest_of_each_measure_comes_though_its_actor_is_named():
    stance = differing(("ada", 0.9, 9), ("cy", 0.2, 9), articles=9)
    attention = differing(("ada", 0.30, 0), ("bo", 0.29, 0), ("ada", 0.28, 0))
    found = words.largest_differences(words.together(stance, attention))
    assert found["measure"].tolist() == ["stance", "attention"] * 2
    assert found["actor"].tolist() == ["ada", "ada", "cy", "bo"]


@pytest.mark.parametrize(
    ("mentions", "articles", "q", "voices", "said"),
    [
        (9, (1, 1), NONE, ("own",), ["No difference in stance is told"]),
        (9, (1, 1), NONE, (), ["No difference in stance is told", "Attention is of all"]),
        (9, (9, 9), NONE, (), ["Stance is that in the outlets' own voice. Attention is of all"]),
        (9, (9, 9), 0.01, ("own",), ["Of each measure, those unlikely",
                                     "q, the false-discovery rate, is over all 2 "]),
        (1, (9, 9), NONE, ("own",), ["Means of fewer than 5 mentions, and shares out of fewer,"]),
        (5, (5, 2), NONE, ("own",), ["Of each measure, those of 5 articles or more on both"]),
    ],
)  # fmt: skip
def test_remarks_on_the_largest_differences(view, mentions, articles, q, voices, said):
    view.scope = Scope(voices=voices)
    gaps = differing(("ada", 0.9, mentions), ("bo", 0.1, 9), q=q).assign(measure="stance")
    gaps["articles"] = articles
    found = words.remarks(view, gaps)
    assert [f.startswith(s) for f, s in zip(found, said, strict=True)] == [True] * len(said)


@pytest.mark.parametrize(
    ("rows", "of", "kept"),
    [([("ada", 1.0, 0), ("bo", 0.1, 0)], [4, 5], ["bo"]), ([("ada", 0.0004, 9)], [90], [])],
)
def test_shares_out_of_few_and_those_alike_in_print_are_no_largest(rows, of, kept):
    gaps = words.together(differing(), differing(*rows).assign(of_second=of))
    assert words.largest_differences(gaps)["actor"].tolist() == kept


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ((4, 4), "Too few sentences to compare: one outlet has fewer than 5."),
        ((4, 90), "Marks of fewer than 5 sentences are drawn, not told."),
    ],
)
def test_frames_out_of_few_sentences_are_no_largest(view, of, said):
    gaps = differing(("ada", 0.9, 9), ("bo", 0.4, 9)).assign(of_second=of)
    values, table = (t.assign(frame=t["actor"]) for t in told(gaps, "frames"))
    text = outlets.gap_words(view, values, table)
    assert text.endswith(said)
    assert "Ada" not in text


@pytest.mark.parametrize(
    ("apart", "said"),
    [(0.0, "have the same mean"), (0.004, "May be chance"), (0.02, "Largest gap")],
)
def test_a_small_gap_between_voices_is_told_with_its_doubt(view, apart, said):
    assert said in voices.largest_gap(view, *of_voices(ada=(0.2 + apart, 0.2, {})))


def told(gaps, measure="stance"):
    """Return the estimates behind differences, and these, as of one measure."""
    values = [
        {"outlet": o, "actor": a, "estimate": e, "mentions": 8, "articles": 9, "of": 90}
        for a, d in zip(gaps["actor"], gaps["difference"], strict=True)
        for o, e in (("daily", d), ("post", 0.0))
    ]
    return pd.DataFrame(values), gaps.assign(measure=measure)


@pytest.mark.parametrize(
    ("q", "said"),
    [((0.2, 0.3), "No difference here can be told from chance. Largest: <b>Ada</b> is presented"),
     ((0.2, 0.01), "1 of 2 differences is unlikely to be chance. <b>Bo</b> is presented"),
     ((0.02, 0.01), "2 of 2 differences are unlikely to be chance. Largest of them: <b>Ada</b> is"),
     ((NONE, NONE), "Descriptive only: one side has fewer than five articles for every actor. "
      "So few tell no difference in stance.")],
)  # fmt: skip
def test_the_largest_gap_of_two_outlets_is_of_those_unlikely_to_be_chance(view, q, said):
    gaps = differing(("ada", 0.9, 9), ("bo", 0.4, 9), articles=9).assign(q=q)
    assert outlets.gap_words(view, *told(gaps)).startswith(said)


def test_one_difference_alone_is_not_the_largest_of_several(view):
    gaps = differing(("ada", 0.9, 9), articles=9, q=0.01)
    said = outlets.gap_words(view, *told(gaps))
    assert said.startswith("The one difference is unlikely to be chance. <b>Ada</b> is presented")


@pytest.mark.parametrize(
    ("mentions", "measure", "said"),
    [
        ((1, 4), "attention", "Largest: <b>Ada</b> gets 90 % of the mentions in <b>Daily</b>"),
        ((0, 9), "attention", "Largest: <b>Ada</b> gets 90 % of the mentions in <b>Daily</b>"),
    ],
)
def test_the_smaller_sides_mentions_decide_which_gap_is_told(view, mentions, measure, said):
    gaps = differing(("ada", 0.9, mentions[0]), ("bo", 0.4, mentions[1]))
    assert said in plain(outlets.gap_words(view, *told(gaps, measure)))


@pytest.mark.parametrize("measure", ["stance", "attention"])
@pytest.mark.parametrize("q", [(0.2, 0.01, 0.04), (0.2, 0.3, 0.4)])
def test_overview_and_outlets_name_the_same_largest_difference(view, measure, q):
    gaps = differing(("ada", 0.9, 9), ("bo", 0.4, 9), ("cy", 0.3, 9), articles=9).assign(p=q, q=q)
    values, table = told(gaps, measure)
    both = [gaps if name == measure else gaps.head(0) for name in ("stance", "attention")]
    top = theme.rows(words.largest_differences(words.together(*both)))[0]
    said = words.difference(view, top, theme.rows(values)).split(". ")[0]
    assert said in outlets.gap_words(view, values, table)


@pytest.mark.parametrize(
    ("named", "outlet_ids", "said"),
    [({"daily": "xy", "post": "x", "star": ""}, ["daily", "post", "star"],
      "No mention found: Y in Post; X in Star; Y in Star."),
     ({"daily": "xy", "post": "xy"}, ["daily", "post"],
      "Every outlet of five articles or more names each of the 2 most mentioned actors."),
     ({"daily": "x"}, [], "No outlet has five articles here")],
)  # fmt: skip
def test_who_is_left_out_begins_with_the_pair(view, named, outlet_ids, said):
    rows = [{"outlet": o, "actor": a} for o, actors in named.items() for a in actors]
    assert outlets.missing(view, pd.DataFrame(rows), outlet_ids, ["x", "y"]).startswith(said)


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (
            (1.2, -1.1),
            "No word differs beyond chance; strongest lean: <b>a</b> (8 : 1) in <b>Daily</b>.",
        ),
        ((1.2, -1.5), "strongest lean: <b>b</b> (8 : 1) in <b>Post</b>."),
        (
            (2.5, -1.1),
            "Most typical: in <b>Daily</b> <b>a</b> (8 : 1); in <b>Post</b> no word beyond chance.",
        ),
        ((2.5, 2.1), "in <b>Post</b> no word beyond chance."),
    ],
)
def test_words_apart_are_told_from_chance(view, scores, said):
    rows = [
        SimpleNamespace(lemma=w, z=z, count_first=8, count_second=1)
        for w, z in zip("ab", scores, strict=True)
    ]
    assert outlets.typical(view, rows, ("daily", "post")).endswith(said)


@pytest.mark.parametrize(
    ("silent", "repeats", "narrowed", "said"),
    [
        (0, 0, False, ["2 copies of another article"]),
        (
            0,
            1,
            False,
            ["2 copies of another article, 1 of them within an outlet, where it counts once"],
        ),
        (1, 0, False, ["2 copies of another article", "1 article without a mention of an actor"]),
        (8, 0, True, ["2 copies of another article"]),
    ],
)
def test_articles_without_mentions_are_accounted_for(silent, repeats, narrowed, said):
    counted = 20 - repeats
    row = {"articles": 20, "unscored": 0, "copies": 2, "undated": 0, "naming": counted - silent}
    assert overview.among(row, counted, narrowed=narrowed) == said


@pytest.mark.parametrize(
    ("uses", "said"),
    [(4, "too few to compare (at most 4 of 90 sentences with a frame)"), (5, "F (6 %)")],
)
def test_frames_of_few_sentences_lead_nowhere(view, uses, said):
    assert plain(framing._first(view, ["f"], 3, uses, 90, few=False)) == said
