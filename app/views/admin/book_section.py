"""数据与密码: where the book is, who can open it, when the window locks (picture 14)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.i18n import N_, _
from app.services.security import Protection
from app.views.admin.book_dialogs import (
    KeyDialog,
    PassphraseDialog,
    RecoveryDialog,
    RememberDialog,
)
from app.views.admin.section import Section
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core.page import WidthMode
from app.views.core.start_locking import DEFAULT_MINUTES, LOCK_MINUTES
from app.views.widgets.badges import Tag
from app.views.widgets.buttons import Button, Select
from app.views.widgets.card import Card
from app.views.widgets.text import ElidedLabel, Label

_MINUTES = (1, 3, 5, 10, 15, 30, 60)


class BookSection(Section):
    """Show place and protection of the book; changes of keys need the passphrase."""

    SUBTITLE = N_("全部内容在一个文件夹里，只在这台电脑上")

    def build(self) -> None:
        """Make the cards."""
        self._add_place()
        self._pair = QHBoxLayout()
        self._pair.setSpacing(themes.current().px(12))
        self._pair.addWidget(self._keys_card(), 1)
        self._pair.addWidget(self._lock_card(), 1)
        self.body.addLayout(self._pair)

    def adapt(self, mode: WidthMode) -> None:
        """Put the cards under each other in narrow windows."""
        ways = QHBoxLayout.Direction
        self._pair.setDirection(ways.TopToBottom if mode == "compact" else ways.LeftToRight)

    # -- the place -------------------------------------------------------------------------

    def _add_place(self) -> None:
        card = Card(_("数据"), icon="database", name="place_card")
        self.place = ElidedLabel("")
        self.bytes = Label("")
        grid = _Lines()
        grid.add(_("放在"), self.place, self._button(_("打开所在文件夹"), "folder", "place_open",
                                                    self._show_folder))  # fmt: skip
        grid.add(_("大小"), self.bytes)
        card.body.addWidget(grid)
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        for text, icon, name, action in (
            (_("打开别的数据…"), "open", "place_other", "open_book"),
            (_("新建一份…"), "plus", "place_new", "new_book"),
        ):
            button = Button(text, icon=icon, name=name)
            button.clicked.connect(lambda _on=False, action=action: self.view.actions.run(action))
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.body.addWidget(card)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.view.office.folder)))

    # -- keys ------------------------------------------------------------------------------

    def _keys_card(self) -> Card:
        card = Card(_("加密"), icon="shield", name="keys_card")
        self.state = Tag("", "good")
        card.add_tool(self.state)
        self.changed_on = Label("")
        self.renewed_on = Label("")
        self.remembered = Label("")
        self.change = self._button(_("修改密码"), "key", "keys_change", self._ask(PassphraseDialog))
        self.renew = self._button(_("重新生成"), "", "keys_renew", self._ask(RecoveryDialog))
        self.remember = self._button(_("记住"), "", "keys_remember", self._toggle_remembered)
        self._secret = _Lines()
        self._secret.add(_("密码"), self.changed_on, self.change)
        self._secret.add(_("恢复码"), self.renewed_on, self.renew)
        self._secret.add(_("免密"), self.remembered, self.remember)
        card.body.addWidget(self._secret)
        self._plain = Label(
            _("这份数据没有加密：拿到这台电脑的人都能读到。要加密，新建一份加密的，再把这里导出的全部内容导进去。"),
            "body", "text2", wrap=True,
        )  # fmt: skip
        card.body.addWidget(self._plain)
        card.body.addStretch(1)
        return card

    def _ask(self, dialog: type[KeyDialog]) -> Callable[[], None]:
        def ask() -> None:
            if dialog(self.view, self).exec():
                self.view.toast(_DONE[dialog]())
                self.reload()

        return ask

    def _toggle_remembered(self) -> None:
        security = self.view.office.security
        if not security.protection().remembered:
            self._ask(RememberDialog)()
        elif self.save(security.forget):
            self.view.toast(_("这台电脑不再记住密码"))
            self.reload()

    # -- locking ---------------------------------------------------------------------------

    def _lock_card(self) -> Card:
        card = Card(_("锁定"), icon="lock_closed", name="lock_card")
        never: tuple[object, str] = (0, _("从不"))
        choices = [(count, _("{count} 分钟").format(count=count)) for count in _MINUTES]
        self.minutes = Select([*choices, never], name="lock_minutes", spoken=_("离开多久后锁定"))
        self.minutes.activated.connect(lambda _at: self._keep_minutes())
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        for part in (Label(_("离开")), self.minutes, Label(_("后锁定"))):
            row.addWidget(part)
        row.addStretch(1)
        card.body.addLayout(row)
        note = _("电脑睡眠醒来也锁定。锁定时写了一半的都留着，Ctrl+Shift+L 马上锁定。")
        card.body.addWidget(Label(note, "small", "text2", wrap=True))
        card.body.addStretch(1)
        return card

    def _keep_minutes(self) -> None:
        self.view.prefs.set(LOCK_MINUTES, self.minutes.value())
        self.view.actions.run("lock_minutes_changed")

    # -- showing ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Show place, size and keys."""
        office = self.view.office
        protection = office.security.protection()
        self.place.setText(str(office.folder))
        self.bytes.setText(words.file_size(office.book.size_bytes))
        self.state.set(
            _("已加密") if protection.encrypted else _("未加密"),
            "good" if protection.encrypted else "warn",
            "checkmark" if protection.encrypted else "warning",
        )
        self._secret.setVisible(protection.encrypted)
        self._plain.setVisible(not protection.encrypted)
        self._show_keys(protection)
        usual = DEFAULT_MINUTES if protection.encrypted else 0
        self.minutes.set_value(self.view.prefs.get(LOCK_MINUTES, usual))

    def _show_keys(self, protection: Protection) -> None:
        unknown = _("日期不详")
        self.changed_on.setText(
            _("{day} 设的").format(day=protection.passphrase_on) if protection.passphrase_on
            else unknown
        )  # fmt: skip
        self.renewed_on.setText(
            _("{day} 生成").format(day=protection.recovery_on) if protection.recovery_on
            else unknown
        )  # fmt: skip
        known = protection.remembered
        self.remembered.setText(_("本机钥匙串已记住") if known else _("每次打开都要输入"))
        self.remember.setText(_("忘掉") if known else _("记住"))

    def focus_first(self) -> None:
        """Put the focus on the choice of minutes."""
        self.minutes.setFocus()

    def _button(self, text: str, icon: str, name: str, act: Callable[[], None]) -> Button:
        button = Button(text, icon=icon, height=24, name=name)
        button.clicked.connect(act)
        return button


class _Lines(QWidget):
    """Lay out title, value and a button at the right."""

    def __init__(self) -> None:
        super().__init__()
        theme = themes.current()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnMinimumWidth(0, theme.px(72))
        self._grid.setColumnStretch(1, 1)

    def add(self, title: str, value: QWidget, button: Button | None = None) -> None:
        """Add a line."""
        row = self._grid.rowCount()
        self._grid.addWidget(Label(title, "body", "text2"), row, 0)
        self._grid.addWidget(value, row, 1)
        if button is not None:
            self._grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignRight)


_DONE: dict[type[KeyDialog], Callable[[], str]] = {
    PassphraseDialog: lambda: _("密码已改"),
    RecoveryDialog: lambda: _("恢复码已换新"),
    RememberDialog: lambda: _("这台电脑已记住密码"),
}
