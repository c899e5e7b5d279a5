"""From pinyin initials to a signed customer, and back, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.models.values.nextstep import Bucket
from app.services.customers.drafts import ChannelDraft, ContactDraft, CustomerDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft

PASSPHRASE = "lanhai-7392x"
ZONE = dates.zone("Asia/Shanghai")
NOW = "2026-11-23T14:46:00+08:00"
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def book(make_book):
    """Fill an encrypted book with three customers."""
    folder, _code = make_book(passphrase=PASSPHRASE)
    clock = FixedClock(dates.parse_instant(NOW, ZONE))
    office = bootstrap.open_office(folder, passphrase=lambda _envelope: PASSPHRASE, clock=clock)
    office.staff.act_as("周敏")
    for name, contact in (("启明自动化", "孙丽"), ("青禾食品", "李国伟"), ("百川阀门", "郑海燕")):
        person = ContactDraft(contact, channels=(ChannelDraft("mobile", "13805127746"),))
        customer_id = office.customers.add(CustomerDraft(name, contacts=(person,)))
        office.followups.save(FollowupDraft(customer_id, content="第一次电话"))
        office.followups.schedule(customer_id, NextStepDraft(Bucket.tomorrow, "nurture_need"))
    office.close()
    return folder


@pytest.fixture
def session(qtbot, run, book):
    """Start the program, unlock it, and wait for Today."""
    started = run(book=book, now=NOW, actor="周敏")
    qtbot.waitUntil(lambda: started.cover.page is not None, timeout=20_000)
    qtbot.waitUntil(started.cover.page.field.hasFocus, timeout=20_000)
    press(PASSPHRASE)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: started.office is not None, timeout=30_000)
    qtbot.waitUntil(started.shell.page().list.hasFocus)
    return started


def press(keys, modifier=Qt.KeyboardModifier.NoModifier):
    """Press keys where the focus is, nowhere else."""
    target = QApplication.focusWidget() or QApplication.activePopupWidget()
    if not isinstance(keys, str):
        QTest.keyClick(target, keys, modifier)
        return
    for letter in keys:
        QTest.keyClick(QApplication.focusWidget(), letter)


def in_dialog(qtbot, name, act):
    """Do something in a modal dialog once it is active, from inside its own loop."""
    from PySide6.QtCore import QTimer

    timer = QTimer()

    def look():
        found = QApplication.activeModalWidget()
        if found is None or found.objectName() != name or not found.isActiveWindow():
            return
        timer.stop()
        try:
            act(found)
        except BaseException:
            found.reject()  # else its loop would never end
            raise

    timer.timeout.connect(look)
    timer.start(5)
    return timer


def test_from_initials_to_a_signed_customer_and_back(qtbot, session):
    shell, office = session.shell, session.office
    press(Key.Key_2, CTRL)
    page = shell.page()
    assert page.PAGE_ID == "customers"
    qtbot.waitUntil(lambda: page.rows.answer is not None and page.rows.answer.total == 3)
    page.focus_first()

    # letters in the list search by pinyin initials; Enter goes on to the rows, Enter opens
    press("qm")
    qtbot.waitUntil(lambda: page.rows.answer.state.text == "qm")
    assert page.rows.answer.total == 1
    press(Key.Key_Return)
    assert page.table.hasFocus()
    press(Key.Key_Return)
    customer = shell.page()
    assert customer.PAGE_ID == "customer"
    qtbot.waitUntil(lambda: customer.card is not None)
    assert customer.card.name == "启明自动化"
    assert customer.head.place.text() == "第 1 / 1 家"

    # V, two digits, Enter: the value is set
    press(Key.Key_V)
    for key in (Key.Key_1, Key.Key_4, Key.Key_Return):
        press(key)
    qtbot.waitUntil(lambda: customer.card.grade == "big")
    assert customer.card.quality == "valuable"

    # a contract and a payment, each in its dialog
    def sign(form):
        assert QApplication.focusWidget() is form.amount
        press("46w")
        press(Key.Key_Return, CTRL)

    waiting = in_dialog(qtbot, "contract_form", sign)
    shell.actions_.run("sign")
    assert not waiting.isActive()
    qtbot.waitUntil(lambda: customer.card.life == "signed")
    assert office.deals.contracts(customer.customer_id).rows[0].amount_fen == 46_000_000
    assert customer.card.stage_position == 5

    def pay(form):
        assert form.amount.value() == 46_000_000
        form.amount.selectAll()
        press("13.8w")
        press(Key.Key_Return, CTRL)

    waiting = in_dialog(qtbot, "payment_form", pay)
    shell.actions_.run("payment")
    assert not waiting.isActive()
    qtbot.waitUntil(lambda: customer.card.received_fen == 13_800_000)
    assert customer.tools.deals.subtitle.text() == "已签 ¥46.00万 · 已回 ¥13.80万 · 未回 ¥32.20万"

    # undo takes the payment back, then the contract; the life cycle follows
    shell.undo()
    qtbot.waitUntil(lambda: customer.card.received_fen == 0)
    shell.undo()
    qtbot.waitUntil(lambda: customer.card.life == "prospect")
    assert office.deals.contracts(customer.customer_id).total == 0
    assert customer.card.quality == "valuable"
    shell.undo()
    qtbot.waitUntil(lambda: customer.card.quality == "")
    shell.redo()
    qtbot.waitUntil(lambda: customer.card.quality == "valuable")

    # back to the list, which is as it was left
    shell.go_back()
    assert shell.page() is page
    assert page.state.text == "qm"
    qtbot.waitUntil(lambda: page.rows.answer.first.rows[0].customer.quality == "valuable")
    assert page.table.current_object().customer.name == "启明自动化"


def test_a_new_customer_is_made_without_the_mouse(qtbot, session):
    shell = session.shell
    press(Key.Key_2, CTRL)
    page = shell.page()
    qtbot.waitUntil(lambda: page.rows.answer is not None)

    def fill(form):
        assert QApplication.focusWidget() is form.fields.name
        press("Acme Tools")
        for _field in range(3):
            press(Key.Key_Tab)
        assert QApplication.focusWidget() is form.fields.contact
        press("Wang")
        for _field in range(3):
            press(Key.Key_Tab)
        assert QApplication.focusWidget() is form.fields.channels.first()
        press("18912345678")
        press(Key.Key_Return, CTRL)

    waiting = in_dialog(qtbot, "customer_form", fill)
    shell.actions_.run("new")
    assert not waiting.isActive()
    customer = shell.page()
    qtbot.waitUntil(lambda: customer.PAGE_ID == "customer" and customer.card is not None)
    assert customer.card.name == "Acme Tools"
    assert customer.card.contacts[0].phone() == "18912345678"
    shell.undo()
    qtbot.waitUntil(lambda: customer.stack.currentWidget() is customer.gone)


def test_deals_are_found_and_paid_by_keyboard(qtbot, session):
    shell, office = session.shell, session.office
    customer_id = office.customers.resolve("青禾食品")
    from datetime import date

    from app.services.deals import ContractDraft

    office.deals.add_contract(ContractDraft(customer_id, date(2026, 11, 2), 8_800_000))
    press(Key.Key_3, CTRL)
    page = shell.page()
    assert page.PAGE_ID == "deals"
    qtbot.waitUntil(lambda: page.contracts.totals.count == 1)
    qtbot.waitUntil(page.contracts.table.hasFocus)

    def pay(form):
        assert form.amount.value() == 8_800_000
        press(Key.Key_Return, CTRL)

    waiting = in_dialog(qtbot, "payment_form", pay)
    shell.actions_.run("payment")
    assert not waiting.isActive()
    qtbot.waitUntil(lambda: page.contracts.totals.outstanding_fen == 0)
    assert page.contracts.sums.accessibleName() == "已签 ¥8.80万，已回 ¥8.80万，未回 ¥0"
    shell.undo()
    qtbot.waitUntil(lambda: page.contracts.totals.outstanding_fen == 8_800_000)
