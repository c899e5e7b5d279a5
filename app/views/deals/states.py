"""How contracts and payments are named and coloured."""

from __future__ import annotations

from app.i18n import _
from app.services.deals import ContractView, PaymentView
from app.views.core import labels

_TONES = {"active": "accent", "done": "good", "ended": "neutral", "void": "neutral"}


def status_tag(contract: ContractView) -> tuple[str, str]:
    """Return word and tone of where a contract stands: 已结清 once all of it has come."""
    if contract.effective and contract.amount_fen and not contract.outstanding_fen:
        return _("已结清"), "good"
    words = labels.of(labels.CONTRACT_STATUS, contract.status)
    if contract.status == "ended":
        words = _("已终止")
    return words, _TONES.get(contract.status, "warn")


def kind_tag(contract: ContractView, first_id: int = 0) -> tuple[str, str]:
    """Return word and tone of what a contract is; the first one is 首单."""
    if contract.id == first_id:
        return _("首单"), "neutral"
    return labels.of(labels.CONTRACT_KIND, contract.kind), "neutral"


def share_received(contract: ContractView) -> float | None:
    """Return what part of a contract has come, None where there is nothing to compare."""
    if not contract.amount_fen or contract.amount_fen <= 0 or not contract.effective:
        return None
    return max(0.0, min(1.0, contract.received_fen / contract.amount_fen))


def name_of(contract: ContractView) -> str:
    """Return a contract's name with its code."""
    return f"{contract.name} {contract.code}".strip()


def sign_of(payment: PaymentView) -> tuple[str, str]:
    """Return 回款 or 退款 with its tone."""
    return (_("退款"), "warn") if payment.amount_fen < 0 else (_("回款"), "good")
