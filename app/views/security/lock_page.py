"""The locked window: whose it is, one field, and nothing of the book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.models.values.unlocking import Secret
from app.views.core import icons, labels
from app.views.core import theme as themes
from app.views.security.password_field import PasswordField
from app.views.security.recovery_form import RecoveryForm
from app.views.widgets.avatar import Avatar
from app.views.widgets.buttons import Button
from app.views.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.services.office import Office

CARD_WIDTH = 360


@dataclass(frozen=True, slots=True)
class LockWords:
    """What the locked window says.

    ``name`` and ``role`` are those of the person, or file and folder of a book that is not open
    yet; ``other`` is the link beside them, ``notes`` stand under the card.
    """

    title: str
    subtitle: str
    name: str = ""
    role: str = ""
    other: str = ""
    notes: tuple[str, ...] = ()
    hint: str = ""
    encrypted: bool = True
    square: bool = False


def words_while_locked(office: Office, subtitle: str) -> LockWords:
    """Return the words of a window whose book is open behind it."""
    protection = office.security.protection()
    actor = office.context.actor
    parts = [subtitle, _("数据已加密")] if protection.encrypted else [subtitle]
    return LockWords(
        title=_("已锁定"),
        subtitle=" · ".join(parts),
        name=actor.name,
        role=labels.of(labels.ROLE, actor.role),
        other=_("换人使用") if len(office.staff.all(with_left=False)) > 1 else "",
        notes=(_("未写完的跟单已存为草稿，解锁后回到原处"),),
        hint=protection.hint,
        encrypted=protection.encrypted,
    )


class LockPage(QWidget):
    """Ask for the passphrase; ``tried`` carries what was typed as a ``Secret``."""

    tried = Signal(object)
    other_wanted = Signal()

    def __init__(self, words: LockWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("lock_page")
        self._words = words
        self._wait = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        self._recovering = False
        self._refusal = ""
        self._extras: list[QWidget] = []
        self._secret_parts: list[QWidget] = []
        rows = QVBoxLayout(self._scrolled())
        rows.setSpacing(0)
        rows.addStretch(5)
        self._add_head(rows)
        rows.addSpacing(theme.px(24))
        rows.addWidget(self._card(), 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addSpacing(theme.px(20))
        for note in words.notes:
            label = Label(note, "small", "text2", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(label)
            self._extras.append(label)
        rows.addStretch(6)

    # -- building ----------------------------------------------------------------------------

    def _scrolled(self) -> QWidget:
        """Return the place of everything: small windows with large text scroll."""
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        place = QWidget()
        area.setWidget(place)
        for widget in (area.viewport(), place):
            widget.setBackgroundRole(QPalette.ColorRole.Window)
        around.addWidget(area)
        return place

    def _add_head(self, rows: QVBoxLayout) -> None:
        theme = themes.current()
        logo = Label()
        logo.setPixmap(icons.application_icon().pixmap(theme.px(56), theme.px(56)))
        self._extras.append(logo)
        title = Label(self._words.title, "hero")
        subtitle = Label(self._words.subtitle, "small", "text2")
        for widget, gap in ((logo, 14), (title, 4), (subtitle, 0)):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            rows.addSpacing(theme.px(gap))

    def _card(self) -> QFrame:
        theme = themes.current()
        card = QFrame()
        card.setProperty("card", "true")
        card.setObjectName("lock_card")
        card.setFixedWidth(theme.px(CARD_WIDTH))
        rows = QVBoxLayout(card)
        rows.setContentsMargins(theme.px(20), theme.px(18), theme.px(20), theme.px(16))
        rows.setSpacing(theme.px(12))
        if self._words.name:
            rows.addLayout(self._person())
        self._form = self._passphrase_form()
        self._recovery = RecoveryForm()
        self._recovery.tried.connect(self._try)
        self._recovery.left.connect(lambda: self._show_recovery(False))
        self._recovery.hide()
        rows.addWidget(self._form)
        rows.addWidget(self._recovery)
        return card

    def _person(self) -> QHBoxLayout:
        theme = themes.current()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self._avatar = Avatar(self._words.name, 28, square=self._words.square)
        row.addWidget(self._avatar)
        names = QVBoxLayout()
        names.setSpacing(0)
        self._name = ElidedLabel(self._words.name, "body")
        self._role = ElidedLabel(
            self._words.role, "caption", "text2", mode=Qt.TextElideMode.ElideMiddle
        )
        names.addWidget(self._name)
        names.addWidget(self._role)
        row.addLayout(names, 1)
        if self._words.other:
            other = Button(self._words.other, "link", height=24, name="lock_other")
            other.clicked.connect(self.other_wanted)
            row.addWidget(other)
        return row

    def _passphrase_form(self) -> QWidget:
        theme = themes.current()
        form = QWidget()
        rows = QVBoxLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        self.field = PasswordField(_("密码"), name="lock_passphrase", height=32)
        self.field.entered.connect(self._submit)
        self.field.textEdited.connect(self._typed)
        rows.addWidget(self.field)
        rows.addWidget(self._news())
        self.field.caps_changed.connect(self._caps.setVisible)
        self.unlock = Button(_("解锁"), "primary", height=32, key="Enter", name="lock_unlock")
        self.unlock.setSizePolicy(
            self.field.sizePolicy().horizontalPolicy(), self.unlock.sizePolicy().verticalPolicy()
        )
        self.unlock.clicked.connect(self._submit)
        rows.addWidget(self.unlock)
        rows.addWidget(self._hint_line())
        rows.addLayout(self._links())
        self._secret_parts.append(self.field)
        if not self._words.encrypted:
            for part in self._secret_parts:
                part.hide()
        return form

    def _news(self) -> QWidget:
        """Return the line under the field: what was wrong, and Caps Lock."""
        theme = themes.current()
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self._sign = _sign("error_circle", "bad")
        self._wrong = Label("", "small", "bad", wrap=True)
        self._wrong.setObjectName("lock_wrong")
        self._caps = QWidget()
        self._caps.setObjectName("lock_caps")
        caps = QHBoxLayout(self._caps)
        caps.setContentsMargins(0, 0, 0, 0)
        caps.setSpacing(theme.px(6))
        caps.addWidget(_sign("keyboard", "warn"))
        caps.addWidget(Label(_("大写锁定已开"), "small", "warn"))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._wrong, 1)
        row.addWidget(self._caps, 0, Qt.AlignmentFlag.AlignTop)
        for part in (self._sign, self._wrong, self._caps):
            part.hide()
        line.setMinimumHeight(theme.px(18))
        self._secret_parts.append(line)
        return line

    def _hint_line(self) -> Label:
        words = self._words.hint or _("没有留提示语")
        self._hint = Label(_("提示语：{hint}").format(hint=words), "small", "text2", wrap=True)
        self._hint.setObjectName("lock_hint_text")
        self._hint.hide()
        return self._hint

    def _links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        hint = Button(_("看提示语"), "link", height=24, name="lock_hint")
        hint.clicked.connect(lambda: self._hint.setVisible(not self._hint.isVisible()))
        recover = Button(_("用恢复码"), "link", height=24, name="lock_recover")
        recover.clicked.connect(lambda: self._show_recovery(True))
        for button, before in ((hint, 0), (recover, 1)):
            row.addStretch(before)
            row.addWidget(button)
            self._secret_parts.append(button)
        return row

    # -- what happens ------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the focus into the field, or on the button of a plain book."""
        target: QWidget = self.field if self._words.encrypted else self.unlock
        if self._recovering:
            self._recovery.focus_first()
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a plain book with Enter, wherever the focus is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._words.encrypted:
            self._submit()
        else:
            super().keyPressEvent(event)

    def refuse(self, text: str, wait_seconds: int = 0) -> None:
        """Say what was wrong, and let the next try wait."""
        self._set_busy(False)
        if self._recovering:
            self._recovery.refuse(text)
            return
        self.field.empty()
        self._wait = wait_seconds
        self._refusal = text
        self._say_refusal()
        self._freeze(bool(wait_seconds))
        if wait_seconds:
            self._tick.start()
        self.focus_first()

    def show_person(self, name: str, role: str = "") -> None:
        """Show somebody else who is about to use the window."""
        self._avatar.set_name(name)
        self._name.setText(name)
        self._role.setText(role)

    def be_busy(self) -> None:
        """Show that the passphrase is being tried, which takes about a second."""
        self._set_busy(True)

    def wrong_text(self) -> str:
        """Return what is said under the field."""
        return self._wrong.text() if self._wrong.isVisibleTo(self) else ""

    def _submit(self) -> None:
        if not self._words.encrypted:
            self.tried.emit(Secret())
        elif self.field.text() and self.unlock.isEnabled():
            self._try(Secret(passphrase=self.field.text()))

    def _try(self, secret: Secret) -> None:
        self.be_busy()
        self.tried.emit(secret)

    def _typed(self) -> None:
        if not self._tick.isActive():
            self._wrong.hide()
            self._sign.hide()

    def _count_down(self) -> None:
        self._wait -= 1
        self._say_refusal()
        if self._wait <= 0:
            self._tick.stop()
            self._freeze(False)
            self.focus_first()

    def _say_refusal(self) -> None:
        words = self._refusal
        if self._wait > 0:
            later = ngettext("{count} 秒后再试", "{count} 秒后再试", self._wait)
            words = _("{what}，{later}").format(what=words, later=later.format(count=self._wait))
        self._wrong.setText(words)
        self._wrong.show()
        self._sign.show()
        self.field.setAccessibleDescription(words)

    def _freeze(self, frozen: bool) -> None:
        self.field.setReadOnly(frozen)
        self.unlock.setEnabled(not frozen)

    def _set_busy(self, busy: bool) -> None:
        self.unlock.setText(_("正在解锁") if busy else _("解锁"))
        self.unlock.set_key("" if busy else "Enter")
        self.unlock.setEnabled(not busy)
        self.field.setReadOnly(busy)
        self._recovery.set_busy(busy)
        for link in self.findChildren(Button):
            if link is not self.unlock and link.objectName().startswith("lock_"):
                link.setEnabled(not busy)

    def _show_recovery(self, recovering: bool) -> None:
        self._recovering = recovering
        self._form.setVisible(not recovering)
        self._recovery.setVisible(recovering)
        self._fit()
        self.focus_first()

    def _fit(self) -> None:
        """Leave out what is only nice when there is little room."""
        theme = themes.current()
        room = self.height() * 100 / theme.scale
        needed = 700 if self._recovering else 560
        for extra in self._extras:
            extra.setVisible(room >= needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the room."""
        super().resizeEvent(event)
        self._fit()


def _sign(icon: str, tone: str) -> Label:
    sign = Label()
    sign.setPixmap(icons.pixmap(icon, 14, tone))
    sign.setContentsMargins(0, themes.current().px(2), 0, 0)
    return sign
