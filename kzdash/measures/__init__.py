"""Statistics: a DataFrame from a DataFrame, nothing else.

Example:
    >>> stance = measures.means(store.mention_units(scope), measure="stance")
    >>> stance.table  # estimate, interval, articles, mentions per cell
    >>> stance.differences("outlet")  # every pair of outlets, per actor
"""

from kzdash.measures.estimates import (
    COLUMNS,
    DIFFERENCES,
    Estimates,
    control_false_discovery,
    largest,
    side_by_side,
)
from kzdash.measures.means import MEASURES, family, means, shares
from kzdash.measures.resampling import FEW, REPLICATES
from kzdash.measures.vocabulary import distinctive, log_odds

__all__ = [
    "COLUMNS", "DIFFERENCES", "FEW", "MEASURES", "REPLICATES", "Estimates",
    "control_false_discovery", "distinctive", "family", "largest", "log_odds", "means", "shares",
    "side_by_side",
]  # fmt: skip
