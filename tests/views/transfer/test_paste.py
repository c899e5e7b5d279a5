"""The grid of a paste: mapped, checked and put right by keyboard, written and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from app.services.lists import ListFilter
from app.services.transfer.fields import Kind
from app.views.core.runner import board
from app.views.transfer.paste_dialog import PasteRowsDialog, paste_rows

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ROWS = (
    "单位名称\t手机\t建档日期\n"
    "=恒泰机械有限公司\t13800000001\t2026-1-5\n"
    "华瑞电子厂\t13900000002\t哪天来着\n"
    "海润科技有限公司\t\t2026-2-6"
)


@pytest.fixture
def customers(qtbot, window):
    window.navigate("customers", view="all")
    shown = window.page()
    qtbot.waitUntil(lambda: shown.rows.answer is not None and not shown.rows.loader._jobs)
    window.activateWindow()
    shown.table.setFocus()
    return shown


def clip(text, page=""):
    mime = QMimeData()
    mime.setText(text)
    if page:
        mime.setHtml(page)
    QGuiApplication.clipboard().setMimeData(mime)


def checked(qtbot, home):
    qtbot.waitUntil(lambda: home.findChild(PasteRowsDialog) is not None)
    dialog = home.findChild(PasteRowsDialog)
    settle(qtbot, dialog)
    return dialog


def settle(qtbot, dialog):
    qtbot.waitUntil(
        lambda: dialog.plan is not None and dialog.running is None and not dialog._late.isActive()
    )


def titles(dialog):
    return [column.title for column in dialog.model.columns]


def _agree(box):
    return next(one for one in box.buttons() if one.objectName() == "agree")


def press(key, mods=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, mods)


def test_rows_come_in_by_keyboard_and_go_back(qtbot, customers, office, window, dialogs):
    before = office.customers.count(ListFilter())
    clip(ROWS)
    press(Key.Key_V, CTRL)
    dialog = checked(qtbot, customers)
    qtbot.waitUntil(dialog.table.hasFocus)
    assert titles(dialog) == ["", "客户名称", "手机", "创建日期"]
    assert dialog.go.text() == "存入 2 行"
    assert dialog.problem.text() == "新建 2，有错误 1"
    press(Key.Key_F8)
    assert (dialog.table.currentIndex().row(), dialog.table.currentIndex().column()) == (1, 3)
    assert dialog.problem.text().startswith("第 2 行 创建日期：")
    press(Key.Key_F2)
    editor = dialog.table.findChild(QLineEdit, "paste_cell")
    assert (editor.text(), editor.accessibleName()) == ("哪天来着", "创建日期")
    QTest.keyClicks(editor, "2026-1-6")
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.go.text() == "存入 3 行")
    qtbot.waitUntil(dialog.table.hasFocus)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        press(Key.Key_Return, CTRL)
    assert office.customers.count(ListFilter()) == before + 3
    assert office.customers.resolve("=恒泰机械有限公司")
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)
    dialogs("question", lambda box: _agree(box).click())
    assert window.toast_box.undo()
    qtbot.waitUntil(lambda: office.customers.count(ListFilter()) == before, timeout=20_000)
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)


def test_rows_with_errors_stay_to_be_put_right(qtbot, customers, office):
    clip(ROWS)
    paste_rows(customers.view, customers, Kind.customers)
    dialog = checked(qtbot, customers)
    dialog.write()
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 1, timeout=20_000)
    settle(qtbot, dialog)
    assert dialog.model.rows[0].cells[0] == "华瑞电子厂"
    assert not dialog.go.isEnabled()
    assert office.customers.resolve("海润科技有限公司")
    dialog.reject()


def test_a_column_is_sent_elsewhere_from_its_head(qtbot, customers):
    clip("张三\t13800000001\n李四\t13900000002")
    paste_rows(customers.view, customers, Kind.customers)
    dialog = checked(qtbot, customers)
    assert not dialog.headed.isChecked()
    dialog.table.setCurrentIndex(dialog.model.index(0, 2))
    press(Key.Key_Down, ALT)
    menu = dialog.findChild(QMenu, "paste_fields")
    assert menu.isVisible()
    (act,) = [one for one in menu.actions() if one.text() == "备注"]
    menu.setActiveAction(act)
    QTest.keyClick(menu, Key.Key_Return)
    settle(qtbot, dialog)
    assert titles(dialog)[2] == "备注"
    dialog.set_field(1, "")
    settle(qtbot, dialog)
    assert titles(dialog)[1] == "（不导入）"
    assert dialog.problem.text() == "还没有一列是客户名称：在那一列按 Alt+↓ 选它"
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_cells_are_emptied_and_rows_dropped(qtbot, customers):
    clip(ROWS)
    paste_rows(customers.view, customers, Kind.customers)
    dialog = checked(qtbot, customers)
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.model.index(1, 3))
    press(Key.Key_Delete)
    settle(qtbot, dialog)
    assert dialog.model.rows[1].cells[2] == ""
    assert dialog.go.text() == "存入 3 行"
    press(Key.Key_Delete, CTRL)
    settle(qtbot, dialog)
    assert [row.cells[0] for row in dialog.model.rows] == ["=恒泰机械有限公司", "海润科技有限公司"]
    dialog.reject()


def test_the_header_and_the_kind_are_told_by_hand(qtbot, customers):
    clip(ROWS)
    paste_rows(customers.view, customers, Kind.customers)
    dialog = checked(qtbot, customers)
    dialog.headed.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 4)
    settle(qtbot, dialog)
    dialog.kind.set_value(Kind.contacts)
    dialog.kind.activated.emit(dialog.kind.currentIndex())
    settle(qtbot, dialog)
    assert dialog.plan.kind is Kind.contacts
    dialog.reject()


def test_known_customers_follow_the_choice(qtbot, customers, office):
    name = office.customers.rows(office.customers.ids(ListFilter())[:1])[0].name
    clip(f"客户名称\t来源\n{name}\t粘来的")
    paste_rows(customers.view, customers, Kind.customers)
    dialog = checked(qtbot, customers)
    assert dialog.problem.text() == "更新 1"
    dialog.policy.set_value("skip")
    dialog.policy.activated.emit(dialog.policy.currentIndex())
    settle(qtbot, dialog)
    assert (dialog.problem.text(), dialog.go.isEnabled()) == ("跳过 1", False)
    dialog.reject()


def test_a_page_of_a_spreadsheet_is_taken_before_its_text(qtbot, customers):
    clip("x\ty", "<table><tr><td>客户名称<td>备注</tr><tr><td>甲公司<td>一<br>二</tr></table>")
    paste_rows(customers.view, customers, Kind.customers)
    dialog = checked(qtbot, customers)
    assert dialog.model.rows[0].cells == ("甲公司", "一\n二")
    dialog.reject()


def test_nothing_to_paste_is_said(qtbot, customers):
    clip("")
    paste_rows(customers.view, customers, Kind.customers)
    qtbot.waitUntil(lambda: customers.findChild(PasteRowsDialog) is not None)
    dialog = customers.findChild(PasteRowsDialog)
    qtbot.waitUntil(dialog.error_bar.isVisible)
    assert not dialog.go.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(
    ("tab", "kind"), [("contracts", Kind.contracts), ("payments", Kind.payments)]
)
def test_contracts_and_payments_are_pasted_in_their_lists(qtbot, window, office, tab, kind):
    name = office.customers.rows(office.customers.ids(ListFilter())[:1])[0].name
    window.navigate("deals", tab=tab)
    page = window.page()
    qtbot.waitUntil(lambda: page.list().totals.count > 0)
    before = page.list().totals.count
    clip(f"{name}\t2026-10-8\t1.2万")
    page.list().table.setFocus()
    press(Key.Key_V, CTRL)
    dialog = checked(qtbot, page)
    assert dialog.plan.kind is Kind(tab)
    assert dialog.go.text() == "存入 1 行"
    dialog.write()
    qtbot.waitUntil(lambda: page.list().totals.count == before + 1, timeout=20_000)
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)


def test_followups_of_a_customer_need_no_name(qtbot, window, office):
    customer_id = office.customers.ids(ListFilter())[0]
    window.navigate("customer", customer_id=customer_id)
    page = window.page()
    qtbot.waitUntil(lambda: page.card is not None)
    from app.views.customers.customer_acts import paste_followups

    clip("2026-10-8\t电话，想要报价")
    paste_followups(page)
    dialog = checked(qtbot, page)
    assert titles(dialog)[1:] == ["跟进时间", "跟进内容", "客户名称"]
    dialog.write()
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)
    said = [entry.content for entry in office.followups.timeline(customer_id, limit=5)]
    assert "电话，想要报价" in said


def test_followups_are_pasted_in_their_list(qtbot, window, office):
    name = office.customers.rows(office.customers.ids(ListFilter())[:1])[0].name
    window.navigate("records", name="followups")
    page = window.page()
    qtbot.waitUntil(lambda: page.list().total > 0)
    before = page.list().total
    clip(f"客户名称\t跟进时间\t跟进内容\n{name}\t2026-10-8 10:00\t电话，想要报价")
    page.list().table.setFocus()
    press(Key.Key_V, CTRL)
    dialog = checked(qtbot, page)
    assert dialog.plan.kind is Kind.followups
    dialog.write()
    qtbot.waitUntil(lambda: page.list().total == before + 1, timeout=20_000)
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)
