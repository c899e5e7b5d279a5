"""The macro KPIs of periods with 同比 and 环比 (product.md 2.2-2.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.models.store.reader import Reader
from app.models.values import periods
from app.models.values.growth import Change, compare
from app.models.values.periods import Period
from app.services.kpi.cases import CaseFigures
from app.services.kpi.filters import choose
from app.services.kpi.indicators import Indicator
from app.services.kpi.measures import Axis, Measure
from app.services.kpi.metric import Metric
from app.services.kpi.queries import Days, Figure, KpiQuery, MacroReport, PeriodFigures
from app.services.kpi.registry import AnyMetric, metrics_of
from app.services.kpi.shapes import Sums
from app.services.kpi.spans import Span, span_of, ways_of
from app.services.kpi.spread import Spreads
from app.services.kpi.windows import Window, WindowSums, window

Cut = tuple[Axis, int]
"""What windows of measures differ by: the axis, and the days until a customer is old enough."""


def read_macro(
    reader: Reader, query: KpiQuery, asked: Sequence[Period], as_of: date
) -> MacroReport:
    """Compute the KPIs of periods in one snapshot."""
    metrics = metrics_of(query.metrics)
    measures = [one for one in metrics if isinstance(one, Measure)]
    spans = [span_of(period, as_of, ways_of(query)) for period in asked]
    cuts = {_cut_of(measure) for measure in measures}
    cutting = {cut: _Cutting(cut, as_of) for cut in cuts}
    windows = [{cut: one.of(span) for cut, one in cutting.items()} for span in spans]
    chosen = choose(reader, query.where)
    every = {one for mine in windows for three in mine.values() for one in three if one is not None}
    sums = WindowSums(reader, chosen, as_of, every)
    spreads = Spreads(reader, sums, asked) if query.medians and measures else None
    cases = CaseFigures(reader, chosen, as_of, per_workday=query.per_workday)
    figures = _Figures(sums, spreads, cases)
    found = [
        PeriodFigures(
            span.period,
            periods.is_complete(span.period, as_of),
            figures.of_span(metrics, span, mine),
        )
        for span, mine in zip(spans, windows, strict=True)
    ]
    by = None if query.from_on is not None else query.by
    return MacroReport(as_of, by, query.where, query.align, tuple(found))


def window_of(measure: Measure, days: Days, as_of: date) -> Window:
    """Return the window a KPI sums over for some days."""
    return window(measure.axis, days.first, days.last, as_of, measure.mature_days)


def _cut_of(measure: Measure) -> Cut:
    return measure.axis, measure.mature_days


class _Cutting:
    """Cut the days of spans to what is known; most are those of another span too."""

    def __init__(self, cut: Cut, as_of: date) -> None:
        self._axis, self._mature_days = cut
        self._as_of = as_of
        self._known: dict[tuple[date, date], Window] = {}

    def of(self, span: Span) -> tuple[Window | None, ...]:
        """Return the windows of a period, of the one before and of the year before."""
        return self._one(span.now), self._one(span.mom), self._one(span.yoy)

    def _one(self, days: Days | None) -> Window | None:
        if days is None:
            return None
        ends = days.first, days.last
        found = self._known.get(ends)
        if found is None:
            found = window(self._axis, *ends, self._as_of, self._mature_days)
            self._known[ends] = found
        return found


@dataclass(frozen=True, slots=True)
class _Figures:
    """Answer the metrics of one span after the other."""

    sums: WindowSums
    spreads: Spreads | None
    cases: CaseFigures

    def of_span(
        self,
        metrics: Sequence[AnyMetric],
        span: Span,
        windows: Mapping[Cut, tuple[Window | None, ...]],
    ) -> dict[str, Figure]:
        """Return every figure of a span by name, with its comparisons."""
        known = {
            cut: [None if one is None else self.sums.sums(one) for one in three]
            for cut, three in windows.items()
        }
        return {
            one.name: self._measured(one, span, known[_cut_of(one)])
            if isinstance(one, Measure)
            else self._of_cases(one, span)
            for one in metrics
        }

    def _measured(self, measure: Measure, span: Span, known: Sequence[Sums | None]) -> Figure:
        now, mom, yoy = known
        assert now is not None  # a span has its own days
        value = measure.value(now)
        spread = None if self.spreads is None else self.spreads.of(measure, span.period, now)
        return Figure(
            value,
            measure.bottom(now),
            _against(measure, value, span.mom, None if mom is None else measure.value(mom)),
            _against(measure, value, span.yoy, None if yoy is None else measure.value(yoy)),
            span.mom,
            span.yoy,
            median=None if spread is None else spread.median,
            p90=None if spread is None else spread.p90,
            counts={name: count(now) for name, count in measure.counts.items()},
        )

    def _of_cases(self, metric: Indicator, span: Span) -> Figure:
        found = self.cases.result(metric, span.now)
        mom, yoy = (
            None if days is None else self.cases.result(metric, days).value
            for days in (span.mom, span.yoy)
        )
        return Figure(
            found.value,
            found.n,
            _against(metric, found.value, span.mom, mom),
            _against(metric, found.value, span.yoy, yoy),
            span.mom,
            span.yoy,
            median=found.median,
            p90=found.p90,
            missing=metric.missing,
        )


def _against(metric: Metric, value: float | None, days: Days | None, base: float | None) -> Change:
    return compare(
        value,
        base,
        is_rate=metric.is_rate,
        aligned=days is not None and days.aligned,
        has_period=days is not None,
    )
