import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.models.values import periods
from app.models.values.periods import By
from app.services.staff.summary import SummaryQuery
from app.views.core.paper import write_pdf
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
    page.tools.kind.set_value(By.year)
    page.tools.kind.changed.emit(By.year)
    qtbot.waitUntil(
        lambda: f"{wanted.total.calls:,}" in page.total.accessibleName(), timeout=10_000
    )
    assert page.tools.range.period().label == "2026"


def test_a_persons_customers_open_in_the_list(page, window):
    page.person.customers.click()
    assert window.page().PAGE_ID == "customers"
    where = window.page().params()["state"].where
    assert where[0].values == (str(page.params()["staff_id"]),)


def test_the_header_names_the_groups(page):
    head = page.table.head
    groups = [head._group(section) for section in range(head.count())]
    assert groups[0] == ""
    assert list(dict.fromkeys(groups[1:])) == [
        "销售", "行动", "新价值 预计", "目标 家 / 金额", "质量", "在岗",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [(1440, 900), (960, 540)])
def test_the_table_stays_in_every_width(window, page, size):
    window.resize(*size)
    page.adapt(window.width_mode())
    assert page.table.isVisible()
    assert page.person.isVisible()


def test_where_effort_leaks_away_opens_its_rows(page, qtbot, window):
    qtbot.waitUntil(lambda: len(page._leaks) == 13, timeout=10_000)
    staff = page.view.office.staff
    assert page._leaks == staff.leaks(page._query(), page._chosen)
    page.person.leaks.click()
    dialog = page.findChild(QDialog, "leak_dialog")
    line = next(one for one in page._leaks if one.n)
    dialog.choose(line.name)
    qtbot.waitUntil(lambda: dialog.shown == line.name, timeout=10_000)
    found = [
        row
        for row in staff.leak_rows(page._query(), page._chosen, line.name)
        if row.step == line.step
    ]
    model = dialog.rows.model()
    assert [model.index(at, 0).data(ROW) for at in range(model.rowCount())] == found
    dialog.rows.selectRow(0)
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    assert window.page().PAGE_ID == "customer"


def test_leaks_of_the_one_chosen_last_are_shown(page, qtbot):
    qtbot.waitUntil(lambda: len(page._leaks) == 13, timeout=10_000)
    others = [row.staff_id for row in rows_of(page) if row.staff_id != page._chosen]
    page._choose(others[0])
    assert page._leaks == ()
    page._choose(others[1])
    qtbot.waitUntil(lambda: len(page._leaks) == 13, timeout=10_000)
    assert page._leaks == page.view.office.staff.leaks(page._query(), others[1])
    page.person.show_leaks(others[0], ())  # comes too late: nothing changes
    assert page.person._staff_id == others[1]


def test_the_summary_goes_to_paper_with_its_totals(page, qtbot, tmp_path):
    qtbot.waitUntil(lambda: page._summary is not None, timeout=10_000)
    report = page._as_report()
    table = report.tables[0]
    assert [row[0] for row in table.rows[:-1]] == [row.staff for row in page._summary.rows]
    assert table.rows[-1][2] == page._summary.total.signed_fen
    assert {"print", "export"} <= set(page.commands())
    write_pdf(report, tmp_path / "s.pdf")
    assert (tmp_path / "s.pdf").read_bytes().count(b"/Type /Page\n") == 1


def test_the_page_tells_how_the_indices_are_made(page, dialogs):
    told = []

    def read(box):
        told.append(box.informativeText())
        box.accept()

    dialogs("message", read)
    page.how.click()
    assert "同岗满 4 人、在岗满 10 个工作日" in told[0]
