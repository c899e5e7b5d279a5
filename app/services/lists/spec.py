"""What a kind of list is made of, and its statements, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam

from app.errors import UserError
from app.i18n import N_
from app.models.store import keyset
from app.models.store.idlist import among, among_bound
from app.models.store.keyset import Ordered
from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.tables.base import Row
from app.models.values.pages import Key, Sort
from app.services.context import Context
from app.services.lists.clauses import ListField, clause
from app.services.lists.conditions import ListFilter, fields_of
from app.services.lists.groups import GroupColumn

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
        if not (wanted.where or group) and (sort is None or self.is_indexed(sort)):
            return wanted
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
        self,
        wanted: ListFilter,
        sort: Sort,
        limit: int,
        keyed: bool,
        backward: bool,
        inclusive: bool,
    ) -> Compiled:
        by = self.ordered_by(wanted, sort)
        statement: Select[Any] = keyset.walk(
            self.row.where(*self.conditions(wanted)),
            by,
            key=bound_key(len(by)) if keyed else None,
            backward=backward,
            inclusive=inclusive,
            limit=limit,
        ).offset(bindparam("row_skip", 0))
        return prepared(self.entity.__table__, statement)

    def page_query(
        self,
        wanted: ListFilter,
        sort: Sort,
        limit: int,
        *,
        keyed: bool,
        backward: bool,
        inclusive: bool,
    ) -> Compiled:
        """Return the query of a window; those of a filter without long lists are kept."""
        few = len(wanted.ids) < _FEW_IDS
        compiled = self.compiled if few else self._compile
        return compiled(wanted, sort, limit, keyed, backward, inclusive)

    def keys_query(self, wanted: ListFilter, sort: Sort) -> Compiled:
        """Return the query of the keys of two rows, in no order."""
        return _keys_query(self, wanted.kinds, sort)

    def rows_query(self) -> Compiled:
        """Return the query of the lines of some ids, in no order."""
        return _rows_query(self)


def bound_key(columns: int) -> list[ColumnElement[Any]]:
    """Return a key that is given at each run, by ``values_of``."""
    return [bindparam(f"key_{at}", "") for at in range(columns)]


def values_of(key: Key) -> dict[str, Any]:
    """Return a key as the values of a bound one."""
    return {f"key_{at}": value for at, value in enumerate(key)}


@lru_cache(maxsize=512)
def _keys_query(spec: ListSpec[Any], kinds: tuple[tuple[str, str], ...], sort: Sort) -> Compiled:
    by = spec.ordered_by(ListFilter(kinds=kinds), sort)
    columns = [column for column, _falling in by]
    either = spec.entity.id.in_((bindparam("one_id", 0), bindparam("other_id", 0)))
    return prepared(spec.entity.__table__, spec.counted.add_columns(*columns).where(either))


@lru_cache
def _rows_query(spec: ListSpec[Any]) -> Compiled:
    chosen = spec.row.where(spec.population(), among_bound(spec.entity.id, "ids_json"))
    return prepared(spec.entity.__table__, chosen)
