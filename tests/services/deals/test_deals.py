from datetime import date

import pytest

from app.errors import UserError
from app.services.customers import CustomerDraft
from app.services.deals import ContractDraft, PaymentDraft, ShareDraft

DAY = date(2026, 11, 2)


@pytest.fixture
def customer(office):
    return office.customers.add(CustomerDraft("启明"))


def test_contracts_are_numbered_by_month_and_carry_shares(office, customer):
    staff = {one.name: one.id for one in office.staff.all()}
    shares = (ShareDraft(staff["周敏"], 70), ShareDraft(staff["陈立"], 30))
    first = office.deals.add_contract(ContractDraft(customer, DAY, 100, shares=shares))
    office.deals.add_contract(ContractDraft(customer, DAY, 100))
    codes = sorted(row.code for row in office.deals.contracts().rows)
    assert codes == ["HT-2611-001", "HT-2611-002"]
    assert [(s.staff, s.weight) for s in office.deals.shares(first)] == [
        ("周敏", 70),
        ("陈立", 30),
    ]


def test_only_a_supplement_may_be_negative(office, customer):
    with pytest.raises(UserError) as refused:
        office.deals.add_contract(ContractDraft(customer, DAY, -100))
    assert refused.value.code == "negative_contract"
    office.deals.add_contract(ContractDraft(customer, DAY, -100, kind="supplement"))


def test_an_effective_contract_needs_its_day(office, customer):
    with pytest.raises(UserError) as refused:
        office.deals.add_contract(ContractDraft(customer, None, 100))
    assert refused.value.code == "sign_day_missing"
    office.deals.add_contract(ContractDraft(customer, None, 100, status="draft"))


def test_signing_moves_the_stage_to_won(office, customer):
    office.deals.add_contract(ContractDraft(customer, DAY, 100))
    assert office.customers.card(customer).stage_position == 5


def test_a_refund_never_exceeds_what_came_in_and_says_why(office, customer):
    contract = office.deals.add_contract(ContractDraft(customer, DAY, 100_00))
    office.deals.add_payment(PaymentDraft(customer, DAY, 50_00, contract))
    with pytest.raises(UserError) as too_large:
        office.deals.add_payment(PaymentDraft(customer, DAY, -60_00, contract, note="退货"))
    with pytest.raises(UserError) as silent:
        office.deals.add_payment(PaymentDraft(customer, DAY, -10_00, contract))
    assert (too_large.value.code, silent.value.code) == ("refund_too_large", "reason_missing")
    office.deals.add_payment(PaymentDraft(customer, DAY, -10_00, contract, note="退货"))
    assert office.deals.contracts(customer).rows[0].received_fen == 40_00
    assert office.customers.card(customer).received_fen == 40_00
