"""Dev figures over seeds, and figures out of fold."""

import json
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

from training import folds, seeds
from training.__main__ import steps
from training.corpus import Example


def log(run: Path, *epochs: dict) -> None:
    run.mkdir()
    lines = [json.dumps(line) + "\n" for line in ({"step": 25, "loss": 1.0}, *epochs)]
    (run / "log.jsonl").write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def averaged(tmp_path):
    """A mean of two runs, of which the first was better after its first epoch."""
    log(tmp_path / "one", {"score": 0.8, "mt": 0.9, "own": 0.7}, {"score": 0.7, "mt": 0.1})
    log(tmp_path / "two", {"score": 0.1, "mt": 0.2}, {"score": 0.6, "mt": 0.8, "own": 0.5})
    run = tmp_path / "mean"
    run.mkdir()
    (run / "settings.json").write_text('{"mean_of": ["one", "two"]}', encoding="utf-8")
    return run


def test_seeds_are_those_of_the_weights_that_were_kept(averaged):
    assert seeds.seeds(averaged, ["mt", "own", "gold"]) == {
        "mt": {"mean": 0.85, "sd": pytest.approx(0.0707), "runs": 2},
        "own": {"mean": 0.6, "sd": pytest.approx(0.1414), "runs": 2},
    }


def test_the_runs_of_a_mean_that_takes_part_count_once(averaged):
    again = averaged.parent / "again"
    again.mkdir()
    log(averaged.parent / "three", {"score": 0.1, "mt": 0.7})
    (again / "settings.json").write_text('{"mean_of": ["mean", "two", "three"]}', encoding="utf-8")
    assert seeds.seeds(again, ["mt"])["mt"] == {"mean": 0.8, "sd": 0.1, "runs": 3}


def test_seeds_are_left_out_where_a_log_is_gone(averaged):
    (averaged.parent / "two" / "log.jsonl").unlink()
    assert seeds.seeds(averaged, ["mt"]) == {}


def test_seeds_are_left_out_for_a_run_of_its_own(averaged):
    assert seeds.seeds(averaged.parent / "one", ["mt"]) == {}


def example(article: str, author: int) -> Example:
    facts = {"kind": "name", "voice": "own", "actor": article, "style": "portrait", "second": "0"}
    return Example("Aru spoke.", 0, 3, (0, 1, 0), author, "own", article, facts)


SURE = 8 * np.eye(3)
PLAIN = {"temperature": 1.0, "bias": [0.0, 0.0, 0.0], "weights": [1.0, 1.0, 1.0]}


@pytest.fixture
def out_of_fold():
    """Two folds of an article each: the first read rightly, the second always as neutral."""
    examples = {
        0: [example("a", -1)] * 5 + [example("b", 1)] * 5,
        1: [example("c", -1)] * 5 + [example("d", 0)] * 5,
        2: [example("e", 0)],
    }
    raw = {1: SURE[[1] * 10], 0: SURE[[0] * 5 + [2] * 5]}
    return folds.summary(examples, raw, PLAIN)


def test_summary_has_a_line_for_each_fold_that_there_is(out_of_fold):
    assert [(d["fold"], d["accuracy"], d["n"]) for d in out_of_fold["each"]] == [
        (0, 1.0, 10),
        (1, 0.5, 10),
    ]


def test_summary_has_mean_deviation_and_figures_of_all_folds(out_of_fold):
    assert out_of_fold["mean"]["accuracy"] == 0.75
    assert out_of_fold["sd"]["accuracy"] == pytest.approx(0.3536)
    assert out_of_fold["articles"] == 4
    assert (out_of_fold["all"]["accuracy"], out_of_fold["all"]["n"]) == (0.75, 20)
    assert out_of_fold["all"]["by_style"]["portrait"]["n"] == 20


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"bias": [0.0, 0.5, 0.0]}, id="bias"),
        pytest.param({"weights": [1.0, 1.7, 1.0]}, id="weights"),
    ],
)
def test_summary_takes_the_calibration_it_is_given(change):
    examples = {3: [example("a", 0)] * 5 + [example("b", 1)] * 5}
    raw = {3: np.repeat([[0.0, 1.0, 1.2], [0.0, 0.9, 1.2]], 5, axis=0)}
    plain = folds.summary(examples, raw, PLAIN)
    leaning = folds.summary(examples, raw, PLAIN | change)
    assert plain["all"]["confusion"][1] == [0, 0, 5]
    assert leaning["all"]["confusion"][1] == [0, 5, 0]
    assert leaning["uncalibrated"]["macro_f1"] == plain["all"]["macro_f1"]
    assert plain["sd"] == {}


def test_found_runs_are_finished_and_take_another_for_the_first_fold(tmp_path):
    for name in ("fold-1", "fold-2", "student"):
        (tmp_path / name).mkdir()
    for name in ("fold-1", "student"):
        (tmp_path / name / "best.pt").touch()
    assert list(folds.found_runs(tmp_path)) == [1]
    assert folds.found_runs(tmp_path, tmp_path / "student")[0].name == "student"


def test_every_article_with_two_coders_is_held_out_once():
    articles = [{e.article for e in examples} for examples in folds.held_out().values()]
    assert sum(map(len, articles)) == len(set().union(*articles)) == 76


def test_summary_has_the_scores_of_each_sentence_alone_where_they_are_given():
    examples = {0: [example("a", -1)] * 5 + [example("b", 0)] * 5}
    raw, alone = {0: SURE[[0] * 5 + [1] * 5]}, {0: SURE[[1] * 10]}
    found = folds.summary(examples, raw, PLAIN, alone)
    assert (found["all"]["accuracy"], found["all"]["alone"]["accuracy"]) == (1.0, 0.5)


def test_read_gives_nothing_where_no_fold_was_asked(tmp_path):
    assert folds.read(tmp_path) == {}


@pytest.mark.parametrize("wanted", [False, True])
def test_folds_are_trained_without_the_teacher_when_they_are_asked_for(wanted):
    options = Namespace(benchmarks=Path("B"), gold=None, threads=1, half=False, folds=wanted)
    found = steps(options)
    trained = [step for step in found if "--held" in step]
    assert [step[step.index("--held") + 1] for step in trained] == list("0011223344") * wanted
    begun = [step[step.index("--start") + 1] for step in trained if "--start" in step]
    assert begun == [step[1] for step in trained[::2]]
    assert not any("--teacher" in step for step in trained)
    assert (["training.folds"] in found) == wanted
    assert found[-1] == ["training.card"]
