"""Macro KPIs: figures of periods with their comparisons, the rows behind them, panels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.i18n import N_
from app.models.values.calendars import Calendar
from app.models.values.periods import By, Period
from app.services.admin import read_settings
from app.services.context import Context
from app.services.jobs import Progress
from app.services.kpi import case_rows, macro, panels, rebuilding, rows, snapshots, spans
from app.services.kpi.indicators import Indicator, all_indicators
from app.services.kpi.measures import Measure, all_measures
from app.services.kpi.queries import (
    EVERYBODY,
    KpiFilter,
    KpiQuery,
    KpiRows,
    MacroReport,
    PersonFigure,
    PurchaseSplit,
    StageStep,
    TrendPoint,
)
from app.services.kpi.rebuilding import Difference
from app.services.kpi.registry import metric_named
from app.services.kpi.snapshots import Kept, Restated

__all__ = ["EVERYBODY", "Kpi", "KpiFilter", "KpiQuery", "MacroReport", "Measure"]


class Kpi:
    """Answer every question about the macro KPIs from the facts."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def measures(self) -> tuple[Measure, ...]:
        """Return every KPI that sums answer, in the order they are shown."""
        return all_measures()

    def indicators(self) -> tuple[Indicator, ...]:
        """Return every further indicator, in the order they are shown."""
        return all_indicators()

    def calendar(self) -> Calendar:
        """Return how the office cuts time."""
        with self._context.read() as reader:
            return read_settings(reader).calendar()

    def period(self, label: str, by: By | None = None) -> Period:
        """Return the period of a label, of any kind without ``by``; raise bad_period."""
        calendar = self.calendar()
        if by is None:
            return spans.any_period(label, calendar)
        return spans.named_period(label, by, calendar)

    def macro(self, query: KpiQuery) -> MacroReport:
        """Return the KPIs of periods with 同比 and 环比; raise ``UserError`` bad_period."""
        with self._context.read() as reader:
            asked = spans.asked_periods(query, read_settings(reader).calendar())
            return macro.read_macro(reader, query, asked, self._as_of(query.as_of))

    @staticmethod
    def trend(report: MacroReport, metric: str) -> list[TrendPoint]:
        """Return one KPI of a report as a line, with the same periods of last year."""
        return [
            TrendPoint(
                period=one.period,
                value=one.metrics[metric].value,
                last_year=one.metrics[metric].yoy.base,
                n=one.metrics[metric].n,
                complete=one.complete,
            )
            for one in report.periods
        ]

    def rows(
        self,
        metric: str,
        period: Period,
        *,
        as_of: date | None = None,
        where: KpiFilter = EVERYBODY,
        limit: int | None = None,
    ) -> KpiRows:
        """Return the rows behind a figure, and what was left out and why.

        With a limit at most so many of each stand are kept; all are counted.
        """
        found, day = metric_named(metric), self._as_of(as_of)
        with self._context.read() as reader:
            if isinstance(found, Measure):
                return rows.read_rows(reader, found, period, day, where, limit)
            return case_rows.read_case_rows(reader, found, period, day, where, limit)

    def stage_conversion(
        self, period: Period, *, as_of: date | None = None, where: KpiFilter = EVERYBODY
    ) -> list[StageStep]:
        """Return how far the new customers of a period came along the stages."""
        with self._context.read() as reader:
            return panels.read_stages(reader, period, self._as_of(as_of), where)

    def purchases(
        self,
        periods: Iterable[Period],
        *,
        as_of: date | None = None,
        where: KpiFilter = EVERYBODY,
    ) -> list[PurchaseSplit]:
        """Return the money of first deals and of all other signings, by period."""
        with self._context.read() as reader:
            return panels.read_purchases(reader, list(periods), self._as_of(as_of), where)

    def by_person(
        self,
        metric: str,
        period: Period,
        *,
        as_of: date | None = None,
        where: KpiFilter = EVERYBODY,
    ) -> list[PersonFigure]:
        """Return a KPI of one period by person, highest first."""
        found = metric_named(metric)
        with self._context.read() as reader:
            return panels.read_people(reader, found, period, self._as_of(as_of), where)

    def freeze(self, period: Period) -> int:
        """Keep the figures of a period that is over as they are reported now (2.0.6).

        Returns the id; raises ``UserError`` not_over.
        """
        self._context.require("manage")
        with self._context.write(N_("留存快照")) as unit:
            return snapshots.freeze(unit, period, self._context.today())

    def snapshots(self, period: Period | None = None) -> list[Kept]:
        """Return the snapshots of a period or of all, newest first."""
        with self._context.read() as reader:
            return snapshots.read_kept(reader, period)

    def restated(self, snapshot_id: int, period: Period) -> list[Restated]:
        """Return the figures of a snapshot beside those of now; raise no_such_snapshot."""
        with self._context.read() as reader:
            return snapshots.restated(reader, snapshot_id, period, self._context.today())

    def differences(self, progress: Progress | None = None) -> list[Difference]:
        """Compare every fact and sum with the raw rows; an empty list is sound."""
        with self._context.read() as reader:
            return rebuilding.differences(reader, progress)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make every fact and sum anew from the raw rows."""
        with self._context.write() as unit:
            rebuilding.rebuild(unit, progress)

    def _as_of(self, as_of: date | None) -> date:
        if as_of is None:
            return self._context.today()
        return spans.own_range(as_of, as_of).end
