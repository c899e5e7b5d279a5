"""Chips: one Tab stop, arrows, digits, Space, and nothing moves when one becomes bold."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.views.widgets.chips import ChipGroup, Choice, filter_chip
from app.views.widgets.segmented import Segmented

CHOICES = [
    Choice("call", "电话", "1"),
    Choice("wechat", "微信", "2"),
    Choice("visit", "拜访", "3", enabled=False, tip="今天去不了"),
    Choice("mail", "邮件", "4"),
]


@pytest.fixture
def form(qtbot):
    """Give a field, a group and a field."""
    made = QWidget()
    rows = QVBoxLayout(made)
    made.before, made.after = QLineEdit(), QLineEdit()
    made.group = ChipGroup(CHOICES, name="channel", spoken="方式")
    for widget in (made.before, made.group, made.after):
        rows.addWidget(widget)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.before.setFocus()
    qtbot.waitUntil(made.before.hasFocus)
    made.heard = []
    made.group.changed.connect(made.heard.append)
    return made


def _focused():
    return QApplication.focusWidget()


def test_the_group_is_one_tab_stop(form, qtbot):
    qtbot.keyClick(form.before, Qt.Key.Key_Tab)
    assert _focused() is form.group.chips[0]
    qtbot.keyClick(_focused(), Qt.Key.Key_Tab)
    assert _focused() is form.after
    qtbot.keyClick(form.after, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert _focused() is form.group.chips[0]


def test_tab_reaches_the_chosen_chip(form, qtbot):
    form.group.set_value("mail")
    qtbot.keyClick(form.before, Qt.Key.Key_Tab)
    assert _focused() is form.group.chips[3]


def test_arrows_choose_and_skip_what_cannot_be_chosen(form, qtbot):
    form.group.set_value("call")
    form.group.chips[0].setFocus()
    qtbot.keyClick(_focused(), Qt.Key.Key_Right)
    assert form.group.value() == "wechat"
    qtbot.keyClick(_focused(), Qt.Key.Key_Right)
    assert form.group.value() == "mail"
    qtbot.keyClick(_focused(), Qt.Key.Key_Right)
    assert form.group.value() == "call"
    assert form.heard == ["wechat", "mail", "call"]


def test_digits_pick_at_once(form, qtbot):
    form.group.chips[0].setFocus()
    qtbot.keyClick(_focused(), Qt.Key.Key_4)
    assert form.group.value() == "mail"
    qtbot.keyClick(_focused(), Qt.Key.Key_3)
    assert form.group.value() == "mail"
    assert not form.group.pick("9")
    assert form.heard == ["mail"]


def test_digits_with_control_belong_to_the_dialog(form, qtbot):
    form.group.chips[0].setFocus()
    qtbot.keyClick(_focused(), Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert form.group.value() is None


def test_an_exclusive_choice_cannot_be_taken_back_unless_optional(form, qtbot):
    form.group.chips[0].click()
    form.group.chips[0].click()
    assert form.group.value() == "call"
    form.group.optional = True
    form.group.chips[0].click()
    assert form.group.value() is None
    assert form.heard[-1] is None


def test_space_toggles_in_a_group_of_any_number(qtbot):
    group = ChipGroup(CHOICES, exclusive=False)
    qtbot.addWidget(group)
    heard = []
    group.changed.connect(heard.append)
    group.show()
    group.chips[0].setFocus()
    qtbot.keyClick(group.chips[0], Qt.Key.Key_Space)
    qtbot.keyClick(group.chips[0], Qt.Key.Key_Right)
    qtbot.keyClick(group.chips[1], Qt.Key.Key_Space)
    assert group.values() == ["call", "wechat"]
    assert heard == [["call"], ["call", "wechat"]]


def test_bold_words_move_nothing(form):
    before = [chip.geometry() for chip in form.group.chips]
    form.group.set_value("wechat")
    QApplication.processEvents()
    assert [chip.geometry() for chip in form.group.chips] == before


def test_new_choices_keep_the_chosen_one(form):
    form.group.set_value("mail")
    form.group.set_choices([Choice("mail", "邮件"), Choice("qq", "QQ")])
    assert form.group.value() == "mail"
    form.group.set_choices([Choice("qq", "QQ")])
    assert form.group.value() is None
    assert form.heard == []


def test_narrow_places_need_more_lines(form, qtbot):
    wide = form.group.heightForWidth(1000)
    narrow = form.group.heightForWidth(120)
    assert narrow > wide


def test_a_filter_chip_goes_with_delete_and_with_its_cross(qtbot):
    chip = filter_chip("地区 属于 长三角")
    qtbot.addWidget(chip)
    gone = []
    chip.removed.connect(lambda: gone.append(1))
    chip.show()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert gone == [1]
    middle = chip.height() // 2
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, middle))
    assert gone == [1, 1]
    assert chip.isChecked()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, middle))
    assert gone == [1, 1]
    assert chip.accessibleName() == "地区 属于 长三角"


def test_segments_by_key_and_mouse(qtbot):
    control = Segmented([("week", "周"), ("month", "月"), ("year", "年")], spoken="按")
    qtbot.addWidget(control)
    heard = []
    control.changed.connect(heard.append)
    control.show()
    assert control.value() == "week"
    qtbot.keyClick(control, Qt.Key.Key_Right)
    qtbot.keyClick(control, Qt.Key.Key_End)
    qtbot.keyClick(control, Qt.Key.Key_Right)
    assert heard == ["month", "year"]
    assert control.accessibleName() == "按 年"
    qtbot.mouseClick(control, Qt.MouseButton.LeftButton, pos=QPoint(5, 10))
    assert control.value() == "week"
    control.set_value("month")
    control.set_choices([("month", "月"), ("year", "年")])
    assert control.value() == "month"
    assert heard == ["month", "year", "week"]
