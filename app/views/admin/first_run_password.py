"""The step of the passphrase: strength, hint, keyring, and the recovery code (picture 13)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.views.admin.first_run_step import Answers, Step
from app.views.admin.option_card import OptionCards
from app.views.admin.recovery_card import RecoveryCard
from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.forms import Form
from app.views.security.password_field import PasswordField
from app.views.security.strength_meter import StrengthMeter, length_problem, repeat_problem
from app.views.widgets.buttons import CheckBox
from app.views.widgets.text import Label

_FIELDS = 320
CARDS = 756


class PasswordStep(Step):
    """Choose a passphrase or none; with one the recovery code must be kept elsewhere."""

    TITLE = N_("加密与密码")
    QUESTION = N_("设一个主密码，加密本机数据")
    HELP = N_("数据只存在这台电脑的一个文件里。没有密码，别人拷走文件也打不开。")
    MINUTES = 3

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        theme = themes.current()
        self.choice = OptionCards(
            (
                (True, _("用密码加密（推荐）"), _("打开软件时输入一次，离开 10 分钟自动锁定")),
                (False, _("不加密"), _("只适合自己专用、已开启磁盘加密的电脑")),
            ),
            name="encrypted",
            spoken=_("加密"),
        )
        self.choice.setMaximumWidth(theme.px(CARDS))
        self.choice.changed.connect(self._chosen)
        self.body.addWidget(self.choice)
        self._secret = QWidget()
        self._secret.setMaximumWidth(theme.px(CARDS))
        rows = QVBoxLayout(self._secret)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(12))
        rows.addWidget(self._fields())
        self.card = RecoveryCard(answers.recovery_code, answers.company)
        self.card.kept.setChecked(answers.code_kept)
        self.card.confirmed.connect(self._on_confirmed)
        rows.addWidget(self.card)
        rows.addWidget(
            _note("warn", "warning", _("密码和恢复码都丢了，数据就无法找回，我们也帮不上忙。"))
        )
        self.body.addWidget(self._secret)
        self._plain = _note(
            "plain", "info", _("不加密时，拿到这台电脑的人都能读到客户资料。备份也不加密。")
        )
        self._plain.setMaximumWidth(theme.px(CARDS))
        self.body.addWidget(self._plain)
        self.choice.set_value(answers.encrypted)
        self._chosen(answers.encrypted)

    def _fields(self) -> Form:
        theme = themes.current()
        form = Form(label_width=112)
        self.new = PasswordField(_("主密码"), name="passphrase")
        self.again = PasswordField(_("再输一次"), name="passphrase_again")
        self.hint = QLineEdit(self.answers.hint)
        self.hint.setObjectName("passphrase_hint")
        self.hint.setPlaceholderText(_("只有自己看得懂，例如 老地方 + 开业年份"))
        self.meter = StrengthMeter(_FIELDS)
        for field in (self.new, self.again, self.hint):
            field.setFixedWidth(theme.px(_FIELDS))
        self.new.setText(self.answers.passphrase)
        self.again.setText(self.answers.again)
        self.new.textChanged.connect(self._typed)
        self.again.textChanged.connect(self._typed)
        form.add(_("主密码"), self.new, check=lambda: length_problem(self.new.text()))
        form.add(_("强度"), self.meter)
        form.add(
            _("再输一次"),
            self.again,
            check=lambda: repeat_problem(self.new.text(), self.again.text()),
        )
        form.add(_("提示语"), self.hint, check=self._hint_problem)
        self.remember = CheckBox(
            _("这台电脑上记住密码，登录系统后免输"), name="passphrase_remember"
        )
        self.remember.setChecked(self.answers.remember)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.remember)
        self._ring = Label(_("存入系统钥匙串"), "small", "text2")
        row.addWidget(self._ring)
        row.addStretch(1)
        form.add("", line)
        self._form = form
        self._typed()
        return form

    # -- what happens --------------------------------------------------------------------------

    def arrive(self) -> None:
        """Show whether this computer's keyring can be used."""
        works = self.answers.keyring_works
        self.remember.setEnabled(works is not False)
        self._ring.setText(
            _("这台电脑的系统钥匙串用不了") if works is False else _("存入系统钥匙串")
        )
        self.card.set_code(self.answers.recovery_code)

    def may_go_on(self) -> bool:
        """Go on when the recovery code is kept, or without encryption."""
        if not self.choice.value():
            return True
        return self.card.kept.isChecked() and bool(self.new.text())

    def check(self) -> bool:
        """Check the passphrase and its repetition."""
        return not self.choice.value() or self._form.valid()

    def keep(self) -> None:
        """Keep what was chosen."""
        answers = self.answers
        answers.encrypted = bool(self.choice.value())
        answers.passphrase = self.new.text()
        answers.again = self.again.text()
        answers.hint = self.hint.text().strip()
        answers.remember = self.remember.isEnabled() and self.remember.isChecked()
        answers.code_kept = self.card.kept.isChecked()

    def skip(self) -> None:
        """Leave the book without encryption."""
        self.choice.set_value(False)

    def focus_first(self) -> None:
        """Put the focus into the passphrase."""
        target: QWidget = self.new if self.choice.value() else self.choice
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, encrypted: object) -> None:
        self._secret.setVisible(bool(encrypted))
        self._plain.setVisible(not encrypted)
        self.changed.emit()

    def _typed(self) -> None:
        self.meter.show_for(self.new.text())
        self.again.set_agreed(bool(self.new.text()) and self.again.text() == self.new.text())
        self.changed.emit()

    def _hint_problem(self) -> str:
        hint, passphrase = self.hint.text().strip().lower(), self.new.text().lower()
        tells = len(hint) >= 3 and passphrase and (hint in passphrase or passphrase in hint)
        return _("提示语里不要写出密码本身") if tells else ""

    def _on_confirmed(self, _kept: bool) -> None:
        self.changed.emit()


def _note(kind: str, icon: str, text: str) -> QFrame:
    theme = themes.current()
    note = QFrame()
    note.setProperty("note", kind)
    row = QHBoxLayout(note)
    row.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
    row.setSpacing(theme.px(8))
    tone = "warn" if kind == "warn" else "text2"
    sign = Label()
    sign.setPixmap(icons.pixmap(icon, 16, tone))
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, "small", tone, wrap=True), 1)
    return note
