"""The dossier of a customer: values beside each other, its score in the list, what fades."""

from __future__ import annotations

from datetime import timedelta

import pytest
from stdnum.iso7064 import mod_11_2

from app.errors import UserError
from app.models.tables.radar import RadarItem
from app.models.values.pages import Sort
from app.services.customers import CustomerDraft
from app.services.lists import Condition, ListFilter
from app.services.radar import RadarDraft
from app.services.staff import StaffDraft


@pytest.fixture
def customer(office):
    return office.customers.add(CustomerDraft("苏州明远精密机械有限公司"))


def score(office, customer):
    return office.customers.page(ListFilter(ids=(customer,)), Sort("name")).rows[0].radar_score


def test_a_new_value_stands_beside_the_former_one(office, customer):
    today = office.context.today()
    old = today - timedelta(days=30)
    office.radar.add(customer, RadarDraft("员工规模", "130 人", source="年报", found_on=old))
    office.radar.add(customer, RadarDraft("员工规模", "200 人", source="官网"))
    (present,) = office.radar.items(customer)
    assert (present.value, present.source, present.former) == ("200 人", "官网", 1)
    assert [one.value for one in office.radar.history(customer, "员工规模")] == ["200 人", "130 人"]
    office.radar.remove(present.id)
    assert office.radar.items(customer)[0].value == "130 人"


def test_a_value_found_earlier_does_not_become_the_present_one(office, customer):
    today = office.context.today()
    office.radar.add(customer, RadarDraft("员工规模", "200 人"))
    office.radar.add(
        customer, RadarDraft("员工规模", "90 人", found_on=today - timedelta(days=900))
    )
    assert office.radar.items(customer)[0].value == "200 人"


def test_a_correction_adds_another_value_and_one_of_its_words_changes_it(office, customer):
    first = office.radar.add(customer, RadarDraft("主营", "机加工", source="官网"))
    second = office.radar.correct(first, RadarDraft("主营", "精密机加工", source="客户说的"))
    assert second != first
    same = RadarDraft("主营", "精密机加工", source="年报", mark="verified", confidence="high")
    assert office.radar.correct(second, same) == second
    shown = [(one.value, one.source, one.mark) for one in office.radar.history(customer, "主营")]
    assert shown == [("精密机加工", "年报", "verified"), ("机加工", "官网", "unchecked")]


def test_what_differs_from_a_verified_value_is_in_conflict_until_somebody_says(office, customer):
    office.radar.add(customer, RadarDraft("注册资本", "2,000 万", mark="verified"))
    later = office.radar.add(customer, RadarDraft("注册资本", "2,500 万"))
    (present,) = office.radar.items(customer)
    assert (present.mark, present.differs_from) == ("conflicting", "2,000 万")
    office.radar.mark(later, "verified")
    assert (office.radar.items(customer)[0].mark) == "verified"


def test_news_stand_alone_with_tag_and_last_day(office, customer):
    day = office.context.today() + timedelta(days=20)
    for value in ("二期招标", "三期招标"):
        office.radar.add(
            customer, RadarDraft("招标", value, tag="招投标", expires_on=day, confidence="low")
        )
    shown = office.radar.items(customer)
    assert [(one.value, one.tag, one.section) for one in shown] == [
        ("二期招标", "招投标", "news"), ("三期招标", "招投标", "news"),
    ]  # fmt: skip
    assert shown[0].expires_on == day


def test_the_score_is_kept_with_the_customer_and_goes_back_with_an_undo(office, customer):
    assert score(office, customer) == 0
    office.radar.add(customer, RadarDraft("统一代码", "91350200776049653A"))
    assert score(office, customer) == 25
    office.undo.take_back(office.context.last_act_id)
    assert score(office, customer) == 0
    assert office.radar.dossier(customer).missing[0] == "统一代码"


