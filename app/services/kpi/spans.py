"""Which days a period is, and which it is fairly compared with (product.md 2.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.errors import UserError
from app.i18n import N_
from app.models.values import periods
from app.models.values.calendars import Calendar
from app.models.values.periods import By, Period
from app.models.values.reasons import Unreadable
from app.services.kpi.queries import Basis, Days, KpiQuery

_MOST_PERIODS = 1000
SHIFT_DAYS = 364
"""So many days back the weekdays are the same."""


@dataclass(frozen=True, slots=True)
class Span:
    """A period with the days it is compared with; None where there is no such period."""

    period: Period
    now: Days
    mom: Days | None
    yoy: Days | None


@dataclass(frozen=True, slots=True)
class Ways:
    """How periods are compared.

    ``align`` cuts the base of an unfinished one, ``festival`` puts 正月初一 over the last one
    in views of January to March, ``shift`` goes 364 days back where there is no same period.
    """

    align: bool = True
    festival: bool = False
    shift: bool = False


def ways_of(query: KpiQuery) -> Ways:
    """Return how a query wants its periods compared."""
    return Ways(query.align, query.festival, query.shift)


def span_of(period: Period, as_of: date, ways: Ways) -> Span:
    """Return the days of a period and of its bases."""
    base, basis = _year_before(period, ways)
    return Span(
        period,
        Days(period.start, period.end, of=period),
        _cut(period, periods.previous(period), as_of, ways),
        None if base is None else _cut(period, base, as_of, ways, basis),
    )


def _year_before(period: Period, ways: Ways) -> tuple[Period | None, Basis]:
    if ways.festival and (festive := periods.festival_base(period)) is not None:
        return festive, Basis.festival
    same = periods.year_ago(period)
    if same is None and ways.shift:
        return periods.moved(period, -SHIFT_DAYS), Basis.shifted
    return same, Basis.same


def _cut(period: Period, base: Period, as_of: date, ways: Ways, basis: Basis = Basis.same) -> Days:
    found = periods.base_window(period, base, as_of, align=ways.align)
    return Days(found.start, found.end, found.aligned, found.short, basis, base)


# -- what was asked for ----------------------------------------------------------------------


def asked_periods(query: KpiQuery, calendar: Calendar) -> list[Period]:
    """Return the periods asked for; raise ``UserError`` bad_period."""
    if query.from_on is not None and query.to_on is not None:
        return _ranges(own_range(query.from_on, query.to_on), query.back)
    first = named_period(query.first_label, query.by, calendar)
    last = named_period(query.last_label or query.first_label, query.by, calendar)
    found = periods.spread(first, last) if first.fiscal_start == last.fiscal_start else []
    if not found or len(found) > _MOST_PERIODS:
        raise _bad_period(f"{query.first_label}..{query.last_label}")
    return found


def _ranges(newest: Period, back: int) -> list[Period]:
    """Return a range of one's own and so many before it, oldest first."""
    found = [newest]
    for _ in range(min(back, _MOST_PERIODS)):
        if found[-1].start.year <= periods.FIRST_YEAR:
            break
        found.append(periods.previous(found[-1]))
    return found[::-1]


def named_period(label: str, by: By, calendar: Calendar) -> Period:
    """Return the period of a label; raise ``UserError`` bad_period."""
    try:
        return calendar.parse(label, by)
    except Unreadable:
        raise _bad_period(label) from None


def any_period(label: str, calendar: Calendar) -> Period:
    """Return the period of a label of any kind, or of days a..b; raise bad_period."""
    first, dots, last = label.strip().partition("..")
    if dots:
        try:
            return own_range(date.fromisoformat(first), date.fromisoformat(last))
        except ValueError:
            raise _bad_period(label) from None
    for kind in (By.month, By.quarter, By.week, By.half, By.year):
        try:
            return calendar.parse(label, kind)
        except Unreadable:
            continue
    return named_period(label, By.day, calendar)


def own_range(first: date, last: date) -> Period:
    """Return a range of days of one's own, one day as a day; raise ``UserError`` bad_period."""
    if not periods.FIRST_YEAR <= first.year <= last.year <= periods.LAST_YEAR or last < first:
        raise _bad_period(f"{first}..{last}" if last != first else first.isoformat())
    return periods.period_of(first, By.day) if first == last else periods.custom(first, last)


def _bad_period(label: str) -> UserError:
    return UserError(
        "bad_period",
        N_("没有这个期间：{label}"),
        advice=N_("按月写 2026-10，按季写 2026-Q4，按周写 2026-W47，按年写 2026，先早后晚"),
        label=label,
    )
