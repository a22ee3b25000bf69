"""Our stance codes of DSE texts, read into training rows."""

import re

import pytest

from training import corpus

LINES = [
    "[Aru] blamed [Dana]'s aides and he left.\tDana\tAru\t0",
    "[Aru] met [Dana].\tAru\tDana\t0",
    "[Aru] met Dana.\tAru\tDana\t0",
]


@pytest.fixture
def read(tmp_path):
    path, codes, second = (tmp_path / name for name in ("train.txt", "codes.tsv", "second.tsv"))
    path.write_text("\n".join(LINES), encoding="utf-8")

    def coded(text, other=""):
        codes.write_text(text, encoding="utf-8")
        second.write_text(other, encoding="utf-8")
        return corpus.coded(path, codes, second)

    return coded


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ("1\t-0", [("Dana", -1), ("Aru", 0)]),
        ("2\t+0", [("Aru", 1), ("Dana", 0)]),
        ("2\tx0", [("Dana", 0)]),
        ("1\txx\t28:30:-", [("he", -1)]),
        ("1\t0x\t28:30:x", [("Dana", 0)]),
    ],
)
def test_a_sign_belongs_to_the_actor_of_its_column(read, codes, found):
    assert [(e.text[e.start : e.end], e.author) for e in read(codes)] == found


def test_the_coder_has_most_of_the_label(read):
    (row,) = read("2\t+x")
    assert row.probs == pytest.approx((0, 0.1, 0.9))


@pytest.mark.parametrize(
    ("other", "second"),
    [
        ("", ["", "", ""]),
        ("1\t0+\t28:30:-", ["0", "1", "-1"]),
        ("1\tx0", ["", "0", ""]),
        ("1\t00\t1:3:-", ["0", "0", ""]),
        ("2\t--", ["", "", ""]),
    ],
)
def test_a_second_coder_stands_beside_the_first(read, other, second):
    rows = read("1\t-+\t28:30:-", other)
    assert [e.facts["second"] for e in rows] == second


def test_a_line_without_two_actors_is_named(read):
    with pytest.raises(ValueError, match="line 3 of"):
        read("3\t00")


def test_every_sixth_line_is_held_out(read):
    rows = read("2\t00\n1\t0x")
    assert [corpus.held_line(e, of=2) for e in rows] == [True, True, False]


@pytest.mark.parametrize(("file", "least"), [(corpus.CODES, 3000), (corpus.SECOND, 1000)])
def test_the_codes_of_the_repository_are_whole(file, least):
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    numbers = [int(line[0]) for line in lines]
    assert len(numbers) > least
    assert numbers == sorted(set(numbers))
    assert {len(line[1]) for line in lines} == {2}
    assert set("".join(line[1] for line in lines)) == set("-0+x")
    assert all(re.fullmatch(r"\d+:\d+:[-0+x]", third) for line in lines for third in line[2:])
