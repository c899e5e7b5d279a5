"""签约额 and 回款额: money signed and received in a period (product.md 2.6, 2.0.7).

Sums of shares of effective contracts by signing day, and of payments less refunds by their
own day. Whose it is follows the shares of the contract, not the owner of the customer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.kpi import CustomerFact, StaffCredit
from app.services.kpi.indicators import Case, Indicator, Moment, total
from app.services.kpi.indicators._reading import of_facts
from app.services.kpi.metric import Unit


def _read(column: Any, reader: Reader, moment: Moment) -> Iterator[Case]:
    wanted = (
        of_facts(CustomerFact.customer_id, StaffCredit.on, StaffCredit.staff_id, column)
        .join(StaffCredit, StaffCredit.customer_id == CustomerFact.customer_id)
        .where(StaffCredit.on.between(*moment.days), column != 0)
        .where(*moment.chosen.of_customers())
        .order_by(StaffCredit.on, CustomerFact.customer_id, StaffCredit.staff_id)
    )
    for customer_id, on, staff_id, fen in reader.rows(wanted):
        yield Case(customer_id, on, staff_id, top=fen, fen=fen)


INDICATORS = [
    Indicator(
        name="signed_fen",
        label=N_("签约额"),
        formula=N_("签约日在期内的有效合同金额之和，按业绩分成"),
        brief=N_("期内签下的合同金额"),
        unit=Unit.fen,
        place=1,
        read=partial(_read, StaffCredit.signed_fen),
        figure=total,
        adds_up=True,
    ),
    Indicator(
        name="received_fen",
        label=N_("回款额"),
        formula=N_("期内收到的款减去退款，按合同的业绩分成"),
        brief=N_("期内收到的款"),
        unit=Unit.fen,
        place=2,
        read=partial(_read, StaffCredit.received_fen),
        figure=total,
        adds_up=True,
    ),
]
