"""RFM: how lately, how often, how much customers bought, in quintiles (product.md 2.9).

R days since the last signing, F signing days and M amount within 730 days up to the last day,
over every customer that ever signed. The bounds of the quintiles are those of all customers
of the office, fixed when a period is frozen; the figure is the share of those high in all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import and_, case, func, true

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.base import NO_DAY
from app.models.tables.deals import Contract
from app.models.tables.kpi import CustomerFact
from app.models.values.deals import EFFECTIVE
from app.models.values.rfm import Bought, CutOffs, cut_offs, scores
from app.services.kpi.derive import days_between
from app.services.kpi.indicators import Case, Cases, Indicator, Moment
from app.services.kpi.indicators._reading import of_facts, owner_on, signs
from app.services.kpi.metric import Unit
from app.services.kpi.queries import Detail, Part
from app.services.kpi.raw import as_text

WITHIN_DAYS = 730
SEGMENTS = {
    "HHH": N_("重要价值客户"),
    "LHH": N_("重要保持客户"),
    "HLH": N_("重要发展客户"),
    "LLH": N_("重要挽留客户"),
    "HHL": N_("一般价值客户"),
    "LHL": N_("一般保持客户"),
    "HLL": N_("一般发展客户"),
    "LLL": N_("一般挽留客户"),
}
"""High or low in R, F and M."""


def _read(reader: Reader, moment: Moment) -> Iterator[Case]:
    rows = list(_bought(reader, moment))
    bounds = moment.cut_offs or cut_offs([bought for *_, bought in rows])
    for customer_id, last_on, staff_id, wanted, bought in rows:
        if wanted:
            yield _case(customer_id, last_on, staff_id, bought, bounds)


def _case(customer_id: int, on: str, staff_id: int, bought: Bought, bounds: CutOffs) -> Case:
    mine = scores(bought, bounds)
    return Case(
        customer_id,
        on,
        staff_id,
        top=int(mine.segment == "HHH"),
        part=mine.segment,
        fen=bought.fen,
        details=(
            Detail("R", Unit.times, mine.recency),
            Detail("F", Unit.times, mine.frequency),
            Detail("M", Unit.times, mine.money),
        ),
    )


def bounds_of(reader: Reader, moment: Moment) -> CutOffs:
    """Return the bounds of the quintiles on the last day, of all customers of the office."""
    return cut_offs([bought for *_, bought in _bought(reader, moment)])


def _bought(reader: Reader, moment: Moment) -> Iterator[tuple[int, str, int, bool, Bought]]:
    """Return every customer that ever signed, whether the filter takes it, what it bought."""
    day, on = moment.last, moment.last.isoformat()
    late = Contract.signed_on > day - timedelta(WITHIN_DAYS)
    signing_day = case((signs(), as_text(Contract.signed_on)))
    wanted = (
        of_facts(
            CustomerFact.customer_id,
            func.max(signing_day),
            owner_on(on),
            and_(true(), *moment.chosen.of_customers()),
            func.count(case((late, signing_day)).distinct()),
            func.coalesce(func.sum(case((late, Contract.amount_fen))), 0),
        )
        .join(Contract, Contract.customer_id == CustomerFact.customer_id)
        .where(Contract.deleted_at == 0, Contract.status.in_(EFFECTIVE))
        .where(Contract.signed_on <= day, Contract.signed_on != NO_DAY)
        .group_by(CustomerFact.customer_id)
        .having(func.max(signing_day).is_not(None))
        .order_by(CustomerFact.customer_id)
    )
    for customer_id, last_on, staff_id, taken, often, fen in reader.rows(wanted):
        bought = Bought(days_between(last_on, on) or 0, often, fen)
        yield customer_id, last_on, staff_id, bool(taken), bought


def _by_segment(cases: Cases) -> Sequence[Part]:
    found = []
    for segment, word in SEGMENTS.items():
        mine = [one for one in cases if one.part == segment]
        share = len(mine) / len(cases) if cases else None
        found.append(Part(word, len(mine), sum(one.fen for one in mine), share))
    return found


INDICATORS = [
    Indicator(
        name="rfm",
        label="RFM",
        formula=N_("近一次签约、两年内签约次数、两年内金额都在前两档的客户 ÷ 签过约的客户；五等分"),
        brief=N_("重要价值客户的比例"),
        unit=Unit.rate,
        place=130,
        read=_read,
        parts=_by_segment,
        at_end=True,
    )
]
