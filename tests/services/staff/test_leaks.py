"""Leaks of product.md 2.8: each by a worked office, the rows behind it, peers, no data."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.errors import UserError
from app.models.values import dates
from app.models.values.nextstep import Bucket
from app.models.values.sequences import StepRule
from app.services.calibration import CalibrationDraft
from app.services.customers.drafts import ContactDraft
from app.services.features import FeatureDraft, FieldDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.sequences.drafts import SequenceDraft, VersionDraft
from app.services.staff.leaks import all_leaks
from app.services.staff.summary import SummaryQuery

JUNE = SummaryQuery(date(2026, 6, 1), date(2026, 6, 30), today=date(2026, 7, 15))


def at(day, hour=10):
    moment = datetime.combine(date.fromisoformat(day), time(hour), ZoneInfo("Asia/Shanghai"))
    return dates.to_instant(moment)


@pytest.fixture
def pair(crew):
    for name in ("甲", "乙"):
        crew.hire(name, post="销售", joined_on=date(2026, 1, 1))
    return crew


@pytest.fixture
def line(pair):
    def read(name, leak, query=JUNE):
        found = pair.office.staff.leaks(query, pair.staff[name])
        return next(one for one in found if one.name == leak)

    return read


def follow(crew, customer, day, name, hour=10, **fields):
    crew.clock.set(f"{day} {hour:02}:00")
    draft = FollowupDraft(customer, "谈了", staff_id=crew.staff[name], at=at(day, hour), **fields)
    return crew.office.followups.save(draft)


def test_a_chain_broken_6_times_in_40_is_15_percent(pair, line):
    step = NextStepDraft(Bucket.next_week, "keep_in_touch", "再打")
    for number in range(40):
        customer = pair.customer("甲", "2026-05-01")
        follow(pair, customer, "2026-06-10", "甲", next_step=None if number < 6 else step)
    lost = pair.customer("甲", "2026-05-01")
    pair.office.customers.mark_churned(lost, "没预算")
    follow(pair, lost, "2026-06-10", "甲")
    found = line("甲", "broken_chain")
    assert (found.value, found.n) == (0.15, 40)
    rows = pair.office.staff.leak_rows(JUNE, pair.staff["甲"], "broken_chain")
    assert [row.amount for row in rows[:7]] == [1.0] * 6 + [0.0]
    assert len(rows) == 40


def test_a_step_done_the_same_day_leaves_the_chain_broken(pair, line):
    customer = pair.customer("甲", "2026-05-01")
    step = NextStepDraft(Bucket.tonight, "keep_in_touch")
    first = follow(pair, customer, "2026-06-10", "甲", next_step=step)
    follow(pair, customer, "2026-06-10", "甲", hour=20, parent_step_id=first.next_step_id)
    assert line("甲", "broken_chain").value == 1.0


def test_effort_on_worthless_and_long_unsure_customers(pair, line):
    good, bad = (pair.customer("甲", "2026-05-01") for _ in range(2))
    valuable = CalibrationDraft(quality="valuable")
    follow(pair, good, "2026-06-01", "甲", calibration=valuable)
    follow(pair, bad, "2026-06-02", "甲", calibration=CalibrationDraft(quality="unsure"))
    follow(pair, bad, "2026-06-12", "甲")
    follow(pair, bad, "2026-06-20", "甲")
    worthless = CalibrationDraft(quality="worthless", reason="停产了")
    follow(pair, bad, "2026-06-21", "甲", calibration=worthless)
    follow(pair, bad, "2026-06-22", "甲")
    follow(pair, good, "2026-06-23", "甲")
    assert line("甲", "worthless_effort").value == pytest.approx(2 / 7)
    # 06-20 is 18 days after the verdict "unsure"; 06-12 only ten
    assert line("甲", "unsure_effort").value == pytest.approx(1 / 7)


def test_rated_again_within_30_days(pair, line):
    for day in ("2026-04-01", "2026-06-25"):
        customer = pair.customer("甲", "2026-03-01")
        follow(pair, customer, day, "甲", calibration=CalibrationDraft(quality="valuable"))
    pair.customer("甲", "2026-03-01")
    found = line("甲", "recalibrated")
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)


def test_required_features_known(pair, line):
    pain, machines, _note = pair.office.features.define(
        (
            FieldDraft("痛点", required=True),
            FieldDraft("台数", "number", required=True),
            FieldDraft("备注"),
        )
    )
    asked = sum(one.required for one in pair.office.features.fields())
    half, none = (pair.customer("甲", "2026-05-01") for _ in range(2))
    learnt = (FeatureDraft(pain, "对账慢"),)
    follow(pair, half, "2026-06-03", "甲", features=learnt)
    follow(pair, none, "2026-06-03", "甲")
    assert line("甲", "feature_fill").value == pytest.approx(1 / (2 * asked))
    pair.office.features.learn(half, (FeatureDraft(machines, "12"),))
    assert line("甲", "feature_fill").value == pytest.approx(2 / (2 * asked))


def test_a_decider_among_the_contacts(pair, line):
    customer = pair.customer("甲", "2026-05-01")
    boss = pair.office.customers.add_contact(customer, ContactDraft("王总", part="decider"))
    clerk = pair.office.customers.add_contact(customer, ContactDraft("小李", part="user"))
    follow(pair, customer, "2026-06-03", "甲", contact_ids=(clerk, boss))
    follow(pair, customer, "2026-06-04", "甲", contact_ids=(clerk,))
    follow(pair, customer, "2026-06-05", "甲")
    assert line("甲", "decision_maker").value == pytest.approx(1 / 3)


def test_hours_to_the_first_answer(pair, line):
    for hours in (2, 5, 9):
        pair.clock.set("2026-06-03 09:00")
        customer = pair.customer("甲", "2026-06-03")
        follow(pair, customer, "2026-06-03", "甲", hour=9 + hours)
    late = pair.customer("甲", "2026-06-29")  # entered on 06-03, so nine o'clock of its day
    follow(pair, late, "2026-06-30", "甲", hour=9)
    assert line("甲", "first_response").value == 7.0  # of 2, 5, 9 and 24 hours


def test_days_between_follow_ups(pair, line):
    customer = pair.customer("甲", "2026-05-01")
    for day in ("2026-05-20", "2026-06-01", "2026-06-05", "2026-06-25"):
        follow(pair, customer, day, "甲")
    found = line("甲", "interval")
    assert (found.value, found.n) == (12.0, 3)  # 12, 4 and 20 days


def test_talk_and_short_calls(pair, line):
    customer = pair.customer("甲", "2026-05-01")
    for seconds in (10, 19, 20, 351):
        follow(pair, customer, "2026-06-03", "甲", duration_s=seconds)
    follow(pair, customer, "2026-06-03", "甲", duration_s=0, outcome="missed")
    assert line("甲", "mean_talk").value == 100.0
    assert line("甲", "short_calls").value == 0.5


def test_the_stage_where_a_person_falls_behind(pair, line):
    stages = pair.office.admin.stage_names()
    reached = {"甲": (1, 1, 2, 3), "乙": (2, 3, 3, 4)}
    for name, positions in reached.items():
        for position in positions:
            customer = pair.customer(name, "2026-06-02")
            pair.clock.set("2026-06-20 10:00")
            pair.office.customers.move_stage(customer, position)
    found = line("甲", "stuck")
    # from 初访: 2 of 4 came on, the peer's 4 of 4
    assert (found.step, found.value, found.peers, found.worse) == (stages[1], 0.5, 1.0, True)


def test_beside_the_median_of_the_same_post(pair, line):
    for name, seconds in (("甲", 60), ("乙", 180), ("丙", 300), ("丁", 600)):
        if name not in pair.staff:
            pair.hire(name, post="客服" if name == "丁" else "销售", joined_on=date(2026, 1, 1))
        follow(pair, pair.customer(name, "2026-05-01"), "2026-06-03", name, duration_s=seconds)
    found = line("甲", "mean_talk")
    assert (found.value, found.peers, found.worse) == (60.0, 240.0, True)


def test_what_is_not_kept_is_said_and_never_zero(pair, line):
    for name in ("quote_silence",):
        found = line("甲", name)
        assert (found.value, found.peers, found.worse) == (None, None, None)
        assert found.missing


def test_steps_of_sequences_done_in_time_over_steps_due(pair, line):
    steps = (
        StepRule("首次联系", offset=0, limit=1, anchor="start"),
        StepRule("需求拜访", "visit", offset=1, limit=2),
    )
    sequence_id = pair.office.sequences.add(SequenceDraft("标准", VersionDraft(steps)))
    pair.clock.set("2026-06-01 10:00")
    firms = [pair.customer("甲", "2026-06-01") for _ in range(3)]
    for firm in firms:
        pair.office.sequences.enrol(firm, sequence_id)
    follow(pair, firms[0], "2026-06-02", "甲")
    follow(pair, firms[1], "2026-06-05", "甲")
    pair.clock.set("2026-07-15 10:00")
    found = line("甲", "sequence_adherence")
    assert (found.value, found.n) == (1 / 5, 5)
    assert line("乙", "sequence_adherence").value is None
    rows = pair.office.staff.leak_rows(JUNE, pair.staff["甲"], "sequence_adherence")
    assert [row.amount for row in rows] == [0.0, 0.0, 0.0, 0.0, 1.0]


def test_nothing_after_the_as_of_day_counts(pair, line):
    customer = pair.customer("甲", "2026-05-01")
    follow(pair, customer, "2026-06-03", "甲", duration_s=30)
    follow(pair, customer, "2026-06-20", "甲", duration_s=90)
    early = SummaryQuery(JUNE.first, JUNE.last, today=date(2026, 6, 3) + timedelta(days=10))
    assert line("甲", "mean_talk", early).value == 30.0


def test_names_are_unique_and_unknown_ones_are_told(pair):
    names = [one.name for one in all_leaks()]
    assert len(set(names)) == len(names) == 13
    with pytest.raises(UserError) as told:
        pair.office.staff.leak_rows(JUNE, pair.staff["甲"], "luck")
    assert told.value.code == "no_such_leak"
