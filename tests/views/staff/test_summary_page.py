import pytest
from PySide6.QtCore import Qt

from app.models.values import periods
from app.models.values.periods import By
from app.services.staff.summary import SummaryQuery
from app.views.itemmodels.paged import ROW


@pytest.fixture
def page(window, qtbot):
    window.navigate("staff")
    shown = window.page()
    qtbot.waitUntil(lambda: shown.table.model() is not None, timeout=10_000)
    return shown


def rows_of(page):
    model = page.table.model()
    return [model.index(at, 0).data(ROW) for at in range(model.rowCount())]


def summary(page, by):
    today = page.view.office.context.today()
    period = periods.period_of(today, by)
    return page.view.office.staff.summary(SummaryQuery(period.start, period.end))


def test_rows_and_totals_are_those_of_the_service(page):
    found = summary(page, By.month)
    assert {row.staff for row in rows_of(page)} == {row.staff for row in found.rows}
    assert str(found.total.calls) in page.total.accessibleName().replace(",", "")


def test_rows_begin_with_the_largest_signed_amount(page):
    signed = [row.totals.signed_fen for row in rows_of(page)]
    assert signed == sorted(signed, reverse=True)


def test_row_and_dot_choose_each_other(page, qtbot):
    page.focus_first()
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    chosen = page.table.currentIndex().data(ROW)
    qtbot.waitUntil(lambda: page.person.title.text() == chosen.staff, timeout=5000)
    dots = page.scatter.accessibleDescription()
    assert dots
    page.scatter.setFocus()
    qtbot.keyClick(page.scatter, Qt.Key.Key_Right)
    assert page.person.title.text() == page.table.currentIndex().data(ROW).staff


def test_another_period_asks_anew(page, qtbot):
    wanted = summary(page, By.year)
    page.kind.set_value(By.year)
    page.kind.changed.emit(By.year)
    qtbot.waitUntil(
        lambda: f"{wanted.total.calls:,}" in page.total.accessibleName(), timeout=10_000
    )
    assert page.range.period().label == "2026"


def test_a_persons_customers_open_in_the_list(page, window):
    page.person.customers.click()
    assert window.page().PAGE_ID == "customers"
    where = window.page().params()["state"].where
    assert where[0].values == (str(page.params()["staff_id"]),)


def test_the_header_names_the_groups(page):
    head = page.table.head
    groups = [head._group(section) for section in range(head.count())]
    assert groups[0] == ""
    assert list(dict.fromkeys(groups[1:])) == ["销售", "行动", "新价值 预计", "目标 家 / 金额"]


@pytest.mark.parametrize("size", [(1440, 900), (960, 540)])
def test_the_table_stays_in_every_width(window, page, size):
    window.resize(*size)
    page.adapt(window.width_mode())
    assert page.table.isVisible()
    assert page.person.isVisible()
