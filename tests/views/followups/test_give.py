"""转交下步 from Today by keys: the step goes to another person and comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.errors import UserError
from app.views.followups.give_dialog import GiveDialog


def whose(office, customer_id):
    return [one.staff for one in office.followups.record(customer_id).open]


def test_a_step_changes_hands_and_comes_back(qtbot, window, office, choose):
    row = choose("启明自动化设备")
    customer_id = row.item.customer_id
    before = whose(office, customer_id)
    window.actions_.run("give_step")
    dialog = window.findChild(GiveDialog)
    qtbot.waitUntil(dialog.who.hasFocus)
    assert [box.isChecked() for _id, box in dialog.boxes] == [True, False]
    other = dialog.who.currentText()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: whose(office, customer_id) == [other, *before[1:]])
    window.undo()
    qtbot.waitUntil(lambda: whose(office, customer_id) == before)


def test_nobody_and_what_is_closed_are_refused(office, window, choose):
    row = choose("启明自动化设备")
    other = next(one.id for one in office.staff.all() if one.name != "周敏")
    with pytest.raises(UserError) as told:
        office.followups.give([row.item.step_id], 5)
    assert told.value.code == "no_such_staff"
    office.followups.cancel(row.item.step_id, "不用了")
    with pytest.raises(UserError) as told:
        office.followups.give([row.item.step_id], other)
    assert told.value.code == "step_closed"
