"""The lists of contracts and payments with views, conditions and groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.i18n import N_
from app.models.values.pages import Sort
from app.services.context import Actor
from app.services.lists import Condition
from app.services.office import Office
from app.views.core import labels
from app.views.itemmodels.column import Column
from app.views.itemmodels.deals import BAR, contract_columns, payment_columns
from app.views.lists.record_kind import CARRIER, RecordKind
from app.views.lists.state import ListView

_NEWEST_CONTRACT, _NEWEST_PAYMENT = Sort("signed_on", True), Sort("paid_on", True)


def _contracts(office: Office) -> Sequence[Column[Any]]:
    columns = contract_columns(office.context.today)
    return tuple(one for one in columns if one.kind != BAR)


def _payments(office: Office) -> Sequence[Column[Any]]:
    return tuple(payment_columns(office.context.today))


def _contract_views(actor: Actor, today: date) -> tuple[ListView, ...]:
    mine = Condition("signer", "is", (str(actor.staff_id),))
    owing = Condition("outstanding", "at_least", ("1",))
    year = Condition("signed", "since", (today.replace(month=1, day=1).isoformat(),))
    return (
        ListView("all", N_("全部"), (), _NEWEST_CONTRACT),
        ListView("mine", N_("我签的"), (mine,), _NEWEST_CONTRACT),
        ListView("owing", N_("还有未回款"), (owing,), Sort("outstanding", True)),
        ListView("year", N_("今年"), (year,), _NEWEST_CONTRACT),
    )


def _payment_views(actor: Actor, today: date) -> tuple[ListView, ...]:
    mine = Condition("staff", "is", (str(actor.staff_id),))
    month = Condition("paid", "since", (today.replace(day=1).isoformat(),))
    refunds = Condition("amount", "at_most", ("-1",))
    return (
        ListView("all", N_("全部"), (), _NEWEST_PAYMENT),
        ListView("mine", N_("我经手的"), (mine,), _NEWEST_PAYMENT),
        ListView("month", N_("本月"), (month,), _NEWEST_PAYMENT),
        ListView("refunds", N_("退款"), (refunds,), _NEWEST_PAYMENT),
    )


CONTRACTS = RecordKind(
    name="contracts",
    title=N_("合同"),
    columns=_contracts,
    titles={
        "signed": N_("签约"),
        "status": N_("状态"),
        "kind": N_("性质"),
        "amount": N_("金额"),
        "received": N_("已回"),
        "outstanding": N_("未回"),
        "signer": N_("签约人"),
        "code": N_("编号"),
        "name": N_("合同名称"),
        "note": N_("备注"),
    },
    codes={"status": labels.CONTRACT_STATUS, "kind": labels.CONTRACT_KIND},
    sorted_by={
        "signed": "signed_on",
        **{
            key: key
            for key in (CARRIER, "code", "name", "kind", "status", "amount", "received",
                        "outstanding", "signer")
        },
    },
    groups=("signer", "status", "kind", "signed", CARRIER, "owner", "region", "life", "grade"),
    searched=(CARRIER, "code", "name"),
    newest=_NEWEST_CONTRACT,
    views=_contract_views,
    listed={},
)  # fmt: skip
PAYMENTS = RecordKind(
    name="payments",
    title=N_("回款"),
    columns=_payments,
    titles={
        "paid": N_("日期"),
        "amount": N_("金额"),
        "method": N_("方式"),
        "staff": N_("经手人"),
        "contract": N_("合同编号"),
        "code": N_("编号"),
        "note": N_("备注"),
    },
    codes={},
    sorted_by={
        "paid": "paid_on",
        **{key: key for key in (CARRIER, "amount", "contract", "method", "code", "staff")},
    },
    groups=("staff", "method", "paid", CARRIER, "owner", "region", "life", "grade"),
    searched=(CARRIER, "code", "contract", "note"),
    newest=_NEWEST_PAYMENT,
    views=_payment_views,
    listed={"method": "payment_method"},
)  # fmt: skip
