"""Customers that go through a sequence, step by step (product.md 1.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.errors import UserError
from app.models.tables.customers import Customer
from app.models.values.nextstep import Bucket
from app.models.values.sequences import Applies, StepRule
from app.services.calibration import CalibrationDraft
from app.services.customers import heads
from app.services.customers.bulk import Chosen
from app.services.customers.drafts import CustomerDraft
from app.services.deals import ContractDraft
from app.services.features import FeatureDraft
from app.services.followups.drafts import FollowupDraft
from app.services.jobs import Progress
from app.services.radar import RadarDraft
from app.services.sequences.drafts import SequenceDraft, VersionDraft

CALL = StepRule("首次联系", "phone", offset=0, limit=1, anchor="start", talk="先问现状")
LOOK = StepRule("客户雷达", "radar", offset=1, limit=2)
VISIT = StepRule("需求拜访", "visit", offset=3, limit=2, unit="workday", plan_kind="nurture_need")
SIGN = StepRule("签约", "sign", offset=7, limit=14, plan_kind="sign_collect")
STEPS = (CALL, LOOK, VISIT, SIGN)


@pytest.fixture
def firm(office):
    return office.customers.add(CustomerDraft("启明精工"))


def sequence(office, *steps, **how):
    auto = how.pop("auto", False)
    return office.sequences.add(SequenceDraft("设备销售", VersionDraft(steps, **how), auto=auto))


def standing(office, firm):
    (found,) = office.sequences.of_customer(firm)
    return found


def states(office, firm):
    return [one.state for one in standing(office, firm).steps]


def open_steps(office, firm):
    return [(one.what, one.plan_kind) for one in office.followups.record(firm).open]


def take_back(office):
    office.undo.take_back(office.undo.last().id)


def call(office, firm, channel="phone", **how):
    return office.followups.save(FollowupDraft(firm, content="谈了", channel=channel, **how))


def test_the_first_step_appears_on_today_with_its_talk_track(office, firm):
    office.sequences.enrol(firm, sequence(office, *STEPS))
    (item,) = [item for group in office.followups.agenda().groups for item in group.items]
    assert (item.customer_id, item.what, item.plan_kind) == (firm, "首次联系", "keep_in_touch")
    talk = office.sequences.talk_of(item.step_id)
    assert talk is not None
    assert (talk.sequence, talk.place, talk.count, talk.talk) == ("设备销售", 1, 4, "先问现状")
    assert office.sequences.talk_of(0) is None


def test_answering_a_step_opens_the_one_after_it(office, firm, clock):
    office.sequences.enrol(firm, sequence(office, *STEPS))
    (first,) = office.followups.record(firm).open
    call(office, firm, parent_step_id=first.id, outcome="connected")
    assert states(office, firm) == ["done", "open", "waiting", "waiting"]
    here = standing(office, firm).steps[1]
    assert (here.planned_on, here.due_on) == (date(2026, 11, 24), date(2026, 11, 26))
    clock.set("2026-11-25 10:00")
    office.radar.add(firm, RadarDraft("法定代表人", "王建明"))
    assert states(office, firm) == ["done", "done", "open", "waiting"]
    visit = standing(office, firm).steps[2]
    assert (visit.planned_on, visit.due_on) == (date(2026, 11, 30), date(2026, 12, 2))
    assert open_steps(office, firm) == [("需求拜访", "nurture_need")]


def test_a_follow_up_of_the_right_channel_fulfils_the_step_wherever_it_was_written(office, firm):
    office.sequences.enrol(firm, sequence(office, CALL, VISIT))
    call(office, firm, "wechat")
    call(office, firm, outcome="missed", duration_s=0)
    assert states(office, firm) == ["open", "waiting"]
    call(office, firm, outcome="connected")
    assert states(office, firm) == ["done", "open"]


def test_what_is_known_already_needs_no_step(office, firm):
    office.radar.add(firm, RadarDraft("法定代表人", "王建明"))
    office.sequences.enrol(firm, sequence(office, LOOK, VISIT))
    assert states(office, firm) == ["done", "open"]


def test_signing_fulfils_the_last_step_and_finishes(office, firm):
    office.sequences.enrol(firm, sequence(office, CALL, SIGN))
    call(office, firm)
    office.deals.add_contract(ContractDraft(firm, date(2026, 11, 23), 100))
    assert states(office, firm) == ["done", "done"]
    assert standing(office, firm).state == "finished"
    assert open_steps(office, firm) == []


def test_signing_early_leaves_the_sequence(office, firm):
    office.sequences.enrol(firm, sequence(office, *STEPS))
    office.deals.add_contract(ContractDraft(firm, date(2026, 11, 23), 100))
    here = standing(office, firm)
    assert (here.state, here.reason, here.ended_on) == ("left", "signed", date(2026, 11, 23))
    assert open_steps(office, firm) == []


@pytest.mark.parametrize(
    ("exits", "act", "reason"),
    [
        (("worthless",), {"quality": "worthless"}, "worthless"),
        (("replied",), {"direction": "in"}, "replied"),
        (("refused",), {"outcome": "rejected"}, "refused"),
        ((), {"outcome": "rejected"}, ""),
    ],
)
def test_a_step_names_what_ends_the_sequence(office, firm, exits, act, reason):
    office.sequences.enrol(firm, sequence(office, replace(VISIT, exits=exits), SIGN))
    if "quality" in act:
        office.calibration.save(firm, CalibrationDraft(act["quality"], reason="没预算"))
    else:
        call(office, firm, "wechat" if "direction" in act else "phone", **act)
    here = standing(office, firm)
    assert (here.state, here.reason) == (("left", reason) if reason else ("running", ""))


def test_a_vain_attempt_is_tried_again_until_there_were_enough(office, firm, clock):
    wanted = replace(CALL, outcome="connected", attempts=2)
    office.sequences.enrol(firm, sequence(office, wanted, VISIT))
    (first,) = office.followups.record(firm).open
    call(office, firm, parent_step_id=first.id, outcome="missed", duration_s=0)
    (again,) = office.followups.record(firm).open
    assert again.id != first.id
    assert office.sequences.talk_of(again.id).attempts == 1
    clock.set("2026-11-24 10:00")
    call(office, firm, parent_step_id=again.id, outcome="missed", duration_s=0)
    assert states(office, firm) == ["skipped", "open"]


@pytest.mark.parametrize(
    ("wanted", "how", "state"),
    [
        ("connected", {"outcome": "connected"}, "done"),
        ("connected", {"outcome": ""}, "done"),
        ("connected", {"outcome": "missed"}, "open"),
        ("replied", {"outcome": "replied"}, "done"),
        ("replied", {"direction": "in"}, "done"),
        ("replied", {"outcome": ""}, "open"),
    ],
)
def test_what_a_follow_up_must_come_to(office, firm, wanted, how, state):
    office.sequences.enrol(firm, sequence(office, replace(CALL, outcome=wanted), VISIT))
    (first,) = office.followups.record(firm).open
    call(office, firm, parent_step_id=first.id, **how)
    assert states(office, firm)[0] == state


def test_a_step_done_without_its_features_is_short_until_they_are_known(office, firm):
    field = office.features.fields()[0]
    office.sequences.enrol(firm, sequence(office, replace(CALL, features=(field.id,)), VISIT))
    (first,) = office.followups.record(firm).open
    assert office.sequences.talk_of(first.id).features == (field.label,)
    call(office, firm)
    assert states(office, firm) == ["short", "open"]
    office.features.learn(firm, [FeatureDraft(field.id, "3")])
    assert states(office, firm) == ["done", "open"]


def test_a_postponed_step_stays_the_step_and_a_cancelled_one_is_skipped(office, firm):
    office.sequences.enrol(firm, sequence(office, CALL, VISIT))
    (first,) = office.followups.record(firm).open
    moved = office.followups.postpone(first.id, Bucket.tomorrow)
    assert standing(office, firm).steps[0].next_step_id == moved.next_step_id
    assert office.sequences.talk_of(moved.next_step_id).place == 1
    office.followups.cancel(moved.next_step_id, "不用了")
    assert states(office, firm) == ["skipped", "open"]


def test_an_edit_leaves_running_enrolments_with_their_version(office, firm):
    sequence_id = sequence(office, CALL, VISIT)
    office.sequences.enrol(firm, sequence_id)
    office.sequences.save(sequence_id, VersionDraft((SIGN,)))
    here = standing(office, firm)
    assert here.number == 1
    assert [one.rule for one in here.steps] == [CALL, VISIT]
    call(office, firm)
    assert open_steps(office, firm) == [("需求拜访", "nurture_need")]


def test_a_customer_runs_once_through_a_sequence_at_a_time(office, firm):
    sequence_id = sequence(office, *STEPS)
    enrolment = office.sequences.enrol(firm, sequence_id)
    assert office.sequences.enrol(firm, sequence_id) == 0
    office.sequences.stop(enrolment)
    assert (standing(office, firm).state, standing(office, firm).reason) == ("left", "stopped")
    assert open_steps(office, firm) == []
    assert office.sequences.enrol(firm, sequence_id)
    with pytest.raises(UserError) as told:
        office.sequences.stop(enrolment)
    assert told.value.code == "not_enrolled"


def test_a_customer_in_the_bin_is_not_enrolled(office, firm):
    office.customers.remove((firm,))
    with pytest.raises(UserError) as told:
        office.sequences.enrol(firm, sequence(office, *STEPS))
    assert told.value.code == "customer_gone"


def test_many_customers_are_enrolled_and_the_act_is_taken_back_whole(office):
    sequence_id = sequence(office, *STEPS)
    ids = [office.customers.add(CustomerDraft(f"第{n}家")) for n in range(3)]
    done = office.sequences.enrol_many(
        office.customers.bulk, Chosen(frozenset(ids)), sequence_id, Progress()
    )
    assert (done.done_count, office.sequences.one(sequence_id).running) == (3, 3)
    office.undo.take_back(done.batch_id)
    assert office.sequences.one(sequence_id).running == 0
    assert all(open_steps(office, one) == [] for one in ids)


def test_taking_back_an_answer_opens_the_step_again(office, firm):
    office.sequences.enrol(firm, sequence(office, CALL, VISIT))
    (first,) = office.followups.record(firm).open
    call(office, firm, parent_step_id=first.id)
    take_back(office)
    assert states(office, firm) == ["open", "waiting"]
    assert [one.id for one in office.followups.record(firm).open] == [first.id]


def test_a_sequence_to_come_keeps_the_chain_whole(office, firm):
    assert office.followups.chain_breaks(FollowupDraft(firm, content="谈了"))
    office.sequences.enrol(firm, sequence(office, CALL, VISIT))
    (first,) = office.followups.record(firm).open
    answer = FollowupDraft(firm, content="谈了", parent_step_id=first.id)
    assert not office.followups.chain_breaks(answer)


def test_the_head_of_the_customer_knows_the_step(office, firm):
    office.sequences.enrol(firm, sequence(office, CALL, VISIT))
    call(office, firm)
    with office.context.read() as reader:
        assert reader.stored(Customer, firm)["next_plan"] == "nurture_need"
        assert heads.differences(reader) == []


# -- by rule ------------------------------------------------------------------------------------


def test_a_new_customer_that_fits_is_enrolled_by_rule(office):
    applies = Applies(industries=("生产制造",))
    sequence(office, CALL, VISIT, applies=applies, auto=True)
    fits = office.customers.add(CustomerDraft("启明精工", industry="生产制造"))
    other = office.customers.add(CustomerDraft("海润电子", industry="IT"))
    assert standing(office, fits).by_rule
    assert office.sequences.of_customer(other) == []


def test_a_customer_is_enrolled_once_its_grade_fits(office, firm):
    sequence(office, CALL, VISIT, applies=Applies(grades=("big",)), auto=True)
    office.calibration.save(firm, CalibrationDraft(grade="big"))
    assert standing(office, firm).by_rule


def test_the_rule_leaves_alone_who_was_there_before_or_has_been_through(office):
    old = office.customers.add(CustomerDraft("旧客户", created_on=date(2026, 11, 1)))
    sequence(office, CALL, auto=True)
    office.calibration.save(old, CalibrationDraft(grade="big"))
    assert office.sequences.of_customer(old) == []
    fresh = office.customers.add(CustomerDraft("新客户"))
    call(office, fresh)
    assert standing(office, fresh).state == "finished"
    office.calibration.save(fresh, CalibrationDraft(grade="big"))
    assert len(office.sequences.of_customer(fresh)) == 1


def test_a_trial_and_the_present_version_take_turns(office):
    sequence_id = sequence(office, CALL, VISIT, auto=True)
    office.sequences.try_version(sequence_id, VersionDraft((CALL,)))
    ids = [office.customers.add(CustomerDraft(f"第{n}家")) for n in range(4)]
    assert [standing(office, one).number for one in ids] == [1, 2, 1, 2]
    assert [standing(office, one).trial for one in ids] == [False, True, False, True]
