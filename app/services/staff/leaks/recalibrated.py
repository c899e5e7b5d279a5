"""复标率: live customers rated within the last 30 days / live customers (product.md 2.8.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.calibration import CalibrationEvent
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit
from app.services.staff.leaks._reading import living_owners

_FRESH_DAYS = 30


def _read(reader: Reader, days: LeakDays) -> Sequence[Case]:
    as_of = min(days.last, days.as_of)
    newest = (
        select(CalibrationEvent.customer_id, func.max(CalibrationEvent.on))
        .where(CalibrationEvent.on <= as_of, CalibrationEvent.deleted_at == 0)
        .group_by(CalibrationEvent.customer_id)
    )
    rated = {row[0]: row[1] for row in reader.rows(newest)}
    oldest = as_of - timedelta(days=_FRESH_DAYS)
    cases = []
    for customer_id, staff_id in living_owners(reader, as_of).items():
        last = rated.get(customer_id)
        fresh = last is not None and last >= oldest
        cases.append(Case(staff_id, customer_id, last, float(fresh)))
    return cases


LEAKS = [
    Leak(
        name="recalibrated",
        label=N_("复标率"),
        formula=N_("近 30 天标定过的在活客户 ÷ 在活客户"),
        unit=LeakUnit.rate,
        place=30,
        read=_read,
    )
]
