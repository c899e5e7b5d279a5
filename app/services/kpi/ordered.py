"""Keep the values behind means in order, by month, so that medians need no rows of customers."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from app.models.store import rollups
from app.models.store.unit import Unit
from app.services.kpi.contributions import dimensions_of
from app.services.kpi.shapes import KPI_SPREAD, Fact

WIDTH = 8
"""Bytes a value takes."""
_FEW = 8
SpreadKey = tuple[str, str, str, str]

FIGURES: Mapping[tuple[str, ...], Callable[[Fact], bool]] = {
    ("priced", "first_deal_fen"): lambda fact: fact.priced,
    ("cycle_days",): lambda fact: fact.cycle_days >= 0,
    ("touches",): lambda _fact: True,
}
"""The ``spread`` of KPIs whose last column is kept in order, and who has a value of it."""


class SpreadSums:
    """Values by dimension, value, figure and month, with differences added and taken."""

    def __init__(self) -> None:
        self.changes: defaultdict[SpreadKey, Counter[int]] = defaultdict(Counter)
        self.size = 0

    def add(self, fact: Fact, sign: int = 1) -> None:
        """Add the values of one customer, or take them with ``sign`` -1."""
        if not fact.sign_month:
            return
        dimensions = dimensions_of(fact, fact.sign_owner_id, fact.sign_team_id)
        for (*_, figure), has_value in FIGURES.items():
            if has_value(fact):
                amount = getattr(fact, figure)
                for dimension, value in dimensions:
                    self.changes[dimension, value, figure, fact.sign_month][amount] += sign
                    self.size += 1

    def clear(self) -> None:
        """Forget everything."""
        self.changes.clear()
        self.size = 0

    def write(self, unit: Unit) -> None:
        """Bring the stored values up to the differences."""
        fresh, gone = [], []
        for key, change in sorted(self.changes.items()):
            if not any(change.values()):
                continue
            row = rollups.stored_row(unit, KPI_SPREAD, *key)
            amounts = _changed(values_in(row[-1] if row else b""), change)
            if amounts:
                fresh.append((*key, bytes_of(amounts)))
            else:
                gone.append(key)
        rollups.delete_rows(unit, KPI_SPREAD, gone)
        rollups.replace_rows(unit, KPI_SPREAD, fresh)


def _changed(amounts: array[int], change: Counter[int]) -> array[int]:
    added = []
    for amount, number in change.items():
        if number < 0:
            place = bisect_left(amounts, amount)
            del amounts[place : place - number]
        else:
            added += [amount] * number
    if len(added) <= _FEW:
        for amount in added:
            insort(amounts, amount)
        return amounts
    return array("q", sorted([*amounts, *added]))


def values_in(kept: bytes) -> array[int]:
    """Return kept values."""
    found = array("q")
    found.frombytes(kept)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def bytes_of(amounts: array[int]) -> bytes:
    """Return values as they are kept."""
    if sys.byteorder == "big":
        amounts = amounts[:]
        amounts.byteswap()
    return amounts.tobytes()
