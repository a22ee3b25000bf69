"""The errors kzdash raises: each names place, finding, expectation and remedy."""


class KzdashError(Exception):
    """Base of all errors whose message is meant for the user.

    Args:
        place: where it was found (file, line, field, address, argument).
        finding: what was found there.
        expectation: what kzdash needs instead.
        remedy: what the user can do.
    """

    def __init__(self, place: str, finding: str, expectation: str = "", remedy: str = "") -> None:
        self.place = place
        self.finding = finding
        self.expectation = expectation
        self.remedy = remedy
        super().__init__(place, finding, expectation, remedy)

    @property
    def reason(self) -> str:
        """Return the message without its place: ``finding, expected expectation. Remedy.``."""
        expected = f", expected {self.expectation}" if self.expectation else ""
        remedy = f" {self.remedy.rstrip('.')}." if self.remedy else ""
        return f"{self.finding}{expected}.{remedy}"

    def __str__(self) -> str:
        """Return one line: ``place: finding, expected expectation. Remedy.``."""
        return f"{self.place}: {self.reason}"


class InputError(KzdashError):
    """An input file, record, page or argument cannot be taken."""


class FetchError(InputError):
    """An address is refused or its page cannot be had."""


class RegistryError(KzdashError):
    """A registry file does not say what it must."""


class BuildError(KzdashError):
    """A build cannot be made, published or opened."""


class ModelError(KzdashError):
    """A model file is missing or is not the one that its card names."""
