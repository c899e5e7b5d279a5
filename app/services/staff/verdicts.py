"""Put effort beside result: peers' percentile ranks, or one's own past (product.md 2.7)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from app.models.store.reader import Reader
from app.models.values import periods
from app.models.values.periods import By, Period
from app.models.values.quadrant import (
    MIN_PEERS,
    MIN_WORKED_DAYS,
    mean_index,
    percentile_ranks,
    verdict,
    verdict_by_own,
)
from app.services.kpi.measures import measure_named
from app.services.kpi.panels import figures_by_owner
from app.services.kpi.queries import Days
from app.services.kpi.workdays import is_working_day
from app.services.staff.sums import staff_sums

if TYPE_CHECKING:
    from app.services.staff.summary import StaffRow, SummaryQuery

EFFORT = ("calls", "talk_seconds", "followups", "sms")
RESULT = ("signed_fen", "received_fen", "won_customers")
_PAST_PERIODS = 6
_KINDS = (By.day, By.week, By.month, By.quarter, By.half, By.year)

Values = Mapping[str, float | None]


class WorkingDays:
    """Count the working days of some days, up to today, that somebody was employed for."""

    def __init__(self, first: date, last: date) -> None:
        days = (first + timedelta(step) for step in range((last - first).days + 1))
        self._days = [day for day in days if is_working_day(day)]

    def worked(self, joined_on: date | None, left_on: date | None) -> int:
        """Return how many lie between the first and the last day of an employment."""
        low = bisect_left(self._days, joined_on) if joined_on else 0
        high = bisect_right(self._days, left_on) if left_on else len(self._days)
        return max(0, high - low)


def judged(
    reader: Reader, query: SummaryQuery, rows: Sequence[StaffRow], today: date
) -> tuple[StaffRow, ...]:
    """Return the rows with effort, result and verdict among those of the same post."""
    by_post: defaultdict[str, list[StaffRow]] = defaultdict(list)
    for row in rows:
        if row.worked_days >= MIN_WORKED_DAYS:
            by_post[row.post].append(row)
    found: dict[int, StaffRow] = {}
    alone: list[StaffRow] = []
    for peers in by_post.values():
        if len(peers) >= MIN_PEERS:
            found |= {row.staff_id: row for row in _ranked(peers)}
        else:
            alone += peers
    if alone:
        past = _past(reader, query, [row.staff_id for row in alone], today)
        found |= {row.staff_id: _by_own_past(row, past) for row in alone}
    return tuple(found.get(row.staff_id, row) for row in rows)


def values_of(row: StaffRow) -> dict[str, float | None]:
    """Return what the two indices are made of."""
    parts: dict[str, float | None] = {
        name: getattr(row.totals, name) for name in (*EFFORT, *RESULT)
    }
    return parts | {"conversion": row.conversion}


def _ranked(peers: Sequence[StaffRow]) -> list[StaffRow]:
    values = [values_of(row) for row in peers]

    def index(names: Sequence[str]) -> list[float | None]:
        ranks = [percentile_ranks([mine[name] for mine in values]) for name in names]
        return [mean_index(parts) for parts in zip(*ranks, strict=True)]

    both = zip(index(EFFORT), index((*RESULT, "conversion")), strict=True)
    return [
        replace(row, effort=effort, result=result, quadrant=_text(verdict(effort, result)))
        for row, (effort, result) in zip(peers, both, strict=True)
    ]


def _text(found: object) -> str | None:
    return None if found is None else str(found)


# -- fewer than four peers -------------------------------------------------------------------


def _by_own_past(row: StaffRow, past: Sequence[Callable[[int], Values]]) -> StaffRow:
    now, before = values_of(row), [mine(row.staff_id) for mine in past]

    def ratio(names: Sequence[str]) -> float | None:
        return mean_index([_against(now[name], [one[name] for one in before]) for name in names])

    found = verdict_by_own(ratio(EFFORT), ratio((*RESULT, "conversion")))
    return replace(row, quadrant=_text(found))


def _against(value: float | None, past: Sequence[float | None]) -> float | None:
    known = [one for one in past if one is not None]
    middle = median(known) if known else 0
    return value / middle if value is not None and middle > 0 else None


def _past(
    reader: Reader, query: SummaryQuery, staff: Sequence[int], today: date
) -> list[Callable[[int], Values]]:
    """Return what some people had in each of the six periods before, cut to as many days."""
    now = kind_of(query.first, query.last)
    found, period = [], now
    for _ in range(_PAST_PERIODS):
        period = periods.previous(period)
        days = periods.base_window(now, period, today)
        found.append(_values_in(reader, Days(days.start, days.end), staff, today))
    return found


def kind_of(first: date, last: date) -> Period:
    """Return the period that has just these days, or a range of one's own."""
    for kind in _KINDS:
        period = periods.period_of(first, kind)
        if (period.start, period.end) == (first, last):
            return period
    return periods.custom(first, last)


def _values_in(
    reader: Reader, days: Days, staff: Sequence[int], today: date
) -> Callable[[int], Values]:
    sums = staff_sums(reader, days.first, days.last, staff)
    measure = measure_named("conversion_90")
    cohorts = figures_by_owner(reader, measure, days, today, staff)

    def values(staff_id: int) -> Values:
        mine = sums.get(staff_id, {})
        plain: dict[str, float | None] = {name: mine.get(name, 0) for name in (*EFFORT, *RESULT)}
        cohort = cohorts.get(staff_id)
        return plain | {"conversion": None if cohort is None else measure.value(cohort)}

    return values
