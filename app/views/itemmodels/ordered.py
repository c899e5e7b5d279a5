"""A source of a paged table over an order that was found beforehand: any place at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from app.models.values.pages import Key, Page, Sort
from app.services.jobs import Progress
from app.services.lists.orders import Order
from app.views.itemmodels.paged import Window

T = TypeVar("T")


class OrderedSource(Generic[T]):
    """Serve rows by their place in an order; ``rows`` reads the lines of some ids.

    The key of a row is its place. A row that has gone since leaves its place empty at the
    end of its window, until the list is read again.
    """

    def __init__(self, order: Order, rows: Callable[[Sequence[int]], tuple[T, ...]]) -> None:
        self._order = order
        self._rows = rows

    def fetch(self, window: Window) -> Page[T]:
        """Return the rows of a window in list order."""
        total = len(self._order)
        start, stop = span(window, total)
        ids = self._order.window(start, stop)
        if not ids:
            return Page()
        return Page(self._rows(ids), total, (start,), (stop - 1,), stop < total)

    def count(self) -> int:
        """Return the number of rows."""
        return len(self._order)

    def anchors(self, sort: Sort, every: int, progress: Progress) -> Iterator[Key]:
        """Yield the places of the anchor rows."""
        for start in range(0, len(self._order), every):
            yield (start,)


def span(window: Window, total: int) -> tuple[int, int]:
    """Return the places of a window where the key of a row is its place."""
    if window.backward:
        edge = total if window.key is None else int(window.key[0])
        stop = max(0, edge - window.skip)
        return max(0, stop - window.limit), stop
    edge = 0 if window.key is None else int(window.key[0]) + (not window.inclusive)
    start = edge + window.skip
    return start, min(total, start + window.limit)
