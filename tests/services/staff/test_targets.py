"""Targets per person and team and month, their progress and their daily need."""

import pytest

from app.errors import UserError
from app.services.staff import StaffDraft
from app.services.staff.targets import TargetDraft
from tests.services.kpi.conftest import Past

NOVEMBER = "2026-11"


@pytest.fixture
def crew(office, clock):
    """A customer of 周敏 signed for 1000 in November, followed four times; 陈立 has none."""
    past = Past(office, clock)
    zhou = past.staff["周敏"]
    past.customer("A", "11-02")
    for on in ("11-03", "11-05", "11-06", "11-12"):
        past.follow("A", on, staff_id=zhou)
    past.sign("A", "11-10", 1000, signer_id=zhou)
    return past


def by_metric(found):
    return {(one.target.metric.name, one.target.who): one for one in found}


def test_a_person_and_the_need_of_each_day_left(office, crew):
    zhou = crew.staff["周敏"]
    office.targets.save(
        NOVEMBER,
        [
            TargetDraft("signed_fen", 400_000, staff_id=zhou),
            TargetDraft("followups", 16, staff_id=zhou),
        ],
    )
    found = by_metric(office.targets.progress(NOVEMBER, zhou))
    signed, followed = found["signed_fen", "周敏"], found["followups", "周敏"]
    assert (signed.done, signed.share, signed.days_left) == (100_000, 0.25, 6)
    assert signed.need == 50_000
    assert (followed.done, followed.need) == (4, 2)
    assert signed.passed == pytest.approx(15 / 21)
    assert office.targets.progress(NOVEMBER, crew.staff["陈立"]) == []


def test_a_team_adds_its_people_and_counts_shared_deals_once(office, crew):
    from app.services.deals import ShareDraft

    zhou, chen = crew.staff["周敏"], crew.staff["陈立"]
    shares = (ShareDraft(zhou, 50), ShareDraft(chen, 50))
    crew.sign("A", "11-11", 1000, kind="renewal", shares=shares)
    team = office.staff.teams()[0].id
    office.targets.save(
        NOVEMBER,
        [TargetDraft("contracts", 4, team_id=team), TargetDraft("signed_fen", 1, team_id=team)],
    )
    found = {one.target.metric.name: one.done for one in office.targets.progress(NOVEMBER)}
    assert found == {"contracts": 2, "signed_fen": 200_000}


def test_any_metric_may_have_one_and_what_does_not_add_up_has_no_need(office, crew):
    zhou = crew.staff["周敏"]
    drafts = [
        TargetDraft("conversion", 0.8, staff_id=zhou),
        TargetDraft("cycle_days", 16, staff_id=zhou),
        TargetDraft("order_value_fen", 50_000, staff_id=zhou),
    ]
    office.targets.save(NOVEMBER, drafts)
    found = {one.target.metric.name: one for one in office.targets.progress(NOVEMBER)}
    rate, cycle = found["conversion"], found["cycle_days"]
    assert (rate.target.value, rate.done, rate.share, rate.need) == (0.8, 1.0, 1.25, None)
    assert (cycle.done, cycle.share) == (8, 2.0), "half the days is twice as good"
    assert found["order_value_fen"].share == 2.0


def test_one_act_that_is_taken_back_as_one(office, crew):
    zhou = crew.staff["周敏"]
    office.targets.save(NOVEMBER, [TargetDraft("calls", 60, staff_id=zhou)])
    office.targets.save(
        NOVEMBER,
        [TargetDraft("calls", 90, staff_id=zhou), TargetDraft("visits", 8, staff_id=zhou)],
    )
    values = {one.metric.name: one.value for one in office.targets.of_month(NOVEMBER)}
    assert values == {"calls": 90, "visits": 8}
    office.undo.take_back(office.undo.last().unit_id)
    values = {one.metric.name: one.value for one in office.targets.of_month(NOVEMBER)}
    assert values == {"calls": 60}


def test_no_value_takes_a_target_away(office, crew):
    zhou = crew.staff["周敏"]
    office.targets.save(NOVEMBER, [TargetDraft("calls", 60, staff_id=zhou)])
    office.targets.save(NOVEMBER, [TargetDraft("calls", None, staff_id=zhou)])
    assert office.targets.of_month(NOVEMBER) == []


def test_the_month_before_is_taken_over_where_there_is_none(office, crew):
    zhou, chen = crew.staff["周敏"], crew.staff["陈立"]
    drafts = [TargetDraft("calls", 60, staff_id=zhou), TargetDraft("calls", 70, staff_id=chen)]
    office.targets.save("2026-10", drafts)
    office.targets.save(NOVEMBER, [TargetDraft("calls", 90, staff_id=zhou)])
    assert office.targets.copy(NOVEMBER) == 1
    found = {one.who: one.value for one in office.targets.of_month(NOVEMBER)}
    assert found == {"周敏": 90, "陈立": 70}


@pytest.mark.parametrize(
    ("metric", "value", "staff", "team", "code"),
    [
        ("calls", 0, 1, 0, "bad_target"),
        ("calls", -5, 1, 0, "bad_target"),
        ("calls", 5, 0, 0, "bad_target"),
        ("calls", 5, 1, 1, "bad_target"),
        ("no_such", 5, 1, 0, "no_such_kpi"),
    ],
)
def test_a_bad_target_keeps_nothing(office, crew, metric, value, staff, team, code):
    drafts = [
        TargetDraft("visits", 8, staff_id=crew.staff["周敏"]),
        TargetDraft(metric, value, staff_id=staff, team_id=team),
    ]
    with pytest.raises(UserError) as error:
        office.targets.save(NOVEMBER, drafts)
    assert error.value.code == code
    assert office.targets.of_month(NOVEMBER) == []


def test_a_seller_sets_no_targets(office, crew):
    office.staff.add(StaffDraft("新人"))
    office.staff.act_as("新人")
    with pytest.raises(UserError, match="权限"):
        office.targets.save(NOVEMBER, [TargetDraft("calls", 5, staff_id=1)])
    with pytest.raises(UserError, match="期间"):
        office.targets.of_month("2026-13")


def test_a_month_to_come_is_all_ahead(office, crew):
    zhou = crew.staff["周敏"]
    office.targets.save("2026-12", [TargetDraft("calls", 46, staff_id=zhou)])
    found = office.targets.progress("2026-12")[0]
    assert (found.done, found.passed, found.days_left, found.need) == (0, 0, 23, 2)
