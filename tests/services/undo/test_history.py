"""Who changed what when, from which value to which, and by which act; one value back."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.services.calibration import CalibrationDraft
from app.services.context import Actor
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.deals import ContractDraft, ShareDraft
from app.services.undo.changes import Change
from tests.services.undo.lives import Life

SUN = ContactDraft("孙莉", "经理", channels=(ChannelDraft("mobile", "13800000001"),))


@pytest.fixture
def firm(office):
    """Return a customer of 林建国."""
    return office.customers.add(CustomerDraft("启明", source="展会", contacts=(SUN,)))


def told(changes):
    return [(one.word, one.old, one.new) for one in changes]


def find(changes, word):
    return next(one for one in changes if one.word == word)


def test_a_new_customer_was_added_by_hand(office, firm):
    found = office.history.of_customer(firm)
    added = [(one.table, one.word, one.origin.label, one.staff) for one in found if not one.column]
    assert ("customer", "新增", "新建客户", "林建国") in added
    assert ("contact", "新增", "新建客户", "林建国") in added
    assert told(one for one in found if one.column) == [("负责人", "", "林建国")]


def test_each_value_is_told_in_words_newest_first(office, firm, clock):
    clock.set("2026-11-23 11:00")
    office.staff.act_as("周敏")
    office.customers.change(firm, source="官网", name="启明科技")
    clock.set("2026-11-23 12:00")
    office.customers.give_to((firm,), office.staff.named("陈立").id)
    office.calibration.save(firm, CalibrationDraft("valuable", expected_fen=500_00))
    office.customers.move_stage(firm, 2)
    found = [one for one in office.history.of_customer(firm) if one.staff == "周敏"]
    assert set(told(found)) == {
        ("来源", "展会", "官网"),
        ("客户名称", "启明", "启明科技"),
        ("负责人", "林建国", "陈立"),
        ("价值判断", "", "valuable"),
        ("预计金额", "-1", "50000"),
        ("阶段", "0", "2"),
    }
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    assert find(found, "来源").origin.label == "修改客户"
    assert find(found, "负责人").origin.label == "改负责人"


def test_an_import_is_named_as_the_source(tmp_path):
    life = Life(tmp_path)
    office = life.office
    firm = life._customer(7, 3, 1)
    name = office.customers.card(firm).name
    (tmp_path / "新表.csv").write_text(f"客户名称,行业\n{name},制造\n另一家,制造\n", "utf-8")
    office.transfer.write(office.transfer.read([tmp_path / "新表.csv"]))
    change = find(office.history.of_customer(firm), "行业")
    assert (change.new, change.origin.label, change.origin.file) == ("制造", "导入", "新表.csv")
    (other,) = [one.id for one in office.customers.search("另一家")]
    assert {one.origin.file for one in office.history.of_customer(other)} == {"新表.csv"}
    office.undo.take_back(office.undo.last().id)
    back = find(office.history.of_customer(firm), "行业")
    assert (back.old, back.new, back.origin.undoing) == ("制造", "", True)
    office.close()


def test_contacts_and_contracts_have_their_own(office, firm):
    person = office.customers.contacts(firm)[0].id
    draft = ContactDraft("孙丽", "总监", channels=(ChannelDraft("mobile", "13800000002"),))
    office.customers.change_contact(firm, person, draft)
    found = told(office.history.of_contact(person))
    assert ("姓名", "孙莉", "孙丽") in found
    assert ("职务", "经理", "总监") in found
    assert ("删除", "", "") in found
    contract = office.deals.add_contract(ContractDraft(firm, date(2026, 11, 2), 100_00, code="A"))
    staff = office.staff.named("周敏").id
    office.deals.change_contract(contract, [ShareDraft(staff, 1)], amount_fen=200_00)
    found = office.history.of_record("contract", contract)
    assert ("金额", "10000", "20000") in told(found)
    assert {one.named.title for one in found} == {"A"}


def test_a_value_goes_back_and_forth_as_an_act(office, firm):
    office.customers.change(firm, name="改错了", source="官网")
    office.history.restore(find(office.history.of_customer(firm), "客户名称"))
    card = office.customers.card(firm)
    assert (card.name, card.source) == ("启明", "官网")
    assert [one.name for one in office.customers.search("qm")] == ["启明"]
    assert office.undo.last().label == "恢复旧值"
    office.undo.take_back(office.undo.last().id)
    assert office.customers.card(firm).name == "改错了"
    assert [one for one in office.admin.check() if not one.ok] == []


def test_owner_and_calibration_go_back_by_a_new_event(office, firm):
    office.calibration.save(
        firm, CalibrationDraft("valuable", "big", expected_fen=5, expected_on=date(2026, 12, 1))
    )
    office.calibration.save(
        firm, CalibrationDraft("unsure", "small", expected_fen=6, expected_on=date(2026, 12, 9))
    )
    office.customers.give_to((firm,), office.staff.named("陈立").id)
    for word in ("价值判断", "等级", "预计金额", "预计签约日期", "负责人"):
        office.history.restore(find(office.history.of_customer(firm), word))
    card = office.customers.card(firm)
    assert (card.quality, card.grade, card.expected_fen) == ("valuable", "big", 5)
    assert card.expected_from == date(2026, 12, 1)
    assert card.owner == "林建国"
    assert [one for one in office.admin.check() if not one.ok] == []


def test_days_and_numbers_go_back_as_they_were(office, firm):
    office.customers.change(firm, created_on=date(2026, 1, 5))
    change = find(office.history.of_customer(firm), "创建日期")
    assert (change.old, change.new) == ("2026-11-23", "2026-01-05")
    office.history.restore(change)
    assert office.customers.card(firm).created_on == date(2026, 11, 23)
    assert office.history.restore(change) == 0


def test_what_is_no_value_is_refused(office, firm):
    added = find(office.history.of_customer(firm), "新增")
    assert not added.restorable
    with pytest.raises(UserError) as raised:
        office.history.restore(added)
    assert raised.value.code == "not_restorable"
    assert not Change(0, "stage_move", 1, "阶段", "to_position").restorable
    assert not Change(0, "calibration_event", 1, "关键节点", "key_node").restorable


def test_who_may_only_read_restores_nothing(office, firm):
    office.customers.change(firm, source="官网")
    change = find(office.history.of_customer(firm), "来源")
    office.context.act_as(Actor(1, "看客", "readonly"))
    with pytest.raises(UserError) as raised:
        office.history.restore(change)
    assert raised.value.code == "not_allowed"
    assert office.customers.card(firm).source == "官网"
