"""Numbers of staff that do not add up: distinct customers, and amounts as last estimated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, cast, func, or_, select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.base import Id
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, ContractShare, Opportunity
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact, StaffCredit
from app.models.values.deals import EFFECTIVE
from app.services.kpi.grid import ALL, DISTINCT, Pair, read_amounts
from app.services.kpi.raw import as_text
from app.services.kpi.shapes import CREDIT, Credit

_NAMES = {
    Pair.touched: "customers_touched",
    Pair.signed: "signed_customers",
    Pair.lost: "lost_customers",
    Pair.new_fen: "new_customers_fen",
    Pair.new_fen_now: "new_customers_fen",
    Pair.projects_fen: "projects_fen",
    Pair.projects_fen_now: "projects_fen",
    Pair.opportunities_fen: "opportunities_fen",
    Pair.contracts: "contracts",
}
Numbers = Mapping[str, Mapping[int, int]]
"""Numbers by column and member of staff, ``ALL`` being everybody together."""


def numbers_of(reader: Reader, first: date, last: date, today: date) -> Numbers:
    """Return the columns that do not add up over days, by the attribution at the time.

    An estimate counts if it is not dated after the last day, or is the newest one there is
    where the last day has come.
    """
    found = read_amounts(reader, DISTINCT, first, last, first)
    now = (Pair.new_fen_now, Pair.projects_fen_now)
    expected = now if last >= today else (Pair.new_fen, Pair.projects_fen)
    whats = (*expected, Pair.opportunities_fen, Pair.contracts)
    found |= read_amounts(reader, whats, first, last, last + timedelta(1))
    return {_NAMES[what]: mine for what, mine in found.items()}


def numbers_of_owners(reader: Reader, first: date, last: date, today: date) -> Numbers:
    """Return those columns by the present owner of the customers; what was done stays theirs."""
    found = dict(numbers_of(reader, first, last, today))
    for name, column in (("signed_customers", "contracts"), ("lost_customers", "lost_customers")):
        mine = customers_of_owners(reader, column, first, last)
        found[name] = mine | {ALL: found[name].get(ALL, 0)}
    for name, column in (("new_customers_fen", "new_customers"), ("projects_fen", "projects")):
        found[name] = expected_of_owners(reader, column, first, last, today)
    return found | {"opportunities_fen": opportunities_of_owners(reader, first, last)}


def customers_of_owners(reader: Reader, column: str, first: date, last: date) -> dict[int, int]:
    """Return how many customers of each present owner brought anything of a kind."""
    chosen = select(CustomerFact.owner_id, func.count(StaffCredit.customer_id.distinct()))
    rows = reader.rows(
        _owned(chosen)
        .where(_days(first, last), CREDIT.c[column] != 0)
        .group_by(CustomerFact.owner_id)
    )
    return {row[0]: row[1] for row in rows}


def customers_of_team(
    reader: Reader, column: str, first: date, last: date, team: Collection[int]
) -> int:
    """Return how many customers brought anything of a kind to any of some people."""
    chosen = select(func.count(StaffCredit.customer_id.distinct())).where(
        _days(first, last), CREDIT.c[column] != 0, among(StaffCredit.staff_id, team)
    )
    return int(reader.scalar(chosen) or 0)


def _owned(chosen: Any) -> Any:
    """Return a select over credits that can tell the present owner."""
    return chosen.select_from(StaffCredit).join(
        CustomerFact, CustomerFact.customer_id == StaffCredit.customer_id
    )


def credits_of_owners(reader: Reader, first: date, last: date) -> dict[int, dict[str, int]]:
    """Return the credits of the days by the present owner of the customers.

    A contract shared by several counts once.
    """
    names = Credit._fields[3:]
    sums = (func.sum(CREDIT.c[name]) for name in names)
    chosen = _owned(select(CustomerFact.owner_id, *sums))
    rows = reader.rows(chosen.where(_days(first, last)).group_by(CustomerFact.owner_id))
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


def touched_together(reader: Reader, staff: Collection[int], first: date, last: date) -> int:
    """Return how many customers some people followed up, each once."""
    customers = (
        select(FollowUp.customer_id)
        .where(
            FollowUp.staff_id.in_(sorted(staff)),
            FollowUp.on.between(first, last),
            FollowUp.counts,
            FollowUp.deleted_at == 0,
        )
        .distinct()
        .subquery()
    )
    counted = select(func.count()).where(_counted(customers.c.customer_id))
    return int(reader.scalar(counted.select_from(customers)) or 0)


def _counted(customer_id: Any) -> ColumnElement[bool]:
    return select(CustomerFact.customer_id).where(CustomerFact.customer_id == customer_id).exists()


def contracts_signed(reader: Reader, first: date, last: date, staff: Collection[int]) -> int:
    """Return how many effective contracts any of some people signed, a shared one once."""
    chosen = select(func.count(Contract.id)).where(
        Contract.signed_on.between(first, last),
        Contract.status.in_(EFFECTIVE),
        Contract.deleted_at == 0,
        _counted(Contract.customer_id),
    )
    shares = select(ContractShare.id).where(
        ContractShare.contract_id == Contract.id, ContractShare.deleted_at == 0
    )
    theirs = shares.where(ContractShare.staff_id.in_(staff)).exists()
    alone = and_(~shares.exists(), Contract.signer_id.in_(staff))
    return int(reader.scalar(chosen.where(or_(theirs, alone))) or 0)


def expected_of_owners(
    reader: Reader, column: str, first: date, last: date, today: date
) -> dict[int, int]:
    """Return the amounts customers of a kind were last expected to sign, by present owner.

    ``column`` is ``new_customers`` or ``projects``.
    """
    chosen = _owned(select(CustomerFact.owner_id, func.sum(_estimate(last, today))))
    rows = reader.rows(
        chosen.join(Customer, Customer.id == StaffCredit.customer_id)
        .where(_days(first, last), CREDIT.c[column] != 0)
        .group_by(CustomerFact.owner_id)
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


def opportunities_of_owners(reader: Reader, first: date, last: date) -> dict[int, int]:
    """Return the expected amounts of opportunities begun in the days, by present owner."""
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
    chosen = _owned(select(CustomerFact.owner_id, func.sum(_known(amount))))
    rows = reader.rows(
        chosen.join(
            Opportunity,
            and_(
                Opportunity.customer_id == StaffCredit.customer_id,
                Opportunity.owner_id == StaffCredit.staff_id,
                as_text(Opportunity.created_on) == StaffCredit.on,
                Opportunity.deleted_at == 0,
            ),
        )
        .where(_days(first, last), StaffCredit.opportunities != 0)
        .group_by(CustomerFact.owner_id)
    )
    return {row[0]: int(row[1] or 0) for row in rows}


def _days(first: date, last: date) -> ColumnElement[bool]:
    return StaffCredit.on.between(first.isoformat(), last.isoformat())
