"""The tables of the model cards."""

import json
import re

import numpy as np
import pytest

from kzdash.paths import MODELS
from training import bias, card, folds, measures
from training.corpus import Example

FACTS = {"kind": "title", "voice": "own", "style": "broadcaster", "second": "1"}


def example(article: str, author: int) -> Example:
    facts = FACTS | {"actor": article}
    return Example("Aru spoke.", 0, 3, (0, 1, 0), author, "own", article, facts)


EXAMPLES = [example("a", -1)] * 5 + [example("b", 1)] * 5
PLAIN = {"temperature": 1.0, "bias": [0.0, 0.0, 0.0], "weights": [1.0, 1.0, 1.0]}
LOGITS = 4 * np.eye(3)[[0] * 5 + [1] * 3 + [2] * 2]


@pytest.fixture
def figures():
    """Figures of a small data set, in the form in which `training.ship` writes them."""
    shares = np.exp(LOGITS) / np.exp(LOGITS).sum(1, keepdims=True)
    swap = bias.changes(np.array([[0.0, 0.2]]), np.array([[1, 1]])) | {"names": 2, "templates": 1}
    every = {"own": shares, "own_alone": np.roll(shares, 1, axis=0)}
    return measures.figures({"own": EXAMPLES}, every, PLAIN["weights"]) | {
        "name_swap": {"states": swap},
        "seeds": {"own": {"mean": 0.6, "sd": 0.0123, "runs": 3}},
        "folds": folds.summary({0: EXAMPLES}, {0: LOGITS}, PLAIN, {0: np.roll(LOGITS, 1, axis=0)}),
    }


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("| states | 2 | 1 | 0.200 | 0.200 | 0.000 | 0.000 | no |", id="name-swap"),
        pytest.param("Limit: mean change of stance at most 0.15,", id="limit"),
        pytest.param("| own corpus, held-out articles | 3 | 0.600 | 0.012 |", id="seeds"),
        pytest.param("| own corpus, held-out articles | 0.362 | 0.500 |", id="alone"),
        pytest.param("| own corpus, held-out articles | 0.491 (0.500) |", id="shares"),
        pytest.param("| 0 | 10 | 0.524 | 0.700 |", id="fold"),
        pytest.param("2 articles with two coders", id="out of fold"),
        pytest.param("; each sentence alone 0.362)", id="out of fold, alone"),
        pytest.param("| broadcaster | 10 | 0.524 | 0.700 |", id="style"),
    ],
)
def test_stance_card_shows(figures, line):
    assert line in card.stance(figures)


def test_stance_card_does_without_seeds_and_folds(figures):
    text = card.stance(figures | {"seeds": {}, "folds": {}})
    assert "out of fold" not in text
    assert "\n\n\n" not in text


def test_every_table_line_has_as_many_cells_as_its_head(figures):
    for part in card.stance(figures).split("\n\n"):
        lines = [line for line in part.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1


def test_fill_replaces_only_what_stands_between_the_markers(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"before\n{card.BEGIN}\nold\n{card.END}\nafter\n", encoding="utf-8")
    card.fill(tmp_path, "new")
    card.fill(tmp_path, "newer")
    assert path.read_text(encoding="utf-8") == (f"before\n{card.BEGIN}\nnewer\n{card.END}\nafter\n")


def test_relation_card_shows_each_label():
    counts = [[3, 0, 0, 0, 0], *([[0] * 5] * 4)]
    valid = {"f1": [1.0, 0, 0, 0, 0], "confusion": counts, "n": 3, "macro_f1": 0.2, "ece": 0.1}
    valid |= {"accuracy": 1.0, "always_neutral": 0.2, "most_probable": 0.2}
    assert "| neutral | 3 | 1.000 | 3 | 0 | 0 | 0 | 0 |" in card.relation({"valid": valid})


@pytest.mark.parametrize("path", sorted(MODELS.glob("*/README.md")), ids=lambda p: p.parent.name)
def test_no_shipped_card_has_an_empty_block(path):
    text = path.read_text(encoding="utf-8")
    blocks = re.split(rf"^(?:#+ .*|{card.BEGIN})$", text.replace(card.END, ""), flags=re.M)[1:]
    assert all(block.strip() for block in blocks)


def test_stance_card_names_every_key_of_its_figures():
    text = (MODELS / "stance" / "README.md").read_text(encoding="utf-8")
    figures = json.loads((MODELS / "stance" / "figures.json").read_text(encoding="utf-8"))
    assert [key for key in figures if f"`{key}`" not in text] == []
