"""数据与密码: change the passphrase, a new recovery code, remember, auto-lock."""

from __future__ import annotations

import keyring
import pytest
from PySide6.QtCore import Qt

from app import bootstrap
from app.models.store import keys
from app.models.store.envelope import read_envelope
from app.services.admin import OfficeDraft
from app.services.staff import StaffDraft
from app.views.admin.book_dialogs import PassphraseDialog, RecoveryDialog, RememberDialog
from tests.models.store.test_keyring_slot import Memory

OLD, NEW = "lanhai-7392x", "hongtu-8051y"


@pytest.fixture
def office(tmp_path):
    """Make an encrypted office."""
    draft = OfficeDraft("蓝海仪器", (StaffDraft("林建国", role="boss"),))
    made, _code = bootstrap.new_office(tmp_path / "a.gendan", draft, passphrase=OLD, hint="旧")
    yield made
    made.close()


def opens(office, passphrase):
    return keys.open_with_passphrase(read_envelope(office.folder), passphrase)


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_place_and_protection_are_told(settings, office):
    section = settings("book")
    assert section.place.text() == str(office.folder)
    assert section.state.accessibleName() == "已加密"
    assert section.minutes.value() == 10
    section.minutes.set_value(3)
    section.minutes.activated.emit(section.minutes.currentIndex())
    assert section.view.prefs.get("lock_minutes") == 3


def test_the_passphrase_is_changed_with_the_old_one(qtbot, settings, shell, office):
    dialog = shown(qtbot, PassphraseDialog(shell.view, shell))
    assert dialog.hint.text() == "旧"
    for field, text in ((dialog.present, "guessed-0000"), (dialog.new, NEW), (dialog.again, NEW)):
        qtbot.keyClicks(field, text)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.error.isVisible, timeout=20_000)
    assert opens(office, OLD)
    qtbot.keyClicks(dialog.present, OLD)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)
    assert opens(office, NEW)


def test_a_new_passphrase_is_typed_twice_and_long_enough(qtbot, shell, office):
    dialog = shown(qtbot, PassphraseDialog(shell.view, shell))
    qtbot.keyClicks(dialog.present, OLD)
    qtbot.keyClicks(dialog.new, "short")
    qtbot.keyClicks(dialog.again, "shord")
    dialog.start()
    told = [row.error.text() for row in dialog.form.rows if row.error.text()]
    assert len(told) == 2
    assert dialog.yes.isEnabled()


def test_a_new_recovery_code_must_be_kept(qtbot, shell, office):
    dialog = shown(qtbot, RecoveryDialog(shell.view, shell))
    qtbot.keyClicks(dialog.present, OLD)
    dialog.start()
    qtbot.waitUntil(lambda: dialog.card is not None, timeout=20_000)
    code = dialog.card.code
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.yes.isEnabled()
    dialog.card.kept.click()
    dialog.yes.click()
    assert not dialog.isVisible()
    envelope = read_envelope(office.folder)
    assert keys.open_with_recovery_code(envelope, code)


def test_the_code_is_saved_as_a_file(qtbot, shell, office, tmp_path):
    dialog = shown(qtbot, RecoveryDialog(shell.view, shell))
    qtbot.keyClicks(dialog.present, OLD)
    dialog.start()
    qtbot.waitUntil(lambda: dialog.card is not None, timeout=20_000)
    dialog.card.save_to(tmp_path / "code.txt")
    assert dialog.card.code in (tmp_path / "code.txt").read_text("utf-8")
    dialog.card.kept.click()


def test_a_computer_that_cannot_remember_says_so(qtbot, shell, office):
    dialog = shown(qtbot, RememberDialog(shell.view, shell))
    qtbot.keyClicks(dialog.present, OLD)
    dialog.start()
    qtbot.waitUntil(dialog.error.isVisible, timeout=20_000)
    assert not office.security.protection().remembered


def test_a_computer_remembers_and_forgets(qtbot, settings, shell, office):
    former = keyring.get_keyring()
    keyring.set_keyring(Memory())
    try:
        dialog = shown(qtbot, RememberDialog(shell.view, shell))
        qtbot.keyClicks(dialog.present, OLD)
        dialog.start()
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)
        section = settings("book")
        assert section.remember.text() == "忘掉"
        section.remember.click()
        assert section.remember.text() == "记住"
        assert not office.security.protection().remembered
    finally:
        keyring.set_keyring(former)
