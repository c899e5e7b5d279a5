"""The edge cases of product.md 2.10 that concern the KPIs, by name."""

from datetime import date

import pytest

from app.errors import UserError
from app.models.tables.customers import Customer
from app.models.values.growth import Case
from app.models.values.periods import By
from app.services.admin import Settings
from app.services.deals import PaymentDraft, ShareDraft
from app.services.followups.drafts import FollowupDraft
from app.services.kpi import KpiFilter, KpiQuery
from app.services.staff.summary import SummaryQuery


def figures(office, label, by=By.month, **query):
    return office.kpi.macro(KpiQuery(label, label, by, **query)).periods[0].metrics


def credit(office, name, first="2026-10-01", last="2026-10-31"):
    query = SummaryQuery(date.fromisoformat(first), date.fromisoformat(last))
    rows = office.staff.summary(query).rows
    return next(row.totals for row in rows if row.staff == name)


@pytest.fixture
def one(past):
    """A customer of 周敏 created on 10-01 and visited on 10-03."""
    past.customer("A", "10-01")
    past.follow("A", "10-03")
    yield past
    assert past.sound()


def test_two_first_contracts_on_one_day(office, one):
    zhou, chen = one.staff["周敏"], one.staff["陈立"]
    one.sign("A", "10-10", 80_000, shares=(ShareDraft(zhou, 100),))
    one.sign("A", "10-10", 10_000, shares=(ShareDraft(chen, 100),))
    found = figures(office, "2026-10")
    assert (found["first_deal_fen"].value, found["first_deal_fen"].n) == (9_000_000, 1)
    assert found["repurchase"].value == 0.0
    assert credit(office, "周敏").signed_fen == 8_000_000
    assert credit(office, "陈立").signed_fen == 1_000_000
    assert (credit(office, "周敏").won_customers, credit(office, "陈立").won_customers) == (1, 0)


def test_first_contract_voided_later(office, one):
    first = one.sign("A", "10-10", 100)
    second = one.sign("A", "10-20", 300)
    office.deals.void_contract(first, "客户取消")
    found = figures(office, "2026-10")
    assert (found["first_deal_fen"].value, found["cycle_days"].value) == (30_000, 19)
    assert found["repurchase"].value == 0.0
    office.deals.void_contract(second, "客户取消")
    found = figures(office, "2026-10")
    assert (found["conversion"].value, found["first_deal_fen"].value) == (0.0, None)
    assert office.customers.card(one.ids["A"]).life == "prospect"


def test_supplement_adds_money_and_no_signing(office, one):
    one.sign("A", "10-10", 1000)
    one.sign("A", "10-20", 200, kind="supplement")
    one.sign("A", "10-25", -50, kind="supplement")
    found = figures(office, "2026-10")
    assert found["repurchase"].value == 0.0
    assert found["first_deal_fen"].value == 100_000
    assert credit(office, "林建国").signed_fen == 115_000
    split = office.kpi.purchases([office.kpi.period("2026-10")])[0]
    assert (split.first_fen, split.repeat_fen) == (100_000, 15_000)


def test_supplement_marked_new_is_a_signing(office, one):
    one.sign("A", "10-10", 1000)
    one.sign("A", "10-20", 200, kind="supplement", as_new=True)
    assert figures(office, "2026-10")["repurchase"].value == 1.0


def test_supplement_alone_signs_nobody(office, one):
    one.sign("A", "10-20", 200, kind="supplement")
    assert figures(office, "2026-10")["conversion"].value == 0.0
    assert credit(office, "林建国").signed_fen == 20_000


def test_renewal_is_a_signing(office, one):
    one.sign("A", "10-10", 1000)
    one.sign("A", "10-20", 200, kind="renewal")
    assert figures(office, "2026-10")["repurchase"].value == 1.0
    assert office.customers.card(one.ids["A"]).life == "repeat"


def test_framework_contract_signs_without_an_amount(office, one):
    one.customer("B", "10-01")
    one.sign("A", "10-10", None, kind="framework")
    one.sign("B", "10-12", 500)
    found = figures(office, "2026-10")
    assert found["conversion"].value == 1.0
    assert (found["first_deal_fen"].value, found["first_deal_fen"].n) == (50_000, 1)
    assert (found["cycle_days"].n, found["touches"].n) == (2, 2)


def test_negative_contract_only_as_supplement(office, one):
    with pytest.raises(UserError, match="补充协议"):
        one.sign("A", "10-20", -50)


