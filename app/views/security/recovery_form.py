"""Open a book with its recovery code and set a new passphrase at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.models.values.unlocking import Secret
from app.views.core import theme as themes
from app.views.core.forms import ErrorLine, Form
from app.views.security.password_field import PasswordField
from app.views.security.strength_meter import StrengthMeter, length_problem, repeat_problem
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label


class RecoveryForm(QWidget):
    """Ask for the recovery code and a new passphrase; ``left`` goes back to the passphrase."""

    tried = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("recovery_form")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(
            Label(_("恢复码能打开这份数据，同时要换一个新密码。"), "small", "text2", wrap=True)
        )
        self._form = Form(labels_above=True)
        self.code = QLineEdit()
        self.code.setObjectName("recovery_code")
        self.code.setPlaceholderText("7KQF-2M9X-VD4T-H3BA-PW8E-6RNC-4K")
        self.new = PasswordField(_("新密码"), name="recovery_new")
        self.again = PasswordField(_("再输一次"), name="recovery_again")
        self._meter = StrengthMeter(180)
        self.new.textChanged.connect(self._meter.show_for)
        self._form.add(_("恢复码"), self.code, check=self._code_problem)
        self._form.add(_("新密码"), self.new, check=lambda: length_problem(self.new.text()))
        self._form.add_wide(self._meter)
        self._form.add(
            _("再输一次"),
            self.again,
            check=lambda: repeat_problem(self.new.text(), self.again.text()),
        )
        self.again.entered.connect(self._submit)
        rows.addWidget(self._form)
        self._wrong = ErrorLine()
        rows.addWidget(self._wrong)
        rows.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._open = Button(_("打开并换密码"), "primary", height=32, name="recovery_open")
        self._open.clicked.connect(self._submit)
        back = Button(_("回到密码"), "link", height=24, name="recovery_back")
        back.clicked.connect(self.left)
        row.addWidget(self._open)
        row.addStretch(1)
        row.addWidget(back)
        return row

    def focus_first(self) -> None:
        """Put the focus into the code."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, text: str) -> None:
        """Say what was wrong."""
        self._wrong.say(text)
        self.focus_first()

    def refusal(self) -> str:
        """Return what is said to be wrong."""
        return self._wrong.text()

    def set_busy(self, busy: bool) -> None:
        """Show that the code is being tried."""
        self._open.setEnabled(not busy)
        self._open.setText(_("正在打开") if busy else _("打开并换密码"))

    def _code_problem(self) -> str:
        signs = sum(one.isalnum() for one in self.code.text())
        return "" if signs == 26 else _("恢复码是 26 位，现在有 {count} 位").format(count=signs)

    def _submit(self) -> None:
        self._wrong.say("")
        if self._form.valid():
            self.tried.emit(Secret(recovery_code=self.code.text(), new_passphrase=self.new.text()))
