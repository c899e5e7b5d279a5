"""Toasts: finished things, bottom centre, one at a time, with 撤销."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QEnterEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.widgets.text import Label, cut

SHOWN_MS = 6_000
SHOWN_TO_READERS_MS = 12_000


class _Undo(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("toast_undo")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say(text)

    def say(self, text: str) -> None:
        """Show other words."""
        theme = themes.current()
        self.setText(text)
        self.setAccessibleName(text)
        wide = QFontMetrics(theme.font("body_strong")).horizontalAdvance(text)
        self.setFixedSize(wide + theme.px(4), theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw underlined words."""
        theme = themes.current()
        painter = QPainter(self)
        font = theme.font("body_strong")
        painter.setFont(font)
        painter.setPen(theme.color("onToast"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        low = self.height() // 2 + QFontMetrics(font).ascent() // 2 + theme.px(3)
        painter.drawLine(theme.px(2), low, self.width() - theme.px(2), low)


class Toast(QFrame):
    """Show one sentence over the bottom of its parent; pause under the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(6))
        row.setSpacing(theme.px(12))
        self._sign = Label()
        self._words = Label("", "body", "onToast")
        self._undo = _Undo(_("撤销"))
        self._undo.clicked.connect(self.undo)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        row.addWidget(self._undo)
        self._act: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        undo: Callable[[], None] | None = None,
        button: str = "",
        icon: str = "checkmark_circle",
    ) -> None:
        """Show a sentence, replacing the one before; announce it to screen readers.

        ``button`` are the words for ``undo``, 撤销 without.
        """
        self._act = undo
        self._undo.say(button or _("撤销"))
        self._sign.set_icon(icon, 16, "onToast")
        self._words.setText(cut(text, 120))
        self._undo.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.start(SHOWN_TO_READERS_MS if QAccessible.isActive() else SHOWN_MS)

    def undo(self) -> bool:
        """Take the last thing back; tell whether there was one."""
        act, self._act = self._act, None
        self.dismiss()
        if act is None:
            return False
        act()
        return True

    def can_undo(self) -> bool:
        """Tell whether the last thing can be taken back, also after the toast has gone."""
        return self._act is not None

    def dismiss(self) -> None:
        """Go away; Ctrl+Z still works."""
        self._timer.stop()
        self.hide()

    def _place(self) -> None:
        home = self.parentWidget()
        if home is None:
            return
        self.adjustSize()
        theme = themes.current()
        self.move((home.width() - self.width()) // 2,
                  home.height() - self.height() - theme.px(40))  # fmt: skip

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom centre."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Pause under the pointer."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start(SHOWN_MS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the inverted plate."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush("toast"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(5), theme.px(5))
