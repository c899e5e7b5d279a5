"""The rows behind a figure, and what was left out and why (product.md 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, not_, select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.store.visible import counted_customer
from app.models.tables.base import NO_DAY
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract
from app.models.tables.kpi import CustomerFact
from app.models.tables.staff import Staff
from app.models.values.deals import EFFECTIVE
from app.models.values.periods import Period
from app.services.kpi.daysums import day_of
from app.services.kpi.filters import Chosen, choose
from app.services.kpi.measures import Axis, Measure
from app.services.kpi.queries import KpiFilter, KpiRow, KpiRows, Stand
from app.services.kpi.shapes import FACT, Fact

_NOT_EFFECTIVE = {
    "void": N_("合同已作废"),
    "draft": N_("合同还是草稿"),
    "pending": N_("合同还在审批"),
    "rejected": N_("合同被驳回"),
    "withdrawn": N_("合同已撤回"),
}
_IN_BIN, _MERGED, _TRIAL = N_("在回收站里"), N_("已并到别的客户"), N_("测试数据")


class Gathered:
    """Count rows by where they stand, and keep so many of each."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self.rows: list[KpiRow] = []
        self.excluded: list[KpiRow] = []
        self.stands: Counter[Stand] = Counter()
        self.why: Counter[str] = Counter()
        self.first_deal_fen = 0

    def add(self, row: KpiRow) -> None:
        """Count a row, and keep it if there is room."""
        stand = row.stand
        self.stands[stand] += 1
        if stand is Stand.excluded:
            self.why[row.reason] += 1
        elif stand is Stand.signed:
            self.first_deal_fen += row.first_deal_fen or 0
        if self._limit is None or self.stands[stand] <= self._limit:
            (self.excluded if stand is Stand.excluded else self.rows).append(row)


def read_rows(
    reader: Reader,
    measure: Measure,
    period: Period,
    as_of: date,
    where: KpiFilter,
    limit: int | None = None,
) -> KpiRows:
    """Return the customers behind a figure, and those left out with the reason.

    With a limit at most so many of each stand are kept; all are counted.
    """
    chosen, newest = choose(reader, where), as_of.isoformat()
    first, last = period.start.isoformat(), min(period.end, as_of).isoformat()
    gathered, top, n = Gathered(limit), 0, 0
    seen: set[int] = set()
    for fact, names in _facts(reader, measure.axis, chosen, (first, last)):
        judged = measure.judge(fact, newest)
        seen.add(fact.customer_id)
        top += judged.amount if judged.counted else 0
        n += judged.counted
        counts = judged.counted and (bool(judged.amount) or not measure.is_rate)
        said = {"amount": judged.amount, "counted": counts, "reason": judged.reason}
        gathered.add(row_of(fact, names, newest, **said))
    for row in _outside(reader, measure.axis, where, (first, last)):
        if row.customer_id not in seen:
            gathered.add(row)
    return KpiRows(
        metric=measure.name,
        label=measure.label,
        formula=measure.formula,
        period=period,
        as_of=as_of,
        value=top / n if n else None,
        n=n,
        rows=tuple(gathered.rows),
        excluded=tuple(gathered.excluded),
        stands=gathered.stands,
        why=gathered.why,
        first_deal_fen=gathered.first_deal_fen,
    )


Names = tuple[str, str, str]


def _facts(
    reader: Reader, axis: Axis, chosen: Chosen, days: tuple[str, str]
) -> Iterable[tuple[Fact, Names]]:
    day = day_of(axis)
    owner = CustomerFact.first_owner_id if axis is Axis.created else CustomerFact.sign_owner_id
    found = (
        select(*FACT.c, Customer.name, Staff.name, Customer.life)
        .join(Customer, Customer.id == CustomerFact.customer_id)
        .outerjoin(Staff, Staff.id == owner)
        .where(day.between(*days), day != "", *chosen.conditions(axis))
        .order_by(day, CustomerFact.customer_id)
    )
    width = len(FACT.c)
    for row in reader.rows(found):
        name, staff, life = row[width:]
        yield Fact._make(row[:width]), (name, staff or "", life)


def row_of(fact: Fact, names: Names, as_of: str, **judged: Any) -> KpiRow:
    """Return a customer as a row of a figure; ``judged`` is what the figure says of it."""
    signed = fact.signed_by(as_of)
    return KpiRow(
        customer_id=fact.customer_id,
        customer=names[0],
        owner=names[1],
        source=fact.source,
        life=names[2],
        created_on=fact.created_on,
        first_sign_on=fact.first_sign_on if signed else "",
        second_sign_on=fact.second_sign_on if fact.again_by(as_of) else "",
        first_deal_fen=fact.first_deal_fen if signed and fact.priced else None,
        cycle_days=fact.cycle_days if signed and fact.cycle_days >= 0 else None,
        touches=fact.touches if signed else None,
        backdated=signed and fact.backdated,
        **judged,
    )


# -- what is no customer of the figures at all -----------------------------------------------


def _outside(reader: Reader, axis: Axis, where: KpiFilter, days: tuple[str, str]) -> list[KpiRow]:
    mine = _as_customers(where)
    if axis is Axis.created:
        created = Customer.created_on.between(
            date.fromisoformat(days[0]), date.fromisoformat(days[1])
        )
        wanted = and_(created, not_(counted_customer()), *mine)
        reason = case(
            (Customer.merged_into_id != 0, _MERGED),
            (Customer.deleted_at != 0, _IN_BIN),
            else_=_TRIAL,
        )
        return _left_out(reader, select(*_SHOWN, reason).where(wanted))
    signed = Contract.signed_on.between(date.fromisoformat(days[0]), date.fromisoformat(days[1]))
    unsigned = (
        select(*_SHOWN, Contract.status)
        .join(Contract, Contract.customer_id == Customer.id)
        .where(signed, Contract.signed_on != NO_DAY, Contract.deleted_at == 0)
        .where(Contract.status.not_in(EFFECTIVE), counted_customer(), *mine)
    )
    return _left_out(reader, unsigned)


_SHOWN: tuple[Any, ...] = (
    Customer.id,
    Customer.name,
    Staff.name,
    Customer.source,
    Customer.life,
    Customer.created_on,
)


def _left_out(reader: Reader, wanted: Any) -> list[KpiRow]:
    found = wanted.outerjoin(Staff, Staff.id == Customer.owner_id).order_by(Customer.id)
    return [
        KpiRow(
            customer_id=row[0],
            customer=row[1],
            owner=row[2] or "",
            source=row[3],
            life=row[4],
            created_on=row[5].isoformat() if row[5] else "",
            first_sign_on="",
            second_sign_on="",
            first_deal_fen=None,
            cycle_days=None,
            touches=None,
            backdated=False,
            amount=0,
            counted=False,
            reason=_NOT_EFFECTIVE.get(row[6], row[6]),
        )
        for row in reader.rows(found)
    ]


def _as_customers(where: KpiFilter) -> list[ColumnElement[bool]]:
    """Return the filter for customers without facts: by their present owner and words."""
    found: list[ColumnElement[bool]] = []
    if where.staff_id is not None:
        found.append(Customer.owner_id == where.staff_id)
    if where.team_id is not None:
        mates = select(Staff.id).where(Staff.team_id == where.team_id)
        found.append(Customer.owner_id.in_(mates))
    for name in ("source", "industry", "grade", "kind"):
        word = getattr(where, name)
        if word is not None:
            found.append(getattr(Customer, name) == word)
    if where.region is not None:
        found.append(
            Customer.region_code.startswith(where.region) | (Customer.region == where.region)
        )
    return found
