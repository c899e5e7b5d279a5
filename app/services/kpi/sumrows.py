"""Read the sums of months and days as they are stored: of some values, or by each value."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, func, literal_column, select

from app.models.store.idlist import among_bound
from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.tables.kpi import CustomerFact, KpiMonth
from app.services.kpi.daysums import FIRST, LAST
from app.services.kpi.filters import Chosen
from app.services.kpi.measures import Axis
from app.services.kpi.shapes import FACT, KPI_MONTH, KPI_SUMS, Sums

Row = list[int]
_NO_COHORT = (0,) * FIRST


def empty_row() -> Row:
    """Return sums of nothing."""
    return [0] * len(KPI_SUMS)


def of_axis(axis: Axis, row: Sequence[int]) -> Sums:
    """Return the sums that belong to one axis, nothing in the others."""
    if axis is Axis.created:
        return Sums(*row[:FIRST])
    return Sums(*_NO_COHORT, *row[FIRST:LAST])


def _label(table: Table) -> Any:
    return table.c.month if table is KPI_MONTH else table.c.on


@cache
def _between(table: Table) -> Compiled:
    label = _label(table)
    chosen = select(label, *(table.c[name] for name in KPI_SUMS)).where(
        table.c.dimension == bindparam("dimension"),
        among_bound(table.c.value, "words"),
        label.between(bindparam("low"), bindparam("high")),
    )
    return prepared(table, chosen)


def read_between(
    reader: Reader, table: Table, chosen: Chosen, low: str, high: str
) -> defaultdict[str, Row]:
    """Return the sums of a filter by month or day, from one to another, nothing elsewhere."""
    dimension, words = chosen.words
    values = {"dimension": dimension, "words": json.dumps(words), "low": low, "high": high}
    found: defaultdict[str, Row] = defaultdict(empty_row)
    for label, *sums in reader.prepared_rows(_between(table), values):
        known = found.get(label)
        found[label] = sums if known is None else [a + b for a, b in zip(known, sums, strict=True)]
    return found


@cache
def _by_value(table: Table, *, some: bool) -> Compiled:
    known = select(KpiMonth.value).where(KpiMonth.dimension == bindparam("dimension")).distinct()
    value = table.c.value
    chosen = select(value, *(func.sum(table.c[name]) for name in KPI_SUMS)).where(
        table.c.dimension == bindparam("dimension"),
        among_bound(value, "words") if some else value.in_(known),
        _label(table).between(bindparam("low"), bindparam("high")),
    )
    return prepared(table, chosen.group_by(value))


def read_by_value(
    reader: Reader,
    table: Table,
    dimension: str,
    days: tuple[str, str],
    some: Collection[str] | None = None,
) -> list[tuple[str, Row]]:
    """Return the sums of months or days, from one to another, by each value of a dimension.

    ``some`` are the only values wanted, if given.
    """
    values = {"dimension": dimension, "low": days[0], "high": days[1]}
    words = json.dumps(sorted(some or ()))
    rows = reader.prepared_rows(_by_value(table, some=some is not None), {**values, "words": words})
    return [(row[0], list(row[1:])) for row in rows]


# -- what was signed after the as-of day -----------------------------------------------------


@cache
def _later(day: str, column: str, *, by_value: bool) -> Compiled:
    # an expression, so that those signed later are looked up and not everybody gone through
    created_on = CustomerFact.created_on.concat(literal_column("''"))
    grouped = [created_on, *([FACT.c[column]] if by_value else [])]
    chosen = (
        select(*grouped, func.count())
        .where(FACT.c[day] > bindparam("as_of"), FACT.c[day] != "")
        .where(created_on != "", CustomerFact.historic.is_(False))
        .group_by(*grouped)
    )
    if column and not by_value:
        chosen = chosen.where(among_bound(FACT.c[column], "words"))
    return prepared(FACT, chosen)


def signed_later(reader: Reader, chosen: Chosen, as_of: str) -> list[tuple[str, Row]]:
    """Return what sums hold of signings after a day, by day of creation, to be taken off."""
    column, words = chosen.column_of(Axis.created)
    return [
        (created_on, row)
        for created_on, _, row in _read_later(reader, column, as_of, words=json.dumps(words))
    ]


def _read_later(
    reader: Reader, column: str, as_of: str, words: str | None
) -> list[tuple[str, Any, Row]]:
    found = []
    for place, day in ((1, "first_sign_on"), (2, "second_sign_on")):
        statement = _later(day, column, by_value=words is None)
        values = {"as_of": as_of, "words": words}
        for created_on, *value, number in reader.prepared_rows(statement, values):
            row = empty_row()
            row[place] = number
            found.append((created_on, value[0] if value else None, row))
    return found


def later_by_owner(reader: Reader, as_of: str) -> list[tuple[str, int, Row]]:
    """Return the same by day of creation and owner of that day."""
    return _read_later(reader, "first_owner_id", as_of, words=None)
