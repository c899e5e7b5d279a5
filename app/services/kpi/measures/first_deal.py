"""首次客单价: the mean amount of first deals (product.md 2.3).

Sum of A(c) / number of customers whose first signing day F(c) is in the period; A(c) adds
up the contracts signed on that day. Later supplements and refunds change nothing, a void
does. Customers whose first contracts have no amount are left out; n tells.
"""

from __future__ import annotations

from app.i18n import N_
from app.services.kpi.measures import Axis, Judged, Measure
from app.services.kpi.metric import Unit
from app.services.kpi.shapes import Fact


def _judge(fact: Fact, _as_of: str) -> Judged:
    if not fact.priced:
        return Judged(counted=False, reason=N_("首次签的是没有金额的框架合同"))
    return Judged(counted=True, amount=fact.first_deal_fen)


MEASURES = [
    Measure(
        name="first_deal_fen",
        label=N_("首次客单价"),
        formula=N_("期内首次签约客户的首单金额之和 ÷ 有金额的客户数"),
        axis=Axis.signed,
        unit=Unit.fen,
        place=40,
        headline=True,
        brief=N_("首次签约金额的平均值"),
        top=lambda sums: sums.first_deal_fen,
        bottom=lambda sums: sums.priced_count,
        judge=_judge,
        spread=("priced", "first_deal_fen"),
    )
]
