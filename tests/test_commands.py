import json
import shutil
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kzdash.cli import app, run
from kzdash.evaluation.figures import write
from kzdash.paths import ANALYSIS, REGISTRY

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command):
    assert f"kzdash {command}" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    assert run([command, "--help"]) == 0
    assert "Usage:" in capsys.readouterr().out


def written(path, *lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_stance_scores_lines_alike_alone_and_together(tmp_path):
    lines = [
        {"text": "Aru Seitova lied to the court.", "start": 0, "end": 11},
        {"text": "The rescuers thanked the brave Dana Omarova.", "start": 31, "end": 43},
        {
            "text": "Dana Omarova arrived on Monday, as had been agreed a year ago.",
            "start": 0,
            "end": 12,
        },
    ]
    run(["stance", written(tmp_path / "in.jsonl", *lines), "--out", str(tmp_path / "all")])
    together = [json.loads(line) for line in (tmp_path / "all").read_text().splitlines()]
    assert [line["stance_label"] for line in together] == ["negative", "positive", "neutral"]
    run(["stance", written(tmp_path / "in.jsonl", lines[1]), "--out", str(tmp_path / "one")])
    assert json.loads((tmp_path / "one").read_text()) == together[1]


def test_relation_gives_five_probabilities(tmp_path):
    line = {"text": "Omarova accused Seitova of theft.", "a": [0, 7], "b": [16, 23]}
    run(["relation", written(tmp_path / "in.jsonl", line), "--out", str(tmp_path / "out")])
    found = json.loads((tmp_path / "out").read_text())
    assert found["label"] == "a>b negative"
    assert sum(found["p"]) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("command", ["stance", "relation"])
def test_a_result_may_take_the_place_of_its_input(command, tmp_path):
    line = {"text": "Aru lied to Dana.", "start": 0, "end": 3, "a": [0, 3], "b": [12, 16]}
    file = written(tmp_path / "in.jsonl", line, line)
    assert run([command, file, "--out", file]) == 0
    assert len((tmp_path / "in.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize("command", ["stance", "relation"])
def test_a_bad_line_gives_exit_code_3(command, tmp_path, capsys):
    assert (
        run([command, written(tmp_path / "in.jsonl", {"text": 1}), "--out", str(tmp_path / "out")])
        == 3
    )
    assert "line 1" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["stance", "relation", "evaluate", "fetch"])
def test_a_file_that_is_not_there_is_one_line_of_error(command, tmp_path, capsys):
    assert run([command, str(tmp_path / "nothing.jsonl")]) not in (0, 3)
    error = capsys.readouterr().err
    assert "nothing.jsonl" in error
    assert "Traceback" not in error


def test_evaluate_writes_figures(tmp_path):
    mention = {"actor": "putin", "start": 0, "end": 5, "kind": "name", "stance": -1,
               "voice": "own", "speaker": None}  # fmt: skip
    sentence = {"article": "a", "n": 0, "text": "Putin lied.", "mentions": [mention]}
    labels = written(tmp_path / "labels.jsonl", sentence)
    assert run(["evaluate", labels, "--out", str(tmp_path / "figures.parquet")]) == 0
    figures = pq.read_table(tmp_path / "figures.parquet").to_pylist()
    [recall] = [f for f in figures if f["method"] == "kzdash" and f["metric"] == "recall, names"]
    assert recall["value"] == 1


def labelled(actor, n=0):
    mention = {"actor": actor, "start": 0, "end": 5, "kind": "name", "stance": -1,
               "voice": "own", "speaker": None}  # fmt: skip
    return {"article": "a", "n": n, "text": "Putin lied.", "mentions": [mention]}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([labelled("putin"), labelled("putni", 1), labelled("pu", 2)], 3),
        ([labelled("putni"), labelled("pu", 1)], 1),
    ],
)
def test_evaluate_names_every_line_that_it_leaves_out(tmp_path, capsys, lines, code):
    assert run(["evaluate", written(tmp_path / "labels.jsonl", *lines)]) == code
    said = capsys.readouterr().err
    assert "actor putni is not in the registry" in said
    assert "actor pu is not in the registry" in said


