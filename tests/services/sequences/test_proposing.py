"""What a leak suggests to change in a sequence (product.md 6.3): each rule by values."""

from __future__ import annotations

import pytest

from app.models.values.sequences import StepRule
from app.services.sequences.drafts import SequenceDraft, VersionDraft
from app.services.sequences.proposing import RULES, propose
from app.services.staff.leaks import all_leaks

CALL = StepRule("首次联系", offset=1, limit=2, anchor="start")
VISIT = StepRule("需求拜访", "visit", offset=6, limit=4, must=False, exits=("signed",))
QUOTE = StepRule("报价", "quote", offset=3, limit=4)
SIGN = StepRule("签约", "sign", offset=7, limit=14)
DRAFT = VersionDraft((CALL, VISIT, QUOTE, SIGN))


def changed(leak, features=(5, 3)):
    found = propose(DRAFT, leak, features)
    assert found is not None
    return found.steps


def test_a_slow_first_response_puts_the_first_step_on_the_same_day():
    first = changed("first_response")[0]
    assert (first.offset, first.limit, first.anchor) == (0, 0, "start")


def test_long_intervals_halve_the_time_of_contacts():
    assert [(one.offset, one.limit) for one in changed("interval")] == [
        (1, 2), (3, 2), (3, 4), (7, 14),
    ]  # fmt: skip


def test_effort_on_the_worthless_puts_calibration_early_and_ends_with_it():
    steps = changed("worthless_effort")
    assert [one.deed for one in steps] == ["phone", "calibrate", "visit", "quote", "sign"]
    assert all("worthless" in one.exits for one in steps)
    assert changed("recalibrated")[1].must


def test_lacking_features_are_asked_at_the_visit():
    assert changed("feature_fill")[1].features == (3, 5)
    assert propose(DRAFT, "feature_fill", ()) is None


def test_the_decider_is_met_before_the_quote():
    assert [one.name for one in changed("decision_maker")][2] == "见到决策人"


def test_broken_chains_get_a_contact_between_steps_far_apart():
    steps = changed("broken_chain")
    assert [one.name for one in steps] == [
        "首次联系", "中间联系一次", "需求拜访", "报价", "中间联系一次", "签约",
    ]  # fmt: skip


def test_short_talks_let_a_call_count_only_when_answered():
    assert [one.outcome for one in changed("mean_talk")] == ["connected", "", "", ""]
    assert changed("short_calls") == changed("mean_talk")


def test_a_stage_where_customers_stick_makes_visits_a_must():
    assert changed("stuck")[1].must


def test_what_is_so_already_is_not_proposed_again():
    for leak in RULES:
        once = propose(DRAFT, leak, (1,))
        assert once is not None
        assert leak in ("interval", "broken_chain") or propose(once, leak, (1,)) is None
    assert propose(DRAFT, "sequence_adherence", (1,)) is None
    assert propose(VersionDraft(()), "stuck", (1,)) is None


def test_every_rule_is_of_a_leak_there_is():
    assert set(RULES) <= {one.name for one in all_leaks()}


def test_the_office_proposes_for_its_first_sequence_and_can_try_it(office):
    assert office.sequences.proposal("stuck") is None
    sequence_id = office.sequences.add(SequenceDraft("标准", DRAFT))
    found = office.sequences.proposal("stuck")
    assert found is not None
    here, draft = found
    office.sequences.try_version(here.id, draft)
    trial = office.sequences.one(sequence_id).trial
    assert trial is not None
    assert trial.steps[1].must
    assert not office.sequences.one(sequence_id).current.steps[1].must


@pytest.mark.parametrize("leak", sorted(RULES))
def test_every_proposal_can_be_kept(office, leak):
    sequence_id = office.sequences.add(SequenceDraft("标准", DRAFT))
    found = propose(DRAFT, leak, (1,))
    assert found is not None
    assert office.sequences.try_version(sequence_id, found)
