from datetime import date, time

import pytest

from app.errors import UserError
from app.models.values.dates import at_local
from app.models.values.ids import IdMaker
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.lists import ListFilter

SUN = ContactDraft("孙丽", "工艺主管", channels=(ChannelDraft("mobile", "138 0512 7746"),))


def test_a_new_customer_has_owner_stage_and_main_contact(office):
    customer = office.customers.add(CustomerDraft("无锡启明（自动化）有限公司", contacts=(SUN,)))
    card = office.customers.card(customer)
    assert (card.owner, card.stage_position, card.created_on) == ("林建国", 0, date(2026, 11, 23))
    row = office.customers.page(ListFilter()).rows[0]
    assert (row.main_contact, row.main_phone) == ("孙丽", "13805127746")


def test_a_name_is_needed(office):
    with pytest.raises(UserError) as refused:
        office.customers.add(CustomerDraft(" \u3000 "))
    assert refused.value.code == "name_missing"
    assert office.customers.count(ListFilter()) == 0


def test_a_number_is_found_however_it_is_written(office):
    customer = office.customers.add(CustomerDraft("启明", contacts=(SUN,)))
    assert [found[0] for found in office.customers.same_phone("+86 138-0512-7746")] == [customer]


def test_handing_over_keeps_the_spells(office, clock):
    staff = {one.name: one.id for one in office.staff.all()}
    customer = office.customers.add(CustomerDraft("启明", owner_id=staff["周敏"]))
    clock.set("2026-11-25 10:00")
    office.customers.give_to((customer,), staff["陈立"])
    assert office.customers.card(customer).owner == "陈立"
    owners = [e.title for e in office.followups.timeline(customer) if e.kind == "owner"]
    assert owners == ["陈立"]


def test_going_back_a_stage_needs_a_reason(office):
    customer = office.customers.add(CustomerDraft("启明"))
    office.customers.move_stage(customer, 3)
    with pytest.raises(UserError) as refused:
        office.customers.move_stage(customer, 1)
    assert refused.value.code == "reason_missing"
    office.customers.move_stage(customer, 1, "需求变了")
    assert office.customers.card(customer).stage_position == 1
    with office.context.read() as reader:
        from app.models.tables.customers import Customer

        assert reader.stored(Customer, customer)["stage_reached"] == 3


def test_resolve_takes_id_code_and_exact_name(office):
    customer = office.customers.add(CustomerDraft("启明自动化", code="C-1"))
    for named in (str(customer), "C-1", " C-1 ", "启明自动化", "启明 自动化"):
        assert office.customers.resolve(named) == customer
    with pytest.raises(UserError) as refused:
        office.customers.resolve("没有这家")
    assert refused.value.code == "no_such_customer"


def test_resolve_takes_the_ids_of_later_years(office):
    in_2028 = IdMaker(1, at_local(date(2028, 3, 1), time(10), office.context.zone))
    office.context.make_id = in_2028
    customer = office.customers.add(CustomerDraft("启明自动化"))
    assert customer > 10**18
    assert office.customers.resolve(str(customer)) == customer
    with pytest.raises(UserError):
        office.customers.resolve("9" * 19)


def test_a_readonly_person_writes_nothing(office):
    from app.services.context import Actor

    office.context.act_as(Actor(1, "访客", "readonly"))
    with pytest.raises(UserError) as refused:
        office.customers.add(CustomerDraft("启明"))
    assert refused.value.code == "not_allowed"
