"""Medians and percentiles: two places of the values kept in order, or of the values of days."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select

from app.models.store.idlist import among_bound
from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.tables.kpi import KpiSpread
from app.models.values.periods import Period
from app.services.kpi.measures import Axis, Measure
from app.services.kpi.ordered import FIGURES, WIDTH, values_in
from app.services.kpi.shapes import KPI_SPREAD, Signing, Sums
from app.services.kpi.windows import WindowSums

Pick = Callable[[int], Sequence[float]]
"""Give the values at a rank and the one after it."""
_MEDIAN, _P90 = (1, 2), (9, 10)


@dataclass(frozen=True, slots=True)
class Spread:
    """The median and the 90th percentile of the values behind a mean."""

    median: float
    p90: float


def spread_of(n: int, pick: Pick) -> Spread | None:
    """Return the spread of n ordered values, None for none."""
    if not n:
        return None
    return _spread(n, *(pick((n - 1) * part // whole) for part, whole in (_MEDIAN, _P90)))


def _spread(n: int, middle: Sequence[float], high: Sequence[float]) -> Spread:
    """Return the spread of n values from the two at either rank."""
    return Spread(_between(n, middle, _MEDIAN), _between(n, high, _P90))


def _between(n: int, both: Sequence[float], share: tuple[int, int]) -> float:
    """Return a percentile as spreadsheets do: between two ranks in proportion."""
    part, whole = share
    rest = (n - 1) * part % whole
    return both[0] + (both[1] - both[0]) * rest / whole if rest else float(both[0])


class Spreads:
    """Answer the spreads of periods: whole months from kept values, anything else from rows."""

    def __init__(self, reader: Reader, sums: WindowSums, asked: Collection[Period]) -> None:
        self._reader = reader
        self._sums = sums
        self._asked = asked
        self._months = {one: found for one in asked if (found := sums.whole_months(one))}
        self._places: dict[str, dict[str, Spread]] = {}
        self._kept: dict[str, dict[str, array[int]]] = {}

    def of(self, measure: Measure, period: Period, sums: Sums) -> Spread | None:
        """Return the spread of a KPI in a period with these sums, None without one."""
        if not measure.spread or measure.axis is not Axis.signed:
            return None
        n, figure = measure.bottom(sums), measure.spread[-1]
        months = self._months.get(period) if measure.spread in FIGURES else None
        if not n or not months:
            return self._of_rows(measure, period, n, sums.first_count - n)
        if len(months) == 1 and len(self._sums.words[1]) == 1:
            return self._of_month(figure, months[0])
        ordered = self._together(figure, months)
        return spread_of(len(ordered), lambda at: ordered[at : at + 2])

    # -- kept values ------------------------------------------------------

    @cached_property
    def _ends(self) -> tuple[str, str]:
        every = [month for months in self._months.values() for month in months]
        return min(every), max(every)

    def _rows(self, statement: Compiled, figure: str) -> Sequence[Any]:
        dimension, words = self._sums.words
        values = {"dimension": dimension, "words": self._sums.words_as_json, "figure": figure}
        return self._reader.prepared_rows(
            statement,
            {**values, "value": next(iter(words), ""), "low": self._ends[0], "high": self._ends[1]},
        )

    def _of_month(self, figure: str, month: str) -> Spread | None:
        found = self._places.get(figure)
        if found is None:
            found = self._places[figure] = {
                month: _spread(n, values_in(middle), values_in(high))
                for month, n, middle, high in self._rows(_places(), figure)
            }
        return found.get(month)

    def _together(self, figure: str, months: Sequence[str]) -> Sequence[int]:
        if figure not in self._kept:
            kept = self._kept[figure] = {}
            for month, amounts in self._rows(_amounts(), figure):
                kept.setdefault(month, array("q")).extend(values_in(amounts))
        mine = self._kept[figure]
        return sorted(one for month in months for one in mine.get(month, ()))

    # -- rows of customers ------------------------------------------------

    def _of_rows(self, measure: Measure, period: Period, n: int, left_out: int) -> Spread | None:
        if not n:
            return None
        signings, days = self._signings
        low = bisect_left(days, period.start.isoformat())
        high = bisect_right(days, period.end.isoformat())
        value = attrgetter(measure.spread[-1])
        ordered = sorted(signings[low:high], key=attrgetter(*measure.spread))
        return spread_of(n, lambda at: [value(one) for one in ordered[left_out + at :][:2]])

    @cached_property
    def _signings(self) -> tuple[list[Signing], list[str]]:
        first = min(one.start for one in self._asked)
        last = max(one.end for one in self._asked)
        found = self._sums.signings(first, last)
        return found, [one.first_sign_on for one in found]


@cache
def _places() -> Compiled:
    n = func.length(KpiSpread.amounts).op("/")(_number(WIDTH))

    def values_at(share: tuple[int, int]) -> Any:
        rank = ((n - _number(1)) * _number(share[0])).op("/")(_number(share[1]))
        place = rank * _number(WIDTH) + _number(1)
        return func.substr(KpiSpread.amounts, place, _number(2 * WIDTH))

    chosen = select(KpiSpread.month, n, values_at(_MEDIAN), values_at(_P90)).where(
        KpiSpread.dimension == bindparam("dimension"),
        KpiSpread.value == bindparam("value"),
        *_of_months(),
    )
    return prepared(KPI_SPREAD, chosen)


@cache
def _amounts() -> Compiled:
    chosen = select(KpiSpread.month, KpiSpread.amounts).where(
        KpiSpread.dimension == bindparam("dimension"),
        among_bound(KpiSpread.value, "words"),
        *_of_months(),
    )
    return prepared(KPI_SPREAD, chosen)


def _number(value: int) -> Any:
    return literal_column(str(value))


def _of_months() -> tuple[Any, Any]:
    return (
        KpiSpread.figure == bindparam("figure"),
        KpiSpread.month.between(bindparam("low"), bindparam("high")),
    )
