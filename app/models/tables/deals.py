"""Products, opportunities, contracts with their shares, and payments."""

from __future__ import annotations

from sqlalchemy import Index

from app.models.tables.base import (
    Row,
    bin_index,
    count_column,
    day_column,
    flag_column,
    reference_column,
    text_column,
    unknown_count_column,
)
from app.models.values.changes import Kind


class Product(Row):
    """Something the office sells; prices are -1 when unknown."""

    __tablename__ = "product"
    KIND = Kind.product
    __table_args__ = (
        bin_index("product"),
        Index("ix_product_code", "code"),
    )

    code = text_column()
    name = text_column()
    category = text_column()
    spec = text_column()
    unit = text_column()
    price_fen = count_column(-1)
    cost_fen = count_column(-1)
    note = text_column()


class Opportunity(Row):
    """A deal in sight; closed when ``closed_on`` is set."""

    __tablename__ = "opportunity"
    KIND = Kind.opportunity
    __table_args__ = (bin_index("opportunity"),)

    customer_id = reference_column("customer.id", index=True)
    name = text_column()
    owner_id = count_column()
    expected_fen = count_column(-1)
    expected_on = day_column()
    created_on = day_column()
    state = text_column("open")
    closed_on = day_column()
    reason = text_column()
    note = text_column()


class Contract(Row):
    """A contract; ``amount_fen`` is null for a framework contract.

    ``signed_on`` is the business day of signing. ``as_new`` makes a supplement
    a signing event; ``replaces_id`` is the void contract it stands for, on the same day or its own.
    """

    __tablename__ = "contract"
    KIND = Kind.contract
    __table_args__ = (
        bin_index("contract"),
        Index("ix_contract_customer", "customer_id", "signed_on"),
        Index("ix_contract_signed", "signed_on", "id"),
        Index("ix_contract_code", "code"),
    )

    customer_id = reference_column("customer.id")
    code = text_column()
    name = text_column()
    kind = text_column("new")
    status = text_column("active")
    signed_on = day_column()
    amount_fen = unknown_count_column()
    signer_id = count_column()
    as_new = flag_column()
    replaces_id = count_column()
    void_on = day_column()
    void_reason = text_column()
    note = text_column()


class ContractShare(Row):
    """A member of staff's part in a contract, as a weight."""

    __tablename__ = "contract_share"
    KIND = Kind.contract

    contract_id = reference_column("contract.id", index=True)
    staff_id = count_column()
    weight = count_column(100)


class Payment(Row):
    """Money received, negative for a refund."""

    __tablename__ = "payment"
    KIND = Kind.payment
    __table_args__ = (
        bin_index("payment"),
        Index("ix_payment_customer", "customer_id", "paid_on"),
        Index("ix_payment_contract", "contract_id"),
        Index("ix_payment_paid", "paid_on", "id"),
        Index("ix_payment_code", "code"),
    )

    customer_id = reference_column("customer.id")
    contract_id = count_column()
    code = text_column()
    paid_on = day_column()
    amount_fen = count_column()
    method = text_column()
    staff_id = count_column()
    note = text_column()
