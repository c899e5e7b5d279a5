"""A QR code to scan with a phone; it holds only a number or plain text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.widgets.text import Label

_QUIET = 4


class QrCode(QWidget):
    """Paint the bits of a code, black on white in every scheme so that phones read it."""

    def __init__(self, text: str, side: int = 168, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import segno

        self._bits = [list(row) for row in segno.make(text, micro=False).matrix]
        self._side = side
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the side."""
        side = themes.current().px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the modules on whole pixels."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        count = len(self._bits) + 2 * _QUIET
        step = max(1, self.width() // count)
        start = (self.width() - step * len(self._bits)) // 2
        for y, row in enumerate(self._bits):
            for x, bit in enumerate(row):
                if bit:
                    box = QRectF(start + x * step, start + y * step, step, step)
                    painter.fillRect(box, QColor(Qt.GlobalColor.black))


class QrPopup(QFrame):
    """Show a code under the button that opened it."""

    def __init__(self, text: str, caption: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        theme = themes.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", "popup")
        self.setObjectName("qr_popup")
        self.setAccessibleName(_("手机扫一扫：{text}").format(text=caption))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        rows.setSpacing(theme.px(8))
        title = Label(_("手机扫一扫"), "body_strong")
        words = Label(caption, "small", "text2")
        rows.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(QrCode(text), 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)

    def open_under(self, opener: QWidget) -> None:
        """Show it right-aligned under a widget, above when there is no room."""
        self.adjustSize()
        place(self, QRect(opener.mapToGlobal(QPoint(0, 0)), opener.size()))
        self.show()


def place(popup: QWidget, opener: QRect) -> None:
    """Move a pop-up under its opener (global rectangle), above without room, inside the screen."""
    gap = themes.current().px(4)
    screen = popup.screen().availableGeometry()
    left = opener.right() + 1 - popup.width()
    top = opener.bottom() + 1 + gap
    if top + popup.height() > screen.bottom():
        top = opener.top() - gap - popup.height()
    left = max(screen.left(), min(left, screen.right() + 1 - popup.width()))
    popup.move(left, max(screen.top(), top))
