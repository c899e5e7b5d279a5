"""The sums of KPIs over any days by the owner of the day, for the staff summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from app.models.store.reader import Reader
from app.services.kpi.daysums import FIRST
from app.services.kpi.measures import Axis
from app.services.kpi.shapes import KPI_DAY, KPI_MONTH, Sums
from app.services.kpi.sumrows import Row, empty_row, later_by_owner, of_axis, read_by_value
from app.services.kpi.windows import Window, is_whole, months_of


def sums_by_owner(
    reader: Reader, wanted: Window, as_of: str, staff: Collection[int] | None = None
) -> dict[int, Sums]:
    """Return the sums of a window by staff id, as of a day; those without any have none.

    ``staff`` are the only ones wanted, if given.
    """
    found: defaultdict[int, Row] = defaultdict(empty_row)
    some = None if staff is None else [str(one) for one in staff]
    for value, row in _stored(reader, wanted, some):
        _add(found[int(value)], row, 1)
    if wanted.axis is Axis.created:
        for on, staff_id, row in later_by_owner(reader, as_of):
            if wanted.first <= on <= wanted.last and (staff is None or staff_id in staff):
                _add(found[staff_id], row, -1)
    count = 0 if wanted.axis is Axis.created else FIRST
    return {one: of_axis(wanted.axis, row) for one, row in found.items() if row[count]}


def _add(mine: Row, row: Row, sign: int) -> None:
    for at, value in enumerate(row):
        mine[at] += sign * value


def _stored(
    reader: Reader, wanted: Window, some: Collection[str] | None
) -> Iterable[tuple[str, Row]]:
    """Return the sums of whole months, and of the days of the others."""
    whole: list[str] = []
    for month, first, last in months_of(wanted.first, wanted.last):
        if is_whole(month, first, last):
            whole.append(month)
        else:
            yield from read_by_value(reader, KPI_DAY, "staff", (first, last), some)
    if whole:
        yield from read_by_value(reader, KPI_MONTH, "staff", (whole[0], whole[-1]), some)
