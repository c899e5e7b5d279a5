"""A file brings the same firm twice; it is found, merged, and taken apart again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.lists import ListFilter
from app.services.transfer.outcomes import ImportOptions, Policy

Key = Qt.Key
SHEET = """客户名称,手机,联系人,地区,来源,备注
苏州恒锐精密机械有限公司,13812904417,王建明,苏州,,老客户
杭州青禾食品有限公司,13958100326,李国伟,杭州,,
恒锐精密机械（苏州）有限责任公司,138 1290 4417,王建明,,展会,展会名片
"""


@pytest.fixture
def session(qtbot, run, make_book):
    folder, _code = make_book(passphrase=None)
    begun = run(book=folder, now="2026-11-20T10:00:00+08:00")
    qtbot.waitUntil(lambda: begun.office is not None, timeout=30_000)
    qtbot.waitUntil(lambda: begun.shell.page() is not None, timeout=30_000)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is begun.shell, timeout=10_000)
    return begun


def _press(key, mods=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, mods)


def _sound(office):
    return [one.name for one in office.admin.check() if not one.ok]


def test_one_firm_twice_is_found_merged_and_taken_apart(qtbot, session, tmp_path):
    office, shell = session.office, session.shell
    file = tmp_path / "名单.csv"
    file.write_text(SHEET, "utf-8")
    plan = office.transfer.preview([file], options=ImportOptions(policy=Policy.create))
    office.transfer.run(plan)
    assert office.customers.count(ListFilter()) == 3

    _press(Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shell.palette_box.isVisible)
    QTest.keyClicks(shell.palette_box.field, ">chachong")
    QTest.keyClick(shell.palette_box.field, Key.Key_Return)
    qtbot.waitUntil(lambda: shell.page().PAGE_ID == "duplicates")
    page = shell.page()
    qtbot.waitUntil(lambda: len(page.panel.ids()) == 2 and page.current() is not None)
    assert page.model.rowCount() == 1
    shell.activateWindow()  # this platform leaves the hidden palette active
    qtbot.waitUntil(page.table.hasFocus)

    _press(Key.Key_Return)
    assert page.panel.table.hasFocus()
    kept = page.panel.ids()[0]
    _press(Key.Key_Return)
    qtbot.waitUntil(lambda: office.customers.count(ListFilter()) == 2)
    card = office.customers.card(kept)
    assert (card.source, card.region) == ("展会", "苏州")
    assert card.note == "老客户\n展会名片"
    assert [one.name for one in office.customers.contacts(kept)] == ["王建明"]
    assert _sound(office) == []
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.none)

    _press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.customers.count(ListFilter()) == 3)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.found)
    assert office.customers.card(kept).note == "老客户"
    assert _sound(office) == []
