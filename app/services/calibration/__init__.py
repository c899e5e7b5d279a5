"""价值标定: quality, grade, amount, date and key nodes, as events with history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.i18n import N_
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer
from app.models.tables.staff import Staff
from app.services.calibration.story import Turn, story_of
from app.services.customers import stages

if TYPE_CHECKING:
    from app.models.store.unit import Unit
    from app.services.context import Context
    from app.services.customers.bulk import Bulk, Chosen, Done
    from app.services.jobs import Progress

NODE = "key_node"
_NEED_NODE = "需求确认"


@dataclass(frozen=True, slots=True)
class CalibrationDraft:
    """Calibrated fields to set; None leaves a field as it is.

    ``expected_fen`` -1 clears the amount, ``forget_day`` the day; ``nodes`` are key nodes
    to mark today. ``expected_on`` is the last day of a window that begins on ``expected_from``
    and was told by ``expected_label``; a plain day has neither.
    """

    quality: str | None = None
    grade: str | None = None
    expected_fen: int | None = None
    expected_on: date | None = None
    expected_label: str = ""
    expected_from: date | None = None
    forget_day: bool = False
    nodes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CalibrationChange:
    """One change in a customer's calibration history, newest first."""

    id: int
    at: int
    on: date | None
    staff: str
    field: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class NodeMark:
    """A key node marked at a customer and its day."""

    name: str
    on: date | None


def calibrate(unit: Unit, customer_id: int, draft: CalibrationDraft, followup_id: int = 0) -> None:
    """Write one event for every field that differs from what is known."""
    known = unit.stored(Customer, customer_id) or {}
    for field, value in _wanted(draft):
        old = _as_text(known.get(field))
        if old != value:
            _add_event(unit, customer_id, field, old, value, draft.reason, followup_id)
    marked = {mark.name for mark in _marks(unit, customer_id)} if draft.nodes else set()
    for node in draft.nodes:
        if node not in marked:
            _add_event(unit, customer_id, NODE, "", node, draft.reason, followup_id)
    if _NEED_NODE in draft.nodes:
        stages.advance_to(unit, customer_id, stages.NEED, reason=N_("标了需求确认"))


def _wanted(draft: CalibrationDraft) -> list[tuple[str, str]]:
    wanted: list[tuple[str, str]] = []
    for field in ("quality", "grade"):
        value = getattr(draft, field)
        if value is not None:
            wanted.append((field, str(value)))
    if draft.expected_fen is not None:
        wanted.append(("expected_fen", str(draft.expected_fen)))
    if draft.forget_day:
        wanted += [(field, "") for field in ("expected_from", "expected_to", "expected_label")]
    elif draft.expected_on is not None:
        begins = draft.expected_from or draft.expected_on
        wanted.append(("expected_from", begins.isoformat()))
        wanted.append(("expected_to", draft.expected_on.isoformat()))
        wanted.append(("expected_label", draft.expected_label))
    return wanted


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _add_event(
    unit: Unit, customer_id: int, field: str, old: str, new: str, reason: str, followup_id: int
) -> None:
    unit.add(
        CalibrationEvent,
        customer_id=customer_id,
        at=unit.now,
        on=unit.today,
        staff_id=unit.staff_id,
        field=field,
        old=old,
        new=new,
        reason=reason,
        followup_id=followup_id,
    )


def _marks(reader: Any, customer_id: int) -> list[NodeMark]:
    chosen = select(CalibrationEvent.new, CalibrationEvent.on).where(
        CalibrationEvent.customer_id == customer_id,
        CalibrationEvent.field == NODE,
        CalibrationEvent.deleted_at == 0,
    )
    return [NodeMark(*row) for row in reader.rows(chosen.order_by(CalibrationEvent.at))]


class Calibration:
    """Calibrate a customer and read the history of it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save(self, customer_id: int, draft: CalibrationDraft) -> None:
        """Write the calibration of a customer."""
        self._context.require("write")
        with self._context.write(N_("标定价值")) as unit:
            calibrate(unit, customer_id, draft)

    def save_many(
        self, bulk: Bulk, chosen: Chosen, draft: CalibrationDraft, progress: Progress
    ) -> Done:
        """Write the same calibration at many customers."""

        def act(unit: Unit, customer_id: int) -> None:
            calibrate(unit, customer_id, draft)

        return bulk.write(N_("标定价值"), chosen, act, progress)

    def unmark_node(self, customer_id: int, name: str) -> None:
        """Take back a key node mark."""
        self._context.require("write")
        chosen = select(CalibrationEvent.id).where(
            CalibrationEvent.customer_id == customer_id,
            CalibrationEvent.field == NODE,
            CalibrationEvent.new == name,
            CalibrationEvent.deleted_at == 0,
        )
        with self._context.write(N_("取消节点")) as unit:
            for (event_id,) in unit.rows(chosen):
                unit.remove(CalibrationEvent, event_id)

    def nodes(self, customer_id: int) -> list[NodeMark]:
        """Return the key nodes marked at a customer in order of time."""
        with self._context.read() as reader:
            return _marks(reader, customer_id)

    def story(self, customer_id: int) -> list[Turn]:
        """Return every change of value and stage with its evidence, newest first."""
        with self._context.read() as reader:
            return story_of(reader, customer_id)

    def history(self, customer_id: int, limit: int = 100) -> list[CalibrationChange]:
        """Return the changes of a customer's calibration, newest first."""
        chosen = (
            select(
                CalibrationEvent.id,
                CalibrationEvent.at,
                CalibrationEvent.on,
                Staff.name,
                CalibrationEvent.field,
                CalibrationEvent.old,
                CalibrationEvent.new,
                CalibrationEvent.reason,
            )
            .outerjoin(Staff, Staff.id == CalibrationEvent.staff_id)
            .where(CalibrationEvent.customer_id == customer_id, CalibrationEvent.deleted_at == 0)
            .order_by(CalibrationEvent.at.desc(), CalibrationEvent.id.desc())
            .limit(limit)
        )
        with self._context.read() as reader:
            return [CalibrationChange(*row) for row in reader.rows(chosen)]
