"""What the macro page asks for, and everything one reading of it brings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from app.models.values import periods
from app.models.values.calendars import Calendar
from app.models.values.periods import By, Period
from app.services.kpi import EVERYBODY, KpiFilter, KpiQuery, MacroReport
from app.services.kpi.queries import PersonFigure, PurchaseSplit, StageStep
from app.services.office import Office

SPANS: dict[By, tuple[int, ...]] = {
    By.week: (13, 26, 53),
    By.month: (12, 24, 36, 60),
    By.quarter: (8, 12, 20),
    By.half: (6, 10),
    By.year: (5, 10),
}

OWN_SPAN = 12
"""So many ranges of one's own stand beside each other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Kind and number of periods up to now, filter, comparison, chosen KPI and period.

    ``own`` is a range of one's own instead; as many as ``span`` of its length are shown.
    ``fiscal`` cuts quarters, halves and years by the office's fiscal year.
    """

    by: By = By.month
    span: int = 12
    where: KpiFilter = EVERYBODY
    align: bool = True
    metric: str = "conversion"
    label: str = ""
    own: Period | None = None
    fiscal: bool = False
    festival: bool = False
    shift: bool = False
    per_workday: bool = False

    def with_kind(self, by: By) -> Asked:
        """Return the same question by another kind of period."""
        return replace(self, by=by, span=SPANS[by][0], label="", own=None)

    def with_own(self, own: Period) -> Asked:
        """Return the same question for a range of days and those before it."""
        return replace(self, own=own, span=OWN_SPAN, label="")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the page shows for one question, and the seconds it took."""

    report: MacroReport
    chosen: Period
    purchases: list[PurchaseSplit]
    stages: list[StageStep]
    people: list[PersonFigure]
    seconds: float


def range_of(asked: Asked, today: date, calendar: Calendar) -> tuple[Period, Period]:
    """Return the first and the last period that are asked for."""
    last = asked.own or calendar.period_of(today, asked.by, fiscal=asked.fiscal)
    first = last
    for _ in range(asked.span - 1):
        first = periods.previous(first)
    return first, last


def query_of(asked: Asked, first: Period, last: Period) -> KpiQuery:
    """Return the question for some periods, of any kind or ranges of one's own."""
    if last.by is None:
        back = 0 if first == last else asked.span - 1
        own = KpiQuery(from_on=last.start, to_on=last.end, back=back)
    else:
        own = KpiQuery(first.label, last.label, last.by)
    return replace(
        own,
        where=asked.where,
        align=asked.align,
        festival=asked.festival,
        shift=asked.shift,
        per_workday=asked.per_workday,
    )


def read(office: Office, asked: Asked) -> Reading:
    """Read the page; short enough for the main thread."""
    begin = perf_counter()
    today = office.context.today()
    first, last = range_of(asked, today, office.kpi.calendar())
    report = office.kpi.macro(query_of(asked, first, last))
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
