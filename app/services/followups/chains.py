"""Chain health, and the customer to turn to next (product.md 1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.models.tables.base import NEVER_AT
from app.models.tables.customers import Customer
from app.models.tables.followups import NextStep
from app.models.values.dates import business_day
from app.models.values.nextstep.best import Pressing, Standing, press

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.models.store.reader import Reader
    from app.services.followups.moment import OfficeTime

_LIVE = (Customer.life != "churned", Customer.deleted_at == 0)


@dataclass(frozen=True, slots=True)
class ChainHealth:
    """Live customers, and how many of them have an open step that is not overdue.

    ``overdue`` have open steps and all of them overdue, ``broken`` have none.
    health = sound / live, None without live customers.
    """

    live: int
    sound: int
    overdue: int
    broken: int

    @property
    def share(self) -> float | None:
        """Return the health as a fraction of 1."""
        return self.sound / self.live if self.live else None


@dataclass(frozen=True, slots=True)
class BestNext:
    """The customer to turn to next, with the reasons and what is open there."""

    customer_id: int
    name: str
    contact: str
    pressing: Pressing
    quality: str
    grade: str
    expected_fen: int | None
    step_id: int
    plan_kind: str
    what: str
    left: int


def read_health(reader: Reader, staff_id: int, now: int) -> ChainHealth:
    """Return the chain health of a person's customers, of all with 0."""
    mine = (*_LIVE, Customer.owner_id == staff_id) if staff_id else _LIVE
    live = int(reader.scalar(select(func.count(Customer.id)).where(*mine)) or 0)
    broken = int(reader.scalar(_counted(*mine, Customer.next_due_at == NEVER_AT)) or 0)
    late = Customer.next_due_at < now
    later = (
        select(NextStep.id)
        .where(
            NextStep.customer_id == Customer.id,
            NextStep.state == "open",
            NextStep.deleted_at == 0,
            NextStep.window_end >= now,
        )
        .exists()
    )
    overdue = int(reader.scalar(_counted(*mine, late, ~later)) or 0)
    return ChainHealth(live, live - broken - overdue, overdue, broken)


def _counted(*where: Any) -> Any:
    return select(func.count(Customer.id)).where(*where)


def read_best(
    reader: Reader, staff_id: int, now: int, office: OfficeTime, skipped: Iterable[int]
) -> BestNext | None:
    """Return the customer of a person that presses most, None when none does.

    ``skipped`` are customers already looked at.
    """
    today = business_day(now, office.zone)
    chosen = select(
        Customer.id,
        Customer.quality,
        Customer.grade,
        Customer.expected_to,
        Customer.last_touch_on,
        Customer.created_on,
        Customer.next_step_id,
        NextStep.window_start,
        NextStep.window_end,
        NextStep.has_clock,
    ).outerjoin(NextStep, NextStep.id == Customer.next_step_id)
    chosen = chosen.where(*_LIVE)
    if staff_id:
        chosen = chosen.where(Customer.owner_id == staff_id)
    left_out = frozenset(skipped)
    pressing = (
        press(_standing(row, today), now) for row in reader.rows(chosen) if row[0] not in left_out
    )
    found = [one for one in pressing if one.reasons]
    if not found:
        return None
    best = max(found, key=lambda one: (one.points, -one.customer_id))
    return _named(reader, best, len(found) - 1)


def _standing(row: Any, today: date) -> Standing:
    customer_id, quality, grade, expected_to, touched_on, created_on, step_id = row[:7]
    touched = touched_on or created_on
    return Standing(
        customer_id,
        int(row[7]) if step_id else 0,
        int(row[8]) if step_id else 0,
        bool(row[9]) if step_id else False,
        quality,
        grade,
        (expected_to - today).days if expected_to else None,
        (today - touched).days if touched else None,
    )


def _named(reader: Reader, best: Pressing, left: int) -> BestNext | None:
    row = reader.one(
        select(
            func.coalesce(func.nullif(Customer.short_name, ""), Customer.name),
            Customer.main_contact,
            Customer.quality,
            Customer.grade,
            Customer.expected_fen,
            Customer.next_step_id,
            func.coalesce(NextStep.plan_kind, ""),
            func.coalesce(NextStep.what, ""),
        )
        .outerjoin(NextStep, NextStep.id == Customer.next_step_id)
        .where(Customer.id == best.customer_id)
    )
    if row is None:
        return None
    name, contact, quality, grade, fen, step_id, plan, what = row
    known = int(fen) if fen >= 0 else None
    return BestNext(
        best.customer_id, name, contact, best, quality, grade, known, step_id, plan, what, left
    )
