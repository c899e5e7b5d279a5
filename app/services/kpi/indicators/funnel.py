"""漏斗: open opportunities by the stage of their customer on the last day (product.md 2.9).

Count, amount and weighted amount; the weight is the chance of 定性 and stage on that day
(product.md 1.4), none without 定性. An opportunity without an amount adds to the count alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, or_, select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.base import NO_DAY
from app.models.tables.customers import StageMove
from app.models.tables.deals import Opportunity
from app.models.tables.kpi import CustomerFact
from app.models.values.calibration import win_chance
from app.services.admin import read_settings
from app.services.kpi.indicators import Case, Cases, Indicator, Moment, total
from app.services.kpi.indicators._past import Calibrated
from app.services.kpi.indicators._reading import of_facts, owner_on
from app.services.kpi.metric import Unit
from app.services.kpi.panels import stage_names
from app.services.kpi.queries import Detail, Part
from app.services.kpi.raw import as_text

WEIGHTED = N_("加权金额")


def _read(reader: Reader, moment: Moment) -> Iterator[Case]:
    day, names = moment.last, stage_names(reader)
    on = day.isoformat()
    stage = (
        select(StageMove.to_position)
        .where(StageMove.customer_id == CustomerFact.customer_id, StageMove.deleted_at == 0)
        .where(StageMove.on <= day)
        .order_by(StageMove.at.desc(), StageMove.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    owner = func.coalesce(func.nullif(Opportunity.owner_id, 0), owner_on(on))
    begun = as_text(Opportunity.created_on)
    wanted = (
        of_facts(CustomerFact.customer_id, begun, owner, Opportunity.expected_fen, stage)
        .join(Opportunity, Opportunity.customer_id == CustomerFact.customer_id)
        .where(Opportunity.deleted_at == 0, Opportunity.created_on <= day)
        .where(or_(Opportunity.closed_on == NO_DAY, Opportunity.closed_on > day))
        .where(or_(Opportunity.state == "open", Opportunity.closed_on > day))
        .where(*moment.chosen.of_customers())
        .order_by(Opportunity.created_on, Opportunity.id)
    )
    rows = reader.rows(wanted)
    rated = Calibrated(reader, {row[0] for row in rows}, ("quality",))
    chances = read_settings(reader).win_chances
    for customer_id, since, staff_id, amount, reached in rows:
        fen, place = max(amount, 0), min(reached or 0, len(names) - 1)
        quality = rated.on(customer_id, "quality", on)
        weighted = round(fen * win_chance(quality, place, chances)) if quality else 0
        yield Case(
            customer_id,
            since or on,
            staff_id,
            top=fen,
            part=f"{place}:{names[place]}",
            fen=fen,
            details=(Detail(WEIGHTED, Unit.fen, weighted),),
        )


def _by_stage(cases: Cases) -> Sequence[Part]:
    whole = sum(one.fen for one in cases)
    found = []
    for part in sorted({one.part for one in cases}, key=lambda one: int(one.partition(":")[0])):
        mine = [one for one in cases if one.part == part]
        fen = sum(one.fen for one in mine)
        found.append(
            Part(
                part.partition(":")[2],
                len(mine),
                fen,
                fen / whole if whole else None,
                weighted_fen=sum(int(one.details[0].amount) for one in mine),
            )
        )
    return found


INDICATORS = [
    Indicator(
        name="funnel_fen",
        label=N_("漏斗"),
        formula=N_("期末还没结束的商机金额之和，按客户当时的阶段分开；加权按定性和阶段的把握"),
        brief=N_("在谈商机的金额"),
        unit=Unit.fen,
        place=70,
        read=_read,
        figure=total,
        parts=_by_stage,
        at_end=True,
    )
]
