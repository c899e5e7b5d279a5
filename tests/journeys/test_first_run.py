"""From the first start to an encrypted book with Today, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app import bootstrap, paths
from app.models.store import keys
from app.models.store.envelope import read_envelope
from app.prefs import LAST_BOOK, Prefs, StartOptions
from app.views.core import pages
from app.views.core.start_session import Session

PASSPHRASE = "lanhai-7392x"


@pytest.fixture
def session(qtbot, qapp):
    prefs = Prefs()
    made = Session(qapp, prefs, StartOptions(language="zh"), bootstrap)
    yield made
    made.shell.close()
    made.end()
    made.shell.deleteLater()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def begin(qtbot, session):
    session.begin()
    wizard = session.making.wizard
    qtbot.waitUntil(lambda: QApplication.activeWindow() is wizard)
    return wizard


def press(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(focused(), key)


def write(text):
    """Type with an input method, as Chinese is typed."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def wait_for_focus(qtbot, window, name):
    def there():
        assert focused().objectName() == name, (focused(), window.step)

    qtbot.waitUntil(there, timeout=5000)


def test_a_new_office_by_keyboard(qtbot, session):
    wizard = begin(qtbot, session)
    qtbot.waitUntil(lambda: bool(wizard.answers.templates), timeout=20_000)

    # 欢迎, then 语言与外观
    assert wizard.step.TITLE == "欢迎"
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.step.TITLE == "语言与外观"
    wait_for_focus(qtbot, wizard, "first_run_language")
    press(qtbot, Qt.Key.Key_Return)
    assert focused().objectName() == "first_run_mode"
    wizard.next.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Return)

    # 公司与人员: Enter goes from cell to cell
    wait_for_focus(qtbot, wizard, "company")
    write("苏南自动化")
    press(qtbot, Qt.Key.Key_Return)
    assert focused().objectName() == "person_name_1"
    write("林建国")
    wizard.go_on()

    # 加密与密码: no way on before the recovery code is kept
    wait_for_focus(qtbot, wizard, "passphrase")
    qtbot.keyClicks(focused(), PASSPHRASE)
    press(qtbot, Qt.Key.Key_Return)
    assert focused().objectName() == "passphrase_again"
    qtbot.keyClicks(focused(), PASSPHRASE)
    wizard.go_on()
    assert wizard.step.TITLE == "加密与密码"
    assert not wizard.next.isEnabled()
    code = wizard.answers.recovery_code
    kept = wizard.findChild(QWidget, "recovery_kept")
    kept.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Space, Qt.Key.Key_Return)

    # 行业模板, 导入或示例, 完成
    wait_for_focus(qtbot, wizard, "template_list")
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step.TITLE == "导入或示例")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step.TITLE == "完成")
    with qtbot.waitSignal(session.shell.attached, timeout=60_000):
        press(qtbot, Qt.Key.Key_Return)

    assert not wizard.isVisible()
    assert session.shell.isVisible()
    assert session.folder == paths.default_book()
    office = session.office
    assert office.context.actor.name == "林建国"
    assert office.admin.settings().company == "苏南自动化"
    assert office.admin.settings().template == "software"
    envelope = read_envelope(session.folder)
    assert keys.open_with_passphrase(envelope, PASSPHRASE)
    assert keys.open_with_recovery_code(envelope, code)
    assert Prefs().get(LAST_BOOK) == str(paths.default_book())
    if pages.spec_of("today") is not None:
        assert session.shell.page().PAGE_ID == "today"


def test_what_was_typed_is_there_the_next_time(qtbot, session):
    wizard = begin(qtbot, session)
    wizard.go_on()
    wizard.go_on()
    wait_for_focus(qtbot, wizard, "company")
    write("蓝海仪器")
    press(qtbot, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert not paths.default_book().exists()

    session.making.begin()
    again = session.making.wizard
    qtbot.waitExposed(again)
    assert again.answers.company == "蓝海仪器"
    assert PASSPHRASE not in (paths.config_folder() / "prefs.json").read_text("utf-8")


def test_everything_can_be_skipped(qtbot, session):
    wizard = begin(qtbot, session)
    qtbot.waitUntil(lambda: bool(wizard.answers.templates), timeout=20_000)
    wizard.go_on()
    for title in ("语言与外观", "公司与人员", "加密与密码", "行业模板", "导入或示例"):
        assert title == wizard.step.TITLE
        assert wizard.later.isVisible()
        wizard.later.click()
    assert wizard.step.TITLE == "完成"
    with qtbot.waitSignal(session.shell.attached, timeout=60_000):
        wizard.next.click()
    assert not session.office.security.protection().encrypted
    assert session.office.context.actor.role == "boss"
    assert session.office.features.fields() == []


def test_a_place_that_is_taken_is_told_on_the_page(qtbot, session, own_places):
    wizard = begin(qtbot, session)
    qtbot.waitUntil(lambda: bool(wizard.answers.templates), timeout=20_000)
    wizard.go_on()
    while wizard.step.CAN_SKIP:
        wizard.later.click()
    wizard.answers.folder.mkdir(parents=True)
    wizard.next.click()
    qtbot.waitUntil(wizard.step.error.isVisible, timeout=20_000)
    assert wizard.next.isEnabled()
    wizard.step.set_place(own_places)
    with qtbot.waitSignal(session.shell.attached, timeout=60_000):
        wizard.next.click()
    assert session.folder.parent == own_places


def test_names_must_differ_and_one_manages(qtbot, session):
    wizard = begin(qtbot, session)
    wizard.go_on()
    wizard.go_on()
    step = wizard.step
    wizard.go_on()
    assert "姓名" in step.problem_text()
    names = wizard.findChildren(QLineEdit, "person_name_1")
    names[0].setText("周敏")
    step.table.add_empty()
    wait_for_focus(qtbot, wizard, "person_name_2")
    write("周敏")
    wizard.go_on()
    assert wizard.step is step
    assert step.problem_text() == "周敏 出现了两次，加个字区分"
