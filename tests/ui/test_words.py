"""Findings in words: rounded alike, ties named as ties, doubt stated."""

from types import SimpleNamespace

import pandas as pd
import pytest

from kzdash.registry import Registry
from kzdash.scope import Scope
from kzdash.ui import actor, framing, outlets, relations, voices, words

NONE = float("nan")


def plain(text):
    """Return a text with ordinary spaces."""
    return text.replace("\xa0", " ")


@pytest.fixture
def view():
    def name(key):
        return key.title()

    return SimpleNamespace(
        actor=name, short=name, outlet=name, frame=name, outlets=["daily", "post"],
        scope=Scope(), registry=Registry.load(),
    )  # fmt: skip


def gap(measure, first, second, **more):
    row = {"actor": "ada", "measure": measure, "first": "daily", "second": "post",
           "difference": first - second, "low": NONE, "high": NONE, "articles": 9,
           "q": 0.2}  # fmt: skip
    values = [SimpleNamespace(actor="ada", outlet=o, estimate=e, mentions=8, articles=2, of=90)
              for o, e in (("daily", first), ("post", second))]  # fmt: skip
    return SimpleNamespace(**{**row, **more}), values


@pytest.mark.parametrize(
    ("measure", "shares", "said"),
    [
        ("attention", (0.1162, 0.0248), "11.6 % of the mentions in <b>Daily</b> (8 of 90), 2.5 % "
         "in <b>Post</b> (8 of 90): 9.1 points more;"),
        ("attention", (0.0, 0.0651), "6.5 % of the mentions in <b>Post</b> (8 of 90), 0 % in "
         "<b>Daily</b> (8 of 90): 6.5 points more;"),
        ("attention", (0.3449, 0.0251), "34 % of the mentions in <b>Daily</b> (8 of 90), 3 % in "
         "<b>Post</b> (8 of 90): 31 points more;"),
        ("stance", (0.404, -0.314), "<b>Daily</b> (+0.40; 8 mentions, 2 articles) than in "
         "<b>Post</b> (−0.31; 8 mentions, 2 articles): difference 0.71;"),
    ],
)  # fmt: skip
def test_numbers_of_one_sentence_agree(view, measure, shares, said):
    assert said in plain(words.difference(view, *gap(measure, *shares)))


def test_a_turned_difference_turns_its_interval(view):
    said = plain(words.difference(view, *gap("attention", 0.1, 0.3, low=-0.3, high=-0.1)))
    assert "30 % of the mentions in <b>Post</b> (8 of 90), 10 % in <b>Daily</b>" in said
    assert "95 % interval +10 to +30" in said


@pytest.mark.parametrize(
    ("articles", "q", "said"),
    [(9, 0.0, "Unlikely to be chance (q &lt; 0.001)."), (9, 0.012, "(q = 0.012)"),
     (9, 0.3, "May be chance (q = 0.300)."), (1, NONE, "Descriptive: 1 article")],
)  # fmt: skip
def test_certainty(articles, q, said):
    assert said in plain(words.certainty(SimpleNamespace(articles=articles, q=q)))


@pytest.mark.parametrize(
    ("names", "of", "said"),
    [(["a"], 1, "a"), (["a"], 9, "a"), (["a", "b"], 9, "a and b"),
     (["a", "b", "c"], 9, "a, b and c"),
     (list("abcd"), 9, ""), (["a", "b"], 2, "")],
)  # fmt: skip
def test_who_shares_the_first_place(names, of, said):
    assert words.leading(names, of) == said


def pair(source, told):
    return {"source": source, "target": "z", "praises": told, "supports": 0, "blames": 0,
            "attacks": 0, "articles": 6}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "said"),
    [([3, 1], "Most told: <b>A</b> toward <b>Z</b> (3 times for, 0 times against, in 6 articles)"),
     ([2, 2, 1], "Most told, 2 times each: <b>A</b> toward"),
     ([1] * 5, "No pair stands out: 5 are")],
)  # fmt: skip
def test_pairs_that_tie_are_no_winners(view, told, said):
    pairs = [SimpleNamespace(**pair("abcde"[i], n)) for i, n in enumerate(told)]
    assert said in plain(relations.most_told(view, pairs))


