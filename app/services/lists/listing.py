"""One kind of list: filtered, sorted and paged in SQL."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store import keyset
from app.models.store.idlist import among, among_bound
from app.models.store.keyset import Ordered
from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.tables.base import Row
from app.models.values.pages import Key, Page, Sort
from app.services.context import Context
from app.services.jobs import Progress
from app.services.lists.clauses import ListField, clause
from app.services.lists.conditions import ListFilter, fields_of
from app.services.lists.groups import GroupColumn, Grouped, Subtotal, key_of
from app.services.lists.orders import Order

T = TypeVar("T")
_FEW_IDS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class SortColumn:
    """A column a list can be ordered by; never null. ``indexed`` with the id as tie-break."""

    column: Any
    indexed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ListSpec(Generic[T]):
    """What a kind of list is made of.

    ``row`` selects the columns of a line, ``made`` turns what the driver gives into it, and
    ``counted`` selects nothing but joins what conditions and sorts need. ``population`` gives
    the condition that always holds; with ``all_of_them`` in a form for walks over all rows.
    ``groups`` is what rows can be grouped by, ``sums`` the amounts in fen that are added up.
    ``book_kinds`` tells kinds of fields that only the book knows, ``book_field``,
    ``book_sort`` and ``book_group`` describe them.
    """

    entity: type[Row]
    row: Any
    made: Callable[[Sequence[Any]], T]
    counted: Any
    population: Callable[..., ColumnElement[bool]]
    fields: Mapping[str, ListField]
    sorts: Mapping[str, SortColumn]
    groups: Mapping[str, GroupColumn] = field(default_factory=dict)
    sums: Mapping[str, Any] = field(default_factory=dict)
    book_kinds: Callable[[Reader, set[str]], Mapping[str, str]] | None = None
    book_field: Callable[[str, str], ListField] | None = None
    book_sort: Callable[[str, str], SortColumn] | None = None
    book_group: Callable[[str, str], GroupColumn] | None = None
    compiled: Callable[..., Compiled] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", lru_cache(maxsize=256)(self._compile))

    # -- what is asked for ----------------------------------------------------------------

    def settled(
        self,
        reader: Reader,
        wanted: ListFilter,
        sort: Sort | None,
        context: Context,
        group: str = "",
    ) -> ListFilter:
        """Return the filter with its days and the kinds of the book's own fields.

        Raises ``UserError`` bad_condition and unknown_sort.
        """
        asked = set(fields_of(wanted.where)) - self.fields.keys()
        ordered = {one.column for one in sort.parts} - self.sorts.keys() if sort else set()
        ordered |= {group} - self.groups.keys() if group else set()
        kinds: Mapping[str, str] = {}
        if self.book_kinds is not None and (asked or ordered):
            kinds = self.book_kinds(reader, asked | ordered)
        if ordered - kinds.keys():
            raise UserError(
                "unknown_sort",
                N_("不能按 {column} 排序"),
                advice=N_("换一列排序；数据没有改动"),
                column=min(ordered - kinds.keys()),
            )
        known = {key: one.kind for key, one in self.fields.items()} | dict(kinds)
        fresh = wanted.settled(known, context.today(), context.now())
        return ListFilter(fresh.where, fresh.ids, tuple(sorted(kinds.items())))

    def conditions(
        self, wanted: ListFilter, *, all_of_them: bool = False
    ) -> list[ColumnElement[bool]]:
        """Return the SQL conditions of a settled filter, the population first."""
        found = [self.population(all_of_them=all_of_them)]
        fields = dict(self.fields)
        if self.book_field is not None:
            fields |= {key: self.book_field(key, kind) for key, kind in wanted.kinds}
        if wanted.ids:
            found.append(among(self.entity.id, wanted.ids))
        return [*found, *(clause(one, fields) for one in wanted.where)]

    def is_indexed(self, sort: Sort) -> bool:
        """Tell whether an index serves an order, so that windows are read by key."""
        known = self.sorts.get(sort.column)
        return not sort.then and known is not None and known.indexed

    def ordered_by(self, wanted: ListFilter, sort: Sort) -> list[Ordered]:
        """Return the columns of an order, the id last as tie-break."""
        kinds = dict(wanted.kinds)
        by: list[Ordered] = []
        for one in sort.parts:
            known = self.sorts.get(one.column)
            if known is None and self.book_sort is not None:
                known = self.book_sort(one.column, kinds[one.column])
            assert known is not None
            by.append((known.column, one.descending))
        return [*by, (self.entity.id, sort.descending)]

    def grouped_by(self, wanted: ListFilter, group: str) -> Any:
        """Return the SQL of what a settled list is grouped by."""
        known = self.groups.get(group)
        if known is None and self.book_group is not None:
            known = self.book_group(group, dict(wanted.kinds)[group])
        assert known is not None
        return known.column

    # -- compiled statements --------------------------------------------------------------

    def _compile(
        self, wanted: ListFilter, sort: Sort, keyed: bool, backward: bool, inclusive: bool
    ) -> Compiled:
        by = self.ordered_by(wanted, sort)
        statement: Select[Any] = keyset.walk(
            self.row.where(*self.conditions(wanted)),
            by,
            key=[bindparam(f"key_{at}", "") for at in range(len(by))] if keyed else None,
            backward=backward,
            inclusive=inclusive,
            limit=bindparam("row_limit", 0),
        ).offset(bindparam("row_skip", 0))
        return prepared(self.entity.__table__, statement)

    def page_query(
        self, wanted: ListFilter, sort: Sort, *, keyed: bool, backward: bool, inclusive: bool
    ) -> Compiled:
        """Return the query of a window; those of a filter without long lists are kept."""
        few = len(wanted.ids) < _FEW_IDS
        compiled = self.compiled if few else self._compile
        return compiled(wanted, sort, keyed, backward, inclusive)

    def key_query(self, wanted: ListFilter, sort: Sort) -> Compiled:
        """Return the query of the key of one row."""
        return _key_query(self, wanted.kinds, sort)

    def rows_query(self) -> Compiled:
        """Return the query of the lines of some ids, in no order."""
        return _rows_query(self)


@lru_cache(maxsize=512)
def _key_query(spec: ListSpec[Any], kinds: tuple[tuple[str, str], ...], sort: Sort) -> Compiled:
    by = spec.ordered_by(ListFilter(kinds=kinds), sort)
    columns = [column for column, _falling in by]
    one = spec.counted.add_columns(*columns).where(spec.entity.id == bindparam("row_id", 0))
    return prepared(spec.entity.__table__, one)


@lru_cache
def _rows_query(spec: ListSpec[Any]) -> Compiled:
    chosen = spec.row.where(spec.population(), among_bound(spec.entity.id, "ids_json"))
    return prepared(spec.entity.__table__, chosen)


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
                settled, sort, keyed=key is not None, backward=backward, inclusive=inclusive
            )
            edge = {f"key_{at}": value for at, value in enumerate(key or ())}
            limits = {"row_limit": limit + 1, "row_skip": skip}
            found = reader.prepared_rows(compiled, {**edge, **limits})
            more, found = len(found) > limit, found[:limit]
            if not found:
                return Page()
            if backward:
                found = found[::-1]
            # the keys are read apart: long sort keys stay out of every row
            keys = [self._key(reader, settled, sort, row[0]) for row in (found[0], found[-1])]
        return Page(tuple(map(self._spec.made, found)), None, keys[0], keys[1], more)

    def _key(self, reader: Reader, settled: ListFilter, sort: Sort, row_id: int) -> Key | None:
        found = reader.prepared_rows(self._spec.key_query(settled, sort), {"id": row_id})
        return tuple(found[0]) if found else None

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
            key: Key | None = None
            while True:
                hop = self._beyond(settled, sort, columns, key, inclusive=True).limit(1)
                found = reader.prepared_rows(self._prepared(hop.offset(every if key else 0)), {})
                if not found:
                    return
                key = tuple(found[0])
                yield key
                progress.step(0, 0)

    def neighbour(self, wanted: ListFilter, sort: Sort, row_id: int, step: int) -> int:
        """Return the row after (step 1) or before (-1) one in a list, 0 at its end.

        The place of a row that no longer matches is where it would stand.
        """
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, sort, self._context)
            here = self._key(reader, settled, sort, row_id)
            if here is None:
                return 0
            columns = [self._spec.entity.id]
            next_one = self._beyond(settled, sort, columns, here, backward=step < 0).limit(1)
            return int(reader.scalar(next_one) or 0)

    def place(self, wanted: ListFilter, sort: Sort, row_id: int) -> int:
        """Return how many rows of a list stand before one."""
        with self._context.read() as reader:
            settled = self._spec.settled(reader, wanted, sort, self._context)
            here = self._key(reader, settled, sort, row_id)
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
        key: Key | None,
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
