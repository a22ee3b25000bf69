"""Samples and types that the corpus tests share."""

from collections.abc import Callable
from dataclasses import dataclass

from kzdash.corpus import Rejection
from kzdash.schema import Article

HEAD = "---\noutlet: Steppe Post\ntitle: Rail line opens\ndate: 2023-05-04\n---\n\n"
BODY = "The first train left the new station at dawn. Nobody was late."


@dataclass(frozen=True)
class Taken:
    """What `read` gave, apart."""

    articles: list[Article]
    rejections: list[Rejection]

    @property
    def texts(self) -> list[str]:
        return [a.text for a in self.articles]

    @property
    def reasons(self) -> list[str]:
        return [str(r) for r in self.rejections]


Take = Callable[..., Taken]
