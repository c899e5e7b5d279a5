"""Follow-ups, the next steps between them, and drafts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import (
    NEVER_AT,
    Row,
    count_column,
    day_column,
    flag_column,
    text_column,
)
from app.models.values.changes import Kind


class FollowUp(Row):
    """One contact with a customer.

    ``counts`` says whether it is a follow-up for the KPIs (product.md 2.4);
    ``fold_key`` names the day's conversation it belongs to, so that only the
    first one of a fold counts. ``on`` is the business day of ``at``.
    """

    __tablename__ = "followup"
    KIND = Kind.followup
    __table_args__ = (
        Index("ix_followup_customer", "customer_id", "at"),
        Index(
            "ix_followup_counting",
            "customer_id",
            "on",
            sqlite_where=text("counts = 1 AND deleted_at = 0"),
        ),
        Index("ix_followup_staff", "staff_id", "on", "customer_id", "counts", "deleted_at"),
        Index("ix_followup_fold", "fold_key", sqlite_where=text("fold_key <> ''")),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    at: Mapped[int] = count_column()
    on: Mapped[date | None] = day_column()
    staff_id: Mapped[int] = count_column()
    channel: Mapped[str] = text_column("other")
    direction: Mapped[str] = text_column()
    outcome: Mapped[str] = text_column()
    duration_s: Mapped[int] = count_column(-1)
    content: Mapped[str] = text_column()
    plan_kind: Mapped[str] = text_column()
    parent_step_id: Mapped[int] = count_column()
    counts: Mapped[bool] = flag_column()
    fold_key: Mapped[str] = text_column()
    source: Mapped[str] = text_column("typed")
    contact_id: Mapped[int] = count_column()


class FollowUpContact(Row):
    """A further contact who took part in a follow-up."""

    __tablename__ = "followup_contact"
    KIND = Kind.followup

    followup_id: Mapped[int] = mapped_column(ForeignKey("followup.id"), index=True)
    contact_id: Mapped[int] = count_column()


class NextStep(Row):
    """A dated next step: the word chosen and the window it meant when chosen.

    ``window_start`` and ``window_end`` are UTC milliseconds, resolved once.
    """

    __tablename__ = "next_step"
    KIND = Kind.next_step
    __table_args__ = (
        Index("ix_next_step_customer", "customer_id"),
        Index(
            "ix_next_step_open",
            "customer_id",
            "window_end",
            sqlite_where=text("state = 'open' AND deleted_at = 0"),
        ),
        Index(
            "ix_next_step_agenda",
            "staff_id",
            "window_end",
            sqlite_where=text("state = 'open' AND deleted_at = 0"),
        ),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    staff_id: Mapped[int] = count_column()
    bucket: Mapped[str] = text_column()
    anchor_at: Mapped[int] = count_column()
    window_start: Mapped[int] = count_column(NEVER_AT)
    window_end: Mapped[int] = count_column(NEVER_AT)
    has_clock: Mapped[bool] = flag_column()
    plan_kind: Mapped[str] = text_column()
    what: Mapped[str] = text_column()
    state: Mapped[str] = text_column("open")
    reason: Mapped[str] = text_column()
    parent_followup_id: Mapped[int] = count_column()
    postponed_from_id: Mapped[int] = count_column()
    postpone_count: Mapped[int] = count_column()
    done_at: Mapped[int] = count_column()
    done_followup_id: Mapped[int] = count_column()


class Draft(Row):
    """A form that was typed but not saved, kept until it is; leaves no audit entry."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_subject", "staff_id", "form", "subject_id"),)

    staff_id: Mapped[int] = count_column()
    form: Mapped[str] = text_column()
    subject_id: Mapped[int] = count_column()
    payload: Mapped[str] = text_column()
