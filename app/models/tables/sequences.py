"""Action sequences: their versions and steps, and the customers that go through them."""

from __future__ import annotations

from sqlalchemy import Index, text

from app.models.tables.base import (
    Row,
    count_column,
    day_column,
    flag_column,
    reference_column,
    text_column,
)
from app.models.values.changes import Kind


class ActionSequence(Row):
    """A named sequence; from ``auto_from`` on, when set, customers that fit are enrolled by rule.

    ``trial_version_id`` is 0 while no version is on trial.
    """

    __tablename__ = "action_sequence"
    KIND = Kind.sequence

    name = text_column()
    position = count_column()
    archived = flag_column()
    auto_from = day_column()
    current_version_id = count_column()
    trial_version_id = count_column()


class SequenceVersion(Row):
    """One wording of a sequence, never overwritten: an edit makes the next one.

    ``applies`` is JSON of the customers it is for; a conversion counts within ``window_days``.
    """

    __tablename__ = "sequence_version"
    KIND = Kind.sequence

    sequence_id = reference_column("action_sequence.id", index=True)
    number = count_column()
    note = text_column()
    applies = text_column()
    window_days = count_column(90)


class SequenceStep(Row):
    """One step of a version; ``features`` and ``exits`` are JSON lists."""

    __tablename__ = "sequence_step"
    KIND = Kind.sequence

    version_id = reference_column("sequence_version.id", index=True)
    position = count_column()
    name = text_column()
    deed = text_column("phone")
    plan_kind = text_column()
    offset_days = count_column()
    unit = text_column("day")
    anchor = text_column("previous")
    limit_days = count_column()
    must = flag_column()
    talk = text_column()
    features = text_column()
    outcome = text_column()
    exits = text_column()
    attempts = count_column()


class SequenceEnrolment(Row):
    """A customer going through a version: ``running``, ``finished`` or ``left`` and why."""

    __tablename__ = "sequence_enrolment"
    KIND = Kind.sequence
    __table_args__ = (
        Index("ix_sequence_enrolment_customer", "customer_id", "state"),
        Index("ix_sequence_enrolment_version", "version_id", "started_on"),
    )

    customer_id = reference_column("customer.id")
    version_id = reference_column("sequence_version.id")
    staff_id = count_column()
    started_on = day_column()
    state = text_column("running")
    ended_on = day_column()
    reason = text_column()
    by_rule = flag_column()


class EnrolledStep(Row):
    """How a step stands at an enrolment: waiting, open, done, short or skipped.

    ``short`` was done without the features it asks for. ``next_step_id`` is the next step
    that stands for it on Today.
    """

    __tablename__ = "enrolled_step"
    KIND = Kind.sequence
    __table_args__ = (
        Index("ix_enrolled_step_next", "next_step_id", sqlite_where=text("next_step_id <> 0")),
    )

    enrolment_id = reference_column("sequence_enrolment.id", index=True)
    step_id = reference_column("sequence_step.id")
    position = count_column()
    state = text_column("waiting")
    planned_on = day_column()
    due_on = day_column()
    done_on = day_column()
    attempts = count_column()
    next_step_id = count_column()
    followup_id = count_column()
