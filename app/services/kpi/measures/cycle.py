"""跟单周期: days from the start of a customer to the first signing (product.md 2.4).

cycle(c) = F(c) - start(c) in calendar days over customers with F(c) in the period;
start(c) is the earlier of the created day and the first counting follow-up. A negative
cycle (补录) is 0 and flagged.
"""

from __future__ import annotations

from app.i18n import N_
from app.services.kpi.measures import Axis, Judged, Measure
from app.services.kpi.metric import Unit
from app.services.kpi.shapes import Fact


def _judge(fact: Fact, _as_of: str) -> Judged:
    if fact.cycle_days < 0:
        return Judged(counted=False, reason=N_("没有建档日期，也没有跟单"))
    return Judged(counted=True, amount=fact.cycle_days)


MEASURES = [
    Measure(
        name="cycle_days",
        label=N_("跟单周期"),
        formula=N_("期内首次签约客户从建档或首次跟单到签约的天数之和 ÷ 客户数"),
        axis=Axis.signed,
        unit=Unit.days,
        place=50,
        headline=True,
        brief=N_("首次签约客户从建档到签约"),
        top=lambda sums: sums.cycle_days,
        bottom=lambda sums: sums.cycle_count,
        judge=_judge,
        higher_is_better=False,
        spread=("cycle_days",),
        counts={"backdated": lambda sums: sums.backdated_count},
    )
]
