"""赢单率: which part of the closed opportunities was won (product.md 2.9).

Won / (won + lost) among opportunities closed in the period, by number and by amount.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.base import NO_DAY
from app.models.tables.deals import Opportunity
from app.models.tables.kpi import CustomerFact
from app.services.kpi.indicators import Case, Indicator, Moment
from app.services.kpi.indicators._reading import of_facts, owner_on
from app.services.kpi.metric import Unit
from app.services.kpi.raw import as_text


def _closed(reader: Reader, moment: Moment) -> Iterator[tuple[int, str, int, int, bool]]:
    day = as_text(Opportunity.closed_on)
    owner = func.coalesce(func.nullif(Opportunity.owner_id, 0), owner_on(day))
    wanted = (
        of_facts(CustomerFact.customer_id, day, owner, Opportunity.expected_fen, Opportunity.state)
        .join(Opportunity, Opportunity.customer_id == CustomerFact.customer_id)
        .where(Opportunity.deleted_at == 0, Opportunity.state.in_(("won", "lost")))
        .where(Opportunity.closed_on.between(moment.first, moment.last))
        .where(Opportunity.closed_on != NO_DAY, *moment.chosen.of_customers())
        .order_by(Opportunity.closed_on, Opportunity.id)
    )
    for customer_id, on, staff_id, fen, state in reader.rows(wanted):
        yield customer_id, on, staff_id, fen, state == "won"


def _by_number(reader: Reader, moment: Moment) -> Iterator[Case]:
    for customer_id, on, staff_id, fen, won in _closed(reader, moment):
        yield Case(customer_id, on, staff_id, top=int(won), fen=max(fen, 0))


def _by_amount(reader: Reader, moment: Moment) -> Iterator[Case]:
    for customer_id, on, staff_id, fen, won in _closed(reader, moment):
        reason = "" if fen > 0 else N_("商机没有金额")
        yield Case(customer_id, on, staff_id, fen * won, fen, reason, fen=max(fen, 0))


INDICATORS = [
    Indicator(
        name="win_rate",
        label=N_("赢单率"),
        formula=N_("期内结束的商机里赢单数 ÷（赢单数＋输单数）"),
        brief=N_("结束的商机里赢了多少"),
        unit=Unit.rate,
        place=60,
        read=_by_number,
    ),
    Indicator(
        name="win_rate_amount",
        label=N_("赢单率（金额）"),
        formula=N_("期内结束的商机里赢单金额 ÷（赢单金额＋输单金额）"),
        brief=N_("结束的商机里赢了多少金额"),
        unit=Unit.rate,
        place=61,
        read=_by_amount,
        family="win_rate",
    ),
]
