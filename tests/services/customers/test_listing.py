from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.values.nextstep import Bucket
from app.models.values.pages import Sort
from app.services.calibration import CalibrationDraft
from app.services.customers import CustomerDraft
from app.services.customers.bulk import Chosen
from app.services.customers.drafts import ChannelDraft, ContactDraft
from app.services.customers.fields import FIELDS
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.jobs import Progress
from app.services.lists import Condition, ListFilter
from app.services.lists.conditions import OPERATORS

TODAY = date(2026, 11, 23)
REGIONS = ("苏州", "苏州市新区", "无锡", "")


@pytest.fixture
def firms(office, clock):
    """Make eight customers that differ in all that conditions ask for."""
    staff = {one.name: one.id for one in office.staff.all()}
    ids = []
    for number in range(8):
        made = office.customers.add(
            CustomerDraft(
                f"客户{number}",
                region=REGIONS[number % 4],
                source="展会" if number % 2 else "",
                owner_id=staff["周敏" if number % 2 else "陈立"],
                created_on=TODAY - timedelta(days=number * 10),
            )
        )
        ids.append(made)
    for number, made in enumerate(ids[:4]):
        clock.set(f"2026-11-{20 - number * 6:02d} 10:00")
        office.followups.save(FollowupDraft(made, content="电话"))
    clock.set("2026-11-23 10:00")
    for number, made in enumerate(ids[:3]):
        quality = ("valuable", "unsure", "worthless")[number]
        day = TODAY + timedelta(days=10 * number + 5)
        office.calibration.save(made, CalibrationDraft(quality, "big", number * 100, day))
    office.followups.schedule(ids[0], NextStepDraft(Bucket.tomorrow))
    office.customers.mark_churned(ids[5], "价格")
    return ids


def found(office, *where):
    page = office.customers.page(ListFilter(where=where), Sort("name"))
    return [int(row.name[-1]) for row in page.rows]


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        (Condition("region", "is", ("苏州",)), [0, 1, 4, 5]),
        (Condition("region", "is_not", ("苏州",)), [2, 3, 6, 7]),
        (Condition("region", "is", ("无锡", "")), [2, 3, 6, 7]),
        (Condition("source", "is", ("",)), [0, 2, 4, 6]),
        (Condition("quality", "is", ("valuable", "unsure")), [0, 1]),
        (Condition("quality", "is", ("",)), [3, 4, 5, 6, 7]),
        (Condition("life", "is_not", ("churned",)), [0, 1, 2, 3, 4, 6, 7]),
        (Condition("touched", "within", ("3",)), [0]),
        (Condition("touched", "within", ("9",)), [0, 1]),
        (Condition("touched", "over", ("9",)), [2, 3, 4, 5, 6, 7]),
        (Condition("touched", "over", ("45",)), [5, 6, 7]),
        (Condition("touched", "until", ("2026-11-14",)), [1, 2, 3]),
        (Condition("created", "since", ("2026-11-03",)), [0, 1, 2]),
        (Condition("created", "within", ("10",)), [0, 1]),
        (Condition("expected", "at_least", ("100",)), [1, 2]),
        (Condition("expected", "at_most", ("100",)), [0, 1]),
        (Condition("expected", "unknown"), [3, 4, 5, 6, 7]),
        (Condition("expected_on", "within", ("15",)), [0, 1]),
        (Condition("expected_on", "since", ("2026-12-08",)), [1, 2]),
        (Condition("expected_on", "until", ("2026-12-08",)), [0, 1]),
        (Condition("next", "is", ("open",)), [0]),
        (Condition("next", "is", ("none",)), [1, 2, 3, 4, 5, 6, 7]),
        (Condition("next", "is", ("overdue",)), []),
        (Condition("stage", "is", ("0",)), [4, 5, 6, 7]),
    ],
)
def test_each_condition_finds_what_it_says(office, firms, condition, numbers):
    assert found(office, condition) == numbers


def test_a_step_is_overdue_once_its_window_has_passed(office, firms, clock):
    clock.set("2026-11-25 10:00")
    assert found(office, Condition("next", "is", ("overdue",))) == [0]


