"""获客成本: what a first-signed customer costs (product.md 2.9).

(Cost of touchpoints in the period + chosen cost of staff) / first-signed customers in it. A
case of cost stands above the line alone, a customer below it alone.
"""

from __future__ import annotations

from app.i18n import N_
from app.services.kpi.indicators import Indicator, nothing
from app.services.kpi.metric import Unit

INDICATORS = [
    Indicator(
        name="acquisition_cost_fen",
        label=N_("获客成本"),
        formula=N_("（期内接触点费用＋选定的人员费用）÷ 期内首次签约客户数"),
        brief=N_("每家首签客户花的钱"),
        unit=Unit.fen,
        place=50,
        read=nothing,
        higher_is_better=False,
        missing=N_("还没有接触点费用"),
    )
]
