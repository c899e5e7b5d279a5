"""One kind of list: filtered, sorted and paged in SQL."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, func, select

from app.models.store import keyset
from app.models.store.keyset import Ordered
from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.values.pages import Key, Page, Sort
from app.services.context import Context
from app.services.jobs import Progress
from app.services.lists.conditions import ListFilter
from app.services.lists.groups import Grouped, Subtotal, key_of
from app.services.lists.orders import Order
from app.services.lists.spec import ListSpec, bound_key, values_of

T = TypeVar("T")


class Listing(Generic[T]):
    """Read one kind of list; every method answers for the book as it is now."""

    def __init__(self, context: Context, spec: ListSpec[T]) -> None:
        self._context = context
        self._spec = spec

    def kinds(self) -> Mapping[str, str]:
        """Return the kind of every field that every book has."""
        return {key: one.kind for key, one in self._spec.fields.items()}

    def is_indexed(self, sort: Sort) -> bool:
        """Tell whether an index serves an order; others are found by ``order``, in a job."""
        return self._spec.is_indexed(sort)

    def page(
        self,
        wanted: ListFilter,
        sort: Sort,
        *,
        key: Key | None = None,
        backward: bool = False,
        inclusive: bool = False,
        skip: int = 0,
        limit: int = 200,
    ) -> Page[T]:
        """Return the window of ``limit`` rows after ``key`` (before it when ``backward``)."""
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, sort, self._context)
            compiled = self._spec.page_query(
                settled,
                sort,
                limit + 1,
                keyed=key is not None,
                backward=backward,
                inclusive=inclusive,
            )
            found = reader.prepared_rows(compiled, {**values_of(key or ()), "row_skip": skip})
            more, found = len(found) > limit, found[:limit]
            if not found:
                return Page()
            if backward:
                found = found[::-1]
            # the keys are read apart: long sort keys stay out of every row
            first, last = self._keys(reader, settled, sort, found[0][0], found[-1][0])
        return Page(tuple(map(self._spec.made, found)), None, first, last, more)

    def _keys(self, reader: Reader, settled: ListFilter, sort: Sort, *ids: int) -> list[Key | None]:
        """Return the keys of one row or two; a key ends with the id."""
        either = {"one_id": ids[0], "other_id": ids[-1]}
        found = reader.prepared_rows(self._spec.keys_query(settled, sort), either)
        by_id = {key[-1]: tuple(key) for key in found}
        return [by_id.get(row_id) for row_id in ids]

    def count(self, wanted: ListFilter) -> int:
        """Return how many rows match."""
        return int(self._scalar(wanted, func.count(self._spec.entity.id)) or 0)

    def total(self, wanted: ListFilter, column: Any, *also: ColumnElement[bool]) -> int:
        """Return the sum of a column over the rows that match."""
        return int(self._scalar(wanted, func.sum(column), *also) or 0)

    def _scalar(self, wanted: ListFilter, column: Any, *also: ColumnElement[bool]) -> Any:
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, None, self._context)
            asked = self._spec.counted.add_columns(column)
            return reader.scalar(asked.where(*self._spec.conditions(settled), *also))

    def ids(self, wanted: ListFilter) -> list[int]:
        """Return the ids of all rows that match, oldest first."""
        row_id = self._spec.entity.id
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, None, self._context)
            chosen = self._spec.counted.add_columns(row_id)
            where = self._spec.conditions(settled, all_of_them=True)
            ordered = chosen.where(*where).order_by(row_id)
            return [row[0] for row in reader.rows(ordered)]

    def anchors(
        self, wanted: ListFilter, sort: Sort, every: int, progress: Progress
    ) -> Iterator[Key]:
        """Yield the key of every n-th row, found by hops, for jumps by scrollbar."""
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, sort, self._context)
            columns = [one for one, _falling in self._spec.ordered_by(settled, sort)]
            first = self._beyond(settled, sort, columns, None).limit(1)
            bound = bound_key(len(columns))
            hop = self._beyond(settled, sort, columns, bound, inclusive=True).limit(1)
            hops = self._prepared(hop.offset(every))
            found = reader.prepared_rows(self._prepared(first), {})
            while found:
                key = tuple(found[0])
                yield key
                progress.step(0, 0)
                found = reader.prepared_rows(hops, values_of(key))

    def neighbour(self, wanted: ListFilter, sort: Sort, row_id: int, step: int) -> int:
        """Return the row after (step 1) or before (-1) one in a list, 0 at its end.

        The place of a row that no longer matches is where it would stand.
        """
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, sort, self._context)
            (here,) = self._keys(reader, settled, sort, row_id)
            if here is None:
                return 0
            columns = [self._spec.entity.id]
            next_one = self._beyond(settled, sort, columns, here, backward=step < 0).limit(1)
            return int(reader.scalar(next_one) or 0)

    def place(self, wanted: ListFilter, sort: Sort, row_id: int) -> int:
        """Return how many rows of a list stand before one."""
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, sort, self._context)
            (here,) = self._keys(reader, settled, sort, row_id)
            if here is None:
                return 0
            columns = [self._spec.entity.id]
            before = self._beyond(settled, sort, columns, here, backward=True).limit(-1)
            return int(reader.scalar(select(func.count()).select_from(before.subquery())) or 0)

    def _beyond(
        self,
        settled: ListFilter,
        sort: Sort,
        columns: Sequence[Any],
        key: Sequence[Any] | None,
        *,
        backward: bool = False,
        inclusive: bool = False,
    ) -> Any:
        chosen = self._spec.counted.add_columns(*columns)
        return keyset.walk(
            chosen.where(*self._spec.conditions(settled)),
            self._spec.ordered_by(settled, sort),
            key=key,
            backward=backward,
            inclusive=inclusive,
        )

    def _prepared(self, statement: Any) -> Compiled:
        return prepared(self._spec.entity.__table__, statement)

    # -- orders that no index serves ---------------------------------------------------------

    def order(self, wanted: ListFilter, sort: Sort, progress: Progress) -> Order:
        """Return the ids of a list in any order; reads all of them, so in a job."""
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, sort, self._context)
            by = self._spec.ordered_by(settled, sort)
            ids = self._ids(reader, settled, by, progress)
        return Order(sort, ids)

    def _ids(
        self, reader: Reader, settled: ListFilter, by: Sequence[Ordered], progress: Progress
    ) -> array[int]:
        chosen = self._spec.counted.add_columns(self._spec.entity.id)
        where = self._spec.conditions(settled, all_of_them=True)
        ordered = chosen.where(*where).order_by(
            *(column.desc() if falling else column.asc() for column, falling in by)
        )
        ids = array("q")
        found = reader.streamed(self._prepared(ordered), {}, lambda: progress.step(0, 0))
        for rows in found:
            ids.extend(row[0] for row in rows)
        return ids

    def subtotals(self, wanted: ListFilter, group: str) -> tuple[Subtotal, ...]:
        """Return the groups of a list in order, with their rows and sums.

        Raises ``UserError`` unknown_sort for a field that cannot be grouped by.
        """
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, None, self._context, group)
            return self._subtotals(reader, settled, group)

    def _subtotals(self, reader: Reader, settled: ListFilter, group: str) -> tuple[Subtotal, ...]:
        by = self._spec.grouped_by(settled, group).label("group_key")
        sums = self._spec.sums
        asked = self._spec.counted.add_columns(by, func.count(), *sums.values())
        where = self._spec.conditions(settled, all_of_them=True)
        rows = reader.rows(asked.where(*where).group_by(by).order_by(by))
        found = []
        for key, count, *amounts in rows:
            added = dict(zip(sums, (int(one or 0) for one in amounts), strict=True))
            found.append(Subtotal(key_of(key), count, added))
        return tuple(found)

    def grouped(self, wanted: ListFilter, group: str, sort: Sort, progress: Progress) -> Grouped:
        """Return a list by groups, each in an order; reads all of it, so in a job."""
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, sort, self._context, group)
            by = (self._spec.grouped_by(settled, group), False)
            ids = self._ids(reader, settled, [by, *self._spec.ordered_by(settled, sort)], progress)
            return Grouped(Order(sort, ids), self._subtotals(reader, settled, group))

    def rows(self, ids: Sequence[int]) -> tuple[T, ...]:
        """Return the lines of some ids in their order; what is gone is left out."""
        with self._context.read() as reader:
            asked = {"ids_json": f"[{','.join(map(str, ids))}]"}
            found = reader.prepared_rows(self._spec.rows_query(), asked)
        by_id = {row[0]: row for row in found}
        return tuple(self._spec.made(by_id[one]) for one in ids if one in by_id)