@pytest.mark.parametrize(
    ("quotes", "said"),
    [([4, 1], "<b>A</b> in <b>Daily</b> (25 % of 16 quotations)"),
     ([4, 4, 1], "<b>A</b> and <b>B</b> in <b>Daily</b> (25 % of 16 quotations each)"),
     ([4, 4], "nobody more than others in <b>Daily</b>: 2 speakers alike")],
)  # fmt: skip
def test_speakers_that_tie_are_no_winners(view, quotes, said):
    rows = [SimpleNamespace(speaker="abc"[i], outlet="daily", quotes=n, share=n / 16, of=16,
                            articles=7) for i, n in enumerate(quotes)]  # fmt: skip
    assert said in plain(voices.most_heard(view, rows))


@pytest.mark.parametrize(
    ("shares", "said"),
    [([0.2, 0.1], "F (20 %)"), ([0.2, 0.2, 0.1], "F and G (20 % each)"),
     ([0.1, 0.1], "none, 2 alike (10 % each)")],
)  # fmt: skip
def test_frames_that_tie_are_no_winners(view, shares, said):
    table = pd.DataFrame({"outlet": "daily", "frame": list("fgh")[: len(shares)],
                          "estimate": shares, "articles": 8, "of_articles": 9})  # fmt: skip
    assert f"<b>Daily</b>: {said}" in plain(framing.leading(view, table))
    rows = [SimpleNamespace(frame=f, sentences=round(100 * s), everywhere=100, articles=8)
            for f, s in zip("fgh", shares, strict=False)]  # fmt: skip
    assert f"<b>Ada</b>: {said}" in plain(framing._leading(view, {"ada": rows}))


def test_a_frame_in_few_articles_leads_descriptively(view):
    table = pd.DataFrame({"outlet": ["daily"], "frame": ["f"], "estimate": [0.2],
                          "articles": [1], "of_articles": [90]})  # fmt: skip
    assert "(20 %, descriptive)" in plain(framing.leading(view, table))


def apart(one, other, **more):
    low, high = one - other - 0.1, one - other + 0.1
    row = {"first": "daily", "second": "post", "difference": one - other, "low": low,
           "high": high, "articles": 9, "q": 0.01}  # fmt: skip
    return SimpleNamespace(**{**row, **more})


def test_the_largest_gap_of_voices_prefers_enough_articles_and_states_its_doubt(view):
    rows = [SimpleNamespace(actor=a, voice=v, estimate=e, mentions=20, articles=9)
            for a, v, e in (("ada", "own", -0.2), ("ada", "quoted", 0.3), ("bo", "own", 0.9),
                            ("bo", "quoted", -0.9))]  # fmt: skip
    pair = {"first": "own", "second": "quoted"}
    gaps = [apart(-0.2, 0.3, actor="ada", **pair),
            apart(0.9, -0.9, actor="bo", **pair | {"articles": 1, "q": NONE})]  # fmt: skip
    said = voices.largest_gap(view, rows, gaps)
    assert "<b>Ada</b>, −0.20 in the outlets' own voice (20 mentions, 9 articles), +0.30" in said
    assert "difference 0.50; 95 % interval +0.40 to +0.60. Unlikely to be chance" in plain(said)
    assert "Descriptive: 1 article" in voices.largest_gap(view, rows, gaps[1:])


def test_the_doubting_outlets_differ_with_an_interval(view):
    rows = [SimpleNamespace(outlet=o, doubting=d, articles=9, mentions=40)
            for o, d in (("daily", 0.1), ("post", 0.3))]  # fmt: skip
    gaps = [apart(0.1, 0.3, verb_class="doubting"), apart(0.9, 0.7, verb_class="neutral")]
    said = plain(voices.doubting(view, rows, gaps))
    assert "<b>Post</b> doubts most: 30 %" in said
    assert "10 % in <b>Daily</b>: 20 points more; 95 % interval +10 to +30." in said
    alone = plain(voices.doubting(view, rows[1:], []))
    assert alone.startswith("<b>Post</b>: 30 % of its quotations")


