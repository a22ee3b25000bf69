"""What was not taken, and why; what was noticed of what was taken."""

from dataclasses import dataclass

from kzdash.errors import InputError


@dataclass(frozen=True)
class Rejection:
    """An input, or part of one, that was not taken: place, finding, expectation, remedy."""

    place: str
    finding: str
    expectation: str = ""
    remedy: str = ""

    @classmethod
    def of(cls, error: InputError) -> "Rejection":
        """Return the rejection that says what an error says."""
        return cls(error.place, error.finding, error.expectation, error.remedy)

    @property
    def reason(self) -> str:
        """Return one line without the place: ``finding, expected expectation. Remedy.``."""
        error = InputError(self.place, self.finding, self.expectation, self.remedy)
        return " ".join(error.reason.split())

    def __str__(self) -> str:
        """Return one line: ``place: finding, expected expectation. Remedy.``."""
        return " ".join(f"{self.place}: {self.reason}".split())


@dataclass(frozen=True)
class Note:
    """What was noticed of an article that was taken."""

    place: str
    finding: str

    def __str__(self) -> str:
        """Return one line: ``place: finding``."""
        return f"{self.place}: {self.finding}"
