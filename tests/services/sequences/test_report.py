"""What really happened beside the steps: survivors, times, paths, people, versions (screen 07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import Cancelled, UserError
from app.models.values.sequences import Applies, Mark, StepRule
from app.services.calibration import CalibrationDraft
from app.services.customers.drafts import CustomerDraft
from app.services.deals import ContractDraft
from app.services.followups.drafts import FollowupDraft
from app.services.jobs import Progress
from app.services.sequences import measuring, paths
from app.services.sequences.as_json import report_json
from app.services.sequences.chains import DAY_MS, Chain
from app.services.sequences.drafts import SequenceDraft, VersionDraft
from app.services.sequences.shapes import ReportQuery

CALL = StepRule("首次联系", "phone", offset=0, limit=1, anchor="start")
VISIT = StepRule("需求拜访", "visit", offset=3, limit=4)
QUOTE = StepRule("报价", "quote", offset=3, limit=4)
SIGN = StepRule("签约", "sign", offset=7, limit=14)
STEPS = (CALL, VISIT, QUOTE, SIGN)
MONTH = ReportQuery(date(2026, 11, 1), date(2026, 11, 30))
START = date(2026, 6, 1)
AS_OF = date(2026, 11, 23)


def chain(number, *deeds, won=None, lost=None, owner=1, fen=None):
    """Return a chain of (deed, day) pairs."""
    marks = [Mark(day * DAY_MS + at, deed, START + timedelta(days=day))
             for at, (deed, day) in enumerate(deeds)]  # fmt: skip
    made = Chain(number, owner, START, 0, marks=marks)
    if won is not None:
        made.outcome, made.ended_on, made.deal_fen = "won", START + timedelta(days=won), fen
        made.marks.append(Mark(won * DAY_MS + 9, "sign", made.ended_on))
    if lost is not None:
        made.outcome, made.ended_on = "lost", START + timedelta(days=lost)
    return made


def walked(*chains, steps=STEPS):
    return measuring.walk(chains, steps, AS_OF, Progress())


# -- steps ---------------------------------------------------------------------------------------


def test_survivors_pass_rates_and_the_largest_fall():
    here = walked(
        chain(1, ("phone", 0), ("visit", 4), ("quote", 6), won=20),
        chain(2, ("phone", 1), ("visit", 5)),
        chain(3, ("phone", 0), ("quote", 2)),
        chain(4, ("phone", 2)),
        chain(5),
    )
    steps, drop = measuring.step_measures(here, STEPS)
    assert [one.alive for one in steps] == [4, 3, 2, 1]
    assert [one.lost for one in steps] == [1, 1, 1, 0]
    assert [one.pass_rate for one in steps] == [3 / 4, 2 / 3, 1 / 2, None]
    assert drop == 2


def test_the_time_of_a_step_runs_from_the_one_done_before_it():
    here = walked(
        chain(1, ("phone", 0), ("visit", 4), won=20),
        chain(2, ("phone", 1), ("visit", 9)),
        chain(3, ("phone", 2), ("quote", 8)),
    )
    steps, _drop = measuring.step_measures(here, STEPS)
    assert [round(one.median_days or 0) for one in steps] == [1, 6, 6, 16]
    assert [one.n for one in steps] == [3, 2, 1, 1]
    gaps = measuring.gap_measures(here, len(STEPS))
    assert [(one.place, one.won_days and round(one.won_days), one.lost_days) for one in gaps] == [
        (2, 4, None), (3, None, None), (4, 16, None),
    ]  # fmt: skip


# -- people --------------------------------------------------------------------------------------


def test_a_person_keeps_to_steps_in_order_and_in_time():
    here = walked(
        chain(1, ("phone", 0), ("visit", 4), ("quote", 8), won=20, owner=7),
        chain(2, ("phone", 0), ("quote", 4), lost=60, owner=8),
        chain(3, ("phone", 9), lost=60, owner=8),
    )
    one, other = measuring.person_measures(here, STEPS, {7: "周敏", 8: "陈立"})
    assert (one.name, one.adherence, one.win_rate, one.worst) == ("周敏", 1.0, 1.0, 0)
    assert (other.name, other.due, other.kept, other.win_rate) == ("陈立", 8, 2, 0.0)
    assert (other.worst, other.missed) == (2, 1.0)


def test_steps_that_need_not_be_done_do_not_count_for_adherence():
    steps = (CALL, replace(VISIT, must=False), SIGN)
    (one,) = measuring.person_measures(
        walked(chain(1, ("phone", 0), won=8), steps=steps), steps, {1: "周敏"}
    )
    assert (one.due, one.kept) == (2, 2)


def test_win_rates_by_how_well_the_steps_were_kept():
    here = walked(
        *(chain(n, ("phone", 0), ("visit", 4), ("quote", 8), won=20) for n in range(3)),
        chain(4, ("phone", 0), ("visit", 4), ("quote", 8), lost=90),
        *(chain(n, ("phone", 9), lost=60) for n in range(5, 7)),
    )
    bands = measuring.band_measures(here, STEPS)
    told = [(one.low, one.high, one.customers, one.win_rate) for one in bands]
    assert told == [(0, 0.5, 2, 0), (0.5, 0.7, 0, None), (0.7, 0.85, 1, 0), (0.85, 1, 3, 1)]


# -- what goes with winning ------------------------------------------------------------------------


def test_an_observation_needs_ten_finished_customers_on_either_side():
    won = [chain(n, ("phone", 0), ("visit", 4), ("quote", 8), won=20) for n in range(11)]
    lost = [chain(100 + n, ("phone", 0), ("quote", 2), lost=30) for n in range(10)]
    found = measuring.observe(walked(*won, *lost[:9]), STEPS)
    assert found is None
    found = measuring.observe(walked(*won, *lost, chain(300, ("quote", 1), won=3)), STEPS)
    assert found is not None
    assert (found.first, found.then, found.n_with, found.n_without) == (2, 3, 11, 11)
    assert (found.rate_with, found.rate_without) == (1.0, 1 / 11)
    assert found.share_of_won == 11 / 12


# -- paths ---------------------------------------------------------------------------------------


def test_paths_are_counted_with_repeats_merged_and_won_or_lost():
    long = [chain(n, ("phone", 0), ("phone", 1), ("visit", 4), won=20 + n, fen=10_000)
            for n in range(12)]  # fmt: skip
    short = [chain(100 + n, ("phone", 0), lost=30) for n in range(20)]
    lucky = [chain(200, ("phone", 0), won=5, fen=99)]
    won, lost, coarse = paths.mine([*long, *short, *lucky])
    assert not coarse
    (best,), (worst,) = won, lost
    assert (best.deeds, len(best.won), best.win_rate) == (("phone", "visit"), 12, 1.0)
    assert (best.cycle_days, best.deal_fen, best.silent) == (25.5, 10_000, False)
    assert (worst.deeds, len(worst.lost), round(worst.win_rate, 3)) == (("phone",), 20, 0.048)
    assert (worst.cycle_days, worst.deal_fen, worst.silent) == (30.0, None, True)


def test_no_paths_of_fewer_than_thirty_finished_or_ten_on_a_path():
    few = [chain(n, ("phone", 0), won=9) for n in range(29)]
    going = [chain(100 + n, ("phone", 0)) for n in range(50)]
    assert paths.mine([*few, *going]) == ((), (), True)
    assert len(paths.mine([*few, chain(30, ("phone", 1), won=9)])[0]) == 1
    nine = [chain(200 + n, ("visit", 0), lost=9) for n in range(9)]
    assert paths.mine([*few, *nine])[1] == ()


def test_where_no_path_is_frequent_each_deed_counts_the_first_time_only():
    turns = [("phone", 0), ("wechat", 1), ("phone", 2), ("wechat", 3)]
    often = [chain(n, *turns, *[("phone", 4 + at) if at % 2 == 0 else ("wechat", 4 + at)
                                for at in range(n)], won=60) for n in range(30)]  # fmt: skip
    (only,), lost, coarse = paths.mine(often)
    assert (only.deeds, len(only.won), lost, coarse) == (("phone", "wechat"), 30, (), True)


# -- a whole office --------------------------------------------------------------------------------


@pytest.fixture
def sequence_id(office):
    applies = Applies(kinds=("company",))
    return office.sequences.add(SequenceDraft("设备销售", VersionDraft(STEPS, applies)))


def customer(office, name, **how):
    return office.customers.add(CustomerDraft(name, created_on=date(2026, 11, 2), **how))


def follow(office, customer_id, channel, day):
    when = office.context.zone
    from app.models.values import dates as on

    at = on.at_local(date(2026, 11, day), on.to_local(office.context.now(), when).time(), when)
    draft = FollowupDraft(customer_id, content="谈了", channel=channel, at=at)
    return office.followups.save(draft).followup_id


def test_the_report_reads_the_chains_of_the_customers_that_are_meant(office, sequence_id):
    signed = customer(office, "启明精工")
    follow(office, signed, "phone", 2)
    follow(office, signed, "visit", 5)
    office.customers.move_stage(signed, 3)
    office.deals.add_contract(ContractDraft(signed, date(2026, 11, 23), 500_000))
    going = customer(office, "海润电子")
    follow(office, going, "phone", 4)
    customer(office, "王先生", kind="person")
    office.customers.add(CustomerDraft("去年的", created_on=date(2025, 11, 2)))
    found = office.sequences.report(replace(MONTH, sequence_id=sequence_id))
    assert (found.customers, found.won, found.lost, found.enough) == (2, 1, 0, False)
    assert [one.alive for one in found.steps] == [2, 1, 1, 1]
    assert found.drop_place == 2
    assert office.sequences.lost_at(found.query, 1) == (going,)
    assert office.sequences.lost_at(found.query, 4) == (signed,)


def test_the_report_of_one_person_and_one_grade(office, sequence_id):
    office.staff.act_as("周敏")
    mine = customer(office, "启明精工")
    office.calibration.save(mine, CalibrationDraft(grade="big"))
    office.staff.act_as("陈立")
    customer(office, "海润电子")
    everybody = office.sequences.report(MONTH)
    assert everybody.customers == 2
    assert [one.name for one in everybody.people] == ["周敏", "陈立"]
    staff_id = office.staff.named("周敏").id
    assert office.sequences.report(replace(MONTH, staff_id=staff_id)).customers == 1
    assert office.sequences.report(replace(MONTH, grade="big")).customers == 1
    assert office.sequences.report(replace(MONTH, grade="small")).customers == 0


def test_one_who_was_lost_before_signing_is_lost(office, clock, sequence_id):
    lost = customer(office, "启明精工")
    follow(office, lost, "phone", 3)
    office.customers.mark_churned(lost, "没预算")
    found = office.sequences.report(replace(MONTH, sequence_id=sequence_id))
    assert (found.won, found.lost) == (0, 1)


def test_without_a_sequence_there_are_paths_and_no_steps(office):
    customer(office, "启明精工")
    found = office.sequences.report(MONTH)
    assert (found.sequence, found.steps, found.customers) == (None, (), 1)
    assert report_json(found)["drop_off"] is None


def test_days_in_the_wrong_order_are_refused(office):
    with pytest.raises(UserError) as told:
        office.sequences.report(ReportQuery(date(2026, 11, 2), date(2026, 11, 1)))
    assert told.value.code == "bad_period"


def test_a_report_can_be_stopped(office, sequence_id):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        office.sequences.report(MONTH, progress)


# -- versions --------------------------------------------------------------------------------------


def test_two_versions_are_compared_by_what_came_of_those_enrolled(office, clock, sequence_id):
    clock.set("2026-06-01 10:00")
    office.sequences.try_version(sequence_id, VersionDraft((CALL, SIGN)))
    firms = [office.customers.add(CustomerDraft(f"第{n}家")) for n in range(4)]
    for firm in firms:
        office.sequences.enrol(firm, sequence_id)
    clock.set("2026-06-02 10:00")
    office.followups.save(FollowupDraft(firms[0], content="谈了"))
    office.followups.save(FollowupDraft(firms[1], content="谈了"))
    clock.set("2026-06-10 10:00")
    office.deals.add_contract(ContractDraft(firms[1], date(2026, 6, 10), 500_000))
    clock.set("2026-11-23 10:00")
    trial, present = office.sequences.report(replace(MONTH, sequence_id=sequence_id)).versions
    assert (trial.number, trial.role, trial.enrolled, trial.enough) == (2, "trial", 2, False)
    assert (trial.due, trial.done, trial.on_time, trial.mature) == (3, 2, 2, 2)
    assert (trial.completion, trial.conversion) == (2 / 3, 0.5)
    assert (present.due, present.done, present.punctuality) == (3, 1, 1 / 3)
    assert (present.conversion, present.skip_rate) == (0.0, 0.0)


def test_twenty_customers_each_are_enough(office, sequence_id):
    for n in range(20):
        office.sequences.enrol(office.customers.add(CustomerDraft(f"第{n}家")), sequence_id)
    (only,) = office.sequences.report(replace(MONTH, sequence_id=sequence_id)).versions
    assert (only.enrolled, only.enough, only.conversion) == (20, True, None)
