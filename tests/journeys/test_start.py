"""Opening books: the unlock page, plain messages, the locked window, one program per person."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget

from app import bootstrap, paths
from app.errors import UserError
from app.models.store.lock import BookLock
from app.models.values.unlocking import Secret
from app.prefs import LAST_BOOK, Prefs
from app.views.core.runner import board
from app.views.core.start_message import MessagePage, ProgressPage
from app.views.security.lock_page import LockPage
from tests.architecture.tree import ROOT
from tests.models.store.test_keyring_slot import Memory

PASSPHRASE = "lanhai-7392x"


def lock_page(qtbot, session):
    qtbot.waitUntil(lambda: isinstance(session.cover.page, LockPage), timeout=20_000)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is session.shell)
    return session.cover.page


def message(qtbot, session):
    qtbot.waitUntil(lambda: isinstance(session.cover.page, MessagePage), timeout=20_000)
    return session.cover.page


def attached(qtbot, session):
    qtbot.waitUntil(lambda: session.office is not None, timeout=30_000)
    return session.office


def type_passphrase(qtbot, page, text):
    qtbot.keyClicks(page.field, text)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)


# -- unlocking -----------------------------------------------------------------------------------


def test_a_wrong_passphrase_then_the_right_one(qtbot, run, make_book):
    folder, _code = make_book()
    session = run(book=folder)
    page = lock_page(qtbot, session)
    assert "a" not in session.shell.windowTitle()
    qtbot.waitUntil(page.field.hasFocus)
    type_passphrase(qtbot, page, "lanhai-0000x")
    qtbot.waitUntil(lambda: page.wrong_text() == "密码不对", timeout=20_000)
    assert page.field.text() == ""
    assert page.field.hasFocus()
    type_passphrase(qtbot, page, PASSPHRASE)
    office = attached(qtbot, session)
    assert office.admin.settings().company == "蓝海仪器"
    assert session.cover.page is None
    assert session.shell.centralWidget().isVisible()
    assert Prefs().get(LAST_BOOK) == str(folder)


def test_the_wait_after_wrong_passphrases_grows(qtbot, run, make_book):
    folder, _code = make_book()
    session = run(book=folder)
    page = lock_page(qtbot, session)
    for _time in range(2):
        qtbot.waitUntil(page.unlock.isEnabled, timeout=20_000)
        before = page.wrong_text()
        type_passphrase(qtbot, page, "wrong")
        qtbot.waitUntil(lambda before=before: page.wrong_text() not in ("", before), timeout=20_000)
    assert page.wrong_text() == "密码不对，1 秒后再试"
    assert not page.unlock.isEnabled()
    assert page.field.isReadOnly()
    qtbot.waitUntil(page.unlock.isEnabled, timeout=5000)
    assert not page.field.isReadOnly()


def test_the_hint_is_shown_on_request(qtbot, run, make_book):
    folder, _code = make_book(hint="老地方 + 开业年份")
    page = lock_page(qtbot, run(book=folder))
    text = page.findChild(QWidget, "lock_hint_text")
    assert not text.isVisible()
    page.findChild(QWidget, "lock_hint").click()
    assert "老地方" in text.text()


def test_caps_lock_is_noticed(qtbot, run, make_book):
    folder, _code = make_book()
    page = lock_page(qtbot, run(book=folder))
    notice = page.findChild(QWidget, "lock_caps")
    qtbot.keyClick(page.field, "A")
    assert notice.isVisible()
    qtbot.keyClick(page.field, "a")
    assert not notice.isVisible()


def test_a_lost_passphrase(qtbot, run, make_book):
    folder, code = make_book()
    session = run(book=folder)
    page = lock_page(qtbot, session)
    page.findChild(QWidget, "lock_recover").click()
    form = page.findChild(QWidget, "recovery_form")
    qtbot.keyClicks(form.code, "AAAA" + code[4:])
    qtbot.keyClicks(form.new, "new passphrase")
    qtbot.keyClicks(form.again, "new passphrase")
    form.findChild(QWidget, "recovery_open").click()
    qtbot.waitUntil(lambda: form.refusal().startswith("恢复码不对"), timeout=20_000)
    form.code.setText(code.lower())
    form.findChild(QWidget, "recovery_open").click()
    office = attached(qtbot, session)
    office.security.verify("new passphrase")


def test_the_environment_opens_it_without_a_question(qtbot, run, make_book, monkeypatch):
    folder, _code = make_book()
    monkeypatch.setenv("GENDAN_PASSPHRASE", PASSPHRASE)
    session = run(book=folder, actor="周敏")
    assert attached(qtbot, session).context.actor.name == "周敏"


@pytest.fixture
def ring():
    """Put a working keyring in place of the one that fails."""
    former = keyring.get_keyring()
    made = Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(former)


def remembered(make_book):
    folder, _code = make_book()
    office = bootstrap.unlock_office(folder, Secret(PASSPHRASE))
    office.security.remember(PASSPHRASE)
    office.close()
    return folder


def test_a_remembered_book_opens_by_itself(qtbot, run, make_book, ring):
    session = run(book=remembered(make_book))
    assert attached(qtbot, session)
    assert session.cover.page is None


def test_a_keyring_that_lost_it_asks_for_the_passphrase(qtbot, run, make_book, ring):
    folder = remembered(make_book)
    ring.kept.clear()
    session = run(book=folder)
    type_passphrase(qtbot, lock_page(qtbot, session), PASSPHRASE)
    assert attached(qtbot, session)


# -- books that do not open ----------------------------------------------------------------------


def plain(make_book):
    return make_book(passphrase=None)[0]


def test_a_plain_book_opens_at_once(qtbot, run, make_book):
    session = run(book=plain(make_book))
    assert session.shell.isVisible()
    assert attached(qtbot, session).folder.name == "a.gendan"


def test_a_book_that_is_not_there(qtbot, run, tmp_path):
    session = run(book=tmp_path / "nothing.gendan")
    page = message(qtbot, session)
    assert page.sentence().startswith("这里没有数据")
    assert list(tmp_path.iterdir()) == []
    assert QApplication.focusWidget() is page.findChild(QWidget, "message_retry")


def test_a_book_in_use_and_then_free(qtbot, run, make_book):
    folder = plain(make_book)
    held = BookLock(folder)
    session = run(book=folder)
    page = message(qtbot, session)
    assert "使用" in page.sentence()
    held.release()
    page.findChild(QWidget, "message_retry").click()
    assert attached(qtbot, session)


@pytest.mark.parametrize("length", [0, 100, 4096, 8192])
def test_a_damaged_book_is_left_alone(qtbot, run, make_book, length):
    folder = plain(make_book)
    file = folder / paths.DATABASE_NAME
    cut = file.read_bytes()[:length]
    file.write_bytes(cut)
    page = message(qtbot, run(book=folder))
    assert page.sentence()
    assert file.read_bytes() == cut


def test_a_newer_book_is_left_alone(qtbot, run, make_book):
    from sqlcipher3 import dbapi2

    folder = plain(make_book)
    file = folder / paths.DATABASE_NAME
    driver = dbapi2.connect(str(file))
    driver.execute("PRAGMA user_version = 99")
    driver.close()
    before = file.read_bytes()
    page = message(qtbot, run(book=folder))
    assert "99" in page.sentence()
    assert page.findChild(QWidget, "message_retry") is None
    assert file.read_bytes() == before


def test_damaged_keys_are_told_apart(qtbot, run, make_book):
    folder, _code = make_book()
    (folder / "keys.json").write_text("{", "utf-8")
    page = message(qtbot, run(book=folder))
    assert "keys.json" in page.sentence()


def test_something_unexpected_is_told_on_the_page(qtbot, run, make_book):
    folder = plain(make_book)
    (folder / "book.lock").unlink()
    (folder / "book.lock").mkdir()
    page = message(qtbot, run(book=folder))
    assert page.sentence()


def test_the_sample_book_is_made_once(qtbot, run):
    session = run(demo=True)
    office = attached(qtbot, session)
    assert session.folder == paths.demo_book()
    assert len(office.customers.search("有限公司")) > 5
    assert Prefs().get(LAST_BOOK) is None
    made = (paths.demo_book() / "keys.json").stat().st_mtime_ns
    session.end()
    again = run(demo=True)
    attached(qtbot, again)
    assert (paths.demo_book() / "keys.json").stat().st_mtime_ns == made


def test_a_sample_book_that_is_stopped_leaves_nothing(qtbot, run):
    session = run(demo=True)
    qtbot.waitUntil(lambda: isinstance(session.cover.page, ProgressPage), timeout=20_000)
    session.cover.page.findChild(QWidget, "progress_stop").click()
    page = message(qtbot, session)
    assert "没有做完" in page.sentence()
    assert not paths.demo_book().exists()


def test_a_second_start_with_another_book_switches(qtbot, run, make_book):
    first, _code = make_book("a", passphrase=None)
    second, _code = make_book("b", passphrase=None)
    session = run(book=first)
    attached(qtbot, session)
    session.come_forward("show\n")
    assert session.folder == first
    session.come_forward(f"show\n{second}")
    qtbot.waitUntil(lambda: session.office and session.office.folder == second, timeout=20_000)
    BookLock(first).release()


def test_a_book_that_arrives_too_late_is_closed_again(qtbot, run, make_book):
    first, _code = make_book("a", passphrase=None)
    second, _code = make_book("b", passphrase=None)
    session = run(book=first)
    qtbot.waitUntil(lambda: session.opening.turn == 1, timeout=20_000)  # being opened
    session.come_forward(f"show\n{second}")
    qtbot.waitUntil(lambda: session.office and session.office.folder == second, timeout=20_000)
    board().reading.waitForDone()
    qtbot.wait(50)
    assert session.office.folder == second
    BookLock(first).release()


def test_a_bad_moment_is_refused(run):
    with pytest.raises(UserError) as told:
        run(now="gestern")
    assert told.value.code == "bad_instant"


# -- the locked window ---------------------------------------------------------------------------


class Note(QDialog):
    """A dialog with something typed."""

    def __init__(self, parent):
        super().__init__(parent)
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)


def test_locking_hides_everything_and_comes_back(qtbot, run, make_book):
    folder, _code = make_book()
    session = run(book=folder)
    page = lock_page(qtbot, session)
    type_passphrase(qtbot, page, PASSPHRASE)
    attached(qtbot, session)
    note = Note(session.shell)
    note.open()
    note.field.setText("宏图 王总 13800000000")
    qtbot.keyClick(
        session.shell, "L", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    session.locking.lock()
    page = lock_page(qtbot, session)
    assert not note.isVisible()
    assert not session.shell.centralWidget().isVisible()
    assert not session.shell.menuBar().isVisible()
    assert session.shell.windowTitle() == "跟单 — 已锁定"
    assert not session.shell.actions_.qaction("go_to").isEnabled()
    type_passphrase(qtbot, page, "wrong")
    qtbot.waitUntil(lambda: bool(page.wrong_text()), timeout=20_000)
    type_passphrase(qtbot, page, PASSPHRASE)
    qtbot.waitUntil(lambda: session.cover.page is None, timeout=20_000)
    assert note.isVisible()
    assert note.field.text() == "宏图 王总 13800000000"
    assert session.shell.actions_.qaction("go_to").isEnabled()
    note.reject()


def test_a_dialog_that_waits_survives_the_lock(qtbot, run, make_book):
    session = run(book=plain(make_book))
    attached(qtbot, session)
    note = Note(session.shell)
    seen = []

    def lock_and_unlock():
        session.locking.lock()
        seen.append(note.isVisible())
        session.cover.page.unlock.click()
        qtbot.waitUntil(lambda: session.cover.page is None, timeout=5000)
        seen.append(note.isVisible())
        note.accept()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, lock_and_unlock)
    assert note.exec() == QDialog.DialogCode.Accepted
    assert seen == [False, True]


def test_the_lock_key_works(qtbot, run, make_book):
    session = run(book=plain(make_book))
    attached(qtbot, session)
    session.shell.actions_.run("lock")
    page = lock_page(qtbot, session)
    assert not page.field.isVisible()
    qtbot.keyClick(page.unlock, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.cover.page is None, timeout=5000)


def test_minutes_without_use_lock(qtbot, run, make_book):
    session = run(book=plain(make_book))
    attached(qtbot, session)
    now = [1000.0]
    idle = session.locking.idle
    idle._clock = lambda: now[0]
    idle.start(1)
    for _step in range(6):
        now[0] += 5
        idle.look()
    assert session.shell.toast_box.isVisible()
    assert not session.locking.locked
    for _step in range(6):
        now[0] += 5
        idle.look()
    assert session.locking.locked


def test_another_person_unlocks(qtbot, run, make_book):
    session = run(book=plain(make_book))
    office = attached(qtbot, session)
    assert office.context.actor.name == "林建国"
    session.locking.lock()
    session.locking.choose("周敏", "销售")
    session.cover.page.unlock.click()
    qtbot.waitUntil(lambda: session.cover.page is None, timeout=5000)
    assert office.context.actor.name == "周敏"
    allowed = {spec.id for spec in session.shell.visible_specs() if spec.group}
    assert not allowed & {"kpi", "staff", "sequences"}
    assert Prefs().get("person") == "周敏"


# -- one program per person ----------------------------------------------------------------------

_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app import bootstrap
from app.__main__ import window_options
from app.views.core import start_session
from app.views.core.start import run_window

class Told(start_session.Session):
    def come_forward(self, message=""):
        super().come_forward(message)
        print("raised", flush=True)
        QTimer.singleShot(100, QApplication.quit)

    def attach(self, office):
        super().attach(office)
        print("open", office.folder.stem, flush=True)

start_session.Session = Told
sys.exit(run_window(window_options(sys.argv[1:]), bootstrap))
"""


def start_program(*words):
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *words],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_raises_the_first_window(make_book):
    folder = plain(make_book)
    first = start_program("--book", str(folder))
    try:
        assert first.stdout.readline() == "open a\n"
        second = start_program("--book", str(folder))
        assert second.communicate(timeout=60)[0] == ""
        assert second.returncode == 0
        assert first.stdout.readline() == "raised\n"
        assert first.wait(timeout=60) == 0
    finally:
        first.kill()
        first.communicate()


def test_a_killed_program_does_not_lock_the_next_one_out(make_book):
    folder = plain(make_book)
    first = start_program("--book", str(folder))
    assert first.stdout.readline() == "open a\n"
    first.kill()
    first.communicate()
    again = start_program("--book", str(folder))
    try:
        assert again.stdout.readline() == "open a\n"
    finally:
        again.kill()
        again.communicate()
    assert json.loads((paths.config_folder() / "prefs.json").read_text("utf-8"))[LAST_BOOK]
