"""Working days for the offsets of steps."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from app.services.kpi.workdays import is_working_day

_DAY = timedelta(days=1)


@lru_cache(maxsize=65_536)
def add_workdays(day: date, count: int) -> date:
    """Return the day so many working days after another, holidays and swapped days minded."""
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day
