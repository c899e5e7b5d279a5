"""The panels beside the trend: stages of a cohort, first and repeat money, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.models.store.reader import Reader
from app.models.tables.admin import Choice
from app.models.tables.base import NO_DAY
from app.models.tables.customers import StageMove
from app.models.tables.kpi import CustomerFact, StaffCredit
from app.models.tables.staff import Staff
from app.models.values import periods
from app.models.values.calibration import DEFAULT_STAGES
from app.models.values.periods import Period
from app.services.kpi.cases import CaseFigures
from app.services.kpi.daysums import inside, placed, sums_of
from app.services.kpi.filters import Chosen, choose
from app.services.kpi.macro import window_of
from app.services.kpi.measures import Axis, Measure
from app.services.kpi.owners import sums_by_owner
from app.services.kpi.queries import Days, KpiFilter, PersonFigure, PurchaseSplit, StageStep
from app.services.kpi.registry import AnyMetric
from app.services.kpi.shapes import KPI_MONTH, Sums
from app.services.kpi.spans import Ways, span_of
from app.services.kpi.sumrows import read_between
from app.services.kpi.windows import Window, WindowSums, is_whole, months_of, window


def read_stages(reader: Reader, period: Period, as_of: date, where: KpiFilter) -> list[StageStep]:
    """Return how far the customers of a period came by the as-of day (product.md 2.2).

    Skipping forward counts as having passed; moving back takes nothing away; a signing has
    reached the last stage.
    """
    chosen, span = choose(reader, where), span_of(period, as_of, Ways())
    names = stage_names(reader)
    now = _reached(reader, span.now, as_of, chosen, len(names))
    stood, back = _stood(reader, span.now, as_of, chosen)
    before = [0] * len(names)
    if span.yoy is not None:
        before = _reached(reader, span.yoy, as_of, chosen, len(names))
    return [
        StageStep(
            position=at,
            name=name,
            count=now[at],
            share=_ratio(now[at], now[0]),
            onward=_ratio(now[at], now[at - 1]) if at else None,
            last_year=_ratio(before[at], before[0]),
            skipped=now[at] - stood[at] if at else 0,
            back=back[at],
        )
        for at, name in enumerate(names)
    ]


def stage_names(reader: Reader) -> list[str]:
    """Return the words of the stage path in order."""
    kept = select(Choice.label).where(
        Choice.list_name == "stage", Choice.deleted_at == 0, Choice.archived.is_(False)
    )
    return [row[0] for row in reader.rows(kept.order_by(Choice.position))] or list(DEFAULT_STAGES)


def _stood(
    reader: Reader, days: Days, as_of: date, chosen: Chosen
) -> tuple[Counter[int], Counter[int]]:
    """Return how many customers ever stood in each stage, and how many moved back from it."""
    cohort = window(Axis.created, days.first, days.last, as_of)
    moves = (
        select(StageMove.customer_id, StageMove.from_position, StageMove.to_position)
        .join(CustomerFact, CustomerFact.customer_id == StageMove.customer_id)
        .where(StageMove.deleted_at == 0, StageMove.on <= as_of)
        .where(*inside(Axis.created, cohort.first, cohort.last, chosen))
        .subquery()
    )
    customers = func.count(func.distinct(moves.c.customer_id))

    def by(place: Any, *wanted: Any) -> Counter[int]:
        rows = reader.rows(select(place, customers).where(*wanted).group_by(place))
        return Counter({int(row[0]): int(row[1]) for row in rows})

    moved_back = moves.c.to_position < moves.c.from_position
    return by(moves.c.to_position), by(moves.c.from_position, moved_back)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _reached(reader: Reader, days: Days, as_of: date, chosen: Chosen, stages: int) -> list[int]:
    """Return how many customers created on some days reached each stage or a later one."""
    cohort = window(Axis.created, days.first, days.last, as_of)
    signed = (CustomerFact.first_sign_on != "") & (CustomerFact.first_sign_on <= as_of.isoformat())
    farthest = (
        select(
            CustomerFact.customer_id,
            func.coalesce(func.max(StageMove.to_position), 0).label("reached"),
            func.max(signed).label("signed"),
        )
        .outerjoin(
            StageMove,
            (StageMove.customer_id == CustomerFact.customer_id)
            & (StageMove.deleted_at == 0)
            & (StageMove.on <= as_of),
        )
        .where(*inside(Axis.created, cohort.first, cohort.last, chosen))
        .group_by(CustomerFact.customer_id)
        .subquery()
    )
    grouped = select(farthest.c.reached, farthest.c.signed, func.count())
    found = [0] * stages
    for reached, has_signed, number in reader.rows(
        grouped.group_by(farthest.c.reached, farthest.c.signed)
    ):
        last = stages - 1 if has_signed else min(int(reached), stages - 1)
        for at in range(last + 1):
            found[at] += number
    return found


def read_people(
    reader: Reader, metric: AnyMetric, period: Period, as_of: date, where: KpiFilter
) -> list[PersonFigure]:
    """Return a metric by the owner of the day, best n first, with the period a year earlier."""
    chosen, span = choose(reader, where), span_of(period, as_of, Ways())

    def by_owner(days: Days) -> dict[int, tuple[float | None, int]]:
        if isinstance(metric, Measure):
            sums = _by_owner(reader, metric, days, as_of, chosen)
            return {one: (metric.value(mine), metric.bottom(mine)) for one, mine in sums.items()}
        return CaseFigures(reader, chosen, as_of).by_owner(metric, days)

    now = by_owner(span.now)
    before = {} if span.yoy is None else by_owner(span.yoy)
    names = {row[0]: row[1] for row in reader.rows(select(Staff.id, Staff.name))}
    found = [
        PersonFigure(
            staff_id=staff_id,
            staff=names.get(staff_id, ""),
            value=value,
            n=n,
            last_year=before[staff_id][0] if staff_id in before else None,
        )
        for staff_id, (value, n) in now.items()
    ]
    return sorted(found, key=lambda one: (one.value is None, -(one.value or 0), -one.n, one.staff))


def figures_by_owner(
    reader: Reader, measure: Measure, days: Days, as_of: date, staff: Collection[int] | None = None
) -> dict[int, Sums]:
    """Return the sums of a KPI over some days by the owner of the day, of everybody or some."""
    cut = window_of(measure, days, as_of)
    return sums_by_owner(reader, cut, as_of.isoformat(), staff)


def _by_owner(
    reader: Reader, measure: Measure, days: Days, as_of: date, chosen: Chosen
) -> dict[int, Sums]:
    if not chosen.values:
        return figures_by_owner(reader, measure, days, as_of)
    axis, cut = measure.axis, window_of(measure, days, as_of)
    owner = CustomerFact.first_owner_id if axis is Axis.created else CustomerFact.sign_owner_id
    rows = reader.rows(
        sums_of(axis, owner).where(*inside(axis, cut.first, cut.last, chosen)).group_by(owner),
        {"as_of": as_of.isoformat()},
    )
    return {int(row[0]): Sums(*placed(axis, row[1:])) for row in rows}


def read_purchases(
    reader: Reader, asked: Sequence[Period], as_of: date, where: KpiFilter
) -> list[PurchaseSplit]:
    """Return what was signed in periods: A(c) of first deals, and everything else."""
    chosen = choose(reader, where)
    windows = {period: window(Axis.signed, period.start, period.end, as_of) for period in asked}
    sums = WindowSums(reader, chosen, as_of, windows.values())
    totals = _signed_totals(reader, windows, chosen)
    found = []
    for period, days in windows.items():
        first = sums.sums(days).first_deal_fen
        repeat = totals[period] - first
        found.append(PurchaseSplit(period, first, repeat, periods.is_complete(period, as_of)))
    return found


def _signed_totals(
    reader: Reader, windows: dict[Period, Window], chosen: Chosen
) -> dict[Period, int]:
    """Return the money signed on some days: from month sums where the months are whole."""
    months: dict[str, int] = {}
    if chosen.has_month_sums:
        low = min(days.first for days in windows.values())[:7]
        high = max(days.last for days in windows.values())[:7]
        rows = read_between(reader, KPI_MONTH, chosen, low, high)
        months = {month: Sums(*row).signed_fen for month, row in rows.items()}
    found = {}
    for period, days in windows.items():
        parts = list(months_of(days.first, days.last))
        if chosen.has_month_sums and all(is_whole(*part) for part in parts):
            found[period] = sum(months.get(month, 0) for month, _, _ in parts)
        else:
            found[period] = _signed_on(reader, days, chosen)
    return found


def _signed_on(reader: Reader, days: Window, chosen: Chosen) -> int:
    total = (
        select(func.sum(StaffCredit.signed_fen))
        .join(CustomerFact, CustomerFact.customer_id == StaffCredit.customer_id)
        .where(StaffCredit.on.between(days.first, days.last), StaffCredit.on != NO_DAY)
        .where(*chosen.conditions(Axis.signed))
    )
    return int(reader.scalar(total) or 0)
