from datetime import date

import pytest

from app.models.values.pages import Sort
from app.services.customers import CustomerDraft
from app.services.deals import (
    CONTRACTS,
    PAYMENTS,
    ContractDraft,
    DealFilter,
    DealTotals,
    PaymentDraft,
)
from app.services.jobs import Progress


@pytest.fixture
def deals(office):
    """Make four contracts of two customers, one void, one framework, and three payments."""
    staff = {one.name: one.id for one in office.staff.all()}
    one = office.customers.add(CustomerDraft("启明自动化"))
    two = office.customers.add(CustomerDraft("青禾食品"))
    add = office.deals.add_contract
    first = add(ContractDraft(one, date(2026, 9, 1), 100_00, name="治具", signer_id=staff["周敏"]))
    add(ContractDraft(one, date(2026, 11, 2), 300_00, name="检测线", signer_id=staff["陈立"]))
    gone = add(ContractDraft(two, date(2026, 11, 2), 900_00, name="X 光"))
    add(ContractDraft(two, date(2026, 11, 9), None, kind="framework"))
    office.deals.void_contract(gone, "重谈")
    office.deals.add_payment(PaymentDraft(one, date(2026, 9, 5), 120_00, first, note="多付"))
    office.deals.add_payment(PaymentDraft(one, date(2026, 11, 6), -20_00, first, note="退多付"))
    office.deals.add_payment(PaymentDraft(two, date(2026, 11, 7), 5_00, note="定金"))
    return office.deals


def listed(deals, **wanted):
    sort = Sort("signed_on", True)
    return [row.name or row.kind for row in deals.page(CONTRACTS, DealFilter(**wanted), sort).rows]


def test_sums_count_only_what_counts(deals):
    assert deals.totals(CONTRACTS, DealFilter()) == DealTotals(4, 400_00, 100_00, 0, 300_00)
    assert deals.totals(PAYMENTS, DealFilter()) == DealTotals(3, 0, 105_00, 20_00, 0)
    assert deals.totals(CONTRACTS, DealFilter(text="没有")) == DealTotals()


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["framework", "X 光", "检测线", "治具"]),
        ({"state": "effective"}, ["framework", "检测线", "治具"]),
        ({"state": "outstanding"}, ["检测线"]),
        ({"state": "void"}, ["X 光"]),
        ({"kind": "framework"}, ["framework"]),
        ({"text": "启明"}, ["检测线", "治具"]),
        ({"text": "ht-2609"}, ["治具"]),
        ({"since": date(2026, 11, 3)}, ["framework"]),
        ({"until": date(2026, 10, 1)}, ["治具"]),
    ],
)
def test_filters_of_contracts(deals, wanted, names):
    assert listed(deals, **wanted) == names


def test_contracts_of_a_person(deals, office):
    staff = {one.name: one.id for one in office.staff.all()}
    assert listed(deals, staff_id=staff["周敏"]) == ["治具"]


def test_filters_of_payments(deals):
    sort = Sort("paid_on", True)

    def notes(**wanted):
        return [row.note for row in deals.page(PAYMENTS, DealFilter(**wanted), sort).rows]

    assert notes() == ["定金", "退多付", "多付"]
    assert notes(state="refund") == ["退多付"]
    assert notes(state="received") == ["定金", "多付"]
    assert notes(text="定") == ["定金"]
    assert notes(since=date(2026, 11, 7)) == ["定金"]


@pytest.mark.parametrize("listing", [CONTRACTS, PAYMENTS])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_and_anchors_walk_every_list(deals, listing, descending):
    for column in listing.sorts:
        sort = Sort(column, descending)
        whole = [row.id for row in deals.page(listing, DealFilter(), sort).rows]
        walked, key = [], None
        while len(walked) < len(whole):
            page = deals.page(listing, DealFilter(), sort, key=key, limit=2)
            walked += [row.id for row in page.rows]
            key = page.last_key
        assert walked == whole
        back = deals.page(listing, DealFilter(), sort, backward=True, limit=2)
        assert [row.id for row in back.rows] == whole[-2:]
        anchors = list(deals.anchors(listing, DealFilter(), sort, 2, Progress()))
        assert [key[-1] for key in anchors] == whole[::2]


def test_a_customer_in_the_bin_takes_its_deals_along(deals, office):
    office.customers.remove((office.customers.resolve("启明自动化"),))
    assert listed(deals) == ["framework", "X 光"]
    assert deals.count(PAYMENTS, DealFilter()) == 1


def test_editing_a_contract_brings_fields_and_shares_to_the_draft(deals, office):
    staff = {one.name: one.id for one in office.staff.all()}
    row = next(one for one in deals.contracts().rows if one.name == "检测线")
    from app.services.deals import ShareDraft

    shares = (ShareDraft(staff["周敏"], 60), ShareDraft(staff["陈立"], 40))
    deals.edit_contract(
        row.id,
        ContractDraft(row.customer_id, row.signed_on, 500_00, name="两条检测线", shares=shares,
                      signer_id=row.signer_id),
    )  # fmt: skip
    after = next(one for one in deals.contracts().rows if one.id == row.id)
    assert (after.name, after.amount_fen, after.code) == ("两条检测线", 500_00, row.code)
    assert [(s.staff, s.weight) for s in deals.shares(row.id)] == [("周敏", 60), ("陈立", 40)]
    before = office.context.last_act_id
    deals.edit_contract(
        row.id,
        ContractDraft(row.customer_id, row.signed_on, 500_00, name="两条检测线", shares=shares,
                      signer_id=row.signer_id),
    )  # fmt: skip
    assert before
    assert office.context.last_act_id == 0


def test_codes_go_on_past_a_thousand(deals, office):
    customer = office.customers.resolve("启明自动化")
    day = date(2026, 10, 1)
    deals.add_contract(ContractDraft(customer, day, 1, code="HT-2610-999"))
    for expected in ("HT-2610-1000", "HT-2610-1001"):
        made = deals.add_contract(ContractDraft(customer, day, 1))
        codes = {row.id: row.code for row in deals.contracts().rows}
        assert codes[made] == expected
