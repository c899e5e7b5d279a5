"""The worked examples of product.md 2.9, and what each indicator leaves out and why."""

from datetime import date

import pytest

from app.models.tables.deals import Opportunity
from app.models.values.rfm import Bought, cut_offs, scores
from app.services.calibration import CalibrationDraft
from app.services.deals import PaymentDraft
from app.services.kpi import KpiFilter, KpiQuery
from app.services.kpi.indicators import Case, all_indicators
from app.services.kpi.registry import family_of, metric_named


def of(office, metric, label="2026-10", **query):
    by = office.kpi.period(label).by
    asked = KpiQuery(label, label, by, metrics=(metric,), **query)
    return office.kpi.macro(asked).periods[0].metrics[metric]


def rows(office, metric, label="2026-10", **query):
    return office.kpi.rows(metric, office.kpi.period(label), **query)


def names(found):
    return [row.customer[0] for row in found]


def opportunity(past, name, created, closed="", state="open", yuan=0):
    day = date.fromisoformat
    with past.office.context.write() as unit:
        unit.add(
            Opportunity,
            customer_id=past.ids[name],
            name="商机",
            owner_id=past.staff["周敏"],
            expected_fen=yuan * 100,
            created_on=day(f"2026-{created}"),
            closed_on=day(f"2026-{closed}") if closed else None,
            state=state,
        )


def calibrate(past, clock, name, on, **fields):
    clock.set(f"2026-{on} 10:00")
    past.office.calibration.save(past.ids[name], CalibrationDraft(**fields))
    clock.set("2026-11-23 10:00")


# -- the worked examples -----------------------------------------------------------------------


def test_order_value_of_october(office, worked):
    found = of(office, "order_value_fen")
    assert (found.value, found.n) == (2_825_000, 4)
    assert of(office, "first_deal_fen").value == 3_100_000
    assert names(rows(office, "order_value_fen").rows) == ["E", "H", "A", "G"]


def test_repurchase_gap_of_october_and_november(office, worked):
    assert [of(office, "repurchase_gap_days", f"2026-{m}").value for m in (10, 11)] == [52, 55]
    assert of(office, "repurchase_gap_days", "2026-09").value is None


def test_retention_of_the_fourth_quarter_to_date(office, worked):
    found = of(office, "retention", "2026-Q4")
    assert (found.value, found.n) == (2 / 3, 3)
    kept = {row.customer[0]: row.counted for row in rows(office, "retention", "2026-Q4").rows}
    assert kept == {"A": True, "B": False, "D": True}


def test_active_at_the_23rd_of_november(office, worked):
    found = of(office, "active", "2026-11")
    assert (found.value, found.n) == (0.7, 10)
    silent = [row for row in rows(office, "active", "2026-11").rows if not row.counted]
    assert names(silent) == ["F", "I", "J"]


def test_acquisition_cost_of_october(office, worked):
    cost = metric_named("acquisition_cost_fen")
    spent = Case(0, "2026-10-01", 0, top=1_800_000, bottom=0)
    signers = [Case(customer, "2026-10-07", 0, top=0) for customer in (5, 7, 8)]
    assert cost.figure([spent, *signers]).value == 600_000
    found = of(office, "acquisition_cost_fen")
    assert (found.value, found.n, found.missing) == (None, 0, "还没有接触点费用")


def test_win_rate_of_october_by_number_and_amount(office, worked):
    for name, yuan, state in (
        ("E", 60_000, "won"), ("G", 24_000, "won"), ("H", 9_000, "won"),
        ("F", 40_000, "lost"), ("I", 30_000, "lost"),
    ):  # fmt: skip
        opportunity(worked, name, "09-20", "10-28", state, yuan)
    opportunity(worked, "J", "11-02", yuan=5000)
    opportunity(worked, "J", "11-02", "11-03", "lost", 5000)
    assert (of(office, "win_rate").value, of(office, "win_rate").n) == (0.6, 5)
    amount = of(office, "win_rate_amount")
    assert (round(amount.value * 100, 1), amount.n) == (57.1, 5)


