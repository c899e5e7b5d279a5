"""From five files to a filled book and back, without touching the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.lists import ListFilter
from tests.architecture.tree import ROOT

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SAMPLES = Path(ROOT) / "tests" / "services" / "transfer" / "samples"


@pytest.fixture
def session(qtbot, run, make_book):
    folder, _code = make_book(passphrase=None)
    begun = run(book=folder, now="2026-11-20T10:00:00+08:00")
    qtbot.waitUntil(lambda: begun.office is not None, timeout=30_000)
    qtbot.waitUntil(lambda: begun.shell.page() is not None, timeout=30_000)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is begun.shell, timeout=10_000)
    return begun


def press(key, mods=Qt.KeyboardModifier.NoModifier):
    target = QApplication.focusWidget() or QApplication.activeWindow()
    QTest.keyClick(target, key, mods)


def arrive(qtbot, page, number):
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.job.step == number and page._running is None, timeout=60_000)
    qtbot.waitUntil(lambda: not page.mapping._waiting, timeout=30_000)
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget()))


def test_the_samples_come_in_and_go_out_by_keyboard(qtbot, session):
    session.shell.navigate("transfer", files=sorted(SAMPLES.iterdir()))
    page = session.shell.page()
    qtbot.waitUntil(page.choose.table.hasFocus)
    names = [path.name for path in page.job.paths]
    assert names[0] == "员工.csv"
    assert names[-1] == "通讯录.vcf"

    arrive(qtbot, page, 1)
    assert page.mapping.table.hasFocus()
    assert page.mapping.head.tabs.count() == len(page.job.places()) > 9
    press(Key.Key_PageDown, CTRL)
    qtbot.waitUntil(lambda: page.mapping.head.tabs.currentIndex() == 1)
    qtbot.waitUntil(lambda: not page.mapping._waiting)

    arrive(qtbot, page, 2)
    assert page.check.chips.chips[2].text() == "疑似重复 8"
    assert session.office.customers.count(ListFilter()) == 0

    arrive(qtbot, page, 3)
    told = page.confirm.fresh.text()
    for words in ("7 位员工", "300 家客户", "254 份合同", "343 笔回款"):
        assert words in told
    assert session.office.customers.count(ListFilter()) == 0

    arrive(qtbot, page, 4)
    assert session.office.customers.count(ListFilter()) == 300
    assert page.done.title.text() == "导入完成"

    page.done.undo.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: session.office.transfer.history()[0].state == "undone", timeout=60_000)
    assert session.office.customers.count(ListFilter()) == 0
    assert page.job.step == 0
