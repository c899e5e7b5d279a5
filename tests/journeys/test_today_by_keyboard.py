"""From the locked window to the next customer, without touching the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.models.values.nextstep import Bucket, Group
from app.services.customers.drafts import ChannelDraft, ContactDraft, CustomerDraft
from app.services.followups.drafts import NextStepDraft
from app.views.followups.followup_form import FollowupForm
from app.views.followups.postpone_popup import PostponePopup
from app.views.followups.quick_line import QuickLineDialog

PASSPHRASE = "lanhai-7392x"
ZONE = dates.zone("Asia/Shanghai")
NOW = "2026-11-23T14:46:00+08:00"
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def book(make_book):
    """Fill an encrypted book with three customers that are due."""
    folder, _code = make_book(passphrase=PASSPHRASE)
    clock = FixedClock(dates.parse_instant(NOW, ZONE))
    office = bootstrap.open_office(folder, passphrase=lambda _envelope: PASSPHRASE, clock=clock)
    office.staff.act_as("周敏")
    for name, contact in (("启明自动化", "孙丽"), ("青禾食品", "李国伟"), ("百川阀门", "郑海燕")):
        person = ContactDraft(contact, channels=(ChannelDraft("mobile", "13805127746"),))
        customer_id = office.customers.add(CustomerDraft(name, contacts=(person,)))
        office.followups.schedule(
            customer_id, NextStepDraft(Bucket.later_today, "find_opportunity", "约看样机")
        )
    office.close()
    return folder


@pytest.fixture
def session(qtbot, run, book):
    """Start the program, unlock by typing, and wait for Today."""
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
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    if QApplication.activePopupWidget() is not None:
        target = QApplication.focusWidget() or target
    if isinstance(keys, str):
        QTest.keyClicks(target, keys)
    else:
        QTest.keyClick(target, keys, modifier)


def compose(text):
    """Type with an input method: first the letters in the making, then the text."""
    target = QApplication.focusWidget()
    QApplication.sendEvent(target, QInputMethodEvent("pin yin", []))
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def form_of(qtbot, session):
    def shown():
        forms = session.shell.findChildren(FollowupForm)
        return [one for one in forms if one.isVisible() and one.isActiveWindow()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def agenda(session):
    return {
        group.group: [(one.customer, one.plan_kind, one.what) for one in group.items]
        for group in session.office.followups.agenda().groups
        if group.items
    }


def test_a_followup_with_its_next_step_from_today_by_keyboard_alone(qtbot, session):
    page = session.shell.page()
    assert page.list.current_step().item.customer == "启明自动化"

    press(Key.Key_Space)
    form = form_of(qtbot, session)
    assert QApplication.focusWidget() is form.happened.entry
    compose("工艺部同意来看样机，何总也参加。")
    press("/xz")
    press(Key.Key_Return)
    press("/djjp")
    press(Key.Key_Tab)
    compose("带节拍实测视频")
    press(Key.Key_Return, CTRL)

    qtbot.waitUntil(lambda: not session.shell.findChildren(FollowupForm))
    qtbot.waitUntil(page.list.hasFocus)
    assert agenda(session) == {
        Group.later_today: [
            ("青禾食品", "find_opportunity", "约看样机"),
            ("百川阀门", "find_opportunity", "约看样机"),
        ],
        Group.next_week: [("启明自动化", "counter_rival", "带节拍实测视频")],
    }
    customer_id = session.office.customers.search("启明自动化")[0].id
    written = [one.content for one in session.office.followups.timeline(customer_id)]
    assert "工艺部同意来看样机，何总也参加。/下周 /打击竞品 带节拍实测视频" in written
    assert session.office.followups.record(customer_id).done_count == 1

    # the selection is on the next row, ready for the next key
    qtbot.waitUntil(lambda: page.list.current_step().item.customer == "青禾食品")
    press(Key.Key_S)
    popup = next(one for one in page.findChildren(PostponePopup) if one.isVisible())
    qtbot.waitUntil(lambda: popup.isAncestorOf(QApplication.focusWidget()))
    press("3")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: Group.tomorrow in agenda(session))
    assert agenda(session)[Group.tomorrow] == [("青禾食品", "find_opportunity", "约看样机")]

    # and back again
    qtbot.waitUntil(page.list.hasFocus)
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: Group.tomorrow not in agenda(session))
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: Group.next_week not in agenda(session))
    assert [one[0] for one in agenda(session)[Group.later_today]] == [
        "启明自动化", "青禾食品", "百川阀门",
    ]  # fmt: skip


def test_writing_for_anybody_with_ctrl_j_and_a_broken_chain(qtbot, session):
    page = session.shell.page()
    press(Key.Key_J, CTRL)
    line_of(qtbot, session)
    press(Key.Key_J, CTRL)
    form = form_of(qtbot, session)
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: not form_open(session))
    qtbot.waitUntil(page.list.hasFocus)

    press(Key.Key_J, CTRL | Qt.KeyboardModifier.ShiftModifier)
    form = form_of(qtbot, session)
    compose("来看过了，不太满意")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(form.chain.isVisible)
    press("6")
    qtbot.waitUntil(lambda: not form_open(session))
    assert agenda(session)[Group.next_month] == [("启明自动化", "", "")]


def form_open(session):
    return [one for one in session.shell.findChildren(FollowupForm) if one.isVisible()]


def line_of(qtbot, session):
    def shown():
        found = session.shell.findChildren(QuickLineDialog)
        return [one for one in found if one.isVisible() and one.field.hasFocus()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


class Keys:
    """Press keys and count them; text by the input method is counted apart."""

    def __init__(self):
        self.count = 0

    def press(self, keys, modifier=Qt.KeyboardModifier.NoModifier):
        self.count += len(keys) if isinstance(keys, str) else 1
        self.count += modifier != Qt.KeyboardModifier.NoModifier
        press(keys, modifier)


def test_an_entry_takes_at_most_40_keys_beside_its_text(qtbot, session):
    """The 15-second entry, from another screen: one line, and all its parts are kept."""
    keys = Keys()
    keys.press(Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: session.shell.page().PAGE_ID == "customers")
    keys.press(Key.Key_J, CTRL)
    dialog = line_of(qtbot, session)
    compose("启明 微信 孙丽同意看样机 大单46万 月底签 ")
    keys.press("/")
    compose("下周 打击竞品 带视频")
    assert dialog.chips.words()["amount"] == "预计金额：¥46万"
    # one correction: it was a visit
    keys.press(Key.Key_3, CTRL)
    menu = dialog.chips.chip("channel").menu()
    qtbot.waitUntil(menu.isVisible)
    for _down in range(6):
        keys.count += 1
        QTest.keyClick(menu, Key.Key_Down)
    keys.count += 1
    QTest.keyClick(menu, Key.Key_Return)
    qtbot.waitUntil(dialog.field.hasFocus)
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: not session.shell.findChildren(QuickLineDialog))
    assert keys.count <= 40

    customer_id = session.office.customers.search("启明")[0].id
    first = session.office.followups.timeline(customer_id)[0:9]
    written = next(one for one in first if one.kind == "followup")
    assert written.channel == "visit"
    assert written.content == "孙丽同意看样机 大单46万 月底签 /下周 打击竞品 带视频"
    card = session.office.customers.card(customer_id)
    assert (card.grade, card.expected_fen, str(card.expected_to)) == (
        "big", 46_000_000, "2026-11-30",
    )  # fmt: skip
    opened = [(one.bucket, one.plan_kind, one.what)
              for one in session.office.followups.record(customer_id).open]  # fmt: skip
    assert opened == [("next_week", "counter_rival", "带视频")]


def test_the_next_step_alone_with_ctrl_t(qtbot, session):
    page = session.shell.page()
    press(Key.Key_Down)
    press(Key.Key_T, CTRL)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    press("4")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    customer_id = page.list.current_step().item.customer_id
    assert [one.bucket for one in session.office.followups.record(customer_id).open] == [
        "later_today", "this_week",
    ]  # fmt: skip
