"""Sums over any days: whole months from the month sums, the ragged ends from the facts."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import ColumnElement, func, select

from app.models.store.reader import Reader
from app.models.tables.kpi import CustomerFact
from app.models.values.periods import Period
from app.services.kpi.daysums import FIRST, day_of, inside, placed, sums_of
from app.services.kpi.filters import Chosen
from app.services.kpi.measures import Axis
from app.services.kpi.shapes import KPI_SUMS, Signing, Sums

_FEW = 6
_LAST = KPI_SUMS.index("signed_fen")


@dataclass(frozen=True, slots=True)
class Window:
    """Days as ISO text, both inside, on one axis; empty when the last is before the first."""

    axis: Axis
    first: str
    last: str


def window(axis: Axis, first: date, last: date, as_of: date, mature_days: int = 0) -> Window:
    """Return days cut to what is known, and old enough, on the as-of day."""
    newest = as_of - timedelta(mature_days)
    return Window(axis, first.isoformat(), min(last, newest).isoformat())


def months_of(first: str, last: str) -> Iterable[tuple[str, str, str]]:
    """Return each month touched with its days inside: (month, first day, last day)."""
    year, month = int(first[:4]), int(first[5:7])
    while True:
        label = f"{year:04d}-{month:02d}"
        if label > last[:7]:
            return
        end = f"{label}-{calendar.monthrange(year, month)[1]:02d}"
        yield label, max(first, f"{label}-01"), min(last, end)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def is_whole(month: str, first: str, last: str) -> bool:
    """Tell whether the days are all of a month."""
    days = calendar.monthrange(int(month[:4]), int(month[5:7]))[1]
    return first.endswith("-01") and last == f"{month}-{days:02d}"


class WindowSums:
    """Answer sums of windows, reading only what they need, as of one day."""

    def __init__(
        self, reader: Reader, chosen: Chosen, as_of: date, windows: Collection[Window]
    ) -> None:
        self._reader = reader
        self._chosen = chosen
        self._as_of = as_of.isoformat()
        self._whole: dict[Window, list[str]] = {}
        self._ragged: dict[Window, list[Window]] = {}
        for one in windows:
            self._split(one)
        self._month_rows = self._read_months()
        self._day_rows = self._read_days()

    def sums(self, wanted: Window) -> Sums:
        """Return the sums of a window announced before."""
        total = [0] * len(KPI_SUMS)
        places = range(FIRST) if wanted.axis is Axis.created else range(FIRST, _LAST)
        parts = [self._month_rows[wanted.axis, month] for month in self._whole[wanted]]
        parts += [self._day_rows[piece] for piece in self._ragged[wanted]]
        for part in parts:
            for at in places:
                total[at] += part[at]
        return Sums(*total)

    # -- cutting ----------------------------------------------------------

    def _split(self, wanted: Window) -> None:
        whole, ragged = self._whole.setdefault(wanted, []), self._ragged.setdefault(wanted, [])
        if wanted.last < wanted.first:
            return
        if not self._chosen.has_month_sums:
            ragged.append(wanted)
            return
        for month, first, last in months_of(wanted.first, wanted.last):
            if is_whole(month, first, last) or self._ends_now(wanted.axis, first, last):
                whole.append(month)
            else:
                ragged.append(Window(wanted.axis, first, last))

    def _ends_now(self, axis: Axis, first: str, last: str) -> bool:
        """Tell whether the month goes on but nothing in it is dated after the as-of day."""
        if last != self._as_of or not first.endswith("-01"):
            return False
        return self._quiet_after[axis]

    @cached_property
    def _quiet_after(self) -> dict[Axis, bool]:
        month_end = f"{self._as_of[:7]}-31"
        found = {}
        for axis in Axis:
            day = day_of(axis)
            later = select(day).where(day > self._as_of, day <= month_end, day != "").limit(1)
            found[axis] = self._reader.one(later) is None
        return found

    # -- whole months -----------------------------------------------------

    def _read_months(self) -> dict[tuple[Axis, str], list[int]]:
        months = {month for found in self._whole.values() for month in found}
        rows: dict[str, list[int]] = defaultdict(lambda: [0] * len(KPI_SUMS))
        found: dict[tuple[Axis, str], list[int]] = defaultdict(lambda: [0] * len(KPI_SUMS))
        if not months:
            return found
        for month, *sums in self._reader.rows(self._chosen.month_rows(min(months), max(months))):
            rows[month] = [a + b for a, b in zip(rows[month], sums, strict=True)]
        later = self._signed_later()
        for month in months:
            found[Axis.signed, month] = rows[month]
            cohort = list(rows[month])
            for at, number in later.get(month, ()):
                cohort[at] -= number
            found[Axis.created, month] = cohort
        return found

    def _signed_later(self) -> dict[str, list[tuple[int, int]]]:
        """Return what month sums hold of signings after the as-of day, to be taken off."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        month = func.substr(CustomerFact.created_on, 1, 7)
        for place, day in ((1, CustomerFact.first_sign_on), (2, CustomerFact.second_sign_on)):
            later = (
                select(month, func.count())
                .where(day > self._as_of, day != "", CustomerFact.created_on != "")
                .where(CustomerFact.historic.is_(False), *self._chosen.conditions(Axis.created))
                .group_by(month)
            )
            for label, number in self._reader.rows(later):
                found[label].append((place, number))
        return found

    # -- ragged days ------------------------------------------------------

    def _read_days(self) -> dict[Window, list[int]]:
        pieces = {piece for found in self._ragged.values() for piece in found}
        found: dict[Window, list[int]] = {}
        for axis in Axis:
            mine = [piece for piece in pieces if piece.axis is axis]
            if len(mine) > _FEW:
                found |= self._by_day(axis, mine)
            else:
                found |= {piece: self._one_range(piece) for piece in mine}
        return found

    def _one_range(self, piece: Window) -> list[int]:
        wanted = sums_of(piece.axis).where(*self._inside(piece))
        row = self._reader.one(wanted, {"as_of": self._as_of})
        return placed(piece.axis, row or ())

    def _by_day(self, axis: Axis, pieces: list[Window]) -> dict[Window, list[int]]:
        hull = Window(axis, min(p.first for p in pieces), max(p.last for p in pieces))
        day = day_of(axis)
        rows = self._reader.rows(
            sums_of(axis, day).where(*self._inside(hull)).group_by(day).order_by(day),
            {"as_of": self._as_of},
        )
        days = [row[0] for row in rows]
        running = [[0] * len(KPI_SUMS)]
        for row in rows:
            running.append([a + b for a, b in zip(running[-1], placed(axis, row[1:]), strict=True)])
        found = {}
        for piece in pieces:
            low, high = bisect_left(days, piece.first), bisect_right(days, piece.last)
            found[piece] = [b - a for a, b in zip(running[low], running[high], strict=True)]
        return found

    def _inside(self, piece: Window) -> list[ColumnElement[bool]]:
        return inside(piece.axis, piece.first, piece.last, self._chosen)

    def month_of(self, period: Period) -> str:
        """Return the month whose signings are just those of the period, empty if none is."""
        days = window(Axis.signed, period.start, period.end, self._as_of_day)
        whole = self._whole.get(days, [])
        alone = not self._chosen.values and len(whole) == 1 and not self._ragged.get(days)
        return whole[0] if alone else ""

    def signings(self, first: date, last: date) -> list[Signing]:
        """Return the first signings of some days in order, for medians."""
        fact = CustomerFact
        wanted = window(Axis.signed, first, last, self._as_of_day)
        chosen = select(
            fact.first_sign_on,
            fact.priced,
            fact.first_deal_fen,
            fact.cycle_days,
            fact.touches,
            fact.backdated,
        ).where(*self._inside(wanted))
        rows = self._reader.rows(chosen.order_by(fact.first_sign_on))
        return list(map(Signing._make, rows))

    @cached_property
    def _as_of_day(self) -> date:
        return date.fromisoformat(self._as_of)
