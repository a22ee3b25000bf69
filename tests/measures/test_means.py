"""Means and shares: recomputed from single mentions by other means."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kzdash.measures import COLUMNS, MEASURES, REPLICATES, means, shares, side_by_side
from kzdash.measures.resampling import tails, weights

P = ["negative", "neutral", "positive"]


def single(outlet, actor, article, p, sentiment=0.0, voice="own", role="agent", kind="name"):
    """Return one mention as a row of a units frame."""
    p = np.array(p, dtype=float)
    label = int(p.argmax())
    return {
        "outlet": outlet, "actor": actor, "voice": voice, "unit": article, "articles": 1,
        "mentions": 1, "n": 1, **dict(zip(P, p, strict=True)),
        **{f"{name}_var": x * (1 - x) for name, x in zip(P, p, strict=True)},
        "stance_var": p[0] + p[2] - (p[2] - p[0]) ** 2,
        **{f"labelled_{name}": int(i == label) for i, name in enumerate(P)},
        "sentiment_n": 1, "sentiment": sentiment,
        **{name: int(name == role) for name in ("agent", "patient", "other")},
        **{name: int(name == kind) for name in ("name", "metonym", "title", "pronoun")},
        "quoted": int(voice == "quoted"),
    }  # fmt: skip


def mentions(seed, articles=8, each=5, outlets=("daily", "post"), actors=("asanov", "border")):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        [
            single(
                outlet,
                rng.choice(actors),
                article,
                rng.dirichlet((1, 2, 1)),
                rng.uniform(-1, 1),
                rng.choice(["own", "quoted"]),
                rng.choice(["agent", "patient", "other"]),
                rng.choice(["name", "title"]),
            )
            for o, outlet in enumerate(outlets)
            for article in range(o * 100, o * 100 + articles)
            for _ in range(rng.integers(1, each))
        ]
    )


def summed(units, by):
    """Return the frame with the mentions of an article in one row, as for large builds."""
    keys = ("outlet", "actor", "voice", "unit", "articles")
    numbers = [c for c in units.columns if c not in keys]
    return units.groupby([*by, "unit", "articles"], as_index=False)[numbers].sum()


@pytest.mark.parametrize("measure", MEASURES)
@given(seed=st.integers(0, 1000))
@settings(max_examples=2, deadline=None)
def test_estimates_are_plain_means(measure, seed):
    units = mentions(seed)
    table = means(units, measure=measure).table.set_index(["outlet", "actor"])
    values = {
        "stance": units["positive"] - units["negative"],
        "sentiment": units["sentiment"],
        **{name: units[name] for name in MEASURES if name not in ("stance", "sentiment")},
    }[measure]
    groups = values.groupby([units["outlet"], units["actor"]])
    assert table["estimate"].to_dict() == pytest.approx(groups.mean().to_dict())
    assert table["mentions"].to_dict() == groups.size().to_dict()
    articles = units.groupby(["outlet", "actor"])["unit"].nunique()
    assert table["articles"].to_dict() == articles.to_dict()


@given(seed=st.integers(0, 1000), measure=st.sampled_from(list(MEASURES)))
@settings(max_examples=15, deadline=None)
def test_intervals_lie_within_bounds_and_hold_the_middle(seed, measure):
    found = means(mentions(seed), measure=measure)
    table = found.table.dropna(subset=["low"])
    least, most = MEASURES[measure].bounds
    assert (table["low"] >= least - 1e-9).all()
    assert (table["high"] <= most + 1e-9).all()
    assert (table["low"] <= table["high"]).all()


def test_interval_of_a_mean_matches_naive_resampling():
    units = mentions(3, articles=12, outlets=("daily",), actors=("asanov",))
    table = means(units, measure="sentiment").table.iloc[0]
    drawn = weights(12, "daily")
    articles = [units["sentiment"][units["unit"] == a].to_numpy() for a in range(12)]
    naive = [
        np.concatenate([articles[a] for a in np.repeat(np.arange(12), weight)]).mean()
        for weight in drawn
    ]
    low, high = np.quantile(naive, (tails(12), 1 - tails(12)))
    assert (table["low"], table["high"]) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("large", [False, True], ids=["labels drawn", "sums drawn"])
def test_an_interval_does_not_depend_on_what_is_estimated_beside_it(large):
    units = mentions(6, articles=20)
    if large:
        units = summed(units, ["outlet", "actor"])
    alone = units[(units["outlet"] == "daily") & (units["actor"] == "asanov")]
    turned = pd.concat([units, units.assign(actor="another")])[::-1]
    [one] = means(alone).table[["estimate", "low", "high"]].to_numpy()
    table = means(turned).table.set_index(["outlet", "actor"])
    other = table.loc[("daily", "asanov"), ["estimate", "low", "high"]].to_numpy(dtype=float)
    assert other == pytest.approx(one, abs=1e-12)


def test_summed_rows_give_the_same_as_single_ones():
    units = mentions(4, articles=20)
    by = ["outlet", "actor"]
    one, two = means(units, by).table, means(summed(units, by), by).table
    assert one[[*by, "articles", "mentions"]].equals(two[[*by, "articles", "mentions"]])
    assert one["estimate"].to_numpy() == pytest.approx(two["estimate"].to_numpy())
    assert one["low"].to_numpy() == pytest.approx(two["low"].to_numpy(), abs=0.06)
    assert one["high"].to_numpy() == pytest.approx(two["high"].to_numpy(), abs=0.06)


def test_uncertain_labels_widen_the_interval():
    sure = [single("daily", "asanov", a, (0, a % 2, 1 - a % 2)) for a in range(10)]
    unsure = [
        single("daily", "asanov", a, (0.25, 0.0 + a % 2 * 0.5, 0.75 - a % 2 * 0.5))
        for a in range(10)
    ]
    widths = []
    for rows in (sure, unsure):
        table = means(pd.DataFrame(rows)).table.iloc[0]
        widths.append(table["high"] - table["low"])
    assert widths[1] > widths[0]


@pytest.mark.parametrize(
    ("articles", "descriptive", "has_interval", "note"),
    [
        (1, True, False, "one article: no interval"),
        (2, True, True, "2 articles: descriptive"),
        (4, True, True, "4 articles: descriptive"),
        (5, False, True, ""),
    ],
)
def test_few_articles_are_descriptive(articles, descriptive, has_interval, note):
    rows = [single("daily", "asanov", a, (0.2, 0.5, 0.3)) for a in range(articles) for _ in "ab"]
    table = means(pd.DataFrame(rows)).table
    assert list(table.columns) == ["outlet", "actor", *COLUMNS, "neutral"]
    row = table.iloc[0]
    assert (row["descriptive"], row["note"]) == (descriptive, note)
    assert pd.notna(row["low"]) == pd.notna(row["high"]) == has_interval


def test_mentions_without_a_stance_are_left_out_of_it():
    rows = [single("daily", "asanov", a, (0, 0, 1)) for a in range(3)]
    rows.append(rows[0] | {"unit": 9, "n": 0, **dict.fromkeys(P, np.nan)})
    units = pd.DataFrame(rows)
    stance, agents = (means(units, measure=m).table.iloc[0] for m in ("stance", "agent"))
    assert (stance["estimate"], stance["mentions"], stance["articles"]) == (1, 3, 3)
    assert (agents["mentions"], agents["articles"]) == (4, 4)


def test_means_repeat():
    units = mentions(7)
    pd.testing.assert_frame_equal(means(units).table, means(units).table)


def test_means_of_nothing():
    table = means(mentions(1).head(0)).table
    assert table.empty
    assert list(table.columns) == ["outlet", "actor", *COLUMNS, "neutral"]


def test_paired_cells_are_resampled_together():
    rows = []
    for article in range(12):
        lean = article / 12
        rows += [
            single("daily", "asanov", article, (0, 1, 0), lean, "own"),
            single("daily", "asanov", article, (0, 1, 0), lean - 0.2, "quoted"),
        ]
    by = ("outlet", "actor", "voice")
    found = means(pd.DataFrame(rows), by, "sentiment", paired="voice")
    gap = found.differences("voice").iloc[0]
    assert gap["difference"] == pytest.approx(0.2)
    assert gap["low"] == pytest.approx(0.2)
    assert gap["high"] == pytest.approx(0.2)


def shared(counts):
    """Return units of a share: {outlet: [{item: count} for each article]}."""
    rows = []
    for outlet, articles in counts.items():
        for unit, items in enumerate(articles):
            rows.append((outlet, None, unit, 1, sum(items.values())))
            rows += [(outlet, item, unit, 1, n) for item, n in items.items() if n]
    return pd.DataFrame(rows, columns=["outlet", "actor", "unit", "articles", "count"])


def test_shares_count_and_divide():
    units = shared({"daily": [{"a": 3, "b": 1}, {"b": 4}], "post": [{"a": 2}]})
    table = shares(units).table.set_index(["outlet", "actor"])
    assert table["estimate"].to_dict() == {
        ("daily", "a"): 3 / 8,
        ("daily", "b"): 5 / 8,
        ("post", "a"): 1.0,
    }
    assert table["mentions"].tolist() == [3, 5, 2]
    assert table["articles"].tolist() == [1, 2, 1]
    assert table["of"].tolist() == [8, 8, 2]
    assert table["of_articles"].tolist() == [2, 2, 1]


def test_shares_of_all_items_sum_to_one_in_every_replicate():
    rng = np.random.default_rng(2)
    units = shared(
        {"daily": [dict(zip("abc", rng.integers(0, 5, 3), strict=True)) for _ in range(30)]}
    )
    assert shares(units).draws.sum(axis=1) == pytest.approx(np.ones(REPLICATES))


def test_interval_of_a_share_matches_scipy():
    rng = np.random.default_rng(8)
    articles = [dict(zip("ab", rng.integers(1, 6, 2), strict=True)) for _ in range(50)]
    row = shares(shared({"daily": articles})).table.iloc[0]
    above = np.array([a["a"] for a in articles])
    below = above + np.array([a["b"] for a in articles])
    reference = stats.bootstrap(
        (above, below),
        lambda a, b, axis=-1: a.sum(axis=axis) / b.sum(axis=axis),
        paired=True,
        method="percentile",
        confidence_level=1 - 2 * tails(50),
        n_resamples=20_000,
        rng=np.random.default_rng(9),
    ).confidence_interval
    assert row["low"] == pytest.approx(reference.low, abs=0.1 * (reference.high - reference.low))
    assert row["high"] == pytest.approx(reference.high, abs=0.1 * (reference.high - reference.low))


def test_a_share_rests_on_all_articles_of_its_outlet():
    units = shared({"daily": [*[{"a": 1, "b": 3}] * 2, *[{"b": 4}] * 9]})
    row = shares(units).table.set_index("actor").loc["a"]
    assert (row["articles"], row["of_articles"]) == (2, 11)
    assert row["low"] == 0
    assert row["high"] > row["estimate"]


@pytest.mark.parametrize("named", [0, 1])
def test_a_share_that_fewer_than_two_articles_have_gets_no_interval(named):
    units = shared({"daily": [*[{"a": 1, "b": 3}] * named, *[{"b": 4}] * 9], "post": [{"a": 1}]})
    row = shares(units, every=True).table.set_index(["outlet", "actor"]).loc[("daily", "a")]
    assert (row["articles"], row["of_articles"]) == (named, named + 9)
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])


def test_items_that_an_outlet_has_not_are_nothing_of_it():
    units = shared({"daily": [{"a": 2, "b": 2}] * 6, "post": [{"b": 1}] * 7, "zone": [{"c": 1}]})
    found = shares(units, every=True)
    table = found.table.set_index(["outlet", "actor"])
    assert len(table) == 9
    assert table.loc[("post", "a"), ["estimate", "mentions"]].tolist() == [0, 0]
    gap = found.differences(pairs=[("daily", "post")]).set_index("actor")
    assert list(gap.index) == ["a", "b"], "an item that neither has is no difference"
    assert gap.loc["a", "difference"] == pytest.approx(0.5)
    assert gap.loc["a", "articles"] == 6
    assert gap.loc["a", ["of_first", "of_second"]].tolist() == [24, 7]


def test_mean_stance_has_the_neutral_share_beside_it():
    units = mentions(3)
    for by in (("outlet", "actor"), ("outlet",)):
        found = means(units, by)
        shares = means(units, by, "neutral").table["estimate"].to_numpy()
        assert found.table["neutral"].to_numpy() == pytest.approx(shares)
    gap = means(units).differences().iloc[0]
    own = means(units).table.set_index(["outlet", "actor"])["neutral"]
    assert gap["neutral_first"] == pytest.approx(own[gap["first"], gap["actor"]])
    assert gap["neutral_second"] == pytest.approx(own[gap["second"], gap["actor"]])


def test_measures_of_the_same_cells_stand_side_by_side():
    units = mentions(5)
    keys = ("outlet", "actor")
    parts = {name: means(units, keys, name).table for name in ("negative", "neutral")}
    parts["neutral"] = parts["neutral"].iloc[::-1]
    table = side_by_side(parts, keys).set_index(list(keys))
    for name, part in parts.items():
        part = part.set_index(list(keys))
        for column, end in (("estimate", ""), ("low", "_low"), ("high", "_high")):
            pd.testing.assert_series_equal(
                table[f"{name}{end}"].sort_index(), part[column].sort_index(), check_names=False
            )
    assert table["mentions"].tolist() == parts["negative"]["mentions"].tolist()
    assert side_by_side({"neutral": parts["neutral"].head(0)}, keys).empty
