"""The worked figures of product.md 2.9 on payment plans, and the cases of 2.10."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.receivables import (
    Due,
    Received,
    age_band,
    ageing,
    allocate,
    monthly_due,
    on_time,
)

AS_OF = date(2026, 11, 23)


def day(text):
    return date.fromisoformat(f"2026-{text}")


def test_ageing_of_2_9():
    due = (("12-05", 10_000), ("11-20", 8_000), ("10-01", 5_000), ("04-01", 3_000))
    found = allocate([Due(day(on), fen) for on, fen in due], ())
    assert ageing(found.rows, AS_OF) == {"0": 10_000, "1-30": 8_000, "31-60": 5_000, ">180": 3_000}


def test_on_time_of_2_9():
    first = allocate([Due(day("10-10"), 40_000)], [Received(day("10-10"), 40_000)])
    second = allocate(
        [Due(day("10-20"), 20_000)],
        [Received(day("10-18"), 12_000), Received(day("10-25"), 8_000)],
    )
    found = on_time([*first.rows, *second.rows])
    assert round(found * 100, 1) == 86.7
    assert on_time([]) is None


def test_a_partial_payment_goes_to_what_is_due_first():
    dues = [Due(day("10-01"), 50), Due(day("09-01"), 100)]
    found = allocate(dues, [Received(day("09-05"), 120)])
    assert [(one.due.due_on, one.paid_fen, one.partial) for one in found.rows] == [
        (day("09-01"), 100, False), (day("10-01"), 20, True),
    ]  # fmt: skip
    assert [one.on_time_fen for one in found.rows] == [0, 20]


def test_what_is_paid_over_is_money_in_advance():
    found = allocate([Due(day("09-01"), 100)], [Received(day("09-01"), 130)])
    assert (found.over_fen, found.rows[0].open_fen) == (30, 0)


def test_a_refund_takes_back_what_came_last():
    money = [Received(day("08-01"), 60), Received(day("08-02"), 50), Received(day("08-03"), -70)]
    found = allocate([Due(day("09-01"), 100)], money)
    assert (found.rows[0].paid_fen, found.over_fen) == (40, 0)


@pytest.mark.parametrize(
    ("due_on", "band"),
    [("11-23", "0"), ("11-22", "1-30"), ("10-24", "1-30"), ("10-23", "31-60"), ("09-24", "31-60"),
     ("09-23", "61-90"), ("08-25", "61-90"), ("08-24", "91-180"), ("05-27", "91-180"),
     ("05-26", ">180")],
)  # fmt: skip
def test_the_edges_of_the_bands(due_on, band):
    assert age_band(day(due_on), AS_OF) == band


@pytest.mark.parametrize(
    ("month", "last"), [("2026-02", 28), ("2028-02", 29), ("2026-04", 30), ("2026-05", 31)]
)
def test_due_on_the_31st_of_each_month_is_its_last_day(month, last):
    year, number = (int(part) for part in month.split("-"))
    assert monthly_due(year, number, 31) == date(year, number, last)


amounts = st.integers(1, 1000)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(days, amounts)), st.lists(st.tuples(days, amounts)))
def test_no_fen_is_lost(dues, money):
    found = allocate([Due(*one) for one in dues], [Received(*one) for one in money])
    assert sum(one.paid_fen for one in found.rows) + found.over_fen == sum(fen for _, fen in money)
    assert all(0 <= one.on_time_fen <= one.paid_fen <= one.due.amount_fen for one in found.rows)
    assert found.over_fen >= 0
    assert sum(one.open_fen for one in found.rows) == sum(ageing(found.rows, AS_OF).values())
