"""人员汇总: attribution at the time of the event, true totals, people who left (2.6)."""

from datetime import date, timedelta

import pytest

from app.services.calibration import CalibrationDraft
from app.services.staff.as_json import summary_json


@pytest.fixture
def shared(crew):
    """The worked example of attribution of product.md 2.6."""
    for name in "甲乙丙":
        crew.hire(name)
    customer = crew.customer("甲", "2026-09-01")
    contract = crew.sign(customer, "2026-10-10", 100_000, ("甲", 70), ("乙", 30))
    crew.pay(customer, "2026-10-20", 40_000, contract)
    crew.office.staff.change(crew.staff["甲"], left_on=date(2026, 10, 31))
    crew.clock.set("2026-11-01 09:00")
    crew.office.customers.give_to((customer,), crew.staff["丙"])
    crew.clock.set("2026-11-23 10:00")
    crew.pay(customer, "2026-11-05", -5_000, contract, note="退一部分")
    crew.pay(customer, "2026-11-15", 30_000, contract)
    return crew


def money(crew, name, month, last):
    rows = crew.summary(f"2026-{month}-01", f"2026-{month}-{last}").rows
    found = [row.totals for row in rows if row.staff == name]
    return [(one.signed_fen // 100, one.received_fen // 100) for one in found]


def test_the_worked_attribution(shared):
    assert money(shared, "甲", 10, 31) == [(70_000, 28_000)]
    assert money(shared, "乙", 10, 31) == [(30_000, 12_000)]
    assert money(shared, "丙", 10, 31) == [(0, 0)]
    assert money(shared, "甲", 11, 30) == [(0, 17_500)]
    assert money(shared, "乙", 11, 30) == [(0, 7_500)]
    assert money(shared, "丙", 11, 30) == [(0, 0)]
    october = shared.summary("2026-10-01", "2026-10-31").total
    november = shared.summary("2026-11-01", "2026-11-30").total
    assert (october.signed_fen, october.received_fen) == (10_000_000, 4_000_000)
    assert (november.signed_fen, november.received_fen) == (0, 2_500_000)


def test_who_left_keeps_the_rows_with_values(shared):
    assert shared.of("甲", "2026-11-01", "2026-11-30").left
    assert not shared.of("乙", "2026-11-01", "2026-11-30").left
    names = [row.staff for row in shared.summary("2026-12-01", "2026-12-31").rows]
    assert "甲" not in names
    assert "丙" in names


def test_a_shared_contract_counts_for_each_and_once_in_the_total(shared):
    rows = shared.summary("2026-10-01", "2026-10-31")
    mine = {row.staff: (row.totals.contracts, row.totals.signed_customers) for row in rows.rows}
    assert (mine["甲"], mine["乙"], mine["丙"]) == ((1, 1), (1, 1), (0, 0))
    assert (rows.total.contracts, rows.total.signed_customers) == (1, 1)


def test_success_belongs_to_the_owner_of_the_day(shared):
    rows = {row.staff: row.totals for row in shared.summary("2026-10-01", "2026-10-31").rows}
    assert (rows["甲"].won_customers, rows["甲"].won_fen) == (1, 10_000_000)
    assert rows["丙"].won_customers == 0
    september = shared.of("甲", "2026-09-01", "2026-09-30").totals
    assert september.new_customers == 1


def test_cents_are_split_by_largest_remainder(crew):
    for name in "甲乙丙":
        crew.hire(name)
    customer = crew.customer("甲", "2026-09-01")
    crew.sign(customer, "2026-10-10", 0, ("甲", 1), ("乙", 1), ("丙", 1))
    contract = crew.office.deals.contracts(customer).rows[0].id
    crew.office.deals.change_contract(contract, amount_fen=1_000_001)
    rows = {row.staff: row.totals.signed_fen
            for row in crew.summary("2026-10-01", "2026-10-31").rows}  # fmt: skip
    assert (rows["甲"], rows["乙"], rows["丙"]) == (333_334, 333_334, 333_333)


def test_actions_are_counted_as_they_are_meant(crew):
    customer, other = crew.customer("周敏", "2026-10-01"), crew.customer("周敏", "2026-10-01")
    day, who = "2026-10-12", "周敏"
    crew.follow(customer, day, who, channel="phone", duration_s=90)
    crew.follow(customer, day, who, channel="phone", duration_s=0)  # rang out
    crew.follow(customer, day, who, channel="phone", direction="in", duration_s=30)
    crew.follow(customer, day, who, channel="phone", direction="in", outcome="missed")
    crew.follow(customer, day, who, channel="sms", content="一")
    crew.follow(customer, day, who, channel="sms", content="二")
    crew.follow(customer, day, who, channel="sms", direction="in", content="三")
    crew.follow(customer, day, who, channel="wechat", content="四")
    crew.follow(customer, day, who, channel="wechat", content="五")
    crew.follow(customer, day, who, channel="qq", content="六")
    crew.follow(customer, day, who, channel="mail", content="七")
    crew.follow(customer, day, who, channel="mail", content="八")
    crew.follow(customer, day, who, channel="visit", content="九")
    crew.follow(other, day, who, channel="phone", duration_s=0)
    found = crew.of("周敏", day, day).totals
    assert (found.calls, found.connected, found.talk_seconds) == (4, 2, 120)
    assert (found.sms, found.emails, found.chats, found.visits) == (2, 1, 2, 1)
    assert (found.followups, found.customers_touched) == (7, 1)
    assert crew.summary(day, day).total == found


def test_any_days_are_whole_months_and_ragged_ends(crew):
    customer = crew.customer("周敏", "2026-01-01")
    day = date(2026, 6, 1)
    for step in range(0, 120, 3):
        crew.follow(customer, str(day + timedelta(step)), "周敏", channel="visit")
    for first, last in (("06-02", "06-02"), ("06-15", "07-14"), ("06-01", "08-31"),
                        ("06-30", "07-01"), ("05-20", "09-30")):  # fmt: skip
        low, high = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}")
        wanted = sum(low <= day + timedelta(step) <= high for step in range(0, 120, 3))
        found = crew.of("周敏", str(low), str(high)).totals
        assert (found.visits, found.followups) == (wanted, wanted)


def test_new_value_is_what_was_known_at_the_end_of_the_period(crew):
    crew.office.staff.act_as("周敏")
    customer = crew.customer("周敏", "2026-10-05")
    crew.clock.set("2026-10-06 10:00")
    crew.office.calibration.save(customer, CalibrationDraft("valuable", expected_fen=500_000))
    crew.clock.set("2026-11-02 10:00")
    crew.office.calibration.save(customer, CalibrationDraft(expected_fen=900_000))
    crew.clock.set("2026-11-23 10:00")
    october = crew.of("周敏", "2026-10-01", "2026-10-31").totals
    assert (october.new_customers, october.new_customers_fen) == (1, 500_000)
    assert (october.projects, october.projects_fen) == (1, 500_000)
    until_now = crew.of("周敏", "2026-10-01", "2026-11-23").totals
    assert (until_now.projects, until_now.projects_fen) == (1, 900_000)
    assert crew.of("周敏", "2026-11-01", "2026-11-30").totals.projects == 0


def test_a_loss_carries_the_last_estimate(crew):
    crew.office.staff.act_as("周敏")
    customer = crew.customer("周敏", "2026-10-05")
    crew.office.calibration.save(customer, CalibrationDraft("unsure", expected_fen=800_000))
    crew.office.staff.act_as("林建国")
    crew.office.customers.mark_churned(customer, "没有预算")
    found = crew.of("周敏", "2026-11-01", "2026-11-30").totals
    assert (found.lost_customers, found.lost_fen) == (1, 800_000)
    crew.office.customers.win_back(customer)
    assert crew.of("周敏", "2026-11-01", "2026-11-30").totals.lost_customers == 1


def test_a_team_alone(crew):
    crew.hire("甲", team="销售二部")
    team = next(one.id for one in crew.office.staff.teams() if one.name == "销售二部")
    for owner in ("甲", "周敏"):
        customer = crew.customer(owner, "2026-10-05")
        crew.sign(customer, "2026-10-10", 100, (owner, 50), ("陈立", 50))
    found = crew.summary("2026-10-01", "2026-10-31", team_id=team)
    assert [row.staff for row in found.rows] == ["甲"]
    assert (found.total.contracts, found.total.signed_fen, found.total.new_customers) == (
        1,
        5000,
        1,
    )


def test_nobodys_money_is_in_the_total(crew):
    crew.office.staff.act_as("周敏")
    customer = crew.customer("周敏", "2026-10-05")
    payment = crew.pay(customer, "2026-10-06", 700)
    with crew.office.context.write() as unit:
        from app.models.tables.deals import Payment

        unit.change(Payment, payment, staff_id=0)
    found = crew.summary("2026-10-01", "2026-10-31")
    assert found.total.received_fen == 70_000
    assert sum(row.totals.received_fen for row in found.rows) == 0


def test_an_empty_office_has_a_summary(crew):
    found = crew.summary("2026-10-01", "2026-10-31")
    assert {row.staff for row in found.rows} == {"林建国", "周敏", "陈立"}
    assert all(row.quadrant is None for row in found.rows)
    assert summary_json(found)["total"]["signed_fen"] == 0


def test_json_of_the_contract(shared):
    shown = summary_json(shared.summary("2026-10-01", "2026-10-31"))
    assert list(shown) == ["from", "to", "rows", "total"]
    assert tuple(shown["rows"][0]) == (
        "staff", "team", "left", "signed_fen", "received_fen", "contracts", "signed_customers",
        "calls", "connected", "talk_seconds", "sms", "emails", "chats", "visits", "followups",
        "customers_touched", "opportunities", "opportunities_fen", "projects", "projects_fen",
        "new_customers", "new_customers_fen", "won_customers", "won_fen", "lost_customers",
        "lost_fen", "effort", "result", "quadrant",
    )  # fmt: skip
