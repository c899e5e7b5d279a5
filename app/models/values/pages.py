"""One window of a long list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")

Key = tuple[int | float | str, ...]
"""The sort columns of a row with its id last: where a window begins or ends."""


@dataclass(frozen=True, slots=True)
class Sort:
    """The column a list is ordered by, and the columns that order rows equal in it."""

    column: str
    descending: bool = False
    then: tuple[Sort, ...] = ()

    @property
    def parts(self) -> tuple[Sort, ...]:
        """Return one order for each column, the first one first."""
        return (Sort(self.column, self.descending), *self.then)

    def reversed(self) -> Sort:
        """Return the opposite order."""
        return Sort(self.column, not self.descending, tuple(one.reversed() for one in self.then))


def joined_sort(parts: Iterable[Sort], *, most: int = 3) -> Sort | None:
    """Return one order by several columns, each at most once; None for none."""
    first: dict[str, Sort] = {}
    for part in parts:
        first.setdefault(part.column, Sort(part.column, part.descending))
    ordered = list(first.values())[:most]
    if not ordered:
        return None
    return Sort(ordered[0].column, ordered[0].descending, tuple(ordered[1:]))


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows of one window; ``total`` is None when it was not counted.

    ``first_key`` and ``last_key`` are None in an empty page.
    """

    rows: tuple[T, ...] = ()
    total: int | None = None
    first_key: Key | None = None
    last_key: Key | None = None
    has_more: bool = False

    def map(self, turn: Callable[[T], U]) -> Page[U]:
        """Return the same window with every row turned into something else."""
        rows = tuple(turn(row) for row in self.rows)
        return Page(rows, self.total, self.first_key, self.last_key, self.has_more)
