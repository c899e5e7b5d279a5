"""The life cycle: derived from signing days, 失效 set by a person (product.md 1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, case, func, select, update

from app.models.tables.base import NO_DAY
from app.models.tables.customers import Customer, LifeSpell
from app.models.tables.deals import Contract
from app.models.values.deals import EFFECTIVE, SIGNING_KINDS

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit

CHURNED = "churned"


def _signing() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a contract that makes a signing day (product.md 2.0.5)."""
    return (
        Contract.deleted_at == 0,
        Contract.status.in_(EFFECTIVE),
        Contract.signed_on != NO_DAY,
        Contract.kind.in_(SIGNING_KINDS) | Contract.as_new,
    )


def signing_days(reader: Reader, customer_id: int) -> list[date]:
    """Return the distinct signing days of a customer in order (product.md 2.0.5)."""
    chosen = (
        select(Contract.signed_on)
        .where(Contract.customer_id == customer_id, *_signing())
        .distinct()
        .order_by(Contract.signed_on)
    )
    return [row[0] for row in reader.rows(chosen) if row[0] is not None]


def keep_lives(unit: Unit) -> None:
    """Derive the life cycle anew for customers whose contracts or spells changed."""
    fed_by = (Contract, LifeSpell)
    fed = [change for change in unit.trail if change.entity in fed_by]
    for customer_id in {one for change in fed for one in change.customer_ids}:
        derive_life(unit, customer_id)


def life_now() -> ColumnElement[str]:
    """Return the state a customer is in, computed from its rows, for whole sets of customers."""
    churned = (
        select(LifeSpell.id)
        .where(
            LifeSpell.customer_id == Customer.id,
            LifeSpell.state == CHURNED,
            LifeSpell.to_on == NO_DAY,
            LifeSpell.deleted_at == 0,
        )
        .correlate(Customer)
        .exists()
    )
    days = (
        select(func.count(Contract.signed_on.distinct()))
        .where(Contract.customer_id == Customer.id, *_signing())
        .correlate(Customer)
        .scalar_subquery()
    )
    return case((churned, CHURNED), (days == 0, "prospect"), (days == 1, "signed"), else_="repeat")


def refresh_all(unit: Unit) -> None:
    """Derive the life cycle of every customer anew."""
    unit.run(update(Customer).values(life=life_now()))


def differences(reader: Reader) -> list[int]:
    """Return the customers whose life cycle is not what their rows say (``gendan check``)."""
    wrong = select(Customer.id).where(Customer.life != life_now())
    return [row[0] for row in reader.rows(wrong)]


def derive_life(unit: Unit, customer_id: int) -> None:
    """Write the state a customer is in now: 失效 by a person wins over signing days."""
    churned = unit.scalar(
        select(LifeSpell.id).where(
            LifeSpell.customer_id == customer_id,
            LifeSpell.state == CHURNED,
            LifeSpell.to_on == NO_DAY,
            LifeSpell.deleted_at == 0,
        )
    )
    state = CHURNED if churned else state_of(signing_days(unit, customer_id))
    unit.derive(Customer, customer_id, life=state)


def state_of(days: Sequence[date]) -> str:
    """Return the derived state for a number of signing days."""
    return ("prospect", "signed", "repeat")[min(len(days), 2)]


def spells_of(
    created_on: date, days: Sequence[date], churns: Sequence[tuple[date, date | None]]
) -> list[tuple[str, date, date | None]]:
    """Return the whole life as (state, from, to) spells without gaps, the last one open."""
    turns = sorted({created_on, *days, *(begin for begin, _ in churns), *_ends(churns)})
    found: list[tuple[str, date, date | None]] = []
    for place, begin in enumerate(turns):
        end = turns[place + 1] if place + 1 < len(turns) else None
        state = life_on(days, churns, begin)
        if found and found[-1][0] == state:
            found[-1] = (state, found[-1][1], end)
        else:
            found.append((state, begin, end))
    return found


def _ends(churns: Sequence[tuple[date, date | None]]) -> list[date]:
    return [end for _, end in churns if end is not None]


def life_on(days: Sequence[date], churns: Sequence[tuple[date, date | None]], day: date) -> str:
    """Return the state on any past day, from signing days and spells of 失效."""
    for begin, end in churns:
        if begin <= day and (end is None or day < end):
            return CHURNED
    return state_of([signed for signed in days if signed <= day])


def mark_churned(unit: Unit, customer_id: int, fields: dict[str, Any]) -> None:
    """Begin a spell of 失效 with its reason, competitor and the amount lost."""
    unit.add(LifeSpell, customer_id=customer_id, state=CHURNED, from_on=unit.today, **fields)


def win_back(unit: Unit, customer_id: int) -> None:
    """End the open spell of 失效."""
    open_spell = select(LifeSpell.id).where(
        LifeSpell.customer_id == customer_id,
        LifeSpell.state == CHURNED,
        LifeSpell.to_on == NO_DAY,
        LifeSpell.deleted_at == 0,
    )
    for (spell_id,) in unit.rows(open_spell):
        unit.change(LifeSpell, spell_id, to_on=unit.today)
