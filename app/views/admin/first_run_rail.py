"""The steps at the left of the wizard: done, present, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.views.core import icons
from app.views.core import theme as themes

WIDTH = 204
_ROW = 36


class Rail(QWidget):
    """Show where the person is; a click goes back to a step that is done."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = list(titles)
        self._at = 0
        self._furthest = 0
        self.setObjectName("first_run_rail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.go(0)

    def sizeHint(self) -> QSize:
        """Return the width of the rail."""
        theme = themes.current()
        return QSize(theme.px(WIDTH), theme.px(_ROW * len(self._titles) + 24))

    def go(self, at: int) -> None:
        """Mark the present step; those before it are done."""
        self._at = at
        self._furthest = max(at, self._furthest)
        self.setAccessibleName(
            _("第 {at} 步，共 {count} 步：{title}").format(
                at=at + 1, count=len(self._titles), title=self._titles[at]
            )
        )
        self.update()

    def _box(self, at: int) -> QRect:
        theme = themes.current()
        side = theme.px(12)
        return QRect(
            side, theme.px(16) + at * theme.px(_ROW), self.width() - 2 * side, theme.px(36)
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to a step that was reached before."""
        for at in range(self._furthest + 1):
            if self._box(at).contains(event.position().toPoint()):
                self.chosen.emit(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw all steps."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("subtle"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        for at in range(len(self._titles)):
            self._paint_step(painter, at)

    def _paint_step(self, painter: QPainter, at: int) -> None:
        theme = themes.current()
        box, here = self._box(at), at == self._at
        painter.setPen(Qt.PenStyle.NoPen)
        if here:
            painter.setBrush(theme.brush("accentTint"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        self._paint_mark(painter, box, at)
        painter.setFont(theme.font("body_strong" if here else "body"))
        painter.setPen(theme.color("accent" if here else "text2"))
        words = box.adjusted(theme.px(38), 0, -theme.px(4), 0)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, left, self._titles[at])

    def _paint_mark(self, painter: QPainter, box: QRect, at: int) -> None:
        theme = themes.current()
        radius = theme.px(20) / 2
        middle = QPointF(box.left() + theme.px(18), box.center().y() + 0.5)
        disc = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        done = at < self._at
        fill = "accentFill" if at == self._at else "goodTint" if done else "neutral"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush(fill))
        painter.drawEllipse(disc)
        if done:
            icons.paint(painter, disc, "checkmark", "good", 14)
            return
        painter.setFont(theme.font("small_bold"))
        painter.setPen(theme.color("onAccent" if at == self._at else "text2"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(at + 1))
