"""Keep the facts equal to the raw rows: a rule at each commit."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select

from app.models.store.reader import Reader
from app.models.store.unit import RowChange, Unit
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, LifeSpell, OwnerSpell
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact
from app.models.tables.staff import Staff, TeamSpell
from app.services.kpi.activity import add_flipped, add_written, day_text, first_and_last
from app.services.kpi.derive import Derived, derive
from app.services.kpi.raw import Teams, scopes_of
from app.services.kpi.shapes import Fact
from app.services.kpi.stored import AllSums, credits_of, facts_of, parts_of, replace
from app.services.kpi.touched import add_written_touches

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
        parts_of(unit, dirty),
    )
    new = _derived(unit, dirty)
    sums = AllSums()
    came, went = new.facts.keys() - old.facts.keys(), old.facts.keys() - new.facts.keys()
    counted = (known.keys() | came) - went
    add_written(sums.staff, trail, known.keys(), counted)
    if came or went:
        add_flipped(sums.staff, unit, trail, came, went)
    add_written_touches(sums.grid, unit, trail, known.keys(), counted)
    replace(unit, old, new, sums)


def _derived(reader: Reader, customer_ids: Collection[int]) -> Derived:
    found = Derived({}, {}, {})
    if customer_ids:
        teams = Teams(reader)
        for scope in scopes_of(customer_ids):
            part = derive(reader, scope, teams)
            found.facts.update(part.facts)
            found.credits.update(part.credits)
            found.parts.update(part.parts)
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
    """Tell whether a calibration may change a grade, an estimate or the day of the first 有价值."""
    row = change.after or change.before or {}
    if fact is None or row["field"] not in ("quality", "grade", "expected_fen"):
        return False
    if change.before is not None or row["field"] != "quality":
        return True
    earlier = not fact.valued_on or day_text(row["on"]) < fact.valued_on
    return bool(row["new"] == "valuable") and earlier
