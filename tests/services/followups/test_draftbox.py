"""Drafts: one for each person, form and subject."""

from __future__ import annotations

from app.services.customers import CustomerDraft
from app.services.followups import FORM
from app.services.followups.drafts import FollowupDraft


def test_the_newest_unfinished_form_comes_first(office, clock):
    first, second = (office.customers.add(CustomerDraft(name)) for name in ("恒锐", "宏泰"))
    office.followups.drafts.keep(FORM, first, {"content": "一"})
    clock.set("2026-11-23 10:05")
    office.followups.drafts.keep(FORM, second, {"content": "二"})
    clock.set("2026-11-23 10:06")
    office.followups.drafts.keep(FORM, 0, {"content": "没选客户"})
    left = office.followups.drafts.unfinished(FORM)
    assert [(one.subject_id, one.subject) for one in left] == [
        (0, ""), (second, "宏泰"), (first, "恒锐"),
    ]  # fmt: skip
    office.followups.save(FollowupDraft(second, "二"))
    assert [one.subject_id for one in office.followups.drafts.unfinished(FORM)] == [0, first]


def test_a_draft_belongs_to_who_typed_it(office):
    customer = office.customers.add(CustomerDraft("恒锐"))
    office.staff.act_as("周敏")
    office.followups.drafts.keep(FORM, customer, {"content": "周敏的"})
    office.staff.act_as("陈立")
    assert office.followups.drafts.find(FORM, customer) is None
    assert office.followups.drafts.unfinished(FORM) == []
