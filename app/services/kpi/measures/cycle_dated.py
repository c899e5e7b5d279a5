"""跟单周期（补录不算）: the cycle without customers entered after they had signed (2.4, 2.10).

As 跟单周期, but a negative cycle (补录) is left out instead of being 0.
"""

from __future__ import annotations

from app.i18n import N_
from app.services.kpi.measures import Axis, Judged, Measure
from app.services.kpi.metric import Unit
from app.services.kpi.shapes import Fact


def _judge(fact: Fact, _as_of: str) -> Judged:
    if fact.cycle_days < 0:
        return Judged(counted=False, reason=N_("没有建档日期，也没有跟单"))
    if fact.backdated:
        return Judged(counted=False, reason=N_("补录：签约之后才建档"))
    return Judged(counted=True, amount=fact.cycle_days)


MEASURES = [
    Measure(
        name="cycle_days_dated",
        label=N_("跟单周期（补录不算）"),
        formula=N_("期内首次签约客户从建档或首次跟单到签约的天数之和 ÷ 客户数，补录的客户不算"),
        axis=Axis.signed,
        unit=Unit.days,
        place=52,
        brief=N_("跟单周期，补录的客户不算"),
        family="cycle_days",
        top=lambda sums: sums.cycle_days,
        bottom=lambda sums: sums.cycle_count - sums.backdated_count,
        judge=_judge,
        higher_is_better=False,
        on_page=False,
    )
]
