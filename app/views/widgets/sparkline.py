"""A small line of months for cards: this period solid, last year dashed, today's end hollow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.core import theme as themes

Values = Sequence[float | None]


class Sparkline(QWidget):
    """Draw values (None is a gap) with last year's behind them; ``spoken`` tells the trend."""

    def __init__(self, width: int = 132, height: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = (width, height)
        self._now: Values = ()
        self._before: Values = ()
        self._unfinished = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_values(
        self, now: Values, before: Values = (), *, unfinished: bool = False, spoken: str = ""
    ) -> None:
        """Show a line; an unfinished last point is dotted and hollow."""
        self._now, self._before, self._unfinished = now, before, unfinished
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the drawing's size."""
        theme = themes.current()
        return QSize(theme.px(self._size[0]), theme.px(self._size[1]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both lines and the end."""
        known = [value for value in (*self._now, *self._before) if value is not None]
        if not known:
            return
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = theme.px(5)
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        low, high = min(known), max(known)
        dashed = QPen(theme.color("prev"), 1.2)
        dashed.setDashPattern([4, 3])
        for line in pieces(self._before, frame, low, high):
            painter.setPen(dashed)
            painter.drawPolyline(QPolygonF(line))
        now = pieces(self._now, frame, low, high)
        for at, line in enumerate(now):
            self._paint_line(painter, line, last=at == len(now) - 1)

    def _paint_line(self, painter: QPainter, line: list[QPointF], *, last: bool) -> None:
        theme = themes.current()
        solid = QPen(theme.color("c1"), 1.6)
        painter.setPen(solid)
        dotted = last and self._unfinished and len(line) > 1
        painter.drawPolyline(QPolygonF(line[:-1] if dotted else line))
        if dotted:
            pen = QPen(theme.color("c1"), 1.6)
            pen.setDashPattern([1.5, 1.8])
            painter.setPen(pen)
            painter.drawLine(line[-2], line[-1])
        if last:
            radius = theme.px(3)
            painter.setPen(solid)
            painter.setBrush(theme.brush("surface" if self._unfinished else "c1"))
            painter.drawEllipse(line[-1], radius, radius)
            painter.setBrush(Qt.BrushStyle.NoBrush)


def pieces(values: Values, frame: QRectF, low: float, high: float) -> list[list[QPointF]]:
    """Return the unbroken parts of a line inside a frame: missing values are gaps."""
    found: list[list[QPointF]] = []
    part: list[QPointF] = []
    span = (high - low) or 1.0
    step = frame.width() / max(1, len(values) - 1)
    for at, value in enumerate(values):
        if value is None:
            if part:
                found.append(part)
            part = []
            continue
        top = frame.bottom() - (value - low) / span * frame.height()
        part.append(QPointF(frame.left() + at * step, top))
    return [*found, part] if part else found
