"""首响时长: median hours from creation to the first contact from our side (product.md 2.8.6).

For customers created in the days, of their first owner. A customer entered later than the
day of creation counts from nine o'clock of that day; one nobody has contacted yet counts up
to the end of the days.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.customers import Customer
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact
from app.models.values import dates
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit

_HOUR_MS = 3_600_000
_OPENING_MS = 9 * _HOUR_MS


def _read(reader: Reader, days: LeakDays) -> Sequence[Case]:
    reached = (
        select(FollowUp.customer_id, func.min(FollowUp.at).label("at"))
        .where(FollowUp.direction != "in", FollowUp.deleted_at == 0)
        .group_by(FollowUp.customer_id)
        .subquery()
    )
    last = min(days.last, days.as_of)
    chosen = (
        select(
            CustomerFact.first_owner_id,
            Customer.id,
            Customer.created_on,
            Customer.created_at,
            reached.c.at,
        )
        .join(CustomerFact, CustomerFact.customer_id == Customer.id)
        .outerjoin(reached, reached.c.customer_id == Customer.id)
        .where(Customer.created_on.between(days.first, last), Customer.deleted_at == 0)
    )
    until = days.end_ms(last)
    cases = []
    for staff_id, customer_id, created_on, entered_at, at in reader.rows(chosen):
        begun = entered_at
        if dates.business_day(entered_at, days.zone) != created_on:
            begun = days.start_ms(created_on) + _OPENING_MS
        hours = max(0, min(at or until, until) - begun) / _HOUR_MS
        cases.append(Case(staff_id, customer_id, created_on, hours))
    return cases


LEAKS = [
    Leak(
        name="first_response",
        label=N_("首响时长"),
        formula=N_("从建档到第一次主动联系的小时数，取中位"),
        unit=LeakUnit.hours,
        place=60,
        read=_read,
        higher_is_better=False,
        by_median=True,
    )
]
