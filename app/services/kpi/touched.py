"""Keep whom staff followed up as gaps between days: from written follow-ups, or from all.

Only the days around what was written are read, so that a customer with a long history
costs no more than a new one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.store.unit import RowChange
from app.models.tables.base import NO_DAY
from app.models.tables.followups import FollowUp
from app.services.kpi.activity import day_text, first_and_last
from app.services.kpi.grid import ALL, GridSums, Pair, number_of
from app.services.kpi.raw import AnySelect, Scope, as_text, within

FIRST_DAY, LAST_DAY = "", "9999"
ByDay = dict[str, dict[int, int]]
"""How many counting follow-ups there are by day and member of staff."""


def _counting(*columns: Any) -> AnySelect:
    return select(*columns).where(FollowUp.counts, FollowUp.deleted_at == 0, FollowUp.on != NO_DAY)


@cache
def _between() -> Compiled:
    chosen = (
        _counting(as_text(FollowUp.on), FollowUp.staff_id, func.count())
        .where(FollowUp.customer_id == bindparam("customer_id"))
        .where(as_text(FollowUp.on).between(bindparam("low"), bindparam("high")))
        .group_by(FollowUp.on, FollowUp.staff_id)
    )
    return prepared(FollowUp.__table__, chosen)


@cache
def _neighbour(*, later: bool, of_one: bool) -> Compiled:
    day = as_text(FollowUp.on)
    chosen = _counting(day).where(FollowUp.customer_id == bindparam("customer_id"))
    if of_one:
        # an expression, so that the days of this customer are walked and not those of the person
        chosen = chosen.where(FollowUp.staff_id + 0 == bindparam("staff_id"))
    beside = day > bindparam("day") if later else day < bindparam("day")
    order = FollowUp.on if later else FollowUp.on.desc()
    return prepared(FollowUp.__table__, chosen.where(beside).order_by(order).limit(1))


@cache
def _all(is_range: bool) -> AnySelect:
    columns = (FollowUp.customer_id, FollowUp.staff_id, as_text(FollowUp.on))
    return _counting(*columns).where(within(FollowUp.customer_id, is_range)).distinct()


def add_all(sums: GridSums, reader: Reader, scope: Scope, counted: Collection[int]) -> None:
    """Add the follow-ups of the counted customers of a scope."""
    found: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for customer_id, staff_id, on in reader.rows(_all(scope.is_range), scope.values):
        if customer_id in counted:
            found[customer_id][staff_id].add(number_of(on))
    for days in found.values():
        sums.add_days(Pair.touched, days)


@dataclass(slots=True)
class _Written:
    """What a unit wrote about one customer: by day and member of staff, how many more there are."""

    changes: Counter[tuple[str, int]] = field(default_factory=Counter)

    @property
    def days(self) -> list[str]:
        """Return the days with any change, in order."""
        return sorted({on for (on, _), number in self.changes.items() if number})


def add_written_touches(
    sums: GridSums,
    reader: Reader,
    trail: Collection[RowChange],
    counted_before: Collection[int],
    counted_now: Collection[int],
) -> None:
    """Add what a unit's follow-ups change, and its customers that began or ceased to count."""
    written = _written(trail)
    before, now = set(counted_before), set(counted_now)
    for customer_id in before ^ now:
        _flip(sums, reader, customer_id, written.get(customer_id), is_counted=customer_id in now)
    for customer_id in before & now & written.keys():
        _move(sums, reader, customer_id, written[customer_id])


def _written(trail: Collection[RowChange]) -> dict[int, _Written]:
    found: dict[int, _Written] = {}
    for both in first_and_last(trail, FollowUp):
        for row, number in zip(both, (-1, 1), strict=True):
            if row is None or not row["counts"] or row["deleted_at"] or not day_text(row["on"]):
                continue
            mine = found.setdefault(int(row["customer_id"]), _Written())
            mine.changes[day_text(row["on"]), int(row["staff_id"])] += number
    return found


def _flip(
    sums: GridSums, reader: Reader, customer_id: int, written: _Written | None, *, is_counted: bool
) -> None:
    days = _read(reader, customer_id, FIRST_DAY, LAST_DAY)
    if not is_counted and written is not None:
        days = _undone(days, written)
    sums.add_days(Pair.touched, _by_staff(days), 1 if is_counted else -1)


def _move(sums: GridSums, reader: Reader, customer_id: int, written: _Written) -> None:
    days = written.days
    if not days:
        return
    low, high = days[0], days[-1]
    now = _read(reader, customer_id, low, high)
    before = _undone(now, written)
    was, has = _by_staff(before), _by_staff(now)
    if was == has:
        return
    for staff_id in was.keys() | has.keys():
        _shift(sums, reader, (customer_id, staff_id), was.get(staff_id), has.get(staff_id), days)
    _shift(sums, reader, (customer_id, ALL), _together(was), _together(has), days)


def _shift(
    sums: GridSums,
    reader: Reader,
    pair: tuple[int, int],
    was: set[int] | None,
    has: set[int] | None,
    days: list[str],
) -> None:
    """Take the gaps of old days between two neighbours that stay, and add those of new ones."""
    if was == has:
        return
    left = _beside(reader, pair, days[0], later=False)
    right = _beside(reader, pair, days[-1], later=True)
    for mine, sign in ((was, -1), (has, 1)):
        before = left
        for on in (*sorted(mine or ()), *right):
            sums.add(Pair.touched, pair[1], on, before, sign)
            before = on


def _beside(reader: Reader, pair: tuple[int, int], day: str, *, later: bool) -> Any:
    """Return the nearest other day as a number, 0 for none; later ones as a list."""
    customer_id, staff_id = pair
    values = {"customer_id": customer_id, "staff_id": staff_id, "day": day}
    rows = reader.prepared_rows(_neighbour(later=later, of_one=staff_id != ALL), values)
    found = [number_of(row[0]) for row in rows]
    return found if later else (found or [0])[0]


def _read(reader: Reader, customer_id: int, low: str, high: str) -> ByDay:
    values = {"customer_id": customer_id, "low": low, "high": high}
    found: ByDay = defaultdict(dict)
    for on, staff_id, number in reader.prepared_rows(_between(), values):
        found[on][staff_id] = number
    return found


def _undone(days: ByDay, written: _Written) -> ByDay:
    """Return the numbers as they were before the unit wrote."""
    found: ByDay = defaultdict(dict, {on: dict(mine) for on, mine in days.items()})
    for (on, staff_id), number in written.changes.items():
        found[on][staff_id] = found[on].get(staff_id, 0) - number
    return found


def _by_staff(days: ByDay) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for on, mine in days.items():
        for staff_id, number in mine.items():
            if number > 0:
                found.setdefault(staff_id, set()).add(number_of(on))
    return found


def _together(days: dict[int, set[int]]) -> set[int]:
    return {on for mine in days.values() for on in mine}
