"""Contracts with shares, and payments: enough to be true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Unit
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.tables.staff import Staff
from app.models.values.deals import EFFECTIVE
from app.models.values.pages import Page
from app.services.context import Context
from app.services.customers import stages


@dataclass(frozen=True, slots=True)
class ShareDraft:
    """A member of staff's part in a contract, as a weight."""

    staff_id: int
    weight: int


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """A contract as typed; ``amount_fen`` None is a framework contract.

    Without shares the whole contract is the signer's.
    """

    customer_id: int
    signed_on: date | None
    amount_fen: int | None
    code: str = ""
    name: str = ""
    kind: str = "new"
    status: str = "active"
    signer_id: int = 0
    shares: tuple[ShareDraft, ...] = ()
    as_new: bool = False
    replaces_id: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """Money received; a negative amount is a refund and needs a note."""

    customer_id: int
    paid_on: date
    amount_fen: int
    contract_id: int = 0
    code: str = ""
    method: str = ""
    staff_id: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShareView:
    """A member of staff's part in a contract."""

    staff_id: int
    staff: str
    weight: int


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract as shown in lists, with what was received on it."""

    id: int
    customer_id: int
    customer: str
    code: str
    name: str
    kind: str
    status: str
    signed_on: date | None
    amount_fen: int | None
    signer_id: int
    signer: str
    void_reason: str
    note: str
    received_fen: int

    @property
    def effective(self) -> bool:
        """Tell whether the contract counts (product.md 2.0.4)."""
        return self.status in EFFECTIVE


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment as shown in lists."""

    id: int
    customer_id: int
    customer: str
    contract_id: int
    contract_code: str
    code: str
    paid_on: date | None
    amount_fen: int
    method: str
    staff: str
    note: str


def _received() -> Any:
    paid = select(func.coalesce(func.sum(Payment.amount_fen), 0)).where(
        Payment.contract_id == Contract.id, Payment.deleted_at == 0
    )
    return paid.correlate(Contract).scalar_subquery()


_CONTRACT = (
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
        _received(),
    )
    .join(Customer, Customer.id == Contract.customer_id)
    .outerjoin(Staff, Staff.id == Contract.signer_id)
    .where(Contract.deleted_at == 0, Customer.deleted_at == 0)
    .order_by(Contract.signed_on.desc(), Contract.id.desc())
)
_PAYMENT = (
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
    )
    .join(Customer, Customer.id == Payment.customer_id)
    .outerjoin(Contract, Contract.id == Payment.contract_id)
    .outerjoin(Staff, Staff.id == Payment.staff_id)
    .where(Payment.deleted_at == 0, Customer.deleted_at == 0)
    .order_by(Payment.paid_on.desc(), Payment.id.desc())
)


def add_contract(unit: Unit, draft: ContractDraft) -> int:
    """Insert a contract with its shares; a signing moves the stage to 成交."""
    _check_contract(draft)
    signer_id = draft.signer_id or unit.staff_id
    contract_id = unit.add(
        Contract,
        customer_id=draft.customer_id,
        code=draft.code or _next_code(unit, Contract, "HT", draft.signed_on or unit.today),
        name=draft.name.strip(),
        kind=draft.kind,
        status=draft.status,
        signed_on=draft.signed_on,
        amount_fen=draft.amount_fen,
        signer_id=signer_id,
        as_new=draft.as_new,
        replaces_id=draft.replaces_id,
        note=draft.note,
    )
    for share in draft.shares or (ShareDraft(signer_id, 100),):
        unit.add(
            ContractShare, contract_id=contract_id, staff_id=share.staff_id, weight=share.weight
        )
    if draft.status in EFFECTIVE and draft.kind != "supplement":
        stages.advance_to(unit, draft.customer_id, stages.SIGNED, reason=N_("签了合同"))
    return contract_id


def _check_contract(draft: ContractDraft) -> None:
    if draft.amount_fen is not None and draft.amount_fen < 0 and draft.kind != "supplement":
        raise UserError(
            "negative_contract",
            N_("只有补充协议的金额可以是负数"),
            advice=N_("把合同性质改成补充协议，或改金额；还没有存"),
        )
    if draft.signed_on is None and draft.status in EFFECTIVE:
        raise UserError(
            "sign_day_missing", N_("签约日期还没填"), advice=N_("填上日期再存")
        )


def add_payment(unit: Unit, draft: PaymentDraft) -> int:
    """Insert a payment; a refund needs a note and never exceeds what was received."""
    if draft.amount_fen < 0:
        _check_refund(unit, draft)
    return unit.add(
        Payment,
        customer_id=draft.customer_id,
        contract_id=draft.contract_id,
        code=draft.code or _next_code(unit, Payment, "HK", draft.paid_on),
        paid_on=draft.paid_on,
        amount_fen=draft.amount_fen,
        method=draft.method,
        staff_id=draft.staff_id or unit.staff_id,
        note=draft.note.strip(),
    )


