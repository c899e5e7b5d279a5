"""What several indicators read: signings, owners over time, the people of a filter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select

from app.models.store.reader import Reader
from app.models.tables.base import NO_DAY
from app.models.tables.customers import LifeSpell, OwnerSpell
from app.models.tables.deals import Contract
from app.models.tables.kpi import CustomerFact
from app.models.values.deals import EFFECTIVE, SIGNING_KINDS
from app.services.kpi.filters import Chosen
from app.services.kpi.raw import AnySelect, as_text


def owner_on(day: Any) -> ColumnElement[int]:
    """Return who owned the customer of a fact on a day: before the first spell, its owner."""
    mine = select(OwnerSpell.staff_id).where(
        OwnerSpell.customer_id == CustomerFact.customer_id, OwnerSpell.deleted_at == 0
    )
    begun = as_text(OwnerSpell.from_on)
    last = mine.where(begun <= day).order_by(begun.desc(), OwnerSpell.id.desc()).limit(1)
    first = mine.order_by(begun, OwnerSpell.id).limit(1)
    return func.coalesce(last.scalar_subquery(), first.scalar_subquery(), CustomerFact.owner_id)


def signs() -> ColumnElement[bool]:
    """Return the condition of a contract that makes a signing day (product.md 2.0.5)."""
    return or_(Contract.kind.in_(SIGNING_KINDS), Contract.as_new)


class Signed(NamedTuple):
    """What a customer signed on one day; ``priced`` and ``signing`` count contracts."""

    customer_id: int
    on: str
    amount_fen: int
    signing: int
    priced: int
    staff_id: int


def signed(reader: Reader, first: date, last: date, chosen: Chosen) -> Iterator[Signed]:
    """Return effective contracts by customer and day, supplements with them."""
    day = as_text(Contract.signed_on)
    counts = case((signs(), 1), else_=0)
    wanted = (
        select(
            CustomerFact.customer_id,
            day,
            func.coalesce(func.sum(Contract.amount_fen), 0),
            func.sum(counts),
            func.sum(case((Contract.amount_fen.is_not(None), counts), else_=0)),
            owner_on(day),
        )
        .join(Contract, Contract.customer_id == CustomerFact.customer_id)
        .where(Contract.deleted_at == 0, Contract.status.in_(EFFECTIVE))
        .where(Contract.signed_on.between(first, last), Contract.signed_on != NO_DAY)
        .where(*chosen.of_customers())
        .group_by(CustomerFact.customer_id, Contract.signed_on)
        .order_by(Contract.signed_on, CustomerFact.customer_id)
    )
    return (Signed._make(row) for row in reader.rows(wanted))


def living_on(day: date) -> ColumnElement[bool]:
    """Return the condition that the customer of a fact was there and not 失效 on a day."""
    lost = select(LifeSpell.id).where(
        LifeSpell.customer_id == CustomerFact.customer_id,
        LifeSpell.deleted_at == 0,
        LifeSpell.state == "churned",
        LifeSpell.from_on <= day,
        or_(LifeSpell.to_on == NO_DAY, LifeSpell.to_on > day),
    )
    found: ColumnElement[bool] = CustomerFact.created_on <= day.isoformat()
    return found & ~lost.exists()


def of_facts(*columns: Any) -> AnySelect:
    """Return a select of columns of facts and what hangs on them."""
    return select(*columns).select_from(CustomerFact)
