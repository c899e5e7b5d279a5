"""Facts and sums made anew: after an upgrade of the book, and found wrong by a comparison."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, func, insert, select, update

from app.bootstrap import open_office
from app.models.tables.admin import Setting
from app.models.tables.kpi import KpiDay, KpiMonth, KpiSpread, StaffGrid, StaffPart
from app.services.admin import FACTS_DUE
from app.services.staff.summary import SummaryQuery

SUMS = (KpiDay, KpiMonth, KpiSpread, StaffGrid, StaffPart)


def all_of(office):
    with office.context.read() as reader:
        return [sorted(map(tuple, reader.rows(select(*one.__table__.c)))) for one in SUMS]


def test_a_book_of_an_older_version_gets_its_sums_when_it_is_opened(worked):
    office = worked.office
    before = all_of(office)
    with office.context.write() as unit:
        for one in SUMS:
            unit.run(delete(one))
        unit.run(insert(Setting).values(key=FACTS_DUE, value="true"))
    office.close()
    again = open_office(office.folder, clock=worked.clock)
    try:
        assert all_of(again) == before
        assert again.kpi.differences() == []
        with again.context.read() as reader:
            assert reader.one(select(Setting.key).where(Setting.key == FACTS_DUE)) is None
    finally:
        again.close()


@pytest.mark.parametrize(
    "spoil",
    [
        update(KpiDay).values(touches=KpiDay.touches + 1),
        update(KpiMonth).values(created_count=KpiMonth.created_count + 1),
        update(StaffGrid).values(amount=StaffGrid.amount + 1),
        delete(StaffGrid).where(StaffGrid.staff_id == -1),
        update(KpiSpread).values(amounts=func.substr(KpiSpread.amounts, 9)),
        delete(KpiSpread).where(KpiSpread.figure == "touches"),
        update(StaffPart).values(amount=StaffPart.amount + 1),
    ],
    ids=["days", "months", "grid", "everybody", "values", "no values", "parts"],
)
def test_a_wrong_sum_is_found_and_put_right(worked, spoil):
    office = worked.office
    assert office.kpi.differences() == []
    with office.context.write() as unit:
        unit.run(spoil)
    assert office.kpi.differences() != []
    office.kpi.rebuild()
    assert office.kpi.differences() == []


@pytest.fixture
def touched(worked):
    """Return how many customers everybody and 周敏 followed up in some days."""

    def count(first, last):
        query = SummaryQuery(date.fromisoformat(first), date.fromisoformat(last))
        found = worked.office.staff.summary(query)
        mine = {row.staff: row.totals.customers_touched for row in found.rows}
        assert worked.sound()
        return found.total.customers_touched, mine.get("周敏", 0)

    return count


def test_customers_touched_of_any_days(worked, touched):
    assert touched("2026-08-01", "2026-08-31")[0] == 3
    assert touched("2026-08-15", "2026-09-14")[0] == 5
    assert touched("2026-09-05", "2026-09-08")[0] == 3
    assert touched("2026-09-01", "2026-10-31")[0] == 7
    assert touched("2025-12-05", "2026-10-11")[0] == 6
    assert touched("2026-11-01", "2026-11-30") == (0, 0)


def test_a_follow_up_between_two_others_and_taken_back(worked, touched):
    office = worked.office
    assert touched("2026-08-21", "2026-08-31")[0] == 1
    worked.follow("C", "08-25")
    assert touched("2026-08-21", "2026-08-31")[0] == 2
    assert touched("2026-08-01", "2026-09-30")[0] == 6
    office.undo.take_back(office.undo.last().id)
    assert touched("2026-08-21", "2026-08-31")[0] == 1


def test_a_customer_in_the_bin_was_touched_by_nobody(worked, touched):
    office = worked.office
    office.customers.remove((worked.ids["A"],))
    assert touched("2026-08-01", "2026-08-31")[0] == 2
    office.undo.take_back(office.undo.last().id)
    assert touched("2026-08-01", "2026-08-31")[0] == 3


def test_who_else_followed_up_counts_once_for_all(worked, touched):
    office = worked.office
    before = touched("2026-08-01", "2026-08-31")
    office.staff.act_as("周敏")
    worked.follow("A", "08-09")
    worked.follow("D", "08-30")
    assert before == (3, 0)
    assert touched("2026-08-01", "2026-08-31") == (4, 2)
