"""Working days by the legal holidays and swapped days of China (product.md 2.5)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from app.services.admin import holidays

_DAY = timedelta(days=1)


@cache
def _working(year: int) -> tuple[int, ...]:
    """Return for every day of a year how many working days there were up to it."""
    calendar = holidays.calendar_of({})
    found, count = [], 0
    day = date(year, 1, 1)
    while day.year == year:
        count += calendar.works(day)
        found.append(count)
        day += _DAY
    return tuple(found)


def _reached(day: date) -> int:
    return _working(day.year)[day.timetuple().tm_yday - 1]


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day: weekends, holidays and swapped days as announced."""
    return workdays_between(day - _DAY, day) > 0


def workdays_between(start: date, end: date) -> int:
    """Return the working days after one day up to another, 0 when that lies before."""
    if end <= start:
        return 0
    whole = sum(_working(year)[-1] for year in range(start.year, end.year))
    return whole + _reached(end) - _reached(start)


def workdays_in(first: date, last: date) -> int:
    """Return the working days of a range, both ends inside."""
    return workdays_between(first - _DAY, last)
