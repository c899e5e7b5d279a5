"""新增客户, 首签客户 and 期内签约比: what came in and what signed first (product.md 2.2).

Customers created in the period, historic imports left out; customers whose first signing day
is in it; the second divided by the first. The ratio is of two flows, not of a cohort: it may
pass 100 % and never bears the name of the conversion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.kpi import CustomerFact
from app.services.kpi.indicators import Case, Indicator, Moment, total
from app.services.kpi.indicators._reading import of_facts
from app.services.kpi.metric import Unit


def _created(reader: Reader, moment: Moment) -> Iterator[Case]:
    fact = CustomerFact
    wanted = of_facts(fact.customer_id, fact.created_on, fact.first_owner_id, fact.historic)
    inside = wanted.where(
        fact.created_on.between(*moment.days), fact.created_on != "", *moment.chosen.of_customers()
    )
    for customer_id, on, staff_id, historic in reader.rows(
        inside.order_by(fact.created_on, fact.customer_id)
    ):
        yield Case(customer_id, on, staff_id, reason=N_("历史数据") if historic else "")


def _first_signed(reader: Reader, moment: Moment) -> Iterator[Case]:
    fact = CustomerFact
    wanted = of_facts(fact.customer_id, fact.first_sign_on, fact.sign_owner_id, fact.first_deal_fen)
    inside = wanted.where(
        fact.first_sign_on.between(*moment.days),
        fact.first_sign_on != "",
        *moment.chosen.of_customers(),
    )
    for customer_id, on, staff_id, fen in reader.rows(
        inside.order_by(fact.first_sign_on, fact.customer_id)
    ):
        yield Case(customer_id, on, staff_id, fen=fen)


def _both(reader: Reader, moment: Moment) -> Iterator[Case]:
    for one in _created(reader, moment):
        yield replace(one, top=0)
    for one in _first_signed(reader, moment):
        yield replace(one, bottom=0)


INDICATORS = [
    Indicator(
        name="new_customers",
        label=N_("新增客户"),
        formula=N_("建档日在期内的客户数，历史数据不算"),
        brief=N_("期内建档的客户"),
        unit=Unit.customers,
        place=3,
        read=_created,
        figure=total,
        adds_up=True,
    ),
    Indicator(
        name="first_signed",
        label=N_("首签客户"),
        formula=N_("首次签约日在期内的客户数"),
        brief=N_("期内第一次签约的客户"),
        unit=Unit.customers,
        place=4,
        read=_first_signed,
        figure=total,
        adds_up=True,
    ),
    Indicator(
        name="flow_ratio",
        label=N_("期内签约比"),
        formula=N_("期内首次签约的客户数 ÷ 期内新增的客户数，两批客户不同，可以超过 100%"),
        brief=N_("期内首签比期内新增"),
        unit=Unit.rate,
        place=5,
        read=_both,
    ),
]
