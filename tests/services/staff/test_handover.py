"""A leaver's customers, steps and deals go to colleagues by a rule, as one act."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models.tables.customers import OwnerSpell
from app.models.values.nextstep import Bucket
from app.services.calibration import CalibrationDraft
from app.services.customers import CustomerDraft
from app.services.followups.drafts import NextStepDraft
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.staff import StaffDraft
from app.services.staff.handover import (
    Estate,
    OwnedCustomer,
    Portion,
    Rule,
    Sharing,
    people_of,
    portions,
    shared_out,
)

FIVE = tuple(
    OwnedCustomer(number, region, grade)
    for number, region, grade in (
        (1, "苏州", "big"), (2, "苏州", "small"), (3, "无锡", "big"), (4, "", "normal"),
        (5, "无锡", ""),
    )
)  # fmt: skip
ESTATE = Estate(9, FIVE, ((11, 1), (12, 3), (13, 77)), ((21, 2),))


@pytest.mark.parametrize(
    ("sharing", "owners"),
    [
        (Sharing(Rule.one, (7, 8)), {1: 7, 2: 7, 3: 7, 4: 7, 5: 7}),
        (Sharing(Rule.even, (7, 8)), {1: 7, 3: 8, 4: 7, 2: 8, 5: 7}),
        (Sharing(Rule.even, (7, 8, 6)), {1: 7, 3: 8, 4: 6, 2: 7, 5: 8}),
        (Sharing(Rule.region, (7,), {"苏州": 8, "无锡": 6}), {1: 8, 2: 8, 3: 6, 4: 7, 5: 6}),
        (Sharing(Rule.grade, (7,), {"big": 8}), {1: 8, 2: 7, 3: 8, 4: 7, 5: 7}),
    ],
)
def test_each_rule_by_values(sharing, owners):
    assert shared_out(ESTATE, sharing) == owners


def test_steps_and_deals_follow_their_customer():
    found = portions(ESTATE, Sharing(Rule.even, (7, 8)))
    assert found == [Portion(7, 3, 2, 0), Portion(8, 2, 1, 1)]


def test_values_are_counted():
    assert ESTATE.values(Rule.region) == [("无锡", 2), ("苏州", 2), ("", 1)]
    assert ESTATE.values(Rule.grade) == [("big", 2), ("", 1), ("normal", 1), ("small", 1)]
    assert (ESTATE.count, Estate().count) == (9, 0)


@pytest.fixture
def leaver(office):
    """Return 周敏 with three customers, two steps and one deal."""
    person = office.staff.named("周敏").id
    for name, region, grade in (("甲", "苏州", "big"), ("乙", "无锡", ""), ("丙", "苏州", "")):
        firm = office.customers.add(CustomerDraft(name, region=region, owner_id=person))
        if grade:
            office.calibration.save(firm, CalibrationDraft("valuable", grade))
    office.staff.act_as("周敏")
    for name in ("甲", "乙"):
        step = NextStepDraft(Bucket.tomorrow, "keep_in_touch", name)
        office.followups.schedule(office.customers.resolve(name), step)
    office.staff.act_as("林建国")
    with office.context.write("新商机") as unit:
        from app.models.tables.deals import Opportunity

        unit.add(
            Opportunity, customer_id=office.customers.resolve("乙"), name="设备", owner_id=person
        )
    return person


def owners(office):
    return {one.name: one.owner_id for one in office.customers.page(ListFilter()).rows}


def test_what_he_owns_is_counted(office, leaver):
    estate = office.handover.estate(leaver)
    assert (len(estate.customers), len(estate.steps), len(estate.deals)) == (3, 2, 1)
    names = [one.name for one in people_of(estate, office.staff.all())]
    assert sorted(names) == ["林建国", "陈立"]


def test_it_is_one_act_with_right_spells_and_goes_back(office, leaver, clock, tmp_path):
    chen = office.staff.named("陈立").id
    boss = office.staff.named("林建国").id
    clock.set("2026-11-25 09:00")
    estate = office.handover.estate(leaver)
    day = date(2026, 11, 25)
    sharing = Sharing(Rule.region, (boss,), {"苏州": chen}, left_on=day)
    act = office.handover.run(estate, sharing, Progress())
    assert owners(office) == {"甲": chen, "乙": boss, "丙": chen}
    assert office.handover.estate(leaver).count == 0
    agenda = office.followups.agenda(chen)
    assert "甲" in str(agenda)
    firm = office.customers.resolve("甲")
    with office.context.read() as reader:
        spells = select(OwnerSpell.staff_id, OwnerSpell.from_on, OwnerSpell.to_on)
        mine = spells.where(OwnerSpell.customer_id == firm).order_by(OwnerSpell.id)
        found = [tuple(row) for row in reader.rows(mine)]
    assert found == [(leaver, date(2026, 11, 23), day), (chen, day, None)]
    assert office.staff.named("周敏").left_on == day
    assert [one for one in office.admin.check() if not one.ok] == []
    assert office.undo.last().label == "交接"
    assert office.undo.take_back(act).conflicts == ()
    assert set(owners(office).values()) == {leaver}
    assert office.handover.estate(leaver) == estate
    assert office.staff.named("周敏").left_on is None


def test_what_somebody_else_has_by_now_stays(office, leaver):
    estate = office.handover.estate(leaver)
    boss = office.staff.named("林建国").id
    office.customers.give_to((office.customers.resolve("甲"),), boss)
    chen = office.staff.named("陈立").id
    office.handover.run(estate, Sharing(Rule.one, (chen,)), Progress())
    assert owners(office) == {"甲": boss, "乙": chen, "丙": chen}


@pytest.mark.parametrize("people", [(), "self"])
def test_nobody_and_oneself_are_refused(office, leaver, people):
    chosen = (leaver,) if people == "self" else people
    estate = office.handover.estate(leaver)
    with pytest.raises(UserError) as raised:
        office.handover.run(estate, Sharing(Rule.one, chosen), Progress())
    assert raised.value.code == "no_receiver"
    assert set(owners(office).values()) == {leaver}


def test_the_last_manager_does_not_leave(office, leaver):
    boss, chen = office.staff.named("林建国").id, office.staff.named("陈立").id
    office.customers.add(CustomerDraft("丁", owner_id=boss))
    sharing = Sharing(Rule.one, (chen,), left_on=date(2026, 11, 25))
    with pytest.raises(UserError) as raised:
        office.handover.run(office.handover.estate(boss), sharing, Progress())
    assert raised.value.code == "last_manager"
    assert owners(office)["丁"] == boss


def test_only_who_manages_hands_over(office, leaver):
    estate = office.handover.estate(leaver)
    office.staff.act_as("陈立")
    sharing = Sharing(Rule.one, (office.staff.named("陈立").id,))
    with pytest.raises(UserError) as raised:
        office.handover.run(estate, sharing, Progress())
    assert raised.value.code == "not_allowed"


def test_one_who_owns_nothing_may_still_leave(office):
    new = office.staff.add(StaffDraft("新人"))
    chen = office.staff.named("陈立").id
    sharing = Sharing(Rule.one, (chen,), left_on=date(2026, 11, 30))
    assert office.handover.run(office.handover.estate(new), sharing, Progress())
    assert office.staff.named("新人").left_on == date(2026, 11, 30)
    assert (
        office.handover.run(office.handover.estate(new), Sharing(Rule.one, (chen,)), Progress())
        == 0
    )
