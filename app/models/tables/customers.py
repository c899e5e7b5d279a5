"""Customers, the people at them, and the spells of owner, stage and life cycle."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import (
    NEVER_AT,
    Id,
    Row,
    count_column,
    day_column,
    flag_column,
    text_column,
)
from app.models.values.changes import Kind

ALIVE = text("deleted_at = 0")


def _sorted_by(column: str) -> Index:
    """Index a sortable column with the id as tie-break, living rows only."""
    return Index(f"ix_customer_by_{column}", column, "id", sqlite_where=ALIVE)


class Customer(Row):
    """An organisation or a person the office deals with.

    The columns from ``quality`` on are the newest state of rows kept elsewhere
    with their history; only the rules before commit write them.
    ``expected_fen`` is -1 and ``next_due_at`` is ``NEVER_AT`` when unknown.
    """

    __tablename__ = "customer"
    KIND = Kind.customer
    __table_args__ = (
        _sorted_by("sort_key"),
        _sorted_by("created_on"),
        _sorted_by("last_touch_on"),
        _sorted_by("next_due_at"),
        _sorted_by("expected_fen"),
        _sorted_by("stage_position"),
        _sorted_by("region"),
        _sorted_by("owner_id"),
        Index("ix_customer_name_key", "name_key"),
        Index("ix_customer_code", "code"),
        Index("ix_customer_uscc", "uscc", sqlite_where=text("uscc <> ''")),
    )

    code: Mapped[str] = text_column()
    name: Mapped[str] = text_column()
    name_key: Mapped[str] = text_column()
    sort_key: Mapped[str] = text_column()
    short_name: Mapped[str] = text_column()
    kind: Mapped[str] = text_column("company")
    uscc: Mapped[str] = text_column()
    parent_id: Mapped[int] = count_column()
    source: Mapped[str] = text_column()
    industry: Mapped[str] = text_column()
    size: Mapped[str] = text_column()
    region_code: Mapped[str] = text_column()
    region: Mapped[str] = text_column()
    address: Mapped[str] = text_column()
    website: Mapped[str] = text_column()
    note: Mapped[str] = text_column()
    created_on: Mapped[date | None] = day_column()
    historic: Mapped[bool] = flag_column()
    trial: Mapped[bool] = flag_column()
    merged_into_id: Mapped[int] = count_column()
    owner_id: Mapped[int] = count_column()
    stage_position: Mapped[int] = count_column()
    stage_reached: Mapped[int] = count_column()
    stage_since_on: Mapped[date | None] = day_column()
    life: Mapped[str] = text_column("prospect")
    quality: Mapped[str] = text_column()
    grade: Mapped[str] = text_column()
    expected_fen: Mapped[int] = count_column(-1)
    expected_from: Mapped[date | None] = day_column()
    expected_to: Mapped[date | None] = day_column()
    expected_label: Mapped[str] = text_column()
    calibrated_at: Mapped[int] = count_column()
    calibrated_by: Mapped[int] = count_column()
    main_contact: Mapped[str] = text_column()
    main_phone: Mapped[str] = text_column()
    last_touch_at: Mapped[int] = count_column()
    last_touch_on: Mapped[date | None] = day_column()
    next_step_id: Mapped[int] = count_column()
    next_start_at: Mapped[int] = count_column(NEVER_AT)
    next_due_at: Mapped[int] = count_column(NEVER_AT)
    next_plan: Mapped[str] = text_column()


class Contact(Row):
    """A person, apart from the firm that employs the person now."""

    __tablename__ = "contact"
    KIND = Kind.contact

    name: Mapped[str] = text_column()
    gender: Mapped[str] = text_column()
    birthday: Mapped[str] = text_column()
    note: Mapped[str] = text_column()


class Employment(Row):
    """A contact's time at a customer, with title and part in decisions."""

    __tablename__ = "employment"
    KIND = Kind.contact

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    title: Mapped[str] = text_column()
    part: Mapped[str] = text_column()
    main: Mapped[bool] = flag_column()
    from_on: Mapped[date | None] = day_column()
    to_on: Mapped[date | None] = day_column()


class ContactChannel(Row):
    """A way to reach a contact: kind, as written, and in normal form.

    ``customer_id`` is 0 for a contact who belongs to no customer yet.
    """

    __tablename__ = "contact_channel"
    KIND = Kind.contact
    __table_args__ = (Index("ix_contact_channel_normal", "normal"),)

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    customer_id: Mapped[int] = mapped_column(Id, default=0, server_default="0", index=True)
    kind: Mapped[str] = text_column()
    raw: Mapped[str] = text_column()
    normal: Mapped[str] = text_column()
    preferred: Mapped[bool] = flag_column()
    invalid: Mapped[bool] = flag_column()
    source: Mapped[str] = text_column()


class OwnerSpell(Row):
    """The time a customer belonged to one member of staff."""

    __tablename__ = "owner_spell"
    KIND = Kind.customer

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    staff_id: Mapped[int] = count_column()
    from_on: Mapped[date | None] = day_column()
    to_on: Mapped[date | None] = day_column()


class LifeSpell(Row):
    """The time a customer was 潜在, 签约, 重复购买 or 失效, and why."""

    __tablename__ = "life_spell"
    KIND = Kind.customer

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    state: Mapped[str] = text_column("prospect")
    from_on: Mapped[date | None] = day_column()
    to_on: Mapped[date | None] = day_column()
    reason: Mapped[str] = text_column()
    competitor: Mapped[str] = text_column()
    lost_fen: Mapped[int] = count_column(-1)


class StageMove(Row):
    """One move along the stage path, forward or back."""

    __tablename__ = "stage_move"
    KIND = Kind.stage

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    from_position: Mapped[int] = count_column()
    to_position: Mapped[int] = count_column()
    at: Mapped[int] = count_column()
    on: Mapped[date | None] = day_column()
    staff_id: Mapped[int] = count_column()
    reason: Mapped[str] = text_column()
    source: Mapped[str] = text_column("manual")
    followup_id: Mapped[int] = count_column()
