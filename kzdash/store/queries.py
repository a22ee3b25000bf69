"""What all questions share: a cursor per query, bound parameters, a memory of answers."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
import pandas as pd

from kzdash.schema import GROUPS
from kzdash.scope import Scope

MEMORY = 12 * 2**20
"""Most bytes of answers that a store remembers."""

P = ParamSpec("P")
S = TypeVar("S", bound="Queries")

Values = Mapping[str, Any]


class Where:
    """Conditions joined by AND, with their bound parameters."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: dict[str, Any] = {}

    def add(self, condition: str, **values: Any) -> "Where":
        """Add a condition whose parameters are ``$name``."""
        self.conditions.append(condition)
        self.values.update(values)
        return self

    def among(self, expression: str, name: str, values: Sequence[str]) -> "Where":
        """Demand that an expression is one of some values; no values demand nothing."""
        if values:
            marks = [f"{name}_{i}" for i in range(len(values))]
            listed = ", ".join(f"${mark}" for mark in marks)
            self.add(f"{expression} IN ({listed})", **dict(zip(marks, values, strict=True)))
        return self

    def __str__(self) -> str:
        """Return the clause, with its WHERE."""
        return f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


def remembered(
    question: Callable[Concatenate[S, P], pd.DataFrame],
) -> Callable[Concatenate[S, P], pd.DataFrame]:
    """Remember the answers of a question by its (hashable) arguments.

    Every caller gets a frame of its own: what one changes, no other sees.
    """

    @wraps(question)
    def ask(self: S, /, *args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
        key = (question.__name__, args, tuple(sorted(kwargs.items())))
        found = self.recall(key)
        if found is None:
            found = question(self, *args, **kwargs)
            self.remember(key, found)
        return found.copy(deep=False)

    return ask


class Queries:
    """A locked database of a build's tables that answers from several threads at once.

    Args:
        connection: from `kzdash.store.loading.load`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._answers: OrderedDict[Any, tuple[pd.DataFrame, int]] = OrderedDict()
        self._lock = threading.Lock()
        # One query at a time: each takes two threads, and with two at a time over a million
        # mentions the database ran out of memory.
        self._turn = threading.Lock()

    def ask(self, query: str, values: Values | None = None) -> pd.DataFrame:
        """Return a query's rows; ENUM columns come as text, NULL as missing."""
        with self._turn, self._connection.cursor() as cursor:
            frame = cursor.execute(query, dict(values or {})).df()
        for name in frame.columns:
            if isinstance(frame[name].dtype, pd.CategoricalDtype):
                frame[name] = _text(frame[name])
        return frame

    def number(self, query: str, values: Values | None = None) -> int:
        """Return the one number that a query gives."""
        with self._turn, self._connection.cursor() as cursor:
            row = cursor.execute(query, dict(values or {})).fetchone()
        return int(row[0] or 0) if row else 0

    def recall(self, key: Any) -> pd.DataFrame | None:
        """Return a remembered answer."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found[0] if found else None

    def remember(self, key: Any, frame: pd.DataFrame) -> None:
        """Remember an answer, and forget the ones not asked for longest."""
        size = int(frame.memory_usage(deep=True).sum()) + 1_000
        with self._lock:
            self._answers[key] = (frame, size)
            while sum(s for _, s in self._answers.values()) > MEMORY and len(self._answers) > 1:
                self._answers.popitem(last=False)

    def close(self) -> None:
        """Close the database; a temporary file goes with it."""
        self._connection.close()


def _text(column: pd.Series) -> pd.Series:
    """Return a column of categories as text, each category turned into text once."""
    names = pd.Series(column.cat.categories, dtype="str").array
    return pd.Series(names.take(column.cat.codes.to_numpy(), allow_fill=True), column.index)


def rows(scope: Scope, where: Where | None = None) -> Where:
    """Select rows of any table by the scope's outlets, and dates that may lie within its own."""
    where = where or Where()
    where.among("outlet", "outlet", scope.outlets)
    if scope.first:
        where.add("last_day >= $first", first=scope.first)
    if scope.last:
        where.add("first_day <= $last", last=scope.last)
    return where


def mentions(scope: Scope, where: Where | None = None, actors: bool = True) -> Where:
    """Select mentions by the whole scope (or by all of it but its actors)."""
    where = rows(scope, where)
    if actors:
        where.among("actor", "actor", scope.actors)
    where.among("voice", "voice", scope.voices)
    return where.among("kind", "kind", scope.kinds)


def unit() -> str:
    """Return what is resampled where a cell has ``size`` articles: articles, or groups of them.

    Groups have the numbers -`GROUPS` to -1, so that none is taken for an article.
    """
    return f"CASE WHEN size > {GROUPS} THEN grp - {GROUPS} ELSE article_no END"
