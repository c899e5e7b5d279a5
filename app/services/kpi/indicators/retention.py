"""留存率: which customers of the period before signed again (product.md 2.9).

Customers signing in both P-1 and P / customers signing in P-1, P-1 being whole even when P
is not over yet. For yearly business the same over twelve months and the twelve before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.i18n import N_
from app.models.store.reader import Reader
from app.services.kpi.indicators import Case, Indicator, Moment
from app.services.kpi.indicators._reading import signed
from app.services.kpi.metric import Unit

_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)


def _kept(
    reader: Reader, moment: Moment, before: tuple[date, date], now: tuple[date, date]
) -> Iterator[Case]:
    """Return the customers signing in the days before, on their first day of them."""
    again = {one.customer_id for one in signed(reader, *now, moment.chosen) if one.signing}
    seen: set[int] = set()
    for one in signed(reader, *before, moment.chosen):
        if one.signing and one.customer_id not in seen:
            seen.add(one.customer_id)
            yield Case(one.customer_id, one.on, one.staff_id, top=int(one.customer_id in again))


def _of_period(reader: Reader, moment: Moment) -> Iterator[Case]:
    last = min(moment.before.end, moment.as_of)
    return _kept(reader, moment, (moment.before.start, last), (moment.first, moment.last))


def _of_year(reader: Reader, moment: Moment) -> Iterator[Case]:
    begin = moment.last - _YEAR + _DAY
    return _kept(reader, moment, (begin - _YEAR, begin - _DAY), (begin, moment.last))


INDICATORS = [
    Indicator(
        name="retention",
        label=N_("留存率"),
        formula=N_("上期和本期都签约的客户数 ÷ 上期签约的客户数"),
        brief=N_("上期签约的客户本期又签"),
        unit=Unit.rate,
        place=30,
        read=_of_period,
    ),
    Indicator(
        name="retention_year",
        label=N_("年留存率"),
        formula=N_("前一年和最近一年都签约的客户数 ÷ 前一年签约的客户数，一年按 365 天到期末"),
        brief=N_("前一年签约的客户近一年又签"),
        unit=Unit.rate,
        place=31,
        read=_of_year,
        family="retention",
        at_end=True,
    ),
]
