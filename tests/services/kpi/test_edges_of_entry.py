"""Edge cases of product.md 2.10 about how and when rows were entered, by name."""

from datetime import date

import pytest

from app.errors import UserError
from app.models.values.deals import EFFECTIVE, ContractStatus
from app.services.deals import PaymentDraft
from app.services.kpi import KpiQuery
from app.services.staff.summary import SummaryQuery
from app.views.itemmodels.kpi import row_columns

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def figures(office, label="2026-10", **query):
    return office.kpi.macro(KpiQuery(label, label, **query)).periods[0].metrics


def credit(office, name, days=OCTOBER):
    rows = office.staff.summary(SummaryQuery(*days)).rows
    return next(row.totals for row in rows if row.staff == name)


@pytest.fixture
def one(past):
    """A customer of 周敏 created on 10-01 and visited on 10-03."""
    past.customer("A", "10-01")
    past.follow("A", "10-03")
    yield past
    assert past.sound()


def test_contract_void_then_signed_anew_keeps_the_original_day(office, one, clock):
    """视同原签: the replacement is dated as the original, so that no figure moves."""
    first = one.sign("A", "10-10", 1000)
    before = figures(office)
    clock.set("2026-11-23 11:00")
    office.deals.void_contract(first, "抬头写错")
    assert figures(office)["first_deal_fen"].n == 0
    anew = one.sign("A", "10-10", 1000, code="HT-2611-900", replaces_id=first)
    assert figures(office) == before
    assert credit(office, "林建国").signed_fen == 100_000
    kept = next(row for row in office.deals.contracts(one.ids["A"]).rows if row.id == anew)
    assert kept.replaces_id == first


def test_contract_void_then_signed_anew_on_its_own_day(office, one):
    first = one.sign("A", "10-10", 1000)
    office.deals.void_contract(first, "抬头写错")
    one.sign("A", "11-20", 1000, replaces_id=first)
    assert figures(office)["first_deal_fen"].n == 0
    assert figures(office, "2026-11")["cycle_days"].value == 50


@pytest.mark.parametrize("status", sorted(set(ContractStatus) - set(EFFECTIVE)))
def test_only_effective_contracts_sign(office, one, status):
    one.sign("A", "10-10", 1000, status=status)
    found = figures(office)
    assert (found["conversion"].value, found["first_deal_fen"].n) == (0.0, 0)
    assert credit(office, "周敏").won_customers == 0


def test_refund_never_below_what_was_received(office, one):
    contract = one.sign("A", "10-10", 1000)
    pay = office.deals.add_payment
    pay(PaymentDraft(one.ids["A"], date(2026, 10, 12), 50_000, contract))
    with pytest.raises(UserError, match="超过"):
        pay(PaymentDraft(one.ids["A"], date(2026, 10, 20), -50_001, contract, note="退货"))
    assert credit(office, "林建国").received_fen == 50_000
    pay(PaymentDraft(one.ids["A"], date(2026, 10, 20), -50_000, contract, note="退货"))
    assert credit(office, "林建国").received_fen == 0


def test_framework_contract_is_in_no_order_value(office, one):
    one.sign("A", "10-10", None, kind="framework")
    found = figures(office, metrics=("order_value_fen", "conversion"))
    assert (found["order_value_fen"].value, found["order_value_fen"].n) == (None, 0)
    assert found["conversion"].value == 1.0


def test_created_after_signing_can_be_left_out(office, past):
    past.customer("A", "10-20")
    past.sign("A", "10-10", 1000)
    past.customer("B", "10-01")
    past.sign("B", "10-11", 1000)
    found = figures(office, metrics=("cycle_days", "cycle_days_dated"))
    assert (found["cycle_days"].value, found["cycle_days"].n) == (5, 2)
    assert (found["cycle_days_dated"].value, found["cycle_days_dated"].n) == (10, 1)
    rows = office.kpi.rows("cycle_days_dated", office.kpi.period("2026-10"))
    assert (rows.value, [row.customer[0] for row in rows.excluded]) == (10, ["A"])
    assert "补录" in rows.excluded[0].reason


