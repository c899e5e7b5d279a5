"""A list by groups: a line for each group with its sums, and its rows while it is unfolded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.i18n import _
from app.models.values.pages import Key, Page, Sort
from app.services.jobs import Progress
from app.services.lists.groups import Grouped
from app.views.core import format as fmt
from app.views.itemmodels.column import Cell, Column
from app.views.itemmodels.ordered import span
from app.views.itemmodels.paged import Window

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The line of one group: its value, words, rows, sums in fen by column, folded or not."""

    key: str
    title: str
    count: int
    sums: Mapping[str, int]
    folded: bool

    def words(self) -> str:
        """Return title and number of rows."""
        return _("{title}（{count}）").format(title=self.title, count=fmt.count(self.count))


class GroupedSource(Generic[T]):
    """Serve the lines of groups with their rows between them; any place at once.

    ``rows`` reads the lines of some ids, ``title_of`` the words of a group's value. ``folded``
    are the values of the groups whose rows are hidden; they are shared with who shows the list.
    """

    def __init__(
        self,
        grouped: Grouped,
        rows: Callable[[Sequence[int]], tuple[T, ...]],
        title_of: Callable[[str], str],
        folded: set[str],
    ) -> None:
        self._grouped = grouped
        self._read = rows
        self._title_of = title_of
        self.folded = folded
        self._starts = grouped.starts()
        self._heads: list[int] = []
        self._total = 0
        self.lay_out()

    def lay_out(self) -> None:
        """Place the lines again after groups were folded or unfolded."""
        self._heads, at = [], 0
        for one in self._grouped.groups:
            self._heads.append(at)
            at += 1 + (0 if one.key in self.folded else one.count)
        self._total = at

    def head_of(self, key: str) -> int:
        """Return the number of a group's line, -1 for none."""
        keys = [one.key for one in self._grouped.groups]
        return self._heads[keys.index(key)] if key in keys else -1

    def ids_of(self, key: str) -> tuple[int, ...]:
        """Return the ids of a group's rows."""
        for at, one in enumerate(self._grouped.groups):
            if one.key == key:
                return self._grouped.order.window(self._starts[at], self._starts[at + 1])
        return ()

    def keys(self) -> tuple[str, ...]:
        """Return the values of all groups."""
        return tuple(one.key for one in self._grouped.groups)

    # -- as any source --------------------------------------------------------------------

    def fetch(self, window: Window) -> Page[T | GroupRow]:
        """Return the lines of a window; the key of a line is its number."""
        start, stop = span(window, self._total)
        if start >= stop:
            return Page()
        lines = tuple(self._lines(start, stop))
        return Page(lines, self._total, (start,), (stop - 1,), stop < self._total)

    def _lines(self, start: int, stop: int) -> Iterator[T | GroupRow]:
        at = bisect_right(self._heads, start) - 1
        while at < len(self._heads) and self._heads[at] < stop:
            head, one = self._heads[at], self._grouped.groups[at]
            hidden = one.key in self.folded
            if head >= start:
                yield GroupRow(one.key, self._title_of(one.key), one.count, one.sums, hidden)
            if not hidden:
                first = self._starts[at] + max(0, start - head - 1)
                last = min(self._starts[at + 1], self._starts[at] + stop - head - 1)
                yield from self._read(self._grouped.order.window(first, last))
            at += 1

    def count(self) -> int:
        """Return the number of lines."""
        return self._total

    def anchors(self, _sort: Sort, every: int, _progress: Progress) -> Iterator[Key]:
        """Yield the numbers of the anchor lines."""
        for start in range(0, self._total, every):
            yield (start,)


def group_cells(columns: Sequence[Column[Any]], row: GroupRow, carrier: str) -> list[Cell]:
    """Return the cells of a group's line: its words in one column, each sum in its own."""
    found = []
    for column in columns:
        text, spoken = "", ""
        if column.key == carrier:
            sums = (fmt.money(fen) for fen in row.sums.values())
            state = _("已收起") if row.folded else _("已展开")
            text, spoken = row.words(), "，".join((row.words(), *sums, state))
        elif column.key in row.sums:
            text = fmt.money(row.sums[column.key])
        found.append(Cell(text, None, spoken or text, text, "text"))
    return found
