"""Read what the facts of customers are made from: the rows that hold the truth.

Each part is one select over the customers of a scope, so that one customer, the five
hundred of an import's chunk and a page of a rebuild go the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, bindparam, case, cast, func, select, type_coerce

from app.models.store.reader import Reader
from app.models.store.visible import counted_customer
from app.models.tables.base import NO_DAY, Id
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, LifeSpell, OwnerSpell
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.tables.followups import FollowUp
from app.models.tables.staff import Staff, TeamSpell
from app.models.values.calibration import Quality
from app.models.values.deals import EFFECTIVE

AnySelect = Select[*tuple[Any, ...]]
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """Some customers: those with these ids, or all from ``low`` to ``high``."""

    ids: tuple[int, ...] = ()
    low: int = 0
    high: int = -1

    @property
    def is_range(self) -> bool:
        """Tell whether it is a range of ids."""
        return self.high >= self.low

    @property
    def values(self) -> dict[str, Any]:
        """Return what to bind."""
        if self.is_range:
            return {"low": self.low, "high": self.high}
        return {"ids": list(self.ids)}


def scopes_of(ids: Collection[int]) -> list[Scope]:
    """Return scopes that hold these customers, a chunk each; one customer is a range."""
    known = sorted(ids)
    if len(known) == 1:
        return [Scope(low=known[0], high=known[0])]
    return [Scope(tuple(known[at : at + CHUNK])) for at in range(0, len(known), CHUNK)]


def within(column: Any, is_range: bool) -> ColumnElement[bool]:
    """Return the condition that a row belongs to a customer of the scope."""
    found: ColumnElement[bool] = column.in_(bindparam("ids", expanding=True))
    return column.between(bindparam("low"), bindparam("high")) if is_range else found


def as_text(column: Any) -> ColumnElement[str]:
    """Return a day column as its ISO text."""
    return type_coerce(column, Text())


class Person(NamedTuple):
    """A counted customer with the columns the facts repeat."""

    id: int
    created_on: str
    historic: bool
    owner_id: int
    source: str
    region: str
    industry: str
    grade: str
    kind: str
    first_touch_on: str
    expected_fen: int


class Deal(NamedTuple):
    """A living effective contract."""

    id: int
    customer_id: int
    signed_on: str
    amount_fen: int | None
    kind: str
    status: str
    as_new: bool
    signer_id: int


class Paid(NamedTuple):
    """A living payment with the contract it belongs to, 0 for none."""

    customer_id: int
    contract_id: int
    paid_on: str
    amount_fen: int
    staff_id: int


class Lost(NamedTuple):
    """A spell of 失效; ``lost_fen`` -1 is not known."""

    customer_id: int
    from_on: str
    lost_fen: int


class Chance(NamedTuple):
    """An opportunity."""

    id: int
    customer_id: int
    owner_id: int
    created_on: str
    state: str
    closed_on: str
    expected_fen: int


class Estimate(NamedTuple):
    """An amount a customer, or an opportunity of it, was expected to sign from a day on."""

    customer_id: int
    opportunity_id: int
    on: str
    fen: int


@cache
def _people(is_range: bool) -> AnySelect:
    first_touch = (
        select(func.min(FollowUp.on, type_=Text()))
        .where(FollowUp.customer_id == Customer.id, FollowUp.counts, FollowUp.deleted_at == 0)
        .where(FollowUp.on != NO_DAY)
        .correlate(Customer)
        .scalar_subquery()
    )
    region = case((Customer.region_code != "", Customer.region_code), else_=Customer.region)
    return select(
        Customer.id,
        as_text(Customer.created_on),
        Customer.historic,
        Customer.owner_id,
        Customer.source,
        region,
        Customer.industry,
        Customer.grade,
        Customer.kind,
        func.coalesce(first_touch, ""),
        Customer.expected_fen,
    ).where(counted_customer(), within(Customer.id, is_range))


@cache
def _owners(is_range: bool) -> AnySelect:
    return (
        select(OwnerSpell.customer_id, as_text(OwnerSpell.from_on), OwnerSpell.staff_id)
        .where(OwnerSpell.deleted_at == 0, within(OwnerSpell.customer_id, is_range))
        .order_by(OwnerSpell.customer_id, OwnerSpell.from_on, OwnerSpell.id)
    )


@cache
def _deals(is_range: bool) -> AnySelect:
    return (
        select(
            Contract.id,
            Contract.customer_id,
            as_text(Contract.signed_on),
            Contract.amount_fen,
            Contract.kind,
            Contract.status,
            Contract.as_new,
            Contract.signer_id,
        )
        .where(Contract.deleted_at == 0, Contract.signed_on != NO_DAY)
        .where(Contract.status.in_(EFFECTIVE), within(Contract.customer_id, is_range))
        .order_by(Contract.id)
    )


@cache
def _paid(is_range: bool) -> AnySelect:
    return (
        select(
            Payment.customer_id,
            Payment.contract_id,
            as_text(Payment.paid_on),
            Payment.amount_fen,
            Payment.staff_id,
        )
        .where(Payment.deleted_at == 0, Payment.paid_on != NO_DAY)
        .where(within(Payment.customer_id, is_range))
    )


_SHARES = (
    select(ContractShare.contract_id, ContractShare.staff_id, ContractShare.weight)
    .where(
        ContractShare.deleted_at == 0,
        ContractShare.contract_id.in_(bindparam("contracts", expanding=True)),
    )
    .order_by(ContractShare.contract_id, ContractShare.id)
)


@cache
def _valued(is_range: bool) -> AnySelect:
    return (
        select(CalibrationEvent.customer_id, func.min(CalibrationEvent.on, type_=Text()))
        .where(
            CalibrationEvent.deleted_at == 0,
            CalibrationEvent.on != NO_DAY,
            CalibrationEvent.field == "quality",
            CalibrationEvent.new == Quality.valuable,
            within(CalibrationEvent.customer_id, is_range),
        )
        .group_by(CalibrationEvent.customer_id)
    )


@cache
def _estimates(is_range: bool) -> AnySelect:
    return (
        select(
            CalibrationEvent.customer_id,
            CalibrationEvent.opportunity_id,
            as_text(CalibrationEvent.on),
            cast(CalibrationEvent.new, Id),
        )
        .where(
            CalibrationEvent.deleted_at == 0,
            CalibrationEvent.field == "expected_fen",
            within(CalibrationEvent.customer_id, is_range),
        )
        .order_by(CalibrationEvent.customer_id, CalibrationEvent.at, CalibrationEvent.id)
    )


@cache
def _lost(is_range: bool) -> AnySelect:
    return select(LifeSpell.customer_id, as_text(LifeSpell.from_on), LifeSpell.lost_fen).where(
        LifeSpell.deleted_at == 0,
        LifeSpell.from_on != NO_DAY,
        LifeSpell.state == "churned",
        within(LifeSpell.customer_id, is_range),
    )


@cache
def _chances(is_range: bool) -> AnySelect:
    return select(
        Opportunity.id,
        Opportunity.customer_id,
        Opportunity.owner_id,
        as_text(Opportunity.created_on),
        Opportunity.state,
        as_text(Opportunity.closed_on),
        Opportunity.expected_fen,
    ).where(Opportunity.deleted_at == 0, within(Opportunity.customer_id, is_range))


_TOUCHES = (
    select(FollowUp.customer_id, as_text(FollowUp.on), func.count())
    .where(
        FollowUp.customer_id.in_(bindparam("signers", expanding=True)),
        FollowUp.counts,
        FollowUp.deleted_at == 0,
    )
    .group_by(FollowUp.customer_id, FollowUp.on)
)

Shares = dict[int, list[tuple[int, int]]]
ByCustomer = dict[int, list[Any]]


@dataclass(frozen=True, slots=True)
class Raw:
    """All that the facts of a scope's customers are made from."""

    people: Sequence[Person]
    owners: ByCustomer
    deals: ByCustomer
    shares: Shares
    paid: ByCustomer
    valued: dict[int, str]
    estimates: ByCustomer
    lost: ByCustomer
    chances: ByCustomer


