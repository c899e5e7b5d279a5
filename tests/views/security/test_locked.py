"""The locked window in small places, and the watch over unused minutes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.models.values.unlocking import Secret
from app.views.core import theme as themes
from app.views.security.idle import Idle
from app.views.security.lock_page import LockPage, LockWords


@pytest.fixture
def page(qtbot, qapp):
    themes.install(qapp, "light")
    made = LockPage(
        LockWords("已锁定", "14:52 手动锁定", "周敏", "销售", "换人使用", ("草稿都在",), "老地方")
    )
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


def test_what_is_typed_is_told_once(qtbot, page):
    with qtbot.waitSignal(page.tried) as tried:
        qtbot.keyClicks(page.field, "secret words")
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert tried.args == [Secret("secret words")]
    assert page.unlock.text() == "正在解锁"
    assert not page.unlock.isEnabled()


def test_nothing_typed_tries_nothing(qtbot, page):
    with qtbot.assertNotEmitted(page.tried):
        qtbot.keyClick(page.field, Qt.Key.Key_Return)


def test_the_eye_shows_and_hides(page):
    eye = page.findChild(QWidget, "lock_passphrase_show")
    page.field.setText("secret")
    assert page.field.displayText() != "secret"
    eye.click()
    assert page.field.displayText() == "secret"
    page.refuse("密码不对")
    assert page.field.echoMode() == page.field.EchoMode.Password


def test_typing_again_takes_the_complaint_away(qtbot, page):
    page.refuse("密码不对")
    assert page.wrong_text() == "密码不对"
    qtbot.keyClicks(page.field, "x")
    assert page.wrong_text() == ""


def test_a_small_window_keeps_the_field_in_sight(page):
    page.resize(960, 420)
    top = page.field.mapTo(page, page.field.rect().topLeft())
    assert page.rect().contains(top)
    assert page.rect().contains(page.unlock.mapTo(page, page.unlock.rect().bottomRight()))


def test_another_person_is_shown(qtbot, page):
    with qtbot.waitSignal(page.other_wanted):
        page.findChild(QWidget, "lock_other").click()
    page.show_person("陈立", "销售主管")
    assert page._avatar.accessibleName() == "陈立"


class Now:
    """A clock that is moved by hand."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def watch(minutes):
    now, heard = Now(), []
    idle = Idle(clock=now)
    idle.warned.connect(lambda: heard.append("warned"))
    idle.elapsed.connect(lambda: heard.append("elapsed"))
    idle.start(minutes)
    return idle, now, heard


def test_it_warns_then_locks(qapp):
    idle, now, heard = watch(2)
    for _look in range(24):
        now.seconds += 5
        idle.look()
    assert heard == ["warned", "elapsed"]


def test_a_key_starts_the_minutes_anew(qtbot, page):
    idle, now, heard = watch(1)
    idle._watch(page.windowHandle())
    for _look in range(20):
        now.seconds += 5
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(page.windowHandle(), press)
        idle.look()
    assert heard == []


def test_a_computer_that_slept_is_locked(qapp):
    idle, now, heard = watch(60)
    now.seconds += 5
    idle.look()
    now.seconds += 600
    idle.look()
    assert heard == ["elapsed"]


def test_never_is_never(qapp):
    idle, _now, heard = watch(0)
    assert not idle._timer.isActive()
    assert heard == []
