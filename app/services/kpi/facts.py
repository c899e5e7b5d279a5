"""Keep the facts equal to the raw rows: a rule at each commit, a rebuild, a comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from app.models.store import rollups
from app.models.store.reader import Reader
from app.models.store.unit import RowChange, Unit
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, LifeSpell, OwnerSpell
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact
from app.models.tables.staff import Staff, TeamSpell
from app.services.jobs import Progress
from app.services.kpi.activity import add_flipped, add_written, all_acts, day_text, first_and_last
from app.services.kpi.contributions import KpiSums, StaffSums
from app.services.kpi.derive import Derived, derive
from app.services.kpi.raw import Scope, Teams, scopes_of
from app.services.kpi.shapes import (
    CREDIT,
    FACT,
    KPI_MONTH,
    STAFF_MONTH,
    STAFF_MTD,
    Fact,
)
from app.services.kpi.stored import credits_of, facts_of, read_credits, read_facts, replace

_PAGE = 2000
_ALWAYS = (Customer, OwnerSpell, Contract, Payment, LifeSpell, Opportunity)
_READ = {*_ALWAYS, ContractShare, FollowUp, CalibrationEvent, Staff, TeamSpell}


def keep_facts(unit: Unit) -> None:
    """Bring facts and sums up to what this unit wrote (a rule before commit)."""
    trail = [change for change in unit.trail if change.entity in _READ]
    if not trail:
        return
    dirty = _customers_written(unit, trail)
    followed = {
        int(row["customer_id"])
        for rows in first_and_last(trail, FollowUp)
        for row in rows
        if row is not None
    }
    judged = [change for change in trail if change.entity is CalibrationEvent]
    rejudged = {one for change in judged for one in change.customer_ids}
    known = facts_of(unit, dirty | followed | rejudged)
    dirty |= _moved_by_followups(trail, known)
    dirty |= {
        one
        for change in judged
        for one in change.customer_ids
        if _recalibrates(change, known.get(one))
    }
    _write_differences(unit, trail, dirty, known)


def _write_differences(
    unit: Unit, trail: Collection[RowChange], dirty: set[int], known: dict[int, Fact]
) -> None:
    old = Derived(
        {customer_id: known[customer_id] for customer_id in dirty & known.keys()},
        credits_of(unit, dirty),
    )
    new = _derived(unit, dirty)
    staff = StaffSums()
    came, went = new.facts.keys() - old.facts.keys(), old.facts.keys() - new.facts.keys()
    add_written(staff, trail, known.keys(), (known.keys() | came) - went)
    if came or went:
        add_flipped(staff, unit, trail, came, went)
    replace(unit, old, new, staff)


def _derived(reader: Reader, customer_ids: Collection[int]) -> Derived:
    found = Derived({}, {})
    if customer_ids:
        teams = Teams(reader)
        for scope in scopes_of(customer_ids):
            part = derive(reader, scope, teams)
            found.facts.update(part.facts)
            found.credits.update(part.credits)
    return found


def _customers_written(unit: Unit, trail: Collection[RowChange]) -> set[int]:
    """Return the customers whose facts may differ, but for follow-ups and calibration."""
    found: set[int] = set()
    contracts: set[int] = set()
    staff: set[int] = set()
    for change in trail:
        rows = [row for row in (change.before, change.after) if row is not None]
        if change.entity is Customer:
            found.add(change.row_id)
        elif change.entity in _ALWAYS:
            found.update(int(row["customer_id"]) for row in rows)
        elif change.entity is ContractShare:
            contracts.update(int(row["contract_id"]) for row in rows)
        elif change.entity is TeamSpell or (change.entity is Staff and _moves_team(change)):
            staff.update(int(row.get("staff_id", change.row_id)) for row in rows)
    return found | _of_contracts(unit, contracts) | _of_staff(unit, staff)


def _moves_team(change: RowChange) -> bool:
    before = change.before or {"team_id": 0}
    after = change.after or {"team_id": 0}
    return bool(before["team_id"] != after["team_id"])


def _of_contracts(reader: Reader, contracts: set[int]) -> set[int]:
    if not contracts:
        return set()
    found: set[int] = set()
    for scope in scopes_of(contracts):
        ids = scope.ids or (scope.low,)
        found.update(_ids(reader, Contract.customer_id, Contract.id.in_(ids)))
        found.update(_ids(reader, Payment.customer_id, Payment.contract_id.in_(ids)))
    return found


def _of_staff(reader: Reader, staff: set[int]) -> set[int]:
    if not staff:
        return set()
    mine = or_(CustomerFact.first_owner_id.in_(staff), CustomerFact.sign_owner_id.in_(staff))
    return _ids(reader, CustomerFact.customer_id, mine)


def _ids(reader: Reader, column: Any, condition: Any) -> set[int]:
    return {int(row[0]) for row in reader.rows(select(column).where(condition).distinct())}


def _moved_by_followups(trail: Collection[RowChange], known: dict[int, Fact]) -> set[int]:
    """Return the customers whose first touch or touches before signing may be others now."""
    found: set[int] = set()
    for before, after in first_and_last(trail, FollowUp):
        for row, is_new in ((before, False), (after, True)):
            if row is None or not row["counts"] or row["deleted_at"]:
                continue
            fact = known.get(int(row["customer_id"]))
            if fact is not None and _bears_on(day_text(row["on"]), fact, is_new=is_new):
                found.add(fact.customer_id)
    return found


def _bears_on(day: str, fact: Fact, *, is_new: bool) -> bool:
    if not fact.first_touch_on or day < fact.first_touch_on:
        return True
    if not is_new and day == fact.first_touch_on:
        return True
    return bool(fact.first_sign_on) and day <= fact.first_sign_on


def _recalibrates(change: RowChange, fact: Fact | None) -> bool:
    """Tell whether a calibration may change a grade or the day of the first 有价值."""
    row = change.after or change.before or {}
    if fact is None or row["field"] not in ("quality", "grade", "expected_fen"):
        return False
    if change.before is not None or row["field"] == "grade":
        return True
    if row["field"] == "expected_fen":
        return False
    earlier = not fact.valued_on or day_text(row["on"]) < fact.valued_on
    return bool(row["new"] == "valuable") and earlier


# -- all of them -----------------------------------------------------------------------------


def _pages(reader: Reader) -> Iterator[Scope]:
    """Return ranges of ids that hold every customer, a page each."""
    low = 0
    while True:
        ids = (
            select(Customer.id).where(Customer.id >= low).order_by(Customer.id).limit(_PAGE)
        ).subquery()
        high = reader.scalar(select(func.max(ids.c.id)))
        if high is None:
            yield Scope(low=low, high=2**63 - 1)
            return
        yield Scope(low=low, high=int(high))
        low = int(high) + 1


def rebuild(unit: Unit, progress: Progress | None = None) -> None:
    """Make every fact and sum anew from the raw rows."""
    for table in (FACT, CREDIT, KPI_MONTH, STAFF_MONTH, STAFF_MTD):
        rollups.empty(unit, table)
    total = int(unit.scalar(select(func.count(Customer.id))) or 0)
    kpi, staff, teams, done = KpiSums(), StaffSums(), Teams(unit), 0
    for scope in _pages(unit):
        page = derive(unit, scope, teams)
        rollups.replace_rows(unit, FACT, list(page.facts.values()))
        rollups.replace_rows(unit, CREDIT, [row for rows in page.credits.values() for row in rows])
        _add_page(page, kpi, staff)
        done = min(done + _PAGE, total)
        if progress is not None:
            progress.step(done, total)
    for act in all_acts(unit):
        staff.add_act(act)
    rollups.add_to(unit, KPI_MONTH, kpi.sums.items())
    rollups.add_to(unit, STAFF_MONTH, staff.months())
    rollups.replace_rows(unit, STAFF_MTD, [(*key, *sums) for key, sums in staff.running()])


def _add_page(page: Derived, kpi: KpiSums, staff: StaffSums) -> None:
    for customer_id, fact in page.facts.items():
        kpi.add(fact, page.credits[customer_id])
        staff.add_credits(page.credits[customer_id])


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of facts or sums that is not what the raw rows say; None is no row."""

    table: str
    key: tuple[Any, ...]
    stored: tuple[Any, ...] | None
    expected: tuple[Any, ...] | None


