"""应收账龄 and 回款及时率, from the rows of payment plans (product.md 2.9).

Open amounts by days past due at the end; amount received on or before its day / amount due
in the period. The rules are in ``values/receivables``; the book keeps no plans yet.
"""

from __future__ import annotations

from app.i18n import N_
from app.services.kpi.indicators import Indicator, nothing, total
from app.services.kpi.metric import Unit

INDICATORS = [
    Indicator(
        name="receivable_fen",
        label=N_("应收账龄"),
        formula=N_("期末还没收的计划金额，按逾期天数分：未到期、30、60、90、180 天以内和以上"),
        brief=N_("还没收的款逾期多久"),
        unit=Unit.fen,
        place=100,
        read=nothing,
        figure=total,
        higher_is_better=False,
        at_end=True,
        missing=N_("还没有回款计划"),
    ),
    Indicator(
        name="paid_on_time",
        label=N_("回款及时率"),
        formula=N_("期内到期的计划中按期收到的金额 ÷ 期内到期的计划金额"),
        brief=N_("到期的款按期收到多少"),
        unit=Unit.rate,
        place=110,
        read=nothing,
        missing=N_("还没有回款计划"),
    ),
]
