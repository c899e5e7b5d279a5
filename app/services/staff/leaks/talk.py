"""平均通话 and 短通话率: how long people talk when they are connected (product.md 2.8.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.customers import Customer
from app.models.tables.followups import FollowUp
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit

_SHORT_SECONDS = 20


def _cases(amount: Callable[[int], float]) -> Callable[[Reader, LeakDays], Sequence[Case]]:
    def read(reader: Reader, days: LeakDays) -> Sequence[Case]:
        calls = (
            select(FollowUp.staff_id, FollowUp.customer_id, FollowUp.on, FollowUp.duration_s)
            .join(Customer, Customer.id == FollowUp.customer_id)
            .where(
                FollowUp.on.between(days.first, min(days.last, days.as_of)),
                FollowUp.channel == "phone",
                FollowUp.duration_s > 0,
                FollowUp.deleted_at == 0,
                Customer.deleted_at == 0,
            )
        )
        return [Case(*row[:3], amount(row[3])) for row in reader.rows(calls)]

    return read


LEAKS = [
    Leak(
        name="mean_talk",
        label=N_("每通平均时长"),
        formula=N_("接通电话的通话秒数之和 ÷ 接通数"),
        unit=LeakUnit.seconds,
        place=80,
        read=_cases(float),
    ),
    Leak(
        name="short_calls",
        label=N_("短通话率"),
        formula=N_("不到 20 秒的接通电话 ÷ 接通数"),
        unit=LeakUnit.rate,
        place=81,
        read=_cases(lambda seconds: float(seconds < _SHORT_SECONDS)),
        higher_is_better=False,
    ),
]
