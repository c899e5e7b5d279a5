"""Sums over any days: whole months from the month sums, the ragged ends from the facts."""

from __future__ import annotations

import calendar
import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, select

from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.tables.kpi import CustomerFact
from app.models.values.periods import Period
from app.services.kpi.daysums import day_of, inside, placed, sums_of
from app.services.kpi.filters import Chosen
from app.services.kpi.measures import Axis
from app.services.kpi.shapes import FACT, KPI_DAY, KPI_MONTH, Signing, Sums
from app.services.kpi.sumrows import Row, empty_row, of_axis, read_between, signed_later

_FEW = 6
_MONTHS = 12
"""So many months with ragged ends are read one by one."""


def added(rows: Iterable[Row]) -> Row:
    """Return rows added up, nothing for none."""
    return [sum(column) for column in zip(*rows, strict=True)] or empty_row()


class Window(NamedTuple):
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
        end = f"{label}-{_days_in(year, month):02d}"
        yield label, max(first, f"{label}-01"), min(last, end)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def is_whole(month: str, first: str, last: str) -> bool:
    """Tell whether the days are all of a month."""
    days = _days_in(int(month[:4]), int(month[5:7]))
    return first.endswith("-01") and last == f"{month}-{days:02d}"


@cache
def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


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
        self._later = self._signed_later()
        self._month_rows = self._read_months()
        self._day_rows = self._read_days()
        self._known: dict[Window, Sums] = {}

    def sums(self, wanted: Window) -> Sums:
        """Return the sums of a window announced before."""
        found = self._known.get(wanted)
        if found is None:
            parts = [self._month_rows[wanted.axis, month] for month in self._whole[wanted]]
            parts += [self._day_rows[piece] for piece in self._ragged[wanted]]
            total = parts[0] if len(parts) == 1 else added(parts)
            found = self._known[wanted] = of_axis(wanted.axis, total)
        return found

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
        values = {"as_of": self._as_of, "month_end": f"{self._as_of[:7]}-31"}
        return {axis: not self._reader.prepared_rows(_after(axis), values) for axis in Axis}

    # -- stored sums ------------------------------------------------------

    def _signed_later(self) -> list[tuple[str, Row]]:
        """Return what stored sums hold of signings after the as-of day, by day of creation."""
        if not self._chosen.has_month_sums:
            return []
        return signed_later(self._reader, self._chosen, self._as_of)

    def _read_months(self) -> dict[tuple[Axis, str], Row]:
        months = {month for found in self._whole.values() for month in found}
        found: dict[tuple[Axis, str], Row] = {}
        if months:
            ends = min(months), max(months)
            rows = read_between(self._reader, KPI_MONTH, self._chosen, *ends)
            cohorts = _less(rows, ((on[:7], row) for on, row in self._later))
            for month in months:
                found[Axis.signed, month] = rows[month]
                found[Axis.created, month] = cohorts[month]
        return found

    def _read_days(self) -> dict[Window, Row]:
        pieces = {piece for found in self._ragged.values() for piece in found}
        if self._chosen.has_month_sums:
            return self._stored_days(pieces)
        found: dict[Window, Row] = {}
        for axis in Axis:
            mine = [piece for piece in pieces if piece.axis is axis]
            if len(mine) > _FEW:
                found |= self._by_day(axis, mine)
            else:
                found |= {piece: self._one_range(piece) for piece in mine}
        return found

    def _stored_days(self, pieces: Collection[Window]) -> dict[Window, Row]:
        """Return the sums of pieces of months from the sums of their days."""
        rows: defaultdict[str, Row] = defaultdict(empty_row)
        for low, high in _hulls(pieces):
            rows |= read_between(self._reader, KPI_DAY, self._chosen, low, high)
        cohorts = _less(rows, self._later)
        days = sorted(rows)
        found = {}
        for piece in pieces:
            begin, end = bisect_left(days, piece.first), bisect_right(days, piece.last)
            mine = cohorts if piece.axis is Axis.created else rows
            found[piece] = added(mine[on] for on in days[begin:end])
        return found

    # -- days of facts themselves, for what has no stored sums ------------

    def _one_range(self, piece: Window) -> Row:
        wanted = sums_of(piece.axis).where(*self._inside(piece))
        row = self._reader.one(wanted, {"as_of": self._as_of})
        return placed(piece.axis, row or ())

    def _by_day(self, axis: Axis, pieces: list[Window]) -> dict[Window, Row]:
        hull = Window(axis, min(p.first for p in pieces), max(p.last for p in pieces))
        day = day_of(axis)
        rows = self._reader.rows(
            sums_of(axis, day).where(*self._inside(hull)).group_by(day).order_by(day),
            {"as_of": self._as_of},
        )
        days = [row[0] for row in rows]
        running = [empty_row()]
        for row in rows:
            running.append([a + b for a, b in zip(running[-1], placed(axis, row[1:]), strict=True)])
        found = {}
        for piece in pieces:
            low, high = bisect_left(days, piece.first), bisect_right(days, piece.last)
            found[piece] = [b - a for a, b in zip(running[low], running[high], strict=True)]
        return found

    def _inside(self, piece: Window) -> list[ColumnElement[bool]]:
        return inside(piece.axis, piece.first, piece.last, self._chosen)

    def whole_months(self, period: Period) -> list[str]:
        """Return the months whose signings are just those of the period, none if none are."""
        days = window(Axis.signed, period.start, period.end, self._as_of_day)
        return [] if self._ragged.get(days) else self._whole.get(days, [])

    @property
    def words(self) -> tuple[str, Sequence[str]]:
        """Return the dimension of the filter and the values wanted of it."""
        return self._chosen.words

    @cached_property
    def words_as_json(self) -> str:
        """Return the values wanted as a list in JSON."""
        return json.dumps(self._chosen.words[1])

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


def _less(rows: Mapping[str, Row], later: Iterable[tuple[str, Row]]) -> defaultdict[str, Row]:
    """Return rows without what was signed later."""
    found: defaultdict[str, Row] = defaultdict(empty_row, rows)
    for label, row in later:
        if label in rows:
            found[label] = [a - b for a, b in zip(found[label], row, strict=True)]
    return found


def _hulls(pieces: Collection[Window]) -> list[tuple[str, str]]:
    """Return ranges of days that hold pieces of months: one a month, or one for many."""
    found: dict[str, tuple[str, str]] = {}
    for piece in pieces:
        low, high = found.get(piece.first[:7], (piece.first, piece.last))
        found[piece.first[:7]] = min(low, piece.first), max(high, piece.last)
    if len(found) <= _MONTHS:
        return list(found.values())
    return [(min(low for low, _ in found.values()), max(high for _, high in found.values()))]


@cache
def _after(axis: Axis) -> Compiled:
    day = day_of(axis)
    later = select(day).where(day > bindparam("as_of"), day <= bindparam("month_end"), day != "")
    return prepared(FACT, later.limit(1))