def test_customer_with_no_follow_up_is_listed_by_name(office, past):
    """零跟进签约 stands in the rows of the figure, and 补录 where the day is odd."""
    past.customer("A", "10-01")
    past.sign("A", "10-10", 1000)
    past.customer("B", "10-20")
    past.sign("B", "10-12", 1000)
    rows = office.kpi.rows("touches", office.kpi.period("2026-10")).rows
    mark = row_columns(date(2026, 11, 23))[-1]
    assert {row.customer[0]: mark.text(row) for row in rows} == {"A": "零跟进签约", "B": "补录"}


def test_imported_old_records_keep_their_dates_and_authors(office, past, clock):
    past.customer("A", "2019-05-06", owner="陈立", historic=True)
    past.follow("A", "2019-05-08", staff_id=past.staff["陈立"])
    past.sign("A", "2019-06-06", 1000)
    found = figures(office, "2019-06")
    assert (found["cycle_days"].value, found["touches"].value) == (31, 1)
    assert figures(office, "2019-05")["conversion"].n == 0
    may = (date(2019, 5, 1), date(2019, 5, 31))
    assert credit(office, "陈立", may).followups == 1
    assert past.sound()


def test_timezone_change_moves_no_history(office, one):
    """A follow-up at 23:30 in Shanghai is the 23rd for ever; UTC would say so too late."""
    clock_late = office.context.clock
    clock_late.set("2026-11-23 23:30")
    office.followups.save(one_more(one.ids["A"]))
    clock_late.set("2026-11-24 10:00")
    one.sign("A", "11-23", 1000)
    day = (date(2026, 11, 23), date(2026, 11, 23))
    before = figures(office, "2026-11"), credit(office, "林建国", day)
    assert before[1].followups == 1
    office.admin.change_settings(zone="America/Los_Angeles")
    office.kpi.rebuild()
    assert (figures(office, "2026-11"), credit(office, "林建国", day)) == before


def one_more(customer_id):
    from app.services.followups.drafts import FollowupDraft

    return FollowupDraft(customer_id, "深夜拜访", "visit")


def test_staff_who_left_keep_their_periods(office, one, clock):
    zhou = one.staff["周敏"]
    one.sign("A", "10-10", 1000, signer_id=zhou)
    office.staff.change(zhou, left_on=date(2026, 10, 31))
    rows = {row.staff: row for row in office.staff.summary(SummaryQuery(*OCTOBER)).rows}
    assert (rows["周敏"].left, rows["周敏"].totals.signed_fen) == (True, 100_000)
    november = office.staff.summary(SummaryQuery(date(2026, 11, 2), date(2026, 11, 20))).rows
    assert "周敏" not in {row.staff for row in november}


# -- clock wrong on the PC -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "now", "workdays"),
    [
        ("2026-11-27 17:00", "2026-11-30 09:00", None),  # a weekend is no doubt
        ("2026-12-31 17:00", "2027-01-04 09:00", None),  # nor are the days off at New Year
        ("2026-11-27 17:00", "2026-12-01 09:00", 2),
        ("2026-11-27 17:00", "2027-11-27 17:00", 247),
        ("2026-11-27 17:00", "2099-01-01 09:00", 247),  # counted up to a year
        ("2026-11-27 17:00", "2026-11-27 16:56", None),
        ("2026-11-27 17:00", "2026-11-27 16:54", 0),  # set back
        ("2026-11-27 17:00", "2025-11-27 17:00", 0),
    ],
)
def test_clock_wrong_on_the_pc_is_asked_about(office, one, clock, seen, now, workdays):
    clock.set(seen)
    office.customers.change(one.ids["A"], note="写过")
    clock.set(now)
    assert office.followups.clock_doubt() is None  # the time was named by a person
    clock.given = False
    found = office.followups.clock_doubt()
    assert (found.workdays if found else None) == workdays
    office.followups.trust_clock()
    assert office.followups.clock_doubt() is None
