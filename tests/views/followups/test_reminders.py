"""Reminders in the real window: the bar, its keys, what was missed, a locked window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.models.values import dates
from app.models.values.nextstep import Bucket, Window
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import NextStepDraft
from app.views.followups.followup_form import FollowupForm
from app.views.followups.reminder_desk import ReminderDesk

MINUTE = 60_000
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def steps(office, clock):
    """Plan two appointments a quarter of an hour ahead."""
    made = []
    other = [one.step_id for group in office.followups.agenda().groups for one in group.items]
    office.followups.snooze(other, dates.NEVER_AT)
    for name in ("新丰轴承", "远大电机"):
        customer_id = office.customers.add(CustomerDraft(name))
        at = clock.instant + 15 * MINUTE
        window = Window(at, at + 60 * MINUTE, has_clock=True)
        draft = NextStepDraft(Bucket.later_today, "keep_in_touch", "回电话", window=window)
        made.append(office.followups.schedule(customer_id, draft).next_step_id)
    return made


@pytest.fixture
def desk(qtbot, window, office, steps):
    made = ReminderDesk(window, office)
    yield made
    made.end()


def look(qtbot, desk, count):
    desk.look()
    qtbot.waitUntil(lambda: len(desk.calls) == count)


def test_what_calls_is_shown_once_its_time_comes(qtbot, window, office, clock, desk, steps):
    look(qtbot, desk, 0)
    assert not desk.bar.isVisible()
    clock.instant += 5 * MINUTE
    look(qtbot, desk, 2)
    assert desk.bar.words.text() == "2 件到时间了：新丰轴承、远大电机"
    desk.bar.drop.click()
    qtbot.waitUntil(lambda: not desk.bar.isVisible())


def test_one_call_is_done_by_one_key(qtbot, window, office, clock, desk, steps):
    office.followups.cancel(steps[1], "不用了")
    clock.instant += 5 * MINUTE
    look(qtbot, desk, 1)
    assert desk.bar.words.text().endswith("新丰轴承 · 保持联络 回电话")
    QTest.keyClick(window.page().list, Qt.Key.Key_G, CTRL | SHIFT)
    qtbot.waitUntil(lambda: bool(window.findChildren(FollowupForm)))
    form = window.findChildren(FollowupForm)[0]
    assert form.line.step_id() == steps[0]
    form.reject()


def test_a_call_is_put_off_by_a_key_and_comes_again(qtbot, window, clock, desk, steps):
    clock.instant += 5 * MINUTE
    look(qtbot, desk, 2)
    QTest.keyClick(window.page().list, Qt.Key.Key_D, CTRL | SHIFT)
    qtbot.waitUntil(lambda: not desk.bar.isVisible())
    clock.instant += 10 * MINUTE
    look(qtbot, desk, 2)
    assert desk.bar.isVisible()


def test_what_was_missed_while_closed_is_told_as_such(qtbot, window, office, clock, steps):
    clock.instant += 60 * MINUTE
    desk = ReminderDesk(window, office)
    look(qtbot, desk, 2)
    assert desk.bar.words.text() == "软件关着时错过 2 件：新丰轴承、远大电机"
    desk.end()


def test_a_locked_window_tells_counts_only(qtbot, window, clock, desk, steps):
    page = QWidget(window)
    page.setObjectName("lock_page")
    page.show()
    clock.instant += 5 * MINUTE
    look(qtbot, desk, 2)
    assert desk.words() == "2 件事到时间了"
    page.hide()


def test_the_bar_comes_back_after_the_window_is_built_anew(qtbot, window, clock, desk, steps):
    clock.instant += 5 * MINUTE
    look(qtbot, desk, 2)
    window.rebuild()
    qtbot.waitUntil(desk.bar.isVisible)


def test_the_desk_ends_with_its_book(qtbot, window, office, clock, steps):
    desk = ReminderDesk(window, office)
    desk.begin()
    window.detach()
    desk.look()
    qtbot.waitUntil(lambda: window.findChild(ReminderDesk) is None)