def test_the_list_takes_the_score_as_condition_and_order(office, customer):
    other = office.customers.add(CustomerDraft("常州别家有限公司"))
    office.radar.add(customer, RadarDraft("统一代码", "91350200776049653A"))
    wanted = ListFilter((Condition("radar", "at_least", ("20000000",)),))
    assert [one.id for one in office.customers.page(wanted, Sort("name")).rows] == [customer]
    order = [one.id for one in office.customers.page(ListFilter(), Sort("radar", True)).rows]
    assert order == [customer, other]


def test_other_weights_hold_at_once_and_go_back(office, customer):
    office.radar.add(customer, RadarDraft("主营", "机加工"))
    before = score(office, customer)
    office.admin.change_settings(radar_weights={"主营": 1, "客户": 3})
    assert (before, score(office, customer)) == (17, 25)
    office.undo.take_back(office.context.last_act_id)
    assert score(office, customer) == 17
    assert all(one.ok for one in office.admin.check())


def test_a_score_falls_on_the_day_something_goes_stale(office, customer, clock):
    office.radar.add(customer, RadarDraft("统一代码", "91350200776049653A"))
    clock.set("2027-05-22 10:00")
    assert office.radar.fade() == 0
    clock.set("2027-05-23 10:00")
    assert all(one.ok for one in office.admin.check())
    assert office.radar.fade() == 1
    assert score(office, customer) == 13
    assert office.radar.dossier(customer).standing.score == 13
    assert office.radar.items(customer)[0].stale
    assert all(one.ok for one in office.admin.check())


def test_check_finds_a_wrong_score(office, customer):
    office.radar.add(customer, RadarDraft("统一代码", "91350200776049653A"))
    from app.models.tables.customers import Customer

    with office.context.write() as unit:
        unit.derive(Customer, customer, radar_score=99)
    assert [one.name for one in office.admin.check() if not one.ok] == ["heads"]


def test_who_may_only_read_writes_nothing(office, customer):
    office.radar.add(customer, RadarDraft("主营", "机加工"))
    item = office.radar.items(customer)[0]
    office.staff.add(StaffDraft("看看", role="readonly"))
    office.staff.act_as("看看")
    for act in (
        lambda: office.radar.correct(item.id, RadarDraft("主营", "别的")),
        lambda: office.radar.mark(item.id, "verified"),
    ):
        with pytest.raises(UserError) as told:
            act()
        assert told.value.code == "not_allowed"


CITIZEN_ID = "32050319800101123"


def test_citizen_ids_are_refused_until_the_manager_allows_them_and_then_masked(office, customer):
    code = CITIZEN_ID + mod_11_2.calc_check_digit(CITIZEN_ID)
    draft = RadarDraft("法定代表人", f"张三 {code}", source="工商")
    for act in (
        lambda: office.radar.add(customer, draft),
        lambda: office.radar.accept(customer, [("legal_person", draft.value)], source="工商"),
    ):
        with pytest.raises(UserError) as told:
            act()
        assert told.value.code == "citizen_ids_off"
    assert office.radar.items(customer) == []
    office.admin.change_settings(citizen_ids=True)
    item = office.radar.add(customer, draft)
    shown = office.radar.items(customer)[0].value
    assert shown == f"张三 {code[:6]}********{code[-4:]}"
    assert office.radar.history(customer, "法定代表人")[0].value == shown
    # what is shown masked is not written masked
    office.radar.correct(item, RadarDraft("法定代表人", shown, source="年报"))
    assert office.radar.items(customer)[0].source == "年报"
    with office.context.read() as reader:
        assert reader.stored(RadarItem, item)["value"] == draft.value


def test_other_long_numbers_are_no_citizen_ids(office, customer):
    office.radar.add(customer, RadarDraft("统一代码", "91350200776049653A"))
    office.radar.add(customer, RadarDraft("银行账号", "320503198001011234567"))
    assert len(office.radar.items(customer)) == 2
