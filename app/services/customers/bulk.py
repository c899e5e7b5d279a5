"""Do one thing to many customers: in chunks, stoppable, undone as one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from app.errors import Cancelled
from app.i18n import N_
from app.models.store.unit import Unit
from app.models.tables.customers import Customer
from app.models.values.ids import new_id
from app.services.context import Context
from app.services.customers import writing
from app.services.jobs import Progress
from app.services.lists import ListFilter

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """Customers somebody ticked: some by id, or a whole filter but for some."""

    ids: frozenset[int] = frozenset()
    wanted: ListFilter | None = None
    without: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """How many customers were gone through, of how many, and the batch, 0 if nothing differed."""

    batch_id: int
    done_count: int
    wanted_count: int


class Bulk:
    """Write many customers, 500 in a unit; a stop leaves the rest as they were."""

    def __init__(self, context: Context, ids_of: Callable[[ListFilter], list[int]]) -> None:
        self._context = context
        self._ids_of = ids_of

    def ids(self, chosen: Chosen) -> list[int]:
        """Return the ids of the chosen customers."""
        if chosen.wanted is None:
            return sorted(chosen.ids)
        return [one for one in self._ids_of(chosen.wanted) if one not in chosen.without]

    def give_to(self, chosen: Chosen, staff_id: int, progress: Progress) -> Done:
        """Hand the chosen customers to a member of staff."""

        def act(unit: Unit, customer_id: int) -> None:
            writing.give_to(unit, customer_id, staff_id)

        return self.write(N_("改负责人"), chosen, act, progress)

    def edit(
        self, chosen: Chosen, field: str, value: str, progress: Progress, reason: str = ""
    ) -> Done:
        """Bring one field of the chosen customers to a value; see ``editing.write``."""
        from app.services.customers import editing

        def act(unit: Unit, customer_id: int) -> None:
            editing.write(unit, customer_id, field, value, reason)

        return self.write(N_("批量修改客户"), chosen, act, progress)

    def remove(self, chosen: Chosen, progress: Progress) -> Done:
        """Put the chosen customers into the recycle bin."""

        def act(unit: Unit, customer_id: int) -> None:
            unit.remove(Customer, customer_id)

        return self.write(N_("删除客户"), chosen, act, progress)

    def write(
        self, label: str, chosen: Chosen, act: Callable[[Unit, int], None], progress: Progress
    ) -> Done:
        """Do something at each chosen customer."""
        self._context.require("write")
        ids, batch_id, done, written = self.ids(chosen), new_id(), 0, 0
        try:
            for chunk in _chunks(ids):
                progress.step(done, len(ids))
                with self._context.write(label, batch_id=batch_id) as unit:
                    for customer_id in chunk:
                        act(unit, customer_id)
                    written = batch_id if unit.noted else written
                done += len(chunk)
            progress.step(done, len(ids))
        except Cancelled:
            return Done(written, done, len(ids))
        return Done(written, done, len(ids))


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    listed = list(ids)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]
