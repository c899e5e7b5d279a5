"""Numbers of staff that do not add up: distinct customers, and amounts as last estimated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, cast, func, or_, select

from app.models.store.reader import Reader
from app.models.tables.base import Id
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, ContractShare, Opportunity
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact, StaffCredit
from app.models.values.deals import EFFECTIVE
from app.services.kpi.raw import as_text
from app.services.kpi.shapes import CREDIT, Credit

Customers = dict[int, set[int]]


def whose(present: bool) -> Any:
    """Return whom a credit is given to: of the day, or the present owner of the customer.

    The latter needs ``owned``.
    """
    return CustomerFact.owner_id if present else StaffCredit.staff_id


def owned(chosen: Any, present: bool) -> Any:
    """Return a select over credits that can tell the present owner."""
    if not present:
        return chosen
    return chosen.join(CustomerFact, CustomerFact.customer_id == StaffCredit.customer_id)


def customers_with(
    reader: Reader, column: str, first: date, last: date, *, present: bool = False
) -> Customers:
    """Return the customers that brought each member of staff anything of a kind."""
    chosen = select(whose(present), StaffCredit.customer_id).select_from(StaffCredit)
    rows = reader.rows(
        owned(chosen, present).where(_days(first, last), CREDIT.c[column] != 0).distinct()
    )
    return _gathered(rows)


def credits_of_owners(reader: Reader, first: date, last: date) -> dict[int, dict[str, int]]:
    """Return the credits of the days by the present owner of the customers.

    A contract shared by several counts once.
    """
    names = Credit._fields[3:]
    sums = (func.sum(CREDIT.c[name]) for name in names)
    chosen = select(whose(True), *sums).select_from(StaffCredit)
    rows = reader.rows(owned(chosen, True).where(_days(first, last)).group_by(whose(True)))
    found = {row[0]: dict(zip(names, map(int, row[1:]), strict=True)) for row in rows}
    signed = (
        select(CustomerFact.owner_id, func.count(Contract.id))
        .join(Contract, Contract.customer_id == CustomerFact.customer_id)
        .where(Contract.signed_on.between(first, last), Contract.status.in_(EFFECTIVE))
        .where(Contract.deleted_at == 0)
        .group_by(CustomerFact.owner_id)
    )
    contracts = {row[0]: row[1] for row in reader.rows(signed)}
    return {one: mine | {"contracts": contracts.get(one, 0)} for one, mine in found.items()}


def touched_by(reader: Reader, staff: Collection[int], first: date, last: date) -> dict[int, int]:
    """Return how many customers each member of staff followed up, counting ones only."""
    pairs = _touched(staff, first, last, FollowUp.staff_id)
    counted = select(pairs.c.staff_id, func.count()).where(_counted(pairs.c.customer_id))
    return {row[0]: row[1] for row in reader.rows(counted.group_by(pairs.c.staff_id))}


def touched_together(reader: Reader, staff: Collection[int], first: date, last: date) -> int:
    """Return how many customers some people followed up, each once."""
    customers = _touched(staff, first, last)
    counted = select(func.count()).where(_counted(customers.c.customer_id))
    return int(reader.scalar(counted.select_from(customers)) or 0)


def _touched(staff: Collection[int], first: date, last: date, *more: Any) -> Any:
    return (
        select(FollowUp.customer_id, *more)
        .where(
            FollowUp.staff_id.in_(sorted(staff)),
            FollowUp.on.between(first, last),
            FollowUp.counts,
            FollowUp.deleted_at == 0,
        )
        .distinct()
        .subquery()
    )


def _counted(customer_id: Any) -> ColumnElement[bool]:
    return select(CustomerFact.customer_id).where(CustomerFact.customer_id == customer_id).exists()


def _gathered(rows: Iterable[Any]) -> Customers:
    found: Customers = defaultdict(set)
    for staff_id, customer_id in rows:
        found[staff_id].add(customer_id)
    return found


def contracts_signed(reader: Reader, first: date, last: date, staff: Collection[int] | None) -> int:
    """Return how many effective contracts were signed, a shared one once.

    ``staff`` limits them to those any of these people has a share in.
    """
    chosen = select(func.count(Contract.id)).where(
        Contract.signed_on.between(first, last),
        Contract.status.in_(EFFECTIVE),
        Contract.deleted_at == 0,
        _counted(Contract.customer_id),
    )
    if staff is not None:
        shares = select(ContractShare.id).where(
            ContractShare.contract_id == Contract.id, ContractShare.deleted_at == 0
        )
        theirs = shares.where(ContractShare.staff_id.in_(staff)).exists()
        alone = and_(~shares.exists(), Contract.signer_id.in_(staff))
        chosen = chosen.where(or_(theirs, alone))
    return int(reader.scalar(chosen) or 0)


def expected_of(
    reader: Reader, column: str, first: date, last: date, today: date, *, present: bool = False
) -> dict[int, int]:
    """Return the amounts customers of a kind were last expected to sign, by staff.

    ``column`` is ``new_customers`` or ``projects``; an estimate counts if it is not dated
    after the last day.
    """
    chosen = select(whose(present), func.sum(_estimate(last, today))).select_from(StaffCredit)
    rows = reader.rows(
        owned(chosen, present)
        .join(Customer, Customer.id == StaffCredit.customer_id)
        .where(_days(first, last), CREDIT.c[column] != 0)
        .group_by(whose(present))
    )
    return {row[0]: int(row[1] or 0) for row in rows}


def _estimate(last: date, today: date) -> ColumnElement[int]:
    if last >= today:
        return _known(Customer.expected_fen)
    newest = (
        select(cast(CalibrationEvent.new, Id))
        .where(
            CalibrationEvent.customer_id == StaffCredit.customer_id,
            CalibrationEvent.deleted_at == 0,
            CalibrationEvent.field == "expected_fen",
            CalibrationEvent.on <= last,
        )
        .order_by(CalibrationEvent.at.desc(), CalibrationEvent.id.desc())
        .limit(1)
        .correlate(StaffCredit)
        .scalar_subquery()
    )
    return _known(newest)


def _known(fen: Any) -> ColumnElement[int]:
    return case((fen > 0, fen), else_=0)


def opportunities_expected(
    reader: Reader, first: date, last: date, *, present: bool = False
) -> dict[int, int]:
    """Return the expected amounts of opportunities begun in the days, by staff."""
    newest = (
        select(cast(CalibrationEvent.new, Id))
        .where(
            CalibrationEvent.customer_id == Opportunity.customer_id,
            CalibrationEvent.opportunity_id == Opportunity.id,
            CalibrationEvent.deleted_at == 0,
            CalibrationEvent.field == "expected_fen",
            CalibrationEvent.on <= last,
        )
        .order_by(CalibrationEvent.at.desc(), CalibrationEvent.id.desc())
        .limit(1)
        .correlate(Opportunity)
        .scalar_subquery()
    )
    amount = func.coalesce(newest, Opportunity.expected_fen)
    chosen = select(whose(present), func.sum(_known(amount))).select_from(StaffCredit)
    rows = reader.rows(
        owned(chosen, present)
        .join(
            Opportunity,
            and_(
                Opportunity.customer_id == StaffCredit.customer_id,
                Opportunity.owner_id == StaffCredit.staff_id,
                as_text(Opportunity.created_on) == StaffCredit.on,
                Opportunity.deleted_at == 0,
            ),
        )
        .where(_days(first, last), StaffCredit.opportunities != 0)
        .group_by(whose(present))
    )
    return {row[0]: int(row[1] or 0) for row in rows}


def _days(first: date, last: date) -> ColumnElement[bool]:
    return StaffCredit.on.between(first.isoformat(), last.isoformat())
