"""The stage path: moved by evidence, explained, reversible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.statements import prepared
from app.models.tables.customers import StageMove

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit

FIRST_VISIT, NEED, SOLUTION, SIGNED = 1, 2, 3, 5


_NEWEST = prepared(
    StageMove.__table__,
    select(StageMove.to_position)
    .where(StageMove.customer_id == bindparam("customer_id"), StageMove.deleted_at == 0)
    .order_by(StageMove.at.desc(), StageMove.id.desc())
    .limit(1),
)


def position_of(reader: Reader, customer_id: int) -> int:
    """Return where a customer stands on the path, moves of this unit included."""
    found = reader.prepared_rows(_NEWEST, {"customer_id": customer_id})
    return int(found[0][0]) if found else 0


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
    here = position_of(unit, customer_id)
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
    here = position_of(unit, customer_id)
    if here < position:
        move_stage(
            unit, customer_id, position, reason=reason, source="auto", followup_id=followup_id
        )
