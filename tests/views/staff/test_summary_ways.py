"""Comparing with another period, the lens of the present owner, columns on wish, days in post."""

from datetime import date

import pytest

from app.services.staff import StaffDraft
from app.services.staff.summary import SummaryQuery
from app.views.itemmodels.paged import CELL, ROW
from app.views.itemmodels.staff import FIGURES, SHARES

OCTOBER = SummaryQuery(date(2026, 10, 1), date(2026, 10, 23))


@pytest.fixture
def page(window, qtbot):
    window.navigate("staff")
    shown = window.page()
    qtbot.waitUntil(lambda: shown.table.model() is not None, timeout=10_000)
    return shown


def cells(page, column):
    model = page.table.model()
    at = [one.key for one in model.columns].index(column)
    found = (model.index(row, at) for row in range(model.rowCount()))
    return {index.siblingAtColumn(0).data(ROW).staff: index.data(CELL) for index in found}


def choose(tool, value):
    tool.set_value(value)
    tool.activated.emit(tool.currentIndex())


def test_the_month_before_is_a_tick_in_the_bars(page, qtbot):
    choose(page.tools.compare, "before")
    qtbot.waitUntil(lambda: "竖线为" in page.header.subtitle.text(), timeout=10_000)
    then = {row.staff: row.totals for row in page.view.office.staff.summary(OCTOBER).rows}
    now = {row.staff: row.totals for row in page._summary.rows}
    most = max(one.followups for one in (*then.values(), *now.values()))
    for name, cell in cells(page, "followups").items():
        share, _token, tick = cell.value
        assert share == pytest.approx(now[name].followups / most)
        assert tick == pytest.approx(then[name].followups / most)
        assert f"对比期 {then[name].followups:,}" in cell.spoken
    choose(page.tools.compare, "")
    qtbot.waitUntil(lambda: "竖线为" not in page.header.subtitle.text(), timeout=10_000)
    assert {cell.value[2] for cell in cells(page, "followups").values()} == {None}


def test_the_present_owner_is_a_lens_that_is_told(page, window, qtbot):
    office = window.office
    model_rows = [one for one in page._summary.rows if one.totals.new_customers]
    giver = model_rows[0]
    taker = next(row for row in page._summary.rows if row.staff_id != giver.staff_id)
    period = page.tools.asked.period
    where = office.kpi.rows("new_customers", period).rows
    theirs = tuple(row.customer_id for row in where if row.owner == giver.staff)
    office.customers.give_to(theirs, taker.staff_id)
    page.tools.present.click()
    qtbot.waitUntil(lambda: "按现负责人" in page.header.subtitle.text(), timeout=10_000)
    found = {row.staff: row.totals.new_customers for row in page._summary.rows}
    assert found.get(giver.staff, 0) == 0
    assert found[taker.staff] >= len(theirs) > 0
    assert page.scatter.accessibleDescription() == "没有数据"


def test_quality_is_read_when_its_columns_are_shown(page, qtbot):
    assert not set(SHARES) & set(page.table.shown_columns())
    chooser = page.choose_columns()
    titles = [
        one.text() for one in (chooser.listed.item(at) for at in range(chooser.listed.count()))
    ]
    assert "目标 家 / 金额 · 新增" in titles
    chooser.changed.emit([*page.table.shown_columns(), *SHARES])
    shares = page.view.office.staff.quality(page._query())
    some = next(row for row in page._summary.rows if row.staff_id in shares)
    told = f"{shares[some.staff_id].broken_chain * 100:.1f}%"
    qtbot.waitUntil(lambda: cells(page, "broken_chain")[some.staff].text == told, timeout=10_000)
    assert f"{shares[0].recalibrated * 100:.1f}%" in page.total.accessibleName()
    assert page.table.head._groups["broken_chain"] == "质量"
    chooser.reset_wanted.emit()
    assert not set(SHARES) & set(page.table.shown_columns())


def test_every_column_of_2_6_can_be_shown(page):
    page.choose_columns().changed.emit([one.key for one in page.table.columns()])
    assert set(page.table.shown_columns()) == {
        "staff", "worked_days", *SHARES, *(one.field for one in FIGURES),
    }  # fmt: skip


def test_who_came_this_month_is_marked_with_days_in_post(page, window, qtbot):
    window.office.staff.add(StaffDraft("新来的", joined_on=date(2026, 11, 16)))
    qtbot.waitUntil(lambda: "新来的" in cells(page, "staff"), timeout=10_000)
    assert cells(page, "staff")["新来的"].value == ("在岗 6 天", "outline")
    assert cells(page, "worked_days")["新来的"].text == "6 / 16"


def test_who_left_keeps_the_row_and_is_marked(page, window, qtbot):
    office = window.office
    row = next(one for one in page._summary.rows if one.totals.followups)
    if row.staff_id == office.context.actor.staff_id:
        row = [one for one in page._summary.rows if one.totals.followups][1]
    office.staff.change(row.staff_id, left_on=date(2026, 11, 20))
    qtbot.waitUntil(
        lambda: cells(page, "staff")[row.staff].value == ("离职", "outline"), timeout=10_000
    )


def test_back_brings_the_question_again(page, window, qtbot):
    choose(page.tools.compare, "year_ago")
    kept = page.params()["asked"]
    window.navigate("today")
    window.go_back()
    assert window.page().params()["asked"] == kept
    assert window.page().tools.compare.value() == "year_ago"
