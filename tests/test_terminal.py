"""What commands show: lines that are safe, whatever the inputs are called."""

import sys
from pathlib import Path

import pytest

from kzdash.corpus import Rejection
from kzdash.corpus.rejection import Note
from kzdash.errors import KzdashError
from kzdash.terminal import LONGEST, NOTES, Terminal, complain, output, printable, say


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain – text", "plain – text", id="plain"),
        pytest.param("Қазақстан", "Қазақстан", id="other scripts"),
        pytest.param("a\nb", r"a\nb", id="line break"),
        pytest.param("\x1b[2J", r"\x1b[2J", id="terminal command"),
        pytest.param("\u202egnp", r"\u202egnp", id="direction mark"),
        pytest.param("\ud800", r"\ud800", id="lone surrogate"),
        pytest.param("\u2028", r"\u2028", id="line separator"),
    ],
)
def test_printable_escapes_what_a_terminal_would_obey(text, shown):
    assert printable(text) == shown


def test_printable_is_bounded():
    assert len(printable("x" * 10_000)) == LONGEST


def test_rejections_and_repeats_are_named_on_a_line_each(capsys):
    with Terminal(quiet=True) as terminal:
        terminal.rejected(Rejection("a.md", "the file is empty", "an article", "Remove it"))
        terminal.skipped("b.md", "a.md")
    assert capsys.readouterr().err.splitlines() == [
        "rejected: a.md: the file is empty, expected an article. Remove it.",
        "skipped: b.md: already given by a.md",
    ]


def test_the_first_notes_are_named(capsys):
    with Terminal() as terminal:
        for number in range(NOTES + 5):
            terminal.noted(Note(f"{number}.md", "read as windows-1252"))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "noted: 0.md: read as windows-1252"
    assert len(lines) == NOTES + 1
    assert "manifest.json" in lines[-1]


def test_nothing_but_faults_is_shown_where_there_is_no_terminal(capsys):
    with Terminal() as terminal:
        terminal.read(1)
        terminal.analysed(0, 2)
        terminal.writing()
    assert capsys.readouterr().err == ""


def test_closed_streams_are_no_fault(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    say("a line")
    complain("a line")
    with Terminal() as terminal:
        terminal.rejected(Rejection("a.md", "the file is empty"))


def test_a_full_standard_output_is_a_fault_and_then_lost(monkeypatch):
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        say("a line")
        fault = r"standard output: cannot be written \(No space left on device\)"
        with pytest.raises(KzdashError, match=fault), output():
            full.flush()
        say("another line")


def test_a_full_standard_error_is_no_fault(monkeypatch):
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stderr", full)
        complain("a line")
        complain("another line")


def test_a_reader_that_has_gone_is_no_full_disk():
    with pytest.raises(BrokenPipeError), output():
        raise BrokenPipeError
