"""Ctrl+Z and Ctrl+Y over the acts of the book and of this session."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import i18n
from app.bootstrap import open_office
from app.models.values.clock import FixedClock
from app.services.customers import CustomerDraft
from app.services.customers.bulk import Chosen
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.views.core import undoing
from app.views.core.runner import board


def press(shell, qtbot, key):
    shell.activateWindow()
    qtbot.keyClick(QApplication.focusWidget() or shell, key, Qt.KeyboardModifier.ControlModifier)


def words(shell):
    return shell.toast_box._words.text()


@pytest.fixture
def customer(picture):
    """Return a new customer of the person who uses the window."""
    return picture.office.customers.add(CustomerDraft("新来的公司"))


def source(shell, customer_id):
    return shell.office.customers.card(customer_id).source


def test_keys_take_back_and_do_again(picture, qtbot, customer):
    picture.office.customers.change(customer, source="展会")
    press(picture, qtbot, Qt.Key.Key_Z)
    assert source(picture, customer) == ""
    assert words(picture) == "已撤销：修改客户"
    assert picture.toast_box._undo.text() == "重做"
    press(picture, qtbot, Qt.Key.Key_Y)
    assert source(picture, customer) == "展会"
    assert picture.toast_box._undo.text() == "撤销"
    picture.toast_box._undo.click()
    assert source(picture, customer) == ""
    picture.toast_box._undo.click()
    assert source(picture, customer) == "展会"


def test_the_toast_takes_back_its_own_act(picture, customer):
    picture.office.customers.change(customer, source="展会")
    undoing.said(picture.view, "改了来源")
    picture.office.customers.change(customer, note="后来的")
    picture.toast_box._undo.click()
    card = picture.office.customers.card(customer)
    assert (card.source, card.note) == ("", "后来的")


def test_it_works_after_a_restart(picture, qtbot, customer, tmp_path):
    office = picture.office
    office.customers.change(customer, source="展会")
    picture.detach()
    office.close()
    again = open_office(tmp_path / "picture.gendan", clock=FixedClock(office.context.now()))
    again.staff.act_as("周敏")
    picture.attach(again, again.bus.subscribe)
    press(picture, qtbot, Qt.Key.Key_Z)
    assert source(picture, customer) == ""
    picture.detach()
    again.close()


def test_acts_of_the_session_and_of_the_book_stand_in_one_order(picture, customer):
    done = []

    def back():
        done.append("draft")
        return lambda: done.append("again") or back

    picture.office.customers.change(customer, source="展会")
    picture.toast("丢掉草稿", back)
    picture.office.customers.change(customer, note="后来")
    acts = picture.acts
    acts.undo()
    assert (picture.office.customers.card(customer).note, done) == ("", [])
    acts.undo()
    assert done == ["draft"]
    acts.undo()
    assert source(picture, customer) == ""
    acts.redo()
    assert source(picture, customer) == "展会"
    acts.redo()
    assert done == ["draft", "again"]
    acts.redo()
    assert picture.office.customers.card(customer).note == "后来"
    picture.toast("丢掉草稿", lambda: None)
    assert not acts.can_redo()
    picture.detach()
    assert not acts.can_undo()


def test_a_batch_goes_back_in_the_background(picture, qtbot):
    office = picture.office
    boss = next(one.id for one in office.staff.all() if one.name != "周敏")
    chosen = Chosen(frozenset(office.customers.ids(ListFilter())))
    was = {one.id: one.owner_id for one in office.customers.page(ListFilter()).rows}
    office.customers.bulk.give_to(chosen, boss, Progress())
    picture.acts.undo()
    assert "撤销：改负责人" in [job.title for job in board().jobs]
    qtbot.waitUntil(lambda: not board().jobs)
    assert words(picture) == "已撤销：改负责人"
    assert {one.id: one.owner_id for one in office.customers.page(ListFilter()).rows} == was
    picture.acts.redo()
    qtbot.waitUntil(lambda: not board().jobs)
    assert {one.owner_id for one in office.customers.page(ListFilter()).rows} == {boss}


def test_bulk_work_that_changed_nothing_offers_no_undo(picture):
    office = picture.office
    row = office.customers.page(ListFilter()).rows[0]
    done = office.customers.bulk.give_to(Chosen(frozenset((row.id,))), row.owner_id, Progress())
    undoing.said(picture.view, "交给了", done.batch_id)
    assert not picture.toast_box._undo.isVisible()


@pytest.fixture
def imported(picture, tmp_path):
    """Import a customer and return its name."""
    path = tmp_path / "名单.csv"
    path.write_text("客户名称,手机\n进来的公司,13800000009\n", "utf-8")
    picture.office.transfer.write(picture.office.transfer.read([path]))
    return "进来的公司"


@pytest.mark.parametrize("agreed", [True, False])
def test_a_whole_import_is_asked_about(picture, qtbot, dialogs, imported, agreed):
    def answer(box):
        assert "名单.csv" in box.text()
        assert box.defaultButton().objectName() == "cancel"
        next(one for one in box.buttons() if (one.objectName() == "agree") == agreed).click()

    dialogs("question", answer)
    picture.acts.undo()
    qtbot.waitUntil(lambda: not board().jobs)
    found = picture.office.customers.search(imported)
    assert bool(found) != agreed
    assert picture.acts.can_redo() == agreed


def test_what_did_not_go_back_is_listed_and_opens(picture, qtbot, customer):
    office = picture.office
    office.customers.change(customer, source="展会")
    act = office.undo.last()
    office.customers.change(customer, source="官网")
    picture.acts.take_back(act.id)
    assert words(picture) == "已撤销：修改客户；1 处没有动"
    (dialog,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "conflicts"]
    shown = [dialog.model.index(0, at).data() for at in range(4)]
    assert shown == ["客户", "新来的公司", "新来的公司", "来源 后来又改过"]
    qtbot.waitUntil(dialog.table.hasFocus)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert picture.page().PAGE_ID == "customer"
    assert picture.page().customer_id == customer


def test_an_act_turned_elsewhere_is_told(picture, dialogs, customer):
    picture.office.customers.change(customer, source="展会")
    act = picture.office.undo.last()
    picture.office.undo.take_back(act.id)
    dialogs("error_dialog", lambda box: box.accept())
    picture.acts.take_back(act.id)
    dialogs("error_dialog", lambda box: box.accept())
    picture.acts.take_back(12)
    assert source(picture, customer) == ""


def test_it_speaks_english(picture, qtbot, customer):
    i18n.set_language("en")
    picture.office.customers.change(customer, source="展会")
    press(picture, qtbot, Qt.Key.Key_Z)
    assert words(picture) == "Undone: Change customer"
