"""断链率: follow-ups that left a live customer without a next step (product.md 2.8.1).

Follow-ups of the days on live customers after which no next step was open at the end of
that day / follow-ups on live customers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.followups import NextStep
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit
from app.services.staff.leaks._reading import is_living, lives, touches


def _read(reader: Reader, days: LeakDays) -> Sequence[Case]:
    found = touches(reader, days)
    customers = {one.customer_id for one in found}
    spells, steps = lives(reader, customers), _steps(reader, customers)
    return [
        Case(
            one.staff_id,
            one.customer_id,
            one.on,
            float(not _has_open(steps.get(one.customer_id, ()), days.end_ms(one.on))),
        )
        for one in found
        if is_living(spells, one.customer_id, one.on)
    ]


def _steps(reader: Reader, customers: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    chosen = select(NextStep.customer_id, NextStep.anchor_at, NextStep.done_at).where(
        among(NextStep.customer_id, customers), NextStep.deleted_at == 0
    )
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for customer_id, anchor_at, done_at in reader.rows(chosen):
        found[customer_id].append((anchor_at, done_at))
    return found


def _has_open(steps: Sequence[tuple[int, int]], moment: int) -> bool:
    return any(begun < moment and (not done or done >= moment) for begun, done in steps)


LEAKS = [
    Leak(
        name="broken_chain",
        label=N_("断链率"),
        formula=N_("当天结束时没有下步事务的跟单 ÷ 在活客户上的跟单"),
        unit=LeakUnit.rate,
        place=10,
        read=_read,
        higher_is_better=False,
    )
]
