"""A source of a paged table over rows that are wholly in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from app.models.values.pages import Key, Page, Sort
from app.services.jobs import Progress
from app.views.itemmodels.paged import Window

T = TypeVar("T")


class ListSource(Generic[T]):
    """Serve a short list that is wholly in memory, sorted by a function of the sort."""

    def __init__(self, rows: Sequence[T], key: Callable[[T, str], Any] | None = None) -> None:
        self._rows = tuple(rows)
        self._key = key
        self._sorted: tuple[Sort | None, tuple[T, ...]] = (None, self._rows)

    def fetch(self, window: Window) -> Page[T]:
        """Return rows by position: the key of a row is its number."""
        rows = self._ordered(window.sort)
        if window.backward:
            edge = len(rows) if window.key is None else int(window.key[0])
            stop = max(0, edge - window.skip)
            start = max(0, stop - window.limit)
        else:
            edge = 0 if window.key is None else int(window.key[0]) + (not window.inclusive)
            start = edge + window.skip
            stop = min(len(rows), start + window.limit)
        part = rows[start:stop]
        if not part:
            return Page()
        return Page(part, len(rows), (start,), (stop - 1,), stop < len(rows))

    def count(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def anchors(self, sort: Sort, every: int, progress: Progress) -> Iterator[Key]:
        """Yield the numbers of the anchor rows."""
        for start in range(0, len(self._ordered(sort)), every):
            progress.step(start, len(self._rows))
            yield (start,)

    def _ordered(self, sort: Sort) -> tuple[T, ...]:
        if self._key is None:
            return self._rows
        if self._sorted[0] != sort:
            key = self._key
            rows = sorted(
                self._rows, key=lambda row: key(row, sort.column), reverse=sort.descending
            )
            self._sorted = (sort, tuple(rows))
        return self._sorted[1]
