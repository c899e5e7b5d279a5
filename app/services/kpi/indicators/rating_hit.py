"""标定命中: how many of those rated 有价值 really signed (product.md 2.9).

Customers rated in the period whose 180 days since have passed: the share signed within 180
days, by 定性 and by who rated. The first rating of each kind in the period counts; who had
signed before it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.base import NO_DAY
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.kpi import CustomerFact
from app.models.values.calibration import Quality
from app.services.kpi.indicators import Case, Cases, Indicator, Moment, Result, ratio
from app.services.kpi.indicators._reading import of_facts
from app.services.kpi.metric import Unit
from app.services.kpi.queries import Part
from app.services.kpi.raw import as_text

WITHIN_DAYS = 180
_WORDS = {
    Quality.valuable: N_("有价值"),
    Quality.unsure: N_("不确定"),
    Quality.worthless: N_("无价值"),
}


def _read(reader: Reader, moment: Moment) -> Iterator[Case]:
    wanted = (
        of_facts(
            CustomerFact.customer_id,
            as_text(CalibrationEvent.on),
            CalibrationEvent.staff_id,
            CalibrationEvent.new,
            CustomerFact.first_sign_on,
        )
        .join(CalibrationEvent, CalibrationEvent.customer_id == CustomerFact.customer_id)
        .where(CalibrationEvent.deleted_at == 0, CalibrationEvent.field == "quality")
        .where(CalibrationEvent.new.in_(list(_WORDS)), CalibrationEvent.on != NO_DAY)
        .where(CalibrationEvent.on.between(moment.first, moment.last))
        .where(*moment.chosen.of_customers())
        .order_by(CalibrationEvent.at, CalibrationEvent.id)
    )
    seen: set[tuple[int, str]] = set()
    for customer_id, on, staff_id, quality, first_sign_on in reader.rows(wanted):
        if (customer_id, quality) in seen:
            continue
        seen.add((customer_id, quality))
        due = date.fromisoformat(on) + timedelta(WITHIN_DAYS)
        hit = on <= first_sign_on <= due.isoformat()
        yield Case(
            customer_id, on, staff_id, int(hit), 1, _reason(on, due, first_sign_on, moment),
            part=quality,
        )  # fmt: skip


def _reason(on: str, due: date, first_sign_on: str, moment: Moment) -> str:
    if "" < first_sign_on < on:
        return N_("标定时已经签约")
    return N_("标定的天数还不够") if due > moment.as_of else ""


def _of_valuable(cases: Cases) -> Result:
    return ratio([one for one in cases if one.part == Quality.valuable])


def _by_quality(cases: Cases) -> Sequence[Part]:
    found = []
    for quality, word in _WORDS.items():
        mine = [one for one in cases if one.part == quality]
        found.append(Part(word, len(mine), share=ratio(mine).value))
    return found


INDICATORS = [
    Indicator(
        name="rating_hit",
        label=N_("标定命中"),
        formula=N_("期内标为有价值、已满 180 天的客户中 180 天内签约的比例；与不确定、无价值对照"),
        brief=N_("标为有价值的客户签了多少"),
        unit=Unit.rate,
        place=90,
        read=_read,
        figure=_of_valuable,
        parts=_by_quality,
    )
]