def test_forecast_of_october(office, past, clock):
    for name, created in (("E", "09-07"), ("G", "09-28"), ("H", "10-12")):
        past.customer(name, created)
    calibrate(past, clock, "E", "09-07", expected_fen=5_000_000, expected_on=date(2026, 9, 30))
    calibrate(past, clock, "G", "09-28", expected_fen=3_000_000, expected_on=date(2026, 10, 31))
    calibrate(past, clock, "G", "10-20", expected_fen=2_400_000, expected_on=date(2026, 10, 28))
    for name, on, yuan in (("E", "10-07", 60_000), ("G", "10-28", 24_000), ("H", "10-12", 9_000)):
        past.sign(name, on, yuan)
    error = of(office, "forecast_error")
    assert (round(error.value * 100, 1), error.n) == (20.8, 2)
    bias = of(office, "forecast_days")
    assert (bias.value, bias.n) == (2.0, 2)
    left_out = rows(office, "forecast_error").excluded
    assert [(row.customer[0], row.reason) for row in left_out] == [
        ("H", "签约前 30 天没有预计金额"),
    ]


def test_receivables_are_honestly_unknown(office, worked):
    for name in ("receivable_fen", "paid_on_time"):
        found = of(office, name)
        assert (found.value, found.n, found.missing) == (None, 0, "还没有回款计划")
        assert rows(office, name).missing == "还没有回款计划"


def test_no_signer_in_the_month_is_no_nought(office, worked):
    found = of(office, "order_value_fen", "2026-07")
    assert (found.value, found.n) == (None, 0)


def test_flow_ratio_of_october_passes_all(office, worked):
    found = of(office, "flow_ratio")
    assert (found.value, found.n) == (1.5, 2)


def test_payments_of_november_are_compared_with_as_many_days(office, worked):
    customer = worked.ids["A"]
    for on, yuan in (("10-05", 30_000), ("10-23", 19_000), ("10-28", 30_000), ("11-12", 50_000)):
        day = date.fromisoformat(f"2026-{on}")
        office.deals.add_payment(PaymentDraft(customer, day, yuan * 100))
    aligned = of(office, "received_fen", "2026-11")
    assert (aligned.value, aligned.mom.base) == (5_000_000, 4_900_000)
    assert round(aligned.mom.growth * 100, 1) == 2.0
    whole = of(office, "received_fen", "2026-11", align=False)
    assert (whole.mom.base, round(whole.mom.growth * 100, 1)) == (7_900_000, -36.7)


def test_payments_by_working_day(office, worked):
    customer = worked.ids["A"]
    for on, yuan in (("10-12", 36_000), ("11-12", 48_000)):
        day = date.fromisoformat(f"2026-{on}")
        office.deals.add_payment(PaymentDraft(customer, day, yuan * 100))
    found = of(office, "received_fen", "2026-11", align=False, per_workday=True)
    assert found.value == 4_800_000 / 16  # 2 to 23 November
    assert found.mom.base == 3_600_000 / 18  # October has 18 with the swapped Saturday
    rate = of(office, "retention", "2026-11", per_workday=True)
    assert rate.value == of(office, "retention", "2026-11").value


def test_cycle_in_working_days(office, worked):
    found = of(office, "cycle_workdays")
    # after 09-07 up to 10-07: 17 with a swapped Sunday; after 09-28 up to 10-28: 18; H: 0
    assert (found.value, found.n, found.median) == ((17 + 18 + 0) / 3, 3, 17)
    assert found.p90 == pytest.approx(17.8)


# -- rules -------------------------------------------------------------------------------------


def test_supplements_add_money_but_sign_nobody(office, worked):
    worked.sign("B", "10-20", 5_000, kind="supplement")
    found = of(office, "order_value_fen")
    assert (found.value, found.n) == ((11_300_000 + 500_000) / 4, 4)


