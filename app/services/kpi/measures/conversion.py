"""签约转化率: which part of the customers added in a period has signed (product.md 2.2).

|S| / |cohort|, the cohort being the customers created in the period and S those of them
whose first signing day is not after the as-of day. Historic imports are in no cohort.
"""

from __future__ import annotations

from app.i18n import N_
from app.services.kpi.measures import Axis, Judged, Measure
from app.services.kpi.metric import Unit
from app.services.kpi.shapes import Fact


def _judge(fact: Fact, as_of: str) -> Judged:
    if fact.historic:
        return Judged(counted=False, reason=N_("历史数据"))
    return Judged(counted=True, amount=int(fact.signed_by(as_of)))


MEASURES = [
    Measure(
        name="conversion",
        label=N_("转化率"),
        formula=N_("期内新增客户中到截止日已签约的家数 ÷ 期内新增客户数"),
        axis=Axis.created,
        unit=Unit.rate,
        place=10,
        headline=True,
        brief=N_("新增客户中已签约的比例"),
        top=lambda sums: sums.signed_count,
        bottom=lambda sums: sums.created_count,
        judge=_judge,
        counts={"signed": lambda sums: sums.signed_count},
    )
]
