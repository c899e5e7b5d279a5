"""Bring enrolments on with what is written: a rule before commit (docs/adr/0003).

What closes the next step of a sequence closes its step; what a step asks for fulfils it
wherever it was written; what the step names as an exit ends the enrolment. Customers that
come to fit a sequence with its own rule are enrolled.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.models.store.idlist import among, among_bound
from app.models.store.statements import prepared
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, StageMove
from app.models.tables.deals import Contract
from app.models.tables.features import FeatureValue
from app.models.tables.followups import FollowUp, NextStep
from app.models.tables.radar import RadarItem
from app.models.tables.sequences import (
    ActionSequence,
    EnrolledStep,
    SequenceEnrolment,
    SequenceVersion,
)
from app.models.values.actions import Direction, Outcome, counts_for_kpi
from app.models.values.calibration import Quality
from app.models.values.deals import EFFECTIVE
from app.models.values.sequences import STAGE_DEEDS, Deed, Exit, is_of
from app.services.customers import heads
from app.services.sequences import enrolling
from app.services.sequences.enrolling import (
    DONE,
    LEFT,
    RUNNING,
    SHORT,
    SKIPPED,
    Course,
    Place,
)
from app.services.sequences.reading import read_sequences

if TYPE_CHECKING:
    from app.models.store.unit import RowChange, Unit
    from app.services.sequences.drafts import SequenceView

_FEEDS = (NextStep, FollowUp, CalibrationEvent, RadarItem, StageMove, Contract, FeatureValue)
_TURNS = (Customer, CalibrationEvent, StageMove)
"""What can make a customer fit a sequence."""

Written = Mapping[type[Any], Sequence["RowChange"]]


def keep_sequences(unit: Unit) -> None:
    """Bring the enrolments of the customers this unit wrote about up to date."""
    written: defaultdict[int, dict[type[Any], list[RowChange]]] = defaultdict(dict)
    for change in unit.trail:
        if change.entity in _FEEDS or change.entity is Customer:
            for customer_id in change.customer_ids:
                written[customer_id].setdefault(change.entity, []).append(change)
    if not written:
        return
    moved = _bring_on(unit, written) | _enrol_fitting(unit, written)
    if moved:
        heads.refresh(unit, moved, frozenset({"steps"}))


_RUNNING_AT = prepared(
    SequenceEnrolment.__table__,
    select(SequenceEnrolment.id)
    .where(
        among_bound(SequenceEnrolment.customer_id, "ids_json"),
        SequenceEnrolment.state == RUNNING,
        SequenceEnrolment.deleted_at == 0,
    )
    .limit(1),
)


def _bring_on(unit: Unit, written: Mapping[int, Written]) -> set[int]:
    """Bring running enrolments on; return the customers whose next steps may differ."""
    fed = [one for one, changes in written.items() if any(kind in changes for kind in _FEEDS)]
    if not fed or not unit.prepared_rows(_RUNNING_AT, {"ids_json": json.dumps(fed)}):
        return set()
    here = among(SequenceEnrolment.customer_id, fed) & (SequenceEnrolment.state == RUNNING)
    moved = set()
    for course in enrolling.courses(unit, here):
        place = course.open()
        _fill_short(unit, course)
        if place is not None and _move(unit, course, place, written[course.customer_id]):
            moved.add(course.customer_id)
    return moved


def _fill_short(unit: Unit, course: Course) -> None:
    """Let a step count as done once the features it lacked are known."""
    for place in course.places:
        if place.state == SHORT and not enrolling.lacking(unit, course.customer_id, place.rule):
            place.state = DONE
            unit.change(EnrolledStep, place.id, state=DONE)


def _move(unit: Unit, course: Course, place: Place, changes: Written) -> bool:
    """Close the open step if something closes it; tell whether anything moved."""
    leaving = _exit(place, changes)
    if leaving and not (leaving == Exit.signed and place.rule.deed == Deed.sign):
        enrolling.end(unit, course, LEFT, str(leaving))
        return True
    stored = unit.stored(NextStep, place.next_step_id)
    if stored is None or stored["deleted_at"] or stored["state"] == "cancelled":
        enrolling.settle(unit, place, SKIPPED)
    elif stored["state"] == "postponed":
        return _follow_postponed(unit, place, changes)
    elif stored["state"] == "done":
        _answer(unit, course, place, int(stored["done_followup_id"]))
    else:
        fitting = _fitting(place, changes)
        if fitting is None:
            return False
        followup_id = fitting.row_id if fitting.entity is FollowUp else 0
        unit.change(
            NextStep, place.next_step_id, state="done", done_at=unit.now,
            done_followup_id=followup_id,
        )  # fmt: skip
        _answer(unit, course, place, followup_id)
    enrolling.go_on(unit, course)
    return True


def _follow_postponed(unit: Unit, place: Place, changes: Written) -> bool:
    for change in changes.get(NextStep, ()):
        if change.after and change.after.get("postponed_from_id") == place.next_step_id:
            place.next_step_id = change.row_id
            unit.change(EnrolledStep, place.id, next_step_id=change.row_id)
    return False


def _answer(unit: Unit, course: Course, place: Place, followup_id: int) -> None:
    """Settle the step by the follow-up that answers it, or try again when it was in vain."""
    place.attempts += 1
    wanted, rule = place.rule.outcome, place.rule
    answer = enrolling.followup_of(unit, followup_id)
    vain = bool(wanted) and answer is not None and not _came_to(wanted, answer)
    if vain and (not rule.attempts or place.attempts < rule.attempts):
        enrolling.try_again(unit, course, place)
        return
    if vain:
        state = SKIPPED
    else:
        state = SHORT if enrolling.lacking(unit, course.customer_id, rule) else DONE
    enrolling.settle(unit, place, state, followup_id)


def _came_to(wanted: str, row: Mapping[str, Any]) -> bool:
    """Tell whether a follow-up came to what a step asks for.

    A contact that counts and says nothing of its outcome was written by hand: somebody was
    reached. What comes in is a reply.
    """
    if wanted == Outcome.connected and not row["outcome"]:
        return bool(row["counts"])
    return row["outcome"] == wanted or (wanted == Outcome.replied and _is_reply(row))


def _added(changes: Written, entity: type[Any]) -> Iterable[RowChange]:
    return (one for one in changes.get(entity, ()) if one.before is None and one.after)


def _exit(place: Place, changes: Written) -> Exit | None:
    """Return the exit of a step that was met, None without one."""
    met = {
        Exit.signed: lambda: any(_is_signed(one) for one in changes.get(Contract, ())),
        Exit.worthless: lambda: any(
            (one.after or {}).get("field") == "quality"
            and (one.after or {}).get("new") == Quality.worthless
            for one in _added(changes, CalibrationEvent)
        ),
        Exit.replied: lambda: any(_is_reply(one.after or {}) for one in _added(changes, FollowUp)),
        Exit.refused: lambda: any(
            (one.after or {}).get("outcome") == Outcome.rejected
            for one in _added(changes, FollowUp)
        ),
    }
    return next((one for one in Exit if one in place.rule.exits and met[one]()), None)


def _is_signed(change: RowChange) -> bool:
    """Tell whether a contract has come to be in effect, or to this customer, just now."""
    before, after = change.before, change.after
    if after is None or not _in_effect(after):
        return False
    return before is None or not _in_effect(before) or _moved_over(before, after)


def _in_effect(row: Mapping[str, Any]) -> bool:
    return row["status"] in EFFECTIVE and bool(row["signed_on"]) and not row["deleted_at"]


def _moved_over(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return bool(before["customer_id"] != after["customer_id"])


def _is_reply(row: Mapping[str, Any]) -> bool:
    return row.get("direction") == Direction.incoming or row.get("outcome") == Outcome.replied


def _fitting(place: Place, changes: Written) -> RowChange | None:
    """Return what was written that fulfils a step, None without anything."""
    deed = place.rule.deed
    if deed == Deed.sign:
        return next((one for one in changes.get(Contract, ()) if _is_signed(one)), None)
    if deed == Deed.radar:
        return next(iter(_added(changes, RadarItem)), None)
    if deed == Deed.calibrate:
        return next(iter(_added(changes, CalibrationEvent)), None)
    if deed in STAGE_DEEDS:
        reached = (
            one
            for one in _added(changes, StageMove)
            if (one.after or {}).get("to_position", 0) >= STAGE_DEEDS[Deed(deed)]
        )
        return next(reached, None)
    return next((one for one in _added(changes, FollowUp) if _fits(deed, one.after or {})), None)


def _fits(deed: str, row: Mapping[str, Any]) -> bool:
    channel = str(row.get("channel", ""))
    counted = counts_for_kpi(channel, str(row.get("outcome") or ""), row.get("duration_s"))
    return counted and is_of(deed, channel)


def _enrol_fitting(unit: Unit, written: Mapping[int, Written]) -> set[int]:
    """Enrol the customers that have come to fit a sequence with its own rule."""
    turned = [one for one, changes in written.items() if any(kind in changes for kind in _TURNS)]
    if not turned:
        return set()
    asking = select(ActionSequence.id).where(
        ActionSequence.auto_from != "",
        ActionSequence.archived.is_(False),
        ActionSequence.deleted_at == 0,
    )
    if unit.one(asking) is None:
        return set()
    moved = set()
    for sequence in (one for one in read_sequences(unit) if one.auto):
        for customer_id in fitting(unit, sequence, turned):
            if enrolling.enrol(unit, customer_id, sequence, by_rule=True):
                moved.add(customer_id)
    return moved


def fitting(unit: Unit, sequence: SequenceView, among_ids: Iterable[int]) -> list[int]:
    """Return those of some customers whom the rule of a sequence enrols now.

    Prospects created since the rule holds that were never enrolled in this sequence.
    """
    been = (
        select(SequenceEnrolment.customer_id)
        .join(SequenceVersion, SequenceVersion.id == SequenceEnrolment.version_id)
        .where(SequenceVersion.sequence_id == sequence.id, SequenceEnrolment.deleted_at == 0)
    )
    chosen = select(
        Customer.id,
        Customer.kind,
        Customer.industry,
        Customer.grade,
        Customer.source,
        Customer.stage_position,
    ).where(
        among(Customer.id, among_ids),
        Customer.deleted_at == 0,
        Customer.historic.is_(False),
        Customer.trial.is_(False),
        Customer.life == "prospect",
        Customer.created_on >= sequence.auto_from,
        Customer.id.not_in(been),
    )
    applies = sequence.current.applies
    return [row[0] for row in unit.rows(chosen) if applies.fits(*row[1:])]
