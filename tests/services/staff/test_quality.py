"""The quality columns, the lens of the present owner, and days in post (product.md 2.6, 2.0.7)."""

from datetime import date

import pytest

from app.models.values.nextstep import Bucket
from app.services.calibration import CalibrationDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.staff.quality import Quality
from app.services.staff.summary import SummaryQuery
from tests.services.staff.test_summary import shared

__all__ = ["shared"]

NOVEMBER = SummaryQuery(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def pair(crew):
    for name in "甲乙":
        crew.hire(name)
    return crew


def test_the_worked_share_of_broken_chains(pair):
    """40 follow-ups on live customers, 6 without an open next step at the end: 15.0 %."""
    office = pair.office
    for number in range(20):
        customer = pair.customer("甲", "2026-11-02")
        pair.clock.set("2026-11-10 10:00")
        step = NextStepDraft(Bucket.next_month, "keep_in_touch") if number >= 3 else None
        for _twice in range(2):
            office.followups.save(
                FollowupDraft(customer, "聊了", "visit", staff_id=pair.staff["甲"], next_step=step)
            )
    pair.clock.set("2026-11-23 10:00")
    found = office.staff.quality(NOVEMBER)
    assert found[pair.staff["甲"]].broken_chain == pytest.approx(0.15)
    assert found[0].broken_chain == pytest.approx(0.15)
    assert pair.staff["乙"] not in found


def test_late_and_open_steps_are_overdue(pair):
    office, jia = pair.office, pair.staff["甲"]
    pair.clock.set("2026-11-10 09:00")
    steps = []
    for _number in range(4):
        customer = pair.customer("甲", "2026-11-02")
        draft = NextStepDraft(Bucket.tomorrow, "keep_in_touch", staff_id=jia)
        steps.append((customer, office.followups.schedule(customer, draft).next_step_id))
    for moment, (customer, step) in zip(("11-11 10:00", "11-12 10:00"), steps, strict=False):
        pair.clock.set(f"2026-{moment}")
        office.followups.save(FollowupDraft(customer, "回访", "visit", parent_step_id=step))
    pair.clock.set("2026-11-23 10:00")
    found = office.staff.quality(NOVEMBER)
    assert found[jia].overdue_steps == 0.75, "one in time, one a day late, two still open"
    later = SummaryQuery(date(2026, 11, 12), date(2026, 11, 30))
    assert office.staff.quality(later).get(jia, Quality()).overdue_steps is None


def test_all_together_is_no_mean_of_shares(pair):
    office = pair.office
    for name, number in (("甲", 1), ("乙", 3)):
        for _each in range(number):
            customer = pair.customer(name, "2026-11-02")
            if name == "甲":
                office.calibration.save(customer, CalibrationDraft("valuable"))
    found = office.staff.quality(NOVEMBER)
    assert found[pair.staff["甲"]].recalibrated == 1.0
    assert found[pair.staff["乙"]].recalibrated == 0.0
    assert found[0].recalibrated == 0.25


def test_the_lens_gives_money_to_the_present_owner(shared):
    october = SummaryQuery(date(2026, 10, 1), date(2026, 10, 31), by_present_owner=True)
    found = shared.office.staff.summary(october)
    mine = {row.staff: row.totals for row in found.rows}
    assert (mine["丙"].signed_fen, mine["丙"].received_fen) == (10_000_000, 4_000_000)
    assert (mine["丙"].contracts, mine["丙"].won_customers) == (1, 1)
    assert mine["乙"].signed_fen == 0
    assert found.total.signed_fen == 10_000_000
    assert {row.quadrant for row in found.rows} == {None}


def test_the_lens_leaves_what_people_did(crew, clock):
    crew.hire("甲")
    crew.hire("乙")
    customer = crew.customer("甲", "2026-10-02")
    crew.follow(customer, "2026-10-05", "甲", channel="visit", content="拜访")
    crew.office.customers.give_to((customer,), crew.staff["乙"])
    lens = {"by_present_owner": True}
    jia = crew.of("甲", "2026-10-01", "2026-10-31", **lens).totals
    yi = crew.of("乙", "2026-10-01", "2026-10-31", **lens).totals
    assert (jia.followups, jia.new_customers) == (1, 0)
    assert (yi.followups, yi.new_customers) == (0, 1)


def test_days_in_post_of_who_came_or_left_meanwhile(crew):
    crew.hire("甲", joined_on=date(2026, 11, 16))
    crew.hire("乙", left_on=date(2026, 11, 6))
    found = crew.summary("2026-11-01", "2026-11-30")
    days = {row.staff: row.worked_days for row in found.rows}
    assert found.working_days == 16
    assert (days["甲"], days["乙"], days["周敏"]) == (6, 5, 16)
