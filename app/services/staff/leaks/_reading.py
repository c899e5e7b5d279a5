"""What several measures read: follow-ups of some days, and states of customers over time."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, LifeSpell, OwnerSpell
from app.models.tables.followups import FollowUp
from app.services.staff.leaks import LeakDays


@dataclass(frozen=True, slots=True)
class Touch:
    """One counting follow-up."""

    id: int
    staff_id: int
    customer_id: int
    at: int
    on: date
    contact_id: int


def touches(reader: Reader, days: LeakDays) -> list[Touch]:
    """Return the counting follow-ups of the days, none after the as-of day, oldest first."""
    chosen = (
        select(
            FollowUp.id,
            FollowUp.staff_id,
            FollowUp.customer_id,
            FollowUp.at,
            FollowUp.on,
            FollowUp.contact_id,
        )
        .join(Customer, Customer.id == FollowUp.customer_id)
        .where(
            FollowUp.on.between(days.first, min(days.last, days.as_of)),
            FollowUp.counts,
            FollowUp.deleted_at == 0,
            Customer.deleted_at == 0,
            Customer.trial.is_(False),
        )
        .order_by(FollowUp.at, FollowUp.id)
    )
    return [
        Touch(number, staff_id, customer_id, at, on, contact_id)
        for number, staff_id, customer_id, at, on, contact_id in reader.rows(chosen)
        if on is not None
    ]


class Spells:
    """A state of each customer over time; ``at`` gives the one in force."""

    def __init__(self, rows: Iterable[tuple[int, Any, Any]]) -> None:
        self._since: defaultdict[int, list[Any]] = defaultdict(list)
        self._state: defaultdict[int, list[Any]] = defaultdict(list)
        for customer_id, since, state in rows:
            self._since[customer_id].append(since)
            self._state[customer_id].append(state)

    def at(self, customer_id: int, moment: Any) -> tuple[Any, Any] | None:
        """Return the state in force and since when, None before the first one."""
        found = bisect_right(self._since.get(customer_id, ()), moment) - 1
        if found < 0:
            return None
        return self._state[customer_id][found], self._since[customer_id][found]


def lives(reader: Reader, customers: Collection[int]) -> Spells:
    """Return the life cycle of some customers by business day."""
    chosen = (
        select(LifeSpell.customer_id, LifeSpell.from_on, LifeSpell.state)
        .where(among(LifeSpell.customer_id, customers), LifeSpell.deleted_at == 0)
        .order_by(LifeSpell.customer_id, LifeSpell.from_on, LifeSpell.id)
    )
    return Spells((row[0], row[1] or date.min, row[2]) for row in reader.rows(chosen))


def qualities(reader: Reader, customers: Collection[int]) -> Spells:
    """Return 定性 of some customers by instant (UTC milliseconds)."""
    chosen = (
        select(CalibrationEvent.customer_id, CalibrationEvent.at, CalibrationEvent.new)
        .where(
            among(CalibrationEvent.customer_id, customers),
            CalibrationEvent.field == "quality",
            CalibrationEvent.deleted_at == 0,
        )
        .order_by(CalibrationEvent.customer_id, CalibrationEvent.at, CalibrationEvent.id)
    )
    return Spells((row[0], row[1], row[2]) for row in reader.rows(chosen))


def living_owners(reader: Reader, as_of: date) -> Mapping[int, int]:
    """Return who owned each customer that was not 失效 on a day, by customer id."""
    chosen = (
        select(OwnerSpell.customer_id, OwnerSpell.staff_id, OwnerSpell.from_on, OwnerSpell.to_on)
        .join(Customer, Customer.id == OwnerSpell.customer_id)
        .where(
            OwnerSpell.deleted_at == 0, Customer.deleted_at == 0, Customer.trial.is_(False),
            OwnerSpell.from_on <= as_of,
        )
        .order_by(OwnerSpell.customer_id, OwnerSpell.from_on, OwnerSpell.id)
    )  # fmt: skip
    owners = {
        customer_id: staff_id
        for customer_id, staff_id, _from, to_on in reader.rows(chosen)
        if to_on is None or to_on >= as_of
    }
    spells = lives(reader, owners)
    return {
        customer_id: staff_id
        for customer_id, staff_id in owners.items()
        if is_living(spells, customer_id, as_of)
    }


def is_living(spells: Spells, customer_id: int, day: date) -> bool:
    """Tell whether a customer was not 失效 on a day."""
    found = spells.at(customer_id, day)
    return found is None or found[0] != "churned"
