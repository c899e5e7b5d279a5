"""跟单间隔: median days from one follow-up of a customer to the next (product.md 2.8.7).

The later one lies in the days and counts for who made it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.followups import FollowUp
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit
from app.services.staff.leaks._reading import touches


def _read(reader: Reader, days: LeakDays) -> Sequence[Case]:
    found = touches(reader, days)
    before = (
        select(FollowUp.customer_id, func.max(FollowUp.on))
        .where(
            among(FollowUp.customer_id, {one.customer_id for one in found}),
            FollowUp.on < days.first,
            FollowUp.counts,
            FollowUp.deleted_at == 0,
        )
        .group_by(FollowUp.customer_id)
    )
    last = {row[0]: row[1] for row in reader.rows(before)}
    cases = []
    for one in found:
        former = last.get(one.customer_id)
        if former is not None:
            gap = (one.on - former).days
            cases.append(Case(one.staff_id, one.customer_id, one.on, float(gap)))
        last[one.customer_id] = one.on
    return cases


LEAKS = [
    Leak(
        name="interval",
        label=N_("跟单间隔"),
        formula=N_("同一客户相邻两次跟单相隔的天数，取中位"),
        unit=LeakUnit.days,
        place=70,
        read=_read,
        higher_is_better=False,
        by_median=True,
    )
]
