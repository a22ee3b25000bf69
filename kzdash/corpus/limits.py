"""How much one input may hold. Nothing is cut: what is larger is refused, with its reason."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The largest inputs that are read.

    Args:
        file: bytes of one text, Markdown or JSON file.
        page: bytes of one HTML page.
        line: bytes of one JSONL line or CSV record.
        text: characters of one article.
        word: characters of one word (a run without space).
        columns: columns of a CSV table.
        entries: entries of a zip.
        entry: bytes of one zip entry, unpacked.
        unpacked: bytes of a whole zip, unpacked.
        depth: folders within folders.
        future: whether dates after tomorrow are taken.
    """

    file: int = 20 * MEGABYTE
    page: int = 10 * MEGABYTE
    line: int = 20 * MEGABYTE
    text: int = 2_000_000
    word: int = 1_000
    columns: int = 1_000
    entries: int = 10_000
    entry: int = 100 * MEGABYTE
    unpacked: int = 500 * MEGABYTE
    depth: int = 50
    future: bool = False


LOCAL = Limits()
