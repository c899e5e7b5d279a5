"""活跃度: which living customers talked with us lately (product.md 2.9).

Customers with a two-way contact in the last 90 days / living customers, both on the last day.
Two-way are visits, meetings, fairs and connected calls, and messages that came in or that
are noted by hand; what was only sent is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import and_, case, or_, select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact
from app.models.values.actions import Channel, Direction
from app.services.kpi.indicators import Case, Indicator, Moment
from app.services.kpi.indicators._reading import living_on, of_facts, owner_on
from app.services.kpi.metric import Unit

DAYS = 90
_MET = (Channel.visit, Channel.meeting, Channel.expo, Channel.phone)
_ANSWERED = (Direction.incoming, Direction.both)


def _read(reader: Reader, moment: Moment) -> Iterator[Case]:
    day = moment.last
    two_way = or_(
        and_(FollowUp.counts, or_(FollowUp.channel.in_(_MET), FollowUp.direction == "")),
        and_(FollowUp.channel.not_in(_MET), FollowUp.direction.in_(_ANSWERED)),
    )
    touched = select(FollowUp.id).where(
        FollowUp.customer_id == CustomerFact.customer_id,
        FollowUp.deleted_at == 0,
        FollowUp.on.between(day - timedelta(DAYS - 1), day),
        two_way,
    )
    on = day.isoformat()
    wanted = of_facts(
        CustomerFact.customer_id, owner_on(on), case((touched.exists(), 1), else_=0)
    ).where(living_on(day), *moment.chosen.of_customers())
    for customer_id, staff_id, active in reader.rows(wanted.order_by(CustomerFact.customer_id)):
        yield Case(customer_id, on, staff_id, top=active)


INDICATORS = [
    Indicator(
        name="active",
        label=N_("活跃度"),
        formula=N_("期末前 90 天内有过双向联系的在跟客户数 ÷ 期末在跟客户数"),
        brief=N_("90 天内有双向联系的客户"),
        unit=Unit.rate,
        place=40,
        read=_read,
        at_end=True,
    )
]