def differences(reader: Reader, progress: Progress | None = None) -> list[Difference]:
    """Compare every stored fact and sum with the raw rows; an empty list is sound."""
    found: list[Difference] = []
    kpi, staff, teams = KpiSums(), StaffSums(), Teams(reader)
    total = int(reader.scalar(select(func.count(Customer.id))) or 0)
    for number, scope in enumerate(_pages(reader)):
        page = derive(reader, scope, teams)
        found += _compared(FACT.name, read_facts(reader, scope), page.facts)
        found += _compared(CREDIT.name, read_credits(reader, scope), page.credits)
        _add_page(page, kpi, staff)
        if progress is not None:
            progress.step(min((number + 1) * _PAGE, total), total)
    for act in all_acts(reader):
        staff.add_act(act)
    found += _compared(KPI_MONTH.name, _stored(reader, KPI_MONTH, 3), _shown(kpi.sums.items()))
    found += _compared(STAFF_MONTH.name, _stored(reader, STAFF_MONTH, 2), _shown(staff.months()))
    running = _steps(_stored(reader, STAFF_MTD, 2))
    found += _compared(STAFF_MTD.name, running, _shown(staff.sums.items()))
    return found


def _compared(table: str, stored: dict[Any, Any], expected: dict[Any, Any]) -> Iterator[Difference]:
    for key in sorted(stored.keys() | expected.keys()):
        one, other = _plain(stored.get(key)), _plain(expected.get(key))
        if one != other:
            yield Difference(table, key if isinstance(key, tuple) else (key,), one, other)


def _plain(row: Any) -> tuple[Any, ...] | None:
    if isinstance(row, list):
        return tuple(sorted(row)) or None
    return None if row is None else tuple(row)


def _shown(sums: Any) -> dict[Any, tuple[int, ...]]:
    return {key: tuple(row) for key, row in sums if any(row)}


def _stored(reader: Reader, table: Any, keys: int) -> dict[Any, tuple[int, ...]]:
    rows = reader.rows(select(*table.c))
    return {tuple(row[:keys]): tuple(row[keys:]) for row in rows if any(row[keys:])}


def _steps(running: dict[Any, tuple[int, ...]]) -> dict[Any, tuple[int, ...]]:
    """Return running sums as what each day added."""
    found: dict[Any, tuple[int, ...]] = {}
    last_key: tuple[int, str] = (0, "")
    last: tuple[int, ...] = ()
    for (staff_id, on), sums in sorted(running.items()):
        start = last if last_key == (staff_id, on[:7]) else (0,) * len(sums)
        added = tuple(b - a for a, b in zip(start, sums, strict=True))
        if any(added):
            found[staff_id, on] = added
        last_key, last = (staff_id, on[:7]), sums
    return found
