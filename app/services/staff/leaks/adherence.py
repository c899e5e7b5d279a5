"""动作序列符合度: steps of sequences done in time / steps due (product.md 1.7, 2.8.11).

A step is due on its last day; it counts for whom the enrolment belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.sequences import EnrolledStep, SequenceEnrolment
from app.services.sequences.comparing import due_when, in_time
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit


def _read(reader: Reader, days: LeakDays) -> Sequence[Case]:
    last = min(days.last, days.as_of).isoformat()
    chosen = (
        select(
            SequenceEnrolment.staff_id,
            SequenceEnrolment.customer_id,
            EnrolledStep.due_on,
            in_time(),
        )
        .join(SequenceEnrolment, SequenceEnrolment.id == EnrolledStep.enrolment_id)
        .where(
            EnrolledStep.due_on >= days.first.isoformat(),
            EnrolledStep.due_on <= last,
            due_when(days.as_of),
            EnrolledStep.deleted_at == 0,
            SequenceEnrolment.deleted_at == 0,
        )
    )
    return [Case(row[0], row[1], row[2], float(row[3])) for row in reader.rows(chosen)]


LEAKS = [
    Leak(
        name="sequence_adherence",
        label=N_("动作序列符合度"),
        formula=N_("按时做完的到期步骤 ÷ 到期步骤"),
        unit=LeakUnit.rate,
        place=110,
        read=_read,
    )
]
