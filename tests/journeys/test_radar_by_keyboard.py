"""Find out about a customer by keys alone: paste what a register says, mark it, look it up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.services.customers.drafts import CustomerDraft
from tests.journeys.test_lists_by_keyboard import Keys

PASSPHRASE = "lanhai-7392x"
NOW = "2026-11-23T14:46:00+08:00"
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
BLOCK = (
    "启明自动化设备（无锡）有限公司 存续\n统一社会信用代码：913202146638271998\n"
    "法定代表人：何建平 注册资本：2500万人民币\n成立日期：2017-05-09\n"
    "地址：无锡市新吴区锡达路88号3幢\n一句闲话"
)


@pytest.fixture
def book(make_book):
    """Fill a book with one customer."""
    folder, _code = make_book(passphrase=PASSPHRASE)
    clock = FixedClock(dates.parse_instant(NOW, dates.zone("Asia/Shanghai")))
    office = bootstrap.open_office(folder, passphrase=lambda _envelope: PASSPHRASE, clock=clock)
    office.staff.act_as("周敏")
    office.customers.add(CustomerDraft("无锡启明自动化设备有限公司"))
    office.close()
    return folder


def test_a_register_page_becomes_facts_by_keys_alone(qtbot, run, book, dialogs):
    session = run(book=book, now=NOW, actor="周敏")
    qtbot.waitUntil(lambda: session.cover.page is not None, timeout=20_000)
    qtbot.waitUntil(session.cover.page.field.hasFocus, timeout=20_000)
    QTest.keyClicks(session.cover.page.field, PASSPHRASE)
    QTest.keyClick(session.cover.page.field, Key.Key_Return)
    qtbot.waitUntil(lambda: session.office is not None, timeout=30_000)
    customer = session.office.customers.resolve("无锡启明自动化设备有限公司")
    session.shell.navigate("customer", customer_id=customer)
    page = session.shell.page()
    qtbot.waitUntil(lambda: page.card is not None)
    session.shell.activateWindow()
    qtbot.waitUntil(session.shell.isActiveWindow)
    QGuiApplication.clipboard().setText(BLOCK)
    keys = Keys(session.shell)

    def paste(dialog):
        assert QTest.qWaitForWindowActive(dialog)
        inside = Keys(dialog)
        inside.press(Key.Key_V, CTRL)
        qtbot.waitUntil(lambda: len(dialog.rows) == 7 and dialog.rows[-1].take.isVisible())
        inside.tab_to("take_address")
        inside.press(Key.Key_Space)  # not this one
        inside.tab_to("paste_source")
        QTest.keyClicks(dialog.source.lineEdit(), "gs")
        dialog.source.setCurrentText("工商")
        inside.press(Key.Key_Return, CTRL)

    dialogs("paste_dialog", paste)
    keys.tab_to("radar_paste")
    keys.press(Key.Key_Space)
    radar = session.office.radar
    known = radar.dossier(customer)
    facts = {one.label: (one.value, one.source, one.mark) for one in known.items}
    assert facts["注册资本"] == ("2,500 万元", "工商", "verified")
    assert "地址" not in facts
    assert session.office.customers.card(customer).uscc == "913202146638271998"
    assert known.standing.score == 75
    assert known.missing == ("主营", "员工规模")
    # a mark by keys
    item = next(one for one in known.items if one.label == "法定代表人")
    name = f"mark_{item.id}"
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QWidget, name)))
    keys.tab_to(name)
    keys.press(Key.Key_Space)
    menu = QApplication.activePopupWidget()
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    marks = {one.label: one.mark for one in radar.items(customer)}
    assert marks["法定代表人"] == "unchecked"
    # the focus stays on the mark, and both acts go back
    qtbot.waitUntil(lambda: getattr(keys.window.focusWidget(), "item", item).mark == "unchecked")
    assert keys.window.focusWidget().item.label == "法定代表人"
    session.shell.activateWindow()
    qtbot.waitUntil(session.shell.isActiveWindow)
    keys.press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: {one.mark for one in radar.items(customer)} == {"verified"})
    keys.press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: radar.items(customer) == [])
