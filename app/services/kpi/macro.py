"""The macro KPIs of periods with 同比 and 环比 (product.md 2.2-2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.models.store.unit import Reader
from app.models.values import periods
from app.models.values.growth import Change, compare
from app.models.values.periods import Period
from app.services.kpi.filters import choose
from app.services.kpi.measures import Measure, all_measures, measure_named
from app.services.kpi.queries import Days, Figure, KpiQuery, MacroReport, PeriodFigures
from app.services.kpi.spans import Span, span_of, ways_of
from app.services.kpi.spread import Spreads
from app.services.kpi.windows import Window, WindowSums, window


def measures_of(names: Sequence[str] | None) -> list[Measure]:
    """Return the KPIs asked for, or those of the page."""
    if names is None:
        return [one for one in all_measures() if one.on_page]
    return [measure_named(name) for name in names]


def read_macro(
    reader: Reader, query: KpiQuery, asked: Sequence[Period], as_of: date
) -> MacroReport:
    """Compute the KPIs of periods in one snapshot."""
    measures = measures_of(query.metrics)
    spans = [span_of(period, as_of, ways_of(query)) for period in asked]
    windows = {
        window_of(measure, days, as_of)
        for span in spans
        for days in (span.now, span.mom, span.yoy)
        if days is not None
        for measure in measures
    }
    sums = WindowSums(reader, choose(reader, query.where), as_of, windows)
    spreads = Spreads(reader, sums, asked) if query.medians else None
    found = [
        PeriodFigures(
            span.period,
            periods.is_complete(span.period, as_of),
            {one.name: _figure(one, span, sums, as_of, spreads) for one in measures},
        )
        for span in spans
    ]
    by = None if query.from_on is not None else query.by
    return MacroReport(as_of, by, query.where, query.align, tuple(found))


def window_of(measure: Measure, days: Days, as_of: date) -> Window:
    """Return the window a KPI sums over for some days."""
    return window(measure.axis, days.first, days.last, as_of, measure.mature_days)


def _figure(
    measure: Measure, span: Span, sums: WindowSums, as_of: date, spreads: Spreads | None
) -> Figure:
    mine = sums.sums(window_of(measure, span.now, as_of))
    value = measure.value(mine)

    def against(days: Days | None) -> Change:
        base = None if days is None else measure.value(sums.sums(window_of(measure, days, as_of)))
        return compare(
            value,
            base,
            is_rate=measure.is_rate,
            aligned=days is not None and days.aligned,
            has_period=days is not None,
        )

    spread = None if spreads is None else spreads.of(measure, span.period, mine)
    return Figure(
        value=value,
        n=measure.bottom(mine),
        mom=against(span.mom),
        yoy=against(span.yoy),
        mom_days=span.mom,
        yoy_days=span.yoy,
        median=spread.median if spread else None,
        p90=spread.p90 if spread else None,
        counts={name: count(mine) for name, count in measure.counts.items()},
    )
