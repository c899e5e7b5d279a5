"""流失原因: why customers and opportunities were lost, and to whom (product.md 2.9).

Every 失效 and every lost opportunity of the period, by reason and by competitor, the
commonest first with the share up to it (Pareto).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import func

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.base import NO_DAY
from app.models.tables.customers import LifeSpell
from app.models.tables.deals import Opportunity
from app.models.tables.kpi import CustomerFact
from app.services.kpi.indicators import Case, Cases, Indicator, Moment, Result
from app.services.kpi.indicators._past import Calibrated
from app.services.kpi.indicators._reading import of_facts, owner_on
from app.services.kpi.metric import Unit
from app.services.kpi.queries import Part
from app.services.kpi.raw import as_text

UNTOLD = N_("没写原因")
NOBODY = N_("没写竞品")


def _lost(reader: Reader, moment: Moment) -> Iterator[tuple[Case, str, str]]:
    """Return each loss with its reason and its competitor."""
    day = as_text(LifeSpell.from_on)
    spells = (
        of_facts(
            CustomerFact.customer_id, day, owner_on(day), LifeSpell.lost_fen, LifeSpell.reason,
            LifeSpell.competitor,
        )
        .join(LifeSpell, LifeSpell.customer_id == CustomerFact.customer_id)
        .where(LifeSpell.deleted_at == 0, LifeSpell.state == "churned")
        .where(LifeSpell.from_on.between(moment.first, moment.last))
        .where(LifeSpell.from_on != NO_DAY, *moment.chosen.of_customers())
        .order_by(LifeSpell.from_on, LifeSpell.id)
    )  # fmt: skip
    rows = reader.rows(spells)
    known = Calibrated(reader, {row[0] for row in rows if row[3] < 0}, ("expected_fen",))
    for customer_id, on, staff_id, fen, reason, competitor in rows:
        estimate = int(known.on(customer_id, "expected_fen", on) or 0)
        lost = fen if fen >= 0 else max(estimate, 0)
        yield Case(customer_id, on, staff_id, fen=lost), reason, competitor
    yield from _lost_chances(reader, moment)


def _lost_chances(reader: Reader, moment: Moment) -> Iterator[tuple[Case, str, str]]:
    day = as_text(Opportunity.closed_on)
    owner = func.coalesce(func.nullif(Opportunity.owner_id, 0), owner_on(day))
    wanted = (
        of_facts(CustomerFact.customer_id, day, owner, Opportunity.expected_fen, Opportunity.reason)
        .join(Opportunity, Opportunity.customer_id == CustomerFact.customer_id)
        .where(Opportunity.deleted_at == 0, Opportunity.state == "lost")
        .where(Opportunity.closed_on.between(moment.first, moment.last))
        .where(Opportunity.closed_on != NO_DAY, *moment.chosen.of_customers())
        .order_by(Opportunity.closed_on, Opportunity.id)
    )
    for customer_id, on, staff_id, fen, reason in reader.rows(wanted):
        yield Case(customer_id, on, staff_id, fen=max(fen, 0)), reason, ""


def _by_reason(reader: Reader, moment: Moment) -> Iterator[Case]:
    for case, reason, _competitor in _lost(reader, moment):
        yield _of(case, reason.strip() or UNTOLD)


def _by_competitor(reader: Reader, moment: Moment) -> Iterator[Case]:
    for case, _reason, competitor in _lost(reader, moment):
        yield _of(case, competitor.strip() or NOBODY)


def _of(case: Case, part: str) -> Case:
    return Case(case.customer_id, case.on, case.staff_id, fen=case.fen, part=part)


def _number(cases: Cases) -> Result:
    return Result(len(cases), len(cases))


def pareto(cases: Cases) -> Sequence[Part]:
    """Return the slices from the commonest on, each with the share of all up to it."""
    slices: defaultdict[str, list[Case]] = defaultdict(list)
    for one in cases:
        slices[one.part].append(one)
    found, reached = [], 0
    for name, mine in sorted(slices.items(), key=lambda one: (-len(one[1]), one[0])):
        reached += len(mine)
        whole = len(cases)
        fen = sum(one.fen for one in mine)
        found.append(Part(name, len(mine), fen, len(mine) / whole, reached / whole))
    return found


INDICATORS = [
    Indicator(
        name="losses",
        label=N_("流失原因"),
        formula=N_("期内失效的客户和输掉的商机，按原因从多到少"),
        brief=N_("丢了多少，为什么"),
        unit=Unit.times,
        place=120,
        read=_by_reason,
        figure=_number,
        parts=pareto,
        higher_is_better=False,
        adds_up=True,
    ),
    Indicator(
        name="losses_to",
        label=N_("流失去向"),
        formula=N_("期内失效的客户和输掉的商机，按竞品从多到少"),
        brief=N_("丢给了谁"),
        unit=Unit.times,
        place=121,
        read=_by_competitor,
        figure=_number,
        parts=pareto,
        higher_is_better=False,
        family="losses",
        adds_up=True,
    ),
]
