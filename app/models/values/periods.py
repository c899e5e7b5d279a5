"""Reporting periods, what came before them, and fair windows to compare with (product.md 2.0.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.models.values.reasons import N_, Unreadable

FIRST_YEAR = 1900
LAST_YEAR = 2199
MONDAY = 0
SUNDAY = 6
_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class By(StrEnum):
    """How time is cut."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    half = "half"
    year = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both inside; ``by`` is None for a range of one's own.

    Weeks begin on ``week_start``: Monday weeks are ISO weeks, Sunday weeks count from the
    one with 1 January. Quarters, halves and years begin in month ``fiscal_start`` and carry
    the year they start in, or the one they end in with ``named_by_end``.
    """

    by: By | None
    start: date
    end: date
    week_start: int = MONDAY
    fiscal_start: int = 1
    named_by_end: bool = False

    @property
    def days(self) -> int:
        """Return the number of days."""
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        """Return the period's name outside: 2026-10, 2026-Q4, 2026-H2, 2026-W47, 2026."""
        if self.by is None:
            return f"{self.start.isoformat()}..{self.end.isoformat()}"
        if self.by is By.day:
            return self.start.isoformat()
        if self.by is By.week:
            year, week = _week_number(self.start, self.week_start)
            return f"{year}-W{week:02d}"
        if self.by is By.month:
            return f"{self.start:%Y-%m}"
        return self._fiscal_label(_MONTHS[self.by])

    def _fiscal_label(self, months: int) -> str:
        past = (self.start.month - self.fiscal_start) % 12
        year = self.start.year - (1 if self.start.month < self.fiscal_start else 0)
        year += 1 if self.named_by_end and self.fiscal_start > 1 else 0
        name = f"FY{year}" if self.fiscal_start > 1 else f"{year}"
        return name if months == 12 else f"{name}-{'Q' if months == 3 else 'H'}{past // months + 1}"

    def contains(self, day: date) -> bool:
        """Tell whether the day is inside."""
        return self.start <= day <= self.end


def period_of(
    day: date,
    by: By,
    *,
    week_start: int = MONDAY,
    fiscal_start: int = 1,
    named_by_end: bool = False,
) -> Period:
    """Return the period a day belongs to."""
    if by is By.day:
        start, end = day, day
    elif by is By.week:
        start = day - (day.weekday() - week_start) % 7 * _DAY
        end = start + 6 * _DAY
    else:
        months = _MONTHS[by]
        first = fiscal_start if months > 1 else 1
        start = _first_of(day, -((day.month - first) % 12 % months))
        end = _first_of(start, months) - _DAY
    return Period(by, start, end, week_start, fiscal_start, named_by_end)


def _first_of(day: date, months: int) -> date:
    """Return the first of the month so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _like(day: date, period: Period, by: By) -> Period:
    return period_of(
        day,
        by,
        week_start=period.week_start,
        fiscal_start=period.fiscal_start,
        named_by_end=period.named_by_end,
    )


def custom(start: date, end: date) -> Period:
    """Return a range of one's own."""
    if end < start:
        raise ValueError("a range ends before it starts")
    return Period(None, start, end)


def rolling(days: int, as_of: date) -> Period:
    """Return the last so many days, ``as_of`` included."""
    return custom(as_of - (days - 1) * _DAY, as_of)


def previous(period: Period) -> Period:
    """Return the period just before, of the same kind or length (环比)."""
    last = period.start - _DAY
    if period.by is None:
        return rolling(period.days, last)
    return _like(last, period, period.by)


def following(period: Period) -> Period:
    """Return the period just after, of the same kind or length."""
    first = period.end + _DAY
    if period.by is None:
        return custom(first, first + (period.days - 1) * _DAY)
    return _like(first, period, period.by)


def year_ago(period: Period) -> Period | None:
    """Return the same period one year earlier (同比, product.md 2.5).

    None when there is none: week 53 of a year that has 52, or 29 February as a day.
    A range of one's own moves both ends, 29 February to the 28th.
    """
    if period.by is None:
        return custom(_year_before(period.start), _year_before(period.end))
    if period.by is By.day:
        day = _year_before(period.start)
        return _like(day, period, By.day) if day.day == period.start.day else None
    if period.by is By.week:
        year, week = _week_number(period.start, period.week_start)
        start = _week_start_of(year - 1, week, period.week_start)
        return None if start is None else _like(start, period, By.week)
    return _like(_first_of(period.start, -12), period, period.by)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def moved(period: Period, days: int) -> Period:
    """Return the range moved by so many days: 364 back keeps the weekdays (product.md 2.5)."""
    return custom(period.start + days * _DAY, period.end + days * _DAY)


