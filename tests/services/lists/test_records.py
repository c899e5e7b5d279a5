"""Lists of next steps, follow-ups, contracts and payments: every field, order and group."""

from datetime import date

import pytest

from app.models.values.nextstep import Bucket
from app.models.values.pages import Sort
from app.services.customers import CustomerDraft
from app.services.deals import ContractDraft, PaymentDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.jobs import Progress
from app.services.lists import Condition, ListFilter
from app.services.lists.conditions import OPERATORS

NAMES = ("next_steps", "followups", "contracts", "payments")


@pytest.fixture
def book(office, clock):
    """Make three customers with records of every kind, and one in the bin."""
    ids = [
        office.customers.add(CustomerDraft(f"客户{at}", region=("苏州", "无锡", "苏州")[at]))
        for at in range(3)
    ]
    gone = office.customers.add(CustomerDraft("没了"))
    for at, one in enumerate((*ids, gone)):
        office.followups.save(FollowupDraft(one, content=f"谈了第{at}次", channel="phone"))
        office.followups.schedule(one, NextStepDraft(Bucket.tomorrow, what=f"送样{at}"))
        contract = office.deals.add_contract(
            ContractDraft(one, code=f"HT-{at}", amount_fen=(at + 1) * 100_000,
                          signed_on=date(2026, 10 + at % 2, 5))
        )  # fmt: skip
        office.deals.add_payment(
            PaymentDraft(one, amount_fen=30_000 * (at + 1), contract_id=contract,
                         paid_on=date(2026, 11, 5 + at), method="电汇")
        )  # fmt: skip
    office.customers.remove((gone,))
    return ids


def customers(office, name, *where, text=""):
    ids = office.records[name].ids(ListFilter(where))
    return sorted(row.customer for row in office.records[name].rows(ids))


@pytest.mark.parametrize("name", NAMES)
def test_records_of_customers_in_the_bin_are_left_out(office, book, name):
    assert customers(office, name) == ["客户0", "客户1", "客户2"]
    assert office.records[name].count(ListFilter()) == 3


@pytest.mark.parametrize("name", NAMES)
def test_every_field_takes_every_operator_and_every_order_walks(office, book, name):
    listing = office.records[name]
    spec = listing._spec
    values = {"choice": "x", "id": "1", "region": "苏", "text": "x", "fen": "5", "step": "open",
              "yes_no": "1"}  # fmt: skip
    for key, kind in ((key, one.kind) for key, one in spec.fields.items()):
        for operator in OPERATORS[kind]:
            dated = operator in ("since", "until") or (operator == "between" and kind != "fen")
            value = "2026-11-01" if dated else values.get(kind, "5")
            given = (value, value) if operator == "between" else (value,)
            listing.count(ListFilter((Condition(key, operator, given),)))
    for key in spec.sorts:
        order = listing.order(ListFilter(), Sort(key, True), Progress())
        page = listing.page(ListFilter(), Sort(key, True))
        assert [row.id for row in page.rows] == list(order.ids)
        assert len(page.rows) == 3


@pytest.mark.parametrize("name", NAMES)
def test_every_group_adds_up(office, book, name):
    listing = office.records[name]
    for key in listing._spec.groups:
        groups = listing.subtotals(ListFilter(), key)
        assert sum(one.count for one in groups) == 3
        grouped = listing.grouped(ListFilter(), key, Sort("customer"), Progress())
        assert grouped.groups == groups
        assert len(grouped.order) == 3


def test_sums_of_contracts_and_payments(office, book):
    (sums,) = {one.key: one.sums for one in office.records["contracts"].subtotals(
        ListFilter((Condition("region", "is", ("无锡",)),)), "region")}.values()  # fmt: skip
    assert dict(sums) == {"amount": 200_000, "received": 60_000, "outstanding": 140_000}
    found = office.records["payments"].subtotals(ListFilter(), "method")
    assert [(one.key, one.count, one.sums["amount"]) for one in found] == [("电汇", 3, 180_000)]
    months = office.records["contracts"].subtotals(ListFilter(), "signed")
    assert [(one.key, one.count) for one in months] == [("2026-10", 2), ("2026-11", 1)]


def test_steps_by_the_day_they_are_due_and_by_timing(office, book, clock):
    steps = "next_steps"
    tomorrow = Condition("due", "between", ("2026-11-24", "2026-11-24"))
    assert len(customers(office, steps, tomorrow)) == 3
    assert customers(office, steps, Condition("due", "until", ("2026-11-23",))) == []
    assert len(customers(office, steps, Condition("due", "within", ("3",)))) == 3
    assert customers(office, steps, Condition("timing", "is", ("overdue",))) == []
    clock.set("2026-11-26 10:00")
    assert len(customers(office, steps, Condition("timing", "is", ("overdue",)))) == 3
    assert customers(office, steps, Condition("timing", "is", ("none",))) == []


def test_what_was_said_is_found(office, book):
    said = Condition("content", "contains", ("第1次",))
    assert customers(office, "followups", said) == ["客户1"]
    assert customers(office, "contracts", Condition("outstanding", "at_least", ("150000",))) == [
        "客户2"
    ]


def test_what_is_to_do_comes_first_by_its_end_and_settled_steps_after_it(office, book):
    second = book[1]
    office.followups.schedule(second, NextStepDraft(Bucket.later_today, what="马上"))
    found = office.records["next_steps"]
    due = {row.what: row for row in found.rows(found.ids(ListFilter()))}
    office.followups.cancel(due["送样2"].id, "不用了")
    order = found.order(ListFilter(), Sort("urgent"), Progress())
    assert [row.what for row in found.rows(order.ids)] == ["马上", "送样0", "送样1", "送样2"]
