"""Statements of single rows, compiled once per table and set of columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import sqlite

from app.models.tables.base import Base

_DIALECT = sqlite.dialect(paramstyle="qmark")  # type: ignore[no-untyped-call] # untyped upstream


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQL text with the names of its values in order, and how to bind each."""

    sql: str
    names: tuple[str, ...]
    binders: tuple[Callable[[Any], Any] | None, ...]

    def values(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the row's values in the order of the statement."""
        return tuple(
            [
                row[name] if bind is None else bind(row[name])
                for name, bind in zip(self.names, self.binders, strict=True)
            ]
        )


def table_of(entity: type[Base]) -> Table:
    """Return the table behind a mapped class."""
    return cast(Table, entity.__table__)


def _binder(table: Table, name: str) -> Callable[[Any], Any] | None:
    return table.c[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _compile(table: Table, statement: Any) -> Compiled:
    compiled = statement.compile(dialect=_DIALECT)
    raw = [name for name in compiled.positiontup or ()]
    names = tuple("id" if name == "row_id" else name for name in raw)
    return Compiled(str(compiled), names, tuple(_binder(table, name) for name in names))


@cache
def insert_row(entity: type[Base], names: tuple[str, ...]) -> Compiled:
    """Return the insert of a row with just these columns."""
    table = table_of(entity)
    return _compile(table, insert(table).values({name: bindparam(name) for name in names}))


@cache
def update_row(entity: type[Base], names: tuple[str, ...]) -> Compiled:
    """Return the update of these columns of the row with an id."""
    table = table_of(entity)
    changed = update(table).where(table.c.id == bindparam("row_id"))
    return _compile(table, changed.values({name: bindparam(name) for name in names}))


@cache
def select_row(entity: type[Base]) -> Compiled:
    """Return the select of all columns of the row with an id."""
    table = table_of(entity)
    return _compile(table, select(table).where(table.c.id == bindparam("row_id")))


@cache
def column_names(entity: type[Base]) -> tuple[str, ...]:
    """Return the names of all columns in table order."""
    return tuple(table_of(entity).c.keys())


@cache
def defaults(entity: type[Base]) -> Mapping[str, Any]:
    """Return the value each column has when an insert leaves it out."""
    return {
        column.name: column.default.arg if column.default is not None else None
        for column in table_of(entity).c
    }


@cache
def result_readers(entity: type[Base]) -> tuple[Callable[[Any], Any] | None, ...]:
    """Return how to read each driver value back, in table order."""
    return tuple(
        column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
        for column in table_of(entity).c
    )


def as_mapping(entity: type[Base], values: Sequence[Any]) -> dict[str, Any]:
    """Return one driver row as column name to Python value."""
    return {
        name: value if read is None else read(value)
        for name, value, read in zip(
            column_names(entity), values, result_readers(entity), strict=True
        )
    }

