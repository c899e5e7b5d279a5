"""Add differences to sums, and replace facts, in the transaction that caused them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, literal_column, select, update
from sqlalchemy.dialects import sqlite

from app.models.store.reader import Reader
from app.models.store.statements import column_names
from app.models.store.unit import Unit

Key = tuple[str | int, ...]
Sums = Sequence[int]
_DIALECT = sqlite.dialect(paramstyle="qmark")


@dataclass(frozen=True, slots=True)
class _Sql:
    """SQL text with the names of its values in order."""

    text: str
    names: tuple[str, ...]

    def run(self, unit: Unit, rows: Sequence[Mapping[str, Any]]) -> None:
        unit.run_text(self.text, [tuple(row[name] for name in self.names) for row in rows])


def _compiled(statement: Any) -> _Sql:
    compiled = statement.compile(dialect=_DIALECT)
    return _Sql(str(compiled), tuple(compiled.positiontup or ()))


@cache
def _keys(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


@cache
def sum_names(table: Table) -> tuple[str, ...]:
    """Return the columns of a table of sums behind its key, in table order."""
    return tuple(name for name in column_names(table) if name not in _keys(table))


@cache
def _select(table: Table) -> _Sql:
    same = (table.c[key] == bindparam(key) for key in _keys(table))
    return _compiled(select(table).where(*same))


def stored_row(reader: Reader, table: Table, *key: int | str) -> Sequence[Any] | None:
    """Return the whole row with a key, None if there is none; columns in table order."""
    return next(iter(reader.driver_rows(_select(table).text, key)), None)


@cache
def _add(table: Table) -> str:
    names = _keys(table) + sum_names(table)
    fresh = sqlite.insert(table).values({name: bindparam(name) for name in names})
    added = {name: table.c[name] + fresh.excluded[name] for name in sum_names(table)}
    found = _compiled(fresh.on_conflict_do_update(index_elements=_keys(table), set_=added))
    assert found.names == names  # keys stand before sums in every table of sums
    return found.text


def add_to(unit: Unit, table: Table, deltas: Iterable[tuple[Key, Sums]]) -> None:
    """Add differences to the rows with these keys, making the rows that lack."""
    rows = [(*key, *sums) for key, sums in deltas if any(sums)]
    if rows:
        unit.run_text(_add(table), rows)


@cache
def _replace(table: Table) -> str:
    fresh = insert(table).values({name: bindparam(name) for name in column_names(table)})
    return _compiled(fresh.prefix_with("OR REPLACE")).text


def replace_rows(unit: Unit, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write whole rows over those with the same key; columns in table order."""
    if rows:
        unit.run_text(_replace(table), rows)


@cache
def _delete(table: Table) -> _Sql:
    return _compiled(delete(table).where(*(table.c[key] == bindparam(key) for key in _keys(table))))


def delete_rows(unit: Unit, table: Table, keys: Sequence[Key]) -> None:
    """Delete the rows with these keys."""
    if keys:
        _delete(table).run(unit, [dict(zip(_keys(table), key, strict=True)) for key in keys])


def empty(unit: Unit, table: Table) -> None:
    """Delete every row of a table of facts or sums."""
    unit.run(delete(table))


@cache
def _open(table: Table) -> _Sql:
    staff: Any = bindparam("staff_id")
    on: Any = bindparam("on")
    earlier = (
        select(*(table.c[name] for name in sum_names(table)))
        .where(table.c.staff_id == staff, table.c.on >= bindparam("first"), table.c.on < on)
        .order_by(table.c.on.desc())
        .limit(literal_column("1"))
        .offset(literal_column("0"))
        .subquery()
    )
    one = select(literal_column("1").label("one")).subquery()
    kept = (func.coalesce(earlier.c[name], literal_column("0")) for name in sum_names(table))
    row = select(staff, on, *kept).select_from(one.outerjoin(earlier, literal_column("1 = 1")))
    names = ("staff_id", "on", *sum_names(table))
    return _compiled(insert(table).prefix_with("OR IGNORE").from_select(names, row))


@cache
def _shift(table: Table) -> _Sql:
    moved = {name: table.c[name] + bindparam(f"add_{name}") for name in sum_names(table)}
    days = table.c.on.between(bindparam("first"), bindparam("last"))
    return _compiled(
        update(table).where(table.c.staff_id == bindparam("staff"), days).values(moved)
    )


def add_running(unit: Unit, table: Table, deltas: Iterable[tuple[int, str, Sums]]) -> None:
    """Add a day's differences to running month sums: that day's row and the later ones.

    A day without a row gets one that starts from the row before it in the month.
    """
    wanted = sorted((staff_id, on, tuple(sums)) for staff_id, on, sums in deltas if any(sums))
    if not wanted:
        return
    _open(table).run(
        unit,
        [{"staff_id": staff_id, "on": on, "first": f"{on[:7]}-01"} for staff_id, on, _ in wanted],
    )
    names = tuple(f"add_{name}" for name in sum_names(table))
    shifts = [
        {"staff": staff_id, "first": on, "last": f"{on[:7]}-31"}
        | dict(zip(names, sums, strict=True))
        for staff_id, on, sums in wanted
    ]
    _shift(table).run(unit, shifts)
