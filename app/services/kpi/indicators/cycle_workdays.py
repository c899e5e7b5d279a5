"""跟单周期（工作日）: the cycle counted in working days (product.md 2.4).

Working days of the holiday table after start(c) up to F(c), over customers with F(c) in the
period; swapped days count as the notice says. Signed on the day it began is 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.kpi import CustomerFact
from app.services.kpi.indicators import Case, Indicator, Moment, mean
from app.services.kpi.indicators._reading import of_facts
from app.services.kpi.metric import Unit
from app.services.kpi.workdays import workdays_between


def _read(reader: Reader, moment: Moment) -> Iterator[Case]:
    fact = CustomerFact
    wanted = of_facts(
        fact.customer_id, fact.first_sign_on, fact.sign_owner_id, fact.first_deal_fen,
        fact.created_on, fact.first_touch_on,
    ).where(
        fact.first_sign_on.between(*moment.days),
        fact.first_sign_on != "",
        *moment.chosen.of_customers(),
    )  # fmt: skip
    for customer_id, on, staff_id, fen, created_on, touched_on in reader.rows(
        wanted.order_by(fact.first_sign_on, fact.customer_id)
    ):
        start = min((day for day in (created_on, touched_on) if day), default="")
        days, reason = 0, N_("没有建档日期，也没有跟单")
        if start:
            days, reason = workdays_between(date.fromisoformat(start), date.fromisoformat(on)), ""
        yield Case(customer_id, on, staff_id, days, 1, reason, fen=fen)


INDICATORS = [
    Indicator(
        name="cycle_workdays",
        label=N_("跟单周期（工作日）"),
        formula=N_("期内首次签约客户从建档或首次跟单到签约的工作日之和 ÷ 客户数（按法定节假日）"),
        brief=N_("从建档到签约的工作日"),
        unit=Unit.days,
        place=6,
        read=_read,
        figure=mean,
        higher_is_better=False,
        family="cycle_days",
    )
]