def test_refund_counts_on_its_own_day(office, one):
    contract = one.sign("A", "09-10", 1000)
    customer, boss = one.ids["A"], "林建国"
    office.deals.add_payment(PaymentDraft(customer, date(2026, 9, 20), 80_000, contract))
    office.deals.add_payment(PaymentDraft(customer, date(2026, 10, 2), -5000, contract, note="退"))
    assert credit(office, boss).received_fen == -5000
    assert credit(office, boss, "2026-09-01", "2026-09-30").received_fen == 80_000


def test_payment_without_contract_counts_at_once(office, one):
    zhou = one.staff["周敏"]
    draft = PaymentDraft(one.ids["A"], date(2026, 10, 2), 7000, staff_id=zhou)
    office.deals.add_payment(draft)
    assert credit(office, "周敏").received_fen == 7000


def test_customer_reassigned_history_stays(office, one, clock):
    zhou, chen = one.staff["周敏"], one.staff["陈立"]
    one.sign("A", "10-10", 1000)
    clock.set("2026-11-20 09:00")
    office.customers.give_to((one.ids["A"],), chen)
    one.sign("A", "11-21", 1000, kind="renewal")

    def n(staff_id, **lens):
        where = KpiFilter(staff_id=staff_id, **lens)
        found = figures(office, "2026-10", where=where)
        return found["conversion"].n, found["first_deal_fen"].n

    assert (n(zhou), n(chen)) == ((1, 1), (0, 0))
    lens = {"by_present_owner": True}
    assert (n(zhou, **lens), n(chen, **lens)) == ((0, 0), (1, 1))
    assert credit(office, "周敏").won_customers == 1


def test_owner_of_the_signing_day_gets_the_success(office, one, clock):
    zhou, chen = one.staff["周敏"], one.staff["陈立"]
    clock.set("2026-11-10 09:00")
    office.customers.give_to((one.ids["A"],), chen)
    clock.set("2026-11-23 10:00")
    one.sign("A", "11-12", 1000)
    october = figures(office, "2026-10", where=KpiFilter(staff_id=zhou))
    november = figures(office, "2026-11", where=KpiFilter(staff_id=chen))
    assert (october["conversion"].counts["signed"], november["first_deal_fen"].n) == (1, 1)


def test_customer_merged_and_merge_undone(office, one):
    one.customer("B", "09-20")
    one.follow("B", "09-22")
    one.sign("A", "10-10", 1000)
    one.sign("B", "10-05", 300)
    survivor, twin = one.ids["A"], one.ids["B"]

    office.customers.duplicates.merge((survivor, twin))
    found = figures(office, "2026-10")
    assert (found["conversion"].n, figures(office, "2026-09")["conversion"].n) == (0, 1)
    assert (found["first_deal_fen"].value, found["first_deal_fen"].n) == (30_000, 1)
    assert found["cycle_days"].value == 15
    assert found["touches"].value == 2
    assert figures(office, "2026-09")["repurchase"].value == 1.0
    assert one.sound()
    office.undo.take_back(office.undo.last().id)
    found = figures(office, "2026-10")
    assert (found["conversion"].n, found["first_deal_fen"].n) == (1, 2)


def test_customer_deleted_and_restored(office, one):
    one.sign("A", "10-10", 1000)
    before = figures(office, "2026-10"), credit(office, "周敏")
    office.customers.remove((one.ids["A"],))
    gone = figures(office, "2026-10")
    assert (gone["conversion"].n, gone["first_deal_fen"].n) == (0, 0)
    assert credit(office, "周敏").new_customers == 0
    assert credit(office, "林建国").followups == 0
    with office.context.write() as unit:
        unit.bring_back(Customer, one.ids["A"])
    assert (figures(office, "2026-10"), credit(office, "周敏")) == before


def test_test_records_are_in_no_figure(office, one):
    with office.context.write() as unit:
        unit.change(Customer, one.ids["A"], trial=True)
    assert figures(office, "2026-10")["conversion"].n == 0
    assert credit(office, "林建国").followups == 0


def test_created_after_signing_is_flagged(office, past):
    past.customer("A", "10-20")
    past.sign("A", "10-10", 1000)
    found = figures(office, "2026-10")["cycle_days"]
    assert (found.value, found.n, found.counts["backdated"]) == (0, 1, 1)
    rows = office.kpi.rows("cycle_days", office.kpi.period("2026-10")).rows
    assert [row.backdated for row in rows] == [True]


def test_signed_without_a_follow_up_is_counted_as_zero(office, past):
    past.customer("A", "10-01")
    past.customer("B", "10-01")
    past.follow("B", "10-05")
    past.sign("A", "10-10", 1000)
    past.sign("B", "10-10", 1000)
    found = figures(office, "2026-10")["touches"]
    assert (found.value, found.n, found.counts["untouched"]) == (0.5, 2, 1)


