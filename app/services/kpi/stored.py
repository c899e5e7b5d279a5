"""Read the facts as stored, and write the differences to new ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import select

from app.models.store import rollups
from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.kpi import CustomerFact, StaffCredit, StaffPart
from app.services.kpi.contributions import KpiSums, StaffSums
from app.services.kpi.derive import Derived
from app.services.kpi.grid import GridSums
from app.services.kpi.ordered import SpreadSums
from app.services.kpi.raw import AnySelect, Scope, scopes_of, within
from app.services.kpi.shapes import (
    CREDIT,
    FACT,
    KPI_DAY,
    KPI_MONTH,
    STAFF_GRID,
    STAFF_MONTH,
    STAFF_MTD,
    STAFF_PART,
    Credit,
    Fact,
    Part,
)


@cache
def _facts(is_range: bool) -> AnySelect:
    return select(*FACT.c).where(within(CustomerFact.customer_id, is_range))


@cache
def _credits(is_range: bool) -> AnySelect:
    return select(*CREDIT.c).where(within(StaffCredit.customer_id, is_range))


@cache
def _parts(is_range: bool) -> AnySelect:
    return select(*STAFF_PART.c).where(within(StaffPart.customer_id, is_range))


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


def read_parts(reader: Reader, scope: Scope) -> dict[int, list[Part]]:
    """Return the stored parts of a scope by customer."""
    found: dict[int, list[Part]] = {}
    for row in reader.rows(_parts(scope.is_range), scope.values):
        found.setdefault(row[0], []).append(Part(*row))
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


def parts_of(reader: Reader, customer_ids: Collection[int]) -> dict[int, list[Part]]:
    """Return the stored parts of some customers."""
    found: dict[int, list[Part]] = {}
    for scope in scopes_of(customer_ids):
        found |= read_parts(reader, scope)
    return found


@dataclass(frozen=True, slots=True)
class AllSums:
    """Every sum that customers and follow-ups add to."""

    kpi: KpiSums = field(default_factory=KpiSums)
    staff: StaffSums = field(default_factory=StaffSums)
    grid: GridSums = field(default_factory=GridSums)
    spread: SpreadSums = field(default_factory=SpreadSums)

    def add(self, derived: Derived, customer_id: int, sign: int = 1) -> None:
        """Add all that one customer contributes, but for what was done."""
        fact = derived.facts.get(customer_id)
        if fact is not None:
            earned = derived.credits.get(customer_id, [])
            self.kpi.add(fact, earned, sign)
            self.spread.add(fact, sign)
            self.staff.add_credits(earned, sign)
            self.grid.add_credits(earned, sign)
            for part in derived.parts.get(customer_id, []):
                self.grid.add(*part[1:5], sign * part.amount)


def replace(unit: Unit, old: Derived, new: Derived, sums: AllSums) -> None:
    """Write new facts, credits and parts over old ones, with what changes in every sum.

    ``sums`` hold further differences, of what was done; all are written.
    """
    if old.facts or new.facts:
        _replace_facts(unit, old, new, sums)
    rollups.add_to(unit, STAFF_GRID, sums.grid.rows())
    rollups.add_to(unit, STAFF_MONTH, sums.staff.months())
    running = ((staff_id, on, mine) for (staff_id, on), mine in sums.staff.sums.items())
    rollups.add_running(unit, STAFF_MTD, running)


def _replace_facts(unit: Unit, old: Derived, new: Derived, sums: AllSums) -> None:
    for customer_id in old.facts.keys() | new.facts.keys():
        if _of(old, customer_id) != _of(new, customer_id):
            sums.add(old, customer_id, -1)
            sums.add(new, customer_id)
    gone = [(one,) for one in old.facts.keys() - new.facts.keys()]
    rollups.delete_rows(unit, FACT, gone)
    fresh = [fact for one, fact in new.facts.items() if fact != old.facts.get(one)]
    rollups.replace_rows(unit, FACT, fresh)
    _exchange(unit, CREDIT, 3, old.credits, new.credits)
    _exchange(unit, STAFF_PART, 5, old.parts, new.parts)
    write_kpi(unit, sums.kpi)
    sums.spread.write(unit)


def write_kpi(unit: Unit, kpi: KpiSums) -> None:
    """Add the sums of customers to their months and days; those without a day have none."""
    rollups.add_to(unit, KPI_MONTH, kpi.months())
    rollups.add_to(unit, KPI_DAY, kpi.sums.items())


def _of(derived: Derived, customer_id: int) -> tuple[Any, ...]:
    mine = derived.credits.get(customer_id, []), derived.parts.get(customer_id, [])
    return derived.facts.get(customer_id), *(sorted(rows) for rows in mine)


def _exchange(
    unit: Unit, table: Any, keys: int, old: Mapping[int, list[Any]], new: Mapping[int, list[Any]]
) -> None:
    """Write the rows that are new or others, and delete the keys that are no more."""
    was = {row[:keys]: row for rows in old.values() for row in rows}
    now = {row[:keys]: row for rows in new.values() for row in rows}
    rollups.delete_rows(unit, table, sorted(was.keys() - now.keys()))
    rollups.replace_rows(unit, table, [row for key, row in now.items() if row != was.get(key)])
