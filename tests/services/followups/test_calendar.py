"""Steps by day, and moving one to another day."""

from __future__ import annotations

from datetime import date, time

import pytest

from app.errors import UserError
from app.models.values.nextstep import Bucket
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import NextStepDraft

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


@pytest.fixture
def customer_id(office):
    return office.customers.add(CustomerDraft("启明自动化"))


def days(office, last=SUNDAY):
    found = office.followups.days(office.context.actor.staff_id, MONDAY, last)
    return [(str(one.on), one.what, one.spans) for one in found]


def test_a_step_stands_on_the_day_its_window_ends_appointments_first(office, customer_id):
    for draft in (
        NextStepDraft(Bucket.this_week, what="一周内"),
        NextStepDraft(Bucket.tomorrow, what="明天"),
        NextStepDraft(Bucket.tomorrow, what="明天三点", clock=time(15)),
        NextStepDraft(Bucket.next_month, what="下月"),
    ):
        office.followups.schedule(customer_id, draft)
    assert days(office) == [
        ("2026-11-24", "明天三点", False),
        ("2026-11-24", "明天", False),
        ("2026-11-29", "一周内", True),
    ]


def test_a_step_moves_to_a_day_with_its_time_and_goes_back(office, customer_id):
    draft = NextStepDraft(Bucket.tomorrow, what="明天三点", clock=time(15))
    step_id = office.followups.schedule(customer_id, draft).next_step_id
    moved = office.followups.move(step_id, date(2026, 11, 27))
    (one,) = office.followups.days(0, MONDAY, SUNDAY)
    assert (one.step_id, str(one.on), one.has_clock, one.postpone_count) == (
        moved.next_step_id, "2026-11-27", True, 1,
    )  # fmt: skip
    assert office.followups.step(step_id).state == "postponed"
    office.undo.take_back(office.undo.last().unit_id)
    assert days(office) == [("2026-11-24", "明天三点", False)]


def test_a_day_that_has_passed_is_refused(office, clock, customer_id):
    step_id = office.followups.schedule(customer_id, NextStepDraft(Bucket.tomorrow)).next_step_id
    with pytest.raises(UserError) as told:
        office.followups.move(step_id, date(2026, 11, 22))
    assert told.value.code == "day_has_passed"
    assert office.followups.step(step_id).state == "open"
