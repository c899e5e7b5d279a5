"""Contracts with shares, and payments: enough to be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.tables.staff import Staff
from app.models.values.pages import Key, Page, Sort
from app.services.context import Context
from app.services.deals import listing, writing
from app.services.deals.drafts import (
    ContractDraft,
    ContractView,
    DealFilter,
    DealTotals,
    PaymentDraft,
    PaymentView,
    ShareDraft,
    ShareView,
)
from app.services.deals.listing import CONTRACTS, PAYMENTS, Listed
from app.services.deals.writing import add_contract, add_payment
from app.services.features import require_before_signing
from app.services.jobs import Progress

__all__ = [
    "CONTRACTS",
    "PAYMENTS",
    "ContractDraft",
    "ContractView",
    "DealFilter",
    "DealTotals",
    "Deals",
    "PaymentDraft",
    "PaymentView",
    "ShareDraft",
    "ShareView",
    "add_contract",
    "add_payment",
]

NEWEST_CONTRACT = Sort("signed_on", True)
NEWEST_PAYMENT = Sort("paid_on", True)


class Deals:
    """Contracts and payments: entry, void, and lists."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # -- writing ---------------------------------------------------------

    def add_contract(self, draft: ContractDraft) -> int:
        """Keep a new contract and return its id; raise ``UserError`` features_missing."""
        self._context.require("money")
        with self._context.write(N_("登记合同")) as unit:
            require_before_signing(unit, draft.customer_id)
            return add_contract(unit, draft)

    def edit_contract(self, contract_id: int, draft: ContractDraft) -> None:
        """Bring a contract and its shares to a draft."""
        self._context.require("money")
        with self._context.write(N_("修改合同")) as unit:
            writing.change_contract(unit, contract_id, draft)

    def change_contract(
        self, contract_id: int, shares: Sequence[ShareDraft] | None = None, **fields: Any
    ) -> None:
        """Change fields of a contract, and its shares when given."""
        self._context.require("money")
        with self._context.write(N_("修改合同")) as unit:
            unit.change(Contract, contract_id, **fields)
            if shares is not None:
                writing.replace_shares(unit, contract_id, shares)

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

    # -- reading ---------------------------------------------------------

    def page(
        self,
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
        """Return one window of contracts (``CONTRACTS``) or payments (``PAYMENTS``)."""
        with self._context.read() as reader:
            return listing.page(
                reader,
                listed,
                wanted,
                sort,
                key=key,
                backward=backward,
                inclusive=inclusive,
                skip=skip,
                limit=limit,
            )

    def count(self, listed: Listed, wanted: DealFilter) -> int:
        """Return how many rows of a list match."""
        with self._context.read() as reader:
            return listing.count(reader, listed, wanted)

    def anchors(
        self, listed: Listed, wanted: DealFilter, sort: Sort, every: int, progress: Progress
    ) -> Iterator[Key]:
        """Yield the key of every n-th row, found by hops, for jumps by scrollbar."""
        key: Key | None = None
        with self._context.read() as reader:
            while True:
                key = listing.next_anchor(reader, listed, wanted, sort, key, every)
                if key is None:
                    return
                yield key
                progress.step(0, 0)

    def totals(self, listed: Listed, wanted: DealFilter) -> DealTotals:
        """Return the sums over a list: signed, received, refunded, outstanding."""
        with self._context.read() as reader:
            return listing.totals(reader, listed, wanted)

    def contracts(
        self, customer_id: int = 0, *, skip: int = 0, limit: int = 500
    ) -> Page[ContractView]:
        """Return contracts, newest signing first, of one customer or all."""
        return self._newest(CONTRACTS, DealFilter(customer_id), NEWEST_CONTRACT, skip, limit)

    def payments(
        self, customer_id: int = 0, *, skip: int = 0, limit: int = 500
    ) -> Page[PaymentView]:
        """Return payments, newest first, of one customer or all."""
        return self._newest(PAYMENTS, DealFilter(customer_id), NEWEST_PAYMENT, skip, limit)

    def _newest(
        self, listed: Listed, wanted: DealFilter, sort: Sort, skip: int, limit: int
    ) -> Page[Any]:
        with self._context.read() as reader:
            found = listing.page(reader, listed, wanted, sort, skip=skip, limit=limit)
            total = listing.count(reader, listed, wanted)
        return Page(found.rows, total, found.first_key, found.last_key, found.has_more)

    def shares(self, contract_id: int) -> list[ShareView]:
        """Return who shares a contract and how."""
        chosen = (
            select(ContractShare.staff_id, func.coalesce(Staff.name, ""), ContractShare.weight)
            .outerjoin(Staff, Staff.id == ContractShare.staff_id)
            .where(ContractShare.contract_id == contract_id, ContractShare.deleted_at == 0)
            .order_by(ContractShare.id)
        )
        with self._context.read() as reader:
            return [ShareView(*row) for row in reader.rows(chosen)]

    def opportunity_count(self, customer_id: int) -> int:
        """Return how many deals are open at a customer."""
        mine = (Opportunity.customer_id == customer_id, Opportunity.deleted_at == 0)
        with self._context.read() as reader:
            return int(reader.scalar(select(func.count(Opportunity.id)).where(*mine)) or 0)
