"""无价值投入率: follow-ups where 定性 said no, or nothing for long (product.md 2.8.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.i18n import N_
from app.models.store.reader import Reader
from app.services.staff.leaks import Case, Leak, LeakDays, LeakUnit
from app.services.staff.leaks._reading import qualities, touches

_STALE_MS = 14 * 86_400_000


def _cases(is_leak: Callable[[str, int, int], bool]) -> Callable[[Reader, LeakDays], list[Case]]:
    def read(reader: Reader, days: LeakDays) -> list[Case]:
        found = touches(reader, days)
        spells = qualities(reader, {one.customer_id for one in found})
        cases = []
        for one in found:
            # never rated is unsure from the beginning
            state, since = spells.at(one.customer_id, one.at) or ("unsure", 0)
            leaks = is_leak(state or "unsure", since, one.at)
            cases.append(Case(one.staff_id, one.customer_id, one.on, float(leaks)))
        return cases

    return read


_ON_WORTHLESS: Callable[[Reader, LeakDays], Sequence[Case]] = _cases(
    lambda state, _since, _at: state == "worthless"
)
_ON_UNSURE: Callable[[Reader, LeakDays], Sequence[Case]] = _cases(
    lambda state, since, at: state == "unsure" and at - since > _STALE_MS
)

LEAKS = [
    Leak(
        name="worthless_effort",
        label=N_("无价值投入率"),
        formula=N_("当时定性为无价值的客户上的跟单 ÷ 全部跟单"),
        unit=LeakUnit.rate,
        place=20,
        read=_ON_WORTHLESS,
        higher_is_better=False,
    ),
    Leak(
        name="unsure_effort",
        label=N_("久未定性投入率"),
        formula=N_("不确定超过 14 天的客户上的跟单 ÷ 全部跟单"),
        unit=LeakUnit.rate,
        place=21,
        read=_ON_UNSURE,
        higher_is_better=False,
    ),
]
