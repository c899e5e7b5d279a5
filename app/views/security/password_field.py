"""A passphrase field: dots, an eye to look, and word of Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import _
from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.buttons import icon_button
from app.views.widgets.text import set_tip


class PasswordField(QLineEdit):
    """Take a passphrase; ``caps_changed`` tells what the last letter says about Caps Lock.

    Qt does not know the lock itself: a capital without Shift, or a small letter with it, does.
    """

    caps_changed = Signal(bool)
    entered = Signal()

    def __init__(
        self, spoken: str, *, name: str, height: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.caps = False
        self._agreed = False
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._high = height
        self._eye = icon_button("eye", _("显示密码"), name=f"{name}_show", height=22)
        self._eye.setParent(self)
        self._eye.setCheckable(True)
        self._eye.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._eye.toggled.connect(self._show)
        self.setTextMargins(0, 0, themes.current().px(24), 0)

    def sizeHint(self) -> QSize:
        """Return the height that was asked for."""
        return QSize(super().sizeHint().width(), themes.current().px(self._high))

    def minimumSizeHint(self) -> QSize:
        """Return the same height: the style sheet's own least height is lower."""
        return QSize(super().minimumSizeHint().width(), themes.current().px(self._high))

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._eye.set_icon("eye_off" if shown else "eye")
        words = _("隐藏密码") if shown else _("显示密码")
        self._eye.setAccessibleName(words)
        set_tip(self._eye, words)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_agreed(self, agreed: bool) -> None:
        """Show a tick when what was typed agrees with the field above."""
        self._agreed = agreed
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its tick."""
        super().paintEvent(event)
        if self._agreed:
            theme = themes.current()
            box = QRectF(self.width() - theme.px(52), 0, theme.px(20), self.height())
            icons.paint(QPainter(self), box, "checkmark", "good")

    def empty(self) -> None:
        """Drop what was typed and hide it again."""
        self.clear()
        self._eye.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the eye at the right end."""
        super().resizeEvent(event)
        side = themes.current().px(22)
        gap = themes.current().px(6)
        self._eye.setGeometry(
            self.width() - side - gap, (self.height() - side) // 2 - 1, side, side
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Learn about Caps Lock; Enter tells that the person has finished."""
        self._learn(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            event.ignore()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Forget the lock when the field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self._tell(False)
        return super().event(event)

    def _learn(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._tell(not self.caps)
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell(text.isupper() != shift)

    def _tell(self, caps: bool) -> None:
        if caps != self.caps:
            self.caps = caps
            self.caps_changed.emit(caps)
