"""What forms and importers hand to the deals service, and what lists show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values.deals import EFFECTIVE


@dataclass(frozen=True, slots=True)
class ShareDraft:
    """A member of staff's part in a contract, as a weight."""

    staff_id: int
    weight: int


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """A contract as typed; ``amount_fen`` None is a framework contract.

    Without shares the whole contract is the signer's. ``replaces_id`` is the void
    contract this one stands for.
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
    as_new: bool = False
    replaces_id: int = 0

    @property
    def effective(self) -> bool:
        """Tell whether the contract counts (product.md 2.0.4)."""
        return self.status in EFFECTIVE

    @property
    def outstanding_fen(self) -> int:
        """Return what is still to come, 0 for a contract that does not count."""
        return max(0, (self.amount_fen or 0) - self.received_fen) if self.effective else 0


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
    staff_id: int = 0


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Conditions joined by AND; empty text, 0 and None mean no condition.

    ``text`` is looked for in code, name and customer. ``staff_id`` is the signer of a
    contract, the collector of a payment. ``state`` is a contract's status, or
    ``effective``, ``outstanding``; for payments ``received`` or ``refund``.
    """

    customer_id: int = 0
    text: str = ""
    staff_id: int = 0
    state: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DealTotals:
    """Sums over a list in fen; ``outstanding_fen`` is per contract, never below zero each."""

    count: int = 0
    signed_fen: int = 0
    received_fen: int = 0
    refunded_fen: int = 0
    outstanding_fen: int = 0
