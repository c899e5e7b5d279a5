"""A standard is changed, a customer enrolled, and its step done on Today, without the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app import bootstrap
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.services.customers.drafts import ChannelDraft, ContactDraft, CustomerDraft
from app.services.sequences.drafts import SequenceDraft
from app.views.customers.customer_acts import open_sequences
from app.views.followups.followup_form import FollowupForm
from app.views.sequences.editor import SequenceEditor
from app.views.sequences.talk_note import TalkNote

ZONE = dates.zone("Asia/Shanghai")
NOW = "2026-11-23T14:46:00+08:00"
CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def session(qtbot, run, make_book):
    """Start the program over a plain book with one customer and the shipped sequence."""
    folder, _code = make_book(passphrase=None)
    office = bootstrap.open_office(folder, clock=FixedClock(dates.parse_instant(NOW, ZONE)))
    person = ContactDraft("孙丽", channels=(ChannelDraft("mobile", "13805127746"),))
    office.customers.add(CustomerDraft("启明自动化", contacts=(person,)))
    template = office.sequences.templates()[0]
    office.sequences.add(SequenceDraft(template.name, template.version))
    office.close()
    started = run(book=folder, now=NOW)
    qtbot.waitUntil(lambda: started.office is not None, timeout=30_000)
    qtbot.waitUntil(lambda: started.shell.page() is not None, timeout=30_000)
    return started


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def dialog_open(shell):
    """Tell whether a dialog stands over the window."""
    return any(one.isVisible() for one in shell.findChildren(QDialog))


def page_of(qtbot, session, page_id):
    qtbot.waitUntil(lambda: page_id == session.shell.page().PAGE_ID, timeout=10_000)
    return session.shell.page()


def test_from_an_edited_standard_to_a_step_done_on_today(qtbot, session):
    shell, office = session.shell, session.office
    qtbot.keyClick(shell, Key.Key_7, CTRL)
    page = page_of(qtbot, session, "sequences")
    qtbot.waitUntil(lambda: page.status_left() != "", timeout=20_000)
    page.tools.edit.setFocus()
    press(Key.Key_Space)
    editor = page.findChild(SequenceEditor)
    qtbot.waitUntil(editor.list.hasFocus, timeout=5_000)
    press(Key.Key_Insert)
    qtbot.waitUntil(editor.step.title.hasFocus, timeout=5_000)
    QTest.keyClicks(QApplication.focusWidget(), "hello")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.current().current.number == 2, timeout=10_000)
    assert [one.name for one in page.current().current.steps][:2] == ["首次联系", "hello"]

    firm = office.customers.resolve("启明自动化")
    shell.navigate("customer", customer_id=firm)
    dialog = open_sequences(page_of(qtbot, session, "customer"))
    qtbot.waitUntil(dialog.choice.hasFocus, timeout=5_000)
    press(Key.Key_Return)
    assert office.sequences.of_customer(firm)[0].number == 2

    qtbot.waitUntil(lambda: not dialog_open(shell), timeout=5_000)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow, timeout=5_000)
    qtbot.keyClick(shell, Key.Key_1, CTRL)
    today = page_of(qtbot, session, "today")
    qtbot.waitUntil(lambda: today.list.current_step() is not None, timeout=10_000)
    assert today.list.current_step().item.what == "首次联系"
    qtbot.waitUntil(lambda: today.pane.findChild(TalkNote) is not None, timeout=10_000)
    assert "设备销售 · 第 1/8 步" in today.pane.findChild(TalkNote).accessibleName()
    today.list.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: bool(shell.findChildren(FollowupForm)), timeout=10_000)
    form = shell.findChildren(FollowupForm)[0]
    qtbot.waitUntil(form.happened.entry.hasFocus, timeout=5_000)
    QTest.keyClicks(QApplication.focusWidget(), "asked how they test now")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(
        lambda: (
            office.sequences.of_customer(firm)[0].steps[0].state in ("done", "open")
            and office.followups.count(firm) == 1
        ),
        timeout=10_000,
    )
    assert [one.what for one in office.followups.record(firm).open] == ["hello"]
