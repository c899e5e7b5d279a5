"""A pasted block beside a customer: states, what is written where, one undo."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.services.customers import CustomerDraft
from app.services.radar import RadarDraft
from app.services.staff import StaffDraft

BLOCK = (
    "企业名称：苏州明远精密机械（有限）公司\n统一社会信用代码：91350200776049653A\n"
    "注册资本：2,500万元人民币\n成立日期：2017-05-09\n营业期限：2017-05-09 至 长期\n"
    "地址：苏州市工业园区星湖街328号\n官网：www.example.cn\n别的话"
)


@pytest.fixture
def customer(office):
    number = office.customers.add(
        CustomerDraft("苏州明远精密机械(有限)公司", address="苏州市工业园区")
    )
    office.radar.add(number, RadarDraft("注册资本", "2000万", source="工商"))
    office.radar.add(number, RadarDraft("成立日期", "2017-05-09", source="工商"))
    return number


def states(office, customer, text=BLOCK):
    lines, _rest = office.radar.compare(customer, text)
    return {one.key: one.state for one in lines}


def test_each_field_stands_beside_the_present_one(office, customer):
    assert states(office, customer) == {
        "name": "same", "uscc": "checked", "capital_fen": "different", "established": "same",
        "term": "new", "address": "different", "website": "new",
    }  # fmt: skip
    lines, rest = office.radar.compare(customer, BLOCK)
    shown = {one.key: one.value for one in lines}
    assert shown["capital_fen"] == "2,500 万元"
    assert shown["term"] == "2017-05-09 ~ 长期"
    assert rest == "别的话"


def test_a_code_with_a_wrong_check_is_not_wanted(office, customer):
    wrong = "税号：91350200776049653B"
    lines, _rest = office.radar.compare(customer, wrong)
    assert [(one.state, one.wanted) for one in lines] == [("wrong", False)]


def test_what_is_taken_is_dated_sourced_and_in_its_place(office, customer):
    lines, _rest = office.radar.compare(customer, BLOCK)
    values = [(one.key, one.value) for one in lines if one.wanted]
    taken = office.radar.accept(customer, values, source="工商", mark="verified")
    assert taken == 5
    card = office.customers.card(customer)
    assert card.uscc == "91350200776049653A"
    assert card.address == "苏州市工业园区星湖街328号"
    assert card.website == "www.example.cn"
    facts = {one.label: one for one in office.radar.items(customer)}
    assert facts["注册资本"].value == "2,500 万元"
    assert facts["注册资本"].found_on == office.context.today()
    assert {facts[one].source for one in ("注册资本", "统一代码", "营业期限")} == {"工商"}
    assert facts["统一代码"].mark == "verified"
    assert set(states(office, customer).values()) == {"same"}


def test_writing_is_one_act_that_can_be_undone(office, customer):
    before = (office.customers.card(customer).address, office.radar.items(customer))
    lines, _rest = office.radar.compare(customer, BLOCK)
    office.radar.accept(customer, [(one.key, one.value) for one in lines], source="工商")
    office.undo.take_back(office.context.last_act_id)
    assert (office.customers.card(customer).address, office.radar.items(customer)) == before


def test_who_may_only_read_writes_nothing(office, customer):
    office.staff.add(StaffDraft("看看", role="readonly"))
    office.staff.act_as("看看")
    with pytest.raises(UserError) as told:
        office.radar.accept(customer, [("website", "www.a.cn")], source="官网")
    assert told.value.code == "not_allowed"