def test_conditions_of_people_and_teams(office, firms):
    people = {one.name: one for one in office.staff.all()}
    mine = Condition("owner", "is", (str(people["周敏"].id),))
    assert found(office, mine) == [1, 3, 5, 7]
    team = Condition("team", "is", (str(people["周敏"].team_id),))
    assert found(office, team) == list(range(8))
    office.customers.give_to((firms[1],), 0)
    assert found(office, Condition("owner", "is", ("0",))) == [1]


def test_conditions_are_joined_by_and(office, firms):
    assert found(
        office, Condition("region", "is", ("苏州",)), Condition("quality", "is", ("",))
    ) == [4, 5]


def test_every_field_takes_every_operator_of_its_kind(office, firms):
    values = {"choice": "x", "id": "1", "region": "苏", "past": "5", "coming": "5", "text": "x",
              "fen": "5", "amount": "5", "step": "open", "tag": "1"}  # fmt: skip
    for field, kind in ((key, one.kind) for key, one in FIELDS.items()):
        for operator in OPERATORS[kind]:
            dated = operator in ("since", "until") or (
                operator == "between" and kind not in ("fen", "amount")
            )
            value = "2026-11-01" if dated else values[kind]
            given = (value, value) if operator == "between" else (value,)
            office.customers.count(ListFilter(where=(Condition(field, operator, given),)))


@pytest.mark.parametrize(
    "column", ["name", "created_on", "last_touch_on", "expected_fen", "region"]
)
@pytest.mark.parametrize("descending", [False, True])
def test_neighbours_walk_the_list_as_it_stands(office, firms, column, descending):
    wanted, sort = ListFilter(), Sort(column, descending)
    rows = office.customers.page(wanted, sort).rows
    ids = [row.id for row in rows]
    for at, customer_id in enumerate(ids):
        after = office.customers.neighbour(wanted, sort, customer_id, 1)
        before = office.customers.neighbour(wanted, sort, customer_id, -1)
        assert after == (ids[at + 1] if at + 1 < len(ids) else 0)
        assert before == (ids[at - 1] if at else 0)
        assert office.customers.place(wanted, sort, customer_id) == at


def test_a_customer_that_left_the_list_still_has_neighbours(office, firms):
    wanted = ListFilter(where=(Condition("region", "is", ("苏州",)),))
    office.customers.change(firms[1], region="上海")
    assert office.customers.neighbour(wanted, Sort("name"), firms[1], 1) == firms[4]
    assert office.customers.neighbour(wanted, Sort("name"), firms[1], -1) == firms[0]


def test_thousands_of_ids_narrow_the_list(office, firms):
    wanted = ListFilter(ids=(*range(1, 40_000), *firms[:2]))
    assert office.customers.count(wanted) == 2
    assert office.customers.count(ListFilter(ids=(0,))) == 0


def test_the_expected_amounts_add_up(office, firms):
    assert office.customers.expected_total(ListFilter()) == 300
    unknown = ListFilter(where=(Condition("expected", "unknown"),))
    assert office.customers.expected_total(unknown) == 0


def test_a_search_gives_ids_its_rule_and_whether_there_are_more(office):
    for number in range(6):
        office.customers.add(CustomerDraft(f"恒锐精密{number}"))
    office.customers.add(CustomerDraft("青禾", contacts=(ContactDraft("何锐"),)))
    found = office.customers.matches("hr")
    assert (len(found.ids), found.more, found.rule) == (7, False, "pinyin")
    few = office.customers.matches("hr", 3)
    assert (len(few.ids), few.more) == (3, True)
    assert office.customers.matches("zzz").ids == ()
    assert office.customers.matches("  ").ids == ()


# -- bulk ---------------------------------------------------------------------------------------


def test_bulk_work_is_one_batch_that_undo_takes_back(office, firms):
    people = {one.name: one.id for one in office.staff.all()}
    chosen = Chosen(wanted=ListFilter(), without=frozenset(firms[:2]))
    done = office.customers.bulk.give_to(chosen, people["林建国"], Progress())
    assert (done.done_count, done.wanted_count) == (6, 6)
    assert found(office, Condition("owner", "is", (str(people["林建国"]),))) == [2, 3, 4, 5, 6, 7]
    undone = office.undo.take_back(done.batch_id)
    assert undone.conflicts == ()
    assert found(office, Condition("owner", "is", (str(people["林建国"]),))) == []


