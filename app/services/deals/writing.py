"""Write contracts with their shares, and payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Unit
from app.models.tables.deals import Contract, ContractShare, Payment
from app.models.values.deals import EFFECTIVE, is_signing
from app.services.customers import stages
from app.services.deals.drafts import ContractDraft, PaymentDraft, ShareDraft


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
    _advance(unit, draft)
    return contract_id


def change_contract(unit: Unit, contract_id: int, draft: ContractDraft) -> None:
    """Bring a contract and its shares to a draft; an empty code leaves the code alone."""
    _check_contract(draft)
    signer_id = draft.signer_id or unit.staff_id
    unit.change(
        Contract,
        contract_id,
        customer_id=draft.customer_id,
        name=draft.name.strip(),
        kind=draft.kind,
        status=draft.status,
        signed_on=draft.signed_on,
        amount_fen=draft.amount_fen,
        signer_id=signer_id,
        as_new=draft.as_new,
        replaces_id=draft.replaces_id,
        note=draft.note,
        **({"code": draft.code} if draft.code else {}),
    )
    replace_shares(unit, contract_id, draft.shares or (ShareDraft(signer_id, 100),))
    _advance(unit, draft)


def _advance(unit: Unit, draft: ContractDraft) -> None:
    if is_signing(draft.status, draft.kind, draft.as_new):
        stages.advance_to(unit, draft.customer_id, stages.SIGNED, reason=N_("签了合同"))


def _check_contract(draft: ContractDraft) -> None:
    if draft.amount_fen is not None and draft.amount_fen < 0 and draft.kind != "supplement":
        raise UserError(
            "negative_contract",
            N_("只有补充协议的金额可以是负数"),
            advice=N_("把合同性质改成补充协议，或改金额；还没有存"),
        )
    if draft.signed_on is None and draft.status in EFFECTIVE:
        raise UserError("sign_day_missing", N_("签约日期还没填"), advice=N_("填上日期再存"))


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
        select(entity.code)
        .where(entity.code >= prefix, entity.code < prefix + "~")
        .order_by(func.length(entity.code).desc(), entity.code.desc())
    )
    tail = str(newest)[len(prefix) :] if newest else "0"
    return f"{prefix}{int(tail) + 1 if tail.isdecimal() else 1:03d}"


def replace_shares(unit: Unit, contract_id: int, shares: Sequence[ShareDraft]) -> None:
    """Bring the shares of a contract to these; the old rows stay in the bin."""
    known = select(ContractShare.id, ContractShare.staff_id, ContractShare.weight).where(
        ContractShare.contract_id == contract_id, ContractShare.deleted_at == 0
    )
    rows = unit.rows(known)
    if {(row[1], row[2]) for row in rows} == {(one.staff_id, one.weight) for one in shares}:
        return
    for share_id, _staff_id, _weight in rows:
        unit.remove(ContractShare, share_id)
    for share in shares:
        unit.add(
            ContractShare, contract_id=contract_id, staff_id=share.staff_id, weight=share.weight
        )
