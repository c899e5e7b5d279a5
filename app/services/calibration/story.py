"""How a customer's value came about: every change of 三一客 and stage, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import StageMove
from app.models.tables.followups import FollowUp
from app.models.tables.staff import Staff

if TYPE_CHECKING:
    from app.models.store.reader import Reader

STAGE = "stage"
_EVIDENCE_MOST = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """One change: of which field, from what to what, by whom, why, and what showed it.

    ``source`` is manual, auto, import or merge; ``evidence`` the begin of the follow-up.
    """

    id: int
    at: int
    on: date | None
    staff: str
    field: str
    old: str
    new: str
    reason: str
    source: str
    evidence: str


def story_of(reader: Reader, customer_id: int, limit: int = 200) -> list[Turn]:
    """Return the changes of a customer's value and stage, newest first."""
    evidence = func.substr(func.coalesce(FollowUp.content, ""), 1, _EVIDENCE_MOST)
    person = func.coalesce(Staff.name, "")
    event, move = CalibrationEvent, StageMove
    rated = (
        select(event.id, event.at, event.on, person, event.field, event.old, event.new,
               event.reason, event.source, evidence)
        .outerjoin(Staff, Staff.id == event.staff_id)
        .outerjoin(FollowUp, FollowUp.id == event.followup_id)
        .where(event.customer_id == customer_id, event.deleted_at == 0)
    )  # fmt: skip
    moved = (
        select(move.id, move.at, move.on, person, move.from_position, move.to_position,
               move.reason, move.source, evidence)
        .outerjoin(Staff, Staff.id == move.staff_id)
        .outerjoin(FollowUp, FollowUp.id == move.followup_id)
        .where(move.customer_id == customer_id, move.deleted_at == 0)
    )  # fmt: skip
    found = [Turn(*row) for row in reader.rows(rated.order_by(event.at.desc()).limit(limit))]
    found += [
        Turn(
            row[0], row[1], row[2], row[3], STAGE, str(row[4]), str(row[5]), row[6], row[7], row[8]
        )
        for row in reader.rows(moved.order_by(move.at.desc()).limit(limit))
    ]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:limit]