def test_a_framework_contract_is_left_out_by_name(office, worked):
    worked.sign("F", "10-20", None, kind="framework")
    found = rows(office, "order_value_fen")
    assert (found.value, found.n) == (2_825_000, 4)
    assert [(row.customer[0], row.reason) for row in found.excluded] == [
        ("F", "只签了没有金额的框架合同"),
    ]


def test_only_two_way_contacts_are_activity(office, past):
    for name in "ABCD":
        past.customer(name, "10-01")
    past.follow("A", "11-01", channel="sms", direction="out")
    past.follow("B", "11-01", channel="wechat", direction="in")
    past.follow("C", "11-01", channel="phone", outcome="missed", direction="out")
    past.follow("D", "11-01", channel="mail", direction="")
    active = [row for row in rows(office, "active", "2026-11").rows if row.counted]
    assert names(active) == ["B", "D"]


def test_lost_customers_are_not_living(office, worked, clock):
    clock.set("2026-10-15 10:00")
    office.customers.mark_churned(worked.ids["F"], "没有预算", "甲公司")
    clock.set("2026-11-23 10:00")
    assert of(office, "active", "2026-11").n == 9
    assert of(office, "active", "2026-09").n == 7
    losses = rows(office, "losses")
    assert [(one.name, one.count, one.share, one.up_to) for one in losses.parts] == [
        ("没有预算", 1, 1.0, 1.0),
    ]
    assert rows(office, "losses_to").parts[0].name == "甲公司"


def test_losses_are_told_from_the_commonest_on(office, worked, clock):
    clock.set("2026-10-15 10:00")
    for name, reason in (("F", "价格"), ("I", "价格"), ("C", "没有预算")):
        office.customers.mark_churned(worked.ids[name], reason)
    opportunity(worked, "J", "10-01", "10-20", "lost", 5000)
    clock.set("2026-11-23 10:00")
    found = rows(office, "losses")
    assert (found.value, found.n) == (4, 4)
    assert [(one.name, one.count, one.up_to) for one in found.parts] == [
        ("价格", 2, 0.5), ("没写原因", 1, 0.75), ("没有预算", 1, 1.0),
    ]  # fmt: skip
    assert found.parts[1].fen == 500_000


def test_the_funnel_of_a_day(office, past, clock):
    for name in "ABC":
        past.customer(name, "09-01")
    clock.set("2026-10-01 10:00")
    past.office.customers.move_stage(past.ids["A"], 3)
    past.office.calibration.save(past.ids["A"], CalibrationDraft(quality="valuable"))
    past.office.calibration.save(past.ids["B"], CalibrationDraft(quality="unsure"))
    clock.set("2026-11-23 10:00")
    opportunity(past, "A", "09-10", yuan=10_000)
    opportunity(past, "B", "09-10", "11-10", "won", yuan=4_000)
    opportunity(past, "C", "11-10", yuan=0)
    october = rows(office, "funnel_fen")
    assert [(one.name, one.count, one.fen, one.weighted_fen) for one in october.parts] == [
        ("新客", 1, 400_000, 20_000), ("方案", 1, 1_000_000, 500_000),
    ]  # fmt: skip
    now = rows(office, "funnel_fen", "2026-11")
    assert [(one.name, one.count, one.fen) for one in now.parts] == [
        ("新客", 1, 0), ("方案", 1, 1_000_000),
    ]  # fmt: skip


