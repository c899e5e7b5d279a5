"""卡点: the stage from which a person's customers come on the least, against the peers.

For each stage i, of the customers created in the days that reached it, the share that
reached i + 1 by the as-of day (product.md 2.2 stage cohort, 2.8.9).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.customers import StageMove
from app.models.tables.kpi import CustomerFact
from app.services.kpi.panels import stage_names
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit


def _read(reader: Reader, days: LeakDays) -> Sequence[Case]:
    names = stage_names(reader)
    last = min(days.last, days.as_of)
    farthest = (
        select(
            CustomerFact.first_owner_id,
            CustomerFact.customer_id,
            CustomerFact.created_on,
            CustomerFact.first_sign_on,
            func.coalesce(func.max(StageMove.to_position), 0),
        )
        .outerjoin(
            StageMove,
            (StageMove.customer_id == CustomerFact.customer_id)
            & (StageMove.deleted_at == 0)
            & (StageMove.on <= days.as_of),
        )
        .where(CustomerFact.created_on.between(days.first.isoformat(), last.isoformat()))
        .group_by(
            CustomerFact.first_owner_id,
            CustomerFact.customer_id,
            CustomerFact.created_on,
            CustomerFact.first_sign_on,
        )
    )
    cases = []
    for staff_id, customer_id, created_on, signed_on, reached in reader.rows(farthest):
        signed = "" < signed_on <= days.as_of.isoformat()
        day = date.fromisoformat(created_on)
        top = len(names) - 1 if signed else min(reached, len(names) - 1)
        cases += [
            Case(staff_id, customer_id, day, float(top > at), step=names[at])
            for at in range(min(top, len(names) - 2) + 1)
        ]
    return cases


LEAKS = [
    Leak(
        name="stuck",
        label=N_("卡点"),
        formula=N_("到过这一阶段的新客户里走到下一阶段的比例，取落后同岗最多的一段"),
        unit=LeakUnit.rate,
        place=90,
        read=_read,
        by_step=True,
    )
]
