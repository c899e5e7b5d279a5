"""决策人触达率: follow-ups with a 决策人 / follow-ups (product.md 2.8.5)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.customers import Employment
from app.models.tables.followups import FollowUpContact
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit
from app.services.staff.leaks._reading import touches


def _read(reader: Reader, days: LeakDays) -> Sequence[Case]:
    found = touches(reader, days)
    further = select(FollowUpContact.followup_id, FollowUpContact.contact_id).where(
        among(FollowUpContact.followup_id, {one.id for one in found}),
        FollowUpContact.deleted_at == 0,
    )
    present: dict[int, set[int]] = {one.id: {one.contact_id} for one in found}
    for followup_id, contact_id in reader.rows(further):
        present[followup_id].add(contact_id)
    deciding = select(Employment.contact_id, Employment.customer_id).where(
        Employment.part == "decider", Employment.deleted_at == 0
    )
    deciders = {(row[0], row[1]) for row in reader.rows(deciding)}
    return [
        Case(
            one.staff_id,
            one.customer_id,
            one.on,
            float(any((who, one.customer_id) in deciders for who in present[one.id])),
        )
        for one in found
    ]


LEAKS = [
    Leak(
        name="decision_maker",
        label=N_("决策人触达率"),
        formula=N_("有决策人参加的跟单 ÷ 全部跟单"),
        unit=LeakUnit.rate,
        place=50,
        read=_read,
    )
]
