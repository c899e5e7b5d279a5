"""Dialogs of the keys: change the passphrase, a new recovery code, remember here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.i18n import _
from app.views.admin.fields import text_field
from app.views.admin.recovery_card import RecoveryCard
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.forms import Form
from app.views.core.runner import run_job
from app.views.security.password_field import PasswordField
from app.views.security.strength_meter import StrengthMeter, length_problem, repeat_problem
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

if TYPE_CHECKING:
    from app.services.jobs import Progress
    from app.views.core.page import ViewContext

_FIELD = 280


class KeyDialog(QDialog):
    """Ask for the present passphrase, then do one thing with the keys in a job.

    A subclass adds fields in ``build``, says what to do in ``work`` and goes on in ``done``.
    """

    def __init__(self, view: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.view = view
        self.setObjectName("key_dialog")
        self.setMinimumWidth(theme.px(480))
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(12))
        self.rows.setSpacing(theme.px(12))
        self.error = ErrorBar()
        self.rows.addWidget(self.error)
        self.form = Form(label_width=88)
        self.present = PasswordField(_("现在的密码"), name="key_present")
        self.present.setFixedWidth(theme.px(_FIELD))
        self.form.add(_("现在的密码"), self.present, check=self._present_problem)
        self.box = QDialogButtonBox()
        self.yes = Button("", "primary", name="key_yes")
        self.yes.setDefault(True)
        self.no = Button(_("取消"), name="key_no")
        self.rows.addWidget(self.form)
        self.build()
        self.box.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.box.addButton(self.no, QDialogButtonBox.ButtonRole.RejectRole)
        self.box.accepted.connect(self.start)
        self.box.rejected.connect(self.reject)
        self.rows.addWidget(self.box)
        self.present.setFocus(Qt.FocusReason.OtherFocusReason)

    def name_it(self, title: str, yes: str) -> None:
        """Give the dialog its title and the button the name of the act."""
        self.setWindowTitle(title)
        self._yes_words = yes
        self.yes.setText(yes)

    def build(self) -> None:
        """Add fields."""

    def work(self) -> object:
        """Do it; runs on another thread, deriving the key takes about a second."""
        raise NotImplementedError

    def done_with(self, _result: object) -> None:
        """Go on after it is done."""
        self.accept()

    def start(self) -> None:
        """Check the fields and do it in a job."""
        if not self.yes.isEnabled() or not self.form.valid():
            return
        self.error.clear()
        self._set_busy(True)
        run_job(self, self._job, self._on_done, self._on_failed, writing=True)

    def _job(self, _progress: Progress) -> object:
        return self.work()

    def _on_done(self, result: object) -> None:
        self._set_busy(False)
        self.done_with(result)

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(False)
        self.error.show_error(error)
        self.present.empty()
        self.present.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, busy: bool) -> None:
        self.yes.setEnabled(not busy)
        self.no.setEnabled(not busy)
        self.yes.setText(_("正在处理") if busy else self._yes_words)

    def _present_problem(self) -> str:
        return "" if self.present.text() else _("先输入现在的密码")

    def reject(self) -> None:
        """Leave, unless it is being done just now."""
        if self.no.isEnabled():
            super().reject()


class PassphraseDialog(KeyDialog):
    """Set another passphrase; the recovery code stays the same."""

    def build(self) -> None:
        """Ask for the new one twice and a hint."""
        theme = themes.current()
        self.name_it(_("修改密码"), _("改密码"))
        self.new = PasswordField(_("新密码"), name="key_new")
        self.again = PasswordField(_("再输一次"), name="key_again")
        self.hint = text_field("key_hint", _("提示语"), hint=_("只有自己看得懂"))
        for field in (self.new, self.again, self.hint):
            field.setFixedWidth(theme.px(_FIELD))
        meter = StrengthMeter(180)
        self.new.textChanged.connect(meter.show_for)
        self.form.add(_("新密码"), self.new, check=lambda: length_problem(self.new.text()))
        self.form.add(_("强度"), meter)
        self.form.add(
            _("再输一次"),
            self.again,
            check=lambda: repeat_problem(self.new.text(), self.again.text()),
        )
        self.form.add(_("提示语"), self.hint)
        self.hint.setText(self.view.office.security.protection().hint)

    def work(self) -> object:
        """Wrap the data key anew; the data itself is not touched."""
        self.view.office.security.change_passphrase(
            self.present.text(), self.new.text(), self.hint.text()
        )
        return None


class RememberDialog(KeyDialog):
    """Let this computer's keyring open the book."""

    def build(self) -> None:
        """Say what it means."""
        self.name_it(_("这台电脑上记住密码"), _("记住"))
        words = _("以后登录系统就能打开。会用这台电脑、用您的账号登录的人也能打开。")
        self.rows.addWidget(Label(words, "small", "text2", wrap=True))

    def work(self) -> object:
        """Keep a slot key in the keyring."""
        self.view.office.security.remember(self.present.text())
        return None


class RecoveryDialog(KeyDialog):
    """Make a new recovery code and show it until it is kept elsewhere."""

    def build(self) -> None:
        """Say what it means."""
        self.name_it(_("重新生成恢复码"), _("生成"))
        words = _("旧的恢复码从此打不开这份数据。以前的备份仍用旧的。")
        self.rows.addWidget(Label(words, "small", "text2", wrap=True))
        self.card: RecoveryCard | None = None

    def work(self) -> object:
        """Make it."""
        return self.view.office.security.renew_recovery_code(self.present.text())

    def done_with(self, result: object) -> None:
        """Show the code; the dialog closes once it is said to be kept."""
        self.form.hide()
        self.setMinimumWidth(themes.current().px(660))
        self.card = RecoveryCard(str(result), self.view.office.folder.stem)
        self.card.confirmed.connect(self.yes.setEnabled)
        self.rows.insertWidget(self.rows.count() - 1, self.card)
        self.box.accepted.disconnect(self.start)
        self.box.accepted.connect(self.accept)
        self.yes.setText(_("完成"))
        self.yes.setEnabled(False)
        self.no.hide()

    def reject(self) -> None:
        """Stay until the new code is kept: the old one is gone already."""
        if self.card is None or self.card.kept.isChecked():
            super().reject()
