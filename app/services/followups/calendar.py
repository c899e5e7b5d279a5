"""Open next steps by the day their window ends, for weeks and months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.models.tables.customers import Customer
from app.models.tables.followups import NextStep
from app.models.values.dates import business_day, day_window

if TYPE_CHECKING:
    from datetime import date

    from app.models.store.reader import Reader
    from app.services.followups.moment import OfficeTime

MOST = 5_000


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One open step on its day; instants in UTC milliseconds.

    ``spans`` tells that it may be done on any day up to this one.
    """

    step_id: int
    customer_id: int
    customer: str
    contact: str
    plan_kind: str
    what: str
    label: str
    window_start: int
    window_end: int
    has_clock: bool
    grade: str
    postpone_count: int
    on: date
    spans: bool


def read_days(
    reader: Reader, staff_id: int, first: date, last: date, office: OfficeTime
) -> tuple[PlannedStep, ...]:
    """Return the open steps of a person (0 is all) that end on days of a range, in order."""
    start, end = day_window(first, office.zone)[0], day_window(last, office.zone)[1]
    chosen = (
        select(
            NextStep.id,
            NextStep.customer_id,
            func.coalesce(func.nullif(Customer.short_name, ""), Customer.name),
            Customer.main_contact,
            NextStep.plan_kind,
            NextStep.what,
            NextStep.label,
            NextStep.window_start,
            NextStep.window_end,
            NextStep.has_clock,
            Customer.grade,
            NextStep.postpone_count,
        )
        .join(Customer, Customer.id == NextStep.customer_id)
        .where(
            NextStep.state == "open",
            NextStep.deleted_at == 0,
            Customer.deleted_at == 0,
            NextStep.window_end >= start,
            NextStep.window_end <= end,
        )
        .order_by(NextStep.window_end, NextStep.window_start, NextStep.id)
        .limit(MOST)
    )
    if staff_id:
        chosen = chosen.where(NextStep.staff_id == staff_id)
    found = []
    for row in reader.rows(chosen):
        on = business_day(row[8], office.zone)
        spans = business_day(row[7], office.zone) != on
        found.append(PlannedStep(*row[:9], bool(row[9]), row[10], row[11], on, spans))
    # within a day: appointments by their time, then the rest
    return tuple(sorted(found, key=lambda one: (one.on, not one.has_clock, one.window_start)))
