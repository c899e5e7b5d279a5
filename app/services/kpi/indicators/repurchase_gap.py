"""复购间隔: how long customers wait before they sign again (product.md 2.9).

Median days between consecutive signing days of a customer, the later one in the period.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.base import NO_DAY
from app.models.tables.deals import Contract
from app.models.values.deals import EFFECTIVE
from app.services.kpi.derive import days_between
from app.services.kpi.indicators import Case, Indicator, Moment, middle
from app.services.kpi.indicators._reading import signed, signs
from app.services.kpi.metric import Unit
from app.services.kpi.raw import as_text


def _read(reader: Reader, moment: Moment) -> Iterator[Case]:
    found = [one for one in signed(reader, moment.first, moment.last, moment.chosen) if one.signing]
    before = _signing_days(reader, moment, {one.customer_id for one in found})
    for one in found:
        earlier = [day for day in before.get(one.customer_id, ()) if day < one.on]
        gap = days_between(max(earlier), one.on) if earlier else None
        if gap is not None:
            yield Case(one.customer_id, one.on, one.staff_id, top=gap, fen=one.amount_fen)


def _signing_days(reader: Reader, moment: Moment, customers: set[int]) -> dict[int, list[str]]:
    days = (
        select(Contract.customer_id, as_text(Contract.signed_on))
        .where(among(Contract.customer_id, customers), Contract.deleted_at == 0, signs())
        .where(Contract.status.in_(EFFECTIVE), Contract.signed_on != NO_DAY)
        .where(Contract.signed_on < moment.last)
    )
    found: dict[int, list[str]] = {}
    for customer_id, day in reader.rows(days):
        found.setdefault(customer_id, []).append(day)
    return found


INDICATORS = [
    Indicator(
        name="repurchase_gap_days",
        label=N_("复购间隔"),
        formula=N_("同一客户前后两次签约日相隔天数的中位数，后一次在期内"),
        brief=N_("老客户隔多久再签"),
        unit=Unit.days,
        place=20,
        read=_read,
        figure=middle,
        higher_is_better=False,
    )
]
