"""An order found once by a job, for sorts that no index serves."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from app.models.values.pages import Sort


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The ids of a list as they stood in an order: eight bytes a row, any place at once.

    Rows written later are seen when the list is read again, as in any other order.
    """

    sort: Sort
    ids: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.ids)

    def window(self, start: int, stop: int) -> tuple[int, ...]:
        """Return the ids at some places."""
        return tuple(self.ids[max(0, start) : max(0, stop)])

    def place(self, row_id: int) -> int:
        """Return where a row stands, -1 when it is not in the list."""
        try:
            return self.ids.index(row_id)
        except ValueError:
            return -1

    def neighbour(self, row_id: int, step: int) -> int:
        """Return the row after (1) or before (-1) one, 0 at the end or for an unknown row."""
        at = self.place(row_id)
        return self.ids[at + step] if at >= 0 and 0 <= at + step < len(self.ids) else 0
