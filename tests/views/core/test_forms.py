"""Forms: Enter moves on but never steals it from an input method; errors stand under fields."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from app.views.core.forms import Form
from app.views.widgets.text import PlainText


@pytest.fixture
def form(qtbot, theme):
    made = Form()
    qtbot.addWidget(made)
    made.fields = [QLineEdit(), QLineEdit(), PlainText()]
    name = made.fields[0]

    def check():
        return "" if name.text() else "名称必填"

    made.named = made.add("名称", name, required=True, check=check)
    made.add("手机", made.fields[1])
    made.add("说明", made.fields[2])
    made.show()
    made.activateWindow()
    made.fields[0].setFocus()
    qtbot.waitUntil(made.fields[0].hasFocus)
    return made


def _compose(field, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_enter_goes_to_the_next_field(form, qtbot):
    qtbot.keyClick(form.fields[0], Qt.Key.Key_Return)
    assert form.fields[1].hasFocus()
    qtbot.keyClick(form.fields[1], Qt.Key.Key_Return)
    assert form.fields[2].hasFocus()


def test_enter_in_a_text_box_is_a_new_line(form, qtbot):
    form.fields[2].setFocus()
    qtbot.keyClicks(form.fields[2], "a")
    qtbot.keyClick(form.fields[2], Qt.Key.Key_Return)
    assert form.fields[2].toPlainText() == "a\n"
    assert form.fields[2].hasFocus()


def test_tab_goes_through_all_fields(form, qtbot):
    order = []
    for _ in range(3):
        order.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert order == form.fields


def test_enter_while_composing_stays(form, qtbot):
    _compose(form.fields[0], "heng")
    qtbot.keyClick(form.fields[0], Qt.Key.Key_Return)
    assert form.fields[0].hasFocus()


def test_the_enter_that_ends_a_composition_stays_and_the_next_moves(form, qtbot):
    _compose(form.fields[0], "heng")
    _compose(form.fields[0], "", "恒锐")
    qtbot.keyClick(form.fields[0], Qt.Key.Key_Return)
    assert form.fields[0].hasFocus()
    assert form.fields[0].text() == "恒锐"
    qtbot.keyClick(form.fields[0], Qt.Key.Key_Return)
    assert form.fields[1].hasFocus()


def test_an_error_shows_on_leaving_and_goes_with_the_first_right_key(form, qtbot):
    qtbot.keyClick(form.fields[0], Qt.Key.Key_Tab)
    assert form.named.error.text() == "名称必填"
    assert form.named.error.isVisible()
    assert form.fields[0].property("wrong") is True
    assert form.fields[0].accessibleDescription() == "名称必填"
    form.fields[0].setFocus()
    qtbot.keyClicks(form.fields[0], "h")
    assert form.named.error.text() == ""
    assert form.fields[0].property("wrong") is False


def test_the_first_wrong_field_gets_the_focus(form):
    form.fields[1].setFocus()
    assert not form.valid()
    assert form.fields[0].hasFocus()
    form.fields[0].setText("恒锐")
    assert form.valid()


def test_required_is_a_word(form):
    assert form.named.label.text() == "名称（必填）"
    assert form.fields[0].accessibleName() == "名称"
