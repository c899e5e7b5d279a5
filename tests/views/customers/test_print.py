"""Print from the list: look, leaf, turn the paper, save, print; all by keyboard."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from app.views.core.runner import board
from app.views.lists import print_dialog
from app.views.lists.print_dialog import PrintDialog

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def look(qtbot, page, listed):
    """Press Ctrl+P in the list and return the dialog."""
    listed()
    page.table.setFocus()
    QTest.keyClick(page.table, Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: page.findChild(PrintDialog) is not None, timeout=20_000)
    dialog = page.findChild(PrintDialog)
    qtbot.waitUntil(dialog.paper.hasFocus)
    return dialog


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def test_pages_are_leafed_through_and_saved(qtbot, page, listed, look, tmp_path, monkeypatch):
    names = listed()
    assert [line[0] for line in look.pages.paper.lines] == names
    assert look.pages.paper.notes == "排序：最近跟单 新→旧"
    assert (look.pages.sideways, look.said.text()) == (True, "第 1 页，共 2 页")
    press(Key.Key_PageDown)
    assert look.said.text() == look.paper.accessibleName() == "第 2 页，共 2 页"
    press(Key.Key_Home)
    assert look.paper.number == 0
    path = tmp_path / "客户.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    look.save.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(path.exists, timeout=30_000)
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)
    assert len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) == 2


def test_the_paper_is_turned(qtbot, look):
    look.way.setFocus()
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: not look.pages.sideways)
    assert look.pages.paper.sideways is False
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: look.pages.sideways)
    look.reject()


def test_ticked_customers_alone_are_printed(qtbot, page, listed):
    names = listed()
    for at in (2, 0):
        page.rows.model.toggle(at)
    page.commands()["print"]()
    qtbot.waitUntil(lambda: page.findChild(PrintDialog) is not None, timeout=20_000)
    dialog = page.findChild(PrintDialog)
    assert [line[0] for line in dialog.pages.paper.lines] == [names[0], names[2]]
    dialog.reject()


def test_a_printer_gets_the_pages_one_by_one(qtbot, look, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    path = tmp_path / "printed.pdf"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    with qtbot.waitSignal(look.accepted, timeout=20_000):
        look.print_to(printer, range(2))
    assert len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) == 2


def test_a_list_without_end_is_for_a_file(qtbot, page, listed, dialogs, monkeypatch):
    listed()
    monkeypatch.setattr(print_dialog, "PRINT_MOST", 5)
    said = []

    def answer(box):
        said.append(box.text())
        box.accept()

    dialogs("error_dialog", answer)
    page.commands()["print"]()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "一次最多打印 5 行" in said[0]
    assert not isinstance(QApplication.activeModalWidget(), QMessageBox)


def test_contracts_are_printed_with_their_filter(qtbot, picture):
    picture.navigate("deals")
    page = picture.page()
    qtbot.waitUntil(lambda: page.list().totals.count == 6)
    QTest.keyClick(page.list().table, Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: page.findChild(PrintDialog) is not None, timeout=20_000)
    dialog = page.findChild(PrintDialog)
    assert len(dialog.pages.paper.lines) == 6
    assert dialog.windowTitle() == "打印合同"
    dialog.reject()


def test_followups_are_printed_as_their_list_shows_them(qtbot, picture):
    picture.navigate("records", name="followups")
    page = picture.page()
    qtbot.waitUntil(lambda: page.list().total > 0)
    QTest.keyClick(page.list().table, Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: page.findChild(PrintDialog) is not None, timeout=20_000)
    dialog = page.findChild(PrintDialog)
    assert len(dialog.pages.paper.lines) == page.list().total
    dialog.reject()
