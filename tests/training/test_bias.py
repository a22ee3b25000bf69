"""The name-swap check: shares of unordered pairs, by label, against a limit."""

import numpy as np
import pytest

from kzdash.nlp.stance_model import StanceScore
from training import bias


@pytest.mark.parametrize(
    ("labels", "changed", "opposed"),
    [
        pytest.param([[1, 1, 1, 1]], 0.0, 0.0, id="none"),
        pytest.param([[0, 0, 2, 2]], 4 / 6, 4 / 6, id="two against two"),
        pytest.param([[0, 1, 1, 2]], 5 / 6, 1 / 6, id="through neutral"),
        pytest.param([[0, 2, 2, 2], [1, 1, 1, 1]], 3 / 12, 3 / 12, id="two templates"),
    ],
)
def test_changes_counts_unordered_pairs_by_label(labels, changed, opposed):
    labels = np.array(labels)
    found = bias.changes(np.zeros(labels.shape), labels)
    assert found["changed"] == pytest.approx(changed, abs=1e-4)
    assert found["opposed"] == pytest.approx(opposed, abs=1e-4)


def test_changes_takes_mean_and_greatest_over_pairs():
    found = bias.changes(np.array([[0.0, 0.1, 0.4]]), np.ones((1, 3), int))
    assert (found["mean"], found["greatest"]) == (pytest.approx(0.8 / 3, abs=1e-4), 0.4)


@pytest.mark.parametrize(
    ("stances", "labels", "kept"),
    [
        pytest.param([0.0, 0.15], [1, 1], True, id="at the limit"),
        pytest.param([0.0, 0.16], [1, 1], False, id="mean above"),
        pytest.param([-0.05, 0.05], [0, 2], False, id="opposed labels"),
    ],
)
def test_changes_tells_whether_the_limit_is_kept(stances, labels, kept):
    found = bias.changes(np.array([stances]), np.array([labels]))
    assert found["limit"] == bias.LIMIT
    assert found["kept"] is kept


class Partial:
    """Reads one name darkly in every sentence, and nothing else in any."""

    def score(self, items):
        dark = [i.text[i.start : i.end].lower() == "reuters" for i in items]
        return [StanceScore(0.8, 0.1, 0.1) if d else StanceScore(0.1, 0.8, 0.1) for d in dark]


def test_name_swap_finds_the_group_and_the_name_that_differ():
    found = bias.name_swap(Partial())
    assert found["outlets"]["changed"] == pytest.approx(9 / 45)
    assert found["outlets"]["opposed"] == found["states"]["changed"] == 0
    assert found["outlets"]["mean_by_name"]["Reuters"] == pytest.approx(-0.7)


@pytest.mark.parametrize("group", bias.GROUPS)
def test_every_template_holds_its_target(group):
    for template in bias.TEMPLATES[group]:
        for name in bias.GROUPS[group]:
            found = bias.item(template, name)
            assert found.text[found.start : found.end].lower() == name.lower()