@pytest.mark.parametrize(
    ("articles", "mentions", "lowest"),
    [((9, 9, 1), (20, 20, 20), "<b>Post</b> +0.10 (20 mentions, 9 articles): difference 0.30; "),
     ((9, 1, 1), (20, 20, 20), "<b>Star</b> −0.50 (20 mentions, 1 article): difference 0.90; "),
     ((1, 1, 1), (20, 20, 4), "<b>Post</b> +0.10 (20 mentions, 1 article): difference 0.30; "),
     ((1, 1, 1), (20, 4, 4), "<b>Star</b> −0.50 (4 mentions, 1 article): difference 0.90; ")],
)  # fmt: skip
def test_highest_and_lowest_outlet_differ_with_an_interval(view, articles, mentions, lowest):
    cells = zip(("daily", "post", "star"), (0.4, 0.1, -0.5), articles, mentions, strict=True)
    part = [SimpleNamespace(outlet=o, estimate=e, articles=n, mentions=m) for o, e, n, m in cells]
    gaps = [apart(0.4, 0.1), apart(0.4, -0.5, second="star")]
    said = actor._extremes(view, part, gaps)
    assert said.startswith(": highest <b>Daily</b> +0.40 (20 mentions, ")
    assert f", lowest {lowest}" in said
    alone = actor._extremes(view, part[:1], [])
    assert alone.startswith(": <b>Daily</b> +0.40 (20 mentions, ")
    assert ("Descriptive." in alone) == (articles[0] < 5)


@pytest.mark.parametrize(
    ("articles", "mentions", "said"),
    [((9, 1), (9, 40), "Only one value: <b>A</b> in <b>Daily</b> +0.40 (9 mentions, 9 articles). "
      "Marks of fewer than 5 articles are left out here."),
     ((1, 1), (4, 6), "Only one value: <b>B</b> in <b>Daily</b> −0.30 (6 mentions, 1 article). "
      "Descriptive: fewer than five articles each. Marks of fewer than 5 mentions are left out"),
     ((1, 1), (4, 1), "Highest: <b>A</b> in <b>Daily</b> +0.40 (4 mentions, 1 article). Lowest: "
      "<b>B</b> in <b>Daily</b> −0.30 (1 mention, 1 article).")],
)  # fmt: skip
def test_extremes_rest_on_the_larger_samples_and_say_theirs(view, articles, mentions, said):
    table = pd.DataFrame({"outlet": "daily", "actor": ["a", "b"], "estimate": [0.4, -0.3],
                          "articles": articles, "mentions": mentions})  # fmt: skip
    assert plain(words.extremes(view, table, view.actor, "actor")).startswith(said)


def test_a_brief_difference_leaves_out_what_all_share(view):
    said = plain(words.difference(view, *gap("stance", 0.4, -0.3, articles=1), brief=True))
    assert said.endswith("articles): difference 0.70.")


def differing(**more):
    """Return two actors' means of one outlet pair, and their differences."""
    means = [{"outlet": o, "actor": a, "estimate": 0.0, "mentions": more.get(a, 20)}
             for o in ("daily", "post") for a in ("ada", "bo")]  # fmt: skip
    gaps = [{"actor": a, "first": "daily", "second": "post", "difference": d, "low": NONE,
             "high": NONE, "p": NONE, "effect": NONE, "articles": 1, "q": NONE}
            for a, d in (("ada", 0.9), ("ada", 0.8), ("bo", more.get("gap", 0.7)))]  # fmt: skip
    return pd.DataFrame(means), pd.DataFrame(gaps)


@pytest.mark.parametrize(
    ("more", "actors"),
    [({}, ["ada", "bo", "ada"]), ({"gap": 0.5}, ["ada", "ada", "bo"]), ({"ada": 4}, ["bo"]),
     ({"ada": 4, "bo": 4}, ["ada", "bo", "ada"])],
)  # fmt: skip
def test_the_largest_differences_vary_and_rest_on_enough_mentions(view, more, actors):
    stance = differing(**more)
    found = words.largest_differences(view, stance, (stance[0], stance[1].head(0)))
    assert found["actor"].tolist() == actors


@pytest.mark.parametrize(
    ("scores", "said"),
    [((1.2, -1.1), "No word differs beyond chance; strongest lean: <b>a</b> (8 : 1) in "
      "<b>Daily</b>."),
     ((1.2, -1.5), "strongest lean: <b>b</b> (8 : 1) in <b>Post</b>."),
     ((2.5, -1.1), "Most typical: in <b>Daily</b> <b>a</b> (8 : 1); in <b>Post</b> no word beyond "
      "chance."),
     ((2.5, 2.1), "in <b>Post</b> no word beyond chance.")],
)  # fmt: skip
def test_words_apart_are_told_from_chance(view, scores, said):
    rows = [SimpleNamespace(lemma=w, z=z, count_first=8, count_second=1)
            for w, z in zip("ab", scores, strict=True)]  # fmt: skip
    assert outlets.typical(view, rows, ("daily", "post")).endswith(said)
