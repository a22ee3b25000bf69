"""What a build did, in figures."""

import json
from dataclasses import asdict, dataclass

from kzdash.corpus.rejection import Note, Rejection


@dataclass(frozen=True)
class Summary:
    """What a build did.

    Args:
        accepted: articles in the tables, ``reused`` and ``analysed`` together.
        rejected: what was not taken, each with its reason; places are relative to the inputs.
        notes: what was noticed of what was taken, likewise.
        skipped: articles given a second time.
        reused: articles that are as in the build before, and were not analysed again.
        analysed: articles that are new or changed.
        duplicates: articles whose text repeats that of another (they are in the tables).
        not_scored: articles that are not English (they are in the tables, without scores).
        content_hash: of the tables; empty where nothing was taken.
        seconds: how long it took.
    """

    accepted: int
    rejected: tuple[Rejection, ...]
    skipped: int
    reused: int
    analysed: int
    duplicates: int
    not_scored: int
    content_hash: str
    seconds: float
    notes: tuple[Note, ...] = ()

    @property
    def seen(self) -> int:
        """How many inputs there were: accepted, rejected and skipped."""
        return self.accepted + len(self.rejected) + self.skipped

    @property
    def exit_code(self) -> int:
        """0 when all was taken, 3 when some inputs were rejected, 1 when nothing was taken."""
        if not self.accepted:
            return 1
        return 3 if self.rejected else 0

    def as_json(self) -> str:
        """Return the summary as a JSON object."""
        content = {**asdict(self), "seen": self.seen}
        return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def __str__(self) -> str:
        """Return one line for people."""
        parts = [f"{self.accepted} article{'s' if self.accepted != 1 else ''}"]
        if self.reused:
            parts.append(f"{self.reused} of them unchanged")
        for count, what in (
            (self.duplicates, "repeating another's text"),
            (self.not_scored, "not English"),
            (self.skipped, "given twice"),
            (len(self.rejected), "rejected"),
        ):
            if count:
                parts.append(f"{count} {what}")
        return ", ".join(parts)
