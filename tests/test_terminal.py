"""What commands show: lines that are safe, whatever the inputs are called."""

import pytest

from kzdash.corpus import Rejection
from kzdash.terminal import LONGEST, Terminal, printable


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


def test_nothing_but_faults_is_shown_where_there_is_no_terminal(capsys):
    with Terminal() as terminal:
        terminal.read(1)
        terminal.analysed(0, 2)
        terminal.writing()
    assert capsys.readouterr().err == ""
