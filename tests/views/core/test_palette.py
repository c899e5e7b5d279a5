"""到哪里: customers, acts and screens by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.views.core.palette_paint import ROW


@pytest.fixture
def palette(open_shell, qtbot):
    open_shell.show_palette()
    yield open_shell.palette_box
    open_shell.palette_box.hide()


def _rows(palette):
    model = palette.list.model()
    return [model.index(row, 0) for row in range(model.rowCount())]


def _titles(palette):
    return [index.data(ROW).title for index in _rows(palette) if index.data(ROW) is not None]


def _type(palette, qtbot, text):
    palette.field.setText(text)
    if not text.startswith(">"):
        qtbot.waitUntil(lambda: not palette._pending)


def test_empty_it_offers_screens(palette):
    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert _titles(palette)[:2] == ["今日工作台", "客户"]


def test_initials_find_a_customer_and_what_to_do_with_it(palette, qtbot):
    _type(palette, qtbot, "qm")
    found = [index.data(ROW) for index in _rows(palette) if index.data(ROW) is not None]
    first = found[0]
    assert first.title == "无锡启明自动化设备有限公司"
    assert first.spans == ((2, 2),)
    assert "138 0512 7746" in first.note
    assert "写跟单：无锡启明自动化设备有限公司" in [row.title for row in found]


def test_enter_opens_and_control_enter_writes(open_shell, palette, qtbot):
    opened, wanted = [], []
    palette.opened.disconnect()
    palette.wanted.disconnect()
    palette.opened.connect(opened.append)
    palette.wanted.connect(lambda name, customer: wanted.append((name, customer)))
    _type(palette, qtbot, "启明")
    customer = _rows(palette)[1].data(ROW).customer_id
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == [customer]
    assert not palette.isVisible()
    open_shell.show_palette()
    _type(palette, qtbot, "启明")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted == [("follow_up", customer)]


def test_enter_before_the_answer_waits_for_it(palette, qtbot):
    opened = []
    palette.opened.disconnect()
    palette.opened.connect(opened.append)
    _type(palette, qtbot, "恒锐")
    former = _rows(palette)[1].data(ROW).customer_id
    palette.field.setText("启明")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == []
    qtbot.waitUntil(lambda: bool(opened))
    assert opened != [former]


def test_arrows_skip_group_names(palette, qtbot):
    _type(palette, qtbot, "启明")
    assert palette.list.currentIndex().row() == 1
    seen = []
    for _ in range(len(_titles(palette)) + 1):
        seen.append(palette.list.currentIndex().data(ROW) is not None)
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert all(seen)
    assert palette.list.currentIndex().data(ROW).title == _titles(palette)[-1]


def test_a_screen_is_found_by_pinyin_and_opened(open_shell, palette, qtbot):
    _type(palette, qtbot, ">hgkpi")
    assert _titles(palette) == ["宏观KPI"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: open_shell.page().PAGE_ID == "kpi")


def test_english_words_find_actions(palette, qtbot):
    _type(palette, qtbot, ">dark")
    assert _titles(palette) == ["深色"]


def test_only_people_after_an_at_sign(palette, qtbot):
    _type(palette, qtbot, "@孙丽")
    assert _titles(palette) == ["无锡启明自动化设备有限公司"]


def test_customers_looked_at_come_first_next_time(open_shell, palette, qtbot):
    palette.hide()
    for number in (*range(7), 3):
        open_shell.goto.remember(number, f"客户 {number}")
    open_shell.show_palette()
    assert _titles(palette)[:5] == ["客户 3", "客户 6", "客户 5", "客户 4", "客户 2"]


def test_escape_closes(palette, qtbot):
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
