"""Sequences as the manager writes them: every edit is a version of its own (product.md 1.7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UserError
from app.models.values.sequences import Applies, StepRule
from app.services.sequences.drafts import SequenceDraft, VersionDraft

STEPS = (
    StepRule(
        "首次联系", "phone", offset=0, limit=1, anchor="start", talk="先问现状", features=(7,)
    ),
    StepRule("需求拜访", "visit", offset=3, unit="workday", exits=("signed", "refused")),
    StepRule("签约", "sign", offset=7, limit=14, must=False, attempts=0),
)
DRAFT = VersionDraft(STEPS, Applies(kinds=("company",), stages=(0, 1)), 60, "第一版")


@pytest.fixture
def sequence_id(office):
    return office.sequences.add(SequenceDraft("设备销售", DRAFT, auto=True))


def test_a_sequence_reads_back_as_it_was_written(office, sequence_id):
    (found,) = office.sequences.all()
    assert (found.id, found.name, found.auto, found.running) == (sequence_id, "设备销售", True, 0)
    assert found.current.steps == STEPS
    assert found.current.draft() == replace(DRAFT, note="")
    assert (found.current.number, found.current.note) == (1, "第一版")
    assert found.current.made_by == "林建国"


def test_an_edit_makes_a_new_version_and_leaves_the_old_one_as_it_was(office, sequence_id):
    before = office.sequences.one(sequence_id).current
    fresh = replace(DRAFT, steps=(*STEPS[:1], replace(STEPS[1], must=False), STEPS[2]), note="改")
    office.sequences.save(sequence_id, fresh)
    newest, oldest = office.sequences.versions(sequence_id)
    assert (newest.number, newest.role, newest.steps) == (2, "current", fresh.steps)
    assert oldest == replace(before, role="former")


def test_saving_the_same_again_makes_no_version(office, sequence_id):
    version_id = office.sequences.save(sequence_id, replace(DRAFT, note="另一句"))
    assert version_id == office.sequences.one(sequence_id).current.id
    assert len(office.sequences.versions(sequence_id)) == 1


def test_an_edit_can_be_taken_back(office, sequence_id):
    office.sequences.save(sequence_id, replace(DRAFT, window_days=30))
    office.undo.take_back(office.undo.last().id)
    here = office.sequences.one(sequence_id).current
    assert (here.number, here.window_days) == (1, 60)


def test_a_trial_stands_beside_the_present_version_until_it_ends(office, sequence_id):
    wanted = replace(DRAFT, steps=STEPS[:2])
    office.sequences.try_version(sequence_id, wanted)
    here = office.sequences.one(sequence_id)
    assert here.trial is not None
    assert (here.current.number, here.trial.number) == (1, 2)
    assert [one.role for one in office.sequences.versions(sequence_id)] == ["trial", "current"]
    office.sequences.end_trial(sequence_id, adopt=True)
    here = office.sequences.one(sequence_id)
    assert (here.current.number, here.trial) == (2, None)


def test_a_trial_can_be_dropped(office, sequence_id):
    office.sequences.try_version(sequence_id, replace(DRAFT, steps=STEPS[:2]))
    office.sequences.end_trial(sequence_id, adopt=False)
    here = office.sequences.one(sequence_id)
    assert (here.current.number, here.trial) == (1, None)
    with pytest.raises(UserError) as told:
        office.sequences.end_trial(sequence_id, adopt=True)
    assert told.value.code == "no_trial"


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (VersionDraft(()), "sequence_empty"),
        (VersionDraft((StepRule(" "),)), "bad_step"),
        (VersionDraft((StepRule("拜访", "walk"),)), "bad_step"),
        (VersionDraft((StepRule("拜访", unit="week"),)), "bad_step"),
        (VersionDraft((StepRule("拜访", offset=-1),)), "bad_step"),
        (VersionDraft((StepRule("拜访", limit=4000),)), "bad_step"),
        (VersionDraft((StepRule("拜访", attempts=100),)), "bad_step"),
        (VersionDraft((StepRule("拜访"),) * 31), "sequence_empty"),
        (VersionDraft((StepRule("拜访"),), window_days=0), "bad_window"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_kept(office, sequence_id, draft, code):
    with pytest.raises(UserError) as told:
        office.sequences.save(sequence_id, draft)
    assert told.value.code == code
    assert told.value.advice_text()
    assert len(office.sequences.versions(sequence_id)) == 1


def test_a_sequence_needs_a_name_of_its_own(office, sequence_id):
    for name, code in ((" ", "sequence_unnamed"), (" 设备销售 ", "sequence_taken")):
        with pytest.raises(UserError) as told:
            office.sequences.add(SequenceDraft(name, DRAFT))
        assert told.value.code == code
    office.sequences.save(sequence_id, DRAFT, name="设备")
    assert office.sequences.one(sequence_id).name == "设备"


def test_one_put_away_is_shown_on_request_only(office, sequence_id):
    office.sequences.change(sequence_id, archived=True, auto=False)
    assert office.sequences.all() == []
    (found,) = office.sequences.all(with_archived=True)
    assert (found.archived, found.auto) == (True, False)


def test_only_who_manages_may_change_sequences(office, sequence_id):
    office.staff.act_as("周敏")
    with pytest.raises(UserError) as told:
        office.sequences.save(sequence_id, replace(DRAFT, window_days=10))
    assert told.value.code == "not_allowed"


def test_the_shipped_sequences_can_be_kept_as_they_are(office):
    for one in office.sequences.templates():
        office.sequences.add(SequenceDraft(one.name, one.version))
    names = [one.name for one in office.sequences.all()]
    assert names == ["设备销售", "服务签约", "零售分销"]
