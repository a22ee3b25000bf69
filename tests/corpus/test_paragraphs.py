"""Paragraphs: the three layouts of plain text."""

import textwrap

import pytest

from kzdash.corpus.paragraphs import split

ONE = (
    "The committee met on Monday to look into the delays on the northern line, which had lasted "
    "for most of the winter and cost the railway a good part of its income for the year."
)
TWO = (
    "Its chair, an engineer by training, asked for the figures of every station. Nobody had "
    "brought them, and so the meeting was put off until the end of the month."
)
THREE = "A second meeting is planned. It will be held in the old hall, and the public may come."


def wrapped(*paragraphs: str, width: int = 72, between: str = "\n\n", first: int = 0) -> str:
    """Return paragraphs hard-wrapped; with `first`, the first line of each is that short."""
    blocks = []
    for text in paragraphs:
        if first and len(text) > width:
            head, rest = text[:first].rsplit(" ", 1)
            body = textwrap.fill(rest + text[first:], width, break_on_hyphens=False)
            blocks.append(f"{head}\n{body}")
        else:
            blocks.append(textwrap.fill(text, width, break_on_hyphens=False))
    return between.join(blocks)


@pytest.mark.parametrize("width", [45, 60, 72, 80])
@pytest.mark.parametrize("between", ["\n\n", "\n \n\n"])
def test_split_joins_wrapped_lines_between_blank_lines(width: int, between: str) -> None:
    assert split(wrapped(ONE, TWO, THREE, width=width, between=between)) == [ONE, TWO, THREE]


@pytest.mark.parametrize("width", [50, 60, 80])
def test_split_finds_sentence_ends_in_wrapped_lines_without_blank_lines(width: int) -> None:
    found = split(wrapped(ONE, TWO, THREE, width=width, between="\n"))
    assert " ".join(found) == " ".join([ONE, TWO, THREE])
    assert [p for p in found if not p.endswith(".")] == []
    assert len(found) >= 3


def test_split_knows_short_first_lines_and_subheads() -> None:
    text = wrapped(ONE, TWO, "A plan for the north", ONE, "What comes next", TWO, THREE, ONE,
                   width=78, between="\n", first=28)  # fmt: skip
    found = split(text)
    assert "A plan for the north" in found
    assert "What comes next" in found
    assert " ".join(found).count(ONE) == 3


def test_split_knows_subheads_in_wrapped_lines() -> None:
    found = split(wrapped(ONE, "A plan for the north", TWO, THREE, width=72, between="\n"))
    assert "A plan for the north" in found


def test_split_takes_a_line_for_a_paragraph_where_no_line_is_blank() -> None:
    assert split("\n".join([ONE, "A plan", TWO, THREE])) == [ONE, "A plan", TWO, THREE]


def test_split_joins_sentences_that_stand_on_lines_of_their_own() -> None:
    assert split("One came.\nTwo went.\n\nThree stayed.\nFour slept.") == [
        "One came. Two went.",
        "Three stayed. Four slept.",
    ]


def test_split_keeps_a_hyphen_at_a_line_end() -> None:
    text = "This was a well-\nknown and often repeated\nrule of the game, they\nsaid then."
    assert " ".join(split(text)).startswith("This was a well-known and often repeated rule")


@pytest.mark.parametrize(("text", "expected"), [("", []), ("\n \n", []), ("word", ["word"])])
def test_split_of_little(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_split_loses_no_word() -> None:
    text = wrapped(*[ONE, TWO, "Head", THREE] * 20, width=66, between="\n", first=25)
    assert " ".join(split(text)).split() == text.split()
