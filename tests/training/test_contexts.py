"""What an article says before a sentence, in the training data."""

import json
import random

import pytest

torch = pytest.importorskip("torch", reason="needs training/requirements.txt")

from training import corpus, stance  # noqa: E402

LINES = [("a", "Aru fell"), ("a", "Aru ran."), ("a", "Aru hid."), ("b", "Aru sang")]
MENTION = {"actor": "aru", "start": 0, "end": 3, "kind": "name", "stance": 0, "voice": "own"}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    rows = [{"article": name, "text": text, "mentions": [MENTION]} for name, text in LINES]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return corpus.gold(path)


def test_a_mention_knows_the_title_and_the_sentences_of_its_own_article(gold):
    assert [(e.title, e.before) for e in gold] == [
        ("", ""),
        ("Aru fell", ""),
        ("Aru fell", "Aru ran."),
        ("", ""),
    ]


def test_alone_takes_both_away_and_nothing_else(gold):
    assert [(e.text, e.title, e.before) for e in corpus.alone(gold)] == [
        (text, "", "") for _, text in LINES
    ]


def test_both_ways_adds_the_sets_that_have_context(gold):
    sets = stance.both_ways({"gold": gold, "mt": corpus.alone(gold)})
    assert list(sets) == ["gold", "mt", "gold_alone"]


@pytest.mark.parametrize("share", [0.0, 0.85, 1.0])
def test_about_a_share_of_the_examples_keeps_its_context(gold, share):
    many = [gold[2]] * 2000
    kept = sum(bool(e.title) for e in stance.some_context(many, share, seed=1))
    assert kept / 2000 == pytest.approx(share, abs=0.03)


def test_own_articles_give_the_title_to_all_sentences_but_itself():
    first, *rest = corpus.own(corpus.OWN)[:40]
    assert (first.title, first.before) == ("", "")
    assert {e.title for e in rest if e.article == first.article and e.text != first.text} == {
        first.text
    }


@pytest.mark.parametrize(("most", "left"), [(0, 4), (3, 3), (9, 4)])
def test_some_draws_at_most_so_many_rows_and_none_twice(gold, most, left):
    drawn = stance.some(gold, most, random.Random(1))
    assert len(drawn) == left
    assert len({(e.article, e.text) for e in drawn}) == left
