"""一行快记 in the real window: chips, corrections, drafts, the broken chain, the form."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.customers.drafts import CustomerDraft
from app.views.followups.followup_form import FollowupForm
from app.views.followups.quick_line import QuickLineDialog, write_line

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_line(qtbot, window):
    """Return a function that opens 一行快记 for a customer or for nobody."""

    def opened(name=""):
        hits = window.office.customers.search(name) if name else []
        dialog = write_line(window.view, hits[0].id if hits else None)
        qtbot.waitUntil(dialog.field.hasFocus)
        return dialog

    return opened


def gone(window):
    return not [one for one in window.findChildren(QuickLineDialog) if one.isVisible()]


def test_the_parts_of_a_line_are_shown_and_saved(qtbot, window, office, open_line):
    dialog = open_line()
    dialog.field.setText("启明 微信 孙丽同意看样机 大单46万 月底签 /下周 打击竞品 带视频")
    assert dialog.chips.words() == {
        "customer": "启明自动化设备",
        "contact": "孙丽",
        "channel": "微信",
        "step": "完成：挖掘机会 今天 15:00",
        "grade": "大单",
        "amount": "预计金额：¥46万",
        "expected": "预计签约：11-30",
        "time": "下步：下周（11-30 ~ 12-06）",
        "plan": "打击竞品",
        "what": "做什么：带视频",
    }
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: gone(window))
    customer_id = office.customers.search("启明")[0].id
    first = next(one for one in office.followups.timeline(customer_id) if one.kind == "followup")
    assert first.content == "孙丽同意看样机 大单46万 月底签 /下周 打击竞品 带视频"
    assert first.channel == "wechat"
    card = office.customers.card(customer_id)
    assert (card.expected_fen, card.grade) == (46_000_000, "big")
    step = next(one for one in office.followups.record(customer_id).open if one.what == "带视频")
    assert (step.bucket, step.plan_kind, step.what) == ("next_week", "counter_rival", "带视频")
    assert office.followups.record(customer_id).done_count == 1


def test_chips_are_corrected_by_keys(qtbot, window, office, open_line):
    dialog = open_line("启明")
    dialog.field.setText("电话 大单46万 谈了 /下周 送样")
    QTest.keyClick(dialog, Qt.Key.Key_2, CTRL)
    menu = dialog.chips.chip("channel").menu()
    qtbot.waitUntil(menu.isVisible)
    next(one for one in menu.actions() if one.text() == "拜访").trigger()
    menu.close()
    assert dialog.chips.words()["channel"] == "拜访"
    dialog.chips.refused.emit("amount")
    assert "amount" not in dialog.chips.words()
    dialog.chips.chosen.emit("time", "tonight")
    dialog.chips.chosen.emit("step", False)
    dialog.save()
    qtbot.waitUntil(lambda: gone(window))
    customer_id = office.customers.search("启明")[0].id
    first = next(one for one in office.followups.timeline(customer_id) if one.kind == "followup")
    assert (first.channel, first.content) == ("visit", "大单46万 谈了 /下周 送样")
    assert len(office.followups.record(customer_id).open) == 3
    assert "tonight" in [one.bucket for one in office.followups.record(customer_id).open]


def test_a_line_without_a_customer_asks_and_stays(qtbot, window, open_line):
    dialog = open_line()
    dialog.field.setText("查无此家 谈了 /明天")
    assert dialog.chips.words()["customer"] == "哪家客户？写在开头"
    dialog.save()
    assert dialog.problem.text() == "开头写上哪家客户，例如 启明"
    dialog.field.setText("启明")
    dialog.save()
    assert dialog.problem.text() == "写一句发生了什么再存"


def test_a_broken_chain_is_asked_about_once(qtbot, window, office, open_line):
    customer_id = office.customers.add(CustomerDraft("新丰轴承"))
    dialog = open_line("新丰轴承")
    dialog.field.setText("谈了价格")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.chain.isVisible()
    qtbot.waitUntil(lambda: dialog.chain.isAncestorOf(QApplication.focusWidget()))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_6)
    qtbot.waitUntil(lambda: gone(window))
    assert [one.bucket for one in office.followups.record(customer_id).open] == ["next_month"]


def test_escape_keeps_the_line(qtbot, window, open_line):
    dialog = open_line("启明")
    dialog.field.setText("写到一半")
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: gone(window))
    assert open_line("启明").field.text() == "写到一半"
    assert open_line().field.text() == ""


def test_the_form_goes_on_with_the_line(qtbot, window, open_line):
    dialog = open_line()
    dialog.field.setText("启明 微信 孙丽同意看样机 小单 月底签 /下周 打击竞品 带视频")
    QTest.keyClick(dialog, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: bool(window.findChildren(FollowupForm)))
    form = window.findChildren(FollowupForm)[0]
    assert form.happened.state()["channel"] == "wechat"
    assert form.happened.entry.text() == "孙丽同意看样机 小单 月底签 /下周 打击竞品 带视频"
    assert form.value.grade.value() == "small"
    assert form.next.draft().plan_kind == "counter_rival"
    assert gone(window)
    form.reject()
