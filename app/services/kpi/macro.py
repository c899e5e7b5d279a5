"""The macro KPIs of periods with 同比 and 环比 (product.md 2.2-2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Reader
from app.models.values import periods
from app.models.values.growth import Change, compare
from app.models.values.periods import By, Period
from app.models.values.reasons import Unreadable
from app.services.kpi.filters import choose
from app.services.kpi.measures import Measure, all_measures, measure_named
from app.services.kpi.queries import Figure, KpiQuery, MacroReport, PeriodFigures
from app.services.kpi.spread import Spreads
from app.services.kpi.windows import Window, WindowSums, window

_MOST_PERIODS = 1000


@dataclass(frozen=True, slots=True)
class Days:
    """Days to sum over, and whether they were cut to be fair."""

    first: date
    last: date
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A period with the days it is compared with; None where there is no such period."""

    period: Period
    now: Days
    mom: Days | None
    yoy: Days | None


def span_of(period: Period, as_of: date, *, align: bool) -> Span:
    """Return the days of a period and of its bases (product.md 2.5)."""

    def base(found: Period | None) -> Days | None:
        if found is None:
            return None
        cut = periods.base_window(period, found, as_of, align=align)
        return Days(cut.start, cut.end, cut.aligned)

    now = Days(period.start, period.end)
    return Span(period, now, base(periods.previous(period)), base(periods.year_ago(period)))


def asked_periods(query: KpiQuery, fiscal_start: int = 1) -> list[Period]:
    """Return the periods asked for; raise ``UserError`` bad_period."""
    if query.from_on is not None and query.to_on is not None:
        return [own_range(query.from_on, query.to_on)]
    first = named_period(query.first_label, query.by, fiscal_start)
    last = named_period(query.last_label or query.first_label, query.by, fiscal_start)
    found = periods.spread(first, last)
    if not found or len(found) > _MOST_PERIODS:
        raise _bad_period(f"{query.first_label}..{query.last_label}")
    return found


def named_period(label: str, by: By, fiscal_start: int = 1) -> Period:
    """Return the period of a label; raise ``UserError`` bad_period."""
    try:
        return periods.parse_period(label, by, fiscal_start=fiscal_start)
    except Unreadable:
        raise _bad_period(label) from None


def own_range(first: date, last: date) -> Period:
    """Return a range of days of one's own; raise ``UserError`` bad_period."""
    if not periods.FIRST_YEAR <= first.year <= last.year <= periods.LAST_YEAR or last < first:
        raise _bad_period(f"{first}..{last}" if last != first else first.isoformat())
    return periods.custom(first, last)


def _bad_period(label: str) -> UserError:
    return UserError(
        "bad_period",
        N_("没有这个期间：{label}"),
        advice=N_("按月写 2026-10，按季写 2026-Q4，按周写 2026-W47，按年写 2026，先早后晚"),
        label=label,
    )


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
    spans = [span_of(period, as_of, align=query.align) for period in asked]
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
    return MacroReport(as_of, query.by, query.where, query.align, tuple(found))


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
        median=spread.median if spread else None,
        p90=spread.p90 if spread else None,
        counts={name: count(mine) for name, count in measure.counts.items()},
    )
