from datetime import date

from app.services.calibration import CalibrationDraft
from app.services.customers import CustomerDraft
from app.services.deals import ContractDraft
from app.services.followups.drafts import FollowupDraft
from app.services.lists import ListFilter


def take_back(office):
    return office.undo.take_back(office.undo.last().id)


def test_acts_are_taken_back_newest_first(office):
    customer = office.customers.add(CustomerDraft("启明"))
    office.customers.change(customer, source="展会")
    office.calibration.save(customer, CalibrationDraft("valuable"))
    assert office.undo.last().label == "标定价值"
    take_back(office)
    assert office.customers.card(customer).quality == ""
    take_back(office)
    assert office.customers.card(customer).source == ""
    take_back(office)
    assert office.customers.count(ListFilter()) == 0


def test_a_row_changed_since_is_a_conflict_and_left_alone(office):
    customer = office.customers.add(CustomerDraft("启明"))
    office.customers.change(customer, source="展会")
    act = office.undo.last()
    office.customers.change(customer, source="官网")
    undone = office.undo.take_back(act.id)
    assert undone.restored_count == 0
    assert undone.conflicts
    assert office.customers.card(customer).source == "官网"


def test_a_follow_up_goes_with_its_stage_and_contract_with_the_life(office):
    customer = office.customers.add(CustomerDraft("启明"))
    office.followups.save(FollowupDraft(customer, "一"))
    take_back(office)
    card = office.customers.card(customer)
    assert (office.followups.count(customer), card.stage_position) == (0, 0)
    office.deals.add_contract(ContractDraft(customer, date(2026, 11, 2), 100))
    take_back(office)
    assert office.customers.card(customer).life == "prospect"


def test_undo_works_after_a_restart(office, tmp_path, clock):
    from app.bootstrap import open_office

    customer = office.customers.add(CustomerDraft("启明"))
    office.customers.change(customer, source="展会")
    office.close()
    again = open_office(tmp_path / "office.gendan", clock=clock)
    try:
        assert again.undo.last().label == "修改客户"
        take_back(again)
        assert again.customers.card(customer).source == ""
    finally:
        again.close()
