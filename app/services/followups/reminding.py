"""Reminders of next steps: what calls now, what was missed, and what is put off for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, delete, func, select

from app.models.tables.customers import Customer
from app.models.tables.followups import NextStep, Reminder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models.store.reader import Reader
    from app.models.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Call:
    """One step that calls for attention since the instant ``due_at`` (ms)."""

    step_id: int
    customer_id: int
    customer: str
    plan_kind: str
    what: str
    window_start: int
    window_end: int
    has_clock: bool
    due_at: int


_DUE_AT = case((func.coalesce(Reminder.due_at, 0) > 0, Reminder.due_at), else_=NextStep.remind_at)
_NOT_SHOWN = func.coalesce(Reminder.shown_at, 0) < _DUE_AT


def read_calls(reader: Reader, staff_id: int, now: int) -> tuple[Call, ...]:
    """Return the open steps of a person whose reminder has come and was not seen, oldest first."""
    mine = and_(Reminder.step_id == NextStep.id, Reminder.staff_id == staff_id)
    chosen = (
        select(
            NextStep.id,
            NextStep.customer_id,
            func.coalesce(func.nullif(Customer.short_name, ""), Customer.name),
            NextStep.plan_kind,
            NextStep.what,
            NextStep.window_start,
            NextStep.window_end,
            NextStep.has_clock,
            _DUE_AT,
        )
        .join(Customer, Customer.id == NextStep.customer_id)
        .outerjoin(Reminder, mine)
        .where(
            NextStep.staff_id == staff_id,
            NextStep.state == "open",
            NextStep.deleted_at == 0,
            Customer.deleted_at == 0,
            _DUE_AT > 0,
            now >= _DUE_AT,
            _NOT_SHOWN,
        )
        .order_by(_DUE_AT, NextStep.id)
    )
    return tuple(Call(*row) for row in reader.rows(chosen))


def seen(unit: Unit, step_ids: Sequence[int]) -> None:
    """Note that the person has seen the reminders of these steps."""
    _note(unit, step_ids, due_at=0, shown_at=unit.now)


def snooze(unit: Unit, step_ids: Sequence[int], until: int) -> None:
    """Let these steps call again at a later instant; the steps themselves stay as they are."""
    _note(unit, step_ids, due_at=until, shown_at=0)


def _note(unit: Unit, step_ids: Sequence[int], *, due_at: int, shown_at: int) -> None:
    mine = (Reminder.staff_id == unit.staff_id, Reminder.step_id.in_(tuple(step_ids)))
    unit.run(delete(Reminder).where(*mine))
    for step_id in step_ids:
        unit.add(
            Reminder, step_id=step_id, staff_id=unit.staff_id, due_at=due_at, shown_at=shown_at
        )
