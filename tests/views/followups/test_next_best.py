"""下一家 and the broken chains, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.customers.drafts import CustomerDraft
from app.views.followups.next_best import NextBestDialog
from app.views.followups.quick_line import QuickLineDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot, window):
    QTest.keyClick(window.page().list, Qt.Key.Key_G, CTRL)
    qtbot.waitUntil(lambda: bool(window.findChildren(NextBestDialog)))
    dialog = window.findChildren(NextBestDialog)[0]
    qtbot.waitUntil(lambda: dialog.best is not None)
    return dialog


def test_the_next_one_is_shown_with_its_reason_and_written_about(qtbot, window, today):
    dialog = shown(qtbot, window)
    assert dialog.reasons.text().startswith("因为：")
    assert "跟单链健康" in dialog.health.text()
    first = dialog.best.customer_id
    QTest.keyClick(dialog, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: dialog.best.customer_id != first)
    name = dialog.best.name
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(QuickLineDialog)))
    line = window.findChildren(QuickLineDialog)[0]
    assert line.chips.words()["customer"] == name
    line.reject()


def test_the_broken_chains_are_a_list_in_which_one_key_plans(qtbot, window, today, office):
    customer_id = office.customers.add(CustomerDraft("断链的客户"))
    dialog = shown(qtbot, window)
    qtbot.waitUntil(dialog.broken.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: window.page().PAGE_ID == "customers")
    page = window.page()
    qtbot.waitUntil(lambda: page.table.current_object() is not None)
    assert page.table.current_object().customer.name == "断链的客户"
    QTest.keyClick(page.table, Qt.Key.Key_T, CTRL)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    asked = QApplication.activeModalWidget()
    qtbot.waitUntil(lambda: asked.isAncestorOf(QApplication.focusWidget()))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_5)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(office.followups.record(customer_id).open))
    assert office.followups.record(customer_id).open[0].bucket == "next_week"
