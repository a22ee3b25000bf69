"""The corpus: articles from files, folders, zips, the standard input and addresses.

`read` yields one `Article` or one `Rejection` after the other. What cannot be taken is named
with place, finding, expectation and remedy, and the good inputs beside it are taken. The
kinds, fields, limits and cleaning rules are documented in `docs/inputs.md`.
"""

from kzdash.corpus.collect import Collected, fetch_catalogue
from kzdash.corpus.fetch import Fetcher, Page
from kzdash.corpus.limits import LOCAL, Limits
from kzdash.corpus.reading import read
from kzdash.corpus.rejection import Rejection

__all__ = [
    "LOCAL", "Collected", "Fetcher", "Limits", "Page", "Rejection", "fetch_catalogue", "read",
]  # fmt: skip
