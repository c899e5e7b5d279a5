"""Keep a customer's newest state beside its history, in the writing transaction.

Each head is a set of columns of ``customer`` computed by one statement from the
rows that hold the truth, so that one customer and a whole book go the same way.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, bindparam, cast, func, or_, select, update
from sqlalchemy.sql.dml import Update

from app.models.store import statements
from app.models.store.idlist import among
from app.models.tables.base import NEVER_AT, NO_DAY, Id, Row
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import (
    Contact,
    ContactChannel,
    Customer,
    Employment,
    OwnerSpell,
    StageMove,
)
from app.models.tables.followups import FollowUp, NextStep

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.statements import Compiled
    from app.models.store.unit import RowChange, Unit

Columns = dict[str, ColumnElement[Any]]


def _of_customer(query: Select[Any], entity: Any) -> Select[Any]:
    return query.where(entity.customer_id == Customer.id, entity.deleted_at == 0)


def _first(query: Select[Any], default: Any) -> ColumnElement[Any]:
    return func.coalesce(query.limit(1).correlate(Customer).scalar_subquery(), default)


def _touches() -> Columns:
    newest = _of_customer(select(func.max(FollowUp.at)), FollowUp)
    last_day = _of_customer(select(FollowUp.on), FollowUp).order_by(FollowUp.at.desc())
    return {"last_touch_at": _first(newest, 0), "last_touch_on": _first(last_day, "")}


def _steps() -> Columns:
    def earliest(column: Any, default: Any) -> ColumnElement[Any]:
        found = _of_customer(select(column), NextStep).where(NextStep.state == "open")
        return _first(found.order_by(NextStep.window_end, NextStep.window_start), default)

    return {
        "next_step_id": earliest(NextStep.id, 0),
        "next_start_at": earliest(NextStep.window_start, NEVER_AT),
        "next_due_at": earliest(NextStep.window_end, NEVER_AT),
        "next_plan": earliest(NextStep.plan_kind, ""),
    }


def _contacts() -> Columns:
    name = (
        _of_customer(select(Contact.name), Employment)
        .join(Employment, Employment.contact_id == Contact.id)
        .where(Contact.deleted_at == 0, Employment.to_on == NO_DAY)
        .order_by(Employment.main.desc(), Employment.id)
    )
    phone = (
        _of_customer(select(ContactChannel.normal), ContactChannel)
        .join(Employment, Employment.contact_id == ContactChannel.contact_id)
        .where(ContactChannel.kind.in_(("mobile", "phone")), ContactChannel.invalid.is_(False))
        .order_by(Employment.main.desc(), ContactChannel.kind, ContactChannel.id)
    )
    return {"main_contact": _first(name, ""), "main_phone": _first(phone, "")}


def _calibration() -> Columns:
    def newest(field: str, column: Any = CalibrationEvent.new, default: Any = "") -> Any:
        found = _of_customer(select(column), CalibrationEvent)
        if field:
            found = found.where(CalibrationEvent.field == field)
        order = (CalibrationEvent.at.desc(), CalibrationEvent.id.desc())
        return _first(found.order_by(*order), default)

    return {
        "quality": newest("quality"),
        "grade": newest("grade"),
        "expected_fen": newest("expected_fen", cast(CalibrationEvent.new, Id), -1),
        "expected_from": newest("expected_from"),
        "expected_to": newest("expected_to"),
        "expected_label": newest("expected_label"),
        "calibrated_at": newest("", CalibrationEvent.at, 0),
        "calibrated_by": newest("", CalibrationEvent.staff_id, 0),
    }


def _stage() -> Columns:
    order = (StageMove.at.desc(), StageMove.id.desc())
    newest = _of_customer(select(StageMove.to_position), StageMove).order_by(*order)
    since = _of_customer(select(StageMove.on), StageMove).order_by(*order)
    reached = _of_customer(select(func.max(StageMove.to_position)), StageMove)
    return {
        "stage_position": _first(newest, 0),
        "stage_reached": _first(reached, 0),
        "stage_since_on": _first(since, Customer.created_on),
    }


def _owner() -> Columns:
    newest = _of_customer(select(OwnerSpell.staff_id), OwnerSpell)
    return {"owner_id": _first(newest.order_by(OwnerSpell.from_on.desc(), OwnerSpell.id.desc()), 0)}


_SOURCES = {
    "touches": (_touches, (FollowUp,)),
    "steps": (_steps, (NextStep,)),
    "contacts": (_contacts, (Contact, Employment, ContactChannel)),
    "calibration": (_calibration, (CalibrationEvent,)),
    "stage": (_stage, (StageMove,)),
    "owner": (_owner, (OwnerSpell,)),
}
ALL_HEADS = frozenset(_SOURCES)
_FED_BY: dict[type[Row], frozenset[str]] = {
    entity: frozenset(head for head, (_, feeding) in _SOURCES.items() if entity in feeding)
    for entity in {one for _, feeding in _SOURCES.values() for one in feeding}
}


def _statement(heads: frozenset[str]) -> Update:
    columns: Columns = {}
    for head in sorted(heads):
        columns |= _SOURCES[head][0]()
    return update(Customer).values(columns)


@cache
def _of_one(heads: frozenset[str]) -> Compiled:
    one = _statement(heads).where(Customer.id == bindparam("row_id", 0))
    return statements.prepared(Customer.__table__, one)


def heads_of(entity: type[Row]) -> frozenset[str]:
    """Return the heads that rows of this table feed."""
    return _FED_BY.get(entity, frozenset())


def refresh(unit: Unit, customer_ids: Collection[int], heads: frozenset[str] = ALL_HEADS) -> None:
    """Recompute heads of some customers."""
    unit.run_each(_of_one(heads), [{"id": customer_id} for customer_id in customer_ids])


def refresh_all(unit: Unit) -> None:
    """Recompute every head of every customer."""
    unit.run(_statement(ALL_HEADS))


def differences(reader: Reader) -> list[int]:
    """Return the customers with a head that is not what its rows say (``gendan check``)."""
    columns: Columns = {}
    for head in sorted(ALL_HEADS):
        columns |= _SOURCES[head][0]()
    wrong = or_(*(getattr(Customer, name) != value for name, value in columns.items()))
    return [row[0] for row in reader.rows(select(Customer.id).where(wrong))]


def keep_heads(unit: Unit) -> None:
    """Recompute the heads that the rows of this unit feed (a rule before commit)."""
    by_customer: dict[int, frozenset[str]] = {}
    feeding = [(change, heads) for change in unit.trail if (heads := _heads_fed(change))]
    owners = customers_of(unit, [change for change, _heads in feeding])
    for (_change, heads), customers in zip(feeding, owners, strict=True):
        for customer_id in customers:
            by_customer[customer_id] = by_customer.get(customer_id, frozenset()) | heads
    by_heads: dict[frozenset[str], set[int]] = {}
    for customer_id, heads in by_customer.items():
        by_heads.setdefault(heads, set()).add(customer_id)
    for heads, ids in by_heads.items():
        refresh(unit, ids, heads)


def _heads_fed(change: RowChange) -> frozenset[str]:
    return frozenset({"stage"}) if _moves_first_day(change) else heads_of(change.entity)


def _moves_first_day(change: RowChange) -> bool:
    """Tell whether a customer's first day changed, since when it is on the path's first stage."""
    if change.entity is not Customer or change.before is None or change.after is None:
        return False
    return bool(change.before["created_on"] != change.after["created_on"])


def customers_of(unit: Unit, changes: Collection[RowChange]) -> list[Collection[int]]:
    """Return the customers each written row belongs to; a contact may be at several."""
    people: dict[int, set[int]] = {
        change.row_id: set()
        for change in changes
        if change.entity is Contact and change.before is not None
    }  # of a new contact the employment that follows says where
    if people:
        at = select(Employment.contact_id, Employment.customer_id)
        for contact_id, customer_id in unit.rows(at.where(among(Employment.contact_id, people))):
            people[contact_id].add(customer_id)
    return [
        people.get(change.row_id, ()) if change.entity is Contact else change.customer_ids
        for change in changes
    ]
