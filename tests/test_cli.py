"""The command line: exit codes, one line for each fault, never a traceback."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "build"))

import kzdash
from benchmarks import fakes
from kzdash import cli
from kzdash.build import Analysis, InProcess
from kzdash.errors import BuildError
from kzdash.manifest import Manifest
from kzdash.paths import ANALYSIS, ROOT

ARTICLE = """---
outlet: {outlet}
title: The bridge of {place}
date: 2024-03-15
---
Aru Seitova opened a bridge in {place}. Nobody in {place} had asked for it.
"""


@pytest.fixture
def quick(monkeypatch):
    """Let commands build with the stand-in for the pipeline, in this process."""
    monkeypatch.setattr("kzdash.engines.named", lambda name, workers: InProcess())
    monkeypatch.setattr(
        "kzdash.build.builder.Analysis", lambda registry: Analysis(registry, fakes.load)
    )


@pytest.fixture
def folder(tmp_path):
    """Two articles of an invented outlet."""
    found = tmp_path / "articles"
    found.mkdir()
    for place in ("Ekibastuz", "Semei"):
        text = ARTICLE.format(outlet="Steppe Herald", place=place)
        (found / f"{place}.md").write_text(text)
    return found


def run(*arguments):
    return cli.run([str(argument) for argument in arguments])


def test_build_takes_a_folder_and_says_what_it_did(quick, folder, tmp_path, capsys):
    assert run("build", folder, "--out", tmp_path / "out") == 0
    said = capsys.readouterr()
    assert "2 articles" in said.out
    assert said.err == ""
    assert Manifest.read(tmp_path / "out").inputs["accepted"] == 2


def test_build_names_what_it_rejects_on_a_line_each(quick, folder, tmp_path, capsys):
    (folder / "empty.md").write_text("")
    (folder / "headless.md").write_text("No front matter here.")
    assert run("build", folder, "--out", tmp_path / "out", "--quiet") == 3
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == 2
    assert "empty.md" in lines[0]
    assert "headless.md" in lines[1]


def test_only_the_terminal_names_whole_paths(quick, folder, tmp_path, capsys):
    (folder / "empty.md").write_text("")
    for place in ("Aksu", "Balkhash"):
        text = ARTICLE.format(outlet="Steppe Herald", place=place)
        (folder / f"{place}.md").write_text(text.replace("---", "---\nid: a", 1))
    summary = tmp_path / "summary.json"
    assert run("build", folder, "--out", tmp_path / "out", "--summary", summary) == 3
    assert str(folder / "empty.md") in capsys.readouterr().err
    for file in (tmp_path / "out").rglob("*.*"):
        assert str(tmp_path).encode() not in file.read_bytes()
    assert str(tmp_path) not in summary.read_text()
    rejected = Manifest.read(tmp_path / "out").rejected
    assert rejected[1] == {
        "place": "articles/empty.md",
        "reason": "the file is empty, expected an article. Remove it.",
    }
    assert "that articles/Aksu.md has" in rejected[0]["reason"]


def test_what_was_noticed_is_named_and_kept(quick, folder, tmp_path, capsys):
    text = ARTICLE.format(outlet="Steppe Herald", place="Almaty")
    (folder / "old.md").write_bytes(text.replace("bridge", "café").encode("cp1252"))
    summary = tmp_path / "summary.json"
    assert run("build", folder, "--out", tmp_path / "out", "--summary", summary) == 0
    assert capsys.readouterr().err == f"noted: {folder / 'old.md'}: read as windows-1252\n"
    note = {"place": "articles/old.md", "finding": "read as windows-1252"}
    assert json.loads(summary.read_text())["notes"] == [note]
    assert Manifest.read(tmp_path / "out").noted == (
        {"place": "articles/old.md", "note": "read as windows-1252"},
    )


def test_quiet_names_no_notes(quick, folder, tmp_path, capsys):
    text = ARTICLE.format(outlet="Steppe Herald", place="Almaty")
    (folder / "old.md").write_bytes(text.replace("bridge", "café").encode("cp1252"))
    run("build", folder, "--out", tmp_path / "out", "--quiet")
    assert capsys.readouterr().err == ""


def test_build_of_nothing_good_fails_and_publishes_nothing(quick, tmp_path, capsys):
    file = tmp_path / "empty.md"
    file.write_text("")
    assert run("build", file, "--out", tmp_path / "out") == 1
    assert not (tmp_path / "out/manifest.json").exists()


def test_build_stays_out_of_the_folder_of_the_articles(quick, folder, capsys):
    before = sorted(folder.iterdir())
    assert run("build", folder, "--out", folder / "../" / folder.name) == 1
    assert "is the folder of the articles" in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before


def test_build_writes_its_figures_as_json(quick, folder, tmp_path):
    summary = tmp_path / "summary.json"
    run("build", folder, "--out", tmp_path / "out", "--summary", summary, "--quiet")
    figures = json.loads(summary.read_text())
    assert (figures["seen"], figures["accepted"], figures["rejected"]) == (2, 2, [])
    assert figures["content_hash"] == Manifest.read(tmp_path / "out").content_hash


def test_the_order_of_the_inputs_makes_no_difference(quick, folder, tmp_path):
    files = sorted(folder.iterdir())
    run("build", *files, "--out", tmp_path / "one", "--quiet")
    run("build", *reversed(files), "--out", tmp_path / "two", "--quiet")
    assert Manifest.read(tmp_path / "one") == Manifest.read(tmp_path / "two")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["build"], 2, "Missing argument", id="no input"),
        pytest.param(["build", "nowhere"], 1, "no such file or folder", id="input not there"),
        pytest.param(["build", ".", "--workers", "0"], 2, "--workers", id="no workers"),
        pytest.param(["build", ".", "--engine", "cloud"], 1, "local or ray", id="no such engine"),
        pytest.param(["show", "nowhere"], 1, "nowhere: no such folder", id="no build"),
        pytest.param(["report", "nowhere"], 1, "nowhere: no such folder", id="report of none"),
        pytest.param(["serve", "nowhere"], 1, "nowhere: no such folder", id="serve of none"),
        pytest.param(["show", "docs"], 1, "docs: is no build", id="another folder"),
        pytest.param(["dance"], 2, "No such command", id="no such command"),
    ],
)
def test_mistakes_are_told(arguments, code, said, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert run(*arguments) == code
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_a_fault_of_kzdash_is_one_line(monkeypatch, capsys):
    def broken(folder):
        raise ZeroDivisionError("\x1b[31mred")

    monkeypatch.setattr("kzdash.show.articles", broken)
    assert run("show", ANALYSIS) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "internal error: ZeroDivisionError" in line
    assert "\x1b" not in line


def test_errors_are_safe_on_a_terminal(monkeypatch, capsys):
    def broken(folder):
        raise BuildError("name\x1b[2J\n\u202emoc", "is odd")

    monkeypatch.setattr("kzdash.show.articles", broken)
    run("show", ANALYSIS)
    [line] = capsys.readouterr().err.splitlines()
    assert line == r"kzdash: name\x1b[2J\n\u202emoc: is odd."


def test_show_prints_an_article_a_line(quick, folder, tmp_path, capsys):
    run("build", folder, "--out", tmp_path / "out", "--quiet")
    assert run("show", tmp_path / "out") == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["The bridge of Ekibastuz" in lines[0], "The bridge of Semei" in lines[1]] == [True] * 2


def test_show_json_offsets_quote_the_text(quick, folder, tmp_path, capsys):
    run("build", folder, "--out", tmp_path / "out", "--quiet")
    assert run("show", tmp_path / "out", "--json") == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [article["outlet"] for article in shown] == ["steppe-herald"] * 2
    for article in shown:
        [mention] = article["mentions"]["aru-seitova"]
        assert article["text"][mention["start"] : mention["end"]] == mention["surface"]


def test_version_is_said(capsys):
    assert run("--version") == 0
    assert capsys.readouterr().out == f"kzdash {kzdash.__version__}\n"


SERVER = """
import os, sys, time
print(os.getpid(), os.environ["KZDASH_BUILD"], flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_serve_reaches_the_server(tmp_path, number):
    (tmp_path / "streamlit.py").write_text(SERVER)
    with subprocess.Popen(
        [sys.executable, "-m", "kzdash", "serve"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().split() == [str(process.pid), str(ANALYSIS)]
        process.send_signal(number)
        assert process.wait(timeout=60) != 0


@pytest.mark.parametrize("command", ["build", "show"])
def test_every_command_has_help(command, capsys):
    assert run(command, "--help") == 0
    assert "Usage: kzdash" in capsys.readouterr().out


@pytest.mark.slow
def test_the_real_pipeline_gives_the_same_tables_everywhere(folder, tmp_path):
    text = ARTICLE.format(outlet="Lake Gazette", place="Balkhash")
    for n in range(3):
        (folder / f"more-{n}.md").write_text(f"{text}\nTokayev praised engineer {n} of Astana.\n")
    hashes = set()
    for workers, seed, locale in (("1", "1", "C"), ("2", "2", "C.UTF-8")):
        out = tmp_path / workers
        subprocess.run(
            [sys.executable, "-m", "kzdash", "build", folder, "--out", out, "--workers", workers],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": f"UTC{workers}"},
        )
        hashes.add(Manifest.read(out).content_hash)
    assert len(hashes) == 1
