"""Sums over two days: labels of days, gaps, and distinct customers of any days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.kpi.derive import _steps
from app.services.kpi.grid import ALL, GridSums, Pair, earlier_than, labels_of, number_of
from app.services.kpi.raw import Estimate

START = date(2024, 11, 20)
days = st.integers(0, 460).map(lambda step: START + timedelta(step))


def amount(grid, what, staff_id, first, last, before):
    """Add up what a reader of the table would."""
    ons, ranges = set(labels_of(first, last)), earlier_than(before)
    return sum(
        amount
        for (kind, on, other, whose), amount in grid.sums.items()
        if (kind, whose) == (what, staff_id)
        and on in ons
        and any(low <= other <= high for low, high in ranges)
    )


def test_days_are_whole_months_and_single_days():
    assert labels_of(date(2026, 10, 30), date(2026, 12, 2)) == [
        20261030, 20261031, 202611, 20261201, 20261202,
    ]  # fmt: skip
    assert labels_of(date(2024, 2, 1), date(2024, 2, 29)) == [202402]
    assert labels_of(date(2023, 2, 1), date(2023, 2, 27)) == list(range(20230201, 20230228))


@pytest.mark.parametrize(
    ("day", "ranges"),
    [
        (date(2026, 1, 1), [(0, 2025)]),
        (date(2026, 10, 1), [(0, 2025), (202601, 202609)]),
        (date(2026, 1, 15), [(0, 2025), (20260101, 20260114)]),
        (date(2026, 10, 23), [(0, 2025), (202601, 202609), (20261001, 20261022)]),
    ],
)
def test_what_is_before_a_day(day, ranges):
    assert earlier_than(day) == ranges


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 2), days)), days, days)
def test_distinct_customers_of_any_days(touched, one, other):
    first, last = sorted((one, other))
    grid = GridSums()
    for customer in {customer for customer, _, _ in touched}:
        by_staff = {}
        for whom, staff_id, on in touched:
            if whom == customer:
                by_staff.setdefault(staff_id, set()).add(number_of(on.isoformat()))
        grid.add_days(Pair.touched, by_staff)
    for staff_id in (1, 2, ALL):
        wanted = {
            customer
            for customer, whose, on in touched
            if first <= on <= last and staff_id in (whose, ALL)
        }
        assert amount(grid, Pair.touched, staff_id, first, last, first) == len(wanted)


@given(st.lists(st.tuples(days, st.integers(-1, 9))), st.integers(0, 5), days, days, days)
def test_what_was_expected_at_the_end_of_any_days(events, base, on, one, other):
    first, last = sorted((one, other))
    grid, known = GridSums(), [Estimate(1, 0, day.isoformat(), fen) for day, fen in events]
    for before, fen in _steps(known, base):
        grid.add(Pair.new_fen, 7, number_of(on.isoformat()), number_of(before), fen)
    newest = [max(fen, 0) for day, fen in events if day <= last]
    wanted = (newest or [base])[-1] if first <= on <= last else 0
    found = amount(grid, Pair.new_fen, 7, first, last, last + timedelta(1))
    assert found == wanted


@given(st.lists(st.tuples(st.integers(1, 2), days)))
def test_what_is_added_can_be_taken(touched):
    by_staff = {}
    for staff_id, on in touched:
        by_staff.setdefault(staff_id, set()).add(number_of(on.isoformat()))
    grid = GridSums()
    grid.add_days(Pair.touched, by_staff)
    grid.add_days(Pair.touched, by_staff, -1)
    assert grid.rows() == []
