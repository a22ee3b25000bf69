"""Duplicates: wire copy."""

import random

import pytest

from kzdash.corpus.duplicates import SLOTS, Duplicate, find, signature
from kzdash.schema import Article

LONG = " ".join(f"Word{n} of the {n * 7 % 31}th report." for n in range(60))


def article(
    name: str,
    text: str = LONG,
    outlet: str = "dala",
    day: str | None = "2023-01-02",
    title: str = "A title",
) -> Article:
    return Article(name, outlet, title, f"{title}\n\n{text}", day, place=f"{name}.md")


def duplicates(*articles: Article) -> dict[str, Duplicate]:
    return find(signature(a) for a in articles)


def test_find_marks_the_later_of_two_equal_texts() -> None:
    first, second = article("b", day="2023-01-01"), article("a", outlet="post", title="Other")
    assert duplicates(second, first) == {"a": Duplicate("b", 1.0)}


def test_find_marks_a_text_with_a_few_changed_words() -> None:
    changed = LONG.replace("Word30 ", "Number30 ").replace("Word50 ", "Number50 ")
    [(name, duplicate)] = duplicates(article("a"), article("b", changed)).items()
    assert (name, duplicate.original) == ("b", "a")
    assert 0.8 <= duplicate.similarity < 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(" ".join(f"Item{n} of a list of {n * 5 % 29}." for n in range(60)), id="no"),
        pytest.param(LONG[: len(LONG) // 3], id="a third of it"),
    ],
)
def test_find_leaves_different_texts_alone(other: str) -> None:
    assert duplicates(article("a"), article("b", other)) == {}


def test_find_ignores_texts_of_a_few_words() -> None:
    assert duplicates(article("a", "Too short to tell."), article("b", "Too short to tell.")) == {}


def test_find_puts_undated_articles_last() -> None:
    assert duplicates(article("a", day=None), article("b")) == {"a": Duplicate("b", 1.0)}


def test_find_does_not_depend_on_order() -> None:
    rng = random.Random(5)
    words = LONG.split()
    many = []
    for n in range(60):
        copy = list(words)
        for at in rng.sample(range(len(copy)), n % 12):
            copy[at] = f"other{rng.random()}"
        many.append(article(f"a{n:02}", " ".join(copy), day=f"2023-01-{1 + n % 28:02}"))
    signatures = [signature(a) for a in many]
    forth = find(signatures)
    rng.shuffle(signatures)
    assert find(signatures) == forth
    assert forth
    assert not {d.original for d in forth.values()} & set(forth)


def test_signature_is_the_same_in_every_process() -> None:
    made = signature(article("a"))
    assert len(made.slots) == SLOTS * 4
    assert made.slots[:8].hex() == "7c8904009a383100"