def _check_refund(unit: Unit, draft: PaymentDraft) -> None:
    where = (
        Payment.contract_id == draft.contract_id
        if draft.contract_id
        else Payment.customer_id == draft.customer_id
    )
    received = select(func.sum(Payment.amount_fen)).where(where, Payment.deleted_at == 0)
    if int(unit.scalar(received) or 0) + draft.amount_fen < 0:
        raise UserError(
            "refund_too_large",
            N_("退款超过了已收的款"),
            advice=N_("核对金额和合同再存；还没有存"),
        )
    if not draft.note.strip():
        raise UserError("reason_missing", N_("退款要写原因"), advice=N_("填一句原因再存"))


def _next_code(unit: Unit, entity: Any, letters: str, day: date) -> str:
    prefix = f"{letters}-{day:%y%m}-"
    newest = unit.scalar(
        select(func.max(entity.code)).where(entity.code >= prefix, entity.code < prefix + "~")
    )
    tail = str(newest)[len(prefix) :] if newest else "0"
    return f"{prefix}{int(tail) + 1 if tail.isdecimal() else 1:03d}"


class Deals:
    """Contracts and payments: entry, void, and lists."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add_contract(self, draft: ContractDraft) -> int:
        """Keep a new contract and return its id."""
        self._context.require("money")
        with self._context.write(N_("登记合同")) as unit:
            return add_contract(unit, draft)

    def change_contract(
        self, contract_id: int, shares: Sequence[ShareDraft] | None = None, **fields: Any
    ) -> None:
        """Change fields of a contract, and its shares when given."""
        self._context.require("money")
        with self._context.write(N_("修改合同")) as unit:
            unit.change(Contract, contract_id, **fields)
            if shares is not None:
                _replace_shares(unit, contract_id, shares)

    def void_contract(self, contract_id: int, reason: str) -> None:
        """Void a contract from today, with the reason."""
        self._context.require("money")
        if not reason.strip():
            raise UserError("reason_missing", N_("作废要写原因"), advice=N_("填一句原因再存"))
        with self._context.write(N_("作废合同")) as unit:
            unit.change(
                Contract, contract_id, status="void", void_on=unit.today, void_reason=reason
            )

    def remove_contract(self, contract_id: int) -> None:
        """Put a contract into the recycle bin."""
        self._context.require("money")
        with self._context.write(N_("删除合同")) as unit:
            unit.remove(Contract, contract_id)

    def add_payment(self, draft: PaymentDraft) -> int:
        """Keep a new payment or refund and return its id."""
        self._context.require("money")
        with self._context.write(N_("登记回款")) as unit:
            return add_payment(unit, draft)

    def remove_payment(self, payment_id: int) -> None:
        """Put a payment into the recycle bin."""
        self._context.require("money")
        with self._context.write(N_("删除回款")) as unit:
            unit.remove(Payment, payment_id)

    def contracts(
        self, customer_id: int = 0, *, skip: int = 0, limit: int = 500
    ) -> Page[ContractView]:
        """Return contracts, newest signing first, of one customer or all."""
        where = (Contract.customer_id == customer_id,) if customer_id else ()
        return self._page(_CONTRACT.where(*where), ContractView, skip, limit)

    def payments(
        self, customer_id: int = 0, *, skip: int = 0, limit: int = 500
    ) -> Page[PaymentView]:
        """Return payments, newest first, of one customer or all."""
        where = (Payment.customer_id == customer_id,) if customer_id else ()
        return self._page(_PAYMENT.where(*where), PaymentView, skip, limit)

    def _page(self, chosen: Select[Any], view: type[Any], skip: int, limit: int) -> Page[Any]:
        with self._context.read() as reader:
            rows = reader.rows(chosen.offset(skip).limit(limit + 1))
            total = reader.scalar(select(func.count()).select_from(chosen.subquery()))
        shown = tuple(view(*row) for row in rows[:limit])
        return Page(shown, int(total or 0), None, None, len(rows) > limit)

    def shares(self, contract_id: int) -> list[ShareView]:
        """Return who shares a contract and how."""
        chosen = (
            select(ContractShare.staff_id, func.coalesce(Staff.name, ""), ContractShare.weight)
            .outerjoin(Staff, Staff.id == ContractShare.staff_id)
            .where(ContractShare.contract_id == contract_id, ContractShare.deleted_at == 0)
        )
        with self._context.read() as reader:
            return [ShareView(*row) for row in reader.rows(chosen)]

    def opportunity_count(self, customer_id: int) -> int:
        """Return how many deals are open at a customer."""
        mine = (Opportunity.customer_id == customer_id, Opportunity.deleted_at == 0)
        with self._context.read() as reader:
            return int(reader.scalar(select(func.count(Opportunity.id)).where(*mine)) or 0)


def _replace_shares(unit: Unit, contract_id: int, shares: Sequence[ShareDraft]) -> None:
    known = select(ContractShare.id).where(
        ContractShare.contract_id == contract_id, ContractShare.deleted_at == 0
    )
    for (share_id,) in unit.rows(known):
        unit.remove(ContractShare, share_id)
    for share in shares:
        unit.add(
            ContractShare, contract_id=contract_id, staff_id=share.staff_id, weight=share.weight
        )
