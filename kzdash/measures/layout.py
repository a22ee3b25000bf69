"""Where the rows of a units frame belong: cells, groups resampled together, units, streams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kzdash.measures.resampling import Floats
from kzdash.schema import GROUPS

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Cells whose groups have the same number of units and the same stream.

    They share one table of weights. ``cells`` are their numbers; ``rows`` the rows of the
    frame, with the unit of each within its group and the place of its cell in ``cells``.
    """

    stream: str
    units: int
    cells: Ints
    rows: Ints
    unit: Ints
    place: Ints

    def sums(self, values: Floats) -> Floats:
        """Return the sums of a column of the frame: units x cells."""
        shape = self.units, len(self.cells)
        flat = self.unit * shape[1] + self.place
        sums = np.bincount(flat, values[self.rows], shape[0] * shape[1])
        return sums.astype(np.float64).reshape(shape)


class Layout:
    """The cells of a units frame.

    Args:
        frame: with a column ``unit`` and the keys. Negative units are random groups of articles,
            of which there are `kzdash.schema.GROUPS`, the empty ones too.
        by: the keys of a cell.
        within: those keys whose cells have their units for themselves; cells that differ in
            the other keys alone are resampled together.
        stream: the key whose values are resampled independently of each other.
    """

    def __init__(
        self, frame: pd.DataFrame, by: Sequence[str], within: Sequence[str], stream: str
    ) -> None:
        self.cell, first = _codes(frame, by)
        self.keys = frame[list(by)].iloc[first].reset_index(drop=True)
        group, group_first = _codes(frame, within)
        self.unit, self.units = _places(group, frame["unit"].to_numpy(dtype=np.int64))
        self.group = group[first] if len(first) else first
        names = frame[stream].astype("str").to_numpy() if stream in by else None
        self.streams = ["" if names is None else str(names[i]) for i in group_first]

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self.keys)

    def sum(self, values: Floats) -> Floats:
        """Return the sums of a column in each cell."""
        return np.bincount(self.cell, values, len(self)).astype(np.float64)

    def articles(self, articles: Ints) -> Ints:
        """Return how many articles each cell has, from the numbers of its units."""
        pair = self.cell * (int(self.unit.max(initial=0)) + 1) + self.unit
        _, first = np.unique(pair, return_index=True)
        return np.bincount(self.cell[first], articles[first], len(self)).astype(np.int64)

    def batches(self, chosen: NDArray[np.bool_]) -> Iterator[Batch]:
        """Return the chosen cells, those together that share weights."""
        alike: dict[tuple[str, int], list[int]] = {}
        for cell in np.nonzero(chosen)[0].tolist():
            group = self.group[cell]
            alike.setdefault((self.streams[group], int(self.units[group])), []).append(cell)
        for (stream, units), members in alike.items():
            cells = np.array(members, dtype=np.int64)
            place = np.full(len(self), -1)
            place[cells] = np.arange(len(cells))
            rows = np.nonzero(place[self.cell] >= 0)[0]
            yield Batch(stream, units, cells, rows, self.unit[rows], place[self.cell[rows]])


def _codes(frame: pd.DataFrame, keys: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the number of each row's combination of keys, and the first row of each."""
    combined = np.zeros(len(frame), dtype=np.int64)
    for key in keys:
        codes, values = pd.factorize(frame[key], sort=True)
        combined = combined * (len(values) + 1) + codes + 1
    _, first, inverse = np.unique(combined, return_index=True, return_inverse=True)
    return inverse.astype(np.int64), first.astype(np.int64)


def _places(group: Ints, unit: Ints) -> tuple[Ints, Ints]:
    """Return each row's place among its group's units, and how many units a group has.

    Articles are counted; random groups of them are all there, and keep their place, so that
    cells of any number of articles share one table of weights.
    """
    codes, values = pd.factorize(unit, sort=True)
    pairs, inverse = np.unique(group * (len(values) + 1) + codes, return_inverse=True)
    owner = pairs // (len(values) + 1)
    counts = np.bincount(owner, minlength=int(group.max(initial=-1)) + 1)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    random = unit < 0
    counts[group[random]] = GROUPS
    place = np.where(random, unit + GROUPS, inverse - starts[group])
    return place.astype(np.int64), counts.astype(np.int64)
