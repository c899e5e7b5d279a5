"""A sample of how a series is drawn, beside its name."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.views.core import theme as themes


class Legend(QWidget):
    """Show a square, a solid or a dashed line in a colour of the tokens."""

    def __init__(self, token: str, style: Literal["square", "solid", "dashed"] = "square") -> None:
        super().__init__()
        self._token, self._style = token, style
        theme = themes.current()
        self.setFixedSize(theme.px(10 if style == "square" else 22), theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sample."""
        painter = QPainter(self)
        colour = themes.current().color(self._token)
        if self._style == "square":
            painter.fillRect(self.rect(), colour)
            return
        pen = QPen(colour, 2)
        if self._style == "dashed":
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width(), middle)
