"""A hand-over by keyboard: who leaves, by which rule, seen before it is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.lists import Condition, ListFilter
from app.services.staff.handover import Rule
from app.views.core.runner import board
from app.views.staff.handover_dialog import HandoverDialog

Key = Qt.Key


def settle(qtbot):
    qtbot.waitUntil(lambda: not board().jobs)


def owned(office, staff_id):
    where = (Condition("owner", "is", (str(staff_id),)),)
    return office.customers.count(ListFilter(where))


@pytest.fixture
def dialog(qtbot, picture):
    """Open the hand-over of 周敏, the boss acting."""
    picture.office.staff.act_as_first()
    leaver = picture.office.staff.named("周敏").id
    found = HandoverDialog(picture.view, picture, leaver)
    found.show()
    settle(qtbot)
    yield found
    found.close()


def preview(dialog):
    return [
        [dialog.model.index(at, c).data() for c in range(4)]
        for at in range(dialog.model.rowCount())
    ]


def test_what_the_leaver_owns_is_counted_and_nobody_chosen(dialog, picture):
    count = owned(picture.office, dialog.leaver.staff_id())
    assert count > 3
    assert dialog.counts.text().startswith(f"客户 {count}、未完成的下步 ")
    assert not dialog.agree.isEnabled()
    listed = dialog.colleagues.single
    assert "周敏" not in [listed.item(at).text() for at in range(listed.count())]


def test_all_to_one_by_keyboard_and_back(qtbot, dialog, picture):
    office, leaver = picture.office, dialog.leaver.staff_id()
    count = owned(office, leaver)
    listed = dialog.colleagues.single
    listed.setCurrentRow(0)
    QTest.keyClick(listed, Key.Key_Space)
    assert preview(dialog)[0][:2] == [listed.item(0).text(), str(count)]
    assert dialog.agree.text() == f"交接 {dialog.estate.count} 项"
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert owned(office, leaver) == 0
    assert "已交接 周敏 名下的" in picture.toast_box._words.text()
    picture.undo()
    settle(qtbot)
    assert owned(office, leaver) == count


def test_an_even_split_and_a_split_by_region(qtbot, dialog, picture):
    dialog.rule.set_value(Rule.even)
    dialog.show_rule()
    counts = [int(row[1]) for row in preview(dialog)]
    assert max(counts) - min(counts) <= 1
    assert sum(counts) == len(dialog.estate.customers)
    dialog.rule.set_value(Rule.region)
    dialog.show_rule()
    regions = list(dialog.colleagues.pickers)
    assert len(regions) > 1
    picker = dialog.colleagues.pickers[regions[0]]
    second = picker.itemText(1)
    picker.setCurrentIndex(1)
    picker.activated.emit(1)
    assert second in [row[0] for row in preview(dialog)]
    dialog.hand_over()
    settle(qtbot)
    person = picture.office.staff.named(second).id
    where = (
        Condition("owner", "is", (str(person),)),
        Condition("region", "is", (regions[0],)),
    )
    assert (
        picture.office.customers.count(ListFilter(where)) >= dialog.estate.values(Rule.region)[0][1]
    )


def test_a_refusal_is_shown_in_its_place(qtbot, dialog, picture):
    dialog.colleagues.single.setCurrentRow(0)
    QTest.keyClick(dialog.colleagues.single, Key.Key_Space)
    picture.office.staff.act_as("周敏")
    dialog.hand_over()
    settle(qtbot)
    assert dialog.isVisible()
    assert not dialog.error_bar.isHidden()


def test_it_is_reached_from_the_settings_and_only_by_who_manages(qtbot, picture, dialogs):
    picture.office.staff.act_as("周敏")
    timer = dialogs("error_dialog", lambda box: box.accept())
    assert picture.actions_.run("handover")
    assert not timer.isActive()
    picture.office.staff.act_as_first()
    timer = dialogs("handover_dialog", lambda box: box.reject())
    assert picture.actions_.run("handover")
    assert not timer.isActive()
