"""Statements of single rows, compiled once per table and set of columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, column, insert, select, update
from sqlalchemy import table as named_columns
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

_PLAIN_WORD = re.compile("[a-z_]{0,30}")


class _Literal(SQLiteCompiler):
    """Write numbers and plain words that never change into the statement itself.

    With a bound one in a limit or in the condition of a partial index the engine must look
    at its value, and prepares the statement anew at every run.
    """

    def visit_bindparam(self, bindparam: Any, *rest: Any, **options: Any) -> Any:
        """Render a value: a constant as it is, others as a mark to bind."""
        render: Any = super().visit_bindparam
        if bindparam.unique and _is_plain(bindparam.value):
            options["literal_binds"] = True
        return render(bindparam, *rest, **options)


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(one) for one in value)
    if isinstance(value, str):
        return _PLAIN_WORD.fullmatch(value) is not None
    return isinstance(value, int)


_DIALECT = sqlite.dialect(paramstyle="qmark")
_DIALECT.statement_compiler = _Literal


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQL text with the names of its values in order, how to bind each, and its constants."""

    sql: str
    names: tuple[str, ...]
    binders: tuple[Callable[[Any], Any] | None, ...]
    constants: Mapping[str, Any]

    def values(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the row's values in the order of the statement."""
        known = {**self.constants, **row} if self.constants else row
        return tuple(
            [
                known[name] if bind is None else bind(known[name])
                for name, bind in zip(self.names, self.binders, strict=True)
            ]
        )


def _binder(table: Table, name: str) -> Callable[[Any], Any] | None:
    if name not in table.c:
        return None
    return table.c[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _compile(table: Table, statement: Any) -> Compiled:
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    raw = tuple(compiled.positiontup or ())
    names = tuple("id" if name == "row_id" else name for name in raw)
    constants = {
        name: _stored(compiled, name) for name in raw if name not in table.c and name != "row_id"
    }
    return Compiled(str(compiled), names, tuple(_binder(table, name) for name in names), constants)


def _stored(compiled: Any, name: str) -> Any:
    """Return a constant of a statement as the driver stores it."""
    value, known = compiled.params[name], compiled.binds.get(name)
    if known is None:  # one value of an expanded list
        return value
    bind = known.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return value if bind is None else bind(value)


def prepared(table: Table, statement: Any) -> Compiled:
    """Return a statement on a table compiled once, its values named like columns."""
    return _compile(table, statement)


@cache
def insert_row(table: Table, names: tuple[str, ...]) -> Compiled:
    """Return the insert of a row with just these columns; the rest is the engine's default."""
    bare = named_columns(table.name, *(column(name) for name in names))
    return _compile(table, insert(bare).values({name: bindparam(name) for name in names}))


@cache
def update_row(table: Table, names: tuple[str, ...]) -> Compiled:
    """Return the update of these columns of the row with an id."""
    bare = named_columns(table.name, column("id"), *(column(name) for name in names))
    changed = update(bare).where(bare.c.id == bindparam("row_id"))
    return _compile(table, changed.values({name: bindparam(name) for name in names}))


@cache
def select_row(table: Table) -> Compiled:
    """Return the select of all columns of the row with an id."""
    return _compile(table, select(table).where(table.c.id == bindparam("row_id")))


@cache
def column_names(table: Table) -> tuple[str, ...]:
    """Return the names of all columns in table order."""
    return tuple(table.c.keys())


@cache
def defaults(table: Table) -> Mapping[str, Any]:
    """Return the value each column has when an insert leaves it out."""
    return {column.name: getattr(column.default, "arg", None) for column in table.c}


@cache
def result_readers(table: Table) -> tuple[Callable[[Any], Any] | None, ...]:
    """Return how to read each driver value back, in table order."""
    return tuple(
        column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None) for column in table.c
    )


def as_mapping(table: Table, values: Sequence[Any]) -> dict[str, Any]:
    """Return one driver row as column name to Python value."""
    return {
        name: value if read is None else read(value)
        for name, value, read in zip(
            column_names(table), values, result_readers(table), strict=True
        )
    }
