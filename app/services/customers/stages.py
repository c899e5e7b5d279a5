"""The stage path: moved by evidence, explained, reversible."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Unit
from app.models.tables.customers import Customer, StageMove

FIRST_VISIT, NEED, SOLUTION, SIGNED = 1, 2, 3, 5


def move_stage(
    unit: Unit,
    customer_id: int,
    position: int,
    *,
    reason: str = "",
    source: str = "manual",
    followup_id: int = 0,
) -> None:
    """Move a customer along the path; going back by hand needs a reason."""
    here = int(unit.scalar(select(Customer.stage_position).where(Customer.id == customer_id)) or 0)
    if position == here:
        return
    if position < here and source == "manual" and not reason:
        raise UserError("reason_missing", N_("往回退一个阶段要写原因"), advice=N_("填一句原因再存"))
    unit.add(
        StageMove,
        customer_id=customer_id,
        from_position=here,
        to_position=position,
        at=unit.now,
        on=unit.today,
        staff_id=unit.staff_id,
        reason=reason,
        source=source,
        followup_id=followup_id,
    )


def advance_to(
    unit: Unit, customer_id: int, position: int, *, reason: str, followup_id: int = 0
) -> None:
    """Move forward to a stage that evidence shows, never back."""
    here = int(unit.scalar(select(Customer.stage_position).where(Customer.id == customer_id)) or 0)
    if here < position:
        move_stage(
            unit, customer_id, position, reason=reason, source="auto", followup_id=followup_id
        )
