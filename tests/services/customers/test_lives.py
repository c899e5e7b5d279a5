from datetime import date

import pytest

from app.errors import UserError
from app.services.customers import CustomerDraft, lives
from app.services.deals import ContractDraft

DAY = date


def test_state_follows_the_number_of_signing_days(office):
    customer = office.customers.add(CustomerDraft("启明自动化"))
    assert office.customers.card(customer).life == "prospect"
    first = office.deals.add_contract(ContractDraft(customer, DAY(2026, 11, 2), 100))
    office.deals.add_contract(ContractDraft(customer, DAY(2026, 11, 2), 200))
    assert office.customers.card(customer).life == "signed"
    office.deals.add_contract(ContractDraft(customer, DAY(2026, 11, 9), 300, kind="renewal"))
    assert office.customers.card(customer).life == "repeat"
    office.deals.void_contract(first, "写错了")
    assert office.customers.card(customer).life == "repeat"


def test_a_supplement_is_no_signing_day(office):
    customer = office.customers.add(CustomerDraft("启明自动化"))
    office.deals.add_contract(ContractDraft(customer, DAY(2026, 11, 2), 100, kind="supplement"))
    assert office.customers.card(customer).life == "prospect"


def test_void_of_the_only_contract_returns_to_prospect(office):
    customer = office.customers.add(CustomerDraft("启明自动化"))
    contract = office.deals.add_contract(ContractDraft(customer, DAY(2026, 11, 2), 100))
    office.deals.void_contract(contract, "客户反悔")
    assert office.customers.card(customer).life == "prospect"


def test_a_void_needs_a_reason(office):
    customer = office.customers.add(CustomerDraft("启明自动化"))
    contract = office.deals.add_contract(ContractDraft(customer, DAY(2026, 11, 2), 100))
    with pytest.raises(UserError) as refused:
        office.deals.void_contract(contract, " ")
    assert refused.value.code == "reason_missing"
    assert office.customers.card(customer).life == "signed"


def test_churned_wins_over_signing_days_until_won_back(office, clock):
    customer = office.customers.add(CustomerDraft("启明自动化"))
    office.deals.add_contract(ContractDraft(customer, DAY(2026, 11, 2), 100))
    office.customers.mark_churned(customer, "选了竞品", "精测科技")
    assert office.customers.card(customer).life == "churned"
    clock.set("2026-12-01 09:00")
    office.customers.win_back(customer)
    card = office.customers.card(customer)
    assert card.life == "signed"
    assert [spell.state for spell in card.lives][-2:] == ["churned", "signed"]


def test_spells_cover_the_life_without_gaps():
    spells = lives.spells_of(
        DAY(2026, 1, 1),
        [DAY(2026, 2, 1), DAY(2026, 5, 1)],
        [(DAY(2026, 3, 1), DAY(2026, 4, 1))],
    )
    assert spells == [
        ("prospect", DAY(2026, 1, 1), DAY(2026, 2, 1)),
        ("signed", DAY(2026, 2, 1), DAY(2026, 3, 1)),
        ("churned", DAY(2026, 3, 1), DAY(2026, 4, 1)),
        ("signed", DAY(2026, 4, 1), DAY(2026, 5, 1)),
        ("repeat", DAY(2026, 5, 1), None),
    ]
    assert lives.life_on([DAY(2026, 2, 1)], [], DAY(2026, 1, 31)) == "prospect"
