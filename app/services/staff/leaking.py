"""One person's leaks beside the peers, and the rows behind each (product.md 2.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

from sqlalchemy import select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.customers import Customer
from app.models.values.quadrant import MIN_WORKED_DAYS
from app.services.jobs import Progress
from app.services.staff.leaks import LeakDays, LeakLine, cases_of, leak_named, read_lines
from app.services.staff.summary import SummaryQuery, read_people
from app.services.staff.verdicts import WorkingDays


@dataclass(frozen=True, slots=True)
class LeakRow:
    """One case behind a figure: a customer, a day, the amount, the stage where there is one."""

    customer_id: int
    customer: str
    on: date | None
    amount: float
    step: str


def days_of(query: SummaryQuery, today: date, zone: tzinfo) -> LeakDays:
    """Return the days of a summary for its leaks."""
    return LeakDays(query.first, query.last, query.today or today, zone)


def read_leaks(
    reader: Reader, days: LeakDays, staff_id: int, progress: Progress | None
) -> tuple[LeakLine, ...]:
    """Return every measure of one person beside the median of the peers."""
    return read_lines(reader, days, staff_id, peers_of(reader, days, staff_id), progress)


def peers_of(reader: Reader, days: LeakDays, staff_id: int) -> list[int]:
    """Return the others of the same post with enough working days, else all others there."""
    counted = WorkingDays(days.first, min(days.last, days.as_of))
    people = [one for one in read_people(reader, None) if not one.deleted]
    post = next((one.post for one in people if one.id == staff_id), "")
    others = [one for one in people if one.id != staff_id and one.employed(days.first, days.last)]
    enough = [
        one for one in others if counted.worked(one.joined_on, one.left_on) >= MIN_WORKED_DAYS
    ]
    same = [one.id for one in enough if one.post == post]
    return same or [one.id for one in enough] or [one.id for one in others]


def read_leak_rows(reader: Reader, days: LeakDays, staff_id: int, name: str) -> tuple[LeakRow, ...]:
    """Return the cases behind one figure, those that leak first; raise no_such_leak."""
    cases = cases_of(reader, leak_named(name), days, staff_id)
    chosen = select(Customer.id, Customer.name).where(
        among(Customer.id, {one.customer_id for one in cases})
    )
    names = {row[0]: row[1] for row in reader.rows(chosen)}
    return tuple(
        LeakRow(one.customer_id, names.get(one.customer_id, ""), one.on, one.amount, one.step)
        for one in cases
    )
