from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from app.models.values.pages import Sort
from app.views.itemmodels.grouped import GroupRow
from app.views.itemmodels.paged import ROW

Key = Qt.Key


@pytest.fixture
def grouped(qtbot, page):
    """Show all customers by owner."""
    page.set_state(replace(page.state, group="owner", sort=Sort("name")))
    qtbot.waitUntil(lambda: page.rows.answer.grouped is not None)
    return page


def lines(page):
    model = page.rows.model
    return [model.row(at) for at in range(model.rowCount())]


def heads(page):
    return [row for row in lines(page) if isinstance(row, GroupRow)]


def at_head(page, number):
    """Go to the line of a group."""
    row = next(at for at, one in enumerate(lines(page)) if one == heads(page)[number])
    page.table.go_to(row)
    page.table.setFocus()
    return row


def test_each_group_has_a_line_with_its_rows_and_sum(grouped):
    shown = lines(grouped)
    found = Counter(row.customer.owner for row in shown if not isinstance(row, GroupRow))
    assert {row.title: row.count for row in heads(grouped)} == dict(found)
    assert len(shown) == 31 + len(found)
    first = shown[0]
    mine = [row.customer for row in shown[1 : first.count + 1]]
    assert {row.owner for row in mine} == {first.title}
    assert first.sums["expected"] == sum(row.expected_fen or 0 for row in mine)
    names = [row.name for row in mine]
    everybody = grouped.view.office.customers.page(grouped.state.wanted(), Sort("name")).rows
    assert names == [row.name for row in everybody if row.name in names]
    assert grouped.status_left().startswith("符合条件 31 家")
    QAbstractItemModelTester(
        grouped.rows.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )


def test_groups_are_folded_and_unfolded_by_keys(grouped):
    row = at_head(grouped, 1)
    head = grouped.table.current_object()
    whole = grouped.rows.model.rowCount()
    QTest.keyClick(grouped.table, Key.Key_Left)
    assert grouped.rows.model.rowCount() == whole - head.count
    assert grouped.table.currentIndex().row() == row
    assert grouped.table.current_object().folded
    assert "已收起" in grouped.rows.model.index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.keyClick(grouped.table, Key.Key_Left)
    QTest.keyClick(grouped.table, Key.Key_Right)
    assert grouped.rows.model.rowCount() == whole
    QTest.keyClick(grouped.table, Key.Key_Return)
    assert grouped.rows.model.rowCount() == whole - head.count


def test_all_are_folded_from_the_menu_and_stay_so_over_a_reload(qtbot, grouped):
    count = len(heads(grouped))
    menu = grouped.filter_row.group.menu()

    def choose(words):
        next(one for one in menu.actions() if one.text() == words).trigger()

    choose("全部收起")
    assert grouped.rows.model.rowCount() == count
    former = grouped.rows.answer
    grouped.reload()
    qtbot.waitUntil(lambda: grouped.rows.answer is not former)
    assert grouped.rows.model.rowCount() == count
    choose("全部展开")
    assert grouped.rows.model.rowCount() == count + 31
    choose("不分组")
    qtbot.waitUntil(lambda: grouped.rows.model.rowCount() == 31)
    assert grouped.filter_row.group.text() == "分组"


def test_space_on_a_group_ticks_its_rows(grouped):
    at_head(grouped, 0)
    head = grouped.table.current_object()
    QTest.keyClick(grouped.table, Key.Key_Space)
    assert grouped.rows.ticked_count() == head.count
    ticked = grouped.view.office.customers.rows(tuple(grouped.rows.chosen().ids))
    assert {row.owner for row in ticked} == {head.title}
    QTest.keyClick(grouped.table, Key.Key_Space)
    assert grouped.rows.ticked_count() == 0


def test_a_customer_of_a_group_opens_with_its_neighbours(qtbot, grouped, picture):
    first = next(at for at, row in enumerate(lines(grouped)) if not isinstance(row, GroupRow))
    ids = [row.customer.id for row in lines(grouped) if not isinstance(row, GroupRow)]
    grouped.table.go_to(first)
    grouped.open_current()
    shown = picture.page()
    qtbot.waitUntil(lambda: shown.card is not None and shown.card.id == ids[0])
    assert (shown.place.at, shown.place.total) == (0, 31)


def test_groups_are_kept_with_their_view_and_copied_with_their_sums(grouped, dialogs):
    def name_it(dialog):
        dialog.field.setText("按人")
        QTest.keyClick(dialog.field, Key.Key_Return)

    dialogs("line_dialog", name_it)
    grouped.saved.save()
    assert grouped.view.office.views.all("customers")[0].group == "owner"
    grouped.set_state(replace(grouped.state, group=""))
    assert grouped.saved.changed(grouped.state)


@pytest.mark.parametrize("field", ["region", "created", "quality", "team", "expected_on"])
def test_every_group_has_words(qtbot, page, field):
    page.set_state(replace(page.state, group=field))
    qtbot.waitUntil(lambda: page.rows.answer.state.group == field)
    assert all(row.title and row.title not in ("0", "-1") for row in heads(page))
    assert sum(row.count for row in heads(page)) == 31


def test_the_line_of_a_group_is_copied_with_its_sum(grouped):
    at_head(grouped, 0)
    head = grouped.table.current_object()
    grouped.table.copy()
    text = QApplication.clipboard().text()
    assert head.words() in text
    assert f"{head.sums['expected'] / 100:.2f}" in text
    assert grouped.table.currentIndex().data(ROW) == head
