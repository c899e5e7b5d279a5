"""Medians and percentiles: by rank through an index, or of the values of some days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from app.models.store.reader import Reader
from app.models.store.rollups import ranked
from app.models.values.periods import Period
from app.services.kpi.measures import Axis, Measure
from app.services.kpi.shapes import FACT, Signing, Sums
from app.services.kpi.windows import WindowSums

Pick = Callable[[int], Sequence[float]]
"""Give the values at a rank and the one after it."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The median and the 90th percentile of the values behind a mean."""

    median: float
    p90: float


def spread_of(n: int, pick: Pick) -> Spread | None:
    """Return the spread of n ordered values, None for none."""
    return Spread(_quantile(n, pick, 1, 2), _quantile(n, pick, 9, 10)) if n else None


def _quantile(n: int, pick: Pick, part: int, whole: int) -> float:
    """Return a percentile as spreadsheets do: between two ranks in proportion."""
    low, rest = divmod((n - 1) * part, whole)
    both = pick(low)
    return both[0] + (both[1] - both[0]) * rest / whole if rest else float(both[0])


class Spreads:
    """Answer the spreads of periods: a whole month by rank, anything else from its rows."""

    def __init__(self, reader: Reader, sums: WindowSums, asked: Collection[Period]) -> None:
        self._reader = reader
        self._months = {one: month for one in asked if (month := sums.month_of(one))}
        others = [one for one in asked if one not in self._months]
        self._signings: list[Signing] = []
        if others:
            first, last = min(one.start for one in others), max(one.end for one in others)
            self._signings = sums.signings(first, last)
        self._days = [one.first_sign_on for one in self._signings]

    def of(self, measure: Measure, period: Period, sums: Sums) -> Spread | None:
        """Return the spread of a KPI in a period with these sums, None without one."""
        if not measure.spread or measure.axis is not Axis.signed:
            return None
        n = measure.bottom(sums)
        left_out = sums.first_count - n
        month = self._months.get(period)
        if month is not None:
            return spread_of(
                n, lambda at: ranked(self._reader, FACT, measure.spread, month, left_out + at)
            )
        low = bisect_left(self._days, period.start.isoformat())
        high = bisect_right(self._days, period.end.isoformat())
        value = attrgetter(measure.spread[-1])
        ordered = sorted(self._signings[low:high], key=attrgetter(*measure.spread))
        return spread_of(n, lambda at: [value(one) for one in ordered[left_out + at :][:2]])
