"""Read what staff brought and did in any days: whole months, and a row at each ragged end."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from app.models.store.idlist import among_bound
from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.tables.kpi import StaffMonth, StaffMtd
from app.services.kpi.shapes import STAFF_MONTH, STAFF_MTD, STAFF_SUMS
from app.services.kpi.windows import is_whole, months_of

ByStaff = dict[int, dict[str, int]]
Rows = Iterable[Any]


def staff_sums(
    reader: Reader, first: date, last: date, staff: Collection[int] | None = None
) -> ByStaff:
    """Return the sums of every member of staff with any in the days, 0 being nobody.

    ``staff`` are the only ones wanted, if given.
    """
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(STAFF_SUMS))
    source = _Source(reader, staff)
    whole: list[str] = []
    for month, begin, end in months_of(first.isoformat(), last.isoformat()):
        if is_whole(month, begin, end):
            whole.append(month)
            continue
        _add(found, source.running(month, end), 1)
        if not begin.endswith("-01"):
            before = date.fromisoformat(begin) - timedelta(1)
            _add(found, source.running(month, before.isoformat()), -1)
    if whole:
        _add(found, source.months(whole[0], whole[-1]), 1)
    return {
        staff_id: dict(zip(STAFF_SUMS, sums, strict=True))
        for staff_id, sums in found.items()
        if any(sums)
    }


def _add(found: defaultdict[int, list[int]], rows: Rows, sign: int) -> None:
    for staff_id, *sums in rows:
        mine = found[staff_id]
        for at, value in enumerate(sums):
            mine[at] += sign * value


class _Source:
    """Read stored sums of everybody or of some."""

    def __init__(self, reader: Reader, staff: Collection[int] | None) -> None:
        self._reader = reader
        self._some = staff is not None
        self._values = {"staff": json.dumps(sorted(staff or ()))}

    def months(self, first: str, last: str) -> Rows:
        """Return the sums of months."""
        return self._rows(_months(some=self._some), first=first, last=last)

    def running(self, month: str, day: str) -> Rows:
        """Return the newest running sums of a month up to a day."""
        values = {"month": month, "first": f"{month}-01", "last": day}
        return self._rows(_running(some=self._some), **values)

    def _rows(self, statement: Compiled, **values: str) -> Rows:
        return self._reader.prepared_rows(statement, {**self._values, **values})


@cache
def _months(*, some: bool) -> Compiled:
    chosen = select(StaffMonth.staff_id, *(func.sum(STAFF_MONTH.c[one]) for one in STAFF_SUMS))
    chosen = chosen.where(StaffMonth.month.between(bindparam("first"), bindparam("last")))
    if some:
        chosen = chosen.where(among_bound(StaffMonth.staff_id, "staff"))
    return prepared(STAFF_MONTH, chosen.group_by(StaffMonth.staff_id))


@cache
def _running(*, some: bool) -> Compiled:
    days = StaffMtd.on.between(bindparam("first"), bindparam("last"))
    newest = (
        select(StaffMonth.staff_id, func.max(StaffMtd.on).label("newest"))
        .join(StaffMtd, and_(StaffMtd.staff_id == StaffMonth.staff_id, days))
        .where(StaffMonth.month == bindparam("month"))
        .group_by(StaffMonth.staff_id)
    )
    if some:
        newest = newest.where(among_bound(StaffMonth.staff_id, "staff"))
    last = newest.subquery()
    same = and_(StaffMtd.staff_id == last.c.staff_id, StaffMtd.on == last.c.newest)
    columns = (STAFF_MTD.c[name] for name in STAFF_SUMS)
    return prepared(STAFF_MTD, select(StaffMtd.staff_id, *columns).join(last, same))
