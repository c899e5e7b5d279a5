"""Read what staff brought and did in any days: whole months, and a row at each ragged end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import and_, func, select

from app.models.store.reader import Reader
from app.models.tables.kpi import StaffMonth, StaffMtd
from app.services.kpi.shapes import STAFF_MONTH, STAFF_MTD, STAFF_SUMS
from app.services.kpi.windows import is_whole, months_of

ByStaff = dict[int, dict[str, int]]


def staff_sums(reader: Reader, first: date, last: date) -> ByStaff:
    """Return the sums of every member of staff with any in the days, 0 being nobody."""
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(STAFF_SUMS))
    whole: list[str] = []
    for month, begin, end in months_of(first.isoformat(), last.isoformat()):
        if is_whole(month, begin, end):
            whole.append(month)
            continue
        _add(found, _running(reader, month, end), 1)
        if not begin.endswith("-01"):
            before = date.fromisoformat(begin) - timedelta(1)
            _add(found, _running(reader, month, before.isoformat()), -1)
    if whole:
        _add(found, _months(reader, whole[0], whole[-1]), 1)
    return {
        staff_id: dict(zip(STAFF_SUMS, sums, strict=True))
        for staff_id, sums in found.items()
        if any(sums)
    }


Rows = Iterable[tuple[int, tuple[int, ...]]]


def _add(found: defaultdict[int, list[int]], rows: Rows, sign: int) -> None:
    for staff_id, sums in rows:
        mine = found[staff_id]
        for at, value in enumerate(sums):
            mine[at] += sign * value


def _months(reader: Reader, first: str, last: str) -> Rows:
    columns = (func.sum(STAFF_MONTH.c[name]) for name in STAFF_SUMS)
    rows = reader.rows(
        select(StaffMonth.staff_id, *columns)
        .where(StaffMonth.month.between(first, last))
        .group_by(StaffMonth.staff_id)
    )
    return [(row[0], tuple(row[1:])) for row in rows]


def _running(reader: Reader, month: str, day: str) -> Rows:
    """Return the newest running sums of everybody in a month up to a day."""
    newest = (
        select(StaffMonth.staff_id, func.max(StaffMtd.on).label("newest"))
        .join(
            StaffMtd,
            and_(
                StaffMtd.staff_id == StaffMonth.staff_id,
                StaffMtd.on.between(f"{month}-01", day),
            ),
        )
        .where(StaffMonth.month == month)
        .group_by(StaffMonth.staff_id)
        .subquery()
    )
    columns = (STAFF_MTD.c[name] for name in STAFF_SUMS)
    rows = reader.rows(
        select(StaffMtd.staff_id, *columns).join(
            newest,
            and_(StaffMtd.staff_id == newest.c.staff_id, StaffMtd.on == newest.c.newest),
        )
    )
    return [(row[0], tuple(row[1:])) for row in rows]
