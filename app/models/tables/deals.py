"""Products, opportunities, contracts with their shares, and payments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import Id, Row, count_column, day_column, flag_column, text_column
from app.models.values.changes import Kind


class Product(Row):
    """Something the office sells; prices are -1 when unknown."""

    __tablename__ = "product"
    KIND = Kind.product
    __table_args__ = (Index("ix_product_code", "code"),)

    code: Mapped[str] = text_column()
    name: Mapped[str] = text_column()
    category: Mapped[str] = text_column()
    spec: Mapped[str] = text_column()
    unit: Mapped[str] = text_column()
    price_fen: Mapped[int] = count_column(-1)
    cost_fen: Mapped[int] = count_column(-1)
    note: Mapped[str] = text_column()


class Opportunity(Row):
    """A deal in sight; closed when ``closed_on`` is set."""

    __tablename__ = "opportunity"
    KIND = Kind.opportunity

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    name: Mapped[str] = text_column()
    owner_id: Mapped[int] = count_column()
    expected_fen: Mapped[int] = count_column(-1)
    expected_on: Mapped[date | None] = day_column()
    created_on: Mapped[date | None] = day_column()
    state: Mapped[str] = text_column("open")
    closed_on: Mapped[date | None] = day_column()
    reason: Mapped[str] = text_column()
    note: Mapped[str] = text_column()


class Contract(Row):
    """A contract; ``amount_fen`` is null for a framework contract.

    ``signed_on`` is the business day of signing. ``as_new`` makes a supplement
    a signing event; ``replaces_id`` with ``keep_signed_on`` keeps the original day.
    """

    __tablename__ = "contract"
    KIND = Kind.contract
    __table_args__ = (
        Index("ix_contract_customer", "customer_id", "signed_on"),
        Index("ix_contract_signed", "signed_on", "id"),
        Index("ix_contract_code", "code"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    code: Mapped[str] = text_column()
    name: Mapped[str] = text_column()
    kind: Mapped[str] = text_column("new")
    status: Mapped[str] = text_column("active")
    signed_on: Mapped[date | None] = day_column()
    amount_fen: Mapped[int | None] = mapped_column(Id, default=None)
    signer_id: Mapped[int] = count_column()
    as_new: Mapped[bool] = flag_column()
    replaces_id: Mapped[int] = count_column()
    void_on: Mapped[date | None] = day_column()
    void_reason: Mapped[str] = text_column()
    note: Mapped[str] = text_column()


class ContractShare(Row):
    """A member of staff's part in a contract, as a weight."""

    __tablename__ = "contract_share"
    KIND = Kind.contract

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    staff_id: Mapped[int] = count_column()
    weight: Mapped[int] = count_column(100)


class Payment(Row):
    """Money received, negative for a refund."""

    __tablename__ = "payment"
    KIND = Kind.payment
    __table_args__ = (
        Index("ix_payment_customer", "customer_id", "paid_on"),
        Index("ix_payment_contract", "contract_id"),
        Index("ix_payment_paid", "paid_on", "id"),
        Index("ix_payment_code", "code"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    contract_id: Mapped[int] = count_column()
    code: Mapped[str] = text_column()
    paid_on: Mapped[date | None] = day_column()
    amount_fen: Mapped[int] = count_column()
    method: Mapped[str] = text_column()
    staff_id: Mapped[int] = count_column()
    note: Mapped[str] = text_column()
