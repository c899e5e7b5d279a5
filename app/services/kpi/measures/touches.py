"""跟单次数: counting follow-ups up to the first signing, per signed customer (product.md 2.4).

Sum of count(c) / n over customers with F(c) in the period; count(c) are the follow-ups that
count with start(c) <= day <= F(c). Customers without any (零跟进签约) are in n.
"""

from __future__ import annotations

from app.i18n import N_
from app.services.kpi.measures import Axis, Judged, Measure
from app.services.kpi.metric import Unit

MEASURES = [
    Measure(
        name="touches",
        label=N_("跟单次数"),
        formula=N_("期内首次签约客户到签约为止的有效跟单次数之和 ÷ 客户数"),
        axis=Axis.signed,
        unit=Unit.times,
        place=60,
        headline=True,
        brief=N_("签约客户的平均跟单次数"),
        top=lambda sums: sums.touches,
        bottom=lambda sums: sums.first_count,
        judge=lambda fact, _as_of: Judged(counted=True, amount=fact.touches),
        higher_is_better=False,
        spread=("touches",),
        counts={"untouched": lambda sums: sums.untouched_count},
    )
]