def _first_week(year: int, week_start: int) -> date:
    """Return the first day of week 1: ISO has 4 January in it, Sunday weeks 1 January."""
    inside = date(year, 1, 4 if week_start == MONDAY else 1)
    return inside - (inside.weekday() - week_start) % 7 * _DAY


def _week_number(start: date, week_start: int) -> tuple[int, int]:
    year = (start + 6 * _DAY).year
    if start < _first_week(year, week_start):
        year -= 1
    return year, (start - _first_week(year, week_start)).days // 7 + 1


def _week_start_of(year: int, week: int, week_start: int) -> date | None:
    start = _first_week(year, week_start) + (week - 1) * 7 * _DAY
    return start if week > 0 and start < _first_week(year + 1, week_start) else None


_LABEL = {
    By.day: re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII),
    By.week: re.compile(r"(\d{4})-?W(\d{1,2})", re.ASCII),
    By.month: re.compile(r"(\d{4})-(\d{1,2})", re.ASCII),
    By.quarter: re.compile(r"(?:FY)?(\d{4})-?Q([1-4])", re.ASCII),
    By.half: re.compile(r"(?:FY)?(\d{4})-?H([12])", re.ASCII),
    By.year: re.compile(r"(?:FY)?(\d{4})", re.ASCII),
}


def parse_period(
    label: str,
    by: By,
    *,
    week_start: int = MONDAY,
    fiscal_start: int = 1,
    named_by_end: bool = False,
) -> Period:
    """Return the period of a label; raise Unreadable for a label that names none."""
    found = _LABEL[by].fullmatch(label.strip().upper())
    start = None
    if found:
        numbers = [int(group) for group in found.groups()]
        if named_by_end and fiscal_start > 1 and by in (By.quarter, By.half, By.year):
            numbers[0] -= 1
        start = _start_of(by, numbers, week_start, fiscal_start)
    if start is None:
        raise Unreadable(N_("没有这个期间"), label)
    return period_of(
        start, by, week_start=week_start, fiscal_start=fiscal_start, named_by_end=named_by_end
    )


def _start_of(by: By, numbers: list[int], week_start: int, fiscal_start: int) -> date | None:
    year = numbers[0]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if by is By.week:
        return _week_start_of(year, numbers[1], week_start)
    if by in (By.day, By.month):
        try:
            return date(year, numbers[1], numbers[2] if by is By.day else 1)
        except ValueError:
            return None
    part = numbers[1] - 1 if len(numbers) > 1 else 0
    return _first_of(date(year, fiscal_start, 1), part * _MONTHS[by])


def spread(first: Period, last: Period) -> list[Period]:
    """Return all periods of the same kind from one to the other, none if they are reversed."""
    found = []
    at = first
    while at.start <= last.start:
        found.append(at)
        at = following(at)
    return found


def is_complete(period: Period, as_of: date) -> bool:
    """Tell whether the last day has passed."""
    return as_of > period.end


def elapsed_days(period: Period, as_of: date) -> int:
    """Return the days from the start to ``as_of``, both counted, at most all."""
    return max(0, min((as_of - period.start).days + 1, period.days))


def cut(base: Period, k_days: int) -> tuple[date, date]:
    """Return the first so many days of a base period, at most all; with 0 the end lies before."""
    return base.start, base.start + (min(max(k_days, 0), base.days) - 1) * _DAY


@dataclass(frozen=True, slots=True)
class BaseWindow:
    """The days to compare with, whether they were cut, and whether the base was too short.

    31 March is compared with the whole of February: ``short``.
    """

    start: date
    end: date
    aligned: bool
    short: bool


def base_window(period: Period, base: Period, as_of: date, *, align: bool = True) -> BaseWindow:
    """Return what an unfinished period is fairly compared with (product.md 2.5)."""
    if not align or is_complete(period, as_of):
        return BaseWindow(base.start, base.end, aligned=False, short=False)
    elapsed = elapsed_days(period, as_of)
    return BaseWindow(*cut(base, elapsed), aligned=True, short=elapsed > base.days)


SPRING_FESTIVAL = {
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 3),
    2031: date(2031, 1, 23),
}
"""正月初一 (product.md 2.5)."""


def festival_base(period: Period) -> Period | None:
    """Return the days a year earlier with the same distance to 正月初一 (春节对齐).

    None outside January to March or where the festival of either year is not known.
    """
    year = period.end.year
    this, before = SPRING_FESTIVAL.get(year), SPRING_FESTIVAL.get(year - 1)
    if period.start < date(year, 1, 1) or period.end > date(year, 3, 31):
        return None
    return moved(period, (before - this).days) if this and before else None
