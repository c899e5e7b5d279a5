"""Chain health by its definition, and who is next."""

from __future__ import annotations

from app.models.values.nextstep import Bucket
from app.models.values.nextstep.best import Reason
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft


def test_health_is_the_share_with_an_open_step_that_is_not_overdue(office, clock):
    ids = [office.customers.add(CustomerDraft(f"客户{n}")) for n in range(5)]
    for one in ids[:3]:
        office.followups.schedule(one, NextStepDraft(Bucket.tomorrow))
    clock.set("2026-11-26 10:00")
    office.followups.schedule(ids[1], NextStepDraft(Bucket.next_week))
    office.followups.schedule(ids[2], NextStepDraft(Bucket.next_week))
    found = office.followups.chain_health()
    assert (found.live, found.sound, found.overdue, found.broken) == (5, 2, 1, 2)
    assert found.share == 0.4


def test_an_empty_book_has_no_health(office):
    assert office.followups.chain_health().share is None


def test_the_next_one_comes_with_its_reason_and_the_others_after_it(office):
    quiet = office.customers.add(CustomerDraft("有安排"))
    office.followups.schedule(quiet, NextStepDraft(Bucket.next_month))
    broken = office.customers.add(CustomerDraft("断链"))
    due = office.customers.add(CustomerDraft("今天要办"))
    office.followups.schedule(due, NextStepDraft(Bucket.this_week, "greeting", "问候"))
    staff_id = office.context.actor.staff_id
    best = office.followups.best_next(staff_id)
    assert best.customer_id == broken
    assert best.pressing.reasons[0][0] is Reason.broken
    second = office.followups.best_next(staff_id, (broken,))
    assert (second.customer_id, second.what, second.left) == (due, "问候", 0)
    assert office.followups.best_next(staff_id, (broken, due)) is None


def test_a_next_step_mends_the_chain(office):
    customer_id = office.customers.add(CustomerDraft("断链"))
    assert office.followups.chain_health().broken == 1
    step = NextStepDraft(Bucket.next_month)
    office.followups.save(FollowupDraft(customer_id, "谈了", next_step=step))
    assert office.followups.chain_health().share == 1
