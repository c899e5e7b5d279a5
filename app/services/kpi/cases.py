"""Figures of indicators: the cases of some days, those of the people asked for, summed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from app.models.store.reader import Reader
from app.models.values import periods
from app.models.values.periods import Period
from app.services.kpi.filters import Chosen
from app.services.kpi.indicators import Case, Indicator, Moment, Result
from app.services.kpi.queries import Days
from app.services.kpi.raw import Teams
from app.services.kpi.workdays import workdays_in


class CaseFigures:
    """Answer indicators as of one day, reading the cases of the same days once."""

    def __init__(
        self, reader: Reader, chosen: Chosen, as_of: date, *, per_workday: bool = False
    ) -> None:
        self._reader = reader
        self._chosen = chosen
        self._as_of = as_of
        self._per_workday = per_workday
        self._staff, self._teams = chosen.people("staff"), chosen.people("team")
        self._team_of = Teams(reader) if self._teams is not None else None
        self._results: dict[tuple[str, Days], Result] = {}

    def cases(self, indicator: Indicator, days: Days) -> list[Case]:
        """Return the cases of some days, those left out with their reason."""
        last = min(days.last, self._as_of)
        if indicator.missing or days.first > last:
            return []
        before = periods.previous(days.of or periods.custom(days.first, days.last))
        moment = Moment(days.first, last, before, self._as_of, self._chosen)
        return [one for one in indicator.read(self._reader, moment) if self._takes(one)]

    def _takes(self, one: Case) -> bool:
        if self._staff is not None and one.staff_id not in self._staff:
            return False
        if self._team_of is None:
            return True
        return self._team_of.on(one.staff_id, one.on) in (self._teams or ())

    def result(self, indicator: Indicator, days: Days) -> Result:
        """Return the figure of some days; None for a figure of rows that are not kept."""
        key = (indicator.name, days)
        if key not in self._results:
            found = self.cases(indicator, days)
            self._results[key] = self.summed(indicator, counting(found), days)
        return self._results[key]

    def by_owner(self, indicator: Indicator, days: Days) -> dict[int, tuple[float | None, int]]:
        """Return figure and n of some days by whose cases they are."""
        mine: defaultdict[int, list[Case]] = defaultdict(list)
        for one in counting(self.cases(indicator, days)):
            mine[one.staff_id].append(one)
        found = {staff_id: self.summed(indicator, cases, days) for staff_id, cases in mine.items()}
        return {staff_id: (one.value, one.n) for staff_id, one in found.items()}

    def summed(self, indicator: Indicator, cases: Collection[Case], days: Days) -> Result:
        """Return the figure of cases that count."""
        if indicator.missing or days.first > self._as_of:
            return Result(None, 0)
        found = indicator.figure(list(cases))
        if not (self._per_workday and indicator.adds_up) or found.value is None:
            return found
        worked = workdays_in(days.first, min(days.last, self._as_of))
        return Result(found.value / worked if worked else None, found.n)


def counting(cases: Collection[Case]) -> list[Case]:
    """Return the cases that are not left out."""
    return [one for one in cases if not one.reason]


def days_of(period: Period) -> Days:
    """Return the days of a period."""
    return Days(period.start, period.end, of=period)