def test_evaluate_of_nothing_is_a_usage_error(capsys):
    assert run(["evaluate"]) == 2
    assert "LABELS.jsonl" in capsys.readouterr().err


def test_what_nobody_judged_counts_in_no_figure(tmp_path):
    mention = {"actor": "putin", "start": 0, "end": 5, "kind": "name", "stance": None,
               "voice": None, "speaker": None, "required": False}  # fmt: skip
    sentence = {
        "article": "a",
        "n": 4,
        "text": "Putin lied.",
        "mentions": [mention],
        "frames": None,
    }
    labels = written(tmp_path / "labels.jsonl", sentence)
    assert run(["evaluate", labels, "--out", str(tmp_path / "figures.parquet")]) == 0
    figures = pq.read_table(tmp_path / "figures.parquet").to_pylist()
    assert [f for f in figures if f["method"] == "kzdash" and f["n"]] == []


def test_evaluate_refuses_a_line_without_its_text(tmp_path, capsys):
    line = {"article": "a", "n": 4, "text": None, "mentions": []}
    assert run(["evaluate", written(tmp_path / "labels.jsonl", line)]) in (1, 3)
    assert "labels.jsonl, line 1, text: null" in capsys.readouterr().err


def test_report_is_one_page_that_loads_nothing(tmp_path):
    assert run(["report", "--outlet", "rt", "--out", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "RT" in page
    assert "<script src" not in page
    assert "<link" not in page


def test_a_place_that_cannot_be_written_is_named(tmp_path, capsys):
    assert run(["report", "--out", str(tmp_path / "no" / "r.html")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.fixture
def served(monkeypatch):
    """What `serve` would become: its command and environment."""
    found = []
    monkeypatch.setattr("os.chdir", lambda folder: None)
    monkeypatch.setattr("os.execvpe", lambda file, command, env: found.append(env))
    return found


def test_serve_says_that_the_build_has_another_registry(served, tmp_path, capsys):
    registry = shutil.copytree(REGISTRY, tmp_path / "registry")
    assert run(["serve"]) == 0
    assert capsys.readouterr().err == ""
    with (registry / "outlets.toml").open("a") as file:
        file.write("# other")
    assert run(["serve", "--registry", str(registry)]) == 0
    assert "made with another registry" in capsys.readouterr().err


def test_report_says_that_the_build_has_another_registry(tmp_path, capsys):
    registry = shutil.copytree(REGISTRY, tmp_path / "registry")
    with (registry / "outlets.toml").open("a") as file:
        file.write("# other")
    out = str(tmp_path / "r.html")
    assert run(["report", "--outlet", "rt", "--registry", str(registry), "--out", out]) == 0
    assert "made with another registry" in capsys.readouterr().err


def test_serve_shows_the_validation_figures_that_are_given(served, tmp_path, capsys):
    file = tmp_path / "own.parquet"
    write([], file)
    assert run(["serve", "--validation", str(file)]) == 0
    assert served[0]["KZDASH_VALIDATION"] == str(file)
    file.write_text("no Parquet")
    assert run(["serve", "--validation", str(file)]) == 1
    assert "own.parquet: holds no validation figures" in capsys.readouterr().err


@pytest.fixture
def shown(monkeypatch):
    """One article in place of a build's."""
    article = {"date": None, "outlet": "steppe-herald", "title": "T", "words": 2, "mentions": {}}
    monkeypatch.setattr("kzdash.show.articles", lambda folder: iter([article]))


def test_a_full_standard_output_is_one_line_of_error(shown, monkeypatch, capsys):
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert run(["show", str(ANALYSIS)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "kzdash: standard output: cannot be written (No space left on device). "
        "Choose another place."
    ]


def test_a_closed_standard_output_is_no_fault(shown, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert run(["show", str(ANALYSIS)]) == 0
