"""How customers stand in their sequences, and what the step due now asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.models.tables.features import FeatureField
from app.models.tables.sequences import (
    ActionSequence,
    EnrolledStep,
    SequenceEnrolment,
    SequenceVersion,
)
from app.services.sequences.drafts import EnrolledStepView, EnrolmentView, TalkTrack
from app.services.sequences.enrolling import OPEN, RUNNING, WAITING
from app.services.sequences.reading import rules_of

if TYPE_CHECKING:
    from app.models.store.reader import Reader


def read_enrolments(reader: Reader, customer_id: int) -> list[EnrolmentView]:
    """Return a customer's enrolments with their steps, the newest first."""
    chosen = (
        select(
            SequenceEnrolment.id,
            SequenceEnrolment.version_id,
            ActionSequence.id,
            ActionSequence.name,
            SequenceVersion.number,
            ActionSequence.trial_version_id,
            SequenceEnrolment.started_on,
            SequenceEnrolment.state,
            SequenceEnrolment.ended_on,
            SequenceEnrolment.reason,
            SequenceEnrolment.by_rule,
        )
        .join(SequenceVersion, SequenceVersion.id == SequenceEnrolment.version_id)
        .join(ActionSequence, ActionSequence.id == SequenceVersion.sequence_id)
        .where(SequenceEnrolment.customer_id == customer_id, SequenceEnrolment.deleted_at == 0)
        .order_by(SequenceEnrolment.started_on.desc(), SequenceEnrolment.id.desc())
    )
    return [_view(reader, customer_id, row) for row in reader.rows(chosen)]


def _view(reader: Reader, customer_id: int, row: Any) -> EnrolmentView:
    return EnrolmentView(
        id=row[0],
        customer_id=customer_id,
        sequence_id=row[2],
        sequence=row[3],
        number=row[4],
        trial=row[5] == row[1],
        started_on=row[6],
        state=row[7],
        ended_on=row[8],
        reason=row[9],
        by_rule=bool(row[10]),
        steps=_steps(reader, row[0], row[1]),
    )


def _steps(reader: Reader, enrolment_id: int, version_id: int) -> tuple[EnrolledStepView, ...]:
    rules = dict(rules_of(reader, (version_id,)).get(version_id, ()))
    chosen = (
        select(
            EnrolledStep.id,
            EnrolledStep.step_id,
            EnrolledStep.state,
            EnrolledStep.planned_on,
            EnrolledStep.due_on,
            EnrolledStep.done_on,
            EnrolledStep.attempts,
            EnrolledStep.next_step_id,
        )
        .where(EnrolledStep.enrolment_id == enrolment_id, EnrolledStep.deleted_at == 0)
        .order_by(EnrolledStep.position)
    )
    return tuple(EnrolledStepView(row[0], rules[row[1]], *row[2:]) for row in reader.rows(chosen))


def goes_on(reader: Reader, customer_id: int) -> bool:
    """Tell whether a running sequence of the customer has a step still to come."""
    chosen = (
        select(EnrolledStep.id)
        .join(SequenceEnrolment, SequenceEnrolment.id == EnrolledStep.enrolment_id)
        .where(
            SequenceEnrolment.customer_id == customer_id,
            SequenceEnrolment.state == RUNNING,
            SequenceEnrolment.deleted_at == 0,
            EnrolledStep.state == WAITING,
        )
    )
    return reader.one(chosen.limit(1)) is not None


def _talk(next_step_id: int) -> Any:
    return (
        select(
            EnrolledStep.step_id,
            EnrolledStep.position,
            EnrolledStep.attempts,
            SequenceVersion.id,
            SequenceVersion.number,
            ActionSequence.name,
        )
        .join(SequenceEnrolment, SequenceEnrolment.id == EnrolledStep.enrolment_id)
        .join(SequenceVersion, SequenceVersion.id == SequenceEnrolment.version_id)
        .join(ActionSequence, ActionSequence.id == SequenceVersion.sequence_id)
        .where(
            EnrolledStep.next_step_id == next_step_id,
            EnrolledStep.next_step_id != 0,
            EnrolledStep.state == OPEN,
            EnrolledStep.deleted_at == 0,
        )
    )


def read_talk(reader: Reader, next_step_id: int) -> TalkTrack | None:
    """Return what a next step asks for as a step of its sequence, None for one of none."""
    row = reader.one(_talk(next_step_id)) if next_step_id else None
    if row is None:
        return None
    step_id, position, attempts, version_id, number, name = row
    steps = rules_of(reader, (version_id,))[version_id]
    rule = dict(steps)[step_id]
    return TalkTrack(
        sequence=name,
        number=number,
        place=position + 1,
        count=len(steps),
        name=rule.name,
        deed=rule.deed,
        talk=rule.talk,
        features=_feature_names(reader, rule.features),
        outcome=rule.outcome,
        attempts=attempts,
        most_attempts=rule.attempts,
    )


def _feature_names(reader: Reader, ids: tuple[int, ...]) -> tuple[str, ...]:
    if not ids:
        return ()
    chosen = select(FeatureField.id, FeatureField.label).where(
        FeatureField.id.in_(ids), FeatureField.deleted_at == 0
    )
    names = {row[0]: row[1] for row in reader.rows(chosen)}
    return tuple(names[one] for one in ids if one in names)
