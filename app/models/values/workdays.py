"""Working days of an office: holidays with their names, and weekends worked in exchange (调休)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_LONGEST_REST = 30
_FARTHEST = 800
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named row of days off, both ends inside, weekends in it included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The holidays of a year, and the weekend days that are worked in exchange.

    ``announced`` is False where only the law is known and no notice with swapped days yet.
    """

    year: int
    holidays: tuple[Holiday, ...] = ()
    worked: frozenset[date] = frozenset()
    announced: bool = True

    def holiday_on(self, day: date) -> Holiday | None:
        """Return the holiday that a day belongs to."""
        return next((one for one in self.holidays if one.first <= day <= one.last), None)


FindYear = Callable[[int], HolidayYear | None]


def _no_year(_year: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Tell working days by the years ``find`` knows; Monday to Friday in any other year."""

    find: FindYear = _no_year

    def works(self, day: date) -> bool:
        """Tell whether the office works on a day."""
        if self._is_swapped(day):
            return True
        return day.weekday() < 5 and self.holiday_on(day) is None

    def holiday_on(self, day: date) -> Holiday | None:
        """Return the holiday that a day belongs to; a swapped working day belongs to none."""
        if self._is_swapped(day):
            return None
        found = (year.holiday_on(day) for year in self._years(day))
        return next((one for one in found if one is not None), None)

    def _is_swapped(self, day: date) -> bool:
        return any(day in year.worked for year in self._years(day))

    def _years(self, day: date) -> Iterator[HolidayYear]:
        """Yield what is known of a day's year; New Year may begin in the December before."""
        for number in (day.year, day.year + 1) if day.month == _DECEMBER else (day.year,):
            year = self.find(number)
            if year is not None:
                yield year

    def next_workday(self, day: date, count: int = 1) -> date:
        """Return the ``count``-th working day after a day."""
        found = day
        for _turn in range(count):
            found = next(one for one in self._from(found + _DAY) if self.works(one))
        return found

    def last_workday(self, day: date) -> date:
        """Return the last working day before a day."""
        days = (day - n * _DAY for n in range(1, _LONGEST_REST + 1))
        return next((one for one in days if self.works(one)), day - _DAY)

    def workdays_between(self, start: date, end: date) -> int:
        """Return the working days after one day up to another, 0 when that lies before."""
        return sum(self.works(start + n * _DAY) for n in range(1, (end - start).days + 1))

    def holidays_from(self, day: date) -> Iterator[Holiday]:
        """Yield the holidays that are not over on a day, earliest first."""
        for year in range(day.year, day.year + 3):
            known = self.find(year)
            for one in known.holidays if known else ():
                if one.last >= day:
                    yield one

    def holiday_named(self, name: str, day: date) -> Holiday | None:
        """Return the next holiday of a name that is not over on a day."""
        return next((one for one in self.holidays_from(day) if name in one.name), None)

    @staticmethod
    def _from(day: date) -> Iterator[date]:
        return (day + n * _DAY for n in range(_FARTHEST))


EVERY_WEEK = WorkCalendar()
"""Monday to Friday, no holiday known."""


def joined(years: Iterable[HolidayYear], other: FindYear) -> FindYear:
    """Return what knows these years and asks ``other`` for any further one."""
    own = {one.year: one for one in years}
    return lambda year: own.get(year) or other(year)
