"""复购率: which part of a cohort's signed customers signed on another day too (product.md 2.2).

|R| / |S|: R are the members of S with any signing day after the first one, S the members
of the cohort that signed, both up to the as-of day.
"""

from __future__ import annotations

from app.i18n import N_
from app.services.kpi.measures import Axis, Judged, Measure
from app.services.kpi.metric import Unit
from app.services.kpi.shapes import Fact


def _judge(fact: Fact, as_of: str) -> Judged:
    if fact.historic:
        return Judged(counted=False, reason=N_("历史数据"))
    if not fact.signed_by(as_of):
        return Judged(counted=False, reason=N_("还没签约"))
    return Judged(counted=True, amount=int(fact.again_by(as_of)))


MEASURES = [
    Measure(
        name="repurchase",
        label=N_("复购率"),
        formula=N_("期内新增并签约的客户中又签过的家数 ÷ 期内新增并签约的客户数"),
        axis=Axis.created,
        unit=Unit.rate,
        place=30,
        top=lambda sums: sums.again_count,
        bottom=lambda sums: sums.signed_count,
        judge=_judge,
        counts={"again": lambda sums: sums.again_count},
    )
]
