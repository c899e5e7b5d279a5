"""A circle or square with the first character of a name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.core import theme as themes


def initial(name: str) -> str:
    """Return the first character of a Chinese name, or two initials of a Latin one."""
    words = name.split()
    if not words:
        return "?"
    if words[0][0].isascii() and len(words) > 1:
        return (words[0][0] + words[-1][0]).upper()
    return words[0][0].upper()


def paint_avatar(
    painter: QPainter, rect: QRectF, name: str, *, square: bool = False, role: str = "caption"
) -> None:
    """Draw the mark of a person (circle) or a customer (square) into a rectangle."""
    theme = themes.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush("accentTint" if square else "neutral"))
    if square:
        painter.drawRoundedRect(rect, theme.px(6), theme.px(6))
    else:
        painter.drawEllipse(rect)
    painter.setFont(theme.font(role))
    painter.setPen(theme.color("accent" if square else "text"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initial(name))


class Avatar(QWidget):
    """Show the mark of a person or, square, of a customer."""

    def __init__(
        self,
        name: str = "",
        size: int = 28,
        *,
        square: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._side = size
        self._square = square
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_name(self, name: str) -> None:
        """Show somebody else."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the side."""
        side = themes.current().px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        role = "title" if self._side >= 40 else "body_strong" if self._side >= 28 else "caption"
        paint_avatar(
            QPainter(self), QRectF(self.rect()), self._name, square=self._square, role=role
        )
