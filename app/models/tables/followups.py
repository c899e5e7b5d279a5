"""Follow-ups, the next steps between them, and drafts."""

from __future__ import annotations

from sqlalchemy import Index, text

from app.models.tables.base import (
    NEVER_AT,
    Row,
    bin_index,
    count_column,
    day_column,
    flag_column,
    reference_column,
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
        bin_index("followup"),
        Index("ix_followup_customer", "customer_id", "at"),
        Index(
            "ix_followup_counting",
            "customer_id",
            "on",
            "staff_id",
            sqlite_where=text("counts = 1 AND deleted_at = 0"),
        ),
        Index("ix_followup_staff", "staff_id", "on", "customer_id", "counts", "deleted_at"),
        Index("ix_followup_fold", "fold_key", sqlite_where=text("fold_key <> ''")),
    )

    customer_id = reference_column("customer.id")
    at = count_column()
    on = day_column()
    staff_id = count_column()
    channel = text_column("other")
    direction = text_column()
    outcome = text_column()
    duration_s = count_column(-1)
    content = text_column()
    plan_kind = text_column()
    parent_step_id = count_column()
    counts = flag_column()
    fold_key = text_column()
    source = text_column("typed")
    contact_id = count_column()


class FollowUpContact(Row):
    """A further contact who took part in a follow-up."""

    __tablename__ = "followup_contact"
    KIND = Kind.followup

    followup_id = reference_column("followup.id", index=True)
    contact_id = count_column()


class NextStep(Row):
    """A dated next step: the word chosen and the window it meant when chosen.

    ``window_start`` and ``window_end`` are UTC milliseconds, resolved once in ``zone``;
    ``label`` are the words typed for it (月底前), ``remind_at`` is the instant it calls.
    """

    __tablename__ = "next_step"
    KIND = Kind.next_step
    __table_args__ = (
        bin_index("next_step"),
        Index("ix_next_step_customer", "customer_id"),
        Index(
            "ix_next_step_open",
            "customer_id",
            "window_end",
            sqlite_where=text("state = 'open' AND deleted_at = 0"),
        ),
        # Today counts and groups its steps from this index alone
        Index(
            "ix_next_step_agenda",
            "staff_id",
            "window_end",
            "window_start",
            "id",
            "customer_id",
            "has_clock",
            "plan_kind",
            sqlite_where=text("state = 'open' AND deleted_at = 0"),
        ),
        Index(
            "ix_next_step_done",
            "done_at",
            "staff_id",
            sqlite_where=text("state = 'done' AND deleted_at = 0"),
        ),
    )

    customer_id = reference_column("customer.id")
    staff_id = count_column()
    bucket = text_column()
    anchor_at = count_column()
    window_start = count_column(NEVER_AT)
    window_end = count_column(NEVER_AT)
    has_clock = flag_column()
    plan_kind = text_column()
    what = text_column()
    state = text_column("open")
    reason = text_column()
    parent_followup_id = count_column()
    postponed_from_id = count_column()
    postpone_count = count_column()
    done_at = count_column()
    done_followup_id = count_column()
    label = text_column()
    zone = text_column()
    remind_at = count_column()


class Reminder(Row):
    """What a person did with the reminder of a step; leaves no audit entry.

    ``due_at`` is the instant it was put off to (0 is the step's own), ``shown_at`` when it
    was seen.
    """

    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_step", "step_id", "staff_id"),)

    step_id = count_column()
    staff_id = count_column()
    due_at = count_column()
    shown_at = count_column()


class Draft(Row):
    """A form that was typed but not saved, kept until it is; leaves no audit entry."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_subject", "staff_id", "form", "subject_id"),)

    staff_id = count_column()
    form = text_column()
    subject_id = count_column()
    payload = text_column()
