"""Customers that go through a sequence: enrolled, brought from step to step, and out again.

One step of an enrolment is open at a time; a next step stands for it on Today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, StageMove
from app.models.tables.features import FeatureValue
from app.models.tables.followups import FollowUp, NextStep
from app.models.tables.radar import RadarItem
from app.models.tables.sequences import EnrolledStep, SequenceEnrolment, SequenceVersion
from app.models.values import dates
from app.models.values.nextstep import Bucket
from app.models.values.sequences import STAGE_DEEDS, Deed, StepRule, due_on, planned_on
from app.services.sequences.reading import rules_of
from app.services.sequences.working import add_workdays

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit
    from app.services.sequences.drafts import SequenceView, VersionView

RUNNING, FINISHED, LEFT = "running", "finished", "left"
WAITING, OPEN, DONE, SHORT, SKIPPED = "waiting", "open", "done", "short", "skipped"
STOPPED = "stopped"
"""Why an enrolment ended when a person took the customer out."""


@dataclass(slots=True)
class Place:
    """One step at one enrolment while it is written."""

    id: int
    rule: StepRule
    state: str
    done_on: date | None
    attempts: int
    next_step_id: int


@dataclass(slots=True)
class Course:
    """An enrolment with its steps in order, while it is written."""

    id: int
    customer_id: int
    staff_id: int
    started_on: date
    places: list[Place]

    def open(self) -> Place | None:
        """Return the step that is open now."""
        return next((one for one in self.places if one.state == OPEN), None)


def enrol(unit: Unit, customer_id: int, sequence: SequenceView, *, by_rule: bool = False) -> int:
    """Begin a sequence at a customer and open its first step; return the enrolment, 0 if it runs.

    While a version is on trial, it and the present one take turns.
    """
    if _runs(unit, customer_id, sequence.id):
        return 0
    owner = unit.one(
        select(Customer.owner_id, Customer.deleted_at).where(Customer.id == customer_id)
    )
    if owner is None or owner[1]:
        raise UserError(
            "customer_gone",
            N_("这家客户已经不在了，没有加入序列"),
            advice=N_("从回收站恢复客户再加入"),
        )
    version = _whose_turn(unit, sequence)
    staff_id = owner[0] or unit.staff_id
    enrolment_id = unit.add(
        SequenceEnrolment,
        customer_id=customer_id,
        version_id=version.id,
        staff_id=staff_id,
        started_on=unit.today,
        by_rule=by_rule,
    )
    steps = list(zip(version.step_ids, version.steps, strict=True))
    places = [
        Place(
            unit.add(EnrolledStep, enrolment_id=enrolment_id, step_id=step_id, position=at),
            rule, WAITING, None, 0, 0,
        )
        for at, (step_id, rule) in enumerate(steps)
    ]  # fmt: skip
    go_on(unit, Course(enrolment_id, customer_id, staff_id, unit.today, places))
    return enrolment_id


def _runs(reader: Reader, customer_id: int, sequence_id: int) -> bool:
    running = (
        select(SequenceEnrolment.id)
        .join(SequenceVersion, SequenceVersion.id == SequenceEnrolment.version_id)
        .where(
            SequenceEnrolment.customer_id == customer_id,
            SequenceEnrolment.state == RUNNING,
            SequenceEnrolment.deleted_at == 0,
            SequenceVersion.sequence_id == sequence_id,
        )
    )
    return reader.one(running) is not None


def _whose_turn(reader: Reader, sequence: SequenceView) -> VersionView:
    """Return the version with fewer enrolments since the trial began, the present one first."""
    trial = sequence.trial
    if trial is None:
        return sequence.current
    taken = select(SequenceEnrolment.version_id, func.count()).where(
        SequenceEnrolment.version_id.in_((sequence.current.id, trial.id)),
        SequenceEnrolment.created_at >= trial.made_at,
        SequenceEnrolment.deleted_at == 0,
    )
    counts: dict[Any, Any] = {
        row[0]: row[1] for row in reader.rows(taken.group_by(SequenceEnrolment.version_id))
    }
    behind = counts.get(trial.id, 0) < counts.get(sequence.current.id, 0)
    return trial if behind else sequence.current


def go_on(unit: Unit, course: Course) -> None:
    """Open the next step that waits; one whose evidence is there is done. End after the last."""
    previous = course.started_on
    for place in course.places:
        if place.state == OPEN:
            return
        if place.state != WAITING:
            previous = place.done_on or previous
            continue
        if _shown_already(unit, course.customer_id, place.rule.deed):
            settle(unit, place, DONE)
            previous = unit.today
            continue
        _open(unit, course, place, previous)
        return
    end(unit, course, FINISHED, "")


def _open(unit: Unit, course: Course, place: Place, previous: date) -> None:
    rule = place.rule
    planned = planned_on(rule, course.started_on, previous, add_workdays) or unit.today
    first = max(planned, unit.today)
    last = due_on(rule, first, add_workdays)
    place.state = OPEN
    place.next_step_id = _next_step(unit, course, rule, (first, last))
    unit.change(
        EnrolledStep,
        place.id,
        state=OPEN,
        planned_on=first,
        due_on=last,
        next_step_id=place.next_step_id,
    )


def try_again(unit: Unit, course: Course, place: Place) -> None:
    """Open the same step once more after a vain attempt, on the next working day."""
    day = add_workdays(unit.today, 1)
    place.next_step_id = _next_step(unit, course, place.rule, (day, day))
    unit.change(EnrolledStep, place.id, attempts=place.attempts, next_step_id=place.next_step_id)


def _next_step(unit: Unit, course: Course, rule: StepRule, days: tuple[date, date]) -> int:
    from app.services.admin import read_settings

    settings = read_settings(unit)
    zone, hours = dates.zone(settings.zone), settings.hours()
    start = dates.at_local(days[0], hours.day_start, zone)
    end = dates.at_local(days[1], hours.day_end, zone)
    if end <= unit.now:
        end = dates.day_window(days[1], zone)[1]
    return unit.add(
        NextStep,
        customer_id=course.customer_id,
        staff_id=course.staff_id,
        bucket=str(Bucket.date),
        anchor_at=unit.now,
        window_start=start,
        window_end=end,
        plan_kind=rule.plan_kind,
        what=rule.name,
    )


_EVIDENCE: dict[str, Any] = {
    Deed.radar: lambda customer_id: select(RadarItem.id).where(
        RadarItem.customer_id == customer_id, RadarItem.deleted_at == 0
    ),
    Deed.calibrate: lambda customer_id: select(CalibrationEvent.id).where(
        CalibrationEvent.customer_id == customer_id, CalibrationEvent.deleted_at == 0
    ),
    Deed.need: lambda customer_id: _moved(customer_id, Deed.need),
    Deed.quote: lambda customer_id: _moved(customer_id, Deed.quote),
}


def _moved(customer_id: int, deed: Deed) -> Any:
    return select(StageMove.id).where(
        StageMove.customer_id == customer_id,
        StageMove.to_position >= STAGE_DEEDS[deed],
        StageMove.deleted_at == 0,
    )


def _shown_already(reader: Reader, customer_id: int, deed: str) -> bool:
    chosen = _EVIDENCE.get(deed)
    return chosen is not None and reader.one(chosen(customer_id).limit(1)) is not None


def settle(unit: Unit, place: Place, state: str, followup_id: int = 0) -> None:
    """Close a step as done, short of features, or skipped."""
    place.state, place.done_on = state, unit.today
    unit.change(
        EnrolledStep, place.id, state=state, done_on=unit.today,
        attempts=place.attempts, followup_id=followup_id,
    )  # fmt: skip


def lacking(reader: Reader, customer_id: int, rule: StepRule) -> set[int]:
    """Return the features a step asks for that are not known at the customer."""
    if not rule.features:
        return set()
    known = select(FeatureValue.field_id).where(
        FeatureValue.customer_id == customer_id,
        FeatureValue.field_id.in_(rule.features),
        FeatureValue.deleted_at == 0,
    )
    return set(rule.features) - {row[0] for row in reader.rows(known)}


def end(unit: Unit, course: Course, state: str, reason: str) -> None:
    """End an enrolment; the next step that stood for it is called off."""
    here = course.open()
    if here is not None:
        stored = unit.stored(NextStep, here.next_step_id)
        if stored is not None and stored["state"] == "open" and not stored["deleted_at"]:
            unit.change(
                NextStep, here.next_step_id, state="cancelled", reason=reason, done_at=unit.now
            )
        settle(unit, here, SKIPPED)
    unit.change(SequenceEnrolment, course.id, state=state, reason=reason, ended_on=unit.today)


def courses(reader: Reader, where: Any) -> list[Course]:
    """Return the enrolments that a condition chooses, with their steps."""
    chosen = select(
        SequenceEnrolment.id,
        SequenceEnrolment.customer_id,
        SequenceEnrolment.staff_id,
        SequenceEnrolment.started_on,
        SequenceEnrolment.version_id,
    ).where(where, SequenceEnrolment.deleted_at == 0)
    rows = reader.rows(chosen)
    if not rows:
        return []
    rules = {
        step_id: rule
        for steps in rules_of(reader, {row[4] for row in rows}).values()
        for step_id, rule in steps
    }
    places = _places(reader, [row[0] for row in rows], rules)
    return [
        Course(row[0], row[1], row[2], row[3] or date.min, places.get(row[0], [])) for row in rows
    ]


def _places(
    reader: Reader, enrolment_ids: list[int], rules: dict[int, StepRule]
) -> dict[int, list[Place]]:
    from app.models.store.idlist import among

    chosen = (
        select(
            EnrolledStep.enrolment_id,
            EnrolledStep.id,
            EnrolledStep.step_id,
            EnrolledStep.state,
            EnrolledStep.done_on,
            EnrolledStep.attempts,
            EnrolledStep.next_step_id,
        )
        .where(among(EnrolledStep.enrolment_id, enrolment_ids), EnrolledStep.deleted_at == 0)
        .order_by(EnrolledStep.enrolment_id, EnrolledStep.position)
    )
    found: dict[int, list[Place]] = {}
    for enrolment_id, row_id, step_id, state, done_on, attempts, next_id in reader.rows(chosen):
        place = Place(row_id, rules[step_id], state, done_on, attempts, next_id)
        found.setdefault(enrolment_id, []).append(place)
    return found


def stop(unit: Unit, enrolment_id: int) -> None:
    """Take a customer out of a sequence by hand."""
    found = courses(
        unit, (SequenceEnrolment.id == enrolment_id) & (SequenceEnrolment.state == RUNNING)
    )
    if not found:
        raise UserError(
            "not_enrolled", N_("这家客户已经不在这个序列里"), advice=N_("刷新再看，没有改动")
        )
    end(unit, found[0], LEFT, STOPPED)


def followup_of(reader: Reader, followup_id: int) -> dict[str, Any] | None:
    """Return a follow-up as stored, None when there is none."""
    return reader.stored(FollowUp, followup_id) if followup_id else None
