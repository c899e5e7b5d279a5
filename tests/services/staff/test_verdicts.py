"""劳模 and the others: the worked table of product.md 2.7, small offices, short stays."""

from datetime import date, timedelta

import pytest

WORKED = (
    # name, calls, minutes, follow-ups, SMS, signed, received, won, signed within 90 days of 20
    ("甲", 180, 540, 120, 60, 30_000, 20_000, 1, 1),
    ("乙", 95, 400, 70, 30, 160_000, 120_000, 4, 5),
    ("丙", 60, 150, 45, 20, 90_000, 60_000, 3, 6),
    ("丁", 150, 300, 110, 20, 120_000, 90_000, 4, 4),
    ("戊", 40, 90, 30, 5, 10_000, 15_000, 1, 2),
)


def fill(crew, name, calls, minutes, followups, sms, signed, received, won, within):
    crew.hire(name, post="销售")
    cohort = [crew.customer(name, "2026-06-01") for _ in range(20)]
    for at in range(within):
        on = "2026-06-20" if at < won else "2026-07-20"
        yuan = signed // won if at < won else 10
        crew.sign(cohort[at], on, yuan, (name, 100))
    crew.pay(cohort[0], "2026-06-25", received, staff_id=crew.staff[name])
    counting = followups - 1  # the SMS of a day and customer are one more
    for at in range(calls):
        seconds = minutes * 60 // counting if at < counting else 0
        seconds += minutes * 60 % counting if at == 0 else 0
        on = str(date(2026, 6, 1) + timedelta(at % 28))
        crew.follow(cohort[at % 20], on, name, channel="phone", duration_s=seconds)
    for at in range(sms):
        crew.follow(cohort[0], "2026-06-29", name, channel="sms", content=f"第{at}条")


@pytest.fixture
def june(crew):
    for row in WORKED:
        fill(crew, *row)
    return crew


def test_the_worked_table(june):
    rows = {row.staff: row for row in june.summary("2026-06-01", "2026-06-30").rows}
    for name, calls, minutes, followups, sms, signed, received, won, within in WORKED:
        one, sums = rows[name], rows[name].totals
        assert (sums.calls, sums.talk_seconds, sums.followups, sums.sms) == (
            calls, minutes * 60, followups, sms,
        )  # fmt: skip
        assert (sums.signed_fen, sums.received_fen, sums.won_customers) == (
            signed * 100, received * 100, won,
        )  # fmt: skip
        assert one.conversion == within / 20
    found = {name: (row.effort, row.result, row.quadrant) for name, row in rows.items()}
    assert {name: found[name] for name in "甲乙丙丁戊"} == {
        "甲": (90.0, 22.5, "model_worker"),
        "乙": (60.0, 82.5, "benchmark"),
        "丙": (32.5, 60.0, "efficient"),
        "丁": (57.5, 67.5, "regular"),
        "戊": (10.0, 17.5, "to_activate"),
    }
    assert found["林建国"] == (None, None, None)  # another post, nothing done before


def test_a_short_stay_is_not_judged(june):
    june.office.staff.change(june.staff["戊"], joined_on=date(2026, 6, 20))
    rows = {row.staff: row for row in june.summary("2026-06-01", "2026-06-30").rows}
    assert rows["戊"].worked_days == 7
    assert (rows["戊"].effort, rows["戊"].quadrant) == (None, None)
    assert rows["甲"].effort == 87.5  # of four now


def test_fewer_than_four_are_held_against_their_own_past(crew):
    customer = crew.customer("周敏", "2026-01-05")
    months = [(month, 10, 1000) for month in range(4, 10)]
    for month, visits, yuan in (*months, (10, 13, 700)):
        for at in range(visits):
            crew.follow(customer, f"2026-{month:02d}-{at + 1:02d}", "周敏", channel="visit")
        crew.sign(customer, f"2026-{month:02d}-15", yuan, ("周敏", 100))
    row = crew.of("周敏", "2026-10-01", "2026-10-31")
    assert (row.effort, row.result) == (None, None)
    assert row.quadrant == "model_worker"
