"""Reminders: what calls, what was seen, what is put off; steps keep their words and zone."""

from __future__ import annotations

import pytest

from app.models.values.dates import parse_instant
from app.models.values.nextstep import Bucket
from app.models.values.nextstep.typed import parse_when
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import NextStepDraft
from tests.services.conftest import SHANGHAI


@pytest.fixture
def customer_id(office):
    return office.customers.add(CustomerDraft("启明自动化"))


def plan(office, customer_id, words):
    there = office.followups.office_time
    bucket, window = parse_when(words, office.context.now(), there.zone, there.hours)
    draft = NextStepDraft(bucket, "find_opportunity", "约看样机", window=window, label=words)
    return office.followups.schedule(customer_id, draft).next_step_id


def calls(office):
    return [one.step_id for one in office.followups.calls(office.context.actor.staff_id)]


def test_a_step_calls_when_its_time_comes_until_it_is_seen(office, clock, customer_id):
    step_id = plan(office, customer_id, "下午3点")
    assert calls(office) == []
    clock.set("2026-11-23 14:50")
    assert calls(office) == [step_id]
    office.followups.saw_calls([step_id])
    assert calls(office) == []


def test_a_snoozed_step_calls_again_and_stays_where_it_is(office, clock, customer_id):
    step_id = plan(office, customer_id, "下午3点")
    before = office.followups.step(step_id)
    clock.set("2026-11-23 14:50")
    office.followups.snooze([step_id], parse_instant("2026-11-23 15:20", SHANGHAI))
    assert calls(office) == []
    clock.set("2026-11-23 15:20")
    assert calls(office) == [step_id]
    assert office.followups.step(step_id) == before
    office.followups.saw_calls([step_id])
    assert calls(office) == []


def test_what_is_done_or_put_off_calls_no_more(office, clock, customer_id):
    step_id = plan(office, customer_id, "下午3点")
    fresh = office.followups.postpone(step_id, Bucket.tomorrow).next_step_id
    clock.set("2026-11-23 16:00")
    assert calls(office) == []
    clock.set("2026-11-24 09:00")
    assert calls(office) == [fresh]
    office.followups.cancel(fresh, "不用了")
    assert calls(office) == []


def test_a_step_keeps_the_words_it_was_planned_with(office, clock, customer_id):
    step_id = plan(office, customer_id, "月底前")
    clock.set("2027-03-01 10:00")
    step = office.followups.step(step_id)
    assert step.label == "月底前"
    assert step.window_end == parse_instant("2026-12-01 00:00", SHANGHAI) - 1


def test_each_person_has_their_own_calls(office, clock, customer_id):
    plan(office, customer_id, "下午3点")
    clock.set("2026-11-23 15:00")
    other = next(one.id for one in office.staff.all() if one.id != office.context.actor.staff_id)
    assert office.followups.calls(other) == ()
    assert len(calls(office)) == 1