def test_rating_hit_after_180_days(office, past, clock):
    for name in "ABCDE":
        past.customer(name, "01-05")
    for name, quality in (
        ("A", "valuable"), ("B", "valuable"), ("C", "unsure"), ("D", "worthless"),
    ):  # fmt: skip
        calibrate(past, clock, name, "02-02", quality=quality)
    past.sign("A", "03-02", 100)
    past.sign("B", "08-02", 100)
    past.sign("D", "02-20", 100)
    past.sign("E", "01-20", 100)
    calibrate(past, clock, "E", "02-10", quality="valuable")
    found = rows(office, "rating_hit", "2026-02")
    assert (found.value, found.n) == (0.5, 2)
    assert [(one.name, one.count, one.share) for one in found.parts] == [
        ("有价值", 2, 0.5), ("不确定", 1, 0.0), ("无价值", 1, 1.0),
    ]  # fmt: skip
    assert [row.reason for row in found.excluded] == ["标定时已经签约"]
    calibrate(past, clock, "C", "10-10", quality="valuable")
    assert [row.reason for row in rows(office, "rating_hit").excluded] == ["标定的天数还不够"]


def test_rfm_of_ten_customers_in_quintiles():
    bought = [Bought(10 * at, at, 100 * at) for at in range(1, 11)]
    bounds = cut_offs(bought)
    found = [scores(one, bounds) for one in bought]
    assert [one.recency for one in found] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert [one.frequency for one in found] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [one.segment for one in found[::3]] == ["HLL", "HLL", "LHH", "LHH"]


def test_rfm_of_the_worked_office(office, worked):
    found = rows(office, "rfm", "2026-11")
    assert found.n == 6
    assert sum(part.count for part in found.parts) == 6
    best = next(row for row in found.rows if row.customer.startswith("D"))
    assert [(one.label, one.amount) for one in best.details][1] == ("F", 4)


def test_money_follows_the_shares_and_customers_the_owner(office, worked):
    from app.services.deals import ShareDraft

    zhou, chen = worked.staff["周敏"], worked.staff["陈立"]
    worked.sign("B", "10-20", 1_000, shares=(ShareDraft(zhou, 30), ShareDraft(chen, 70)))
    assert of(office, "signed_fen", where=KpiFilter(staff_id=chen)).value == 70_000
    assert of(office, "order_value_fen", where=KpiFilter(staff_id=chen)).n == 0
    people = office.kpi.by_person("signed_fen", office.kpi.period("2026-10"))
    assert {one.staff: one.value for one in people}["陈立"] == 70_000


def test_customer_given_away_stays_with_the_owner_of_the_day(office, worked, clock):
    clock.set("2026-10-20 10:00")
    office.customers.give_to((worked.ids["G"],), worked.staff["陈立"])
    clock.set("2026-11-23 10:00")
    chen = KpiFilter(staff_id=worked.staff["陈立"])
    assert names(rows(office, "order_value_fen", where=chen).rows) == ["G"]
    assert of(office, "order_value_fen", "2026-09", where=chen).n == 0
    team = KpiFilter(team_id=office.staff.teams()[0].id)
    assert of(office, "order_value_fen", where=team).n == 4


@pytest.mark.parametrize("metric", [one.name for one in all_indicators()])
@pytest.mark.parametrize("label", ["2026-09", "2026-11", "2026-Q4", "2027-01"])
def test_rows_give_the_figure_they_stand_behind(office, worked, metric, label):
    figure, found = of(office, metric, label), rows(office, metric, label)
    assert (found.value, found.n) == (figure.value, figure.n)
    assert sum(found.stands.values()) == len(found.rows) + len(found.excluded)


def test_an_empty_book_has_indicators(office):
    for one in all_indicators():
        found = of(office, one.name)
        assert found.n == 0
        assert found.value == (0 if one.adds_up or one.name == "funnel_fen" else None)
        assert office.kpi.by_person(one.name, office.kpi.period("2026-10")) == []


def test_every_indicator_tells_what_it_is():
    known = all_indicators()
    assert len({one.name for one in known}) == len(known)
    assert all(one.formula and one.label and one.brief for one in known)
    assert [one.place for one in known] == sorted(one.place for one in known)
    assert [one.name for one in family_of(metric_named("cycle_workdays"))] == [
        "cycle_days", "cycle_days_dated", "cycle_workdays",
    ]  # fmt: skip
