"""Grey bars where rows will be, once waiting has lasted 300 ms."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.views.core import theme as themes

WAIT_MS = 300
_SHARES = ((0.0, 0.40), (0.43, 0.62), (0.66, 0.80), (0.84, 1.0))


def paint_bar(painter: QPainter, rect: QRect) -> None:
    """Draw one grey bar in the middle of a cell."""
    theme = themes.current()
    high = theme.px(10)
    box = QRectF(rect.left(), rect.top() + (rect.height() - high) / 2, rect.width(), high)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush("neutral"))
    painter.drawRoundedRect(box, theme.px(3), theme.px(3))


class Skeleton(QWidget):
    """Draw rows of grey bars; nothing for the first 300 ms."""

    def __init__(self, delay_ms: int = WAIT_MS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("正在读取"))
        self._due = delay_ms == 0
        self._delay = delay_ms

    def showEvent(self, event: QShowEvent) -> None:
        """Start the wait."""
        super().showEvent(event)
        if not self._due:
            QTimer.singleShot(self._delay, self, self._begin)

    def _begin(self) -> None:
        self._due = True
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        if not self._due:
            return
        theme = themes.current()
        painter = QPainter(self)
        side, step = theme.px(12), theme.px(28)
        wide = self.width() - 2 * side
        for row, top in enumerate(range(theme.px(12), self.height() - step // 2, step)):
            for at, (start, stop) in enumerate(_SHARES):
                shorter = 0.03 * ((row * 2 + at) % 3) if at < 3 else 0.0
                left = side + int(start * wide)
                right = side + int((stop - shorter) * wide)
                paint_bar(painter, QRect(left, top, right - left, theme.px(12)))
