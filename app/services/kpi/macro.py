"""The macro KPIs of periods with 同比 and 环比 (product.md 2.2-2.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.models.store.reader import Reader
from app.models.values import periods
from app.models.values.growth import Change, compare
from app.models.values.periods import Period
from app.services.kpi.cases import CaseFigures
from app.services.kpi.filters import choose
from app.services.kpi.measures import Measure
from app.services.kpi.metric import Metric
from app.services.kpi.queries import Days, Figure, KpiQuery, MacroReport, PeriodFigures
from app.services.kpi.registry import AnyMetric, metrics_of
from app.services.kpi.spans import Span, span_of, ways_of
from app.services.kpi.spread import Spreads
from app.services.kpi.windows import Window, WindowSums, window


def read_macro(
    reader: Reader, query: KpiQuery, asked: Sequence[Period], as_of: date
) -> MacroReport:
    """Compute the KPIs of periods in one snapshot."""
    metrics = metrics_of(query.metrics)
    measures = [one for one in metrics if isinstance(one, Measure)]
    spans = [span_of(period, as_of, ways_of(query)) for period in asked]
    windows = {
        window_of(measure, days, as_of)
        for span in spans
        for days in (span.now, span.mom, span.yoy)
        if days is not None
        for measure in measures
    }
    chosen = choose(reader, query.where)
    sums = WindowSums(reader, chosen, as_of, windows)
    spreads = Spreads(reader, sums, asked) if query.medians and measures else None
    cases = CaseFigures(reader, chosen, as_of, per_workday=query.per_workday)
    figures = _Figures(sums, spreads, cases, as_of)
    found = [
        PeriodFigures(
            span.period,
            periods.is_complete(span.period, as_of),
            {one.name: figures.of(one, span) for one in metrics},
        )
        for span in spans
    ]
    by = None if query.from_on is not None else query.by
    return MacroReport(as_of, by, query.where, query.align, tuple(found))


def window_of(measure: Measure, days: Days, as_of: date) -> Window:
    """Return the window a KPI sums over for some days."""
    return window(measure.axis, days.first, days.last, as_of, measure.mature_days)


@dataclass(frozen=True, slots=True)
class _Figures:
    """Answer one metric of one span after the other."""

    sums: WindowSums
    spreads: Spreads | None
    cases: CaseFigures
    as_of: date

    def of(self, metric: AnyMetric, span: Span) -> Figure:
        """Return a figure with its comparisons."""
        if isinstance(metric, Measure):
            return self._measured(metric, span)
        found = self.cases.result(metric, span.now)

        def value_of(days: Days) -> float | None:
            return self.cases.result(metric, days).value

        figure = _compared(metric, span, found.value, found.n, value_of)
        return replace(figure, median=found.median, p90=found.p90, missing=metric.missing)

    def _measured(self, measure: Measure, span: Span) -> Figure:
        mine = self.sums.sums(window_of(measure, span.now, self.as_of))

        def value_of(days: Days) -> float | None:
            return measure.value(self.sums.sums(window_of(measure, days, self.as_of)))

        figure = _compared(measure, span, measure.value(mine), measure.bottom(mine), value_of)
        counts = {name: count(mine) for name, count in measure.counts.items()}
        spread = None if self.spreads is None else self.spreads.of(measure, span.period, mine)
        if spread is None:
            return replace(figure, counts=counts)
        return replace(figure, counts=counts, median=spread.median, p90=spread.p90)


def _compared(
    metric: Metric,
    span: Span,
    value: float | None,
    n: int,
    value_of: Callable[[Days], float | None],
) -> Figure:
    def against(days: Days | None) -> Change:
        return compare(
            value,
            None if days is None else value_of(days),
            is_rate=metric.is_rate,
            aligned=days is not None and days.aligned,
            has_period=days is not None,
        )

    return Figure(value, n, against(span.mom), against(span.yoy), span.mom, span.yoy)
