"""The small chart over a table on paper: lines with gaps, or stacked bars from zero."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from app.services.kpi.reporting.shapes import Cell, Table
from app.views.core.charts.scale import from_zero
from app.views.core.tokens import colour

_SHARP = 3
_TONES = ("c1", "prev")
_BARS = ("c1", "c2")


def chart_picture(table: Table, width: int, height: int) -> QImage:
    """Return the charted columns of a table as a picture for white paper."""
    image = QImage(width * _SHARP, height * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    letters = QFont(painter.font())
    letters.setPixelSize(max(7, height // 9))
    painter.setFont(letters)
    box = QRectF(2, 4, width - 4, height - 10 - letters.pixelSize())
    rows = table.rows[: len(table.rows) - table.totals]
    series = [[_number(row[at]) for row in rows] for at in table.charted]
    (_lines if table.lined else _bars)(painter, box, series)
    _words(painter, box, [str(row[0]) for row in rows], lined=table.lined)
    painter.end()
    return image


def _words(painter: QPainter, box: QRectF, names: list[str], *, lined: bool) -> None:
    """Print the name of each place below it, or of each second, third ... where room is little."""
    metrics = painter.fontMetrics()
    step = box.width() / max(len(names) - (1 if lined else 0), 1)
    wide = max((metrics.horizontalAdvance(name) for name in names), default=0) + 4
    stride = max(1, -(-wide // max(1, int(step))))
    painter.setPen(QColor(colour("text3", "light")))
    for at, name in enumerate(names):
        if (len(names) - 1 - at) % stride:
            continue
        middle = box.left() + step * (at + (0.0 if lined else 0.5))
        left = min(max(box.left(), middle - wide / 2), box.right() - wide)
        spot = QRectF(left, box.bottom() + 2, wide, metrics.height())
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, name)


def _number(value: object) -> float | None:
    found = value.value if isinstance(value, Cell) else value
    return float(found) if isinstance(found, int | float) else None


def _grid(painter: QPainter, box: QRectF, highest: float) -> float:
    """Draw a few level lines from zero up; return the top of the axis."""
    scale = from_zero([highest], 4)
    painter.setPen(QPen(QColor(colour("grid", "light")), 0.7))
    for line in scale.lines():
        y = box.bottom() - box.height() * line / scale.high
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    return scale.high


def _lines(painter: QPainter, box: QRectF, series: list[list[float | None]]) -> None:
    known = [value for line in series for value in line if value is not None]
    top = _grid(painter, box, max(known, default=1.0))
    for line, tone in zip(series, _TONES, strict=False):
        pen = QPen(QColor(colour(tone, "light")), 1.6)
        if tone == "prev":
            pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        step = box.width() / max(len(line) - 1, 1)
        spots = [
            None if value is None else QPointF(
                box.left() + at * step, box.bottom() - box.height() * max(value, 0.0) / top
            )
            for at, value in enumerate(line)
        ]  # fmt: skip
        for one, other in pairwise(spots):
            if one is not None and other is not None:
                painter.drawLine(one, other)


def _bars(painter: QPainter, box: QRectF, series: list[list[float | None]]) -> None:
    sums = [sum(max(value or 0.0, 0.0) for value in bar) for bar in zip(*series, strict=True)]
    top = _grid(painter, box, max(sums, default=1.0))
    slot = box.width() / max(len(sums), 1)
    painter.setPen(Qt.PenStyle.NoPen)
    for at, bar in enumerate(zip(*series, strict=True)):
        floor = box.bottom()
        for value, tone in zip(bar, _BARS, strict=False):
            high = box.height() * max(value or 0.0, 0.0) / top
            left = box.left() + at * slot + slot * 0.2
            part = QRectF(left, floor - high, slot * 0.6, high)
            painter.fillRect(part, QColor(colour(tone, "light")))
            floor -= high
