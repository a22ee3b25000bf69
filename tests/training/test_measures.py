"""Figures of labels that a model gave, against the author's."""

import numpy as np
import pytest
from scipy.stats import pearsonr

from training import measures
from training.corpus import Example


def example(author: int, article: str = "a", **facts: str) -> Example:
    known = {"kind": "name", "voice": "own", "actor": "aru", "style": "portrait", "second": ""}
    return Example("Aru spoke.", 0, 3, (0, 1, 0), author, "own", article, known | facts)


@pytest.mark.parametrize(
    ("true", "guess", "expected"),
    [
        pytest.param([0, 1, 2], [0, 1, 2], 1.0, id="all right"),
        pytest.param([0, 1, 2, 2], [0, 1, 1, 2], (1 + 2 / 3 + 2 / 3) / 3, id="one wrong"),
        pytest.param([1, 1], [1, 1], 1.0, id="labels that do not occur do not count"),
    ],
)
def test_macro_f1_is_the_mean_over_labels(true, guess, expected):
    assert measures.macro_f1(np.array(true), np.array(guess)) == pytest.approx(expected)


def test_by_group_scores_each_group_alone():
    examples = [example(0, kind="name"), example(1, kind="title"), example(1, kind="title")]
    found = measures.by_group(examples, np.array([0, 1, 1]), np.array([0, 1, 2]), "kind")
    assert {k: (d["n"], d["accuracy"]) for k, d in found.items()} == {
        "name": (1, 1.0),
        "title": (2, 0.5),
    }


def test_by_group_scores_other_methods_beside():
    examples = [example(0, kind="name"), example(1, kind="title")]
    true = np.array([0, 1])
    found = measures.by_group(examples, true, true, "kind", {"always_neutral": np.ones_like(true)})
    assert [d["always_neutral"]["accuracy"] for d in found.values()] == [0, 1]


def test_confusion_has_the_author_in_rows():
    found = measures.confusion(np.array([0, 0, 2]), np.array([1, 0, 2]))
    assert found.tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 1]]


def test_f1_is_of_each_label():
    counts = measures.confusion(np.array([0, 0, 2]), np.array([1, 0, 2]))
    assert measures.f1(counts) == [0.6667, 0, 1]
    assert measures.f1(np.diag([2.0, 0.0, 1.0])) == [1, 0, 1]


def test_interval_holds_the_figure_and_is_drawn_over_articles():
    draw = np.random.default_rng(2)
    true = draw.integers(0, 3, 200)
    guess = np.where(draw.random(200) < 0.7, true, 1)
    examples = [example(0, article=str(n // 10)) for n in range(200)]
    low, high = measures.intervals(examples, true, guess, draws=200)
    assert low < measures.macro_f1(true, guess) < high
    whole = [example(0, article="one") for _ in range(200)]
    assert len(set(measures.intervals(whole, true, guess, draws=20))) == 1


def test_actor_means_leaves_out_actors_with_few_mentions():
    examples, stances = [], []
    for name, author, ours in (("a", -1, -0.8), ("b", 0, 0.1), ("c", 1, 0.4)):
        examples += [example(author, actor=name)] * 5
        stances += [ours] * 5
    examples += [example(1, actor="rare")] * 4
    found = measures.actor_means(examples, np.array([*stances, -1, -1, -1, -1]))
    assert found["actors"] == 3
    assert found["pearson_r"] == pytest.approx(pearsonr([-1, 0, 1], [-0.8, 0.1, 0.4])[0], abs=1e-4)


def test_judged_groups_by_style_and_compares_with_the_second_coder():
    examples = [
        *[example(-1, style="portrait", second="-1", actor="aru")] * 5,
        *[example(1, style="broadcaster", second="0", actor="oren")] * 5,
        *[example(0, style="broadcaster", actor="ilan")] * 5,
    ]
    shares = np.repeat([[0.8, 0.1, 0.1], [0.1, 0.2, 0.7], [0.1, 0.6, 0.3]], 5, axis=0)
    found = measures.judged(examples, shares, [1, 1, 1])
    assert found["accuracy"] == 1
    assert {k: d["n"] for k, d in found["by_style"].items()} == {"portrait": 5, "broadcaster": 10}
    assert (found["second_coder"]["n"], found["second_coder"]["accuracy"]) == (10, 0.5)
    assert found["where_coders_agree"]["n"] == 5
