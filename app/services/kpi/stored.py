"""Read the facts as stored, and write the differences to new ones."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select

from app.models.store import rollups
from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.kpi import CustomerFact, StaffCredit
from app.services.kpi.contributions import KpiSums, StaffSums
from app.services.kpi.derive import Derived
from app.services.kpi.raw import AnySelect, Scope, scopes_of, within
from app.services.kpi.shapes import (
    CREDIT,
    FACT,
    KPI_MONTH,
    STAFF_MONTH,
    STAFF_MTD,
    Credit,
    Fact,
)


@cache
def _facts(is_range: bool) -> AnySelect:
    return select(*FACT.c).where(within(CustomerFact.customer_id, is_range))


@cache
def _credits(is_range: bool) -> AnySelect:
    return select(*CREDIT.c).where(within(StaffCredit.customer_id, is_range))


def read_facts(reader: Reader, scope: Scope) -> dict[int, Fact]:
    """Return the stored facts of a scope by customer."""
    rows = reader.rows(_facts(scope.is_range), scope.values)
    return {row[0]: Fact(*row) for row in rows}


def read_credits(reader: Reader, scope: Scope) -> dict[int, list[Credit]]:
    """Return the stored credits of a scope by customer."""
    found: dict[int, list[Credit]] = {}
    for row in reader.rows(_credits(scope.is_range), scope.values):
        found.setdefault(row[0], []).append(Credit(*row))
    return found


def facts_of(reader: Reader, customer_ids: Collection[int]) -> dict[int, Fact]:
    """Return the stored facts of some customers; those that do not count have none."""
    if len(customer_ids) == 1:
        row = rollups.stored_row(reader, FACT, *customer_ids)
        return {} if row is None else {row[0]: Fact._make(row)}
    found: dict[int, Fact] = {}
    for scope in scopes_of(customer_ids):
        found |= read_facts(reader, scope)
    return found


def credits_of(reader: Reader, customer_ids: Collection[int]) -> dict[int, list[Credit]]:
    """Return the stored credits of some customers."""
    found: dict[int, list[Credit]] = {}
    for scope in scopes_of(customer_ids):
        found |= read_credits(reader, scope)
    return found


def replace(unit: Unit, old: Derived, new: Derived, staff: StaffSums) -> None:
    """Write new facts and credits over old ones, with what changes in every sum.

    ``staff`` holds further differences, of what was done; all are written.
    """
    kpi, rows = KpiSums(), _Rows([], [], [], [])
    for customer_id in old.facts.keys() | new.facts.keys():
        _replace_one(customer_id, old, new, kpi, staff, rows)
    rollups.delete_rows(unit, FACT, rows.gone)
    rollups.replace_rows(unit, FACT, rows.facts)
    rollups.delete_rows(unit, CREDIT, rows.gone_credits)
    rollups.replace_rows(unit, CREDIT, rows.credits)
    rollups.add_to(unit, KPI_MONTH, kpi.sums.items())
    rollups.add_to(unit, STAFF_MONTH, staff.months())
    running = ((staff_id, on, sums) for (staff_id, on), sums in staff.sums.items())
    rollups.add_running(unit, STAFF_MTD, running)


class _Rows(NamedTuple):
    """Rows of facts and credits to delete and to write."""

    gone: list[tuple[Any, ...]]
    facts: list[tuple[Any, ...]]
    gone_credits: list[tuple[Any, ...]]
    credits: list[tuple[Any, ...]]


def _replace_one(
    customer_id: int, old: Derived, new: Derived, kpi: KpiSums, staff: StaffSums, rows: _Rows
) -> None:
    was, now = old.facts.get(customer_id), new.facts.get(customer_id)
    had, has = old.credits.get(customer_id, []), new.credits.get(customer_id, [])
    if was == now and sorted(had) == sorted(has):
        return
    if was is not None:
        kpi.add(was, had, -1)
        staff.add_credits(had, -1)
    if now is not None:
        kpi.add(now, has)
        staff.add_credits(has)
        rows.facts.append(now)
    else:
        rows.gone.append((customer_id,))
    rows.gone_credits.extend(sorted({row[:3] for row in had} - {row[:3] for row in has}))
    rows.credits.extend(sorted(set(has) - set(had)))
