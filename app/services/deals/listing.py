"""Lists of contracts and payments: filtered, sorted and paged in SQL, with their sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.models.store import keyset
from app.models.store.reader import Reader
from app.models.tables.base import NO_DAY
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, Payment
from app.models.tables.staff import Staff
from app.models.values import text
from app.models.values.deals import EFFECTIVE
from app.models.values.pages import Key, Page, Sort
from app.services.deals.drafts import ContractView, DealFilter, DealTotals, PaymentView


def received_on_contract() -> Any:
    """Return the sum of what was received on a contract, refunds taken off."""
    paid = select(func.coalesce(func.sum(Payment.amount_fen), 0)).where(
        Payment.contract_id == Contract.id, Payment.deleted_at == 0
    )
    return paid.correlate(Contract).scalar_subquery()


_RECEIVED = received_on_contract()
_CONTRACT: Any = (
    select(
        Contract.id,
        Contract.customer_id,
        Customer.name,
        Contract.code,
        Contract.name,
        Contract.kind,
        Contract.status,
        Contract.signed_on,
        Contract.amount_fen,
        Contract.signer_id,
        func.coalesce(Staff.name, ""),
        Contract.void_reason,
        Contract.note,
        _RECEIVED,
        Contract.as_new,
        Contract.replaces_id,
    )
    .join(Customer, Customer.id == Contract.customer_id)
    .outerjoin(Staff, Staff.id == Contract.signer_id)
)
_PAYMENT: Any = (
    select(
        Payment.id,
        Payment.customer_id,
        Customer.name,
        Payment.contract_id,
        func.coalesce(Contract.code, ""),
        Payment.code,
        Payment.paid_on,
        Payment.amount_fen,
        Payment.method,
        func.coalesce(Staff.name, ""),
        Payment.note,
        Payment.staff_id,
    )
    .join(Customer, Customer.id == Payment.customer_id)
    .outerjoin(Contract, Contract.id == Payment.contract_id)
    .outerjoin(Staff, Staff.id == Payment.staff_id)
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind of list: its rows, the columns it is ordered by, and its view."""

    chosen: Any
    entity: Any
    view: type[Any]
    sorts: dict[str, Any]


CONTRACTS = Listed(
    _CONTRACT,
    Contract,
    ContractView,
    {
        "signed_on": Contract.signed_on,
        "code": Contract.code,
        "amount_fen": func.coalesce(Contract.amount_fen, -1),
        "customer": Customer.sort_key,
    },
)
PAYMENTS = Listed(
    _PAYMENT,
    Payment,
    PaymentView,
    {
        "paid_on": Payment.paid_on,
        "code": Payment.code,
        "amount_fen": Payment.amount_fen,
        "customer": Customer.sort_key,
    },
)


def conditions(listed: Listed, wanted: DealFilter) -> list[ColumnElement[bool]]:
    """Return the SQL conditions of a filter; rows of customers in the bin are left out."""
    entity = listed.entity
    found: list[ColumnElement[bool]] = [entity.deleted_at == 0, Customer.deleted_at == 0]
    contracts = listed is CONTRACTS
    day = entity.signed_on if contracts else entity.paid_on
    if wanted.customer_id:
        found.append(entity.customer_id == wanted.customer_id)
    if wanted.staff_id:
        found.append((entity.signer_id if contracts else entity.staff_id) == wanted.staff_id)
    if wanted.since:
        found.append(day >= wanted.since)
    if wanted.until:
        found.append(and_(day <= wanted.until, day != NO_DAY))
    if wanted.kind and contracts:
        found.append(Contract.kind == wanted.kind)
    if wanted.text:
        found.append(_says(listed, text.fold(wanted.text)))
    if wanted.state:
        found.append(_state(wanted.state) if contracts else _sign(wanted.state))
    return found


def _says(listed: Listed, words: str) -> ColumnElement[bool]:
    names = [listed.entity.code, Customer.name]
    names += [Contract.name] if listed is CONTRACTS else [Contract.code, Payment.note]
    return or_(*(name.icontains(words, autoescape=True) for name in names))


