"""变更记录 by keyboard: read what was changed, put one value back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.i18n import set_language
from app.services.customers import ContactDraft, CustomerDraft
from app.views.core import change_history
from app.views.core.runner import board


@pytest.fixture
def customer(picture):
    """Change the source and the owner of a customer somebody made."""
    office = picture.office
    made = office.customers.add(CustomerDraft("新来的公司", contacts=(ContactDraft("孙莉"),)))
    office.customers.change(made, source="展会")
    office.customers.give_to((made,), office.staff.all()[0].id)
    return made


@pytest.fixture
def dialog(qtbot, picture, customer):
    """Open the history of the customer from its page."""
    picture.navigate("customer", customer_id=customer)
    assert picture.actions_.run("history")
    settle(qtbot)
    (found,) = [o for o in QApplication.topLevelWidgets() if o.objectName() == "change_history"]
    yield found
    found.close()


def settle(qtbot):
    qtbot.waitUntil(lambda: not board().jobs)


def shown(dialog):
    columns = range(dialog.model.columnCount())
    return [
        [dialog.model.index(at, c).data() for c in columns] for at in range(dialog.model.rowCount())
    ]


def row_of(dialog, word):
    return next(at for at, row in enumerate(shown(dialog)) if row[3] == word)


def test_values_are_told_in_words(dialog, picture):
    rows = {row[3]: row for row in shown(dialog)}
    assert "新来的公司" in dialog.windowTitle()
    assert rows["来源"][1:] == ["周敏", "客户", "来源", "—", "展会", "修改客户"]
    owners = [row[4:] for row in shown(dialog) if row[3] == "负责人"]
    assert owners[0] == ["周敏", picture.office.staff.all()[0].name, "改负责人"]
    assert dialog.table.hasFocus()


def test_enter_puts_the_value_back_and_ctrl_z_takes_that_back(qtbot, dialog, picture, customer):
    dialog.table.go_to(row_of(dialog, "来源"))
    qtbot.waitUntil(lambda: dialog.note.text() == "把“来源”恢复成：空")
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert picture.office.customers.card(customer).source == ""
    assert picture.toast_box._words.text() == "已恢复“来源”"
    qtbot.waitUntil(lambda: [row[3] for row in shown(dialog)].count("来源") == 2)
    assert dialog.isVisible()
    picture.undo()
    assert picture.office.customers.card(customer).source == "展会"


def test_what_is_no_value_cannot_be_put_back(qtbot, dialog):
    dialog.table.go_to(row_of(dialog, "新增"))
    qtbot.waitUntil(lambda: not dialog.restore.isEnabled())
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_refusal_is_shown(qtbot, dialog, picture, dialogs):
    from app.services.context import Actor

    dialog.table.go_to(row_of(dialog, "来源"))
    qtbot.waitUntil(dialog.restore.isEnabled)
    picture.office.context.act_as(Actor(1, "看客", "readonly"))
    timer = dialogs("error_dialog", lambda box: box.accept())
    dialog.restore_value()
    assert not timer.isActive()


def test_contacts_and_contracts_show_theirs(qtbot, picture, customer):
    office = picture.office
    person = office.customers.contacts(customer)[0]
    contact = change_history.show_contact(picture.view, person.id, person.name, picture)
    contract = office.deals.contracts().rows[0]
    deal = change_history.show_record(picture.view, "contract", contract.id, "合同", picture)
    settle(qtbot)
    assert [row[3] for row in shown(contact)] == ["新增"]
    assert "新增" in [row[3] for row in shown(deal)]
    contact.close()
    deal.close()


def test_it_speaks_english(qtbot, picture, customer):
    set_language("en")
    found = change_history.show_customer(picture.view, customer, picture)
    settle(qtbot)
    rows = {row[3]: row for row in shown(found)}
    assert rows["Source"][6] == "Change customer"
    found.close()
