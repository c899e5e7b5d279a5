"""Lists of contracts and payments with the conditions, orders and groups of every list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select

from app.models.store.visible import counted_records
from app.models.tables.base import NO_DAY
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, Payment
from app.models.values.deals import EFFECTIVE
from app.services.customers.lined import ABOUT, ABOUT_GROUPS
from app.services.deals.drafts import ContractView, PaymentView
from app.services.deals.listing import CONTRACTS, PAYMENTS, received_on_contract
from app.services.lists.clauses import ListField
from app.services.lists.conditions import CHOICE, DAY, FEN, ID, TEXT
from app.services.lists.groups import GroupColumn
from app.services.lists.spec import ListSpec, SortColumn

_RECEIVED = received_on_contract()
_AMOUNT = func.coalesce(Contract.amount_fen, 0)
_COUNTS = Contract.status.in_(EFFECTIVE)
_OPEN: Any = case((and_(_COUNTS, _AMOUNT > _RECEIVED), _AMOUNT - _RECEIVED), else_=0)
_SIGNED_PLACE, _PAID_PLACE, _AS_NEW_PLACE = 7, 6, 14


def _contract(values: Sequence[Any]) -> ContractView:
    row = list(values)
    row[_SIGNED_PLACE] = _day(row[_SIGNED_PLACE])
    row[_AS_NEW_PLACE] = bool(row[_AS_NEW_PLACE])
    return ContractView(*row)


def _payment(values: Sequence[Any]) -> PaymentView:
    row = list(values)
    row[_PAID_PLACE] = _day(row[_PAID_PLACE])
    return PaymentView(*row)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_CONTRACT_FIELDS: Mapping[str, ListField] = {
    **ABOUT,
    "signed": ListField(DAY, Contract.signed_on, NO_DAY),
    "code": ListField(TEXT, Contract.code),
    "name": ListField(TEXT, Contract.name),
    "kind": ListField(CHOICE, Contract.kind),
    "status": ListField(CHOICE, Contract.status),
    "amount": ListField(FEN, Contract.amount_fen, None),
    "received": ListField(FEN, _RECEIVED, None),
    "outstanding": ListField(FEN, _OPEN, None),
    "signer": ListField(ID, Contract.signer_id, 0),
    "note": ListField(TEXT, Contract.note),
}
_CONTRACT_SORTS: Mapping[str, SortColumn] = {
    "signed_on": SortColumn(Contract.signed_on),
    "code": SortColumn(Contract.code),
    "name": SortColumn(Contract.name),
    "customer": SortColumn(Customer.sort_key),
    "kind": SortColumn(Contract.kind),
    "status": SortColumn(Contract.status),
    "amount": SortColumn(func.coalesce(Contract.amount_fen, -1)),
    "received": SortColumn(_RECEIVED),
    "outstanding": SortColumn(_OPEN),
    "signer": SortColumn(Contract.signer_id),
}


def contracts_spec() -> ListSpec[ContractView]:
    """Return the list of contracts; amounts of contracts that do not count add up to nothing."""
    counted: Any = select().select_from(Contract)
    return ListSpec(
        entity=Contract,
        row=CONTRACTS.chosen,
        made=_contract,
        counted=counted.join(Customer, Customer.id == Contract.customer_id),
        population=counted_records(Contract),
        fields=_CONTRACT_FIELDS,
        sorts=_CONTRACT_SORTS,
        groups={
            **ABOUT_GROUPS,
            "signer": GroupColumn(Contract.signer_id),
            "status": GroupColumn(Contract.status),
            "kind": GroupColumn(Contract.kind),
            "signed": GroupColumn(func.substr(Contract.signed_on, 1, 7)),
        },
        sums={
            "amount": func.sum(case((_COUNTS, _AMOUNT), else_=0)),
            "received": func.sum(case((_COUNTS, _RECEIVED), else_=0)),
            "outstanding": func.sum(_OPEN),
        },
    )


_PAYMENT_FIELDS: Mapping[str, ListField] = {
    **ABOUT,
    "paid": ListField(DAY, Payment.paid_on, NO_DAY),
    "amount": ListField(FEN, Payment.amount_fen, None),
    "contract": ListField(TEXT, Contract.code),
    "method": ListField(CHOICE, Payment.method),
    "code": ListField(TEXT, Payment.code),
    "staff": ListField(ID, Payment.staff_id, 0),
    "note": ListField(TEXT, Payment.note),
}
_PAYMENT_SORTS: Mapping[str, SortColumn] = {
    "paid_on": SortColumn(Payment.paid_on),
    "amount": SortColumn(Payment.amount_fen),
    "customer": SortColumn(Customer.sort_key),
    "contract": SortColumn(func.coalesce(Contract.code, "")),
    "method": SortColumn(Payment.method),
    "code": SortColumn(Payment.code),
    "staff": SortColumn(Payment.staff_id),
}


def payments_spec() -> ListSpec[PaymentView]:
    """Return the list of payments; refunds are taken off the sums."""
    counted: Any = select().select_from(Payment)
    counted = counted.join(Customer, Customer.id == Payment.customer_id)
    return ListSpec(
        entity=Payment,
        row=PAYMENTS.chosen,
        made=_payment,
        counted=counted.outerjoin(Contract, Contract.id == Payment.contract_id),
        population=counted_records(Payment),
        fields=_PAYMENT_FIELDS,
        sorts=_PAYMENT_SORTS,
        groups={
            **ABOUT_GROUPS,
            "staff": GroupColumn(Payment.staff_id),
            "method": GroupColumn(Payment.method),
            "paid": GroupColumn(func.substr(Payment.paid_on, 1, 7)),
        },
        sums={"amount": func.sum(Payment.amount_fen)},
    )
