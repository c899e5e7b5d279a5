"""Groups and their sums against the same taken from the rows by hand."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.models.values.pages import Sort
from app.services.calibration import CalibrationDraft
from app.services.customers import CustomerDraft
from app.services.jobs import Progress
from app.services.lists import Condition, ListFilter

REGIONS = ("苏州", "无锡", "")


@pytest.fixture
def firms(office):
    """Make twelve customers with regions, owners, days and amounts."""
    staff = {one.name: one.id for one in office.staff.all()}
    made = []
    for at in range(12):
        day = date(2026, 9, 1) + timedelta(days=7 * at)
        owner = staff["周敏" if at % 3 else "陈立"]
        draft = CustomerDraft(f"客户{at}", region=REGIONS[at % 3], owner_id=owner, created_on=day)
        made.append(office.customers.add(draft))
        if at % 2:
            office.calibration.save(made[-1], CalibrationDraft("valuable", "big", at * 10_000))
    return made


def test_groups_count_and_add_up(office, firms):
    found = office.customers.subtotals(ListFilter(), "region")
    assert [(one.key, one.count, one.sums["expected"]) for one in found] == [
        ("", 4, (5 + 11) * 10_000),
        ("无锡", 4, (1 + 7) * 10_000),
        ("苏州", 4, (3 + 9) * 10_000),
    ]
    only = ListFilter((Condition("region", "is", ("苏州",)),))
    assert [one.count for one in office.customers.subtotals(only, "region")] == [4]


def test_days_are_grouped_by_month_and_people_by_team(office, firms):
    months = office.customers.subtotals(ListFilter(), "created")
    assert [(one.key, one.count) for one in months] == [
        ("2026-09", 5), ("2026-10", 4), ("2026-11", 3),
    ]  # fmt: skip
    (team,) = office.customers.subtotals(ListFilter(), "team")
    assert (team.key, team.count) == (str(office.staff.teams()[0].id), 12)
    (unknown,) = office.customers.subtotals(ListFilter(), "expected_on")
    assert (unknown.key, unknown.count) == ("", 12)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    group=st.sampled_from(("region", "owner", "life", "quality", "created", "stage")),
    sort=st.sampled_from((Sort("name"), Sort("created_on", True), Sort("expected_fen", True))),
)
def test_a_grouped_list_is_its_groups_one_after_another(office, firms, group, sort):
    grouped = office.customers.grouped(ListFilter(), group, sort, Progress())
    starts = grouped.starts()
    assert starts[-1] == len(grouped.order) == 12
    assert Counter(grouped.order.ids) == Counter(firms)
    kept = list(office.customers.order(ListFilter(), sort, Progress()).ids)
    for one, start, stop in zip(grouped.groups, starts, starts[1:], strict=False):
        part = grouped.order.window(start, stop)
        assert len(part) == one.count
        assert list(part) == [row for row in kept if row in part]


def test_a_field_without_groups_is_refused(office, firms):
    for field in ("address", "feature_1", "nothing"):
        with pytest.raises(UserError) as refused:
            office.customers.subtotals(ListFilter(), field)
        assert refused.value.code == "unknown_sort"
