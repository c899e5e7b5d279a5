"""Distribution and win rate by feature value (product.md 1.5)."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.services.customers.drafts import CustomerDraft
from app.services.deals import ContractDraft
from app.services.features import FeatureDraft, FieldDraft
from tests.factories import empty_office


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Make eight customers: budgets granted win three of four, others lose."""
    made = empty_office(tmp_path_factory.mktemp("spread") / "a.gendan")
    made.features.define(
        [
            FieldDraft("预算", "single", options=("未提", "已批")),
            FieldDraft("台数", "integer", unit="台"),
            FieldDraft("出口", "yes_no"),
            FieldDraft("投产", "date"),
        ]
    )
    fields = {one.label: one for one in made.features.fields()}
    asked, granted = (one.id for one in fields["预算"].options)
    for at in range(8):
        customer_id = made.customers.add(CustomerDraft(f"客户{at}"))
        option = granted if at < 4 else asked
        made.features.learn(
            customer_id,
            [
                FeatureDraft(fields["预算"].id, option_ids=(option,)),
                FeatureDraft(fields["台数"].id, str(at + 1)),
                FeatureDraft(fields["出口"].id, "是" if at % 2 else "否"),
                FeatureDraft(fields["投产"].id, f"{2026 + at // 4}-03-01"),
            ],
        )
        if at in (0, 1, 2):
            made.deals.add_contract(ContractDraft(customer_id, date(2026, 11, 20), 1_000_000))
        elif at in (3, 4):
            made.customers.mark_churned(customer_id, "价格")
    made.customers.add(CustomerDraft("没填过"))
    yield made
    made.close()


def spread(office, label):
    field = next(one for one in office.features.fields() if one.label == label)
    return office.features.spread(field.id)


def told(office, label):
    return [(one.label, one.count, one.win_rate) for one in spread(office, label).slices]


def test_options_stand_in_their_order_with_what_they_win(office):
    assert told(office, "预算") == [("未提", 4, 0.0), ("已批", 4, 0.75)]
    assert (spread(office, "预算").known, spread(office, "预算").total) == (8, 9)


def test_figures_are_cut_into_four_parts(office):
    found = told(office, "台数")
    assert [(label, count) for label, count, _rate in found] == [
        ("1 ~ 2 台", 2), ("3 ~ 4 台", 2), ("5 ~ 6 台", 2), ("7 ~ 8 台", 2),
    ]  # fmt: skip
    assert [rate for _label, _count, rate in found] == [1.0, 0.5, 0.0, None]


def test_days_are_taken_by_year_and_yes_and_no_as_they_are(office):
    assert [one[:2] for one in told(office, "投产")] == [("2026", 4), ("2027", 4)]
    assert sorted(one[:2] for one in told(office, "出口")) == [("否", 4), ("是", 4)]


def test_few_decided_customers_are_said_to_be_few(office):
    assert all(one.few for one in spread(office, "预算").slices)


def test_a_field_that_is_gone_has_no_spread(office):
    with pytest.raises(UserError) as refused:
        office.features.spread(7)
    assert refused.value.code == "not_found"
