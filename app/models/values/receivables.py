"""Payment plans: what is received on them, how late it is (product.md 2.6, 2.9, 2.10)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

AGE_BANDS = (30, 60, 90, 180)
"""Days past due after which the next band of ageing begins."""


@dataclass(frozen=True, slots=True)
class Due:
    """A part of a contract's amount in fen and the day it is due."""

    due_on: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Received:
    """Money in fen and the day it came; negative for a refund."""

    on: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A due part with what was received on it, and how much of that by its day."""

    due: Due
    paid_fen: int
    on_time_fen: int

    @property
    def open_fen(self) -> int:
        """Return what is still to come."""
        return self.due.amount_fen - self.paid_fen

    @property
    def partial(self) -> bool:
        """Tell whether only a part was received."""
        return 0 < self.paid_fen < self.due.amount_fen


@dataclass(frozen=True, slots=True)
class Allocation:
    """The due parts by day with what was received, and what is over (预收)."""

    rows: tuple[Settled, ...]
    over_fen: int


def allocate(dues: Iterable[Due], received: Iterable[Received]) -> Allocation:
    """Give money to the parts due first (2.10); a refund takes back what came last."""
    waiting = sorted(dues, key=lambda one: one.due_on)
    paid = [[0, 0] for _ in waiting]
    at = 0
    money = _without_refunds(sorted(received, key=lambda one: one.on))
    for one in money:
        rest = one.amount_fen
        while rest and at < len(waiting):
            part = min(rest, waiting[at].amount_fen - paid[at][0])
            paid[at][0] += part
            paid[at][1] += part if one.on <= waiting[at].due_on else 0
            rest -= part
            at += paid[at][0] >= waiting[at].amount_fen
    given = sum(total for total, _ in paid)
    rows = tuple(Settled(due, *mine) for due, mine in zip(waiting, paid, strict=True))
    return Allocation(rows, sum(one.amount_fen for one in money) - given)


def _without_refunds(received: Sequence[Received]) -> list[Received]:
    kept: list[Received] = []
    for one in received:
        back = -one.amount_fen
        while back > 0 and kept:
            last = kept.pop()
            if last.amount_fen > back:
                kept.append(Received(last.on, last.amount_fen - back))
            back -= last.amount_fen
        if one.amount_fen > 0:
            kept.append(one)
    return kept


def on_time(rows: Sequence[Settled]) -> float | None:
    """Return the part of what was due that was received by its day, None for nothing due."""
    due = sum(one.due.amount_fen for one in rows)
    return sum(one.on_time_fen for one in rows) / due if due else None


def age_band(due_on: date, as_of: date) -> str:
    """Return the band of ageing: ``0`` is not due yet, then 1-30 to >180 days past due."""
    past = (as_of - due_on).days
    if past <= 0:
        return "0"
    first = 1
    for last in AGE_BANDS:
        if past <= last:
            return f"{first}-{last}"
        first = last + 1
    return f">{AGE_BANDS[-1]}"


def ageing(rows: Iterable[Settled], as_of: date) -> dict[str, int]:
    """Return the open amounts in fen by band."""
    found: dict[str, int] = {}
    for one in rows:
        if one.open_fen:
            band = age_band(one.due.due_on, as_of)
            found[band] = found.get(band, 0) + one.open_fen
    return found


def monthly_due(year: int, month: int, day: int) -> date:
    """Return the due day of a month: 每月31日 is the last day of a shorter one (2.10)."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
