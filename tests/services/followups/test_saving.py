from datetime import date

import pytest

from app.errors import UserError
from app.models.tables.followups import FollowUp, NextStep
from app.models.values.nextstep import Bucket
from app.services.calibration import CalibrationDraft
from app.services.customers import CustomerDraft
from app.services.features import FeatureDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft

NEXT_WEEK = NextStepDraft(Bucket.next_week, "counter_rival", "带节拍实测视频")


@pytest.fixture
def customer(office):
    return office.customers.add(CustomerDraft("启明自动化"))


def stored(office, entity, row_id):
    with office.context.read() as reader:
        return reader.stored(entity, row_id)


def test_a_follow_up_is_kept_with_all_it_carries(office, customer):
    field = office.features.fields()[0]
    saved = office.followups.save(
        FollowupDraft(
            customer,
            "同意看样机",
            duration_s=372,
            calibration=CalibrationDraft("valuable", "big", 46_000_000, date(2026, 12, 28)),
            features=(FeatureDraft(field.id, "2"),),
            next_step=NEXT_WEEK,
        )
    )
    card = office.customers.card(customer)
    assert (card.quality, card.grade, card.expected_fen) == ("valuable", "big", 46_000_000)
    assert office.features.of_customer(customer)[0].value == "2"
    assert saved.bucket == "next_week"
    step = stored(office, NextStep, saved.next_step_id)
    assert step["parent_followup_id"] == saved.followup_id
    assert stored(office, FollowUp, saved.followup_id)["counts"] is True


def test_a_failure_on_the_way_keeps_nothing(office, customer):
    number = next(f for f in office.features.fields() if f.type == "number")
    with pytest.raises(UserError) as refused:
        office.followups.save(
            FollowupDraft(customer, "聊", features=(FeatureDraft(number.id, "很多"),))
        )
    assert refused.value.code == "bad_feature"
    assert office.followups.count(customer) == 0


def test_completing_a_step_opens_its_follow_up(office, customer):
    first = office.followups.save(FollowupDraft(customer, "一", next_step=NEXT_WEEK))
    second = office.followups.save(
        FollowupDraft(customer, "二", parent_step_id=first.next_step_id, next_step=NEXT_WEEK)
    )
    step = stored(office, NextStep, first.next_step_id)
    assert (step["state"], step["done_followup_id"]) == ("done", second.followup_id)
    assert stored(office, FollowUp, second.followup_id)["parent_step_id"] == first.next_step_id


def test_a_day_of_chat_counts_once_and_the_count_moves_on(office, customer):
    first = office.followups.save(FollowupDraft(customer, "早", channel="wechat"))
    second = office.followups.save(FollowupDraft(customer, "晚", channel="wechat"))
    assert stored(office, FollowUp, first.followup_id)["counts"] is True
    assert stored(office, FollowUp, second.followup_id)["counts"] is False
    office.followups.remove(first.followup_id)
    assert stored(office, FollowUp, second.followup_id)["counts"] is True


def test_evidence_moves_the_stage_forward_once(office, customer):
    office.followups.save(FollowupDraft(customer, "一"))
    assert office.customers.card(customer).stage_position == 1
    office.followups.save(
        FollowupDraft(customer, "二", calibration=CalibrationDraft(nodes=("需求确认",)))
    )
    assert office.customers.card(customer).stage_position == 2
    moves = [e for e in office.followups.timeline(customer) if e.kind == "stage"]
    assert len(moves) == 2


def test_broken_chain_is_asked_only_when_nothing_is_open(office, customer):
    bare = FollowupDraft(customer, "一")
    assert office.followups.chain_breaks(bare)
    assert not office.followups.chain_breaks(FollowupDraft(customer, "一", next_step=NEXT_WEEK))
    saved = office.followups.save(FollowupDraft(customer, "一", next_step=NEXT_WEEK))
    assert not office.followups.chain_breaks(bare)
    answering = FollowupDraft(customer, "二", parent_step_id=saved.next_step_id)
    assert office.followups.chain_breaks(answering)
    office.customers.mark_churned(customer, "价格")
    assert not office.followups.chain_breaks(answering)


def test_saving_forgets_the_draft(office, customer):
    office.followups.drafts.keep("followup", customer, {"content": "半句"})
    kept = office.followups.drafts.find("followup", customer)
    assert kept is not None
    assert kept[0] == {"content": "半句"}
    office.followups.save(FollowupDraft(customer, "整句"))
    assert office.followups.drafts.find("followup", customer) is None


def test_a_follow_up_on_a_removed_customer_is_refused(office, customer):
    office.customers.remove((customer,))
    with pytest.raises(UserError) as refused:
        office.followups.save(FollowupDraft(customer, "一"))
    assert refused.value.code == "customer_gone"
