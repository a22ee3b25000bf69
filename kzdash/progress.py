"""Who hears how a build goes on."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzdash.corpus.rejection import Note, Rejection


class Progress:
    """Hears how a build goes on, and says nothing. Commands and pages override what they show."""

    def read(self, seen: int) -> None:
        """Hear that so many inputs were read."""

    def rejected(self, rejection: "Rejection") -> None:
        """Hear that an input was not taken."""

    def noted(self, note: "Note") -> None:
        """Hear what was noticed of an article that was taken."""

    def skipped(self, place: str, earlier: str) -> None:
        """Hear that an article was given a second time, and where it was given first."""

    def analysed(self, done: int, total: int) -> None:
        """Hear that so many of all new articles are analysed."""

    def writing(self) -> None:
        """Hear that the tables are written."""
