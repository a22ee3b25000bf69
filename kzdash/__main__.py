"""`python -m kzdash` and the command `kzdash`."""

import sys

from kzdash import interrupts


def main() -> None:
    """Run the command line; in force from the first moment is that Ctrl-C leaves at once."""
    interrupts.leave_at_once()
    from kzdash.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
