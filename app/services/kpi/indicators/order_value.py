"""客单价: what a signing customer brings in a period (product.md 2.9).

Sum of effective amounts in the period / distinct customers signing in it. Supplements add
their amount on their own day but sign nobody; framework contracts without an amount are left
out until they are called off.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.i18n import N_
from app.models.store.reader import Reader
from app.services.kpi.indicators import Case, Indicator, Moment, per_customer
from app.services.kpi.indicators._reading import signed
from app.services.kpi.metric import Unit


def _read(reader: Reader, moment: Moment) -> Iterator[Case]:
    for one in signed(reader, moment.first, moment.last, moment.chosen):
        unpriced = one.signing > 0 and not one.priced and not one.amount_fen
        yield Case(
            one.customer_id,
            one.on,
            one.staff_id,
            top=one.amount_fen,
            bottom=1 if one.priced else 0,
            reason=N_("只签了没有金额的框架合同") if unpriced else "",
            fen=one.amount_fen,
        )


INDICATORS = [
    Indicator(
        name="order_value_fen",
        label=N_("客单价"),
        formula=N_("期内有效合同金额之和 ÷ 期内签约的客户数（没有金额的框架合同不算）"),
        brief=N_("每家签约客户的签约额"),
        unit=Unit.fen,
        place=10,
        read=_read,
        figure=per_customer,
    )
]