def _grouped(rows: Sequence[Any], make: Callable[..., Any], place: int = 0) -> ByCustomer:
    found: ByCustomer = defaultdict(list)
    for row in rows:
        found[row[place]].append(make(*row))
    return found


def _pair(_customer_id: int, *rest: Any) -> tuple[Any, ...]:
    return rest


def read_raw(reader: Reader, scope: Scope) -> Raw:
    """Read everything about the counted customers of a scope."""
    is_range, values = scope.is_range, scope.values

    def rows(statement: Callable[[bool], AnySelect]) -> Sequence[Any]:
        return reader.rows(statement(is_range), values)

    deals = _grouped(rows(_deals), Deal, 1)
    paid = _grouped(rows(_paid), Paid)
    contracts = {deal.id for mine in deals.values() for deal in mine}
    contracts.update(one.contract_id for mine in paid.values() for one in mine)
    return Raw(
        people=[Person(*row) for row in rows(_people)],
        owners=_grouped(rows(_owners), _pair),
        deals=deals,
        shares=read_shares(reader, contracts - {0}),
        paid=paid,
        valued={row[0]: row[1] for row in rows(_valued)},
        estimates=_grouped(rows(_estimates), Estimate),
        lost=_grouped(rows(_lost), Lost),
        chances=_grouped(rows(_chances), Chance, 1),
    )


def read_shares(reader: Reader, contracts: Collection[int]) -> Shares:
    """Return the living shares of contracts as (staff id, weight) in order of entry."""
    found: Shares = defaultdict(list)
    known = sorted(contracts)
    for at in range(0, len(known), CHUNK):
        for contract_id, staff_id, weight in reader.rows(
            _SHARES, {"contracts": known[at : at + CHUNK]}
        ):
            found[contract_id].append((staff_id, weight))
    return found


def read_touches(reader: Reader, signers: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """Return the counting follow-ups of customers as (day, number)."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for at in range(0, len(signers), CHUNK):
        chunk = {"signers": list(signers[at : at + CHUNK])}
        for customer_id, on, number in reader.rows(_TOUCHES, chunk):
            found[customer_id].append((on, number))
    return found


class Teams:
    """Tell which team somebody was in on a day (product.md 2.10)."""

    def __init__(self, reader: Reader) -> None:
        self._now: dict[int, int] = {
            row[0]: row[1] for row in reader.rows(select(Staff.id, Staff.team_id))
        }
        spells = (
            select(TeamSpell.staff_id, as_text(TeamSpell.until_on), TeamSpell.team_id)
            .where(TeamSpell.deleted_at == 0)
            .order_by(TeamSpell.until_on, TeamSpell.id)
        )
        self._past = _grouped(reader.rows(spells), _pair)

    def on(self, staff_id: int, day: str) -> int:
        """Return the team of a member of staff on a day, 0 for none."""
        for until, team_id in self._past.get(staff_id, ()):
            if day < until:
                return int(team_id)
        return self._now.get(staff_id, 0)