def test_group_call_is_one_follow_up(office, one):
    card = one.ids["A"]
    from app.services.customers import ContactDraft

    people = tuple(office.customers.add_contact(card, ContactDraft(name)) for name in "甲乙丙")
    office.followups.save(
        FollowupDraft(card, "电话会议", "phone", duration_s=600, contact_ids=people)
    )
    one.sign("A", "11-23", 1000)
    assert figures(office, "2026-11")["touches"].value == 2


def test_historic_records_are_in_no_cohort(office, one):
    one.customer("B", "10-02", historic=True)
    one.sign("B", "10-12", 700)
    found = figures(office, "2026-10")
    assert found["conversion"].n == 1
    assert (found["first_deal_fen"].value, found["first_deal_fen"].n) == (70_000, 1)


def test_undated_customers_are_in_no_cohort(office, one):
    with office.context.write() as unit:
        unit.change(Customer, one.ids["A"], created_on=None)
    one.sign("A", "10-10", 1000)
    found = figures(office, "2026-10")
    assert (found["conversion"].n, found["first_deal_fen"].n) == (0, 1)
    assert (found["cycle_days"].value, found["touches"].value) == (7, 1)


def test_team_change_leaves_the_past(office, one, clock):
    first = office.staff.teams()[0].id
    one.sign("A", "10-10", 1000)
    clock.set("2026-11-20 09:00")
    office.staff.change(one.staff["周敏"], team="销售二部")
    second = next(team.id for team in office.staff.teams() if team.name == "销售二部")
    clock.set("2026-11-23 10:00")
    one.customer("B", "11-21")

    def n(label, team):
        return figures(office, label, where=KpiFilter(team_id=team))["conversion"].n

    assert (n("2026-10", first), n("2026-10", second)) == (1, 0)
    assert (n("2026-11", first), n("2026-11", second)) == (0, 1)


def test_team_changed_by_mistake_and_back(office, one, clock):
    first = office.staff.teams()[0].id
    clock.set("2026-11-20 09:00")
    office.staff.change(one.staff["周敏"], team="销售二部")
    office.undo.take_back(office.undo.last().id)
    found = figures(office, "2026-10", where=KpiFilter(team_id=first))
    assert found["conversion"].n == 1


def test_week_fifty_three_has_no_year_before(office, past):
    past.customer("A", "2026-12-31")
    found = figures(office, "2026-W53", By.week, as_of=date(2027, 1, 31))["conversion"]
    assert (found.n, found.yoy.case, found.mom.case) == (1, Case.no_period, Case.no_base)
    january = figures(office, "2027-W01", By.week, as_of=date(2027, 1, 31))["conversion"]
    assert january.mom.base == 0.0


def test_fiscal_quarters_begin_where_the_office_says(office, past):
    assert Settings().fiscal_start_month == 1
    past.customer("A", "2026-04-15")
    office.admin.change_settings(fiscal_start_month=4)
    found = office.kpi.macro(KpiQuery("FY2026-Q1", "FY2026-Q2", By.quarter)).periods
    assert [one.period.start for one in found] == [date(2026, 4, 1), date(2026, 7, 1)]
    assert [one.metrics["conversion"].n for one in found] == [1, 0]


def test_clock_set_back_a_year(office, worked, clock):
    clock.set("2025-11-23 10:00")
    report = office.kpi.macro(KpiQuery("2025-10", "2025-11"))
    assert [one.metrics["conversion"].n for one in report.periods] == [0, 0]
    assert office.kpi.stage_conversion(office.kpi.period("2025-10"))[0].share is None


def test_an_empty_book_has_figures(office):
    report = office.kpi.macro(KpiQuery("2025-10", "2026-11"))
    for one in report.periods:
        for figure in one.metrics.values():
            assert (figure.value, figure.n, figure.median) == (None, 0, None)
            assert figure.mom.case is Case.no_base
    assert office.kpi.by_person("conversion", office.kpi.period("2026-10")) == []
    assert office.kpi.rows("touches", office.kpi.period("2026-10")).rows == ()


def test_a_future_signing_waits_for_its_day(office, one):
    one.sign("A", "12-05", 1000)
    assert figures(office, "2026-10")["conversion"].value == 0.0
    later = figures(office, "2026-10", as_of=date(2026, 12, 31))
    assert later["conversion"].value == 1.0
    assert figures(office, "2026-12", as_of=date(2026, 12, 4))["first_deal_fen"].n == 0
