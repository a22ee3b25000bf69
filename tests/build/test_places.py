"""Places in what may be published: nothing of this machine, no keys."""

import pytest

from kzdash.build.places import Places
from kzdash.corpus.characters import shown

DEEP = "/home/aru/" + "deep/" * 45 + "texts"


@pytest.mark.parametrize(
    ("given", "place", "shared"),
    [
        ("/home/aru/texts", "/home/aru/texts/a.md", "texts/a.md"),
        ("/home/aru/texts/", "/home/aru/texts/b/a.csv, line 3", "texts/b/a.csv, line 3"),
        ("/home/aru/texts", "/home/aru/texts", "texts"),
        ("/home/aru/a.zip", "/home/aru/a.zip, entry b/c.md", "a.zip, entry b/c.md"),
        ("/home/aru/a.md", "/home/aru/catalogue.csv, line 2", "catalogue.csv, line 2"),
        ("../aru/texts", "../aru/texts/a.md", "texts/a.md"),
        ("texts", "texts/a.md", "texts/a.md"),
        (".", "a.md", "a.md"),
        ("/texts", "/texts/b/a.md", "texts/b/a.md"),
        ("/home/aru/gone", "input '/home/aru/gone'", "input 'gone'"),
        ("file:///home/aru/texts", "/home/aru/texts/a.md", "texts/a.md"),
        ("file:///home/aru/texts", "file:///home/aru/texts", "texts"),
        ("s3://bucket/aru/texts", "s3://bucket/aru/texts/a.md", "texts/a.md"),
        ("s3://name:key@bucket/a", "address 's3://name:key@bucket/a'", "address 'a'"),
        (
            "https://dala.example/a?b=c",
            "address https://dala.example/a?b=c",
            "address https://dala.example/a?b=c",
        ),
        (
            "https://u:p@dala.example/a",
            "address https://u:p@dala.example/a",
            "address https://dala.example/a",
        ),
        ("/home/aru/a(b) c", "/home/aru/a(b) c/d.md", "a(b) c/d.md"),
        ("/home/aru/x\u202ey/t", "/home/aru/x\\u202ey/t/a.md", "t/a.md"),
        ("-", "standard input, line 3", "standard input, line 3"),
    ],
)
def test_a_place_is_relative_to_what_was_given(given, place, shared):
    assert Places([given]).shared(place) == shared


@pytest.mark.parametrize("longest", [120, 200])
@pytest.mark.parametrize("name", ["a.md", "a" * 90 + ".md", "a" * 150 + ".md"])
def test_a_place_that_is_shortened_says_nothing_of_the_folder(longest, name):
    place = shown(f"{DEEP}/{name}", longest)
    assert "…" in place
    assert Places([DEEP]).shared(place) in (
        f"…texts/{name}",
        f"…/{name}",
        f"…{name}",
        f"…{name[-(longest // 2) + 1 :]}",
    )


def test_a_place_within_a_finding_is_relative_too():
    finding = "has the id 'a' that /home/dana/b.md has, and another text"
    places = Places(["/home/aru/texts", "/home/dana/b.md"])
    assert places.shared(finding) == "has the id 'a' that b.md has, and another text"


def test_of_folders_within_each_other_the_inner_one_counts():
    assert Places(["/aru", "/aru/texts/a.md"]).shared("/aru/texts/a.md") == "a.md"
