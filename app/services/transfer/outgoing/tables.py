"""What reading rows for an export needs: pages of tables, and names beside ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, func, select

from app.models.store.reader import Reader
from app.models.tables.base import Row, aliased
from app.models.tables.customers import Customer
from app.models.tables.staff import Staff
from app.services.features import FieldView

Values: TypeAlias = dict[str, Any]
_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read: all customers, or those with these ids and what belongs to them."""

    customer_ids: frozenset[int] | None = None
    stages: Sequence[str] = field(default=())
    features: Sequence[FieldView] = field(default=())

    def of(self, column: Any) -> tuple[ColumnElement[bool], ...]:
        """Return the condition on a customer's id."""
        return () if self.customer_ids is None else (column.in_(self.customer_ids),)


def paged(reader: Reader, entity: type[Row], query: Select[Any]) -> Iterator[list[Values]]:
    """Yield the rows of a select by the id of a table, a page at a time, by column name."""
    above = 0
    while True:
        page = query.where(entity.id > above, entity.deleted_at == 0)
        found = reader.rows(page.order_by(entity.id).limit(_PAGE))
        if not found:
            return
        yield by_name(query, found)
        above = found[-1][0]


def in_time(
    reader: Reader, entity: type[Row], query: Select[Any], *by: Any
) -> Iterator[list[Values]]:
    """Yield the rows of a select as an import writes them: by their time, a page at a time.

    Rows entered later about earlier days would else change their places on the way.
    """
    found = reader.rows(select(entity.id).where(entity.deleted_at == 0).order_by(*by, entity.id))
    ids = [row[0] for row in found]
    for start in range(0, len(ids), _PAGE):
        page = query.where(entity.id.in_(ids[start : start + _PAGE]))
        yield by_name(query, reader.rows(page.order_by(*by, entity.id)))


def by_name(query: Select[Any], rows: Sequence[Any]) -> list[Values]:
    """Return rows by the names of their columns."""
    names = list(query.selected_columns.keys())
    return [dict(zip(names, row, strict=True)) for row in rows]


def labelled(entity: Any, names: Mapping[str, str]) -> list[Any]:
    """Return columns of a table under the keys of fields."""
    return [getattr(entity, name).label(key) for key, name in names.items()]


def same(names: str) -> dict[str, str]:
    """Return columns that go by the same key in files."""
    return {name: name for name in names.split()}


def at_customer(entity: Any, query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Add the customer's code and name to rows of a living customer."""
    return (
        query.add_columns(Customer.code.label("customer_code"), Customer.name.label("customer"))
        .join(Customer, Customer.id == entity.customer_id)
        .where(Customer.deleted_at == 0, *wanted.of(Customer.id))
    )


def staff_name(column: Any, key: str) -> tuple[Any, Any, Any]:
    """Return a member of staff's name as a column, with the table and the join for it."""
    person = aliased(Staff)
    return func.coalesce(person.name, "").label(key), person, person.id == column


def known_amounts(rows: list[Values], *keys: str) -> list[Values]:
    """Put None for -1 in amounts that are not known."""
    for row in rows:
        for key in keys:
            row[key] = None if row[key] == -1 else row[key]
    return rows


def grouped(
    reader: Reader, query: Select[*tuple[Any, ...]], column: Any, ids: Collection[int]
) -> dict[int, list[Any]]:
    """Return further rows by the id of the row they belong to."""
    found: dict[int, list[Any]] = {}
    for row in reader.rows(query.where(column.in_(ids))):
        found.setdefault(row[0], []).append(tuple(row)[1:])
    return found
