"""The story of a rating with its evidence, and the customers to rate again (product.md 1.4)."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.values.calibration import needs_recalibrating
from app.services.calibration import CalibrationDraft
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import FollowupDraft
from app.services.lists import Condition, ListFilter
from tests.factories import empty_office, instant


@pytest.fixture
def office(tmp_path):
    made = empty_office(tmp_path / "a.gendan")
    yield made
    made.close()


def test_a_node_marked_in_a_follow_up_moves_the_stage_and_tells_why(office):
    customer_id = office.customers.add(CustomerDraft("甲"))
    office.followups.save(
        FollowupDraft(
            customer_id,
            content="采购说预算批了，要三台",
            calibration=CalibrationDraft("valuable", nodes=("需求确认",)),
        )
    )
    told = {one.field: one for one in office.calibration.story(customer_id)}
    assert told["quality"].evidence == "采购说预算批了，要三台"
    assert told["key_node"].new == "需求确认"
    assert (told["stage"].source, told["stage"].new) == ("auto", "2")
    assert told["stage"].reason == "标了需求确认"
    office.undo.take_back(office.undo.last().id)
    assert office.customers.card(customer_id).stage_position == 0


def test_going_back_needs_a_reason_that_stays_in_the_story(office):
    customer_id = office.customers.add(CustomerDraft("甲"))
    office.customers.move_stage(customer_id, 3)
    office.context.clock.instant += 60_000
    office.customers.move_stage(customer_id, 1, "方案被否")
    first, second, *_rest = [
        one for one in office.calibration.story(customer_id) if one.field == "stage"
    ]
    assert (first.old, first.new, first.reason) == ("3", "1", "方案被否")
    assert (second.old, second.new) == ("0", "3")


@pytest.mark.parametrize(
    ("last", "due"), [(None, False), (date(2026, 10, 24), False), (date(2026, 10, 23), True)]
)
def test_a_rating_older_than_thirty_days_is_to_be_made_anew(last, due):
    assert needs_recalibrating(last, date(2026, 11, 23)) is due


@pytest.mark.parametrize(
    ("operator", "values", "names"),
    [
        ("over", ("30",), ["老的"]),
        ("within", ("30",), ["新的"]),
        ("unknown", (), ["没标"]),
        ("since", ("2026-11-01",), ["新的"]),
        ("until", ("2026-10-01",), ["老的"]),
        ("between", ("2026-09-01", "2026-10-31"), ["老的"]),
    ],
)
def test_a_list_asks_when_customers_were_last_rated(office, operator, values, names):
    clock = office.context.clock
    for name, day in (("老的", "2026-10-01"), ("新的", "2026-11-20"), ("没标", "2026-11-20")):
        clock.instant = instant(day)
        customer_id = office.customers.add(CustomerDraft(name))
        if name != "没标":
            office.calibration.save(customer_id, CalibrationDraft("valuable"))
    clock.instant = instant("2026-11-23")
    wanted = ListFilter((Condition("calibrated", operator, values),))
    assert [one.name for one in office.customers.page(wanted).rows] == names
