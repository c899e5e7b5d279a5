"""What the macro page asks for, and everything one reading of it brings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from app.models.values import periods
from app.models.values.periods import By, Period
from app.services.kpi import EVERYBODY, KpiFilter, KpiQuery, MacroReport
from app.services.kpi.queries import PersonFigure, PurchaseSplit, StageStep
from app.services.office import Office

SPANS: dict[By, tuple[int, ...]] = {
    By.week: (13, 26, 53),
    By.month: (12, 24, 36, 60),
    By.quarter: (8, 12, 20),
    By.year: (5, 10),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Kind and number of periods up to now, filter, comparison, chosen KPI and period."""

    by: By = By.month
    span: int = 12
    where: KpiFilter = EVERYBODY
    align: bool = True
    metric: str = "conversion"
    label: str = ""

    def with_kind(self, by: By) -> Asked:
        """Return the same question by another kind of period."""
        return replace(self, by=by, span=SPANS[by][0], label="")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the page shows for one question, and the seconds it took."""

    report: MacroReport
    chosen: Period
    purchases: list[PurchaseSplit]
    stages: list[StageStep]
    people: list[PersonFigure]
    seconds: float


def range_of(asked: Asked, today: date) -> tuple[Period, Period]:
    """Return the first and the last period that are asked for."""
    last = periods.period_of(today, asked.by)
    first = last
    for _ in range(asked.span - 1):
        first = periods.previous(first)
    return first, last


def query_of(asked: Asked, period: Period) -> KpiQuery:
    """Return the question for one period, of any kind or a range of one's own."""
    if period.by is None:
        own = KpiQuery(from_on=period.start, to_on=period.end)
    else:
        own = KpiQuery(period.label, period.label, period.by)
    return replace(own, where=asked.where, align=asked.align)


def read(office: Office, asked: Asked) -> Reading:
    """Read the page; short enough for the main thread."""
    begin = perf_counter()
    today = office.context.today()
    first, last = range_of(asked, today)
    query = KpiQuery(first.label, last.label, asked.by, where=asked.where, align=asked.align)
    report = office.kpi.macro(query)
    shown = [one.period for one in report.periods]
    chosen = next((one for one in shown if one.label == asked.label), _last_complete(report))
    return Reading(
        report=report,
        chosen=chosen,
        purchases=office.kpi.purchases(shown[-12:], where=asked.where),
        stages=office.kpi.stage_conversion(chosen, where=asked.where),
        people=office.kpi.by_person(asked.metric, chosen, where=asked.where),
        seconds=perf_counter() - begin,
    )


def _last_complete(report: MacroReport) -> Period:
    complete = [one.period for one in report.periods if one.complete]
    return complete[-1] if complete else report.periods[-1].period
