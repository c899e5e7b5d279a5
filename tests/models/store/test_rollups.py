"""Sums kept by differences: upserts, running month sums, ranks."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models.store import rollups
from app.models.store.book import create_book
from app.models.store.stamp import Stamp
from app.models.tables.kpi import CustomerFact, KpiMonth, StaffCredit, StaffMonth, StaffMtd
from app.services.kpi import shapes

MTD = StaffMtd.__table__
NAMES = rollups.sum_names(MTD)


@pytest.fixture
def unit(tmp_path):
    book = create_book(tmp_path / "sums.gendan", passphrase=None).book
    with book.database.write(Stamp(0, None)) as unit:
        yield unit
    book.close()


def calls(number):
    return tuple(number if name == "calls" else 0 for name in NAMES)


def running(unit, staff_id=1):
    rows = unit.rows(
        select(StaffMtd.on, StaffMtd.calls)
        .where(StaffMtd.staff_id == staff_id)
        .order_by(StaffMtd.on)
    )
    return {row[0][5:]: row[1] for row in rows}


def test_a_running_sum_starts_from_the_day_before(unit):
    rollups.add_running(unit, MTD, [(1, "2026-10-05", calls(2)), (1, "2026-10-09", calls(3))])
    assert running(unit) == {"10-05": 2, "10-09": 5}


def test_a_back_dated_day_lifts_the_later_ones_of_its_month(unit):
    rollups.add_running(unit, MTD, [(1, "2026-10-09", calls(3)), (1, "2026-11-01", calls(7))])
    rollups.add_running(unit, MTD, [(1, "2026-10-05", calls(2))])
    rollups.add_running(unit, MTD, [(1, "2026-10-31", calls(1)), (2, "2026-10-05", calls(9))])
    assert running(unit) == {"10-05": 2, "10-09": 5, "10-31": 6, "11-01": 7}
    assert running(unit, 2) == {"10-05": 9}


def test_taking_back_leaves_zeros(unit):
    rollups.add_running(unit, MTD, [(1, "2026-10-05", calls(2)), (1, "2026-10-06", calls(1))])
    rollups.add_running(unit, MTD, [(1, "2026-10-05", calls(-2))])
    assert running(unit) == {"10-05": 0, "10-06": 1}


def test_differences_add_up_in_one_row(unit):
    table = StaffMonth.__table__
    for number in (3, 4, -2):
        rollups.add_to(unit, table, [((1, "2026-10"), calls(number))])
    rollups.add_to(unit, table, [((1, "2026-11"), calls(0))])
    rows = unit.rows(select(StaffMonth.month, StaffMonth.calls))
    assert [tuple(row) for row in rows] == [("2026-10", 5)]


def test_rows_are_replaced_and_deleted_by_their_key(unit):
    table = StaffCredit.__table__
    first = shapes.Credit(7, 1, "2026-10-05", signed_fen=100)
    rollups.replace_rows(unit, table, [first, first._replace(on="2026-10-06")])
    rollups.replace_rows(unit, table, [first._replace(signed_fen=300)])
    rollups.delete_rows(unit, table, [(7, 1, "2026-10-06")])
    assert unit.rows(select(StaffCredit.on, StaffCredit.signed_fen)) == [("2026-10-05", 300)]


@pytest.mark.parametrize(
    ("row", "entity"), [(shapes.Fact, CustomerFact), (shapes.Credit, StaffCredit)]
)
def test_rows_have_the_columns_of_their_table(row, entity):
    assert row._fields == tuple(entity.__table__.c.keys())


def test_sums_have_the_columns_of_the_months():
    assert shapes.Sums._fields == rollups.sum_names(KpiMonth.__table__)
    assert rollups.sum_names(StaffMonth.__table__) == NAMES