def test_a_stop_leaves_the_rest_as_they_were(office, firms):
    progress = Progress()
    progress.cancel()
    done = office.customers.bulk.remove(Chosen(frozenset(firms)), progress)
    assert (done.done_count, done.wanted_count) == (0, 8)
    assert len(found(office)) == 8


def test_many_are_rated_and_planned_for_their_owners(office, firms):
    chosen = Chosen(frozenset(firms[4:6]))
    bulk = office.customers.bulk
    office.calibration.save_many(bulk, chosen, CalibrationDraft("valuable"), Progress())
    assert found(office, Condition("quality", "is", ("valuable",))) == [0, 4, 5]
    office.followups.schedule_many(bulk, chosen, NextStepDraft(Bucket.tomorrow), Progress())
    staff = [office.followups.record(one).open[0].staff for one in firms[4:6]]
    assert staff == ["陈立", "周敏"]


def test_a_reader_may_not_write_in_bulk(office, firms):
    from app.errors import UserError
    from app.services.staff import StaffDraft

    office.staff.add(StaffDraft("何会计", role="finance"))
    office.staff.act_as("何会计")
    with pytest.raises(UserError) as refused:
        office.customers.bulk.remove(Chosen(frozenset(firms)), Progress())
    assert refused.value.code == "not_allowed"


# -- contacts --------------------------------------------------------------------------------------


def test_a_contact_is_brought_to_a_draft(office, firms):
    first = ContactDraft("孙丽", "工艺", channels=(ChannelDraft("mobile", "138 0512 7746"),
                                                 ChannelDraft("qq", "3381")))  # fmt: skip
    one = office.customers.add_contact(firms[0], first)
    two = office.customers.add_contact(firms[0], ContactDraft("何建平"))
    channels = (
        ChannelDraft("mobile", "138 0512 7746", preferred=True),
        ChannelDraft("wechat", "sunli"),
    )
    fresh = ContactDraft("孙莉", "工艺主管", "decider", channels=channels)
    office.customers.change_contact(firms[0], one, fresh)
    contact = next(c for c in office.customers.contacts(firms[0]) if c.id == one)
    assert (contact.name, contact.title, contact.part, contact.main) == (
        "孙莉", "工艺主管", "decider", True)  # fmt: skip
    assert {(c.kind, c.raw, c.preferred) for c in contact.channels} == {
        ("mobile", "138 0512 7746", True), ("wechat", "sunli", False)}  # fmt: skip
    office.customers.change_contact(firms[0], two, ContactDraft("何建平", main=True))
    assert [c.main for c in office.customers.contacts(firms[0])] == [True, False]
    assert office.customers.card(firms[0]).contacts[0].name == "何建平"
    office.customers.remove_contact(firms[0], two)
    assert [c.name for c in office.customers.contacts(firms[0])] == ["孙莉"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                Condition("region", "is", ("苏州",)),
                Condition("region", "is_not", ("无锡",)),
                Condition("quality", "is_not", ("worthless",)),
                Condition("touched", "over", ("9",)),
                Condition("expected", "at_most", ("100",)),
                Condition("source", "is", ("展会",)),
            ]
        ),
        unique=True,
    ),
    st.sampled_from(["name", "created_on", "last_touch_on", "expected_fen"]),
    st.booleans(),
)
def test_pages_count_ids_and_places_tell_the_same_story(office, firms, where, column, descending):
    wanted, sort = ListFilter(where=tuple(where)), Sort(column, descending)
    ids, key = [], None
    while True:
        page = office.customers.page(wanted, sort, key=key, limit=3)
        ids += [row.id for row in page.rows]
        if not page.has_more:
            break
        key = page.last_key
    assert len(ids) == len(set(ids)) == office.customers.count(wanted)
    assert sorted(ids) == office.customers.ids(wanted)
    assert [office.customers.place(wanted, sort, one) for one in ids] == list(range(len(ids)))
