"""Mention scores: actor and overlap decide; optional labels count neither way."""

import pytest

from kzdash.evaluation.mentions import MentionLabel, score_mentions


def label(start, end, actor="ann", kind="name", required=True, article="one"):
    return MentionLabel(article, start, end, actor, kind, required)


@pytest.mark.parametrize(
    ("predicted", "labelled", "counts"),
    [
        pytest.param([label(0, 4)], [label(2, 8)], (1, 0, 0), id="overlap is enough"),
        pytest.param([label(0, 4)], [label(4, 8)], (0, 1, 1), id="touching is not overlap"),
        pytest.param([label(0, 4, "bob")], [label(0, 4)], (0, 1, 1), id="another actor"),
        pytest.param([label(0, 4, article="two")], [label(0, 4)], (0, 1, 1), id="another article"),
        pytest.param([], [label(0, 4, required=False)], (0, 0, 0), id="optional and missed"),
        pytest.param(
            [label(0, 4)], [label(0, 4, required=False)], (0, 0, 0), id="optional and found"
        ),
        pytest.param([label(0, 4), label(1, 3)], [label(0, 4)], (1, 0, 1), id="one label, one hit"),
        pytest.param(
            [label(0, 9)],
            [label(0, 3, required=False), label(4, 9)],
            (1, 0, 0),
            id="the required label first",
        ),
    ],
)
def test_score_counts(predicted, labelled, counts):
    overall = score_mentions(predicted, labelled).overall

    assert (overall.found, overall.missed, overall.spurious) == counts


def test_kinds_go_by_the_label_or_the_wrong_prediction():
    scores = score_mentions(
        [label(0, 4, kind="title"), label(20, 24, kind="pronoun")], [label(0, 4, kind="name")]
    )

    assert scores.kinds["name"].recall == 1.0
    assert scores.kinds["pronoun"].spurious == 1
    assert scores.kinds["title"].found == 0


def test_ratios_are_undefined_without_mentions():
    overall = score_mentions([], []).overall

    assert (overall.precision, overall.recall, overall.f1) == (None, None, None)


def test_ratios():
    overall = score_mentions(
        [label(0, 1), label(5, 6)], [label(0, 1), label(8, 9), label(11, 12)]
    ).overall

    assert overall.precision == 0.5
    assert overall.recall == pytest.approx(1 / 3)
    assert overall.f1 == pytest.approx(0.4)
