"""合并到… from the page of a customer: choose the other one, merge, take it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.customers import CustomerDraft
from app.views.customers.customer_acts import more_menu
from app.views.customers.merge_into import TargetDialog
from app.views.customers.merging import MergeDialog

KEPT = "恒锐精密机械有限公司"


@pytest.fixture
def asked(qtbot, picture, open_customer):
    """Open the page of a twin and choose 合并到… from its menu."""
    picture.office.customers.add(CustomerDraft("苏州恒锐精密机械", code="HR-2"))
    page = open_customer("苏州恒锐精密机械")
    menu = more_menu(page)
    next(one for one in menu.actions() if one.text() == "合并到…").trigger()
    dialog = page.findChild(TargetDialog)
    qtbot.waitUntil(dialog.isVisible)
    return page, dialog


def _ok(dialog):
    return dialog.buttons.button(dialog.buttons.StandardButton.Ok)


def _type(qtbot, dialog, words):
    dialog.activateWindow()
    dialog.picker.setFocus()
    QTest.keyClicks(dialog.picker, words)  # the keys of a keyboard: Latin letters
    model = dialog.picker._model
    qtbot.waitUntil(lambda: model.rowCount() > 0)


def test_the_chosen_one_stays_and_its_page_is_shown(qtbot, picture, asked):
    page, dialog = asked
    gone = page.card.id
    kept = picture.office.customers.resolve(KEPT)
    assert not _ok(dialog).isEnabled()
    _type(qtbot, dialog, "hrjm")
    dialog.picker._chosen(dialog.picker._model.index(0, 0))
    assert _ok(dialog).isEnabled()
    QTest.mouseClick(_ok(dialog), Qt.MouseButton.LeftButton)
    merging = page.findChild(MergeDialog)
    qtbot.waitUntil(merging.isVisible)
    assert merging.panel.ids() == [kept, gone]
    merging.panel.agree.click()
    qtbot.waitUntil(lambda: picture.page().customer_id == kept)
    assert gone not in {one.id for one in picture.office.customers.search("恒锐精密", 5)}
    picture.undo()
    qtbot.waitUntil(lambda: picture.office.customers.resolve("HR-2") == gone)


def test_the_customer_itself_is_no_choice(qtbot, picture, asked):
    page, dialog = asked
    dialog._chose(page.card.id)
    assert not _ok(dialog).isEnabled()
    assert "它自己" in dialog.told.text()
    dialog.reject()
    assert page.findChild(MergeDialog) is None