def _state(state: str) -> ColumnElement[bool]:
    effective = Contract.status.in_(EFFECTIVE)
    if state == "effective":
        return effective
    if state == "outstanding":
        return and_(effective, Contract.amount_fen > _RECEIVED)
    return Contract.status == state


def _sign(state: str) -> ColumnElement[bool]:
    return Payment.amount_fen < 0 if state == "refund" else Payment.amount_fen >= 0


def page(
    reader: Reader,
    listed: Listed,
    wanted: DealFilter,
    sort: Sort,
    *,
    key: Key | None = None,
    backward: bool = False,
    inclusive: bool = False,
    skip: int = 0,
    limit: int = 200,
) -> Page[Any]:
    """Return the window of ``limit`` rows after ``key`` (before it when ``backward``)."""
    column = listed.sorts[sort.column]
    statement: Any = keyset.after(
        listed.chosen.add_columns(column.label("sorted_by")).where(*conditions(listed, wanted)),
        column,
        listed.entity.id,
        key=key,
        descending=sort.descending,
        backward=backward,
        inclusive=inclusive,
        limit=limit + 1,
    )
    found = list(reader.rows(statement.offset(skip) if skip else statement))
    more, found = len(found) > limit, found[:limit]
    if backward:
        found.reverse()
    if not found:
        return Page()
    keys = [(_key_value(row[-1]), row[0]) for row in (found[0], found[-1])]
    return Page(tuple(listed.view(*row[:-1]) for row in found), None, keys[0], keys[1], more)


def _key_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else NO_DAY if value is None else value


def count(reader: Reader, listed: Listed, wanted: DealFilter) -> int:
    """Return how many rows match."""
    return int(reader.scalar(_over(listed, wanted, func.count(listed.entity.id))) or 0)


def _over(listed: Listed, wanted: DealFilter, *sums: Any) -> Any:
    chosen: Any = select(*sums).select_from(listed.entity)
    chosen = chosen.join(Customer, Customer.id == listed.entity.customer_id)
    if listed is PAYMENTS:
        chosen = chosen.outerjoin(Contract, Contract.id == Payment.contract_id)
    return chosen.where(*conditions(listed, wanted))


def totals(reader: Reader, listed: Listed, wanted: DealFilter) -> DealTotals:
    """Return the sums over a list; only contracts that count are signed or outstanding."""
    if listed is PAYMENTS:
        refund = Payment.amount_fen < 0
        row = reader.one(
            _over(
                listed,
                wanted,
                func.count(Payment.id),
                func.sum(Payment.amount_fen),
                func.sum(case((refund, -Payment.amount_fen), else_=0)),
            )
        )
        return DealTotals(row[0], 0, row[1] or 0, row[2] or 0) if row else DealTotals()
    effective = Contract.status.in_(EFFECTIVE)
    amount = func.coalesce(Contract.amount_fen, 0)
    open_fen = case((amount > _RECEIVED, amount - _RECEIVED), else_=0)
    row = reader.one(
        _over(
            listed,
            wanted,
            func.count(Contract.id),
            func.sum(case((effective, amount), else_=0)),
            func.sum(case((effective, _RECEIVED), else_=0)),
            func.sum(case((effective, open_fen), else_=0)),
        )
    )
    return DealTotals(row[0], row[1] or 0, row[2] or 0, 0, row[3] or 0) if row else DealTotals()


def next_anchor(
    reader: Reader, listed: Listed, wanted: DealFilter, sort: Sort, key: Key | None, every: int
) -> Key | None:
    """Return the key ``every`` rows further on, None past the end; the first one for no key."""
    column = listed.sorts[sort.column]
    statement: Any = keyset.after(
        _over(listed, wanted, column, listed.entity.id),
        column,
        listed.entity.id,
        key=key,
        descending=sort.descending,
        inclusive=True,
        limit=1,
    )
    found = reader.one(statement.offset(every if key else 0))
    return (_key_value(found[0]), found[1]) if found else None
