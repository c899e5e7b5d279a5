"""Sums over two days at once: how many customers in any days, what was expected by a third.

A number of distinct customers does not add up, but gaps do: whom somebody has on a day and
last had on an earlier one is new to every range of days that begins in between. So each gap
is an amount at two days, ``on`` and ``before``, and the customers of the days from a to b are
all the amounts on a..b whose other day is before a. What customers are expected to sign is
of the same kind: each change of an estimate at the day it was made, ``before``, and at the
day that brought the customer, ``on``.

An amount stands under labels of two sizes for ``on`` (day, month) and three for ``before``
(day, month, year), so that any days are read as a few ranges, at any size of the book.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import IntEnum
from functools import cache

from sqlalchemy import bindparam, func, select

from app.models.store.idlist import among_bound
from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.tables.kpi import StaffGrid
from app.services.kpi.shapes import STAFF_GRID, Credit
from app.services.kpi.windows import is_whole, months_of

ALL = -1
"""Everybody together, a customer once, as a member of staff."""

GridKey = tuple[int, int, int, int]
Days = Mapping[int, Collection[int]]


class Pair(IntEnum):
    """What is summed over two days."""

    touched = 1
    signed = 2
    lost = 3
    new_fen = 4
    projects_fen = 5
    opportunities_fen = 6
    new_fen_now = 7
    projects_fen_now = 8
    contracts = 9


DISTINCT = (Pair.touched, Pair.signed, Pair.lost)


def number_of(day: str) -> int:
    """Return an ISO day as a number, 20261023; 0 for no day."""
    return int(day[:4] + day[5:7] + day[8:]) if day else 0


class GridSums:
    """Amounts by what, both labels and member of staff, with differences added and taken."""

    def __init__(self) -> None:
        self.sums: defaultdict[GridKey, int] = defaultdict(int)

    def add(self, what: int, staff_id: int, on: int, before: int, amount: int) -> None:
        """Add an amount at two days under all their labels.

        Of distinct customers those labels are left out that no range of days ever asks for:
        a gap inside a month bears on days alone.
        """
        sums, month, gap = self.sums, on // 100, what in DISTINCT
        if not before:
            sums[what, on, 0, staff_id] += amount
            sums[what, month, 0, staff_id] += amount
            return
        if gap and before // 100 == month:
            sums[what, on, before, staff_id] += amount
            return
        for label in (on, month):
            sums[what, label, before, staff_id] += amount
            sums[what, label, before // 100, staff_id] += amount
            if not gap or before // 10000 < on // 10000:
                sums[what, label, before // 10000, staff_id] += amount

    def add_days(self, what: int, days: Days, sign: int = 1) -> None:
        """Add the gaps between the days of one customer by member of staff, and of all."""
        everybody: set[int] = set()
        for staff_id, mine in days.items():
            everybody.update(mine)
            self.add_gaps(what, staff_id, sorted(mine), sign)
        self.add_gaps(what, ALL, sorted(everybody), sign)

    def add_gaps(self, what: int, staff_id: int, ordered: Iterable[int], sign: int) -> None:
        """Add the gaps that end on these days."""
        before = 0
        for on in ordered:
            self.add(what, staff_id, on, before, sign)
            before = on

    def add_credits(self, earned: Collection[Credit], sign: int = 1) -> None:
        """Add the days on which one customer signed and was lost."""
        for what, column in ((Pair.signed, "contracts"), (Pair.lost, "lost_customers")):
            days: defaultdict[int, set[int]] = defaultdict(set)
            for credit in earned:
                if getattr(credit, column):
                    days[credit.staff_id].add(number_of(credit.on))
            if days:
                self.add_days(what, days, sign)

    def rows(self) -> list[tuple[GridKey, tuple[int]]]:
        """Return what there is to add, in the order of the key."""
        return [(key, (self.sums[key],)) for key in sorted(self.sums) if self.sums[key]]


# -- reading ---------------------------------------------------------------------------------


def labels_of(first: date, last: date) -> list[int]:
    """Return the labels that cover days, both inside: whole months, else single days."""
    found: list[int] = []
    for month, begin, end in months_of(first.isoformat(), last.isoformat()):
        label = int(month.replace("-", ""))
        if is_whole(month, begin, end):
            found.append(label)
        else:
            found += range(number_of(begin), number_of(end) + 1)
    return found


def earlier_than(day: date) -> list[tuple[int, int]]:
    """Return the ranges of labels, both inside, that cover everything before a day."""
    year, month = day.year, day.year * 100 + day.month
    found = [(0, year - 1)]
    if day.month > 1:
        found.append((year * 100 + 1, month - 1))
    if day.day > 1:
        found.append((month * 100 + 1, month * 100 + day.day - 1))
    return found


@cache
def _amounts() -> Compiled:
    chosen = (
        select(StaffGrid.what, StaffGrid.staff_id, func.sum(StaffGrid.amount))
        .where(among_bound(StaffGrid.what, "whats"), among_bound(StaffGrid.on, "ons"))
        .where(StaffGrid.before.between(bindparam("low"), bindparam("high")))
        .group_by(StaffGrid.what, StaffGrid.staff_id)
    )
    return prepared(STAFF_GRID, chosen)


def read_amounts(
    reader: Reader, whats: Collection[Pair], first: date, last: date, before: date
) -> dict[Pair, dict[int, int]]:
    """Return the amounts on the days from first to last whose other day is before a third.

    By what and by member of staff, ``ALL`` being everybody together.
    """
    found: dict[Pair, dict[int, int]] = {what: {} for what in whats}
    ons, chosen = json.dumps(labels_of(first, last)), json.dumps(sorted(whats))
    for low, high in earlier_than(before):
        values = {"whats": chosen, "ons": ons, "low": low, "high": high}
        for what, staff_id, amount in reader.prepared_rows(_amounts(), values):
            mine = found[Pair(what)]
            mine[staff_id] = mine.get(staff_id, 0) + int(amount)
    return found
