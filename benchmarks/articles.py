"""Articles for measurements: made of patterns, about the registry's actors, in any number.

They have the length (506 words) and the number of mentions (22) of the articles that people
build from, and new sentences in each article, so that nothing is scored twice by accident.
"""

import random
from collections.abc import Iterator

from kzdash.registry import Registry
from kzdash.schema import Article

PATTERNS = (
    "{actor} {verb} the {adjective} {noun} in {place} on {day}, {clause}.",
    "According to officials in {place}, {actor} had {verb} the {noun} long before {day}.",
    "“The {noun} is {adjective},” a teacher from {place} said of {actor} on {day}.",
    "Nobody in {place} knows why the {noun} of {day} was so {adjective}, {clause}.",
    "Critics called {actor} {adjective} after the {noun} in {place}, {clause}.",
    "The {noun} {verb} by {actor} may cost {number} million tenge by {day}.",
    "In {place}, the {adjective} {noun} drew {number} people on {day}, {clause}.",
)
WORDS = {
    "verb": "opened praised blocked welcomed condemned financed delayed defended".split(),
    "adjective": "modest costly brave hasty secret popular corrupt peaceful historic weak".split(),
    "noun": "reform bridge protest treaty pipeline election trial census factory strike".split(),
    "place": "Semei Ekibastuz Taraz Aktau Balkhash Kokshetau Petropavl Turkistan".split(),
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "clause": [
        "although the budget had been spent",
        "which surprised the neighbours",
        "as the first snow fell",
        "while the courts looked away",
        "and the price of bread went up again",
        "so that trains ran late for a week",
    ],
}
WORDS_IN_ARTICLE = 480
SENTENCES_IN_PARAGRAPH = 3


def articles(count: int, seed: int = 0) -> Iterator[Article]:
    """Yield articles of invented outlets; the same for the same seed."""
    people = [actor.name for actor in Registry.load().actors.values()]
    for number in range(count):
        choose = random.Random(f"{seed} {number}")
        title = _sentence(choose, people).rstrip(".")
        yield Article(
            article_id=f"article-{seed}-{number:07d}",
            outlet_id=f"outlet-{number % 7}",
            title=title,
            text=f"{title}\n\n{_body(choose, people)}",
            published=f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            language="en",
            place=f"generated article {number}",
        )


def _body(choose: random.Random, people: list[str]) -> str:
    paragraphs: list[str] = []
    words = 0
    while words < WORDS_IN_ARTICLE:
        sentences = [_sentence(choose, people) for _ in range(SENTENCES_IN_PARAGRAPH)]
        paragraphs.append(" ".join(sentences))
        words += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


def _sentence(choose: random.Random, people: list[str]) -> str:
    fields = {name: choose.choice(found) for name, found in WORDS.items()}
    return choose.choice(PATTERNS).format(
        actor=choose.choice(people), number=choose.randrange(2, 900), **fields
    )
