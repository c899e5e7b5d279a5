"""What came of those enrolled in each version of a sequence (product.md 1.7, 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from app.models.tables.kpi import CustomerFact
from app.models.tables.sequences import EnrolledStep, SequenceEnrolment
from app.services.sequences.drafts import VersionView
from app.services.sequences.enrolling import DONE, OPEN, SHORT, SKIPPED
from app.services.sequences.shapes import VersionMeasure

if TYPE_CHECKING:
    from app.models.store.reader import Reader


def version_measures(
    reader: Reader, versions: Sequence[VersionView], as_of: date
) -> tuple[VersionMeasure, ...]:
    """Return the measures of versions, in their order."""
    found = []
    for one in versions:
        enrolled, mature, converted = _conversions(reader, one, as_of)
        due, done, on_time, skipped = _steps(reader, one.id, as_of)
        found.append(
            VersionMeasure(
                one.id, one.number, one.role, one.note, one.window_days, enrolled,
                due, done, on_time, skipped, mature, converted,
            )
        )  # fmt: skip
    return tuple(found)


def due_when(as_of: date) -> Any:
    """Return the condition that a step is due: closed, or its last day is over."""
    over = (EnrolledStep.state == OPEN) & (EnrolledStep.due_on < as_of.isoformat())
    return EnrolledStep.state.in_((DONE, SHORT, SKIPPED)) | over


def in_time() -> Any:
    """Return the condition that a step was done, with its features, by its last day."""
    return (EnrolledStep.state == DONE) & (
        (EnrolledStep.due_on == "") | (EnrolledStep.done_on <= EnrolledStep.due_on)
    )


def _steps(reader: Reader, version_id: int, as_of: date) -> tuple[int, int, int, int]:
    def sum_of(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    row = reader.one(
        select(
            sum_of(due_when(as_of)),
            sum_of(EnrolledStep.state == DONE),
            sum_of(in_time()),
            sum_of(EnrolledStep.state == SKIPPED),
        )
        .join(SequenceEnrolment, SequenceEnrolment.id == EnrolledStep.enrolment_id)
        .where(
            SequenceEnrolment.version_id == version_id,
            SequenceEnrolment.deleted_at == 0,
            EnrolledStep.deleted_at == 0,
        )
    )
    return (0, 0, 0, 0) if row is None else (row[0], row[1], row[2], row[3])


def _conversions(reader: Reader, version: VersionView, as_of: date) -> tuple[int, int, int]:
    chosen = (
        select(SequenceEnrolment.started_on, CustomerFact.first_sign_on)
        .join(CustomerFact, CustomerFact.customer_id == SequenceEnrolment.customer_id)
        .where(
            SequenceEnrolment.version_id == version.id,
            SequenceEnrolment.deleted_at == 0,
            SequenceEnrolment.started_on <= as_of.isoformat(),
        )
    )
    enrolled = mature = converted = 0
    for started, signed in reader.rows(chosen):
        enrolled += 1
        if started is None or (as_of - started).days < version.window_days:
            continue
        mature += 1
        if signed:
            days = (date.fromisoformat(signed) - started).days
            converted += 0 <= days <= version.window_days
    return enrolled, mature, converted
