"""The rows behind an indicator: its cases with the customers they are at (product.md 2.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.customers import Customer
from app.models.tables.kpi import CustomerFact
from app.models.tables.staff import Staff
from app.models.values.periods import Period
from app.services.kpi.cases import CaseFigures, counting, days_of
from app.services.kpi.filters import choose
from app.services.kpi.indicators import Case, Indicator
from app.services.kpi.queries import KpiFilter, KpiRow, KpiRows
from app.services.kpi.raw import CHUNK
from app.services.kpi.rows import Gathered, row_of
from app.services.kpi.shapes import FACT, Fact


def read_case_rows(
    reader: Reader,
    indicator: Indicator,
    period: Period,
    as_of: date,
    where: KpiFilter,
    limit: int | None,
) -> KpiRows:
    """Return every case behind an indicator, and those left out with the reason."""
    figures = CaseFigures(reader, choose(reader, where), as_of)
    days = days_of(period)
    cases = figures.cases(indicator, days)
    result = figures.summed(indicator, counting(cases), days)
    gathered = Gathered(limit)
    for row in _rows(reader, indicator, cases, as_of.isoformat()):
        gathered.add(row)
    parts = indicator.parts(counting(cases)) if indicator.parts is not None and cases else ()
    return KpiRows(
        metric=indicator.name,
        label=indicator.label,
        formula=indicator.formula,
        period=period,
        as_of=as_of,
        value=result.value,
        n=result.n,
        rows=tuple(gathered.rows),
        excluded=tuple(gathered.excluded),
        stands=gathered.stands,
        why=gathered.why,
        first_deal_fen=gathered.first_deal_fen,
        parts=tuple(parts),
        missing=indicator.missing,
    )


def _rows(
    reader: Reader, indicator: Indicator, cases: Sequence[Case], as_of: str
) -> Iterator[KpiRow]:
    staff = {row[0]: row[1] for row in reader.rows(select(Staff.id, Staff.name))}
    for at in range(0, len(cases), CHUNK):
        page = cases[at : at + CHUNK]
        known = _customers(reader, {one.customer_id for one in page})
        for one in page:
            if one.customer_id in known:
                fact, name, life = known[one.customer_id]
                yield _row(one, fact, (name, staff.get(one.staff_id, ""), life), indicator, as_of)


def _customers(reader: Reader, ids: set[int]) -> dict[int, tuple[Fact, str, str]]:
    wanted = (
        select(*FACT.c, Customer.name, Customer.life)
        .join(Customer, Customer.id == CustomerFact.customer_id)
        .where(among(CustomerFact.customer_id, ids))
    )
    width = len(FACT.c)
    return {
        row[0]: (Fact._make(row[:width]), row[width], row[width + 1]) for row in reader.rows(wanted)
    }


def _row(
    one: Case, fact: Fact, names: tuple[str, str, str], indicator: Indicator, as_of: str
) -> KpiRow:
    return row_of(
        fact,
        names,
        as_of,
        amount=one.top,
        counted=not one.reason and (bool(one.top) or not indicator.is_rate),
        reason=one.reason,
        bottom=one.bottom,
        on=one.on,
        part=one.part,
        fen=one.fen,
        details=one.details,
    )
